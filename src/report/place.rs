//! The lines of the files that findings point into, each file looked through once.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::files::{FilePath, Files};
use crate::span::{Lines, Position, Span};

/// One file's text and where its lines start.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Lines<'a>,
}

/// The sources of a report, by path.
pub(super) struct Sources<'a>(BTreeMap<&'a str, Source<'a>>);

/// Where a span starts and ends; the end is the position after the last character.
#[derive(Clone, Copy)]
pub(super) struct Region {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl<'a> Sources<'a> {
    /// The sources of all places of the diagnostics. A file that is missing counts as empty, one that
    /// is not UTF-8 ends where that begins.
    pub(super) fn new<'d>(
        files: &'a Files,
        diagnostics: impl Iterator<Item = &'d Diagnostic>,
    ) -> Self {
        let mut sources = BTreeMap::new();
        let mut add = |file: &FilePath| {
            if sources.contains_key(file.as_str()) {
                return;
            }
            let Some((path, content)) = files.find(file.as_str()) else {
                return;
            };
            let text = content.bytes().map_or("", |it| readable(it));
            let lines = Lines::new(text);
            sources.insert(path.as_str(), Source { text, lines });
        };
        for diagnostic in diagnostics {
            add(&diagnostic.primary.span.file);
            diagnostic.labels.iter().for_each(|it| add(&it.span.file));
        }
        Self(sources)
    }

    pub(super) fn get(&self, file: &FilePath) -> Option<&Source<'a>> {
        self.0.get(file.as_str())
    }

    pub(super) fn region(&self, span: &Span) -> Region {
        let nowhere = Position { line: 1, column: 1 };
        let Some(source) = self.get(&span.file) else {
            return Region {
                start: nowhere,
                end: nowhere,
            };
        };
        let start = source.lines.position(span.start);
        let end = source.lines.position(span.end).max(start);
        Region { start, end }
    }

    /// The text of a span; empty where there is none. The span is cut to whole characters.
    pub(super) fn text(&self, span: &Span) -> &'a str {
        let Some(source) = self.get(&span.file) else {
            return "";
        };
        let start = floor(source.text, span.start);
        let end = floor(source.text, span.end).max(start);
        &source.text[start..end]
    }

    /// The position with its column in bytes.
    pub(super) fn byte_position(&self, span: &Span, offset: usize) -> Position {
        let Some(source) = self.get(&span.file) else {
            return Position { line: 1, column: 1 };
        };
        let offset = floor(source.text, offset);
        let line = source.lines.position(offset).line;
        let start = source.lines.line(line).map_or(0, |it| it.start);
        Position {
            line,
            column: offset.saturating_sub(start) + 1,
        }
    }
}

/// The nearest end of a character at or before the offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn readable(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}
