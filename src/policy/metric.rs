//! What is measured, and what is asked.

use std::fmt;

use crate::span::{Span, Spanned};

use super::Text;
use super::quantity::{Dimension, Quantity};

/// Something that has a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// What the policy calls it.
    pub id: Text,
    /// What people call it.
    pub title: Option<Text>,
    /// What kind of number it is.
    pub unit: Option<Spanned<Unit>>,
    /// Of what it is a part or a count, such as "accounts active in the last 24 hours".
    pub population: Option<Text>,
    /// The time over which the number is computed.
    pub window: Option<Spanned<Quantity>>,
    /// How many numbers become one.
    pub statistic: Option<Spanned<Statistic>>,
    /// Which way is bad; `None` means [`Worse::Higher`].
    pub worse: Option<Spanned<Worse>>,
    /// What it is about, such as `scope`, `performance`, `data`.
    pub dimension: Option<Text>,
    /// Where the number is to be had: `promql`, `dashboard` and others, in the order written.
    pub source: Vec<Source>,
    /// What to do where the number cannot be had.
    pub if_unknown: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// Where a number is to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What kind of place, such as `promql`.
    pub kind: Text,
    /// The query or address.
    pub value: Text,
}

/// What kind of number a metric has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A part of a whole.
    Percent,
    /// How many whole things.
    Count,
    /// How long something lasts.
    Duration,
    /// An amount in one currency.
    Money,
    /// How long something takes.
    Latency,
    /// How many in a time.
    Rate,
    /// How many times something else.
    Multiple,
}

/// How many numbers become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    /// A part by the whole.
    Ratio,
    /// All together.
    Sum,
    /// The average.
    Mean,
    /// The one that so many in a thousand are not above: 990 is p99, 999 is p99.9.
    Percentile(u16),
    /// The largest.
    Max,
    /// The smallest.
    Min,
    /// How many there are.
    Count,
}

/// Which way is bad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Worse {
    /// More is worse.
    #[default]
    Higher,
    /// Less is worse.
    Lower,
}

/// A question with yes or no for an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What the policy calls it.
    pub id: Text,
    /// The question.
    pub ask: Option<Text>,
    /// What an open answer is taken for when in doubt; `None` leaves it to the scale.
    pub unknown: Option<Spanned<bool>>,
    /// What it is about, such as `security` or `data`.
    pub dimension: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

impl Metric {
    /// A metric of which only the id is known.
    pub fn new(id: Text, span: Span) -> Self {
        Self {
            id,
            title: None,
            unit: None,
            population: None,
            window: None,
            statistic: None,
            worse: None,
            dimension: None,
            source: Vec::new(),
            if_unknown: None,
            span,
        }
    }

    /// Which way is bad.
    pub fn worse(&self) -> Worse {
        self.worse.as_ref().map_or(Worse::Higher, |it| it.value)
    }

    /// What people call it: the title, else the id.
    pub fn shown(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.id)
    }
}

impl Condition {
    /// A condition of which only the id is known.
    pub fn new(id: Text, span: Span) -> Self {
        Self {
            id,
            ask: None,
            unknown: None,
            dimension: None,
            span,
        }
    }

    /// What people are asked: the question, else the id.
    pub fn shown(&self) -> &str {
        self.ask.as_ref().unwrap_or(&self.id)
    }
}

impl Unit {
    /// All units with their names in a policy.
    pub const ALL: [(&str, Self); 7] = [
        ("percent", Self::Percent),
        ("count", Self::Count),
        ("duration", Self::Duration),
        ("money", Self::Money),
        ("latency", Self::Latency),
        ("rate", Self::Rate),
        ("multiple", Self::Multiple),
    ];

    /// Its name in a policy.
    pub fn name(self) -> &'static str {
        let named = Self::ALL.iter().find(|(_, unit)| *unit == self);
        named.map_or("", |(name, _)| name)
    }

    /// Whether quantities of this dimension are of this unit.
    pub fn measures(self, dimension: Dimension) -> bool {
        match dimension {
            Dimension::Percent => self == Self::Percent,
            Dimension::Count => self == Self::Count,
            Dimension::Time => matches!(self, Self::Duration | Self::Latency),
            Dimension::Months | Dimension::BusinessDays | Dimension::BusinessHours => {
                self == Self::Duration
            }
            Dimension::Money(_) => self == Self::Money,
            Dimension::Rate => self == Self::Rate,
            Dimension::Multiple => self == Self::Multiple,
        }
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ratio => formatter.write_str("ratio"),
            Self::Sum => formatter.write_str("sum"),
            Self::Mean => formatter.write_str("mean"),
            Self::Max => formatter.write_str("max"),
            Self::Min => formatter.write_str("min"),
            Self::Count => formatter.write_str("count"),
            Self::Percentile(thousandths) if thousandths % 10 == 0 => {
                write!(formatter, "p{}", thousandths / 10)
            }
            Self::Percentile(thousandths) => {
                write!(formatter, "p{}.{}", thousandths / 10, thousandths % 10)
            }
        }
    }
}
