//! The policy does not say how a severity changes.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-escalation",
    "HB106",
    Level::Warn,
    Group::Strict,
    "the policy does not say how a severity changes",
    include_str!("missing_escalation.md"),
);

/// Looks at the scale as a whole.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(span) = subject.scale_span() else {
        return;
    };
    if !subject.has_policy()
        || subject.policy.changes.is_some()
        || !subject.policy.escalate.is_empty()
    {
        return;
    }
    findings.push(
        RULE.at("the policy does not say how a severity changes", &span)
            .why("an incident keeps the severity that somebody guessed in the first minute")
            .help("add `escalate`, or `changes: {raise: {who: [anyone]}}`")
            .anchor("policy/changes"),
    );
}
