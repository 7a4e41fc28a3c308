//! Rules to places where two severities with stated ends claim the same values of one axis.
//!
//! "At least 25 %" and "at least 10 %" are floors: whoever reaches the first reaches the second, and
//! the worse severity wins; that is how floors are meant. "10 to 30 %" beside "20 to 60 %" is a
//! contradiction: the better severity names values that it never has.

use std::collections::BTreeSet;

use super::block::{Block, Budget, TooLarge};
use super::rules::{Claim, Rules};
use super::space::{Axis, Run, Worse};

/// Values that two severities claim although the better one says where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Overlap<'rules> {
    /// The axis whose ends overlap.
    pub(super) axis: usize,
    /// The facts in both.
    pub(super) block: Block,
    /// The claim of the worse severity.
    pub(super) worse: &'rules Claim,
    /// The claim of the better severity.
    pub(super) better: &'rules Claim,
}

/// The overlaps, each axis and pair of alternatives once.
///
/// # Errors
/// The budget is spent.
pub(super) fn overlaps<'rules>(
    rules: &'rules Rules,
    budget: &mut Budget,
) -> Result<Vec<Overlap<'rules>>, TooLarge> {
    let mut overlaps = Vec::new();
    let mut seen = BTreeSet::new();
    for worse in &rules.claims {
        budget.spend(rules.claims.len())?;
        for better in rules.claims.iter().filter(|it| it.rank > worse.rank) {
            for axis in better.term.block.axes() {
                let Some(block) = overlap(worse, better, axis, &rules.axes) else {
                    continue;
                };
                if seen.insert((axis, worse.alternative, better.alternative)) {
                    overlaps.push(Overlap {
                        axis,
                        block,
                        worse,
                        better,
                    });
                }
            }
        }
    }
    Ok(overlaps)
}

fn overlap(worse: &Claim, better: &Claim, axis: usize, space: &[Axis]) -> Option<Block> {
    let (upper, lower) = (&worse.term.block, &better.term.block);
    let staggered = is_staggered(upper.named(axis)?, lower.named(axis)?, space[axis]);
    // Where the worse severity asks for something else as well, the better one has those values otherwise.
    let no_more = upper.without(axis).covers(&lower.without(axis));
    (staggered && no_more).then(|| upper.meet(lower))?
}

/// Whether the better run starts before the worse one, and ends, before the axis does, within it or
/// behind it.
fn is_staggered(worse: Run, better: Run, axis: Axis) -> bool {
    match axis.worse {
        Worse::Up => better.low < worse.low && worse.low < better.high && better.high < axis.size,
        Worse::Down => worse.high < better.high && better.low < worse.high && 0 < better.low,
        Worse::Unknown => false,
    }
}
