//! A matrix that becomes milder as things get worse.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::grid;
use crate::lint::subject::Subject;
use crate::policy::matrix::{Cell, Matrix};
use crate::policy::{Outcome, Policy};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/matrix-inversion",
    "HB206",
    Level::Error,
    Group::Recommended,
    "a cell of the matrix is milder than a cell for better facts",
    include_str!("matrix_inversion.md"),
);

/// Compares each cell with its neighbour one step better on each axis.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(matrix) = &subject.policy.matrix else {
        return;
    };
    for at in grid::combinations(matrix) {
        for axis in (0..at.len()).filter(|it| grid::is_scale(subject, &matrix.axes[*it])) {
            let mut better = at.clone();
            better[axis] += 1;
            let pair = (matrix.cell(&at), matrix.cell(&better));
            let (Some(worse), Some(better)) = pair else {
                continue;
            };
            if is_inverted(subject.policy, worse, better) {
                tell(matrix, worse, better, findings);
            }
        }
    }
}

/// Whether the worse facts have the milder severity; names that are not declared are told elsewhere.
fn is_inverted(policy: &Policy, worse: &Cell, better: &Cell) -> bool {
    let rank = |cell: &Cell| match &cell.outcome.value {
        Outcome::None => Some(usize::MAX),
        Outcome::Severity(name) => policy.rank(name),
    };
    rank(worse)
        .zip(rank(better))
        .is_some_and(|(worse, better)| worse > better)
}

fn tell(matrix: &Matrix, worse: &Cell, better: &Cell, findings: &mut Findings) {
    let name = |cell: &Cell| match &cell.outcome.value {
        Outcome::None => "no incident".to_owned(),
        Outcome::Severity(name) => format!("`{name}`"),
    };
    let (at, from) = (
        grid::named(matrix, &worse.at),
        grid::named(matrix, &better.at),
    );
    findings.push(
        RULE.at(
            format!("{at} is {}, milder than {from}", name(worse)),
            &worse.outcome.span,
        )
        .label(
            better.outcome.span.clone(),
            format!("better facts, {}", name(better)),
        )
        .why("the incident becomes worse, and people are sent home")
        .help("give the worse facts at least the same severity")
        .anchor(format!("matrix/{at}")),
    );
}
