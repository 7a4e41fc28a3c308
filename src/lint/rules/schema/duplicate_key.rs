//! A key that stands twice.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "schema/duplicate-key",
    "HB003",
    Level::Error,
    Group::Recommended,
    "a key stands twice in the same place of a YAML file",
    include_str!("duplicate_key.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
