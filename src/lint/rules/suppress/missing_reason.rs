//! An excuse without a reason.

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::excuse::Excuse;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "suppress/missing-reason",
    "HB901",
    Level::Error,
    Group::Recommended,
    "a comment excuses a rule without saying why",
    include_str!("missing_reason.md"),
);

/// Excuses are judged where they are applied.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}

/// The finding for an excuse that gives no reason.
pub(in crate::lint) fn missing(excuse: &Excuse) -> Diagnostic {
    let rule = &excuse.rule.value;
    RULE.at(
        format!("`{rule}` is excused without a reason"),
        &excuse.rule.span,
    )
    .why("nobody can tell later whether the exception still holds, so it does not count")
    .help(format!("write `allow({rule}) reason: …`"))
}
