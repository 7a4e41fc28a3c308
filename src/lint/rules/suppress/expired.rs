//! An excuse whose last day is over.

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::excuse::Excuse;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "suppress/expired",
    "HB904",
    Level::Warn,
    Group::Recommended,
    "a comment excuses a rule until a day that is over",
    include_str!("expired.md"),
);

/// Excuses are judged where they are applied.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}

/// The finding for an excuse that has run out.
pub(in crate::lint) fn expired(excuse: &Excuse) -> Diagnostic {
    let rule = &excuse.rule.value;
    let until = excuse.until.as_ref();
    let day = until.map_or("", |it| it.value.as_str());
    let span = until.map_or(&excuse.rule.span, |it| &it.span);
    RULE.at(
        format!("`{rule}` is excused until `{day}`, which is over"),
        span,
    )
    .why("the exception was made for a time")
    .help("mend what it excuses, or give a later day")
}
