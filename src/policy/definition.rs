//! A term and what it means.

use crate::span::Span;

use super::{Text, same};

/// A term and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The name that links use, such as `major-incident`: the term in lower case with `-` between its
    /// words, unless the author gives another.
    pub id: Text,
    /// The term.
    pub term: Text,
    /// Other words for it, in the order written.
    pub aliases: Vec<Text>,
    /// What the letters of an acronym stand for.
    pub short_for: Option<Text>,
    /// What it means; Markdown.
    pub means: Option<Text>,
    /// The number that the term stands for, in words such as "25 % of customers".
    pub number: Option<Text>,
    /// Where to read more, as a link.
    pub see: Vec<Text>,
    /// The whole entry.
    pub span: Span,
}

impl Definition {
    /// Whether this is the term or another word for it; letter case does not matter.
    pub fn is_called(&self, name: &str) -> bool {
        same(&self.term, name) || self.aliases.iter().any(|it| same(it, name))
    }
}
