//! One severity: its names, its criteria, what must be done.

use crate::span::{Span, Spanned};

use super::Text;
use super::criteria::Criteria;
use super::facts::FactSet;
use super::response::Response;
use super::same;

/// A severity of the scale, or one that stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Severity {
    /// The one name that everything refers to, such as `SEV-1`.
    pub id: Text,
    /// A word for people, such as "Critical".
    pub name: Option<Text>,
    /// Other names of the same thing, in the order written.
    pub aliases: Vec<Text>,
    /// What it is, where it is no incident; `None` means [`Kind::Incident`].
    pub kind: Option<Spanned<Kind>>,
    /// What it is about, in one sentence.
    pub intent: Option<Text>,
    /// When an incident has this severity.
    pub when: Option<Criteria>,
    /// Why no number is wanted; `None` means that criteria ought to be measurable.
    pub qualitative: Option<Text>,
    /// Cases that have this severity, in the order written.
    pub examples: Vec<Example>,
    /// What must be done.
    pub response: Option<Response>,
    /// What other programs call it, in the order written.
    pub maps: Vec<Mapping>,
    /// The whole entry.
    pub span: Span,
}

/// What an entry of the list of severities is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An incident: it has a rank on the scale.
    Incident,
    /// Something worth knowing.
    Info,
    /// Planned work.
    Maintenance,
    /// An exercise.
    Gameday,
}

/// A case that has the severity it is written under.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What happened.
    pub text: Option<Text>,
    /// What is known about it; empty where only words are given.
    pub facts: FactSet,
    /// The whole entry.
    pub span: Span,
}

/// What another program calls the severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The program, such as `pagerduty`.
    pub system: Text,
    /// Its name for the severity.
    pub value: Text,
}

impl Severity {
    /// A severity of which only the id is known.
    pub fn new(id: Text, span: Span) -> Self {
        Self {
            id,
            name: None,
            aliases: Vec::new(),
            kind: None,
            intent: None,
            when: None,
            qualitative: None,
            examples: Vec::new(),
            response: None,
            maps: Vec::new(),
            span,
        }
    }

    /// Whether this is its id, its name or an alias; letter case does not matter.
    pub fn is_called(&self, name: &str) -> bool {
        let names = [&self.id].into_iter().chain(&self.name);
        names.chain(&self.aliases).any(|it| same(it, name))
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind.as_ref().map_or(Kind::Incident, |it| it.value)
    }

    /// The last run of digits in the id, as a number: 2 in `SEV-2`. `None` without digits.
    pub fn number(&self) -> Option<u32> {
        let digits = self.id.trim_end_matches(|it: char| !it.is_ascii_digit());
        let start = digits
            .rfind(|it: char| !it.is_ascii_digit())
            .map_or(0, |it| it + 1);
        let start = digits.ceil_char_boundary(start);
        digits.get(start..)?.parse().ok()
    }
}
