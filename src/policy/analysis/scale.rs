//! The axes of a space: what they stand for, and where their thresholds cut them.

use std::collections::BTreeMap;

use crate::policy::decimal::Decimal;
use crate::policy::quantity::{Dimension, Quantity};

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

/// Which values an axis has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Those that make sense: nothing below 0, no 120 %, no half host.
    Sensible,
    /// All numbers there are, since facts may be wrong.
    All,
}

/// An axis of which not all thresholds are known yet.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) subject: Subject,
    pub(super) cuts: Vec<Decimal>,
    pub(super) sample: Option<Quantity>,
    pub(super) worse: Worse,
    pub(super) may_be_whole: bool,
}

impl Draft {
    pub(super) fn scale(&self, values: Values) -> Scale {
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
