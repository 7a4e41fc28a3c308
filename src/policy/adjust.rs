//! What moves a severity: modifiers, the passing of time, people, and the variant that applies.

use crate::span::{Span, Spanned};

use super::Text;
use super::criteria::Criteria;
use super::metric::Metric;
use super::quantity::Quantity;
use super::response::{Response, Target};

/// Moves a severity after it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Modifier {
    /// When it applies; `None` where that is missing.
    pub when: Option<Criteria>,
    /// What it does.
    pub effect: Spanned<Effect>,
    /// Why, in the author's words.
    pub text: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// What a modifier does. Shifts come first, then caps, then floors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// At least as bad as this severity, even where no other criteria hold.
    Floor(String),
    /// At most as bad as this severity.
    Cap(String),
    /// So many steps worse (above 0) or milder (below 0); stops at the ends of the scale.
    Shift(i32),
}

/// An incident becomes worse when something does not happen for too long.
#[derive(Clone, Debug, PartialEq)]
pub struct Escalation {
    /// The severity it has.
    pub from: Option<Text>,
    /// The severity it gets.
    pub to: Option<Text>,
    /// What did not happen.
    pub without: Option<Spanned<Stage>>,
    /// For how long.
    pub after: Option<Target>,
    /// What else has to hold.
    pub when: Option<Criteria>,
    /// The whole entry.
    pub span: Span,
}

/// What happens in the life of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Somebody has seen it.
    Acknowledged,
    /// Somebody works on it.
    Engaged,
    /// Users no longer feel it.
    Mitigated,
    /// It is over.
    Resolved,
}

/// Who may change the severity of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// To a worse one.
    pub raise: Option<Change>,
    /// To a milder one.
    pub lower: Option<Change>,
    /// Other words about it.
    pub text: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// Who may change a severity, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Responders by id, or other words such as `anyone`.
    pub who: Vec<Text>,
    /// How long the incident has to be stable first.
    pub stable_for: Option<Spanned<Quantity>>,
    /// The whole entry.
    pub span: Span,
}

/// A product or plan with other numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What the policy calls it.
    pub id: Text,
    /// What people call it.
    pub title: Option<Text>,
    /// For what it holds, in words.
    pub applies: Option<Text>,
    /// Metrics of which something differs: what is stated here replaces what the policy states.
    pub metrics: Vec<Metric>,
    /// Severities of which something differs.
    pub severities: Vec<VariantSeverity>,
    /// The whole entry.
    pub span: Span,
}

/// What differs in one severity of a variant.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantSeverity {
    /// The severity, by id.
    pub id: Text,
    /// Criteria in place of the policy's.
    pub when: Option<Criteria>,
    /// Response: what is stated here replaces what the policy states.
    pub response: Option<Response>,
    /// The whole entry.
    pub span: Span,
}

impl Stage {
    /// Its name in a policy.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Engaged => "engaged",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
        }
    }
}
