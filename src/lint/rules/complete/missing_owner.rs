//! The policy has no owner.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-owner",
    "HB113",
    Level::Warn,
    Group::Strict,
    "nobody answers for the policy",
    include_str!("missing_owner.md"),
);

/// Looks at the scale as a whole.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(span) = subject.scale_span() else {
        return;
    };
    if !subject.has_policy()
        || (subject.policy.scale.owner.is_some() && subject.policy.scale.review.is_some())
    {
        return;
    }
    findings.push(
        RULE.at("the policy names no owner, or no review", &span)
            .why("a policy that nobody owns is right on the day it is written")
            .help("add `owner: …` and `review: {last: …, every: 6mo}`")
            .anchor("scale/owner"),
    );
}
