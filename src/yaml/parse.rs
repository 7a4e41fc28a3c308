//! The parser's events in, nodes with places out.

use std::collections::HashMap;
use std::ops::Range;

use serde_yaml::granit_parser::{
    Event, Parser, ScalarStyle, ScanError, Span as Mark, StructureStyle, Tag,
};

use super::{Entry, Node, Value, Yaml};
use crate::diagnostic::{Code, Diagnostic, Level, Safety};
use crate::files::FilePath;
use crate::span::{Span, Spanned};

const INVALID: Code = Code("schema/invalid");
const DUPLICATE_KEY: Code = Code("schema/duplicate-key");

/// How much a text may ask for. What goes beyond is an error with its place.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Mappings and lists inside each other.
    pub depth: usize,
    /// Values in the whole text, repeated ones counted each time.
    pub nodes: usize,
    /// Uses of `*alias`.
    pub aliases: usize,
    /// Whether a tag such as `!ENV` is kept; if not, it is an error that asks for quotes.
    pub tags: bool,
}

impl Limits {
    /// For policy and settings files of our own.
    pub const FILE: Self = Self {
        depth: 64,
        nodes: 100_000,
        aliases: 100,
        tags: false,
    };
    /// For the front matter of a page.
    pub const FRONT_MATTER: Self = Self {
        depth: 16,
        nodes: 5_000,
        aliases: 0,
        tags: false,
    };
    /// For `mkdocs.yml`, whose tags name Python things.
    pub const MKDOCS: Self = Self {
        depth: 64,
        nodes: 100_000,
        aliases: 100,
        tags: true,
    };
}

/// Reads one YAML text. `start` is where it begins in `file`, in bytes: 0 for a whole file.
///
/// After a mistake in the syntax the tree holds what stood before it.
pub fn parse(file: &FilePath, text: &str, start: usize, limits: Limits) -> (Yaml, Vec<Diagnostic>) {
    let (text, start) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, start + '\u{feff}'.len_utf8()),
        None => (text, start),
    };
    let mut reader = Reader {
        file,
        text,
        start,
        limits,
        frames: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        nodes: 0,
        aliases: 0,
        comments: Vec::new(),
        plain: None,
        diagnostics: Vec::new(),
    };
    reader.run();
    let yaml = Yaml {
        root: reader.root,
        comments: reader.comments,
    };
    (yaml, reader.diagnostics)
}

/// A collection that is still open.
struct Frame {
    start: usize,
    end: usize,
    flow: bool,
    anchor: usize,
    tag: Option<String>,
    open: Open,
}

enum Open {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<Entry>,
        key: Option<Node>,
    },
}

struct Reader<'text> {
    file: &'text FilePath,
    text: &'text str,
    start: usize,
    limits: Limits,
    frames: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    aliases: usize,
    comments: Vec<Spanned<String>>,
    /// Where the last value without quotes is, to see `text #text`.
    plain: Option<Range<usize>>,
    diagnostics: Vec<Diagnostic>,
}

/// The reading cannot go on; why was reported.
struct Stop;

impl Reader<'_> {
    fn run(&mut self) {
        let mut documents = 0;
        for event in Parser::new_from_str(self.text) {
            let (event, mark) = match event {
                Ok(event) => event,
                Err(error) => {
                    self.syntax_error(&error);
                    break;
                }
            };
            if let Event::DocumentStart(..) = event {
                documents += 1;
                if documents > 1 {
                    self.report(
                        self.range(&mark),
                        "this file holds a second YAML document",
                        "keep one document in a file, and remove the `---` line",
                    );
                    break;
                }
            }
            if self.take(event, &mark).is_err() {
                break;
            }
        }
        self.limits.nodes = usize::MAX;
        while let Some(frame) = self.frames.pop() {
            if self.close(frame).is_err() {
                break;
            }
        }
    }

    fn take(&mut self, event: Event<'_>, mark: &Mark) -> Result<(), Stop> {
        match event {
            Event::Comment(..) => {
                let range = self.range(mark);
                let text = self.text[range.start - self.start..range.end - self.start].to_owned();
                self.cut_short(&range, &text);
                let span = Span::new(self.file, range);
                self.comments.push(Spanned::new(text, span));
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let node = self.scalar(&text, style, tag.as_deref(), mark);
                self.put(node, anchor, 1)
            }
            Event::SequenceStart(style, anchor, tag) => self.open(
                mark,
                style,
                anchor,
                tag.as_deref(),
                Open::Sequence(Vec::new()),
            ),
            Event::MappingStart(style, anchor, tag) => {
                let open = Open::Mapping {
                    entries: Vec::new(),
                    key: None,
                };
                self.open(mark, style, anchor, tag.as_deref(), open)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(mut frame) = self.frames.pop() else {
                    return Ok(());
                };
                if frame.flow {
                    frame.end = self.range(mark).end;
                }
                self.close(frame)
            }
            Event::Alias(anchor) => self.alias(anchor, mark),
            _ => Ok(()),
        }
    }

    fn open(
        &mut self,
        mark: &Mark,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        open: Open,
    ) -> Result<(), Stop> {
        let range = self.range(mark);
        if self.frames.len() >= self.limits.depth {
            self.report(
                range,
                format!(
                    "values are nested more than {} levels deep",
                    self.limits.depth
                ),
                "write it flatter",
            );
            return Err(Stop);
        }
        self.frames.push(Frame {
            start: range.start,
            end: range.end,
            flow: style == StructureStyle::Flow,
            anchor,
            tag: tag.and_then(written),
            open,
        });
        Ok(())
    }

    fn close(&mut self, frame: Frame) -> Result<(), Stop> {
        let value = match frame.open {
            Open::Sequence(items) => Value::Sequence(items),
            Open::Mapping { entries, .. } => Value::Mapping(merged(entries)),
        };
        let node = Node {
            value,
            span: Span::new(self.file, frame.start..frame.end.max(frame.start)),
            tag: frame.tag,
        };
        self.put(node, frame.anchor, 1)
    }

    /// Hands a finished node to what holds it.
    fn put(&mut self, node: Node, anchor: usize, size: usize) -> Result<(), Stop> {
        self.nodes += size;
        if self.nodes > self.limits.nodes {
            self.report(
                node.span.range(),
                format!("the file holds more than {} values", self.limits.nodes),
                "split it, or write repeated parts once",
            );
            return Err(Stop);
        }
        if anchor != 0 {
            let size = count(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        if !frame.flow && !node.is_null() {
            frame.end = frame.end.max(node.span.end);
        }
        match &mut frame.open {
            Open::Sequence(items) => items.push(node),
            Open::Mapping {
                key: key @ None, ..
            } => *key = Some(node),
            Open::Mapping { entries, key } => {
                if let Some(key) = key.take() {
                    if node.is_null() {
                        let rest = &self.text[key.span.end - self.start..];
                        self.diagnostics.extend(lost_in_comment(&key, rest));
                    }
                    insert(entries, &key, node, &mut self.diagnostics);
                }
            }
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, mark: &Mark) -> Node {
        let plain = style == ScalarStyle::Plain;
        let tag = tag.and_then(written);
        let range = self.range(mark);
        let is_null = plain && matches!(text, "" | "~" | "null" | "Null" | "NULL");
        let value = if is_null && tag.is_none() {
            Value::Null
        } else {
            Value::Scalar {
                text: text.to_owned(),
                plain,
            }
        };
        let range = if value == Value::Null && range.is_empty() {
            self.after_key().unwrap_or(range)
        } else {
            range
        };
        self.plain = (plain && value != Value::Null).then(|| range.clone());
        let mut node = Node {
            value,
            span: Span::new(self.file, range),
            tag,
        };
        if let Some(tag) = node.tag.clone().filter(|_| !self.limits.tags) {
            self.unquoted_tag(&tag, text, &mut node);
        }
        node
    }

    /// `!ic page` without quotes: the reader meant the whole text.
    fn unquoted_tag(&mut self, tag: &str, text: &str, node: &mut Node) {
        let source_start = node.span.start - self.start;
        let begin = self.text[..source_start.min(self.text.len())]
            .rfind(tag)
            .map_or(node.span.start, |at| at + self.start);
        let whole = if text.is_empty() {
            tag.to_owned()
        } else {
            format!("{tag} {text}")
        };
        let span = Span::new(self.file, begin..node.span.end);
        self.diagnostics.push(
            Diagnostic::new(
                INVALID,
                Level::Error,
                format!("`{whole}` starts with `!`, which YAML reads as a tag"),
                span.clone(),
            )
            .says("this needs quotes")
            .help(format!("write \"{whole}\""))
            .fix(
                Safety::Safe,
                "put it in quotes",
                vec![(span.clone(), format!("\"{whole}\""))],
            ),
        );
        node.tag = None;
        node.span = span;
        node.value = Value::Scalar {
            text: whole,
            plain: false,
        };
    }

    fn alias(&mut self, anchor: usize, mark: &Mark) -> Result<(), Stop> {
        self.aliases += 1;
        let range = self.range(mark);
        if self.aliases > self.limits.aliases {
            let message = if self.limits.aliases == 0 {
                "a `*name` that repeats another value has no place here".to_owned()
            } else {
                format!(
                    "the file uses `*name` more than {} times",
                    self.limits.aliases
                )
            };
            self.report(range, message, "write the value itself");
            return Err(Stop);
        }
        let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
            self.report(
                range,
                "this `*name` repeats a value that holds it",
                "write the value itself",
            );
            return Err(Stop);
        };
        self.put(node, 0, size)
    }

    /// Tells `in #incidents`, whose last word is a comment. `mkdocs.yml` belongs to another tool.
    fn cut_short(&mut self, comment: &Range<usize>, words: &str) {
        let Some(scalar) = self.plain.take() else {
            return;
        };
        let is_word = words[1..].starts_with(char::is_alphanumeric);
        let between = self
            .text
            .get(scalar.end - self.start..comment.start - self.start);
        let is_beside = between.is_some_and(|it| it.bytes().all(|byte| byte == b' '));
        if self.limits.tags || !is_word || !is_beside {
            return;
        }
        let whole = &self.text[scalar.start - self.start..comment.end - self.start];
        let quoted = format!("\"{}\"", whole.trim_end());
        let span = Span::new(self.file, scalar.start..comment.end);
        self.diagnostics.push(
            Diagnostic::new(
                INVALID,
                Level::Warn,
                format!(
                    "this text ends before `{}`, which YAML reads as a comment",
                    words.trim_end()
                ),
                Span::new(self.file, comment.clone()),
            )
            .says("is left out")
            .help(format!("write {quoted}, or put a space behind `#`"))
            .fix(Safety::Unsafe, "put it in quotes", vec![(span, quoted)]),
        );
    }

    fn after_key(&self) -> Option<Range<usize>> {
        match &self.frames.last()?.open {
            Open::Mapping { key: Some(key), .. } => Some(key.span.end..key.span.end),
            _ => None,
        }
    }

    fn syntax_error(&mut self, error: &ScanError) {
        let marker = error.marker();
        let offset = marker.byte_offset().unwrap_or_else(|| {
            self.text
                .char_indices()
                .nth(marker.index())
                .map_or(self.text.len(), |(offset, _)| offset)
        });
        let offset = offset.min(self.text.len());
        let help = hint(self.text, offset);
        let end = self.text[offset..]
            .chars()
            .next()
            .filter(|it| *it != '\n' && *it != '\r')
            .map_or(offset, |it| offset + it.len_utf8());
        self.report(
            self.start + offset..self.start + end,
            format!("this is not valid YAML: {}", error.info()),
            help,
        );
    }

    fn range(&self, mark: &Mark) -> Range<usize> {
        let range = mark.byte_range().unwrap_or(0..0);
        let end = range.end.min(self.text.len());
        self.start + range.start.min(end)..self.start + end
    }

    fn report(&mut self, range: Range<usize>, message: impl Into<String>, help: &str) {
        let span = Span::new(self.file, range);
        self.diagnostics
            .push(Diagnostic::new(INVALID, Level::Error, message, span).help(help));
    }
}

/// Tells `key: #text`, whose value is nothing because a comment starts at `#`.
fn lost_in_comment(key: &Node, rest: &str) -> Option<Diagnostic> {
    let comment = rest.strip_prefix(':')?.trim_start_matches([' ', '\t']);
    let comment = comment.lines().next()?;
    if !comment.starts_with('#') || comment.starts_with("# ") {
        return None;
    }
    let start = key.span.end + (rest.len() - rest[1..].trim_start_matches([' ', '\t']).len());
    let span = Span::new(&key.span.file, start..start + comment.len());
    let name = key.text().unwrap_or_default();
    let quoted = format!("\"{}\"", comment.trim_end());
    Some(
        Diagnostic::new(
            INVALID,
            Level::Error,
            format!("`{name}` has no value: what follows `#` is a comment"),
            span.clone(),
        )
        .says("this needs quotes")
        .help(format!("write {quoted}"))
        .fix(Safety::Safe, "put it in quotes", vec![(span, quoted)]),
    )
}

/// A tag as the text writes it; `None` for YAML's own.
fn written(tag: &Tag) -> Option<String> {
    if tag.is_yaml_core_schema() {
        return None;
    }
    Some(tag.to_string())
}

/// How many values a node holds, itself included.
fn count(node: &Node) -> usize {
    let mut open = vec![node];
    let mut values = 0;
    while let Some(node) = open.pop() {
        values += 1;
        open.extend(node.items());
        open.extend(node.entries().iter().map(|it| &it.value));
    }
    values
}

/// Puts the entries of the mappings under `<<` after the mapping's own, which win. In quotes it is a key like any
/// other.
fn merged(mut entries: Vec<Entry>) -> Vec<Entry> {
    let is_bare = |it: &Span| it.end - it.start == "<<".len();
    let is_merge = |it: &Spanned<String>| it.value == "<<" && is_bare(&it.span);
    let Some(at) = entries.iter().position(|it| is_merge(&it.key)) else {
        return entries;
    };
    let value = entries.remove(at).value;
    let sources = match &value.value {
        Value::Sequence(sources) => sources.as_slice(),
        _ => std::slice::from_ref(&value),
    };
    for entry in sources.iter().flat_map(Node::entries) {
        if entries.iter().all(|it| it.key.value != entry.key.value) {
            entries.push(entry.clone());
        }
    }
    entries
}

/// Adds an entry; a repeated key is reported.
fn insert(entries: &mut Vec<Entry>, key: &Node, value: Node, diagnostics: &mut Vec<Diagnostic>) {
    let span = key.span.clone();
    let name = match &key.value {
        Value::Scalar { text, .. } => text.clone(),
        Value::Null => "null".to_owned(),
        _ => {
            diagnostics.push(
                Diagnostic::new(INVALID, Level::Error, "a key is a text", span).help(
                    "write the key as one word; put text that starts with `{` or `[` in quotes",
                ),
            );
            return;
        }
    };
    if let Some(first) = entries.iter().find(|it| it.key.value == name) {
        diagnostics.push(
            Diagnostic::new(
                DUPLICATE_KEY,
                Level::Error,
                format!("the key `{name}` is written twice"),
                span,
            )
            .says("the second one is left out")
            .label(first.key.span.clone(), "the first one")
            .help("keep one of the two"),
        );
        return;
    }
    entries.push(Entry {
        key: Spanned::new(name, span),
        value,
    });
}

/// What to do about a mistake in the syntax, from the line where it was met.
fn hint(text: &str, offset: usize) -> &'static str {
    let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let value = line
        .split_once(": ")
        .map_or(line.trim_start().trim_start_matches("- "), |(_, value)| {
            value
        })
        .trim_start();
    if line.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t') {
        "indent with spaces; YAML does not take tabs"
    } else if value.starts_with(['@', '`', '%', '>', '|', '&', '*', '!', '[', '{', '"', '\'']) {
        "put the whole value in quotes, and close what is opened"
    } else if value.contains(": ") {
        "a value that holds `: ` needs quotes"
    } else {
        "look at the indentation and the quotes of this line and the one above"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Yaml, Vec<Diagnostic>) {
        let file = FilePath::new("a.yml").expect("a plain path");
        parse(&file, text, 0, Limits::FILE)
    }

    fn said(text: &str) -> Vec<String> {
        read(text).1.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn every_key_and_value_knows_its_place() {
        let text = "a: {b: [1, \"Crítico 🔥\"]}\nc:\n  - x\n  - y: z\nd:\n";
        let (yaml, diagnostics) = read(text);
        assert_eq!(diagnostics, []);
        let root = yaml.root.expect("a root");
        let slice = |node: &Node| &text[node.span.range()];
        let a = root.get("a").expect("a");
        assert_eq!(slice(a), "{b: [1, \"Crítico 🔥\"]}");
        assert_eq!(slice(&a.get("b").expect("b").items()[1]), "\"Crítico 🔥\"");
        assert_eq!(slice(root.get("c").expect("c")), "- x\n  - y: z");
        assert_eq!(&text[root.entries()[1].key.span.range()], "c");
        let d = root.get("d").expect("d");
        assert!(d.is_null());
        assert_eq!(d.span.start, text.len() - 2);
    }

    #[test]
    fn a_start_moves_every_place() {
        let file = FilePath::new("a.md").expect("a plain path");
        let (yaml, _) = parse(&file, "\u{feff}a: b", 4, Limits::FRONT_MATTER);
        let root = yaml.root.expect("a root");
        assert_eq!(root.entries()[0].key.span.range(), 7..8);
    }

    #[test]
    fn text_that_people_write_does_not_fail_quietly() {
        assert_eq!(
            said("page: !ic page"),
            ["`!ic page` starts with `!`, which YAML reads as a tag"]
        );
        let (yaml, _) = read("page: !ic page");
        let root = yaml.root.expect("a root");
        assert_eq!(root.get("page").and_then(Node::text), Some("!ic page"));
        assert_eq!(
            said("channel: #incidents"),
            ["`channel` has no value: what follows `#` is a comment"]
        );
        let cut = "do:\n  - Run it in #incidents and join\n  - Done # a remark\n";
        assert_eq!(
            said(cut),
            ["this text ends before `#incidents and join`, which YAML reads as a comment"]
        );
        assert_eq!(said("channel: # where to meet\n  a: b"), [""; 0]);
        assert_eq!(said("who: @here").len(), 1);
        assert_eq!(said("when: >50%").len(), 1);
        let (yaml, _) = read("a: no\nb: 17:00\nc: 08\nd: off");
        let root = yaml.root.expect("a root");
        let texts: Vec<_> = root.entries().iter().map(|it| it.value.text()).collect();
        assert_eq!(texts, [Some("no"), Some("17:00"), Some("08"), Some("off")]);
        assert_eq!(root.get("a").and_then(Node::boolean), None);
    }

    #[test]
    fn a_key_written_twice_is_told_and_the_first_is_kept() {
        let (yaml, diagnostics) = read("a: 1\nb: 2\na: 3");
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].code, DUPLICATE_KEY);
        let root = yaml.root.expect("a root");
        assert_eq!(root.get("a").and_then(Node::text), Some("1"));
    }

    #[test]
    fn what_stands_before_a_mistake_is_kept() {
        let (yaml, diagnostics) = read("a: 1\nb: [1, 2\nc: 3\n");
        assert_eq!(diagnostics.len(), 1);
        let root = yaml.root.expect("what could be had");
        assert_eq!(root.get("a").and_then(Node::text), Some("1"));
    }

    #[test]
    fn bombs_are_refused_quickly() {
        use std::fmt::Write as _;
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let uses = vec![format!("*a{}", level - 1); 10].join(", ");
            writeln!(bomb, "a{level}: &a{level} [{uses}]").expect("a text takes all");
        }
        assert_eq!(said(&bomb).len(), 1);
        assert_eq!(said(&"[".repeat(100_000)).len(), 1);
        assert_eq!(said(&"- ".repeat(10_000)).len(), 1);
        assert_eq!(said("a: &a [*a]").len(), 1);
    }

    #[test]
    fn merged_mappings_and_second_documents() {
        let (yaml, diagnostics) = read("base: &base {a: 1, b: 2}\nmore: {<<: *base, b: 3}\n");
        assert_eq!(diagnostics, []);
        let root = yaml.root.expect("a root");
        let more = root.get("more").expect("more");
        assert_eq!(more.get("a").and_then(Node::text), Some("1"));
        assert_eq!(said("a: 1\n---\nb: 2\n").len(), 1);
    }
}
