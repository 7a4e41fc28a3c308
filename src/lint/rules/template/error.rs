//! A template that cannot be used.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "template/error",
    "HB701",
    Level::Error,
    Group::Recommended,
    "a template of the handbook cannot be used",
    include_str!("error.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
