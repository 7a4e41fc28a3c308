//! A major severity has no rule for a review.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Lacking;
use crate::lint::subject::Subject;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-review",
    "HB114",
    Level::Warn,
    Group::Strict,
    "a major severity does not say whether anything is learnt from it",
    include_str!("missing_review.md"),
);

/// Looks at the severities that are major incidents, or at the worst where no line is drawn.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let lacks = |severity: &Severity| {
        severity
            .response
            .as_ref()
            .is_some_and(|it| it.review.is_none())
    };
    let lacking = Lacking {
        rule: &RULE,
        part: "response/review",
        each: "does not say whether a review follows",
        all: "no major severity says whether a review follows",
        why: "what is not written down afterwards happens again",
        help: "add `review: {required: true, within: 5bd}`",
    };
    lacking.tell(subject, &subject.major_ranks(), lacks, findings);
}
