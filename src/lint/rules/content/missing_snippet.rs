//! A file to take in is not there.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/missing-snippet",
    "HB635",
    Level::Error,
    Group::Recommended,
    "a page takes in a file or a part that is not there",
    include_str!("missing_snippet.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
