//! A redirect that cannot be kept.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/redirect",
    "HB508",
    Level::Error,
    Group::Recommended,
    "a redirect cannot be kept",
    include_str!("redirect.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
