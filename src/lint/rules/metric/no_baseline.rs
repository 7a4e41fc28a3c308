//! A multiple of something, or a part of it, that nobody has put down.

use std::ops::Range;

use crate::book::reading::english::{self, Measure, Unit};
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document};
use crate::policy::decimal::Decimal;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/no-baseline",
    "HB328",
    Level::Warn,
    Group::Recommended,
    "a value is compared with a usual one that is given nowhere",
    include_str!("no_baseline.md"),
);

/// Longer texts are no criteria.
const LONGEST: usize = 400;
/// Words for what is usual.
const USUAL: [&str; 4] = ["baseline", "normal", "usual", "typical"];
/// What may be several times as much as usual.
const COMPARED: [&str; 14] = [
    "latenc",
    "slow",
    "fast",
    "error rate",
    "failure rate",
    "response time",
    "load time",
    "degradation",
    "breach",
    "traffic",
    "throughput",
    "volume",
    "longer",
    "higher",
];
/// Words that say what a value is compared with, or for which the multiple stands for itself.
const STATED: [&str; 17] = [
    "burn",
    "budget",
    "previous",
    "last ",
    "prior",
    "preceding",
    "yesterday",
    "week",
    "hour ago",
    "day ago",
    "moving average",
    "rolling average",
    "historical",
    "median of",
    "average of",
    "same time",
    "year over year",
];

/// Reads the page that states the severities; told once, with every place.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(page) = subject.policy_page() else {
        return;
    };
    let document = page.document();
    if document
        .blocks
        .iter()
        .any(|it| defines(document.words(it.text)))
    {
        return;
    }
    if let Some(finding) = finding(document) {
        findings.push(finding);
    }
}

/// The first value that is compared with an unknown one, with the others as labels.
fn finding(document: &Document) -> Option<Diagnostic> {
    let mut finding: Option<Diagnostic> = None;
    let blocks = document.blocks.iter().filter(|it| is_read(it));
    for block in blocks {
        let text = document.words(block.text);
        for range in relative(text) {
            let span = document.span_of(block.text.within(range.clone()));
            finding = Some(match finding {
                Some(it) => it.label(span, "here too"),
                None => RULE
                    .at(
                        format!("`{}` does not say what it is compared with", &text[range]),
                        &span,
                    )
                    .why("each reader takes another day for usual, and finds another severity")
                    .help("name the baseline and the time that it is taken over, such as `the median of the last 7 days`, or give a fixed value"),
            });
        }
    }
    finding
}

fn is_read(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Code | BlockKind::Heading) && !block.is_quoted
}

/// Whether a text says what is usual: `the baseline is the median of last week`.
fn defines(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("baseline") && STATED.iter().any(|it| text.contains(it))
}

/// Where a text compares with something that it does not give.
fn relative(text: &str) -> Vec<Range<usize>> {
    if text.len() > LONGEST || !text.bytes().any(|it| it.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = english::sentence(text)
        .measures
        .into_iter()
        .filter(|it| is_relative(text, it))
        .map(|it| it.range)
        .collect();
    found.extend(deviation(text));
    found
}

/// Whether a measure is a multiple or a share of what is usual.
fn is_relative(text: &str, measure: &Measure) -> bool {
    let clause = clause(text, &measure.range).to_lowercase();
    if STATED.iter().any(|it| clause.contains(it)) {
        return false;
    }
    let behind = text[measure.range.start..]
        .to_lowercase()
        .replace('\u{d7}', "x ");
    let says = |words: &[&str]| words.iter().any(|it| clause.contains(it));
    let hundred = Decimal::whole(100);
    let value = measure.low.or(measure.high).map(|it| it.number);
    match measure.unit {
        // A target is given where it is set.
        Unit::Multiple if is_of_target(&behind) => says(&["breach"]),
        Unit::Multiple => says(&COMPARED) || says(&USUAL),
        Unit::Percent if value.is_some_and(|it| it > hundred) => says(&COMPARED[..8]),
        Unit::Percent => is_of_usual(&behind) || is_change(&text[..measure.range.end]),
        _ => false,
    }
}

/// `2x SLO`.
fn is_of_target(behind: &str) -> bool {
    let words = prose::words(behind);
    let mut words = words.iter().take(4);
    words.any(|it| matches!(&*it.small, "slo" | "sla" | "target" | "limit" | "threshold"))
}

/// `70% baseline`, `20% above normal`.
fn is_of_usual(behind: &str) -> bool {
    let Some((_, rest)) = behind.split_once('%') else {
        return false;
    };
    let mut words = rest.split_whitespace().take(4);
    let joints = [
        "of", "above", "below", "over", "under", "the", "from", "than", "higher", "lower", "more",
        "less",
    ];
    words.find(|it| !joints.contains(it)).is_some_and(|it| {
        USUAL
            .iter()
            .any(|usual| it.trim_matches(|it: char| !it.is_alphanumeric()) == *usual)
    })
}

/// `dropped 25%`, `an increase of more than 20%`; a drop below 25% ends at a fixed value.
fn is_change(until: &str) -> bool {
    const CHANGES: [&str; 9] = [
        "drop", "increas", "decreas", "declin", "fell", "rose", "spike", "surge", "deviat",
    ];
    const FIXED: [&str; 6] = ["below", "under", "to", "above", "exceed", "exceeds"];
    let words = prose::words(until);
    let near = &words[words.len().saturating_sub(5)..];
    let change = near
        .iter()
        .rposition(|it| CHANGES.iter().any(|change| it.small.starts_with(change)));
    change.is_some_and(|at| !near[at..].iter().any(|it| FIXED.contains(&&*it.small)))
}

/// `baseline + 3 sigma`.
fn deviation(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let at = ["sigma", "standard deviation", "\u{3c3}"]
        .iter()
        .find_map(|it| {
            let start = lower.find(it)?;
            Some(start..start + it.len())
        })?;
    let is_stated = STATED.iter().any(|it| lower.contains(it));
    let start = USUAL
        .iter()
        .filter_map(|it| lower[..at.start].rfind(it))
        .min();
    let start = start.or_else(|| lower[..at.start].rfind(|it: char| it.is_ascii_digit()))?;
    (!is_stated).then_some(start..at.end)
}

/// The words around a range up to a sign that ends the clause.
fn clause<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let ends = |it: char| matches!(it, ';' | ',' | '\n' | '|');
    let start = text[..range.start].rfind(ends).map_or(0, |it| it + 1);
    let end = text[range.end..]
        .find(ends)
        .map_or(text.len(), |it| range.end + it);
    &text[start..end]
}
