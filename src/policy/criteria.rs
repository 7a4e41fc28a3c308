//! When an incident has a severity: a tree of tests.
//!
//! Whoever builds a tree keeps it at most [`MAX_DEPTH`] deep, so that walking it by recursion is safe.

use std::fmt;

use crate::span::{Span, Spanned};

use super::Text;
use super::quantity::Quantity;

/// How deep a tree of criteria may be; a leaf alone is one deep.
pub const MAX_DEPTH: usize = 32;

/// A test, the place where it is written, and the author's words for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Criteria {
    /// What has to be so.
    pub test: Test,
    /// The author's own sentence, where there is one beside the test.
    pub words: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// What has to be so.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// At least one holds.
    Any(Vec<Criteria>),
    /// Every one holds.
    All(Vec<Criteria>),
    /// So many of them hold.
    AtLeast {
        /// How many.
        needed: Spanned<usize>,
        /// Of which.
        of: Vec<Criteria>,
    },
    /// It does not hold.
    Not(Box<Criteria>),
    /// A list that does not say whether any or all are meant; taken as any.
    Unstated(Vec<Criteria>),
    /// A metric has a value in a range.
    Metric(Box<Comparison>),
    /// A condition, by id, is answered with yes.
    Condition(Text),
    /// The incident is likely to become worse.
    Becoming(Becoming),
    /// The same happens again.
    Recurs(Recurs),
    /// Somebody decides.
    Judgement(Judgement),
    /// Words that no program can decide.
    Text(Text),
}

/// A metric has a value in a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The metric, by id.
    pub metric: Text,
    /// Where the range begins; `None` where it has no lower end.
    pub lower: Option<Bound>,
    /// Where the range ends; `None` where it has no upper end.
    pub upper: Option<Bound>,
    /// How long the value has to stay in the range.
    pub lasting: Option<Spanned<Quantity>>,
}

/// An end of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// Where the end is.
    pub at: Threshold,
    /// Whether the end itself is in the range.
    pub edge: Edge,
    /// The words that state it: key and value in YAML, a phrase in prose.
    pub span: Span,
}

/// Whether the end of a range is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// It is.
    Included,
    /// It is not.
    Excluded,
    /// Prose such as "5 to 10" does not say; taken as included.
    Unstated,
}

/// Where the end of a range is.
#[derive(Clone, Debug, PartialEq)]
pub enum Threshold {
    /// At this value.
    Fixed(Spanned<Quantity>),
    /// At so many times another value.
    Relative {
        /// How many times; a multiple or a percentage.
        times: Spanned<Quantity>,
        /// What: a metric by id, or the name of a baseline.
        of: Text,
    },
    /// At the smallest of several, never none.
    MinOf(Vec<Threshold>),
    /// At the largest of several, never none.
    MaxOf(Vec<Threshold>),
}

/// The incident is likely to become worse.
#[derive(Clone, Debug, PartialEq)]
pub struct Becoming {
    /// The severity it may become, by id.
    pub severity: Text,
    /// In which time.
    pub within: Option<Spanned<Quantity>>,
}

/// The same happens again.
#[derive(Clone, Debug, PartialEq)]
pub struct Recurs {
    /// So many times, the first included.
    pub times: Spanned<u32>,
    /// In which time.
    pub within: Option<Spanned<Quantity>>,
    /// What is the same, such as `cause`.
    pub same: Option<Text>,
}

/// Somebody decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Who: a responder by id, or other words.
    pub by: Option<Text>,
    /// What they decide.
    pub on: Option<Text>,
}

impl Criteria {
    /// A test at a place, without words beside it.
    pub fn new(test: Test, span: Span) -> Self {
        Self {
            test,
            words: None,
            span,
        }
    }

    /// The tests directly below; empty for a leaf.
    pub fn children(&self) -> &[Criteria] {
        match &self.test {
            Test::Any(list) | Test::All(list) | Test::Unstated(list) => list,
            Test::AtLeast { of, .. } => of,
            Test::Not(inner) => std::slice::from_ref(inner),
            _ => &[],
        }
    }

    /// How many of the tests directly below have to hold, where that is said as a number.
    pub fn needed(&self) -> Option<usize> {
        match &self.test {
            Test::AtLeast { needed, .. } => Some(needed.value),
            _ => None,
        }
    }

    /// All leaves, in the order written.
    pub fn leaves(&self) -> Vec<&Criteria> {
        let mut leaves = Vec::new();
        let mut waiting = vec![self];
        while let Some(next) = waiting.pop() {
            if next.is_leaf() {
                leaves.push(next);
            }
            waiting.extend(next.children().iter().rev());
        }
        leaves
    }

    /// Whether this is a test of its own and not a join of others.
    pub fn is_leaf(&self) -> bool {
        !matches!(
            self.test,
            Test::Any(_) | Test::All(_) | Test::AtLeast { .. } | Test::Not(_) | Test::Unstated(_)
        )
    }

    /// The name under which a fact set holds the answer to a leaf that is neither metric nor condition;
    /// equal for leaves that ask the same. `None` for all others.
    pub fn key(&self) -> Option<String> {
        match &self.test {
            Test::Becoming(it) => Some(it.key()),
            Test::Recurs(it) => Some(it.key()),
            Test::Judgement(it) => Some(it.key()),
            Test::Text(it) => Some(format!("text {}", it.trim())),
            _ => None,
        }
    }
}

impl Becoming {
    fn key(&self) -> String {
        let within = within(self.within.as_ref());
        format!("becoming {}{within}", *self.severity)
    }
}

impl Recurs {
    fn key(&self) -> String {
        let within = within(self.within.as_ref());
        let same = self.same.as_ref().map_or("", |it| it.as_str());
        format!("recurs {} times{within} {same}", *self.times)
    }
}

impl Judgement {
    fn key(&self) -> String {
        let by = self.by.as_ref().map_or("", |it| it.as_str());
        let on = self.on.as_ref().map_or("", |it| it.as_str());
        format!("judgement {by} {on}")
    }
}

impl Comparison {
    /// The range in words: “25% or more, for 10m”.
    pub fn words(&self) -> String {
        let range = match (&self.lower, &self.upper) {
            (Some(low), Some(high)) if low.at == high.at => format!("exactly {}", low.at),
            (Some(low), Some(high)) => {
                format!("{} and {}", low.floor_words(), high.ceiling_words())
            }
            (Some(low), None) => low.floor_words(),
            (None, Some(high)) => high.ceiling_words(),
            (None, None) => "any value".to_owned(),
        };
        match &self.lasting {
            Some(time) => format!("{range}, for {time}", time = time.value),
            None => range,
        }
    }
}

impl Bound {
    fn floor_words(&self) -> String {
        match self.edge {
            Edge::Excluded => format!("above {}", self.at),
            Edge::Included | Edge::Unstated => format!("{} or more", self.at),
        }
    }

    fn ceiling_words(&self) -> String {
        match self.edge {
            Edge::Excluded => format!("below {}", self.at),
            Edge::Included | Edge::Unstated => format!("{} or less", self.at),
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, list) = match self {
            Self::Fixed(quantity) => return formatter.write_str(quantity.text()),
            Self::Relative { times, of } => {
                return write!(formatter, "{} of {}", times.value, of.value);
            }
            Self::MinOf(list) => ("smallest", list),
            Self::MaxOf(list) => ("largest", list),
        };
        write!(formatter, "the {what} of ")?;
        for (index, threshold) in list.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(formatter, "{comma}{threshold}")?;
        }
        Ok(())
    }
}

fn within(time: Option<&Spanned<Quantity>>) -> String {
    time.map_or_else(String::new, |it| format!(" within {}", it.canonical()))
}

impl Threshold {
    /// Its fixed values, in the order written; those of relative ones are not known.
    pub fn fixed(&self) -> Vec<&Spanned<Quantity>> {
        match self {
            Self::Fixed(quantity) => vec![quantity],
            Self::Relative { .. } => Vec::new(),
            Self::MinOf(list) | Self::MaxOf(list) => list.iter().flat_map(Self::fixed).collect(),
        }
    }
}
