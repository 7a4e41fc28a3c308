//! A grid that gives the severity: two or more ordered axes, and a severity in each cell.

use crate::span::{Span, Spanned};

use super::criteria::Criteria;
use super::{Outcome, Text};

/// A grid that gives the severity.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// The axes, in the order in which cells are looked up.
    pub axes: Vec<Axis>,
    /// The cells that are filled, in the order written; a sound matrix has one for each combination.
    pub cells: Vec<Cell>,
    /// The whole grid.
    pub span: Span,
}

/// One axis of a grid, such as impact.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What the policy calls it.
    pub id: Text,
    /// What people call it.
    pub title: Option<Text>,
    /// The question whose answers are the steps.
    pub ask: Option<Text>,
    /// The steps, the worst first.
    pub steps: Vec<Step>,
    /// The whole entry.
    pub span: Span,
}

/// One step of an axis, such as "extensive".
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What the policy calls it.
    pub id: Text,
    /// What people call it.
    pub title: Option<Text>,
    /// What it means, in words.
    pub means: Option<Text>,
    /// When it is reached; `None` where a person chooses it.
    pub when: Option<Criteria>,
    /// The whole entry.
    pub span: Span,
}

/// A filled cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The step on each axis, by index, in the order of the axes.
    pub at: Vec<usize>,
    /// What the cell gives.
    pub outcome: Spanned<Outcome>,
}

impl Matrix {
    /// The cell at the given steps; `None` where it is empty.
    pub fn cell(&self, at: &[usize]) -> Option<&Cell> {
        self.cells.iter().find(|it| it.at == at)
    }

    /// The axis with this id.
    pub fn axis(&self, id: &str) -> Option<&Axis> {
        self.axes.iter().find(|it| *it.id == id)
    }
}

impl Axis {
    /// What people call it: the title, else the id.
    pub fn shown(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.id)
    }

    /// Whether a step is what remains when none of the others is reached: the mildest, without criteria
    /// while all others have them.
    pub fn is_rest(&self, step: usize) -> bool {
        let Some((last, others)) = self.steps.split_last() else {
            return false;
        };
        let is_last = step == others.len() && last.when.is_none();
        is_last && !others.is_empty() && others.iter().all(|it| it.when.is_some())
    }

    /// The index of the step with this id.
    pub fn step(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|it| *it.id == id)
    }
}

impl Step {
    /// What people call it: the title, else the id.
    pub fn shown(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.id)
    }
}
