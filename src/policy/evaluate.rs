//! Criteria and facts in, yes, no or unknown out (Kleene's strong three-valued logic).

use super::Outcome;
use super::Policy;
use super::criteria::{Bound, Comparison, Criteria, Edge, Test, Threshold};
use super::decimal::Decimal;
use super::facts::{FactSet, Reading, Truth};
use super::matrix::{Axis, Matrix};
use super::quantity::{Dimension, Quantity};

/// Facts, and what is assumed beside them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evaluation<'policy> {
    pub(super) policy: &'policy Policy,
    pub(super) facts: &'policy FactSet,
    /// Whether open conditions take the answer that the policy gives them.
    pub(super) in_doubt: bool,
    /// A leaf that is taken as answered, and its answer.
    pub(super) assumed: Option<(&'policy Criteria, Truth)>,
}

/// Whether criteria hold, given facts; what is not among the facts is unknown.
pub fn truth(criteria: &Criteria, facts: &FactSet, policy: &Policy) -> Truth {
    Evaluation::new(policy, facts).truth(criteria)
}

impl<'policy> Evaluation<'policy> {
    pub(super) fn new(policy: &'policy Policy, facts: &'policy FactSet) -> Self {
        Self {
            policy,
            facts,
            in_doubt: false,
            assumed: None,
        }
    }

    /// The same, where open conditions take the answer that the policy gives them.
    pub(super) fn in_doubt(self) -> Self {
        Self {
            in_doubt: true,
            ..self
        }
    }

    /// Whether criteria hold. Trees are at most [`super::criteria::MAX_DEPTH`] deep.
    pub(super) fn truth(self, criteria: &Criteria) -> Truth {
        match &criteria.test {
            Test::Any(list) | Test::Unstated(list) => any(list.iter().map(|it| self.truth(it))),
            Test::All(list) => all(list.iter().map(|it| self.truth(it))),
            Test::AtLeast { needed, of } => {
                at_least(needed.value, of.iter().map(|it| self.truth(it)))
            }
            Test::Not(inner) => !self.truth(inner),
            _ => self.leaf(criteria),
        }
    }

    fn leaf(self, leaf: &Criteria) -> Truth {
        if let Some((assumed, answer)) = self.assumed
            && asks_the_same(assumed, leaf)
        {
            return answer;
        }
        match &leaf.test {
            Test::Metric(comparison) => self.comparison(comparison),
            Test::Condition(id) => self.condition(id),
            _ => leaf.key().map_or(Truth::Unknown, |key| self.answer(&key)),
        }
    }

    fn answer(self, key: &str) -> Truth {
        let answer = self.facts.answers.get(key);
        answer.map_or(Truth::Unknown, |it| it.truth)
    }

    fn condition(self, id: &str) -> Truth {
        match self.answer(id) {
            Truth::Unknown if self.in_doubt => {
                let condition = self.policy.condition(id);
                let unknown = condition.and_then(|it| it.unknown.as_ref());
                // An answer that counts as yes stays open, so that it is asked for.
                match unknown.map(|it| it.value) {
                    Some(false) => Truth::False,
                    Some(true) | None => Truth::Unknown,
                }
            }
            answer => answer,
        }
    }

    fn comparison(self, comparison: &Comparison) -> Truth {
        let Some(reading) = self.facts.metrics.get(&comparison.metric.value) else {
            return Truth::Unknown;
        };
        let lower = comparison.lower.as_ref();
        let upper = comparison.upper.as_ref();
        let lower = lower.map_or(Truth::True, |it| self.bound(reading, it, End::Lower));
        let upper = upper.map_or(Truth::True, |it| self.bound(reading, it, End::Upper));
        let lasting = match &comparison.lasting {
            None => Truth::True,
            Some(needed) => {
                let stated = reading.lasting.as_ref().or(self.facts.lasting.as_ref());
                let compared = stated.and_then(|it| it.value.partial_cmp(&needed.value));
                compared.map_or(Truth::Unknown, |it| it.is_ge().into())
            }
        };
        lower.and(upper).and(lasting)
    }

    fn bound(self, reading: &Reading, bound: &Bound, end: End) -> Truth {
        self.threshold(reading, &bound.at, bound.edge, end)
    }

    fn threshold(self, reading: &Reading, at: &Threshold, edge: Edge, end: End) -> Truth {
        let each = |it: &Threshold| self.threshold(reading, it, edge, end);
        match (at, end) {
            (Threshold::Fixed(at), _) => passes(&reading.value, Some(at), edge, end),
            (Threshold::Relative { times, of }, _) => self.relative(reading, times, of, edge, end),
            // To reach the smallest of several is to reach any of them; to stay under it is to stay
            // under all of them.
            (Threshold::MinOf(list), End::Lower) | (Threshold::MaxOf(list), End::Upper) => {
                any(list.iter().map(each))
            }
            (Threshold::MinOf(list), End::Upper) | (Threshold::MaxOf(list), End::Lower) => {
                all(list.iter().map(each))
            }
        }
    }

    /// Compares with so many times another value: the reading may itself be stated in such times, or
    /// the other value may be known.
    fn relative(
        self,
        reading: &Reading,
        times: &Quantity,
        of: &str,
        edge: Edge,
        end: End,
    ) -> Truth {
        let factor = factor(times);
        if reading.value.dimension() == Dimension::Multiple {
            let wanted = factor.map(|it| reading.value.alike(it));
            return passes(&reading.value, wanted.as_ref(), edge, end);
        }
        let Some(other) = self.facts.metrics.get(of) else {
            return Truth::Unknown;
        };
        let product = factor.and_then(|it| it.checked_mul(other.value.base()));
        let wanted = product.map(|it| other.value.alike(it));
        passes(&reading.value, wanted.as_ref(), edge, end)
    }

    /// Whether the matrix gives this severity.
    pub(super) fn matrix(self, matrix: &Matrix, severity: &super::severity::Severity) -> Truth {
        let steps: Vec<Vec<Truth>> = matrix.axes.iter().map(|it| self.steps(it)).collect();
        let gives = |outcome: &Outcome| match outcome {
            Outcome::None => false,
            Outcome::Severity(name) => severity.is_called(name),
        };
        let cells = matrix.cells.iter().filter(|it| gives(&it.outcome));
        any(cells.map(|cell| {
            let at = cell.at.iter().zip(&steps);
            all(at.map(|(step, truths)| truths.get(*step).copied().unwrap_or_default()))
        }))
    }

    /// For each step of an axis, whether it is the one: the worst that holds.
    fn steps(self, axis: &Axis) -> Vec<Truth> {
        if let Some(chosen) = self.facts.steps.get(&axis.id.value) {
            let chosen = axis.step(chosen);
            let is_chosen = |step| chosen.map_or(Truth::Unknown, |it| (it == step).into());
            return (0..axis.steps.len()).map(is_chosen).collect();
        }
        let mut worse = Truth::False;
        let truths = axis.steps.iter().enumerate().map(|(index, step)| {
            let holds = match &step.when {
                Some(when) => self.truth(when),
                None if axis.is_rest(index) => Truth::True,
                None => Truth::Unknown,
            };
            let is_the_one = holds.and(!worse);
            worse = worse.or(holds);
            is_the_one
        });
        truths.collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Lower,
    Upper,
}

/// Whether a value is on the right side of an end, where that is known.
fn passes(value: &Quantity, at: Option<&Quantity>, edge: Edge, end: End) -> Truth {
    let Some(order) = at.and_then(|it| value.partial_cmp(it)) else {
        return Truth::Unknown;
    };
    let is_in = match (end, edge) {
        (End::Lower, Edge::Excluded) => order.is_gt(),
        (End::Lower, Edge::Included | Edge::Unstated) => order.is_ge(),
        (End::Upper, Edge::Excluded) => order.is_lt(),
        (End::Upper, Edge::Included | Edge::Unstated) => order.is_le(),
    };
    is_in.into()
}

/// How many times: `5x` is 5, `150%` is 1.5.
fn factor(times: &Quantity) -> Option<Decimal> {
    match times.dimension() {
        Dimension::Multiple | Dimension::Count => Some(times.base()),
        Dimension::Percent => times.base().checked_div(Decimal::whole(100)),
        _ => None,
    }
}

/// Whether two leaves have the same answer whatever the facts.
pub(super) fn asks_the_same(one: &Criteria, other: &Criteria) -> bool {
    match (&one.test, &other.test) {
        (Test::Metric(one), Test::Metric(other)) => {
            one.metric.value == other.metric.value
                && one.lasting.as_ref().map(|it| &it.value)
                    == other.lasting.as_ref().map(|it| &it.value)
                && same_bound(one.lower.as_ref(), other.lower.as_ref())
                && same_bound(one.upper.as_ref(), other.upper.as_ref())
        }
        (Test::Condition(one), Test::Condition(other)) => one.value == other.value,
        _ => one.key().is_some() && one.key() == other.key(),
    }
}

fn same_bound(one: Option<&Bound>, other: Option<&Bound>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            let included = |it: &Bound| it.edge != Edge::Excluded;
            included(one) == included(other) && same_threshold(&one.at, &other.at)
        }
        _ => false,
    }
}

fn same_threshold(one: &Threshold, other: &Threshold) -> bool {
    match (one, other) {
        (Threshold::Fixed(one), Threshold::Fixed(other)) => one.value == other.value,
        (Threshold::MinOf(one), Threshold::MinOf(other))
        | (Threshold::MaxOf(one), Threshold::MaxOf(other)) => {
            let pairs = one.iter().zip(other);
            one.len() == other.len()
                && pairs
                    .into_iter()
                    .all(|(one, other)| same_threshold(one, other))
        }
        (
            Threshold::Relative { times, of },
            Threshold::Relative {
                times: others,
                of: other,
            },
        ) => times.value == others.value && of.value == other.value,
        _ => false,
    }
}

fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::False, Truth::or)
}

fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::True, Truth::and)
}

fn at_least(needed: usize, truths: impl Iterator<Item = Truth>) -> Truth {
    let (mut certain, mut possible) = (0, 0);
    for truth in truths {
        certain += usize::from(truth == Truth::True);
        possible += usize::from(truth != Truth::False);
    }
    if certain >= needed {
        Truth::True
    } else if possible < needed {
        Truth::False
    } else {
        Truth::Unknown
    }
}
