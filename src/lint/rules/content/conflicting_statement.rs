//! Two passages that say different things about one severity.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/conflicting-statement",
    "HB632",
    Level::Error,
    Group::Recommended,
    "two passages say different things about one severity",
    include_str!("conflicting_statement.md"),
);

/// Words what was seen while the pages were read.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for conflict in &subject.handbook.understood.conflicts {
        let (severity, what) = (&conflict.severity, conflict.what);
        let (first, other) = (&conflict.first, &conflict.other);
        let message = format!(
            "`{what}` of `{severity}` is `{}` here and `{}` elsewhere",
            other.value, first.value
        );
        findings.push(
            RULE.at(message, &other.span)
                .label(first.span.clone(), "and otherwise here")
                .why("who has read the one passage is told to have broken the other")
                .help("keep one of them, and refer to it from the other")
                .anchor(format!("severity:{severity}/{what}")),
        );
    }
}
