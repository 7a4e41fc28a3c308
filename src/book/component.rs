//! What a link into the policy stands for: a table, a card, one value.
//!
//! A link to a policy file reads well on any code host, and in the site it becomes what it points at:
//! `[Severity table](policy/severities.yml)` alone in a paragraph is the table, and
//! `[5 minutes](policy/severities.yml#SEV-2/response/ack)` inside a sentence is the value. What the
//! fragment names is looked up in the whole policy, whichever of its files the link names.

use crate::files::FilePath;
use crate::policy::Policy;
use crate::span::Span;

/// A part of the policy that a page can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// The table of all severities: a file that holds severities.
    SeverityTable,
    /// The form that finds the severity: `#chooser`.
    Chooser,
    /// The grid of severities: `#matrix`.
    Matrix,
    /// What is measured: `#metrics`.
    Metrics,
    /// The card of one severity, by its rank: `#SEV-2`.
    Severity(usize),
    /// Everything that starts the response: a file that holds triggers.
    Triggers,
    /// The questions alone: `#questions`.
    Questions,
    /// The monitors alone: `#monitors`.
    Monitors,
    /// The people alone: `#people`.
    People,
    /// What to do when in doubt: `#unsure`.
    Unsure,
    /// All terms: a file that holds definitions.
    Definitions,
    /// One term, by its place in the policy: `#major-incident`.
    Definition(usize),
}

impl Component {
    /// What a link to `file`, with or without a fragment, stands for when it is alone in its paragraph.
    /// `None` where it names a single value, or nothing.
    pub fn of(policy: &Policy, file: &FilePath, fragment: Option<&str>) -> Option<Self> {
        let Some(fragment) = fragment else {
            return Self::whole(policy, file);
        };
        let named = match fragment {
            "chooser" => Self::Chooser,
            "matrix" if policy.matrix.is_some() => Self::Matrix,
            "metrics" if !policy.metrics.is_empty() => Self::Metrics,
            "severities" => Self::SeverityTable,
            "triggers" => Self::Triggers,
            "questions" => Self::Questions,
            "monitors" => Self::Monitors,
            "people" => Self::People,
            "unsure" => Self::Unsure,
            "definitions" => Self::Definitions,
            name => {
                if let Some(rank) = policy.rank(name) {
                    return Some(Self::Severity(rank));
                }
                let term = policy
                    .definitions
                    .iter()
                    .position(|it| it.id.value == name)?;
                Self::Definition(term)
            }
        };
        let is_empty = match named {
            Self::Chooser | Self::SeverityTable => policy.severities.is_empty(),
            Self::Questions => policy.triggers.questions.is_empty(),
            Self::Monitors => policy.triggers.monitors.is_empty(),
            Self::People => policy.triggers.people.is_empty(),
            Self::Unsure => policy.triggers.unsure.is_none(),
            Self::Triggers => policy.triggers.is_empty(),
            Self::Definitions => policy.definitions.is_empty(),
            _ => false,
        };
        (!is_empty).then_some(named)
    }

    /// What a whole file shows: the first of severities, triggers and definitions that it holds.
    fn whole(policy: &Policy, file: &FilePath) -> Option<Self> {
        let here = |span: &Span| span.file == *file;
        if policy.severities.iter().any(|it| here(&it.span)) {
            Some(Self::SeverityTable)
        } else if policy.triggers.span.as_ref().is_some_and(here) {
            Some(Self::Triggers)
        } else if policy.definitions.iter().any(|it| here(&it.span)) {
            Some(Self::Definitions)
        } else if policy.matrix.is_some() && policy.severities.is_empty() {
            Some(Self::Matrix)
        } else {
            None
        }
    }

    /// The anchors that the component brings into its page: one for each severity, question and term.
    pub fn anchors(&self, policy: &Policy) -> Vec<String> {
        let severity = |rank: usize| severity_anchor(&policy.severities[rank].id);
        match self {
            Self::SeverityTable => (0..policy.severities.len()).map(severity).collect(),
            Self::Severity(rank) => vec![severity(*rank)],
            Self::Chooser => vec!["chooser".to_owned()],
            Self::Definitions => policy
                .definitions
                .iter()
                .map(|it| it.id.value.clone())
                .collect(),
            Self::Definition(term) => vec![policy.definitions[*term].id.value.clone()],
            _ => Vec::new(),
        }
    }
}

/// The anchor of a severity: its id in small letters, everything else than letters and digits as `-`.
pub fn severity_anchor(id: &str) -> String {
    id.chars()
        .flat_map(char::to_lowercase)
        .map(|it| if it.is_alphanumeric() { it } else { '-' })
        .collect()
}
