//! The headings that a finding stands under, so that it is known again when text is added above.

use std::collections::BTreeMap;

use crate::book::page::Page;
use crate::diagnostic::Diagnostic;
use crate::files::FilePath;

use super::subject::Subject;

/// The headings of a page.
struct Outline<'a> {
    page: &'a Page,
    /// Where each starts in its file.
    starts: Vec<usize>,
    /// The heading that each stands under, by its index.
    above: Vec<Option<usize>>,
}

/// Gives findings without a place in the structure the headings that they stand under.
pub(super) fn anchor(subject: &Subject<'_>, findings: &mut [Diagnostic]) {
    let mut outlines: BTreeMap<FilePath, Option<Outline<'_>>> = BTreeMap::new();
    for finding in findings.iter_mut().filter(|it| it.anchor.is_empty()) {
        let span = &finding.primary.span;
        if !outlines.contains_key(&span.file) {
            let outline = subject.handbook.page_of(&span.file).map(Outline::of);
            outlines.insert(span.file.clone(), outline);
        }
        if let Some(Some(outline)) = outlines.get(&span.file) {
            finding.anchor = outline.trail(span.start);
        }
    }
}

impl<'a> Outline<'a> {
    fn of(page: &'a Page) -> Self {
        let document = page.document();
        let mut above = Vec::with_capacity(document.headings.len());
        let mut trail: Vec<usize> = Vec::new();
        for (at, heading) in document.headings.iter().enumerate() {
            trail.retain(|it| document.headings[*it].level < heading.level);
            above.push(trail.last().copied());
            trail.push(at);
        }
        let starts = document
            .headings
            .iter()
            .map(|it| document.span(it.place).start);
        Self {
            page,
            starts: starts.collect(),
            above,
        }
    }

    /// `page.md#first/second` for a place under the second heading.
    fn trail(&self, start: usize) -> String {
        let headings = &self.page.document().headings;
        let mut next = self
            .starts
            .partition_point(|it| *it <= start)
            .checked_sub(1);
        let mut ids = Vec::new();
        while let Some(at) = next {
            ids.push(headings[at].id.as_str());
            next = self.above[at];
        }
        ids.reverse();
        format!("{}#{}", self.page.path, ids.join("/"))
    }
}
