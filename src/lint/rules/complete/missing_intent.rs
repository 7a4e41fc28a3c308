//! A severity without a sentence.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-intent",
    "HB112",
    Level::Info,
    Group::Strict,
    "a severity has no sentence that says what it is about",
    include_str!("missing_intent.md"),
);

/// Looks at every severity of the scale.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for severity in &subject.policy.severities {
        if severity.intent.is_some() {
            continue;
        }
        let id = &severity.id;
        findings.push(
            RULE.at(
                format!("`{}` has no sentence that says what it is about", id.value),
                &id.span,
            )
            .why("people remember one sentence, and look the numbers up")
            .help("add `intent: …`")
            .anchor(format!("severity:{}/intent", id.value)),
        );
    }
}
