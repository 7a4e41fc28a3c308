//! A criterion that never decides.

use std::collections::BTreeSet;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::policy::analysis::finding::Unreachable;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/unreachable",
    "HB310",
    Level::Error,
    Group::Recommended,
    "a criterion never decides because worse severities claim all of it",
    include_str!("unreachable.md"),
);

/// Words what the analysis proves; what the same criteria shadow is told together.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut groups: Vec<Vec<&Unreachable>> = Vec::new();
    let compared: Vec<(&str, Span)> = subject
        .comparisons()
        .into_iter()
        .map(|it| (it.1.metric.as_str(), Subject::span_of(it.1)))
        .collect();
    let metrics = |span: &Span| -> BTreeSet<&str> {
        let inside = |it: &&(&str, Span)| {
            it.1.file == span.file && span.start <= it.1.start && it.1.end <= span.end
        };
        compared.iter().filter(inside).map(|it| it.0).collect()
    };
    let is_read = subject.handbook.policy_files.is_empty();
    for unreachable in &subject.analysis.unreachable {
        // Bands of a page that leave no value over do not take the other criteria away: nobody meant them to.
        let own = metrics(&unreachable.part.span);
        let is_shared = unreachable
            .by
            .iter()
            .any(|it| !metrics(&it.span).is_disjoint(&own));
        if is_read && !is_shared {
            continue;
        }
        let is_alike = |it: &&mut Vec<&Unreachable>| {
            it[0].part.rank == unreachable.part.rank && it[0].by == unreachable.by
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(unreachable),
            None => groups.push(vec![unreachable]),
        }
    }
    for group in groups {
        // A criterion with a threshold shows best what went wrong.
        let first = group
            .iter()
            .find(|it| it.part.bound.is_some())
            .unwrap_or(&group[0]);
        let part = &first.part;
        let message = match group.len() {
            1 => format!("no incident is `{}` by this criterion", part.severity),
            count => format!(
                "no incident is `{}` by this criterion and {} more",
                part.severity,
                count - 1
            ),
        };
        let mut finding = RULE
            .at(message, first.leaves.first().unwrap_or(&part.span))
            .why("the severity reads as if it had a case that it never has")
            .help("state a milder threshold, or take the criterion out")
            .anchor(format!("severity:{}/when", part.severity));
        for by in &first.by {
            finding = finding.label(wording::end(by).clone(), format!("already {}", by.severity));
        }
        findings.push(finding);
    }
}
