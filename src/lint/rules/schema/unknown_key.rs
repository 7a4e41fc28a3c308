//! A key that is not known.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "schema/unknown-key",
    "HB002",
    Level::Error,
    Group::Recommended,
    "a YAML file has a key that is not known there",
    include_str!("unknown_key.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
