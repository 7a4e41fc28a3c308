//! An icon of another theme that has no picture here.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/unshown-icon",
    "HB617",
    Level::Info,
    Group::Recommended,
    "an icon has no picture here",
    include_str!("unshown_icon.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
