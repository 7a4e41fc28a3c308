//! Policies to cells: which axes there are, where their thresholds cut them, and the criteria as nodes.
//!
//! Several policies can be lowered into one space, so that their cells are the same and compare.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::policy::Policy;
use crate::policy::criteria::{self, Comparison, Criteria, Edge, MAX_DEPTH, Test, Threshold};
use crate::policy::decimal::Decimal;
use crate::policy::matrix::{self, Cell, Matrix};
use crate::policy::metric::{Metric, Statistic, Worse as Way};
use crate::policy::quantity::{Dimension, Quantity};
use crate::span::Span;

use super::formula::Node;
use super::rules::Alternative;
use super::space::{Axis, Domain, Grain, Line, Worse};
use super::stretch::Subject;

/// The axes of a space, and what they stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Space {
    /// What the algebra knows of them.
    pub(super) axes: Vec<Axis>,
    /// What they stand for.
    pub(super) scales: Vec<Scale>,
}

/// What an axis stands for.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    /// What is asked.
    pub(super) subject: Subject,
    /// Where it is cut; a yes-or-no axis is cut at 1, a step is a whole number from 0.
    pub(super) line: Line,
    /// A threshold as the author writes it; `None` where there are no numbers.
    pub(super) sample: Option<Quantity>,
}

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

impl Space {
    /// Pairs of axes that are about one metric: its value, how long it has it, how many times another
    /// that is.
    pub(super) fn links(&self) -> Vec<(usize, usize)> {
        let mut values: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (axis, scale) in self.scales.iter().enumerate() {
            let (name, other) = match &scale.subject {
                Subject::Value(name, _) | Subject::Lasting(name, _) => (name, None),
                Subject::Times(name, of) => (name, Some(of)),
                _ => continue,
            };
            for name in [Some(name), other].into_iter().flatten() {
                values.entry(name).or_default().push(axis);
            }
        }
        let pairs = values.values().flat_map(|axes| axes.windows(2));
        pairs.map(|pair| (pair[0], pair[1])).collect()
    }
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

/// Which values an axis has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Those that make sense: nothing below 0, no 120 %, no half host.
    Sensible,
    /// All numbers there are, since facts may be wrong.
    All,
}

/// Collects policies, and cuts the axes when all are known.
#[derive(Debug, Default)]
pub(super) struct Lowering<'policy> {
    subjects: Vec<Draft>,
    known: BTreeMap<Subject, usize>,
    words: BTreeMap<String, usize>,
    on_words: Words,
    nodes: Vec<Open>,
    origins: Vec<Option<&'policy Criteria>>,
}

/// An axis of which not all thresholds are known yet.
#[derive(Debug)]
struct Draft {
    subject: Subject,
    cuts: Vec<Decimal>,
    sample: Option<Quantity>,
    worse: Worse,
    may_be_whole: bool,
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

    /// Takes the cell of a matrix that gives a severity, after those of worse ones.
    pub(super) fn add_cell(
        &mut self,
        policy: &'policy Policy,
        rank: usize,
        (matrix, cell): (&'policy Matrix, &'policy Cell),
        opened: &mut Opened<'policy>,
    ) {
        let first = self.nodes.len();
        let steps = self.steps(policy, matrix);
        self.cell(cell, &steps);
        opened.alternatives.push(Alternative {
            rank,
            tree: first..self.nodes.len(),
        });
        opened.sources.push(&cell.outcome.span);
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

    fn comparison(
        &mut self,
        policy: &'policy Policy,
        criteria: &'policy Criteria,
        comparison: &'policy Comparison,
    ) -> usize {
        let metric = &comparison.metric.value;
        let known = policy.metric(metric);
        let about = About {
            metric,
            known,
            criteria,
        };
        let mut parts = Vec::new();
        match (&comparison.lower, &comparison.upper) {
            (Some(lower), Some(upper)) if both_fixed(lower, upper).is_some() => {
                if let Some((low, high)) = both_fixed(lower, upper) {
                    let axis = self.value(&about, low);
                    self.draft(axis, high);
                    let ends = (bound(lower.edge, low), bound(upper.edge, high));
                    parts.push(self.push(Open::Within(axis, ends.0, ends.1), criteria));
                }
            }
            (lower, upper) => {
                for (end, side) in [(lower, Side::Low), (upper, Side::High)] {
                    let Some(end) = end else { continue };
                    parts.push(self.end(&about, &end.at, end.edge, side, 0));
                }
            }
        }
        if let Some(lasting) = &comparison.lasting {
            let dimension = lasting.dimension();
            let subject = Subject::Lasting(metric.clone(), dimension);
            let axis = self.axis(subject, Worse::Up, true);
            self.draft(axis, lasting);
            let low = Bound::Included(lasting.base());
            parts.push(self.push(Open::Within(axis, low, Bound::Unbounded), criteria));
        }
        match parts.as_slice() {
            [] => {
                let word = self.word(format!("any value of {metric}"));
                self.push(Open::Done(Node::Words(word)), criteria)
            }
            [one] => *one,
            _ => self.push(Open::Done(Node::AtLeast(parts.len(), parts)), criteria),
        }
    }

    /// The value is on the right side of a threshold.
    fn end(
        &mut self,
        about: &About<'policy>,
        at: &'policy Threshold,
        edge: Edge,
        side: Side,
        depth: usize,
    ) -> usize {
        let (list, least) = match at {
            Threshold::Fixed(quantity) => {
                let axis = self.value(about, quantity);
                return self.side(axis, quantity.base(), edge, side, about.criteria);
            }
            Threshold::Relative { times, of } => {
                let hundredth = Decimal::new(1, 2).unwrap_or(Decimal::ONE);
                let ratio = match times.dimension() {
                    Dimension::Percent => times.base().checked_mul(hundredth),
                    Dimension::Multiple | Dimension::Count => Some(times.base()),
                    _ => None,
                };
                let Some(ratio) = ratio else {
                    let word = self.word(times.canonical());
                    return self.push(Open::Done(Node::Words(word)), about.criteria);
                };
                let subject = Subject::Times(about.metric.clone(), of.value.clone());
                let axis = self.axis(subject, about.worse(), false);
                let draft = &mut self.subjects[axis];
                draft.cuts.push(ratio);
                let sample = Quantity::of(ratio, Dimension::Multiple);
                draft.sample.get_or_insert(sample);
                return self.side(axis, ratio, edge, side, about.criteria);
            }
            // Above the smallest is above any; below the smallest is below all.
            Threshold::MinOf(list) => (list, side == Side::Low),
            Threshold::MaxOf(list) => (list, side == Side::High),
        };
        if depth > MAX_DEPTH {
            let word = self.word(format!("threshold {}", about.criteria.span.start));
            return self.push(Open::Done(Node::Words(word)), about.criteria);
        }
        let parts = list
            .iter()
            .map(|it| self.end(about, it, edge, side, depth + 1));
        let parts: Vec<usize> = parts.collect();
        let needed = if least { 1 } else { parts.len() };
        self.push(Open::Done(Node::AtLeast(needed, parts)), about.criteria)
    }

    fn side(
        &mut self,
        axis: usize,
        at: Decimal,
        edge: Edge,
        side: Side,
        criteria: &'policy Criteria,
    ) -> usize {
        let end = match edge {
            Edge::Included | Edge::Unstated => Bound::Included(at),
            Edge::Excluded => Bound::Excluded(at),
        };
        let node = match side {
            Side::Low => Open::Within(axis, end, Bound::Unbounded),
            Side::High => Open::Within(axis, Bound::Unbounded, end),
        };
        self.push(node, criteria)
    }

    /// The axis of a metric's value, in the dimension of a threshold.
    fn value(&mut self, about: &About<'policy>, threshold: &Quantity) -> usize {
        let subject = Subject::Value(about.metric.clone(), threshold.dimension());
        let axis = self.axis(subject, about.worse(), about.counts_whole());
        self.draft(axis, threshold);
        axis
    }

    fn draft(&mut self, axis: usize, threshold: &Quantity) {
        let draft = &mut self.subjects[axis];
        draft.cuts.push(threshold.base());
        draft.sample.get_or_insert_with(|| threshold.clone());
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

    fn axis(&mut self, subject: Subject, worse: Worse, may_be_whole: bool) -> usize {
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

    fn word(&mut self, key: String) -> usize {
        let next = self.words.len();
        *self.words.entry(key).or_insert(next)
    }

    fn push(&mut self, node: Open, criteria: &'policy Criteria) -> usize {
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

/// Which end of a range a threshold is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Low,
    High,
}

/// What a comparison is about.
struct About<'policy> {
    metric: &'policy String,
    known: Option<&'policy Metric>,
    criteria: &'policy Criteria,
}

impl About<'_> {
    fn worse(&self) -> Worse {
        match self.known.map(Metric::worse) {
            Some(Way::Lower) => Worse::Down,
            Some(Way::Higher) | None => Worse::Up,
        }
    }

    /// Whether the metric, if it is a count, counts whole things: an average does not.
    fn counts_whole(&self) -> bool {
        let statistic = self.known.and_then(|it| it.statistic.as_ref());
        !statistic.is_some_and(|it| {
            matches!(
                it.value,
                Statistic::Ratio | Statistic::Mean | Statistic::Percentile(_)
            )
        })
    }
}

impl Draft {
    fn scale(&self, values: Values) -> Scale {
        let domain = match (values, &self.subject) {
            (Values::All, Subject::Value(..) | Subject::Times(..) | Subject::Lasting(..)) => {
                Domain {
                    low: None,
                    high: None,
                    grain: self.dense(),
                }
            }
            _ => self.domain(),
        };
        Scale {
            subject: self.subject.clone(),
            line: Line::new(self.cuts.clone(), domain),
            sample: self.sample.clone(),
        }
    }

    /// Percentages end at 100 and nothing is below 0, unless the author says otherwise.
    fn domain(&self) -> Domain {
        let whole = |it: i128| Some(Decimal::whole(it));
        let (high, grain) = match &self.subject {
            Subject::Condition(_) | Subject::Answer(_) => (whole(1), Grain::Whole),
            Subject::Step(_) => (self.cuts.iter().copied().max(), Grain::Whole),
            Subject::Value(_, Dimension::Percent) => (whole(100), self.dense()),
            Subject::Value(_, Dimension::Count) if self.is_whole() => (None, Grain::Whole),
            _ => (None, self.dense()),
        };
        let beyond = |high: &Decimal| self.cuts.iter().any(|cut| cut > high);
        let below = self.cuts.iter().any(|it| it.is_negative());
        Domain {
            low: (!below).then_some(Decimal::ZERO),
            high: high.filter(|it| !beyond(it)),
            grain,
        }
    }

    fn is_whole(&self) -> bool {
        self.may_be_whole && self.cuts.iter().all(|it| it.is_whole())
    }

    fn dense(&self) -> Grain {
        let unit = self.sample.as_ref().and_then(Quantity::unit);
        Grain::Dense(unit.unwrap_or(Decimal::ONE))
    }
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

fn both_fixed<'end>(
    lower: &'end criteria::Bound,
    upper: &'end criteria::Bound,
) -> Option<(&'end Quantity, &'end Quantity)> {
    match (&lower.at, &upper.at) {
        (Threshold::Fixed(low), Threshold::Fixed(high)) => {
            (low.dimension() == high.dimension()).then_some((&low.value, &high.value))
        }
        _ => None,
    }
}

fn bound(edge: Edge, at: &Quantity) -> Bound<Decimal> {
    match edge {
        Edge::Included | Edge::Unstated => Bound::Included(at.base()),
        Edge::Excluded => Bound::Excluded(at.base()),
    }
}
