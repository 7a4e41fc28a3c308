//! A severity without criteria.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-criteria",
    "HB101",
    Level::Error,
    Group::Recommended,
    "a severity does not say when an incident has it",
    include_str!("missing_criteria.md"),
);

/// Looks at every severity of the scale.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for severity in &subject.policy.severities {
        let is_said = severity.when.is_some()
            || severity.qualitative.is_some()
            || subject.is_in_matrix(severity);
        if is_said {
            continue;
        }
        let id = &severity.id;
        findings.push(
            RULE.at(format!("`{}` does not say when an incident has it", id.value), &id.span)
                .why("nobody can choose a severity that describes nothing")
                .help("add `when`, with at least one metric or condition")
                .anchor(format!("severity:{}/when", id.value)),
        );
    }
}
