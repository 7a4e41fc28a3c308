//! An empty cell in a severity table.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/empty-cell",
    "HB121",
    Level::Warn,
    Group::Recommended,
    "a severity table has a cell without words among filled ones",
    include_str!("empty_cell.md"),
);

/// Words what was seen while the tables were read.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for blank in &subject.handbook.understood.blanks {
        let (severity, head) = (&blank.severity, &blank.head);
        let words = head.split_whitespace().collect::<Vec<&str>>().join(" ");
        findings.push(
            RULE.at(
                format!("`{words}` says nothing for `{severity}`"),
                &blank.span,
            )
            .label(head.span.clone(), "the others are filled")
            .why("nobody can tell whether it was forgotten or does not apply")
            .help("fill the cell, or write `none` and why")
            .anchor(format!("severity:{severity}/{words}")),
        );
    }
}
