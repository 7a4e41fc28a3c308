//! Blocks of fact space and what is left when one is taken from another.

use super::space::{Axis, Run};

/// More steps would be needed than the budget allows: nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// How many more steps may be taken.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    /// A budget of so many steps; one is about one comparison of two blocks.
    pub(super) fn new(steps: usize) -> Self {
        Self { left: steps }
    }

    /// Takes steps.
    ///
    /// # Errors
    /// Nothing is left: say that nothing was decided.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), TooLarge> {
        self.left = self.left.checked_sub(steps).ok_or(TooLarge)?;
        Ok(())
    }
}

/// All points whose cell on each named axis lies in a run; an axis that is not named is free. Never
/// empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Block {
    /// In the order of the axes, each once, each narrower than its axis.
    runs: Vec<(usize, Run)>,
}

impl Block {
    /// The whole space.
    pub(super) fn all() -> Self {
        Self::default()
    }

    /// One run on one axis; `None` if the run is empty.
    pub(super) fn one(axis: usize, run: Run, space: &[Axis]) -> Option<Self> {
        if run.is_empty() {
            return None;
        }
        let mut block = Self::all();
        block.set(axis, run, space);
        Some(block)
    }

    /// Whether no axis is named.
    pub(super) fn is_all(&self) -> bool {
        self.runs.is_empty()
    }

    /// The axes that are named and their runs, in the order of the axes.
    pub(super) fn runs(&self) -> &[(usize, Run)] {
        &self.runs
    }

    /// The axes that are named.
    pub(super) fn axes(&self) -> impl Iterator<Item = usize> {
        self.runs.iter().map(|(axis, _)| *axis)
    }

    /// The run on an axis, if it is named.
    pub(super) fn named(&self, axis: usize) -> Option<Run> {
        let index = self.runs.binary_search_by_key(&axis, |(it, _)| *it).ok()?;
        Some(self.runs[index].1)
    }

    /// The run on an axis; all of it if it is not named.
    pub(super) fn run(&self, axis: usize, space: &[Axis]) -> Run {
        self.named(axis).unwrap_or_else(|| space[axis].all())
    }

    /// Puts a run, which must not be empty, in the place of what is said of an axis.
    pub(super) fn set(&mut self, axis: usize, run: Run, space: &[Axis]) {
        let found = self.runs.binary_search_by_key(&axis, |(it, _)| *it);
        match (found, run == space[axis].all()) {
            (Ok(index), true) => drop(self.runs.remove(index)),
            (Ok(index), false) => self.runs[index].1 = run,
            (Err(_), true) => {}
            (Err(index), false) => self.runs.insert(index, (axis, run)),
        }
    }

    /// The same block with another run on one axis.
    pub(super) fn with(&self, axis: usize, run: Run, space: &[Axis]) -> Self {
        let mut block = self.clone();
        block.set(axis, run, space);
        block
    }

    /// The same block with one axis set free.
    pub(super) fn without(&self, axis: usize) -> Self {
        let mut block = self.clone();
        block.runs.retain(|(it, _)| *it != axis);
        block
    }

    /// The points in both; `None` if there are none.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let mut runs = Vec::with_capacity(self.runs.len() + other.runs.len());
        let (mut left, mut right) = (self.runs.as_slice(), other.runs.as_slice());
        while let (Some((a, x)), Some((b, y))) = (left.first(), right.first()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => {
                    runs.push((*a, *x));
                    left = &left[1..];
                }
                std::cmp::Ordering::Greater => {
                    runs.push((*b, *y));
                    right = &right[1..];
                }
                std::cmp::Ordering::Equal => {
                    let both = x.meet(*y);
                    if both.is_empty() {
                        return None;
                    }
                    runs.push((*a, both));
                    left = &left[1..];
                    right = &right[1..];
                }
            }
        }
        runs.extend_from_slice(left);
        runs.extend_from_slice(right);
        Some(Self { runs })
    }

    /// Whether every point of the other is in this one.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.runs.iter().all(|(axis, run)| {
            other
                .named(*axis)
                .is_some_and(|narrower| run.covers(narrower))
        })
    }

    /// Whether the point, a cell for each axis, is in it.
    #[cfg(test)]
    pub(super) fn holds(&self, point: &[u32]) -> bool {
        self.runs.iter().all(|(axis, run)| run.holds(point[*axis]))
    }

    /// What is left without the points of the other, as blocks that share no point. The axis `last`
    /// is cut after all others, so that along it nothing is cut that need not be.
    fn minus(&self, other: &Self, last: Option<usize>, space: &[Axis]) -> Vec<Self> {
        if self.meet(other).is_none() {
            return vec![self.clone()];
        }
        let mut rest = Vec::new();
        let mut inner = self.clone();
        let first = other.runs.iter().filter(|(axis, _)| Some(*axis) != last);
        let then = other.runs.iter().filter(|(axis, _)| Some(*axis) == last);
        for (axis, run) in first.chain(then) {
            let own = inner.run(*axis, space);
            let sides = [Run::new(own.low, run.low), Run::new(run.high, own.high)];
            for side in sides.into_iter().filter(|side| !side.is_empty()) {
                rest.push(inner.with(*axis, side, space));
            }
            inner.set(*axis, own.meet(*run), space);
        }
        rest
    }
}

/// What is left of `whole` without the points of `parts`, as blocks that share no point; see
/// [`Block::minus`] for `last`.
///
/// # Errors
/// The budget is spent.
pub(super) fn remainder<'block>(
    whole: Block,
    parts: impl IntoIterator<Item = &'block Block>,
    last: Option<usize>,
    space: &[Axis],
    budget: &mut Budget,
) -> Result<Vec<Block>, TooLarge> {
    let mut rest = vec![whole];
    for part in parts {
        budget.spend(rest.len() + 1)?;
        rest = rest
            .iter()
            .flat_map(|block| block.minus(part, last, space))
            .collect();
        if rest.is_empty() {
            break;
        }
    }
    Ok(rest)
}

/// Some part of `whole` that lies outside all of `parts`; `None` if there is nothing.
///
/// # Errors
/// The budget is spent.
pub(super) fn outside(
    whole: &Block,
    parts: &[&Block],
    space: &[Axis],
    budget: &mut Budget,
) -> Result<Option<Block>, TooLarge> {
    let mut open = vec![(whole.clone(), 0)];
    while let Some((block, done)) = open.pop() {
        let hit = parts[done..]
            .iter()
            .position(|part| part.meet(&block).is_some());
        budget.spend(parts.len() - done + 1)?;
        let Some(hit) = hit else {
            return Ok(Some(block));
        };
        let next = done + hit;
        let rest = block.minus(parts[next], None, space);
        open.extend(rest.into_iter().map(|block| (block, next + 1)));
    }
    Ok(None)
}
