//! An excuse that is left over.

use crate::diagnostic::{Diagnostic, Group, Level, Rule, Safety};
use crate::lint::Findings;
use crate::lint::excuse::Excuse;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "suppress/unused",
    "HB902",
    Level::Warn,
    Group::Recommended,
    "a comment excuses a rule that finds nothing there",
    include_str!("unused.md"),
);

/// Excuses are judged where they are applied.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}

/// The finding for an excuse that excuses nothing.
pub(in crate::lint) fn unused(excuse: &Excuse) -> Diagnostic {
    let rule = &excuse.rule.value;
    let removal = vec![(excuse.removal.clone(), String::new())];
    RULE.at(format!("`{rule}` finds nothing here"), &excuse.rule.span)
        .why("an excuse that is left over hides the next real finding")
        .help("take the comment out")
        .fix(Safety::Safe, "take the comment out", removal)
}
