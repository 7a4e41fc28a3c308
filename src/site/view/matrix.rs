//! The grid that gives the severity: one table for each combination of steps on the axes before the last two.

use serde::Serialize;

use crate::policy::Outcome;
use crate::policy::matrix::{Axis, Matrix, Step};

use super::{Badge, Scope};

/// A grid of two axes.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Grid {
    /// The anchor of its caption.
    pub id: String,
    /// What it shows.
    pub caption: String,
    /// The words of the corner: both axes.
    pub corner: String,
    /// The steps of the last axis.
    pub columns: Vec<Head>,
    /// One row for each step of the axis before it.
    pub rows: Vec<Row>,
}

/// A step as the heading of a row or column.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Head {
    /// Its name.
    pub title: String,
    /// What it means; may be empty.
    pub means: String,
}

/// A row of a grid.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    /// The step's name.
    pub title: String,
    /// What it means; may be empty.
    pub means: String,
    /// One for each column.
    pub cells: Vec<Filled>,
}

/// What a cell gives.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Filled {
    /// The severity, where it is one.
    pub severity: Option<Badge>,
    /// Other words.
    pub text: String,
}

/// The most grids that are written out for a matrix of three axes and more.
const MOST_GRIDS: usize = 60;

impl Scope<'_> {
    /// The grids of the matrix; empty without one. `id` is where their anchors start.
    pub(crate) fn grids(self, id: &str) -> Vec<Grid> {
        let Some(matrix) = &self.policy.matrix else {
            return Vec::new();
        };
        let Some((columns, before)) = matrix.axes.split_last() else {
            return Vec::new();
        };
        let (rows, outer) = match before.split_last() {
            Some((rows, outer)) => (Some(rows), outer),
            None => (None, before),
        };
        let names: Vec<&str> = matrix.axes.iter().map(Axis::shown).collect();
        let caption = self
            .words
            .fill("matrix", &[("axes", &self.words.list(&names))]);
        let mut grids = Vec::new();
        for at in combinations(outer) {
            let chosen: Vec<String> = outer
                .iter()
                .zip(&at)
                .map(|(axis, step)| format!("{}: {}", axis.shown(), axis.steps[*step].shown()))
                .collect();
            let caption = [vec![caption.clone()], chosen].concat().join(". ");
            grids.push(Grid {
                id: format!("{id}-{}", grids.len() + 1),
                caption,
                corner: rows.map_or_else(String::new, |it| {
                    format!("{} / {}", it.shown(), columns.shown())
                }),
                columns: columns.steps.iter().map(head).collect(),
                rows: self.rows(matrix, &at, rows, columns),
            });
        }
        grids
    }

    fn rows(
        self,
        matrix: &Matrix,
        outer: &[usize],
        rows: Option<&Axis>,
        columns: &Axis,
    ) -> Vec<Row> {
        let row = |step: Option<(usize, &Step)>| {
            let cells = (0..columns.steps.len()).map(|column| {
                let at = [
                    outer,
                    &step.map_or_else(Vec::new, |(row, _)| vec![row]),
                    &[column],
                ]
                .concat();
                self.filled(matrix, &at)
            });
            let head = step.map(|(_, it)| head(it));
            Row {
                title: head
                    .as_ref()
                    .map_or_else(|| columns.shown().to_owned(), |it| it.title.clone()),
                means: head.map_or_else(String::new, |it| it.means),
                cells: cells.collect(),
            }
        };
        match rows {
            Some(axis) => axis
                .steps
                .iter()
                .enumerate()
                .map(|it| row(Some(it)))
                .collect(),
            None => vec![row(None)],
        }
    }

    fn filled(self, matrix: &Matrix, at: &[usize]) -> Filled {
        let name = match matrix.cell(at).map(|it| &it.outcome.value) {
            Some(Outcome::Severity(name)) => name,
            Some(Outcome::None) => {
                let text = self.words.get("never").to_owned();
                return Filled {
                    severity: None,
                    text,
                };
            }
            None => {
                return Filled {
                    severity: None,
                    text: String::new(),
                };
            }
        };
        let severity = self.policy.severity(name).map(|it| self.badge(it));
        Filled {
            severity,
            text: name.clone(),
        }
    }
}

fn head(step: &Step) -> Head {
    Head {
        title: step.shown().to_owned(),
        means: step
            .means
            .as_ref()
            .map_or_else(String::new, |it| it.value.clone()),
    }
}

/// All ways to choose one step on each axis, the first axis slowest; one empty way without axes.
fn combinations(axes: &[Axis]) -> Vec<Vec<usize>> {
    let mut ways = vec![Vec::new()];
    for axis in axes {
        let longer = ways.iter().flat_map(|way| {
            (0..axis.steps.len()).map(move |step| [way.as_slice(), &[step]].concat())
        });
        ways = longer.take(MOST_GRIDS).collect();
    }
    ways
}
