//! The matrix of a policy to nodes: the cells that give a severity.

use crate::policy::matrix::{Axis, Cell, Matrix};
use crate::policy::severity::Severity;
use crate::policy::{Outcome, Policy};

use super::lower::Lowering;

/// The cells of a matrix that give this severity, in the order written.
pub(super) fn cells_of<'policy>(
    matrix: &'policy Matrix,
    severity: &'policy Severity,
) -> impl Iterator<Item = &'policy Cell> {
    let gives = move |cell: &&Cell| match &cell.outcome.value {
        Outcome::None => false,
        Outcome::Severity(name) => severity.is_called(name),
    };
    matrix.cells.iter().filter(gives)
}

impl<'policy> Lowering<'policy> {
    /// Adds the nodes of all steps of all axes: for each axis and step whether it is the one.
    pub(super) fn steps(
        &mut self,
        policy: &'policy Policy,
        matrix: &'policy Matrix,
    ) -> Vec<Vec<usize>> {
        let axes = matrix.axes.iter();
        axes.map(|axis| self.steps_of(policy, axis)).collect()
    }

    /// For each step whether it is the one: it is chosen or, where none is, the worst whose criteria hold.
    fn steps_of(&mut self, policy: &'policy Policy, axis: &'policy Axis) -> Vec<usize> {
        let has_criteria = axis.steps.iter().any(|it| it.when.is_some());
        let mut worse = Vec::new();
        let mut steps = Vec::new();
        for (index, step) in axis.steps.iter().enumerate() {
            if !has_criteria {
                steps.push(self.step(axis, index, None));
                continue;
            }
            let holds = match &step.when {
                Some(when) => self.tree(policy, when),
                None if axis.is_rest(index) => self.join(0, Vec::new()),
                None => self.unknown(),
            };
            let is_worse = self.join(1, worse.clone());
            let is_not_worse = self.other_than(is_worse);
            let is_the_one = self.join(2, vec![holds, is_not_worse]);
            worse.push(holds);
            steps.push(self.step(axis, index, Some(is_the_one)));
        }
        steps
    }

    /// Adds a node that holds where a cell is the one; `steps` are the nodes of the steps.
    pub(super) fn cell(&mut self, cell: &Cell, steps: &[Vec<usize>]) -> usize {
        let axes = cell.at.iter().zip(steps);
        let at: Vec<Option<usize>> = axes
            .map(|(step, nodes)| nodes.get(*step).copied())
            .collect();
        let unknown = at.contains(&None).then(|| self.unknown());
        let at: Vec<usize> = at.into_iter().filter_map(|it| it.or(unknown)).collect();
        self.join(at.len(), at)
    }
}
