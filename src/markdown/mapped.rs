//! A text made from what the author wrote, and the way back: for every byte, where it comes from.

use std::borrow::Cow;
use std::ops::Range;

use crate::markdown::document::{Place, narrow};

/// A text that is mostly the author's own, with some of it left out and some put in.
#[derive(Clone, Debug)]
pub(crate) struct Mapped<'a> {
    /// The text.
    pub(crate) text: Cow<'a, str>,
    /// In order of `at`, the first at 0; a run ends where the next one starts.
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    at: u32,
    source: u32,
    /// Whether the bytes are the author's; else all of them stand for one place.
    is_kept: bool,
}

impl<'a> Mapped<'a> {
    /// A text as it is written, from an offset on.
    pub(crate) fn kept(text: &'a str, offset: usize) -> Self {
        let run = Run {
            at: 0,
            source: narrow(offset),
            is_kept: true,
        };
        Self {
            text: Cow::Borrowed(text),
            runs: vec![run],
        }
    }

    /// An empty text to put together.
    pub(crate) fn empty() -> Self {
        Self {
            text: Cow::Owned(String::new()),
            runs: Vec::new(),
        }
    }

    /// Where a stretch of the text comes from.
    pub(crate) fn place(&self, range: Range<usize>) -> Place {
        let start = self.offset(range.start);
        if range.end <= range.start {
            return Place { start, end: start };
        }
        let last = self.run(range.end - 1);
        let end = match last {
            Some(run) if run.is_kept => run.source + narrow(range.end) - run.at,
            Some(run) => run.source,
            None => start,
        };
        Place {
            start,
            end: end.max(start),
        }
    }

    /// The stretches of a range that each come from one place.
    pub(crate) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Place)> {
        let mut start = range.start;
        std::iter::from_fn(move || {
            if start >= range.end {
                return None;
            }
            let next = self.runs.partition_point(|it| (it.at as usize) <= start);
            let end = self
                .runs
                .get(next)
                .map_or(range.end, |it| range.end.min(it.at as usize));
            let part = start..end;
            start = end;
            Some((part.clone(), self.place(part)))
        })
    }

    /// Where a byte of the text comes from.
    pub(crate) fn offset(&self, at: usize) -> u32 {
        match self.run(at) {
            Some(run) if run.is_kept => run.source + narrow(at) - run.at,
            Some(run) => run.source,
            None => 0,
        }
    }

    /// Whether the author wrote the byte at an offset.
    pub(crate) fn is_kept(&self, at: usize) -> bool {
        self.run(at).is_some_and(|it| it.is_kept)
    }

    /// Adds a stretch of another text, and where it comes from.
    pub(crate) fn keep(&mut self, from: &Mapped<'_>, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let first = from
            .runs
            .partition_point(|it| (it.at as usize) <= range.start)
            .saturating_sub(1);
        for (index, run) in from.runs.iter().enumerate().skip(first) {
            let run_end = from
                .runs
                .get(index + 1)
                .map_or(from.text.len(), |it| it.at as usize);
            let start = (run.at as usize).max(range.start);
            let end = run_end.min(range.end);
            if start >= end {
                break;
            }
            self.push(&from.text[start..end], from.offset(start), run.is_kept);
        }
    }

    /// Adds bytes that the author did not write, standing for one place.
    pub(crate) fn put(&mut self, text: &str, source: u32) {
        self.push(text, source, false);
    }

    fn push(&mut self, text: &str, source: u32, is_kept: bool) {
        if text.is_empty() {
            return;
        }
        let at = narrow(self.text.len());
        let goes_on = self.runs.last().is_some_and(|run| {
            run.is_kept == is_kept && run.source + if is_kept { at - run.at } else { 0 } == source
        });
        if !goes_on {
            self.runs.push(Run {
                at,
                source,
                is_kept,
            });
        }
        self.text.to_mut().push_str(text);
    }

    fn run(&self, at: usize) -> Option<Run> {
        if let [only] = self.runs[..] {
            return Some(only);
        }
        let index = self.runs.partition_point(|it| (it.at as usize) <= at);
        self.runs.get(index.checked_sub(1)?).copied()
    }
}

/// Line ends become `\n` and NUL becomes U+FFFD, as `CommonMark` 0.31, 2.3, asks.
pub(crate) fn normalize(text: Mapped<'_>) -> Mapped<'_> {
    if !text.text.bytes().any(|it| it == b'\r' || it == 0) {
        return text;
    }
    let mut clean = Mapped::empty();
    let bytes = text.text.as_bytes();
    let mut start = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let instead = match byte {
            0 => "\u{fffd}",
            b'\r' if bytes.get(index + 1) == Some(&b'\n') => "",
            b'\r' => "\n",
            _ => continue,
        };
        clean.keep(&text, start..index);
        clean.put(instead, text.offset(index));
        start = index + 1;
    }
    clean.keep(&text, start..bytes.len());
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_knows_where_it_comes_from() {
        let source = Mapped::kept("a\r\nb\rc\0d", 10);
        let clean = normalize(source.clone());
        assert_eq!(clean.text, "a\nb\nc\u{fffd}d");
        let letters = |letter| {
            let at = clean.text.find(letter).expect("the letter is there");
            clean.place(at..at + 1)
        };
        assert_eq!(letters('a'), Place { start: 10, end: 11 });
        assert_eq!(letters('b'), Place { start: 13, end: 14 });
        assert_eq!(letters('c'), Place { start: 15, end: 16 });
        assert_eq!(letters('d'), Place { start: 17, end: 18 });
        assert_eq!(
            clean.place(0..clean.text.len()),
            Place { start: 10, end: 18 }
        );

        let mut twice = Mapped::empty();
        twice.put("> ", 13);
        twice.keep(&clean, 2..5);
        assert_eq!(twice.text, "> b\nc");
        assert_eq!(twice.place(2..5), Place { start: 13, end: 16 });
    }
}
