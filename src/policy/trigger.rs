//! What starts the response.

use crate::span::{Span, Spanned};

use super::Text;

/// What starts the response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Triggers {
    /// The command that starts it, such as `!ic page`.
    pub command: Option<Text>,
    /// Where the command is given, such as `#incidents`.
    pub channel: Option<Text>,
    /// The number to call when chat is down.
    pub phone: Option<Text>,
    /// What else to do when chat is down.
    pub fallback: Option<Text>,
    /// What to do when in doubt.
    pub unsure: Option<Text>,
    /// Questions, one wrong answer to which starts the response, in the order written.
    pub questions: Vec<Question>,
    /// Alerts that start it, in the order written.
    pub monitors: Vec<Monitor>,
    /// People who may start it, in the order written.
    pub people: Vec<Starter>,
    /// Where the triggers are written.
    pub span: Option<Span>,
}

/// A question with yes or no for an answer, one of which starts the response.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question.
    pub ask: Text,
    /// The answer that starts the response: `true` for yes.
    pub trigger_on: Option<Spanned<bool>>,
    /// The mildest severity that it then is, by id.
    pub at_least: Option<Text>,
    /// How the answer is measured, in words.
    pub measured_by: Option<Text>,
    /// The metric that answers it, by id.
    pub metric: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// An alert that starts the response.
#[derive(Clone, Debug, PartialEq)]
pub struct Monitor {
    /// Its name.
    pub alert: Text,
    /// The file that holds its rule.
    pub rules: Option<Text>,
    /// The metric that it watches, by id.
    pub metric: Option<Text>,
    /// The severity that it starts with, by id.
    pub severity: Option<Text>,
    /// What it means, in words.
    pub means: Option<Text>,
    /// Where to see it.
    pub link: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// Somebody who may start the response.
#[derive(Clone, Debug, PartialEq)]
pub struct Starter {
    /// Who, in words or as a responder's id.
    pub who: Text,
    /// When, in words.
    pub when: Option<Text>,
    /// How: the command, or words.
    pub how: Option<Text>,
    /// Where, such as `#incidents`.
    pub channel: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

impl Triggers {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self
            == Self {
                span: self.span.clone(),
                ..Self::default()
            }
    }
}
