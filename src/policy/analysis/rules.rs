//! A policy in cells: what each severity claims, and which axes have to be looked at together.

use std::ops::Range;

use super::block::{Block, Budget, TooLarge, outside};
use super::formula::{Node, Term, terms};
use super::space::Axis;

/// What the severities claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rules {
    /// The axes; blocks name them by index.
    pub(super) axes: Vec<Axis>,
    /// What is claimed, the worst severity first.
    pub(super) claims: Vec<Claim>,
    /// For each axis the number of its group.
    groups: Vec<usize>,
}

/// One way of having a severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The severity; 0 is the worst.
    pub(super) rank: usize,
    /// The alternative of the severity that it is part of; numbers are unique over all severities.
    pub(super) alternative: usize,
    /// When.
    pub(super) term: Term,
}

/// One of the ways, as the author lists them, of having a severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alternative {
    /// The severity; 0 is the worst.
    pub(super) rank: usize,
    /// The nodes of its tree, the root the last.
    pub(super) tree: Range<usize>,
}

impl Rules {
    /// Works out what alternatives, the worst severity first, claim. Axes that are linked are looked at
    /// together even where no claim names both.
    ///
    /// # Errors
    /// The budget is spent.
    pub(super) fn make(
        axes: Vec<Axis>,
        links: &[(usize, usize)],
        nodes: &[Node],
        alternatives: &[Alternative],
        budget: &mut Budget,
    ) -> Result<Self, TooLarge> {
        let mut claims = Vec::new();
        for (number, alternative) in alternatives.iter().enumerate() {
            for term in terms(nodes, alternative.tree.clone(), &axes, budget)? {
                claims.push(Claim {
                    rank: alternative.rank,
                    alternative: number,
                    term,
                });
            }
        }
        Ok(Self::new(axes, links, claims))
    }

    /// Puts axes into one group when they are linked, or some claim looks at both.
    pub(super) fn new(axes: Vec<Axis>, links: &[(usize, usize)], claims: Vec<Claim>) -> Self {
        let mut parents: Vec<usize> = (0..axes.len()).collect();
        let mut join = |one: usize, other: usize| {
            let (one, other) = (root(&mut parents, one), root(&mut parents, other));
            parents[other] = one;
        };
        for (one, other) in links {
            join(*one, *other);
        }
        for claim in &claims {
            let named: Vec<usize> = claim.term.block.axes().collect();
            for pair in named.windows(2) {
                join(pair[0], pair[1]);
            }
        }
        let groups = (0..axes.len()).map(|axis| root(&mut parents, axis));
        Self {
            groups: groups.collect(),
            axes,
            claims,
        }
    }

    /// The claims of each alternative; none is empty.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &[Claim]> {
        self.claims.chunk_by(|a, b| a.alternative == b.alternative)
    }

    /// The group that a block belongs to; `None` for the whole space.
    pub(super) fn group(&self, block: &Block) -> Option<usize> {
        Some(self.groups[block.axes().next()?])
    }

    /// The claims that name axes of a group.
    pub(super) fn of_group(&self, group: usize) -> Vec<&Claim> {
        let claims = self.claims.iter();
        claims
            .filter(|it| self.group(&it.term.block) == Some(group))
            .collect()
    }

    /// The claims that decide where the axes of a group do: those that name them, and those that always
    /// hold.
    pub(super) fn deciding(&self, group: usize) -> Vec<&Claim> {
        let always = |it: &Claim| it.term.is_decided() && !it.term.is_measured();
        let own = |it: &Claim| self.group(&it.term.block) == Some(group);
        let claims = self.claims.iter();
        claims.filter(|it| own(it) || always(it)).collect()
    }

    /// The numbers of the groups that some claim names, in order, each once.
    pub(super) fn groups(&self) -> Vec<usize> {
        let named = self.claims.iter();
        let mut groups: Vec<usize> = named.filter_map(|it| self.group(&it.term.block)).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// The groups whose facts, taken alone, may leave an incident without a severity while those of
    /// all other groups do so too. What lies outside of all claims is to be found in these only.
    ///
    /// # Errors
    /// The budget is spent.
    pub(super) fn open_groups(&self, budget: &mut Budget) -> Result<Vec<usize>, TooLarge> {
        let sure = |it: &Claim| it.term.is_decided() && !it.term.is_measured();
        if self.claims.iter().any(sure) {
            return Ok(Vec::new());
        }
        let groups = self.groups();
        let mut full = Vec::new();
        for group in &groups {
            let blocks: Vec<_> = self
                .of_group(*group)
                .iter()
                .map(|it| &it.term.block)
                .collect();
            if outside(&Block::all(), &blocks, &self.axes, budget)?.is_none() {
                full.push(*group);
            }
        }
        match full.as_slice() {
            [] => Ok(groups),
            _ => Ok(Vec::new()),
        }
    }
}

/// The number that stands for the group of an axis; shortens the way for those who ask next.
fn root(parents: &mut [usize], axis: usize) -> usize {
    let mut at = axis;
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}
