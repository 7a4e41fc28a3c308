//! Raw HTML is left out.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/raw-html",
    "HB627",
    Level::Warn,
    Group::Recommended,
    "raw HTML holds what a page may not have",
    include_str!("raw_html.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
