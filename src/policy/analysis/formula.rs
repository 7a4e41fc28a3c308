//! Criteria as a list of nodes, and the terms that they come down to: an *or* of *and*s.

use std::ops::Range;

use super::block::{Block, Budget, TooLarge};
use super::space::{Axis, Run};

/// A test over cells. What a node joins stands before it in the list, so that no walk needs recursion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// The cell on the axis lies in the run.
    Within(usize, Run),
    /// Words that nobody can compute; equal numbers are equal words.
    Words(usize),
    /// So many of these nodes hold.
    AtLeast(usize, Vec<usize>),
    /// The node does not hold.
    Not(usize),
}

/// Blocks joined by *or*, each with what it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Term {
    /// Where the decidable leaves hold.
    pub(super) block: Block,
    /// Words that have to hold (twice their number) or to fail (one more) as well; sorted.
    pub(super) words: Vec<usize>,
    /// All leaves that it came from; sorted.
    pub(super) leaves: Vec<usize>,
}

impl Term {
    /// Whether numbers and answers alone decide it.
    pub(super) fn is_decided(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it has a decidable part that can fail.
    pub(super) fn is_measured(&self) -> bool {
        !self.block.is_all()
    }

    fn both(&self, other: &Self) -> Option<Self> {
        Some(Self {
            block: self.block.meet(&other.block)?,
            words: union(&self.words, &other.words),
            leaves: union(&self.leaves, &other.leaves),
        })
    }

    /// Whether the words that this one needs are among those of the other.
    pub(super) fn needs_no_more_words(&self, other: &Self) -> bool {
        let among = |it: &usize| other.words.binary_search(it).is_ok();
        self.words.iter().all(among)
    }

    /// Whether this one holds wherever the other does.
    fn absorbs(&self, other: &Self) -> bool {
        self.needs_no_more_words(other) && self.block.covers(&other.block)
    }
}

/// The terms that a tree comes down to, none within another; the tree is `nodes[tree]`, its root the
/// last. An empty list never holds. The numbers in [`Term::leaves`] are indexes of nodes.
///
/// # Errors
/// The budget is spent.
pub(super) fn terms(
    nodes: &[Node],
    tree: Range<usize>,
    space: &[Axis],
    budget: &mut Budget,
) -> Result<Vec<Term>, TooLarge> {
    let wanted = wanted(nodes, &tree);
    let mut made = Made {
        first: tree.start,
        terms: Vec::with_capacity(tree.len()),
    };
    for (index, wanted) in tree.zip(wanted) {
        let mut sides = [Vec::new(), Vec::new()];
        for side in SIDES.into_iter().filter(|side| wanted[*side as usize]) {
            sides[side as usize] = one(&nodes[index], index, side, &made, space, budget)?;
        }
        made.terms.push(sides);
    }
    Ok(made.terms.pop().map(|[holds, _]| holds).unwrap_or_default())
}

/// Which answer of a node is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Holds,
    Fails,
}

const SIDES: [Side; 2] = [Side::Holds, Side::Fails];

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Holds => Self::Fails,
            Self::Fails => Self::Holds,
        }
    }
}

/// The terms of the nodes so far, for both sides.
struct Made {
    first: usize,
    terms: Vec<[Vec<Term>; 2]>,
}

impl Made {
    fn get(&self, node: usize, side: Side) -> &[Term] {
        &self.terms[node - self.first][side as usize]
    }
}

/// For each node of the tree whether the terms of either [`Side`] are wanted.
fn wanted(nodes: &[Node], tree: &Range<usize>) -> Vec<[bool; 2]> {
    let first = tree.start;
    let mut wanted = vec![[false; 2]; tree.len()];
    if let Some(root) = wanted.last_mut() {
        root[Side::Holds as usize] = true;
    }
    for index in tree.clone().rev() {
        let own = wanted[index - first];
        let (children, turned): (&[usize], bool) = match &nodes[index] {
            Node::Within(..) | Node::Words(_) => (&[], false),
            Node::AtLeast(_, of) => (of, false),
            Node::Not(child) => (std::slice::from_ref(child), true),
        };
        for child in children {
            for side in SIDES {
                let from = if turned { side.other() } else { side };
                wanted[*child - first][side as usize] |= own[from as usize];
            }
        }
    }
    wanted
}

fn one(
    node: &Node,
    index: usize,
    side: Side,
    made: &Made,
    space: &[Axis],
    budget: &mut Budget,
) -> Result<Vec<Term>, TooLarge> {
    match node {
        Node::Words(number) => Ok(vec![Term {
            block: Block::all(),
            words: vec![2 * number + side as usize],
            leaves: vec![index],
        }]),
        Node::Within(axis, run) => {
            let runs = match side {
                Side::Holds => vec![*run],
                Side::Fails => outer(*run, space[*axis]),
            };
            let blocks = runs
                .into_iter()
                .filter_map(|run| Block::one(*axis, run, space));
            let term = |block| Term {
                block,
                words: Vec::new(),
                leaves: vec![index],
            };
            Ok(blocks.map(term).collect())
        }
        Node::Not(child) => Ok(made.get(*child, side.other()).to_vec()),
        Node::AtLeast(needed, of) => {
            let needed = match side {
                Side::Holds => *needed,
                // So many fail that too few are left.
                Side::Fails => (of.len() + 1).saturating_sub(*needed),
            };
            let children: Vec<_> = of.iter().map(|it| made.get(*it, side)).collect();
            at_least(needed, &children, budget)
        }
    }
}

/// The cells of an axis that are not in the run.
fn outer(run: Run, axis: Axis) -> Vec<Run> {
    let all = axis.all();
    if run.is_empty() {
        return vec![all];
    }
    vec![Run::new(all.low, run.low), Run::new(run.high, all.high)]
}

/// The terms in which so many of the children hold.
fn at_least(
    needed: usize,
    children: &[&[Term]],
    budget: &mut Budget,
) -> Result<Vec<Term>, TooLarge> {
    if needed > children.len() {
        return Ok(Vec::new());
    }
    // counts[n] holds where at least n of the children seen so far hold.
    let mut counts = vec![Vec::new(); needed + 1];
    counts[0].push(Term::default());
    for (seen, child) in children.iter().enumerate() {
        let rest = children.len() - seen - 1;
        for count in (1..=needed.min(seen + 1)).rev() {
            if count + rest < needed {
                break;
            }
            let more = joined(&counts[count - 1], child, budget)?;
            for term in more {
                add(&mut counts[count], term, budget)?;
            }
        }
    }
    Ok(counts.pop().unwrap_or_default())
}

fn joined(left: &[Term], right: &[Term], budget: &mut Budget) -> Result<Vec<Term>, TooLarge> {
    budget.spend(left.len() * right.len() + 1)?;
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
    Ok(pairs.filter_map(|(a, b)| a.both(b)).collect())
}

/// Adds a term unless another holds wherever it does, and drops those that it makes needless.
fn add(terms: &mut Vec<Term>, term: Term, budget: &mut Budget) -> Result<(), TooLarge> {
    budget.spend(terms.len() + 1)?;
    if terms.iter().any(|it| it.absorbs(&term)) {
        return Ok(());
    }
    terms.retain(|it| !term.absorbs(it));
    terms.push(term);
    Ok(())
}

/// The numbers in either of two sorted lists, sorted, each once.
fn union(left: &[usize], right: &[usize]) -> Vec<usize> {
    let mut all = [left, right].concat();
    all.sort_unstable();
    all.dedup();
    all
}
