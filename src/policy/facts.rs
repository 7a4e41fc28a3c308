//! What is known about an incident.

use std::collections::BTreeMap;

use crate::span::{Span, Spanned};

use super::quantity::Quantity;

/// Yes, no, or not known.
///
/// Ordered so that `and` is the smaller of two and `or` the larger (Kleene's strong logic).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// No.
    False,
    /// Not known.
    #[default]
    Unknown,
    /// Yes.
    True,
}

/// What is known about an incident. What is not in it is not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactSet {
    /// Values of metrics, by the metric's id.
    pub metrics: BTreeMap<String, Reading>,
    /// Answers: to conditions by their id, to other leaves by [`super::criteria::Criteria::key`].
    pub answers: BTreeMap<String, Answer>,
    /// Steps chosen on the axes of the matrix, by the axis' id.
    pub steps: BTreeMap<String, Spanned<String>>,
    /// How long it has lasted, for metrics that do not say so themselves.
    pub lasting: Option<Spanned<Quantity>>,
}

/// The value of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The value.
    pub value: Spanned<Quantity>,
    /// How long the metric has had it; `None` leaves it to [`FactSet::lasting`].
    pub lasting: Option<Spanned<Quantity>>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer.
    pub truth: Truth,
    /// Where it is written; `None` for one given on the spot.
    pub span: Option<Span>,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl FactSet {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
