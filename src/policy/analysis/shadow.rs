//! Rules to claims that never decide: contradictory, shadowed by worse severities, or said twice.

use std::collections::BTreeSet;

use super::block::{Budget, TooLarge, outside};
use super::rules::{Claim, Rules};

/// An alternative, or a part of one, that never decides the severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shadow<'rules> {
    /// The severity that it is a criterion of.
    pub(super) rank: usize,
    /// The alternative.
    pub(super) alternative: usize,
    /// The leaves that could be left out; `None` means the whole alternative.
    pub(super) leaves: Option<Vec<usize>>,
    /// The shadowed claims, never none.
    pub(super) claims: Vec<&'rules Claim>,
    /// Claims that together hold wherever the shadowed ones do, none of them needless.
    pub(super) by: Vec<&'rules Claim>,
}

/// What lies wholly within worse severities.
///
/// # Errors
/// The budget is spent.
pub(super) fn shadows<'rules>(
    rules: &'rules Rules,
    budget: &mut Budget,
) -> Result<Vec<Shadow<'rules>>, TooLarge> {
    let mut found = Vec::new();
    for claims in rules.alternatives() {
        let worse = |it: &&Claim| it.rank < claims[0].rank;
        let others: Vec<_> = rules.claims.iter().filter(worse).collect();
        found.extend(shadow(claims, &others, rules, budget)?);
    }
    Ok(found)
}

/// Alternatives that lie wholly within others of their own severity; of two that say the same, the
/// later.
///
/// # Errors
/// The budget is spent.
pub(super) fn repetitions<'rules>(
    rules: &'rules Rules,
    budget: &mut Budget,
) -> Result<Vec<Shadow<'rules>>, TooLarge> {
    let mut found: Vec<Shadow> = Vec::new();
    let alternatives: Vec<_> = rules.alternatives().collect();
    for claims in alternatives.into_iter().rev() {
        let first = &claims[0];
        let gone = |it: &Claim| found.iter().any(|gone| gone.alternative == it.alternative);
        let beside =
            |it: &&Claim| it.rank == first.rank && it.alternative != first.alternative && !gone(it);
        let others: Vec<_> = rules.claims.iter().filter(beside).collect();
        let shadow = shadow(claims, &others, rules, budget)?;
        found.extend(shadow.filter(|it| it.leaves.is_none()));
    }
    found.reverse();
    Ok(found)
}

/// What of an alternative lies within the others, if anything does.
fn shadow<'rules>(
    claims: &'rules [Claim],
    others: &[&'rules Claim],
    rules: &'rules Rules,
    budget: &mut Budget,
) -> Result<Option<Shadow<'rules>>, TooLarge> {
    let mut hidden = Vec::new();
    let mut alive = BTreeSet::new();
    for claim in claims {
        match cover(claim, others, rules, budget)? {
            Some(by) => hidden.push((claim, by)),
            None => alive.extend(claim.term.leaves.iter().copied()),
        }
    }
    let whole = hidden.len() == claims.len();
    let named = hidden.iter().flat_map(|(claim, _)| &claim.term.leaves);
    let dead: BTreeSet<usize> = named.copied().filter(|it| !alive.contains(it)).collect();
    if !whole {
        // A part that is not needed here may be needed there: only leaves count that are needed nowhere.
        hidden.retain(|(claim, _)| claim.term.leaves.iter().any(|it| dead.contains(it)));
    }
    let Some((first, _)) = hidden.first() else {
        return Ok(None);
    };
    let mut by: Vec<&Claim> = Vec::new();
    for claim in hidden.iter().flat_map(|(_, by)| by) {
        if !by.iter().any(|it| std::ptr::eq(*it, *claim)) {
            by.push(claim);
        }
    }
    Ok(Some(Shadow {
        rank: first.rank,
        alternative: first.alternative,
        leaves: (!whole).then(|| dead.into_iter().collect()),
        claims: hidden.iter().map(|(claim, _)| *claim).collect(),
        by,
    }))
}

/// Those of the others that together hold wherever the claim does, none needless; `None` if they
/// leave something out.
fn cover<'rules>(
    claim: &Claim,
    others: &[&'rules Claim],
    rules: &Rules,
    budget: &mut Budget,
) -> Result<Option<Vec<&'rules Claim>>, TooLarge> {
    budget.spend(others.len() + 1)?;
    let block = &claim.term.block;
    let able = others.iter().copied().filter(|it| {
        it.term.needs_no_more_words(&claim.term) && it.term.block.meet(block).is_some()
    });
    let able: Vec<&Claim> = able.collect();
    if let Some(alone) = able.iter().find(|it| it.term.block.covers(block)) {
        return Ok(Some(vec![alone]));
    }
    // Groups share no axis: what covers a block does so within one of them.
    let mut groups: Vec<_> = able.iter().map(|it| rules.group(&it.term.block)).collect();
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        let own = able
            .iter()
            .copied()
            .filter(|it| rules.group(&it.term.block) == group);
        let own: Vec<&Claim> = own.collect();
        if covers(&own, claim, rules, budget)? {
            return Ok(Some(needed(own, claim, rules, budget)?));
        }
    }
    Ok(None)
}

/// Leaves out all that the others make needless.
fn needed<'rules>(
    mut by: Vec<&'rules Claim>,
    claim: &Claim,
    rules: &Rules,
    budget: &mut Budget,
) -> Result<Vec<&'rules Claim>, TooLarge> {
    let mut index = 0;
    while index < by.len() {
        let out = by.remove(index);
        if !covers(&by, claim, rules, budget)? {
            by.insert(index, out);
            index += 1;
        }
    }
    Ok(by)
}

fn covers(
    by: &[&Claim],
    claim: &Claim,
    rules: &Rules,
    budget: &mut Budget,
) -> Result<bool, TooLarge> {
    let blocks: Vec<_> = by.iter().map(|it| &it.term.block).collect();
    Ok(outside(&claim.term.block, &blocks, &rules.axes, budget)?.is_none())
}
