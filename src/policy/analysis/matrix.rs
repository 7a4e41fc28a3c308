//! A matrix to empty cells, cells in the wrong order, and severities that nothing gives.

use std::collections::BTreeMap;

use crate::policy::adjust::Effect;
use crate::policy::matrix::{Cell, Matrix};
use crate::policy::{Outcome, Policy};

use super::Analysis;
use super::finding::{
    MatrixCell, MatrixHole, MatrixRepeat, MatrixReversal, Undecided, UnreachedSeverity,
};
use super::grid;

/// The most cells that are looked at.
const MOST: usize = 100_000;

/// Adds what is wrong with the matrix, and the severities that nothing gives.
pub(super) fn check(policy: &Policy, analysis: &mut Analysis) {
    if let Some(matrix) = &policy.matrix {
        let sizes = matrix.axes.iter().map(|it| it.steps.len());
        let count = sizes.into_iter().try_fold(1_usize, usize::checked_mul);
        match count.filter(|it| *it <= MOST) {
            Some(count) => cells(policy, matrix, count, analysis),
            None => analysis.undecided.push(Undecided {
                question: "whether every cell of the matrix is filled",
            }),
        }
    }
    unreached(policy, analysis);
}

fn cells(policy: &Policy, matrix: &Matrix, count: usize, analysis: &mut Analysis) {
    let mut filled: BTreeMap<&[usize], &Cell> = BTreeMap::new();
    for cell in &matrix.cells {
        match filled.get(cell.at.as_slice()) {
            None => drop(filled.insert(&cell.at, cell)),
            Some(first) => analysis.matrix_repeats.push(MatrixRepeat {
                first: shown(policy, matrix, first),
                again: shown(policy, matrix, cell),
            }),
        }
    }
    for number in 0..count {
        let at = steps(matrix, number);
        let Some(cell) = filled.get(at.as_slice()) else {
            analysis.matrix_holes.push(MatrixHole {
                at: named(matrix, &at),
                span: matrix.span.clone(),
            });
            continue;
        };
        for (axis, name) in matrix.axes.iter().enumerate() {
            // The nearest worse step that is filled; steps are written worst first.
            let nearer = (0..at[axis]).rev().find_map(|step| {
                let mut at = at.clone();
                at[axis] = step;
                filled.get(at.as_slice())
            });
            let Some(worse) = nearer else { continue };
            if badness(policy, worse) < badness(policy, cell) {
                analysis.matrix_reversals.push(MatrixReversal {
                    axis: name.id.value.clone(),
                    worse: shown(policy, matrix, worse),
                    better: shown(policy, matrix, cell),
                });
            }
        }
    }
}

/// The steps of the cell with this number, the last axis counting fastest.
fn steps(matrix: &Matrix, mut number: usize) -> Vec<usize> {
    let mut at = vec![0; matrix.axes.len()];
    for (step, axis) in at.iter_mut().zip(&matrix.axes).rev() {
        let size = axis.steps.len().max(1);
        *step = number % size;
        number /= size;
    }
    at
}

fn named(matrix: &Matrix, at: &[usize]) -> Vec<(String, String)> {
    let both = matrix.axes.iter().zip(at);
    let names = both.map(|(axis, step)| {
        let step = axis.steps.get(*step).map(|it| it.id.value.clone());
        (axis.id.value.clone(), step.unwrap_or_default())
    });
    names.collect()
}

fn rank(policy: &Policy, cell: &Cell) -> Option<usize> {
    match &cell.outcome.value {
        Outcome::None => None,
        Outcome::Severity(name) => policy.rank(name),
    }
}

/// How bad the outcome of a cell is; 0 is no incident.
fn badness(policy: &Policy, cell: &Cell) -> usize {
    rank(policy, cell).map_or(0, |it| policy.severities.len() - it)
}

fn shown(policy: &Policy, matrix: &Matrix, cell: &Cell) -> MatrixCell {
    let severity = rank(policy, cell).and_then(|it| policy.severities.get(it));
    MatrixCell {
        at: named(matrix, &cell.at),
        severity: severity.map(|it| it.id.value.clone()),
        span: cell.outcome.span.clone(),
    }
}

/// Severities that no cell gives, and no criteria that can decide. A policy that shifts severities, or
/// one without any criteria at all, reaches what it likes.
fn unreached(policy: &Policy, analysis: &mut Analysis) {
    let has_shift = |it: &Effect| matches!(it, Effect::Shift(_));
    let shifts = policy
        .modifiers
        .iter()
        .any(|it| has_shift(&it.effect.value));
    let no_criteria =
        policy.matrix.is_none() && policy.severities.iter().all(|it| it.when.is_none());
    if shifts || no_criteria {
        return;
    }
    for (rank, severity) in policy.severities.iter().enumerate() {
        let when = severity.when.as_ref();
        // A severity without any criteria is incomplete, which is told elsewhere, unless a matrix is
        // there to give it.
        let is_live = match when {
            None => policy.matrix.is_none(),
            Some(when) => super::lower::alternatives(when).iter().any(|it| {
                let mut dead = analysis
                    .unreachable
                    .iter()
                    .filter(|it| it.leaves.is_empty());
                let never = analysis
                    .contradictions
                    .iter()
                    .any(|no| no.part.span == it.span);
                let again = analysis
                    .duplicates
                    .iter()
                    .any(|no| no.again.span == it.span && no.first.rank < no.again.rank);
                let inverted = analysis
                    .inversions
                    .iter()
                    .any(|no| no.better.span == it.span);
                !never && !again && !inverted && !dead.any(|no| no.part.span == it.span)
            }),
        };
        let in_matrix = policy.matrix.as_ref();
        let in_matrix = in_matrix.is_some_and(|it| grid::cells_of(it, severity).next().is_some());
        let gives = |it: &Effect| matches!(it, Effect::Floor(name) if severity.is_called(name));
        let is_floor = policy.modifiers.iter().any(|it| gives(&it.effect.value));
        let default = policy.scale.default.as_ref().map(|it| &it.value);
        let is_default =
            matches!(default, Some(Outcome::Severity(name)) if severity.is_called(name));
        let escalated = policy.escalate.iter().filter_map(|it| it.to.as_ref());
        let is_escalated = escalated.into_iter().any(|it| severity.is_called(it));
        if !(is_live || in_matrix || is_floor || is_default || is_escalated) {
            analysis.unreached.push(UnreachedSeverity {
                rank,
                severity: severity.id.value.clone(),
                span: severity.span.clone(),
            });
        }
    }
}
