//! How a policy file is built up: which keys there are, what each holds, what it is for.
//!
//! The tables in [`super::tables`] are made of these types. [`super::check`] tells what in a file does not
//! fit them, [`super::schema`] writes them down for editors, and the decoder asks [`Map`] for values.

use crate::span::{Span, Spanned};
use crate::yaml::{Entry, Node, Value};

/// A mapping with known keys.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it is, with its article: “a severity”. Unique, for it names the shape in the schema.
    pub(super) what: &'static str,
    /// The key that a value without keys stands for: `page: ops` means `page: {who: ops}`.
    pub(super) short: Option<&'static str>,
    /// Keys of which exactly one is there; empty where that does not matter.
    pub(super) one_of: &'static [&'static str],
    /// Keys of which at least one is there; empty where that does not matter.
    pub(super) some_of: &'static [&'static str],
    /// Keys that exclude each other.
    pub(super) never_both: &'static [[&'static str; 2]],
    /// The keys.
    pub(super) keys: &'static [Key],
}

/// A key of a mapping.
#[derive(Debug)]
pub(super) struct Key {
    /// Its name.
    pub(super) name: &'static str,
    /// Other names that people write for it.
    pub(super) also: &'static [&'static str],
    /// What its value is.
    pub(super) kind: Kind,
    /// Whether the mapping makes no sense without it.
    pub(super) needed: bool,
    /// What it is for, as editors show it.
    pub(super) about: &'static str,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The version of the format.
    Version,
    /// Any single value, as text.
    Text,
    /// Texts, or a single one.
    Texts,
    /// Yes or no, also written `true` and `false`, `on` and `off`.
    Flag,
    /// A whole number in a range, both ends included.
    Whole(u32, u32),
    /// One of these words.
    Word(&'static [&'static str]),
    /// p90, max and other ways to make one number of many.
    Statistic,
    /// A number with a unit.
    Amount,
    /// A time.
    Time,
    /// A time, `none`, or words that do not start with a digit.
    Deadline,
    /// A day, as 2026-10-01.
    Date,
    /// A part of a day, as 09:00-17:00.
    Hours,
    /// Names and texts.
    Table,
    /// What is known about an incident.
    Facts,
    /// The cells of a matrix.
    Cells,
    /// Two of a kind.
    Pair(&'static Kind),
    /// A mapping.
    One(&'static Shape),
    /// A list of mappings, or a single one.
    Many(&'static Shape),
    /// Names and mappings, or a list of mappings that hold their name as `id`.
    Named(&'static Shape),
    /// One of several mappings.
    Union(&'static Union),
    /// A list of one of several mappings.
    Unions(&'static Union),
}

/// One of several mappings, told apart by the key that only it has.
#[derive(Debug)]
pub(super) struct Union {
    /// What it is, with its article: “a test”.
    pub(super) what: &'static str,
    /// The telling key of each, and its shape; the first that is there decides.
    pub(super) choices: &'static [(&'static str, &'static Shape)],
    /// What a single value without keys is; `None` where that is a mistake.
    pub(super) scalar: Option<Kind>,
    /// Whether a bare list of the same is one, too.
    pub(super) list: bool,
}

impl Shape {
    /// The key of this name or other name.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys
            .iter()
            .find(|key| key.name == name || key.also.contains(&name))
    }
}

impl Union {
    /// The shape that a mapping chooses.
    pub(super) fn choose(&self, node: &Node) -> Option<(&'static str, &'static Shape)> {
        let chosen = self.choices.iter().find(|(lead, shape)| {
            let entries = node.entries().iter();
            let mut keys = entries.filter_map(|it| shape.key(&it.key.value));
            keys.any(|key| key.name == *lead)
        });
        chosen.copied()
    }
}

/// A value seen through its shape: known keys can be asked for. What does not fit is as if absent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Map<'node> {
    shape: &'static Shape,
    /// The value.
    pub(super) node: &'node Node,
    /// The name under which it stands in a [`Kind::Named`] mapping.
    pub(super) name: Option<&'node Spanned<String>>,
}

impl<'node> Map<'node> {
    pub(super) fn new(shape: &'static Shape, node: &'node Node) -> Self {
        Self {
            shape,
            node,
            name: None,
        }
    }

    /// The place of the whole.
    pub(super) fn span(&self) -> Span {
        match self.name {
            Some(name) => between(&name.span, &self.node.span),
            None => self.node.span.clone(),
        }
    }

    /// The key and value of a known key; not for the short form.
    pub(super) fn entry(&self, name: &str) -> Option<&'node Entry> {
        let entry = self.node.entries().iter().find(|entry| {
            let key = self.shape.key(&entry.key.value);
            key.is_some_and(|it| it.name == name)
        })?;
        (!entry.value.is_null()).then_some(entry)
    }

    /// The value of a known key.
    pub(super) fn get(&self, name: &str) -> Option<&'node Node> {
        debug_assert!(self.shape.key(name).is_some(), "the table lacks `{name}`");
        let is_short = self.shape.short == Some(name) && !is_mapping(self.node);
        if is_short && !self.node.is_null() {
            return Some(self.node);
        }
        Some(&self.entry(name)?.value)
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Option<Spanned<String>> {
        text(self.get(name)?)
    }

    /// The name under which it stands, or the text at `id`.
    pub(super) fn id(&self) -> Option<Spanned<String>> {
        match self.name {
            Some(name) => Some(name.clone()),
            None => self.text("id"),
        }
    }

    /// Texts, or a single one.
    pub(super) fn texts(&self, name: &str) -> Vec<Spanned<String>> {
        self.get(name).map(texts).unwrap_or_default()
    }

    /// Yes or no.
    pub(super) fn flag(&self, name: &str) -> Option<Spanned<bool>> {
        let node = self.get(name)?;
        Some(Spanned::new(flag(node)?, node.span.clone()))
    }

    /// What a text says, read by a function.
    pub(super) fn read<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let node = self.get(name)?;
        Some(Spanned::new(read(node.text()?)?, node.span.clone()))
    }

    /// A mapping.
    pub(super) fn one(&self, name: &str, shape: &'static Shape) -> Option<Map<'node>> {
        Some(Map::new(shape, self.get(name)?)).filter(Map::is_fit)
    }

    /// A list of mappings.
    pub(super) fn many(&self, name: &str, shape: &'static Shape) -> Vec<Map<'node>> {
        let Some(node) = self.get(name) else {
            return Vec::new();
        };
        let list = list(node).iter().map(|item| Map::new(shape, item));
        list.filter(Map::is_fit).collect()
    }

    /// Names and mappings, or a list of mappings with an id.
    pub(super) fn named(&self, name: &str, shape: &'static Shape) -> Vec<Map<'node>> {
        let Some(node) = self.get(name) else {
            return Vec::new();
        };
        if !is_mapping(node) {
            return self.many(name, shape);
        }
        let entries = node.entries().iter().map(|entry| Map {
            shape,
            node: &entry.value,
            name: Some(&entry.key),
        });
        entries.filter(Map::is_fit).collect()
    }

    /// Whether it has keys, or stands for one, or says no more than its name.
    fn is_fit(&self) -> bool {
        let bare = self.name.is_some() && self.node.is_null();
        is_mapping(self.node) || bare || (self.shape.short.is_some() && !self.node.is_null())
    }
}

/// Whether a node has keys.
pub(super) fn is_mapping(node: &Node) -> bool {
    matches!(node.value, Value::Mapping(_))
}

/// The items of a list; any other node is a list of itself.
pub(super) fn list(node: &Node) -> &[Node] {
    match &node.value {
        Value::Sequence(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// The text of a single value.
pub(super) fn text(node: &Node) -> Option<Spanned<String>> {
    Some(Spanned::new(node.text()?.to_owned(), node.span.clone()))
}

/// Texts, or a single one.
pub(super) fn texts(node: &Node) -> Vec<Spanned<String>> {
    list(node).iter().filter_map(text).collect()
}

/// Yes or no, as people write it.
pub(super) fn flag(node: &Node) -> Option<bool> {
    match node.text()?.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// From the start of one place to the end of another in the same file.
pub(super) fn between(start: &Span, end: &Span) -> Span {
    Span {
        file: start.file.clone(),
        start: start.start,
        end: end.end.max(start.end),
    }
}
