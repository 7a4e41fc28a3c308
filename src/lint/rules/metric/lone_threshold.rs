//! A threshold on one severity, and nothing on the other side of it.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::criteria::Comparison;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/lone-threshold",
    "HB331",
    Level::Info,
    Group::Strict,
    "one severity compares a metric that no other does, and nothing says what lies beyond",
    include_str!("lone_threshold.md"),
);

/// Looks at every metric that a single severity compares, on one side only.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.handbook.policy_files.is_empty() || subject.policy.severities.len() < 2 {
        return;
    }
    let comparisons = subject.comparisons();
    for metric in &subject.policy.metrics {
        let own: Vec<&(&Severity, &Comparison)> = comparisons
            .iter()
            .filter(|it| *it.1.metric == *metric.id)
            .collect();
        let Some((severity, comparison)) = own.first() else {
            continue;
        };
        let is_lone = own.iter().all(|it| it.0.id == severity.id);
        let is_open = comparison.lower.is_none() != comparison.upper.is_none();
        if !is_lone || !is_open || own.len() > 1 {
            continue;
        }
        let id = &severity.id.value;
        findings.push(
            RULE.at(
                format!("only `{id}` compares `{}`", metric.shown()),
                &Subject::span_of(comparison),
            )
            .says("what is on the other side?")
            .why("who measures a value just beyond it finds no severity for it")
            .help("give the next severity the values on the other side")
            .anchor(format!("metric:{}", metric.id.value)),
        );
    }
}
