//! A policy to what is wrong with it: whether it is complete and ordered, decided exactly.
//!
//! Every threshold that is used cuts its axis, and a comparison is constant on each cell between two
//! cuts. So a handful of cells stand for all facts there are: to look at them is a proof, not a sample.
//! What is too large to look at is said to be undecided, and never right. Every finding carries facts
//! with which a reader can check it.

mod bands;
mod block;
mod comparison;
mod cover;
pub mod decide;
mod duties;
pub mod elapsed;
mod examine;
mod examples;
pub mod finding;
mod formula;
mod grid;
mod lower;
mod matrix;
pub mod moves;
mod plain;
mod rules;
mod scale;
mod shadow;
mod skips;
mod space;
pub mod stretch;
pub mod table;
#[cfg(test)]
mod tests;
mod witness;

use super::Policy;
use super::criteria::{Criteria, Test};

use self::finding::{
    AmbiguousBound, Brief, Contradiction, Duplicate, ExampleElsewhere, Gap, Hole, Inversion,
    MatrixHole, MatrixRepeat, MatrixReversal, MixedStyle, NotMonotone, ObligationLost, Overlap,
    Redundant, ResponseOrder, SkipsSeverity, TargetOrder, Undecided, Unreachable,
    UnreachedSeverity,
};

/// What is wrong with a policy. One cause is told once: what is a duplicate is not told as unreachable
/// as well. All lists are in the order of the criteria, the worst severity first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Values between two severities that have none.
    pub gaps: Vec<Gap>,
    /// Values that have no severity although better ones have.
    pub holes: Vec<Hole>,
    /// Worse values that are held too briefly for any severity.
    pub brief: Vec<Brief>,
    /// Values that two bands claim.
    pub overlaps: Vec<Overlap>,
    /// Single values that two bands claim.
    pub ambiguous: Vec<AmbiguousBound>,
    /// Criteria that worse severities claim wholly.
    pub unreachable: Vec<Unreachable>,
    /// Criteria that no facts meet.
    pub contradictions: Vec<Contradiction>,
    /// Criteria that are written twice.
    pub duplicates: Vec<Duplicate>,
    /// Criteria that another of the same severity holds already.
    pub redundant: Vec<Redundant>,
    /// Floors in the wrong order.
    pub inversions: Vec<Inversion>,
    /// Worse facts that have a better severity.
    pub reversals: Vec<NotMonotone>,
    /// Metrics with floors and bands.
    pub mixed_styles: Vec<MixedStyle>,
    /// Metrics that leave out a severity.
    pub skips: Vec<SkipsSeverity>,
    /// Tasks that do not become more urgent as the severity becomes worse.
    pub order: Vec<ResponseOrder>,
    /// Tasks of one severity in the wrong order.
    pub within: Vec<TargetOrder>,
    /// What a better severity must do and a worse one need not.
    pub lost: Vec<ObligationLost>,
    /// Combinations of steps that have no cell.
    pub matrix_holes: Vec<MatrixHole>,
    /// Cells where a worse step has a better severity.
    pub matrix_reversals: Vec<MatrixReversal>,
    /// Cells that are filled twice.
    pub matrix_repeats: Vec<MatrixRepeat>,
    /// Severities that no facts have.
    pub unreached: Vec<UnreachedSeverity>,
    /// Examples whose facts have another severity.
    pub examples: Vec<ExampleElsewhere>,
    /// What was too large to decide.
    pub undecided: Vec<Undecided>,
}

/// Looks for everything that is wrong with a policy and with each of its variants. What is wrong with the policy
/// itself is not told again of a variant.
pub fn analyse_all(policy: &Policy) -> Analysis {
    let mut analysis = analyse(policy);
    for variant in &policy.variants {
        analysis.absorb(analyse(&policy.in_variant(variant)));
    }
    analysis
}

/// Values of one metric between two severities that none of them claims by this metric. A criterion of another
/// metric may claim them: `loses less than 100 USD` holds for anything that loses nothing, and was not meant so.
pub fn gaps_of_single_metrics(policy: &Policy) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for metric in &policy.metrics {
        gaps.extend(analyse(&of_metric(policy, &metric.id)).gaps);
    }
    gaps
}

/// The policy with only the alternatives that compare this metric and no other.
fn of_metric(policy: &Policy, metric: &str) -> Policy {
    let mut single = policy.clone();
    single.matrix = None;
    single.variants = Vec::new();
    for severity in &mut single.severities {
        severity.response = None;
        severity.when = severity.when.take().and_then(|when| {
            let span = when.span.clone();
            let mut own = match when.test {
                Test::Any(list) => list,
                _ => vec![when],
            };
            own.retain(|it| {
                let leaves = it.leaves().into_iter();
                let mut compared = leaves.filter_map(|leaf| match &leaf.test {
                    Test::Metric(comparison) => Some(*comparison.metric == *metric),
                    _ => None,
                });
                compared.next() == Some(true) && compared.all(|it| it)
            });
            (!own.is_empty()).then(|| Criteria::new(Test::Any(own), span))
        });
    }
    single
}

impl Analysis {
    /// Adds gaps that are not known yet.
    pub fn add_gaps(&mut self, gaps: Vec<Gap>) {
        let places = |gap: &Gap| (gap.below.bound.clone(), gap.above.bound.clone());
        for gap in gaps {
            if !self.gaps.iter().any(|it| places(it) == places(&gap)) {
                self.gaps.push(gap);
            }
        }
    }

    /// Adds what is not known yet.
    fn absorb(&mut self, other: Self) {
        fn add<Found: PartialEq>(known: &mut Vec<Found>, found: Vec<Found>) {
            for it in found {
                if !known.contains(&it) {
                    known.push(it);
                }
            }
        }
        add(&mut self.gaps, other.gaps);
        add(&mut self.holes, other.holes);
        add(&mut self.brief, other.brief);
        add(&mut self.overlaps, other.overlaps);
        add(&mut self.ambiguous, other.ambiguous);
        add(&mut self.unreachable, other.unreachable);
        add(&mut self.contradictions, other.contradictions);
        add(&mut self.duplicates, other.duplicates);
        add(&mut self.redundant, other.redundant);
        add(&mut self.inversions, other.inversions);
        add(&mut self.reversals, other.reversals);
        add(&mut self.mixed_styles, other.mixed_styles);
        add(&mut self.skips, other.skips);
        add(&mut self.order, other.order);
        add(&mut self.within, other.within);
        add(&mut self.lost, other.lost);
        add(&mut self.matrix_holes, other.matrix_holes);
        add(&mut self.matrix_reversals, other.matrix_reversals);
        add(&mut self.matrix_repeats, other.matrix_repeats);
        add(&mut self.unreached, other.unreached);
        add(&mut self.examples, other.examples);
        add(&mut self.undecided, other.undecided);
    }
}

/// Looks for everything that is wrong with the criteria of a policy.
pub fn analyse(policy: &Policy) -> Analysis {
    let mut analysis = Analysis::default();
    examine::examine(policy, &mut analysis);
    examples::check(policy, &mut analysis);
    matrix::check(policy, &mut analysis);
    analysis.skips = skips::skips(policy);
    analysis.order = duties::order(policy);
    analysis.within = duties::within(policy);
    analysis.lost = duties::lost(policy);
    analysis
}
