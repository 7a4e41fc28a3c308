//! A name that no rule has.

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::rules::nearest;
use crate::lint::subject::Subject;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "suppress/unknown-rule",
    "HB903",
    Level::Error,
    Group::Recommended,
    "a comment or the settings name a rule that does not exist",
    include_str!("unknown_rule.md"),
);

/// Names are judged where they are used.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}

/// The finding for a name that no rule has.
pub(in crate::lint) fn unknown(name: &str, span: &Span) -> Diagnostic {
    let finding = RULE
        .at(format!("there is no rule `{name}`"), span)
        .why("what was meant to hold does not");
    match nearest(name) {
        _ if name.ends_with("/*") => finding.help("name one rule; families are for the settings"),
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("`handbook rules` lists them all"),
    }
}
