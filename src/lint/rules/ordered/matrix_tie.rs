//! Steps of a matrix that change nothing.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::grid;
use crate::lint::subject::Subject;
use crate::policy::Outcome;
use crate::policy::matrix::Matrix;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/matrix-tie",
    "HB211",
    Level::Warn,
    Group::Recommended,
    "two steps of the matrix give the same severities throughout",
    include_str!("matrix_tie.md"),
);

/// Compares the steps of each axis with those before them.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(matrix) = &subject.policy.matrix else {
        return;
    };
    for (index, axis) in matrix
        .axes
        .iter()
        .enumerate()
        .filter(|it| grid::is_scale(subject, it.1))
    {
        let rows: Vec<Vec<(Vec<usize>, &Outcome)>> = (0..axis.steps.len())
            .map(|it| row(matrix, index, it))
            .collect();
        for (first, cells) in rows.iter().enumerate() {
            let same: Vec<usize> = (first + 1..rows.len())
                .filter(|it| rows[*it] == *cells)
                .collect();
            let is_told = rows[..first].contains(cells);
            let Some(last) = same.last().filter(|_| !is_told && cells.len() > 1) else {
                continue;
            };
            let names: Vec<String> = [&first]
                .into_iter()
                .chain(&same)
                .map(|it| format!("`{}`", axis.steps[*it].shown()))
                .collect();
            let message = format!("{} give the same severities", names.join(", "));
            let mut finding = RULE
                .at(message, &axis.steps[*last].id.span)
                .why("people weigh a step against another, and nothing hangs on it")
                .help("make them one step, or let their severities differ")
                .anchor(format!("matrix/{}", axis.id.value));
            for step in [&first].into_iter().chain(&same[..same.len() - 1]) {
                finding = finding.label(axis.steps[*step].id.span.clone(), "the same throughout");
            }
            findings.push(finding);
        }
    }
}

/// The cells of one step, by their places on the other axes.
fn row(matrix: &Matrix, axis: usize, step: usize) -> Vec<(Vec<usize>, &Outcome)> {
    let cells = matrix
        .cells
        .iter()
        .filter(|it| it.at.get(axis) == Some(&step));
    let place = |at: &[usize]| -> Vec<usize> {
        let others = at.iter().enumerate().filter(|(index, _)| *index != axis);
        others.map(|(_, step)| *step).collect()
    };
    let mut row: Vec<(Vec<usize>, &Outcome)> =
        cells.map(|it| (place(&it.at), &it.outcome.value)).collect();
    row.sort_by(|one, other| one.0.cmp(&other.0));
    row
}
