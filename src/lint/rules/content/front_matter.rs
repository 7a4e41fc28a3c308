//! Front matter that cannot be read.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/front-matter",
    "HB614",
    Level::Warn,
    Group::Recommended,
    "the front matter of a page cannot be read",
    include_str!("front_matter.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
