//! A setting that has no effect here.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "schema/unsupported",
    "HB004",
    Level::Warn,
    Group::Recommended,
    "the settings ask for something that this program does not do",
    include_str!("unsupported.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
