//! Critic marks around blocks: what stands between their start and their end becomes a quotation, as containers do.

use super::cursor::Cursor;
use super::scanner::{Frame, Scanner};
use super::{Form, MAX_DEPTH, Opening};
use crate::markdown::dialect::Construct;
use crate::markdown::mkdocs::critic::{Found, Mark, WIDTH};

/// A critic mark around blocks that is open.
#[derive(Clone, Debug)]
pub(super) struct Change {
    found: Found,
    /// Where the half ends that we are in.
    stop: usize,
    /// How many containers are around it.
    pub(super) depth: usize,
}

impl Scanner<'_, '_> {
    /// Opens the mark that starts at a byte of the line, where it is one around blocks; where it goes on.
    pub(super) fn starts_change(&mut self, start: usize, at: usize, text: &str) -> Option<usize> {
        let has = self.dialect.constructs.has(Construct::Critic);
        if !has || !text[at..].starts_with('{') || self.in_paragraph || self.change.is_some() {
            return None;
        }
        let whole: &str = &self.input.text;
        let found = self.change_ends.find(whole, at)?;
        let inside = &whole[at..found.end()];
        let left = self.raw_budget.checked_sub(inside.len())?;
        self.raw_budget = left;
        let is_alone = text[at + WIDTH..].trim().is_empty();
        let has_blocks = inside.contains("\n\n") || is_alone && !self.reads_indented_lists();
        if !has_blocks || self.frames.len() >= MAX_DEPTH {
            return None;
        }
        self.output.keep(self.input, start..at);
        let (mark, stop) = (found.mark, found.inside.end);
        let mark = match mark {
            Mark::Replaced => Mark::Removed,
            mark => mark,
        };
        self.put_change(mark, at);
        self.change = Some(Change {
            found,
            stop,
            depth: self.frames.len() - 1,
        });
        Some(self.go_on_behind(at + WIDTH, text))
    }

    fn put_change(&mut self, mark: Mark, at: usize) {
        let (start, end, class) = match mark {
            Mark::Added | Mark::Replaced => ("<ins", "</ins>\n", "block"),
            Mark::Removed => ("<del", "</del>\n", "block"),
            Mark::Noted => ("<mark", "</mark>\n", "block"),
            Mark::Remark => ("<div", "</div>\n", "comment"),
        };
        let line = self.input.text[at..at + WIDTH].to_owned();
        let mut opening = Opening::new(Form::Change { start, end }, &line, 0..0, None);
        opening.classes = vec!["critic".to_owned(), class.to_owned()];
        opening.has_body = true;
        self.put_opening(opening, at, 0, &line);
    }

    /// Writes what stands before the rest of a line that goes on at a byte.
    fn go_on_behind(&mut self, at: usize, text: &str) -> usize {
        self.after_blank = true;
        self.in_paragraph = false;
        if text[at..].trim().is_empty() {
            return text.len();
        }
        self.put_prefix(0, at);
        at
    }

    /// Ends the mark, or its half, where nothing but white space stands before its end in the line; from where on
    /// the line goes on.
    pub(super) fn change_ends_line(&mut self, cursor: Cursor, text: &str) -> Option<usize> {
        self.pass_code(text);
        let stop = self.change.as_ref()?.stop;
        let before = text.get(cursor.at..stop)?;
        if !before.trim().is_empty() || stop == text.len() {
            return None;
        }
        self.put_blanks();
        Some(self.end_change(text))
    }

    /// Looks for another end of the mark where the one that was found stands in a line of code.
    fn pass_code(&mut self, text: &str) {
        let has_fence = self.has_fence();
        let Some(change) = self.change.as_mut().filter(|_| has_fence) else {
            return;
        };
        let is_half = change.found.instead.is_some();
        while change.stop < text.len() && !is_half {
            let mark = change.found.mark;
            let next = self
                .change_ends
                .end(mark, &self.input.text, change.stop + WIDTH);
            change.stop = next.unwrap_or(usize::MAX);
        }
    }

    /// Where in the line the mark ends that is open; the end of the line where it does not.
    pub(super) fn change_end(&mut self, from: usize, text: &str) -> usize {
        let Some(change) = &self.change else {
            return text.len();
        };
        Some(change.stop)
            .filter(|it| (from..text.len()).contains(it))
            .unwrap_or(text.len())
    }

    /// Whether the mark that is open ends at a byte.
    pub(super) fn is_change_end(&self, at: usize) -> bool {
        self.change.as_ref().is_some_and(|it| it.stop == at)
    }

    /// Leaves the mark, or its half; from where on the line goes on.
    pub(super) fn end_change(&mut self, text: &str) -> usize {
        let Some(mut change) = self.change.take() else {
            return text.len();
        };
        if let Some(Frame::Ours(_, opening)) = self.frames.get(change.depth) {
            self.openings[*opening].is_closed = true;
        }
        self.after_blank = false;
        self.leave(change.depth, change.stop);
        let instead = change.found.instead.clone();
        if let Some(instead) = instead.filter(|it| it.end != change.stop) {
            self.put_change(Mark::Replaced, change.stop);
            change.stop = instead.end;
            self.change = Some(change);
            return self.go_on_behind(instead.start, text);
        }
        self.go_on_behind(change.stop + WIDTH, text)
    }
}
