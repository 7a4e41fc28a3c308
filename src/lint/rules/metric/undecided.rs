//! A question that was too large.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/undecided",
    "HB322",
    Level::Warn,
    Group::Recommended,
    "the policy is too large to be checked in full",
    include_str!("undecided.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for undecided in &subject.analysis.undecided {
        let Some(span) = subject.scale_span() else {
            return;
        };
        findings.push(
            RULE.at(
                format!("the policy is too large to tell {}", undecided.question),
                &span,
            )
            .why("nothing is proved about it, in either direction")
            .help("let fewer metrics depend on each other")
            .anchor(format!("policy/{}", undecided.question)),
        );
    }
}
