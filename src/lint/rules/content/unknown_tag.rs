//! A tag that no page may have.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/unknown-tag",
    "HB651",
    Level::Error,
    Group::Recommended,
    "a page has a tag that the settings do not name",
    include_str!("unknown_tag.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
