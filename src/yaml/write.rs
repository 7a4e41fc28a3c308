//! Values and comments in, YAML text out. What is written is read back as the same values.

use std::fmt::Write;

use super::{Node, Value};

/// How many letters a line may have before a list or mapping is written one entry a line.
const WIDTH: usize = 100;

/// A value that is to be written, with the comment beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    shape: Shape,
    beside: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    Text(String),
    /// A number, `true` or `null`: written as it is.
    Plain(String),
    List(Vec<Draft>),
    Mapping(Vec<Line>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    Comment(String),
    Entry(String, Draft),
}

/// A mapping that is put together, its entries and comments in the order in which they are added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(Vec<Line>);

impl Mapping {
    /// Adds an entry.
    pub fn put(&mut self, key: &str, value: impl Into<Draft>) {
        self.0.push(Line::Entry(key.to_owned(), value.into()));
    }

    /// Adds an entry, unless it is a list or a mapping without anything.
    pub fn put_some(&mut self, key: &str, value: impl Into<Draft>) {
        let value = value.into();
        if !value.is_empty() {
            self.put(key, value);
        }
    }

    /// Adds lines of comment. An empty text is an empty line.
    pub fn comment(&mut self, text: &str) {
        if text.is_empty() {
            self.0.push(Line::Comment(String::new()));
        }
        for line in text.lines() {
            self.0.push(Line::Comment(line.to_owned()));
        }
    }

    /// The text of a file with this mapping.
    pub fn write(&self) -> String {
        let mut text = String::new();
        lines(&self.0, 0, &mut text);
        text.truncate(text.trim_end().len() + 1);
        text
    }
}

impl Draft {
    /// A number, `true` or `false`.
    pub fn plain(value: &impl ToString) -> Self {
        Self::new(Shape::Plain(value.to_string()))
    }

    /// What was read, to be written again; its tags are left out.
    pub fn again(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::plain(&"null"),
            Value::Scalar { text, .. } if node.boolean().is_some() || node.integer().is_some() => {
                Self::plain(text)
            }
            Value::Scalar { text, .. } => text.as_str().into(),
            Value::Sequence(items) => items.iter().map(Self::again).collect(),
            Value::Mapping(entries) => {
                let mut mapping = Mapping::default();
                for entry in entries {
                    mapping.put(&entry.key.value, Self::again(&entry.value));
                }
                mapping.into()
            }
        }
    }

    /// With a comment behind it, on the same line where it is written on one.
    #[must_use]
    pub fn beside(mut self, comment: impl Into<String>) -> Self {
        self.beside = Some(comment.into());
        self
    }

    fn new(shape: Shape) -> Self {
        Self {
            shape,
            beside: None,
        }
    }

    fn is_empty(&self) -> bool {
        match &self.shape {
            Shape::List(items) => items.is_empty(),
            Shape::Mapping(lines) => lines.is_empty(),
            Shape::Text(_) | Shape::Plain(_) => false,
        }
    }

    /// The value on one line; `None` where it holds comments.
    fn inline(&self) -> Option<String> {
        match &self.shape {
            Shape::Text(text) => Some(scalar(text, Style::Flow)),
            Shape::Plain(text) => Some(text.clone()),
            Shape::List(items) => {
                let is_bare = items.iter().all(|it| it.beside.is_none());
                let items: Option<Vec<String>> = items.iter().map(Self::inline).collect();
                Some(format!("[{}]", items.filter(|_| is_bare)?.join(", ")))
            }
            Shape::Mapping(lines) => {
                let entry = |line: &Line| match line {
                    Line::Entry(key, value) if value.beside.is_none() => {
                        Some(format!("{}: {}", scalar(key, Style::Flow), value.inline()?))
                    }
                    _ => None,
                };
                let entries: Option<Vec<String>> = lines.iter().map(entry).collect();
                Some(format!("{{{}}}", entries?.join(", ")))
            }
        }
    }

    fn comment(&self) -> String {
        self.beside
            .as_ref()
            .map_or_else(String::new, |it| format!("  # {it}"))
    }
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        Self::new(Shape::Text(text.to_owned()))
    }
}

impl From<Mapping> for Draft {
    fn from(mapping: Mapping) -> Self {
        Self::new(Shape::Mapping(mapping.0))
    }
}

impl FromIterator<Self> for Draft {
    fn from_iter<T: IntoIterator<Item = Self>>(items: T) -> Self {
        Self::new(Shape::List(items.into_iter().collect()))
    }
}

fn lines(entries: &[Line], depth: usize, out: &mut String) {
    for line in entries {
        match line {
            Line::Comment(text) if text.is_empty() => {
                if !out.ends_with("\n\n") {
                    out.push('\n');
                }
            }
            Line::Comment(text) => {
                let _ = writeln!(out, "{}# {text}", indent(depth));
            }
            Line::Entry(key, value) => {
                let _ = write!(out, "{}{}:", indent(depth), scalar(key, Style::Block));
                after_key(value, depth, out);
            }
        }
    }
}

/// The value of a key, up to the end of its last line.
fn after_key(value: &Draft, depth: usize, out: &mut String) {
    let room = WIDTH.saturating_sub(line_length(out) + 1);
    if let Some(text) = short(value, room) {
        let _ = writeln!(out, " {text}{}", value.comment());
        return;
    }
    let _ = writeln!(out, "{}", value.comment());
    match &value.shape {
        Shape::List(items) => list(items, depth + 1, out),
        Shape::Mapping(entries) => lines(entries, depth + 1, out),
        Shape::Text(_) | Shape::Plain(_) => {}
    }
}

fn list(items: &[Draft], depth: usize, out: &mut String) {
    for item in items {
        let _ = write!(out, "{}-", indent(depth));
        let room = WIDTH.saturating_sub(line_length(out) + 1);
        let several = !matches!(&item.shape, Shape::Mapping(entries) if entries.len() < 2);
        let whole = item
            .inline()
            .filter(|it| several && it.chars().count() <= room);
        if let Some(text) = short(item, room).or(whole) {
            let _ = writeln!(out, " {text}{}", item.comment());
            continue;
        }
        let mut below = String::new();
        match &item.shape {
            Shape::Mapping(entries) => lines(entries, depth + 1, &mut below),
            Shape::List(items) => list(items, depth + 1, &mut below),
            Shape::Text(_) | Shape::Plain(_) => {}
        }
        // The first entry stands behind the dash; a comment in its place does not.
        if item.beside.is_some() || below.trim_start().starts_with('#') {
            let _ = writeln!(out, "{}", item.comment());
            out.push_str(&below);
        } else {
            let _ = write!(out, " {}", below.trim_start());
        }
    }
}

/// A value on one line: every scalar, and what is short, has no comment and no mapping in it.
fn short(value: &Draft, room: usize) -> Option<String> {
    let is_flat = match &value.shape {
        Shape::Text(text) => return Some(scalar(text, Style::Block)),
        Shape::Plain(text) => return Some(text.clone()),
        Shape::List(items) => items
            .iter()
            .all(|it| matches!(&it.shape, Shape::Text(text) if !text.contains(' '))),
        Shape::Mapping(_) => false,
    };
    let text = value.inline()?;
    let fits = text.chars().count() <= room;
    (value.is_empty() || is_flat && fits).then_some(text)
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

fn line_length(out: &str) -> usize {
    out.rsplit('\n').next().unwrap_or_default().chars().count()
}

/// What a scalar stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// A line of its own, or behind a key or dash.
    Block,
    /// Between brackets.
    Flow,
}

/// A text as a scalar, without quotes where no reader can take it for anything else.
fn scalar(text: &str, style: Style) -> String {
    if is_plain(text, style) {
        return text.to_owned();
    }
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            it if it.is_control() || is_break(it) => {
                let _ = write!(quoted, "\\U{:08X}", it as u32);
            }
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

/// Characters that YAML takes for the end of a line, or that no text may hold.
fn is_break(letter: char) -> bool {
    matches!(
        letter,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

fn is_plain(text: &str, style: Style) -> bool {
    const WORDS: [&str; 8] = ["null", "true", "false", "yes", "no", "on", "off", "nan"];
    let starts = text.starts_with(|it: char| it.is_alphanumeric());
    let ends = !text.ends_with(|it: char| it.is_whitespace() || it == ':');
    let is_word = WORDS.iter().any(|it| it.eq_ignore_ascii_case(text));
    let numeric = |it: char| it.is_ascii_digit() || "._+-:eExo".contains(it);
    let is_number = text.starts_with(|it: char| it.is_ascii_digit()) && text.chars().all(numeric);
    let is_bracket = |it: char| style == Style::Flow && "[]{},".contains(it);
    let is_odd = |it: char| it.is_control() || is_break(it) || is_bracket(it);
    let signs = [": ", " #"];
    starts
        && ends
        && !is_word
        && !is_number
        && !text.contains(is_odd)
        && !signs.iter().any(|it| text.contains(it))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::files::FilePath;
    use crate::yaml::{Limits, parse};

    fn read(text: &str) -> Node {
        let file = FilePath::new("a.yml").expect("a path");
        let (yaml, diagnostics) = parse(&file, text, 0, Limits::FILE);
        assert_eq!(diagnostics, [], "{text}");
        yaml.root.expect("a root")
    }

    #[test]
    fn short_things_stand_on_one_line() {
        let mut inner = Mapping::default();
        inner.put("metric", "users");
        inner.put("at_least", "5%");
        let mut commented = Mapping::default();
        commented.comment("to decide: a number");
        commented.put("text", "Many: all of them");
        let mut root = Mapping::default();
        root.comment("Ours.");
        root.put("handbook", Draft::plain(&1));
        root.put_some("nothing", Draft::from_iter([]));
        root.put(
            "aliases",
            ["P1", "1"].map(Draft::from).into_iter().collect::<Draft>(),
        );
        let of = [
            inner.into(),
            commented.into(),
            Draft::from("#one").beside("line 3"),
        ];
        root.put("of", of.into_iter().collect::<Draft>());
        let text = root.write();
        assert_eq!(
            text,
            "# Ours.\nhandbook: 1\naliases: [P1, \"1\"]\nof:\n  - {metric: users, at_least: 5%}\n  -\n    \
             # to decide: a number\n    text: \"Many: all of them\"\n  - \"#one\"  # line 3\n"
        );
        let of = read(&text);
        assert_eq!(of.get("of").map(|it| it.items().len()), Some(3));
    }

    #[test]
    fn a_key_of_angle_brackets_is_read_back() {
        let mut root = Mapping::default();
        root.put("<<", "users");
        let text = read(&root.write());
        assert_eq!(text.get("<<").and_then(Node::text), Some("users"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in any::<String>(), key in "\\PC{1,9}") {
            let mut inner = Mapping::default();
            inner.put(&key, text.as_str());
            let list = [Draft::from(text.as_str()).beside("line 1"), inner.clone().into()];
            let mut root = Mapping::default();
            root.put("a", text.as_str());
            root.put("b", list.into_iter().collect::<Draft>());
            root.put("c", inner);
            let node = read(&root.write());
            let items = node.get("b").map(Node::items).unwrap_or_default();
            let all = [node.get("a"), items.first(), items[1].get(&key)];
            for found in all.into_iter().chain([node.get("c").and_then(|it| it.get(&key))]) {
                prop_assert_eq!(found.and_then(Node::text), Some(text.as_str()));
            }
        }
    }
}
