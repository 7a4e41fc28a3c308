//! What facts are about, and stretches of it in the author's units.

use std::fmt;
use std::ops::Bound;

use crate::policy::decimal::Decimal;
use crate::policy::quantity::{Dimension, Quantity};

/// What a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The value of a metric, by id.
    Value(String, Dimension),
    /// How many times another metric or a baseline the value of a metric is.
    Times(String, String),
    /// How long a metric, by id, has had its value.
    Lasting(String, Dimension),
    /// A condition, by id.
    Condition(String),
    /// Another question, by [`crate::policy::criteria::Criteria::key`].
    Answer(String),
    /// The step on an axis of the matrix, by id.
    Step(String),
}

impl Subject {
    /// The id of the metric, condition or axis; the key of another question.
    pub fn name(&self) -> &str {
        match self {
            Self::Value(name, _)
            | Self::Times(name, _)
            | Self::Lasting(name, _)
            | Self::Condition(name)
            | Self::Answer(name)
            | Self::Step(name) => name,
        }
    }
}

/// Neighbouring values of a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Of what.
    pub subject: Subject,
    /// Where it begins; unbounded where it reaches the least value that makes sense.
    pub low: Bound<Quantity>,
    /// Where it ends; unbounded where it reaches the greatest value that makes sense.
    pub high: Bound<Quantity>,
}

impl Stretch {
    /// The same for things that have no halves: above 1 to 2 is exactly 2.
    #[must_use]
    pub fn in_whole_things(mut self) -> Self {
        if let (Bound::Excluded(low), Bound::Included(_)) = (&self.low, &self.high)
            && let Some(base) = low.base().checked_add(Decimal::ONE)
        {
            self.low = Bound::Included(low.alike(base));
        }
        self
    }
}

impl fmt::Display for Stretch {
    /// `5% to 10%`, `above 5% and below 10%`, `exactly 25%`, `25% or more`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use Bound::{Excluded, Included, Unbounded};
        match (&self.low, &self.high) {
            (Included(low), Included(high)) if low == high => write!(formatter, "exactly {low}"),
            (Included(low), Included(high)) => write!(formatter, "{low} to {high}"),
            (Included(low), Excluded(high)) => write!(formatter, "{low} to below {high}"),
            (Excluded(low), Included(high)) => write!(formatter, "above {low} to {high}"),
            (Excluded(low), Excluded(high)) => write!(formatter, "above {low} and below {high}"),
            (Included(low), Unbounded) => write!(formatter, "{low} or more"),
            (Excluded(low), Unbounded) => write!(formatter, "above {low}"),
            (Unbounded, Included(high)) => write!(formatter, "{high} or less"),
            (Unbounded, Excluded(high)) => write!(formatter, "below {high}"),
            (Unbounded, Unbounded) => formatter.write_str("any value"),
        }
    }
}
