//! Policies to cells: which axes there are, where their thresholds cut them, and the criteria as nodes.
//!
//! Several policies can be lowered into one space, so that their cells are the same and compare.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::policy::Policy;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::decimal::Decimal;
use crate::policy::matrix;
use crate::span::Span;

use super::formula::Node;
use super::rules::Alternative;
use super::scale::{Draft, Scale, Space, Values};
use super::space::{Axis, Worse};
use super::stretch::Subject;

/// The criteria of one policy as nodes over a space.
#[derive(Clone, Debug, Default)]
pub(super) struct Lowered<'policy> {
    /// Children before parents.
    pub(super) nodes: Vec<Node>,
    /// For each node the criteria that it was made from; `None` for those of a matrix.
    pub(super) origins: Vec<Option<&'policy Criteria>>,
    /// The alternatives of the criteria, the worst severity first.
    pub(super) alternatives: Vec<Alternative>,
    /// For each alternative where it is written.
    pub(super) sources: Vec<&'policy Span>,
}

/// What is done with words that no program can decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Words {
    /// They stay undecided.
    #[default]
    Opaque,
    /// Somebody answers them with yes or no.
    Asked,
}

/// Collects policies, and cuts the axes when all are known.
#[derive(Debug, Default)]
pub(super) struct Lowering<'policy> {
    pub(super) subjects: Vec<Draft>,
    known: BTreeMap<Subject, usize>,
    words: BTreeMap<String, usize>,
    on_words: Words,
    nodes: Vec<Open>,
    origins: Vec<Option<&'policy Criteria>>,
}

/// A node whose axis is not cut yet.
#[derive(Clone, Debug)]
pub(super) enum Open {
    Within(usize, Bound<Decimal>, Bound<Decimal>),
    /// The step on an axis of the matrix is chosen; where none is, what the node says.
    Step(usize, Decimal, Option<usize>),
    Done(Node),
}

/// The criteria of one policy, whose axes are not cut yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Opened<'policy> {
    alternatives: Vec<Alternative>,
    sources: Vec<&'policy Span>,
}

impl<'policy> Lowering<'policy> {
    /// Nothing yet.
    pub(super) fn new(on_words: Words) -> Self {
        Self {
            on_words,
            ..Self::default()
        }
    }

    /// Takes the criteria of ranks, the worst first.
    pub(super) fn open(
        &mut self,
        policy: &'policy Policy,
        ranks: impl IntoIterator<Item = Option<&'policy Criteria>>,
    ) -> Opened<'policy> {
        let mut opened = Opened::default();
        for (rank, when) in ranks.into_iter().enumerate() {
            if let Some(when) = when {
                self.add(policy, rank, when, &mut opened);
            }
        }
        opened
    }

    /// Takes the alternatives of criteria that give a severity, after those of worse ones.
    pub(super) fn add(
        &mut self,
        policy: &'policy Policy,
        rank: usize,
        when: &'policy Criteria,
        opened: &mut Opened<'policy>,
    ) {
        for source in alternatives(when) {
            let first = self.nodes.len();
            self.tree(policy, source);
            opened.alternatives.push(Alternative {
                rank,
                tree: first..self.nodes.len(),
            });
            opened.sources.push(&source.span);
        }
    }

    /// Cuts the axes.
    pub(super) fn cut(&self, values: Values) -> Space {
        let scales = self.subjects.iter().map(|it| it.scale(values));
        let scales: Vec<Scale> = scales.collect();
        let both = scales.iter().zip(&self.subjects);
        let axes = both.map(|(scale, draft)| Axis {
            size: scale.line.size(),
            worse: draft.worse,
        });
        Space {
            axes: axes.collect(),
            scales,
        }
    }

    /// The criteria of one of the policies over the cut axes.
    pub(super) fn close(&self, opened: Opened<'policy>, space: &Space) -> Lowered<'policy> {
        let nodes = self.nodes.iter().map(|node| match node {
            Open::Within(axis, low, high) => {
                Node::Within(*axis, space.scales[*axis].line.run(*low, *high))
            }
            Open::Step(_, _, Some(otherwise)) => Node::AtLeast(1, vec![*otherwise]),
            Open::Step(axis, step, None) => {
                let at = Bound::Included(*step);
                Node::Within(*axis, space.scales[*axis].line.run(at, at))
            }
            Open::Done(node) => node.clone(),
        });
        Lowered {
            nodes: nodes.collect(),
            origins: self.origins.clone(),
            alternatives: opened.alternatives,
            sources: opened.sources,
        }
    }

    /// Adds the nodes of a tree, children first; returns the root.
    pub(super) fn tree(&mut self, policy: &'policy Policy, root: &'policy Criteria) -> usize {
        let mut waiting = vec![(root, Step::Enter)];
        let mut made: Vec<usize> = Vec::new();
        while let Some((criteria, step)) = waiting.pop() {
            let children = criteria.children();
            if step == Step::Enter && !children.is_empty() {
                waiting.push((criteria, Step::Leave));
                waiting.extend(children.iter().rev().map(|it| (it, Step::Enter)));
                continue;
            }
            let children = made.split_off(made.len() - children.len());
            made.push(self.node(policy, criteria, children));
        }
        made.pop().unwrap_or_default()
    }

    fn node(
        &mut self,
        policy: &'policy Policy,
        criteria: &'policy Criteria,
        children: Vec<usize>,
    ) -> usize {
        let node = match &criteria.test {
            Test::Any(_) | Test::Unstated(_) => Node::AtLeast(1, children),
            Test::All(_) => Node::AtLeast(children.len(), children),
            Test::AtLeast { needed, .. } => Node::AtLeast(needed.value, children),
            Test::Not(_) => return self.not(children, criteria),
            Test::Metric(comparison) => return self.comparison(policy, criteria, comparison),
            Test::Condition(id) => {
                return self.yes(Subject::Condition(id.value.clone()), criteria);
            }
            Test::Text(_) => {
                let key = criteria.key().unwrap_or_default();
                if self.on_words == Words::Asked {
                    return self.yes(Subject::Answer(key), criteria);
                }
                Node::Words(self.word(key))
            }
            Test::Becoming(_) | Test::Recurs(_) | Test::Judgement(_) => {
                let key = criteria.key().unwrap_or_default();
                return self.yes(Subject::Answer(key), criteria);
            }
        };
        self.push(Open::Done(node), criteria)
    }

    fn not(&mut self, children: Vec<usize>, criteria: &'policy Criteria) -> usize {
        match children.first() {
            Some(child) => self.push(Open::Done(Node::Not(*child)), criteria),
            None => self.push(Open::Done(Node::AtLeast(0, children)), criteria),
        }
    }

    /// A question is answered with yes.
    fn yes(&mut self, subject: Subject, criteria: &'policy Criteria) -> usize {
        let axis = self.axis(subject, Worse::Unknown, true);
        let low = Bound::Included(Decimal::ONE);
        self.push(Open::Within(axis, low, Bound::Unbounded), criteria)
    }

    /// A node that holds where no criteria are needed to say so.
    pub(super) fn join(&mut self, needed: usize, of: Vec<usize>) -> usize {
        self.bare(Open::Done(Node::AtLeast(needed, of)))
    }

    /// A node that holds where another does not.
    pub(super) fn other_than(&mut self, node: usize) -> usize {
        self.bare(Open::Done(Node::Not(node)))
    }

    /// A node that nothing decides.
    pub(super) fn unknown(&mut self) -> usize {
        let word = self.word("unknown".to_owned());
        self.bare(Open::Done(Node::Words(word)))
    }

    /// A step of an axis of the matrix is chosen; where none is, what the other node says.
    pub(super) fn step(&mut self, axis: &matrix::Axis, step: usize, other: Option<usize>) -> usize {
        let subject = Subject::Step(axis.id.value.clone());
        let at = |it: usize| Decimal::whole(i128::try_from(it).unwrap_or(i128::MAX));
        // The worst step stands first.
        let number = self.axis(subject, Worse::Down, true);
        if self.subjects[number].cuts.is_empty() {
            let cuts = (0..axis.steps.len()).map(at);
            self.subjects[number].cuts = cuts.collect();
        }
        self.bare(Open::Step(number, at(step), other))
    }

    fn bare(&mut self, node: Open) -> usize {
        self.nodes.push(node);
        self.origins.push(None);
        self.nodes.len() - 1
    }

    /// The nodes so far.
    pub(super) fn nodes(&self) -> &[Open] {
        &self.nodes
    }

    pub(super) fn axis(&mut self, subject: Subject, worse: Worse, may_be_whole: bool) -> usize {
        let next = self.subjects.len();
        let axis = *self.known.entry(subject.clone()).or_insert(next);
        if axis == next {
            self.subjects.push(Draft {
                subject,
                cuts: Vec::new(),
                sample: None,
                worse,
                may_be_whole,
            });
        }
        axis
    }

    pub(super) fn word(&mut self, key: String) -> usize {
        let next = self.words.len();
        *self.words.entry(key).or_insert(next)
    }

    pub(super) fn push(&mut self, node: Open, criteria: &'policy Criteria) -> usize {
        self.nodes.push(node);
        self.origins.push(Some(criteria));
        self.nodes.len() - 1
    }
}

/// Whether the children of a node were seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Enter,
    Leave,
}

/// The alternatives that criteria list: what is joined by *any* at the top.
pub(super) fn alternatives(criteria: &Criteria) -> Vec<&Criteria> {
    let mut found = Vec::new();
    let mut waiting = vec![criteria];
    while let Some(next) = waiting.pop() {
        match &next.test {
            Test::Any(list) | Test::Unstated(list) => waiting.extend(list.iter().rev()),
            _ => found.push(next),
        }
    }
    found
}
