//! Two policies to the facts that have another severity in the second, as stretches with a witness.

use crate::policy::Policy;
use crate::policy::criteria::Criteria;
use crate::policy::facts::FactSet;
use crate::span::Span;

use super::block::{Block, Budget, TooLarge, remainder};
use super::lower::{Lowered, Lowering};
use super::rules::{Claim, Rules};
use super::scale::{Space, Values};
use super::stretch::Stretch;
use super::witness;

/// Steps that a comparison may take; a fraction of a second.
const STEPS: usize = 400_000;

/// Facts whose severity changes. Places count in the common order of the two policies.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// What is so: all of it, each about something else. Whatever else makes an incident worse is not so.
    pub stretches: Vec<Stretch>,
    /// The severity before; `None` where no criteria are met.
    pub before: Option<usize>,
    /// The severity after; `None` where no criteria are met.
    pub after: Option<usize>,
    /// The criteria that gave the worse of the two.
    pub span: Span,
    /// Facts that move; `None` where no plain numbers fit.
    pub witness: Option<FactSet>,
}

/// Two severities of two policies that are one, or one that only one of them has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its rank before.
    pub before: Option<usize>,
    /// Its rank after.
    pub after: Option<usize>,
}

/// The facts whose severity changes, by the criteria alone, in the order of the criteria, what becomes
/// worse first; `None` where that is too much to work out. `order` holds the severities of both, the
/// worst first.
pub fn moves(before: &Policy, after: &Policy, order: &[Place]) -> Option<Vec<Move>> {
    let mut lowering = Lowering::default();
    let opened_before = lowering.open(before, order.iter().map(|it| criteria(before, it.before)));
    let opened_after = lowering.open(after, order.iter().map(|it| criteria(after, it.after)));
    let space = lowering.cut(Values::Sensible);
    let before = lowering.close(opened_before, &space);
    let after = lowering.close(opened_after, &space);
    let mut budget = Budget::new(STEPS);
    let before = Side::new(before, &space, &mut budget).ok()?;
    let after = Side::new(after, &space, &mut budget).ok()?;
    let worse = becoming_worse(&before, &after, &space, &mut budget).ok()?;
    let milder = becoming_worse(&after, &before, &space, &mut budget).ok()?;
    let turned = milder.into_iter().map(|it| Move {
        before: it.after,
        after: it.before,
        ..it
    });
    Some(worse.into_iter().chain(turned).collect())
}

fn criteria(policy: &Policy, rank: Option<usize>) -> Option<&Criteria> {
    policy.severities[rank?].when.as_ref()
}

/// One of the policies over the common space.
struct Side<'policy> {
    lowered: Lowered<'policy>,
    /// What numbers and answers alone decide, the worst severity first.
    claims: Vec<Claim>,
}

impl<'policy> Side<'policy> {
    fn new(
        lowered: Lowered<'policy>,
        space: &Space,
        budget: &mut Budget,
    ) -> Result<Self, TooLarge> {
        let axes = space.axes.clone();
        let (links, nodes) = (space.links(), &lowered.nodes);
        let rules = Rules::make(axes, &links, nodes, &lowered.alternatives, budget)?;
        let claims = rules.claims.into_iter();
        Ok(Self {
            claims: claims.filter(|it| it.term.is_decided()).collect(),
            lowered,
        })
    }

    /// What is claimed for severities that are as bad as a rank, or worse.
    fn as_bad_as(&self, rank: usize) -> impl Iterator<Item = &Block> {
        let claims = self.claims.iter().filter(move |it| it.rank <= rank);
        claims.map(|it| &it.term.block)
    }
}

/// The facts that have a worse severity on the second side.
fn becoming_worse(
    first: &Side<'_>,
    second: &Side<'_>,
    space: &Space,
    budget: &mut Budget,
) -> Result<Vec<Move>, TooLarge> {
    let mut moves: Vec<Move> = Vec::new();
    for claim in &second.claims {
        let whole = claim.term.block.clone();
        let better = claim.rank.checked_sub(1);
        let worse: Vec<&Block> = better.map_or_else(Vec::new, |it| second.as_bad_as(it).collect());
        let parts = worse.into_iter().chain(first.as_bad_as(claim.rank));
        let rest = remainder(whole, parts, None, &space.axes, budget)?;
        let source = second.lowered.sources[claim.alternative];
        for (stretches, blocks) in grouped(&rest, claim, space) {
            let (rank, block) = mildest(first, claim.rank, &blocks, space, budget)?;
            let is_told = |it: &Move| {
                it.stretches == stretches && it.before == rank && it.after == Some(claim.rank)
            };
            if !moves.iter().any(is_told) {
                moves.push(Move {
                    stretches,
                    before: rank,
                    after: Some(claim.rank),
                    span: source.clone(),
                    witness: witness::facts(&block, space, source),
                });
            }
        }
    }
    Ok(moves)
}

/// Blocks by what they say about the axes of a claim.
fn grouped(rest: &[Block], claim: &Claim, space: &Space) -> Vec<(Vec<Stretch>, Vec<Block>)> {
    let mut groups: Vec<(Vec<Stretch>, Vec<Block>)> = Vec::new();
    for block in rest {
        let stretches = claim.term.block.axes().map(|axis| {
            let run = block.run(axis, &space.axes);
            witness::stretch(axis, run, space)
        });
        let stretches: Vec<Stretch> = stretches.collect();
        match groups.iter_mut().find(|(told, _)| *told == stretches) {
            Some((_, blocks)) => blocks.push(block.clone()),
            None => groups.push((stretches, vec![block.clone()])),
        }
    }
    groups
}

/// The mildest severity that facts of blocks, never none, have on a side where all of them are milder
/// than `rank`, and the facts.
fn mildest(
    side: &Side<'_>,
    rank: usize,
    blocks: &[Block],
    space: &Space,
    budget: &mut Budget,
) -> Result<(Option<usize>, Block), TooLarge> {
    let mut rest = blocks.to_vec();
    let mut found = (None, rest.first().cloned().unwrap_or_default());
    for claim in side.claims.iter().filter(|it| it.rank > rank) {
        let mut left = Vec::new();
        for part in rest {
            if let Some(both) = part.meet(&claim.term.block) {
                found = (Some(claim.rank), both);
            }
            left.extend(remainder(
                part,
                [&claim.term.block],
                None,
                &space.axes,
                budget,
            )?);
        }
        rest = left;
    }
    Ok(match rest.pop() {
        Some(block) => (None, block),
        None => found,
    })
}
