//! Lines that belong together, indented by tabs and by spaces.

use std::ops::Range;

use crate::book::page::Page;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/mixed-indent",
    "HB641",
    Level::Info,
    Group::Recommended,
    "lines that belong together are indented by tabs and by spaces",
    include_str!("mixed_indent.md"),
);

/// Compares the lines of each indented run; code is left aside.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        let codes = codes(page);
        let is_code = |at: usize| {
            let behind = codes.partition_point(|it| it.start <= at);
            behind
                .checked_sub(1)
                .is_some_and(|it| codes[it].contains(&at))
        };
        let mut run: Option<(usize, bool)> = None;
        let mut is_told = false;
        let mut start = 0;
        for line in page.source.text.split_inclusive('\n') {
            let place = start..start + line.len();
            start = place.end;
            let lead = &line[..line.len() - line.trim_start().len()];
            if line.trim().is_empty() || is_code(place.start) {
                continue;
            }
            if lead.is_empty() {
                (run, is_told) = (None, false);
                continue;
            }
            let has_tab = lead.contains('\t');
            let is_mixed = has_tab && lead.contains(' ');
            let (first, tabs) = *run.get_or_insert((place.start, has_tab));
            if is_told || !is_mixed && has_tab == tabs {
                continue;
            }
            is_told = true;
            let span = Span::new(&page.file, place.start..place.start + lead.len());
            let finding = RULE
                .at("tabs and spaces indent what belongs together", &span)
                .why("an editor that shows a tab as another number of spaces shows another page")
                .help("indent every line by spaces, four for each step");
            findings.push(if first == place.start {
                finding
            } else {
                let other = Span::new(&page.file, first..first + 1);
                finding.label(other, if tabs { "a tab" } else { "spaces" })
            });
        }
    }
}

/// Where the page's own blocks of code are, in order.
fn codes(page: &Page) -> Vec<Range<usize>> {
    let document = page.document();
    let spans = document.codes.iter().map(|it| document.span(it.place));
    let own = spans.filter(|it| it.file == page.file);
    let mut ranges: Vec<_> = own.map(|it| it.range()).collect();
    ranges.sort_by_key(|it| it.start);
    ranges
}
