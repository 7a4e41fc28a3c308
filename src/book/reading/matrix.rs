//! A grid of severities in, the matrix of the policy out.

use super::label;
use super::table::Grid;
use crate::markdown::{Document, Part};
use crate::policy::Outcome;
use crate::policy::matrix::{Axis, Cell, Matrix, Step};
use crate::span::Spanned;

/// The matrix that a grid states; `id` gives the name of the severity in a cell.
pub(super) fn matrix(
    document: &Document,
    grid: &Grid,
    id: &dyn Fn(label::Level) -> Option<String>,
) -> Matrix {
    let corner = document.words(grid.corner).trim();
    let down = if corner.is_empty() { "row" } else { corner };
    let mut axes = [
        axis(document, down, grid.corner, &grid.down),
        axis(document, "column", grid.corner, &grid.across),
    ];
    let turned = [0, 1].map(|index| {
        let side = &mut axes[index];
        let turns = match order_of_words(side) {
            Some(rises) => rises,
            None => rises_in_cells(grid, index),
        };
        if turns {
            side.steps.reverse();
        }
        turns
    });
    let step = |index: usize, axis: usize| {
        let last = axes[axis].steps.len().saturating_sub(1);
        if turned[axis] {
            last - index.min(last)
        } else {
            index
        }
    };
    let mut cells = Vec::new();
    for (row, column, part, level) in &grid.cells {
        if let Some(id) = level.and_then(id) {
            cells.push(Cell {
                at: vec![step(*row, 0), step(*column, 1)],
                outcome: Spanned::new(Outcome::Severity(id), document.span_of(*part)),
            });
        }
    }
    Matrix {
        axes: axes.into(),
        cells,
        span: document.span_of(grid.whole),
    }
}

fn axis(document: &Document, name: &str, place: Part, heads: &[Part]) -> Axis {
    let text = |part: Part| {
        let words = document.words(part).trim();
        Spanned::new(words.to_owned(), document.span_of(part))
    };
    let step = |part: &Part| Step {
        id: text(*part),
        title: None,
        means: None,
        when: None,
        span: document.span_of(*part),
    };
    Axis {
        id: Spanned::new(name.to_owned(), document.span_of(place)),
        title: None,
        ask: None,
        steps: heads.iter().map(step).collect(),
        span: document.span_of(place),
    }
}

/// Whether the words of the steps say that the last is the worst; `None` where they do not tell.
fn order_of_words(axis: &Axis) -> Option<bool> {
    let labels = axis.steps.iter().filter_map(|it| label::label(&it.id));
    let ranks: Vec<u32> = labels.map(|it| it.level.rank).collect();
    let all = |falls: bool| {
        ranks
            .windows(2)
            .all(|it| falls == (it[0] > it[1]) && it[0] != it[1])
    };
    match ranks.len() {
        0 | 1 => None,
        _ if all(true) => Some(true),
        _ if all(false) => Some(false),
        _ => None,
    }
}

/// Whether more cells become worse from step to step of an axis than become milder.
fn rises_in_cells(grid: &Grid, axis: usize) -> bool {
    let at = |it: &(usize, usize, Part, Option<label::Level>)| [it.0, it.1];
    let mut balance = 0_i64;
    for cell in &grid.cells {
        let mut next = at(cell);
        next[axis] += 1;
        let next = grid
            .cells
            .iter()
            .find(|it| at(it) == next)
            .and_then(|it| it.3);
        if let (Some(one), Some(other)) = (cell.3, next) {
            balance += i64::from(one.rank > other.rank) - i64::from(one.rank < other.rank);
        }
    }
    balance > 0
}
