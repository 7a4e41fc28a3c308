//! An empty cell of the matrix.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::grid;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/matrix-hole",
    "HB117",
    Level::Error,
    Group::Recommended,
    "a cell of the matrix is empty",
    include_str!("matrix_hole.md"),
);

/// Looks at every combination of steps.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(matrix) = &subject.policy.matrix else {
        return;
    };
    for at in grid::combinations(matrix) {
        if matrix.cell(&at).is_some() {
            continue;
        }
        let steps = grid::named(matrix, &at);
        findings.push(
            RULE.at(format!("there is no severity for {steps}"), &matrix.span)
                .why("an incident that falls there has none")
                .help("fill the cell; write `none` where it is no incident")
                .anchor(format!("matrix/{steps}")),
        );
    }
}
