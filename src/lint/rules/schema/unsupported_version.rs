//! A version of the model that is not known.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "schema/unsupported-version",
    "HB005",
    Level::Error,
    Group::Recommended,
    "a policy is written for a version of the model that is not known",
    include_str!("unsupported_version.md"),
);

/// The reading tells it; there is nothing more to look for.
pub(in crate::lint) fn check(_: &Subject<'_>, _: &mut Findings) {}
