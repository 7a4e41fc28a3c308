//! Shares and rates beside the criteria without a time.

use crate::book::reading::english::{self, Measure, Unit};
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/loose-window",
    "HB332",
    Level::Info,
    Group::Strict,
    "a text beside the criteria compares a rate without saying over what time",
    include_str!("loose_window.md"),
);

/// Longer texts are prose.
const LONGEST: usize = 300;
/// Things that only have a value over some time.
const RATES: [&str; 14] = [
    "rate", "rates", "error", "errors", "5xx", "requests", "latency", "p50", "p90", "p95", "p99",
    "failure", "failures", "traffic",
];

/// Reads examples, alerts and verdicts on the page that states the severities; told once, with every place.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(page) = subject.policy_page() else {
        return;
    };
    let document = page.document();
    let compared: Vec<_> = subject
        .comparisons()
        .into_iter()
        .map(|it| Subject::span_of(it.1))
        .filter(|it| it.file == page.file)
        .collect();
    let mut finding: Option<Diagnostic> = None;
    for block in document.blocks.iter().filter(|it| is_read(document, it)) {
        let text = document.words(block.text);
        let Some(measure) = timeless(text) else {
            continue;
        };
        let span = document.span_of(block.text.within(measure.range.clone()));
        // What criteria compare has a rule of its own.
        if compared
            .iter()
            .any(|it| it.start < span.end && span.start < it.end)
        {
            continue;
        }
        finding = Some(match finding {
            Some(it) => it.label(span, "here too"),
            None => RULE
                .at(
                    format!("`{}` is compared without a time", &text[measure.range]),
                    &span,
                )
                .says("over what time?")
                .why("one failed request is 100% of a second; a minute and a day are two incidents")
                .help("say over what time it is counted"),
        });
    }
    if let Some(finding) = finding {
        findings.push(finding);
    }
}

fn is_read(document: &Document, block: &Block) -> bool {
    let text = document.words(block.text);
    let is_prose = !matches!(block.kind, BlockKind::Code | BlockKind::Heading) && !block.is_quoted;
    is_prose && text.len() <= LONGEST && text.bytes().any(|it| it.is_ascii_digit())
}

/// The first rate in a text that names no time at all.
fn timeless(text: &str) -> Option<Measure> {
    let measures = english::sentence(text).measures;
    let is_time = |it: &Measure| {
        matches!(&it.unit, Unit::Time(time) if time.unit != english::TimeUnit::Millisecond)
            && !RATES.iter().any(|rate| it.subject.ends_with(rate))
    };
    if measures
        .iter()
        .any(|it| is_time(it) || it.window.is_some() || it.per.is_some())
    {
        return None;
    }
    let is_rate = |it: &Measure| {
        let is_compared = !it.bare || it.unit == Unit::Percent;
        let mut words = it.subject.split(' ');
        let is_named = words.any(|it| RATES.contains(&it));
        let is_budget = it.subject.contains("budget");
        is_compared && is_named && !is_budget && matches!(it.unit, Unit::Percent | Unit::Time(_))
    };
    measures.into_iter().find(is_rate)
}
