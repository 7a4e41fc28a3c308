//! Lists, rules and underlined headings as Python-Markdown reads them: a list starts behind an empty line, what
//! belongs to an item stands four columns in, and items that follow one another make one list.

use super::SENTINEL;
use super::cursor::Cursor;
use super::elements::Html;
use super::scanner::{Frame, Scanner};
use super::starts::{indented_item_width, is_heading, is_ruler, is_underline, item_width};
use super::{MAX_DEPTH, raw};
use crate::markdown::dialect::Construct;

/// The columns that what belongs to an item stands in.
const COLUMNS: usize = 4;

/// What is known about the lists around a line.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// By the number of containers around it: whether the list that may go on there is numbered.
    open: Vec<Option<bool>>,
    /// Whether the lines since the last empty one have an item among them.
    in_block: bool,
    /// How many lines the paragraph has.
    lines: usize,
}

impl Lists {
    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.in_block = false;
    }

    /// Only so many containers go on.
    pub(super) fn leave(&mut self, depth: usize) {
        self.open.truncate(depth + 1);
    }

    /// Something other than an item stands in so many containers.
    pub(super) fn end(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    fn start(&mut self, depth: usize, is_numbered: bool) {
        self.open.resize(depth, None);
        self.open.push(Some(is_numbered));
        self.in_block = true;
    }
}

impl Scanner<'_, '_> {
    pub(super) fn reads_indented_lists(&self) -> bool {
        self.dialect.constructs.has(Construct::IndentedLists)
    }

    /// Writes the mark of an item, so wide that what belongs to it stands four columns in; where its words start.
    pub(super) fn indented_item(&mut self, inside: Cursor, text: &str) -> Option<Cursor> {
        let rest = &text[inside.at..];
        let width = indented_item_width(rest)?;
        let depth = self.frames.len();
        if self.in_paragraph && !self.lists.in_block || depth >= 4 * MAX_DEPTH {
            return None;
        }
        let mut behind = inside;
        behind.take(width);
        behind.skip(behind.indent(text.as_bytes()), text.as_bytes());
        let is_sane = self.dialect.constructs.has(Construct::SaneLists);
        let goes_on = self.lists.open.get(depth).copied().flatten();
        let is_numbered = goes_on.filter(|_| !is_sane).unwrap_or(width > 1);
        let mark = match (is_numbered, is_sane) {
            (false, _) => "-",
            (true, false) => "1.",
            (true, true) => &rest[..width],
        };
        let columns = COLUMNS.max(mark.len() + 1);
        self.output.put(mark, self.input.offset(inside.at));
        self.put_spaces(columns - mark.len(), inside.at);
        self.push(Frame::Item(columns));
        self.lists.start(depth, is_numbered);
        self.in_paragraph = false;
        Some(behind)
    }

    /// Whether a line that is not indented goes on with the item before it: in how many containers it is, and
    /// how many columns it loses.
    pub(super) fn joins_item(
        &self,
        cursor: Cursor,
        matched: usize,
        text: &str,
    ) -> Option<(usize, usize)> {
        let joins = self.lists.in_block && !self.after_blank && self.html == Html::None;
        if !self.reads_indented_lists() || !joins || self.has_fence() {
            return None;
        }
        let items = self.frames[matched..].iter();
        let items = items.take_while(|it| matches!(it, Frame::Item(_))).count();
        let indent = cursor.indent(text.as_bytes());
        let rest = text[cursor.at..].trim_start();
        let behind = self.frames.get(matched + items);
        let holds_quote = behind == Some(&Frame::Quote) && rest.starts_with('>');
        if items == 0 || behind.is_some() && !holds_quote {
            return None;
        }
        let starts_block = indented_item_width(rest).is_some()
            || rest.starts_with(['!', '?', '=', '|', '/', ':'])
            || rest.starts_with('[') && rest.contains("]:")
            || rest.starts_with("*[")
            || rest.starts_with("<!--")
            || raw::is_start(rest)
            || raw::is_end(rest);
        (!starts_block).then_some((matched + items, indent))
    }

    /// Whether a line that looks like an item goes on with a paragraph that is no item's.
    pub(super) fn is_words_alone(&self, rest: &str) -> bool {
        self.reads_indented_lists() && !self.lists.in_block && indented_item_width(rest).is_some()
    }

    /// Keeps words at a byte of the text from starting more than Python-Markdown sees in them; from where on the
    /// line is yet to be written.
    pub(super) fn settle(
        &mut self,
        start: usize,
        at: usize,
        text: &str,
        in_paragraph: bool,
    ) -> usize {
        let line = text[at..].trim_end();
        if !in_paragraph {
            self.lists.end(self.frames.len());
            self.lists.lines = 0;
        }
        self.lists.lines += 1;
        if in_paragraph && is_underline(line) {
            if self.lists.lines == 2 {
                self.in_paragraph = false;
                return start;
            }
            if is_ruler(line) {
                self.output.keep(self.input, start..at);
                self.output.put("***", self.input.offset(at));
                self.in_paragraph = false;
                return at + line.len();
            }
            return self.put_mark(start, at);
        }
        let is_definition = !in_paragraph && line.starts_with('[') && line.contains("]:");
        let is_comment = line.starts_with("<!--") && line.contains("-->");
        if is_ruler(line) || is_heading(line) || is_definition || is_comment {
            self.in_paragraph = false;
            return start;
        }
        if item_width(line, in_paragraph).is_some() {
            return self.put_mark(start, at);
        }
        start
    }

    /// Writes a mark before the words at a byte, so that they start nothing.
    fn put_mark(&mut self, start: usize, at: usize) -> usize {
        self.output.keep(self.input, start..at);
        self.output.put(SENTINEL, self.input.offset(at));
        at
    }
}
