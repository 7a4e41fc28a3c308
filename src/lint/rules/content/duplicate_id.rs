//! One anchor is there twice.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/duplicate-id",
    "HB631",
    Level::Warn,
    Group::Recommended,
    "one anchor is there twice",
    include_str!("duplicate_id.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
