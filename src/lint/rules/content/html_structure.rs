//! Raw HTML does not fit together.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/html-structure",
    "HB628",
    Level::Warn,
    Group::Recommended,
    "the elements of raw HTML do not fit into one another",
    include_str!("html_structure.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
