//! A major severity has no time to answer.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::answers::Answers;
use crate::lint::subject::Lacking;
use crate::lint::subject::Subject;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-ack-target",
    "HB103",
    Level::Warn,
    Group::Recommended,
    "a major severity does not say how fast somebody answers",
    include_str!("missing_ack_target.md"),
);

/// Looks at the severities that are major incidents, or at the worst where no line is drawn.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.is_for_repairs() || subject.is_about_flaws() {
        return;
    }
    // On a page, a milder one that has the time is told beside it, as an inversion.
    let mut responses = subject
        .policy
        .severities
        .iter()
        .filter_map(|it| it.response.as_ref());
    let is_inverted = responses.any(|it| it.ack.is_some()) && !subject.is_in_files();
    let lacks = |severity: &Severity| {
        let response = severity.response.as_ref();
        let has_none = response.is_some_and(|it| it.ack.is_none() && it.engage.is_none());
        has_none && !is_inverted && !subject.is_told(severity, Answers::tell_answer)
    };
    let lacking = Lacking {
        rule: &RULE,
        part: "response/ack",
        each: "does not say how fast somebody answers",
        all: "no major severity says how fast somebody answers",
        why: "without a time nobody notices that nobody answers",
        help: "add `ack: 5m`, or the time that your on-call people can keep",
    };
    lacking.tell(subject, &subject.major_ranks(), lacks, findings);
}
