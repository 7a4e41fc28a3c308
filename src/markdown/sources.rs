//! Which file a place is in: the page itself, or a file that it takes text from.

use crate::files::FilePath;
use crate::markdown::document::{Place, narrow};
use crate::span::Span;

/// The files of a page one behind the other: the page first, then what it includes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sources {
    /// Each with the offset of its first byte; in order, the first at 0.
    files: Vec<(FilePath, u32)>,
    length: u32,
}

impl Sources {
    /// Begins with the page.
    pub(crate) fn new(file: &FilePath, length: usize) -> Self {
        Self {
            files: vec![(file.clone(), 0)],
            length: narrow(length),
        }
    }

    /// Adds a file; gives the offset of its first byte.
    pub(crate) fn add(&mut self, file: &FilePath, length: usize) -> u32 {
        // One byte is left between two files, so that the end of one is not the start of the next.
        let start = self.length.saturating_add(1);
        self.length = start.saturating_add(narrow(length));
        self.files.push((file.clone(), start));
        start
    }

    /// The span of a place; a place that reaches over two files ends with the first.
    pub(crate) fn span(&self, place: Place) -> Span {
        let after = self
            .files
            .partition_point(|(_, start)| *start <= place.start);
        let (file, start) = &self.files[after.saturating_sub(1)];
        let last = self
            .files
            .get(after)
            .map_or(self.length, |(_, next)| next - 1);
        let offset = |it: u32| (it.min(last) - start) as usize;
        Span::new(
            file,
            offset(place.start)..offset(place.end.max(place.start)),
        )
    }
}
