//! The policy does not say how the response starts.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-trigger",
    "HB118",
    Level::Info,
    Group::Strict,
    "the policy does not say how the response starts",
    include_str!("missing_trigger.md"),
);

/// Looks at the scale as a whole.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(span) = subject.scale_span() else {
        return;
    };
    if !subject.has_policy() || !subject.policy.triggers.is_empty() {
        return;
    }
    findings.push(
        RULE.at("the policy does not say how the response starts", &span)
            .why("the first question in an incident is where to call")
            .help("add `triggers` with a `command`")
            .anchor("policy/triggers"),
    );
}
