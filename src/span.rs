//! Places in files: a span of bytes, and the line and column that a person reads.

use std::ops::{Deref, Range};
use std::sync::OnceLock;

use crate::files::FilePath;

/// A run of bytes in one file; the end is not included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file, as a path in the handbook's tree.
    pub file: FilePath,
    /// Bytes from the start of the file.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes `range` of `file`.
    pub fn new(file: &FilePath, range: Range<usize>) -> Self {
        Self {
            file: file.clone(),
            start: range.start,
            end: range.end,
        }
    }

    /// The bytes as a range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A value and the place where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(change(self.value), self.span)
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A place as a person reads it; both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// Where the lines of a text start, to turn byte offsets into [`Position`]s. `\n`, `\r\n` and a lone
/// `\r` end a line.
#[derive(Clone, Debug)]
pub struct Lines<'text> {
    text: &'text str,
    starts: Vec<usize>,
    /// How many characters stand before each stretch of the text; counted once a long line asks for it.
    stretches: OnceLock<Vec<usize>>,
}

/// How many bytes a stretch has.
const STRETCH: usize = 1024;

impl<'text> Lines<'text> {
    /// Looks through the text once.
    pub fn new(text: &'text str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (index, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(index + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(index + 1);
            }
        }
        Self {
            text,
            starts,
            stretches: OnceLock::new(),
        }
    }

    /// The position of a byte; past the end it is the position of the end, inside a character that of
    /// the character. A byte order mark at the start takes no column.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = if offset - start <= STRETCH {
            self.characters(start..offset)
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        let column = before + 1;
        Position { line, column }
    }

    /// How many characters begin in a range of bytes; a byte order mark is none.
    fn characters(&self, range: Range<usize>) -> usize {
        let bytes = self.text.as_bytes();
        let begins = |at: &usize| {
            self.text.is_char_boundary(*at) && !bytes[*at..].starts_with(b"\xef\xbb\xbf")
        };
        range.filter(begins).count()
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stretches = self.stretches.get_or_init(|| {
            let starts = (0..self.text.len()).step_by(STRETCH);
            let mut before = 0;
            let mut count = |start| {
                let end = self.text.len().min(start + STRETCH);
                before += self.characters(start..end);
                before
            };
            std::iter::once(0).chain(starts.map(&mut count)).collect()
        });
        let stretch = offset / STRETCH;
        stretches[stretch] + self.characters(stretch * STRETCH..offset)
    }

    /// The bytes of a line, counted from 1, its end left out; `None` past the last.
    pub fn line(&self, number: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self.starts.get(number).copied().unwrap_or(self.text.len());
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        Some(start..start + text.len())
    }

    /// How many lines there are; at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_know_every_line_end() {
        let lines = Lines::new("\u{feff}né\r\nb\rc\nd");
        let at = |offset| {
            let position = lines.position(offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 1));
        assert_eq!(at(4), (1, 2));
        assert_eq!(at(5), (1, 2), "inside a character");
        assert_eq!(at(8), (2, 1));
        assert_eq!(at(10), (3, 1));
        assert_eq!(at(12), (4, 1));
        assert_eq!(at(999), (4, 2));
        assert_eq!(lines.count(), 4);
        assert_eq!(lines.line(2), Some(8..9));
    }

    #[test]
    fn columns_of_a_long_line_count_every_character() {
        let text = format!("\u{feff}first\n{}\nlast", "a\u{e9}\u{1f600}".repeat(2_000));
        let lines = Lines::new(&text);
        for (offset, _) in text.char_indices() {
            let start = text[..offset].rfind('\n').map_or(0, |it| it + 1);
            let before = text[start..offset].chars();
            let column = before.filter(|it| *it != '\u{feff}').count() + 1;
            assert_eq!(lines.position(offset).column, column, "{offset}");
        }
    }
}
