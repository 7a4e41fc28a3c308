//! Comparisons of metrics to nodes.

use std::ops::Bound;

use crate::policy::Policy;
use crate::policy::criteria::{self, Comparison, Criteria, Edge, MAX_DEPTH, Threshold};
use crate::policy::decimal::Decimal;
use crate::policy::metric::{Metric, Statistic, Worse as Way};
use crate::policy::quantity::{Dimension, Quantity};

use super::formula::Node;
use super::lower::{Lowering, Open};
use super::space::Worse;
use super::stretch::Subject;

impl<'policy> Lowering<'policy> {
    /// Adds the nodes of a comparison: its range, and how long the value has to stay in it.
    pub(super) fn comparison(
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
