//! Reading a mapping key by key, so that a key that nobody asked for is told.

use super::{Entry, Node, Value};
use crate::diagnostic::{Code, Diagnostic, Level, Safety};
use crate::span::Span;

const INVALID: Code = Code("schema/invalid");
const UNKNOWN_KEY: Code = Code("schema/unknown-key");

/// The keys of one mapping, taken one after the other. Ask for all known keys, then call
/// [`Fields::finish`], which reports the keys that are left.
pub struct Fields<'node> {
    entries: &'node [Entry],
    asked: Vec<&'static str>,
    /// The whole mapping's place.
    pub span: &'node Span,
    what: &'static str,
}

impl<'node> Fields<'node> {
    /// Starts with a mapping; anything else is reported as not being `what` (“a severity”).
    pub fn new(
        node: &'node Node,
        what: &'static str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            diagnostics.push(
                Diagnostic::new(
                    INVALID,
                    Level::Error,
                    format!(
                        "{what} is written as keys and values, and this is {}",
                        node.kind()
                    ),
                    node.span.clone(),
                )
                .help("write `key: value`, one on each line"),
            );
            return None;
        };
        Some(Self {
            entries,
            asked: Vec::new(),
            span: &node.span,
            what,
        })
    }

    /// The entry of a key, absent or not; an entry without a value counts as there.
    pub fn entry(&mut self, key: &'static str) -> Option<&'node Entry> {
        self.asked.push(key);
        self.entries.iter().find(|it| it.key.value == key)
    }

    /// The value of a key; `None` where the key is absent or has no value.
    pub fn take(&mut self, key: &'static str) -> Option<&'node Node> {
        let entry = self.entry(key)?;
        (!entry.value.is_null()).then_some(&entry.value)
    }

    /// A text.
    pub fn text(
        &mut self,
        key: &'static str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<&'node Node> {
        let node = self.take(key)?;
        if node.text().is_none() {
            diagnostics.push(wrong_kind(key, "a text", node));
            return None;
        }
        Some(node)
    }

    /// Puts a text where another value stands, if there is one.
    pub fn set_text(
        &mut self,
        slot: &mut String,
        key: &'static str,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if let Some(text) = self.text(key, diagnostics).and_then(Node::text) {
            text.clone_into(slot);
        }
    }

    /// `true` or `false`.
    pub fn boolean(
        &mut self,
        key: &'static str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<bool> {
        let node = self.take(key)?;
        if node.boolean().is_none() {
            diagnostics.push(wrong_kind(key, "true or false", node));
        }
        node.boolean()
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<i64> {
        let node = self.take(key)?;
        if node.integer().is_none() {
            diagnostics.push(wrong_kind(key, "a whole number", node));
        }
        node.integer()
    }

    /// A list; a single value counts as a list of one.
    pub fn list(&mut self, key: &'static str) -> &'node [Node] {
        match self.take(key) {
            None => &[],
            Some(node) => match &node.value {
                Value::Sequence(items) => items,
                _ => std::slice::from_ref(node),
            },
        }
    }

    /// Reports the keys that were not asked for, each with the nearest known one.
    pub fn finish(self, diagnostics: &mut Vec<Diagnostic>) {
        for entry in self.entries {
            let key = &entry.key;
            if self.asked.contains(&key.value.as_str()) {
                continue;
            }
            let diagnostic = Diagnostic::new(
                UNKNOWN_KEY,
                Level::Error,
                format!("{} has no key `{}`", self.what, key.value),
                key.span.clone(),
            );
            diagnostics.push(match closest(&key.value, &self.asked) {
                Some(known) => diagnostic
                    .says("not known here")
                    .help(format!("did you mean `{known}`?"))
                    .fix(
                        Safety::Unsafe,
                        format!("write `{known}`"),
                        vec![(key.span.clone(), known.to_owned())],
                    ),
                None => diagnostic
                    .says("not known here")
                    .help(format!("the keys are {}", sentence(&self.asked))),
            });
        }
    }
}

/// The word of `known` that `word` was most likely meant to be; `None` where none is near.
pub fn closest<'known>(word: &str, known: &[&'known str]) -> Option<&'known str> {
    known
        .iter()
        .map(|it| {
            (
                strsim::jaro_winkler(&word.to_lowercase(), &it.to_lowercase()),
                *it,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.84)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, it)| it)
}

/// “`a`, `b` and `c`”.
fn sentence(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn wrong_kind(key: &str, wanted: &str, node: &Node) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        INVALID,
        Level::Error,
        format!("`{key}` is {wanted}, and this is {}", node.kind()),
        node.span.clone(),
    );
    if wanted == "true or false" && node.text().is_some() {
        diagnostic.help("write `true` or `false`, without quotes")
    } else {
        diagnostic.help(format!("write {wanted}"))
    }
}
