//! A file that is no UTF-8.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/encoding",
    "HB613",
    Level::Error,
    Group::Recommended,
    "a file is no UTF-8 text",
    include_str!("encoding.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
