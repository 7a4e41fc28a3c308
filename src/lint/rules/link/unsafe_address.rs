//! A link leads where no page may lead.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/unsafe-address",
    "HB509",
    Level::Error,
    Group::Recommended,
    "a link or picture leads to an address that a page may not use",
    include_str!("unsafe_address.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
