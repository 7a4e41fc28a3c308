//! A number that belongs to what is above it in one passage, and does not in another.

use std::collections::BTreeMap;

use crate::book::page::Page;
use crate::book::reading::english::{self, Closed, Unit};
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document};
use crate::policy::decimal::Decimal;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/two-bounds",
    "HB650",
    Level::Warn,
    Group::Recommended,
    "one passage takes a number in and another leaves it out",
    include_str!("two_bounds.md"),
);

/// Longer texts are no criteria.
const LONGEST: usize = 400;

/// What is compared with which number.
type Limit = (String, Decimal);

/// Compares every lower end on the page that states the severities with the others of the same number.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(page) = subject.policy_page() else {
        return;
    };
    let mut seen: BTreeMap<Limit, (bool, Span, Option<Diagnostic>)> = BTreeMap::new();
    for (limit, is_in, span) in limits(page) {
        let (first, place, told) = seen
            .entry(limit.clone())
            .or_insert_with(|| (is_in, span.clone(), None));
        if *first != is_in {
            *told = Some(match told.take() {
                Some(it) => it.label(span, "here too"),
                None => finding(&limit, is_in, &span, place),
            });
        }
    }
    for (_, _, told) in seen.into_values() {
        if let Some(told) = told {
            findings.push(told);
        }
    }
}

fn finding((what, number): &Limit, is_in: bool, span: &Span, place: &Span) -> Diagnostic {
    let (within, without) = if is_in {
        ("here", "there")
    } else {
        ("there", "here")
    };
    RULE.at(
        format!("exactly `{number}` {what} is taken in {within} and left out {without}"),
        span,
    )
    .label(place.clone(), "the other passage")
    .why("round numbers are what people estimate, and they get two severities")
    .help("write both with `or more`, or both with `more than`")
}

/// Every lower end on a page: what is counted, whether the number itself belongs to it, and where.
fn limits(page: &Page) -> Vec<(Limit, bool, Span)> {
    let document = page.document();
    let mut found = Vec::new();
    for block in document.blocks.iter().filter(|it| is_read(document, it)) {
        for measure in english::sentence(document.words(block.text)).measures {
            let (Some(low), None) = (measure.low, measure.high) else {
                continue;
            };
            let what = match &measure.unit {
                Unit::Count(name) => name.clone(),
                Unit::Percent if !measure.subject.is_empty() => format!("% of {}", measure.subject),
                _ => continue,
            };
            let is_in = match low.closed {
                Closed::Yes => true,
                Closed::No => false,
                Closed::Unsaid => continue,
            };
            // `more than one` and `at least one` mean two things on purpose.
            if low.number > Decimal::whole(4) {
                let span = document.span_of(block.text.within(measure.range));
                found.push(((what, low.number), is_in, span));
            }
        }
    }
    found
}

fn is_read(document: &Document, block: &Block) -> bool {
    let text = document.words(block.text);
    let is_short = text.len() <= LONGEST && text.bytes().any(|it| it.is_ascii_digit());
    is_short && block.kind != BlockKind::Code && !block.is_quoted
}
