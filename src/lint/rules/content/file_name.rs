//! A file has a name that cannot be an address.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/file-name",
    "HB624",
    Level::Error,
    Group::Recommended,
    "the name of a file cannot be an address",
    include_str!("file_name.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
