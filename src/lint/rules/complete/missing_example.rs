//! A severity without an example.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-example",
    "HB107",
    Level::Info,
    Group::Strict,
    "a severity has no example",
    include_str!("missing_example.md"),
);

/// Looks at every severity of the scale.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for severity in &subject.policy.severities {
        if !severity.examples.is_empty() {
            continue;
        }
        let id = &severity.id;
        findings.push(
            RULE.at(format!("`{}` has no example", id.value), &id.span)
                .why("people compare what they see with what they know")
                .help("add `examples: [{text: …, facts: {…}}]`")
                .anchor(format!("severity:{}/examples", id.value)),
        );
    }
}
