//! A value that is not what belongs there.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "schema/invalid",
    "HB001",
    Level::Error,
    Group::Recommended,
    "a value in a YAML file is not what belongs there",
    include_str!("invalid.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
