//! YAML text in, a tree of nodes with places out, and every mistake that was met on the way; and back again.
//!
//! This room alone knows the YAML library. The text is YAML 1.2 with the core schema: `true` and `false`
//! are the only booleans, `no`, `off`, `08` and `17:00` are text.

mod fields;
mod parse;
mod write;

pub use fields::{Fields, closest};
pub use parse::{Limits, parse};
pub use write::{Draft, Mapping};

use crate::span::{Span, Spanned};

/// A text that was read: its tree, as far as it could be had, and its comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Yaml {
    /// The root; `None` for a text without content.
    pub root: Option<Node>,
    /// The comments in the order of the text, each with its `#`.
    pub comments: Vec<Spanned<String>>,
}

/// One value and the place where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// From its first to its last byte; an absent value has an empty span after its key.
    pub span: Span,
    /// The tag as written, `!ENV`; `None` for the tags of YAML itself.
    pub tag: Option<String>,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: absent, `~` or `null`.
    Null,
    /// One value as text; `plain` where it stood without quotes and was no block text.
    Scalar {
        /// The text, escapes resolved.
        text: String,
        /// Whether it stood without quotes.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in the order of the text; a repeated key is left out and was reported.
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`, written without quotes.
    pub fn boolean(&self) -> Option<bool> {
        match &self.value {
            Value::Scalar { text, plain: true } => match text.as_str() {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// A whole number, written without quotes.
    pub fn integer(&self) -> Option<i64> {
        match &self.value {
            Value::Scalar { text, plain: true } => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether there is nothing.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let entry = self.entries().iter().find(|it| it.key.value == key)?;
        Some(&entry.value)
    }

    /// What the node is, for messages: `a list`.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar { .. } if self.boolean().is_some() => "true or false",
            Value::Scalar { .. } if self.integer().is_some() => "a number",
            Value::Scalar { .. } => "a text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "keys and values",
        }
    }
}
