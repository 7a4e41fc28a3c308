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
    let turned = [worst_first(&mut axes[0]), worst_first(&mut axes[1])];
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

/// Turns the steps of an axis round where their words say that the last is the worst; says whether it did.
fn worst_first(axis: &mut Axis) -> bool {
    let labels = axis.steps.iter().filter_map(|it| label::label(&it.id));
    let ranks: Vec<u32> = labels.map(|it| it.level.rank).collect();
    let falls = ranks.len() >= 2 && ranks.windows(2).all(|it| it[0] > it[1]);
    if falls {
        axis.steps.reverse();
    }
    falls
}
