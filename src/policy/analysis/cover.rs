//! Rules to what they leave out: gaps, holes, and where worse facts have a better severity.
//!
//! Along an axis with a direction, making facts worse is a walk. A walk that leaves all severities
//! and comes back crosses a *gap*; one that leaves and does not come back ends in a *hole*; one that
//! comes from a severity to a better one meets a *reversal*. Any two fact sets of which one is worse
//! are joined by walks along single axes, so to look at these is enough.

use std::collections::BTreeSet;

use super::block::{Block, Budget, TooLarge, remainder};
use super::rules::{Claim, Rules};
use super::space::{Axis, Run, Worse};

/// Facts between two claims that no severity claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap<'rules> {
    /// The axis that the walk goes along.
    pub(super) axis: usize,
    /// All that is left out between the two claims.
    pub(super) block: Block,
    /// The claim where the cells before are.
    pub(super) before: &'rules Claim,
    /// The claim where the cells after are.
    pub(super) after: &'rules Claim,
}

/// Facts that are worse than a claim and that no severity claims, to the end of the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hole<'rules> {
    /// The axis that gets worse.
    pub(super) axis: usize,
    /// What is left out.
    pub(super) block: Block,
    /// The claim of the better facts.
    pub(super) claim: &'rules Claim,
}

/// Facts that are worse than a claim and have only better severities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reversal<'rules> {
    /// The axis that gets worse.
    pub(super) axis: usize,
    /// Where the better severity is.
    pub(super) block: Block,
    /// The claim of the worse severity, on the better facts.
    pub(super) worse: &'rules Claim,
    /// The claim of the better severity, on the worse facts.
    pub(super) better: &'rules Claim,
}

/// The gaps, each pair of axis and cells once.
///
/// # Errors
/// The budget is spent.
pub(super) fn gaps<'rules>(
    rules: &'rules Rules,
    budget: &mut Budget,
) -> Result<Vec<Gap<'rules>>, TooLarge> {
    let mut gaps = Vec::new();
    let mut seen = BTreeSet::new();
    for group in rules.open_groups(budget)? {
        let claims = rules.of_group(group);
        for (before, after, axis) in pairs(&claims, budget)? {
            let Some(between) = between(before, after, axis, &rules.axes) else {
                continue;
            };
            let whole = between.run(axis, &rules.axes);
            if seen.contains(&(axis, whole)) {
                continue;
            }
            if let Some(block) = uncovered(between, &claims, axis, &rules.axes, budget)? {
                seen.insert((axis, whole));
                gaps.push(Gap {
                    axis,
                    block,
                    before,
                    after,
                });
            }
        }
    }
    Ok(gaps)
}

/// The holes, each axis and start once.
///
/// # Errors
/// The budget is spent.
pub(super) fn holes<'rules>(
    rules: &'rules Rules,
    budget: &mut Budget,
) -> Result<Vec<Hole<'rules>>, TooLarge> {
    let mut holes = Vec::new();
    let mut seen = BTreeSet::new();
    for group in rules.open_groups(budget)? {
        let claims = rules.of_group(group);
        for claim in &claims {
            for axis in claim.term.block.axes() {
                let Some((beyond, run)) = beyond(claim, axis, &rules.axes) else {
                    continue;
                };
                if seen.contains(&(axis, run)) {
                    continue;
                }
                if let Some(block) = uncovered(beyond, &claims, axis, &rules.axes, budget)? {
                    seen.insert((axis, run));
                    holes.push(Hole { axis, block, claim });
                }
            }
        }
    }
    Ok(holes)
}

/// The reversals, each pair of alternatives once for an axis.
///
/// # Errors
/// The budget is spent.
pub(super) fn reversals<'rules>(
    rules: &'rules Rules,
    budget: &mut Budget,
) -> Result<Vec<Reversal<'rules>>, TooLarge> {
    let mut reversals = Vec::new();
    let mut seen = BTreeSet::new();
    for worse in &rules.claims {
        let Some(group) = rules.group(&worse.term.block) else {
            continue;
        };
        let claims = rules.deciding(group);
        let as_bad = claims.iter().filter(|it| it.rank <= worse.rank);
        for axis in worse.term.block.axes() {
            let Some((beyond, _)) = beyond(worse, axis, &rules.axes) else {
                continue;
            };
            let blocks = as_bad.clone().map(|it| &it.term.block);
            let mut rest = remainder(beyond, blocks, Some(axis), &rules.axes, budget)?;
            let better = claims.iter().filter(|it| it.rank > worse.rank);
            let better: Vec<&Claim> = better.copied().collect();
            for same_rank in better.chunk_by(|a, b| a.rank == b.rank) {
                budget.spend(rest.len() * same_rank.len() + 1)?;
                for better in same_rank {
                    let met = rest.iter().find_map(|it| it.meet(&better.term.block));
                    let Some(block) = met else { continue };
                    if seen.insert((axis, worse.alternative, better.alternative)) {
                        reversals.push(Reversal {
                            axis,
                            block,
                            worse,
                            better,
                        });
                    }
                }
                // What is left is not of this severity.
                let blocks = || same_rank.iter().map(|it| &it.term.block);
                let mut left = Vec::new();
                for block in rest {
                    left.extend(remainder(block, blocks(), Some(axis), &rules.axes, budget)?);
                }
                rest = left;
            }
        }
    }
    Ok(reversals)
}

/// A part of a block that no claim covers anywhere along an axis; `None` where there is none.
///
/// # Errors
/// The budget is spent.
pub(super) fn uncovered(
    block: Block,
    claims: &[&Claim],
    axis: usize,
    space: &[Axis],
    budget: &mut Budget,
) -> Result<Option<Block>, TooLarge> {
    let whole = block.run(axis, space);
    let blocks = claims.iter().map(|it| &it.term.block);
    let rest = remainder(block, blocks, Some(axis), space, budget)?;
    Ok(rest.into_iter().find(|it| it.run(axis, space) == whole))
}

/// Ordered pairs of claims and an axis that both may lie apart on.
fn pairs<'rules>(
    claims: &[&'rules Claim],
    budget: &mut Budget,
) -> Result<Vec<(&'rules Claim, &'rules Claim, usize)>, TooLarge> {
    let mut pairs = Vec::new();
    for before in claims {
        budget.spend(claims.len())?;
        for after in claims {
            let axes = before.term.block.axes();
            let both = axes.filter(|axis| after.term.block.named(*axis).is_some());
            pairs.extend(both.map(|axis| (*before, *after, axis)));
        }
    }
    Ok(pairs)
}

/// The cells strictly between two claims on an ordered axis, where all else that both ask for holds.
fn between(before: &Claim, after: &Claim, axis: usize, space: &[Axis]) -> Option<Block> {
    if space[axis].worse == Worse::Unknown {
        return None;
    }
    let low = before.term.block.named(axis)?.high;
    let high = after.term.block.named(axis)?.low;
    let run = Run::new(low, high);
    if run.is_empty() {
        return None;
    }
    let rest = before.term.block.without(axis);
    let both = rest.meet(&after.term.block.without(axis))?;
    Some(both.with(axis, run, space))
}

/// The cells beyond the worse end of a claim on an axis, where all else that it asks for holds.
fn beyond(claim: &Claim, axis: usize, space: &[Axis]) -> Option<(Block, Run)> {
    let run = space[axis].beyond(claim.term.block.named(axis)?)?;
    Some((claim.term.block.with(axis, run, space), run))
}
