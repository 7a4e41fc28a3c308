//! Rules to places where two severities with stated ends claim the same values of one axis.
//!
//! "At least 25 %" and "at least 10 %" are floors: whoever reaches the first reaches the second, and
//! the worse severity wins; that is how floors are meant. "10 to 30 %" beside "20 to 60 %" is a
//! contradiction: the better severity names values that it never has.

use std::collections::BTreeSet;

use super::block::{Block, Budget, TooLarge};
use super::cover::uncovered;
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

/// A worse value that has no severity for a while, though its claim and the one it ended are both met
/// by those who wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Brief<'rules> {
    /// The axis of the time.
    pub(super) axis: usize,
    /// What has no severity: times too short, at values behind the end of the better claim.
    pub(super) block: Block,
    /// The claim of the worse severity.
    pub(super) worse: &'rules Claim,
    /// The claim of the better severity, which says where it ends.
    pub(super) better: &'rules Claim,
}

/// Times too short for a worse value where the better severity ends before that value; `times` are the
/// axes of times.
///
/// # Errors
/// The budget is spent.
pub(super) fn briefs<'rules>(
    rules: &'rules Rules,
    times: &[usize],
    budget: &mut Budget,
) -> Result<Vec<Brief<'rules>>, TooLarge> {
    let mut briefs = Vec::new();
    let mut seen = BTreeSet::new();
    for group in rules.open_groups(budget)? {
        let claims = rules.of_group(group);
        for worse in &claims {
            for better in claims.iter().filter(|it| it.rank > worse.rank) {
                let named = times
                    .iter()
                    .filter(|it| worse.term.block.named(**it).is_some());
                for time in named {
                    let Some(block) = brief(worse, better, *time, &rules.axes) else {
                        continue;
                    };
                    let Some(block) = uncovered(block, &claims, *time, &rules.axes, budget)? else {
                        continue;
                    };
                    if seen.insert((*time, worse.alternative)) {
                        briefs.push(Brief {
                            axis: *time,
                            block,
                            worse,
                            better,
                        });
                    }
                }
            }
        }
    }
    Ok(briefs)
}

/// The times below the floor of the worse claim, where the better one has a longer time of its own
/// and ends where the worse one starts or before. Equal times are how long anything must last to count.
fn brief(worse: &Claim, better: &Claim, time: usize, space: &[Axis]) -> Option<Block> {
    let (upper, lower) = (&worse.term.block, &better.term.block);
    let floor = upper.named(time)?;
    let too_short = Run::new(0, floor.low);
    let waits = lower.named(time)?.low > floor.low;
    let values = |axis: &usize| *axis != time && upper.named(*axis).is_some();
    let ends_before = lower.axes().filter(values).any(|axis| {
        let both = (upper.run(axis, space), lower.run(axis, space));
        match space[axis].worse {
            Worse::Up => both.1.high <= both.0.low,
            Worse::Down => both.0.high <= both.1.low,
            Worse::Unknown => false,
        }
    });
    (waits && ends_before && !too_short.is_empty()).then(|| upper.with(time, too_short, space))
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
