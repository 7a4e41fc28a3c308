//! The words of a page as one text, and for every word the place where it is written.

use crate::markdown::document::{Part, Place, narrow};

/// Plain text that remembers where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainText {
    text: String,
    /// In order of `at`; a run ends where the next one starts.
    runs: Vec<Run>,
}

/// A stretch of the text and the place that it stands for. Where both are of one length they agree
/// byte by byte; otherwise the place as a whole stands for the text as a whole (`&amp;` for `&`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    at: u32,
    place: Place,
}

impl PlainText {
    /// The whole text; blocks end with a line feed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The words of a part; empty where it does not fit the text.
    pub fn words(&self, part: Part) -> &str {
        self.text.get(part.range()).unwrap_or_default()
    }

    /// Where a part is written. An empty part has an empty place at its start.
    pub fn place(&self, part: Part) -> Place {
        let start = self.start_of(part.start);
        if part.is_empty() {
            return Place { start, end: start };
        }
        let end = self.end_of(part.end).max(start);
        Place { start, end }
    }

    /// Gives back the room that was left for more.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.runs.shrink_to_fit();
    }

    /// How long the text is, in bytes.
    pub(crate) fn len(&self) -> u32 {
        narrow(self.text.len())
    }

    /// The part from an offset to the end, without white space around it.
    pub(crate) fn since(&self, start: u32) -> Part {
        self.trimmed(Part {
            start,
            end: self.len(),
        })
    }

    /// A part without white space around it.
    pub(crate) fn trimmed(&self, part: Part) -> Part {
        let words = self.words(part);
        let start = part.start + narrow(words.len() - words.trim_start().len());
        let end = (part.start + narrow(words.trim_end().len())).max(start);
        Part { start, end }
    }

    /// Adds words that stand for a place.
    pub(crate) fn push(&mut self, words: &str, place: Place) {
        if words.is_empty() {
            return;
        }
        if !self.continues(words, place) {
            let at = self.len();
            self.runs.push(Run { at, place });
        } else if let Some(last) = self.runs.last_mut() {
            last.place.end = place.end;
        }
        self.text.push_str(words);
    }

    /// Adds words that stand for a place as a whole, even where both are of one length by chance.
    pub(crate) fn push_whole(&mut self, words: &str, place: Place) {
        let first = words.chars().next().map_or(0, char::len_utf8);
        let by_chance = words.len() == (place.end - place.start) as usize;
        let (first, rest) = words.split_at(if by_chance { first } else { 0 });
        self.push(first, place);
        self.push(rest, place);
    }

    /// Ends a block: a line feed that stands for the end of what was last said.
    pub(crate) fn end_block(&mut self) {
        if self.text.is_empty() || self.text.ends_with('\n') {
            return;
        }
        let end = self.runs.last().map_or(0, |it| it.place.end);
        let at = self.len();
        self.runs.push(Run {
            at,
            place: Place { start: end, end },
        });
        self.text.push('\n');
    }

    /// Whether the words go on where the last run ended, both byte by byte.
    fn continues(&self, words: &str, place: Place) -> bool {
        let Some(last) = self.runs.last() else {
            return false;
        };
        last.place.end == place.start
            && last.place.end - last.place.start == self.len() - last.at
            && (place.end - place.start) as usize == words.len()
    }

    fn run(&self, offset: u32) -> Option<(Run, u32)> {
        let index = self
            .runs
            .partition_point(|it| it.at <= offset)
            .checked_sub(1)?;
        let end = self.runs.get(index + 1).map_or(self.len(), |it| it.at);
        Some((self.runs[index], end))
    }

    fn start_of(&self, offset: u32) -> u32 {
        let Some((run, end)) = self.run(offset.min(self.len().saturating_sub(1))) else {
            return 0;
        };
        if run.is_exact(end) {
            return (run.place.start + (offset - run.at)).min(run.place.end);
        }
        run.place.start
    }

    fn end_of(&self, offset: u32) -> u32 {
        let Some((run, end)) = self.run(offset.saturating_sub(1)) else {
            return 0;
        };
        if run.is_exact(end) {
            return (run.place.start + (offset - run.at)).min(run.place.end);
        }
        run.place.end
    }
}

impl Run {
    fn is_exact(self, end: u32) -> bool {
        self.place.end - self.place.start == end - self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_knows_where_it_is_written() {
        let mut text = PlainText::default();
        let place = |start, end| Place { start, end };
        text.push("one ", place(10, 14));
        text.push("two", place(14, 17));
        text.push("&", place(17, 22));
        text.push("three", place(22, 27));
        text.end_block();
        text.push("four", place(40, 44));
        assert_eq!(text.as_str(), "one two&three\nfour");
        let at = |words: &str| {
            let start = text
                .as_str()
                .find(words)
                .expect("the words are in the text");
            let part = Part {
                start: narrow(start),
                end: narrow(start + words.len()),
            };
            let found = text.place(part);
            (found.start, found.end)
        };
        assert_eq!(at("one"), (10, 13));
        assert_eq!(at("e two"), (12, 17));
        assert_eq!(at("two&th"), (14, 24));
        assert_eq!(at("&"), (17, 22));
        assert_eq!(at("four"), (40, 44));
        assert_eq!(at("ee\nfo"), (25, 42));
        assert_eq!(text.place(Part::default()), place(10, 10));
    }
}
