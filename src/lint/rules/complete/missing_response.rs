//! A severity without a response.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Lacking;
use crate::lint::subject::Subject;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-response",
    "HB102",
    Level::Error,
    Group::Recommended,
    "a severity asks nobody to do anything",
    include_str!("missing_response.md"),
);

/// Looks at every severity of the scale.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let lacks = |it: &Severity| it.response.is_none();
    let lacking = Lacking {
        rule: &RULE,
        part: "response",
        each: "asks nobody to do anything",
        all: "no severity asks anybody to do anything",
        why: "a severity that changes nothing for anybody is a label",
        help: "add `response`: who is called, how fast, who is told",
    };
    lacking.tell(subject, &subject.all_ranks(), lacks, findings);
}
