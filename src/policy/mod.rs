//! A severity policy as plain values: what is measured, which severity follows, and what must then be done.
//!
//! It is made from YAML, or read from prose, so nearly everything may be absent; what is there knows its
//! place. This room knows no file format, no page and no clock.

pub mod adjust;
pub mod analysis;
pub mod calendar;
pub mod classify;
pub mod criteria;
pub mod decimal;
pub mod definition;
pub mod diff;
pub mod evaluate;
pub mod facts;
pub mod matrix;
pub mod metric;
pub mod part;
pub mod quantity;
pub mod response;
pub mod severity;
pub mod trigger;
mod variant;

use jiff::civil::Date;

use crate::span::{Span, Spanned};

use self::adjust::{Changes, Escalation, Modifier, Variant};
use self::calendar::Calendar;
use self::definition::Definition;
use self::matrix::Matrix;
use self::metric::{Condition, Metric};
use self::quantity::Quantity;
use self::response::Responder;
use self::severity::Severity;
use self::trigger::Triggers;

/// Words of the author, with their place.
pub type Text = Spanned<String>;

/// A whole severity policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// The version of the model that the files are written in; 1 is the only one yet.
    pub version: Option<Spanned<u32>>,
    /// What holds for the scale as a whole.
    pub scale: Scale,
    /// Working hours, in the order written.
    pub calendars: Vec<Calendar>,
    /// Who is called, in the order written.
    pub responders: Vec<Responder>,
    /// What is measured, in the order written.
    pub metrics: Vec<Metric>,
    /// Yes-or-no questions, in the order written.
    pub conditions: Vec<Condition>,
    /// The severities of the scale, the worst first: a severity's index here is its *rank*, 0 the worst.
    pub severities: Vec<Severity>,
    /// The ranks in the order in which the severities are written.
    pub written: Vec<usize>,
    /// Severities of another kind, such as maintenance: they stand beside the scale, in the order written.
    pub beside: Vec<Severity>,
    /// A grid that gives the severity, instead of criteria or beside them.
    pub matrix: Option<Matrix>,
    /// What moves a severity after it was found, in the order written.
    pub modifiers: Vec<Modifier>,
    /// What makes an incident worse as time passes, in the order written.
    pub escalate: Vec<Escalation>,
    /// Who may change the severity of an incident.
    pub changes: Option<Changes>,
    /// Products or plans with other numbers, in the order written.
    pub variants: Vec<Variant>,
    /// What starts the response.
    pub triggers: Triggers,
    /// Terms, in the order written.
    pub definitions: Vec<Definition>,
}

/// What holds for the scale as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale {
    /// How to tell which severity is worse; `None` means [`Direction::LowerIsWorse`].
    pub direction: Option<Spanned<Direction>>,
    /// Which severity to assume while it is not known.
    pub when_unsure: Option<Spanned<WhenUnsure>>,
    /// What it is when no severity matches; `None` where the policy does not say.
    pub default: Option<Spanned<Outcome>>,
    /// From where on an incident is a major one.
    pub major: Option<Major>,
    /// Who answers for the policy.
    pub owner: Option<Text>,
    /// When the policy was read through last, and how often that is due.
    pub review: Option<ScaleReview>,
    /// Where the scale is written.
    pub span: Option<Span>,
}

/// How to tell which of two severities is worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// By the number in the id: SEV-1 is worse than SEV-2. Ids without a number are written worst first.
    #[default]
    LowerIsWorse,
    /// By the number in the id: level 4 is worse than level 3. Ids without a number are written worst last.
    HigherIsWorse,
    /// By the order written, whatever the ids: the worst stands first.
    WorstFirst,
    /// By the order written, whatever the ids: the worst stands last.
    WorstLast,
}

/// Which severity to assume while facts are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenUnsure {
    /// The worst one that may still turn out to be right.
    Higher,
    /// The one that is known to be right.
    Lower,
}

/// A severity, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No incident.
    None,
    /// The severity with this id or alias, as written.
    Severity(String),
}

/// From where on an incident is a major one.
#[derive(Clone, Debug, PartialEq)]
pub struct Major {
    /// The mildest severity that is always major.
    pub at_or_above: Option<Text>,
    /// Conditions that make any incident major, by id.
    pub also: Vec<Text>,
    /// Where it is written.
    pub span: Span,
}

/// When the policy was read through last, and how often that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleReview {
    /// The day of the last review.
    pub last: Option<Spanned<Date>>,
    /// The longest time between two reviews.
    pub every: Option<Spanned<Quantity>>,
    /// Where it is written.
    pub span: Span,
}

impl Policy {
    /// Puts severities, given in the order written, on the scale or beside it, the worst first, as
    /// [`Scale::direction`] says.
    pub fn arrange(&mut self, severities: Vec<Severity>) {
        let is_incident = |it: &Severity| it.kind() == severity::Kind::Incident;
        let (scale, beside): (Vec<_>, Vec<_>) = severities.into_iter().partition(is_incident);
        let mut ranked: Vec<(usize, Severity)> = scale.into_iter().enumerate().collect();
        let are_numbered = ranked.iter().all(|(_, it)| it.number().is_some());
        let direction = self.scale.direction.as_ref().map(|it| it.value);
        match (direction.unwrap_or_default(), are_numbered) {
            (Direction::LowerIsWorse, true) => ranked.sort_by_key(|(_, it)| it.number()),
            (Direction::HigherIsWorse, true) => {
                ranked.sort_by_key(|(_, it)| std::cmp::Reverse(it.number()));
            }
            (Direction::LowerIsWorse, false) | (Direction::WorstFirst, _) => {}
            (Direction::HigherIsWorse, false) | (Direction::WorstLast, _) => ranked.reverse(),
        }
        let mut written: Vec<usize> = (0..ranked.len()).collect();
        written.sort_by_key(|rank| ranked[*rank].0);
        self.written = written;
        self.severities = ranked.into_iter().map(|(_, it)| it).collect();
        self.beside = beside;
    }

    /// The rank of the severity that has this id, alias or name; letter case does not matter.
    pub fn rank(&self, name: &str) -> Option<usize> {
        let ids = self.severities.iter().position(|it| same(&it.id, name));
        ids.or_else(|| self.severities.iter().position(|it| it.is_called(name)))
    }

    /// The severity that has this id, alias or name, on the scale or beside it.
    pub fn severity(&self, name: &str) -> Option<&Severity> {
        match self.rank(name) {
            Some(rank) => self.severities.get(rank),
            None => self.beside.iter().find(|it| it.is_called(name)),
        }
    }

    /// The metric with this id.
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.metrics.iter().find(|it| *it.id == id)
    }

    /// The condition with this id.
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        self.conditions.iter().find(|it| *it.id == id)
    }

    /// The calendar with this id.
    pub fn calendar(&self, id: &str) -> Option<&Calendar> {
        self.calendars.iter().find(|it| *it.id == id)
    }

    /// The responder with this id.
    pub fn responder(&self, id: &str) -> Option<&Responder> {
        self.responders.iter().find(|it| *it.id == id)
    }

    /// The variant with this id.
    pub fn variant(&self, id: &str) -> Option<&Variant> {
        self.variants.iter().find(|it| *it.id == id)
    }

    /// The definition with this id, term or alias; letter case does not matter.
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        let exact = self.definitions.iter().find(|it| *it.id == name);
        exact.or_else(|| self.definitions.iter().find(|it| it.is_called(name)))
    }

    /// The rank of the mildest severity that is always a major incident; `None` where no line is drawn.
    pub fn major_line(&self) -> Option<usize> {
        self.rank(self.scale.major.as_ref()?.at_or_above.as_ref()?)
    }

    /// Whether the severity of this rank is always a major incident.
    pub fn is_major(&self, rank: usize) -> bool {
        self.major_line().is_some_and(|line| rank <= line)
    }

    /// Whether nothing at all is stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether two names are one when letter case is left aside.
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || one.to_lowercase() == other.to_lowercase()
}
