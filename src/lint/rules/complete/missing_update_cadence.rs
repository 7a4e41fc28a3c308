//! A major severity has no cadence of updates.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::answers::Answers;
use crate::lint::subject::Lacking;
use crate::lint::subject::Subject;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-update-cadence",
    "HB104",
    Level::Warn,
    Group::Recommended,
    "a major severity does not say how often people are told",
    include_str!("missing_update_cadence.md"),
);

/// Looks at the severities that are major incidents, or at the worst where no line is drawn.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.is_for_repairs() || subject.is_about_flaws() {
        return;
    }
    let lacks = |severity: &Severity| {
        let response = severity.response.as_ref();
        response.is_some_and(|it| it.updates.is_empty())
            && !subject.is_told(severity, Answers::tell_cadence)
    };
    let lacking = Lacking {
        rule: &RULE,
        part: "response/updates",
        each: "does not say how often people are told",
        all: "no major severity says how often people are told",
        why: "everybody who is not told asks, and those who repair stop to answer",
        help: "add `updates: {internal: 30m, public: 1h}` or what you can keep",
    };
    lacking.tell(subject, &subject.major_ranks(), lacks, findings);
}
