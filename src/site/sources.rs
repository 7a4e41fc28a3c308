//! For a preview: each block of a page says where it is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::book::Handbook;
use crate::book::page::Page;
use crate::files::FilePath;
use crate::markdown::{Document, Place};
use crate::span::Lines;

use super::html;

/// Where the blocks of one page are written: in its own file, or in one that it includes.
pub(crate) struct Sources<'site> {
    handbook: &'site Handbook,
    page: &'site Page,
    document: &'site Document,
    lines: BTreeMap<FilePath, Lines<'site>>,
}

impl<'site> Sources<'site> {
    pub(crate) fn new(handbook: &'site Handbook, page: &'site Page) -> Self {
        Self {
            handbook,
            page,
            document: page.document(),
            lines: BTreeMap::new(),
        }
    }

    /// Writes a range of the page's HTML; the tags of blocks get `data-src="file:line"`.
    pub(crate) fn write(&mut self, range: Range<usize>, html: &mut String) {
        let document = self.document;
        let first = document
            .tags
            .partition_point(|it| (it.html as usize) < range.start);
        let mut start = range.start;
        for tag in &document.tags[first..] {
            let at = tag.html as usize;
            if at >= range.end {
                break;
            }
            html.push_str(&document.html[start..at]);
            self.attribute(tag.source, html);
            start = at;
        }
        html.push_str(&document.html[start..range.end]);
    }

    fn attribute(&mut self, source: u32, html: &mut String) {
        let span = self.document.span(Place {
            start: source,
            end: source,
        });
        let (handbook, page) = (self.handbook, self.page);
        let lines = self.lines.entry(span.file.clone()).or_insert_with(|| {
            let text = handbook.text(&span.file).unwrap_or(&page.source.text);
            Lines::new(text)
        });
        let line = lines.position(span.start).line;
        let file = html::escape(span.file.as_str());
        let _ = write!(html, " data-src=\"{file}:{line}\"");
    }
}
