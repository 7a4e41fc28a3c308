//! Thresholds without an upper end, where nobody says that the worst severity counts.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::page::Page;
use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::criteria::Comparison;
use crate::policy::metric::{Metric, Worse};
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/nested-thresholds",
    "HB330",
    Level::Info,
    Group::Strict,
    "whoever reaches the worse threshold reaches the milder one too, and no sentence says which counts",
    include_str!("nested_thresholds.md"),
);

/// Looks at every metric that two severities or more compare.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.handbook.policy_files.is_empty() || says_which(subject) {
        return;
    }
    let comparisons = subject.comparisons();
    for metric in &subject.policy.metrics {
        let own: Vec<&(&Severity, &Comparison)> = comparisons
            .iter()
            .filter(|it| *it.1.metric == *metric.id)
            .collect();
        let mut floors = own.iter().filter(|it| is_floor(metric, it.1));
        let Some((worst, first)) = floors.next() else {
            continue;
        };
        let milder: Vec<_> = floors.filter(|it| it.0.id != worst.id).collect();
        let Some((better, other)) = milder.first() else {
            continue;
        };
        let mut finding = RULE
            .at(
                format!(
                    "what is `{}` by `{}` is `{}` too",
                    worst.id.value,
                    metric.shown(),
                    better.id.value
                ),
                &Subject::span_of(other),
            )
            .label(Subject::span_of(first), worst.id.value.clone())
            .why("who reads from the bottom stops at the milder severity")
            .help("write that the worst severity that fits counts, or let each threshold end where the next starts")
            .anchor(format!("metric:{}", metric.id.value));
        for (severity, more) in &milder[1..] {
            finding = finding.label(Subject::span_of(more), severity.id.value.clone());
        }
        findings.push(finding);
    }
}

/// Whether a comparison is open to the worse side.
fn is_floor(metric: &Metric, comparison: &Comparison) -> bool {
    let is_low = metric
        .worse
        .as_ref()
        .is_some_and(|it| it.value == Worse::Lower);
    let (towards, away) = (&comparison.upper, &comparison.lower);
    if is_low {
        towards.is_some() && away.is_none()
    } else {
        away.is_some() && towards.is_none()
    }
}

/// Whether some page says that the worst severity counts.
fn says_which(subject: &Subject<'_>) -> bool {
    static WHICH: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "highest",
            "most severe",
            "most serious",
            "worst",
            "higher severity",
            "higher priority",
            "higher level",
            "higher one",
            "more severe",
            "first match",
            "first that matches",
            "top to bottom",
            "from the top",
        ])
    });
    let mut pages = subject.handbook.pages.iter().map(|it| Page::document(it));
    pages.any(|document| {
        let mut blocks = document.blocks.iter();
        blocks.any(|it| {
            let text = document.words(it.text);
            let about = [
                "severit",
                "priorit",
                "level",
                "sev",
                "applies",
                "applicable",
                "wins",
            ];
            let small = text.to_ascii_lowercase();
            WHICH.is_match(text) && about.iter().any(|it| small.contains(it))
        })
    })
}
