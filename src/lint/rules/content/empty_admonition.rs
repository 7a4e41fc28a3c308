//! A note that holds nothing.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/empty-admonition",
    "HB616",
    Level::Warn,
    Group::Recommended,
    "a note or warning holds nothing",
    include_str!("empty_admonition.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
