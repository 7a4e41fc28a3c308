//! Lists, rules and underlined headings as Python-Markdown reads them: a list starts behind an empty line, what
//! belongs to an item stands four columns in, and items that follow one another make one list.

use super::SENTINEL;
use super::cursor::Cursor;
use super::elements::Html;
use super::scanner::{Frame, Scanner};
use super::starts::{
    indented_item_width, is_definition, is_heading, is_ruler, is_underline, item_width,
};
use super::{MAX_DEPTH, raw};
use crate::markdown::dialect::Construct;
use crate::markdown::mkdocs::fancy_lists::{Kind, Mark, Numbering};

/// The columns that what belongs to an item stands in.
const COLUMNS: usize = 4;

/// What is known about the lists around a line.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// By the number of containers around it: the list that may go on there.
    open: Vec<Option<Open>>,
    /// What a block says that the next list counts in.
    pub(super) forced: Option<Forced>,
    /// Whether the lines since the last empty one have an item among them.
    in_block: bool,
    /// How many lines the paragraph has.
    lines: usize,
}

/// A list that may go on.
#[derive(Clone, Copy, Debug)]
struct Open {
    kind: ListKind,
    /// Whether an empty line follows its last item.
    is_after_blank: bool,
    /// Whether its marks are written with `)`, which tells it from the list before it.
    is_closed: bool,
}

/// What items of one list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListKind {
    Bullets,
    Numbers,
    Fancy(Kind),
}

/// What a block says of the list that is in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forced {
    /// How many containers are around the list.
    pub(super) depth: usize,
    pub(super) numbering: Numbering,
    pub(super) start: Option<u64>,
}

/// A numbered list that does not count 1, 2, 3.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListStart {
    /// The byte of the prepared text where its first item starts.
    pub(crate) at: usize,
    /// What it counts in.
    pub(crate) numbering: Numbering,
    /// The number of its first item.
    pub(crate) number: u64,
}

impl Lists {
    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.in_block = false;
        for open in self.open.iter_mut().flatten() {
            open.is_after_blank = true;
        }
    }

    /// Only so many containers go on.
    pub(super) fn leave(&mut self, depth: usize) {
        self.open.truncate(depth + 1);
        self.forced = self.forced.filter(|it| it.depth <= depth);
    }

    /// Something other than an item stands in so many containers.
    pub(super) fn end(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    /// An item of a list stands in so many containers; whether the list goes on with it, and how it is written.
    fn item(&mut self, depth: usize, kind: ListKind) -> (bool, bool) {
        let before = self.open.get(depth).copied().flatten();
        let goes_on = before.is_some_and(|it| it.kind == kind);
        let was_closed = before.is_some_and(|it| it.is_closed);
        let is_closed = was_closed == goes_on && before.is_some();
        self.open.resize(depth, None);
        self.open.push(Some(Open {
            kind,
            is_after_blank: false,
            is_closed,
        }));
        self.in_block = true;
        (goes_on, is_closed)
    }
}

impl Scanner<'_, '_> {
    pub(super) fn reads_indented_lists(&self) -> bool {
        self.dialect.constructs.has(Construct::IndentedLists)
    }

    /// Writes the mark of an item, so wide that what belongs to it stands four columns in; where its words start.
    pub(super) fn indented_item(&mut self, inside: Cursor, text: &str) -> Option<Cursor> {
        let rest = &text[inside.at..];
        let (width, mark) = self.item_mark(rest)?;
        let depth = self.frames.len();
        if self.in_paragraph && !self.lists.in_block || depth >= 4 * MAX_DEPTH {
            return None;
        }
        let mut behind = inside;
        behind.take(width);
        behind.skip(behind.indent(text.as_bytes()), text.as_bytes());
        let forced = self.lists.forced.filter(|it| it.depth == depth);
        let kind = self.list_kind(depth, width, mark, forced);
        let (goes_on, is_closed) = self.lists.item(depth, kind);
        if !goes_on && kind != ListKind::Bullets {
            self.note_list(&rest[..width], mark, kind, forced);
        }
        let written = match (kind, is_closed) {
            (ListKind::Bullets, _) => "-",
            (_, false) => "1.",
            (_, true) => "1)",
        };
        self.output.put(written, self.input.offset(inside.at));
        self.put_spaces(COLUMNS - written.len(), inside.at);
        self.push(Frame::Item(COLUMNS));
        self.in_paragraph = false;
        Some(behind)
    }

    /// How wide the mark of an item is, and what it says where it is no plain one.
    pub(super) fn item_mark<'l>(&self, rest: &'l str) -> Option<(usize, Option<Mark<'l>>)> {
        let Some(mut lists) = self.dialect.fancy_lists else {
            return Some((indented_item_width(rest)?, None));
        };
        // `#.` is a heading where a heading needs no space.
        lists.generic &= !self.dialect.constructs.has(Construct::TightHeadings);
        if let Some(mark) = Mark::read(rest, lists) {
            return Some((mark.width(), Some(mark)));
        }
        Some((indented_item_width(rest)?, None))
    }

    /// The kind of list that an item with this mark belongs to.
    fn list_kind(
        &mut self,
        depth: usize,
        width: usize,
        mark: Option<Mark<'_>>,
        forced: Option<Forced>,
    ) -> ListKind {
        let before = self.lists.open.get(depth).copied().flatten();
        let Some((mark, lists)) = mark.zip(self.dialect.fancy_lists) else {
            let is_sane = self.dialect.constructs.has(Construct::SaneLists);
            let plain = if width > 1 {
                ListKind::Numbers
            } else {
                ListKind::Bullets
            };
            return before.filter(|_| !is_sane).map_or(plain, |it| it.kind);
        };
        if let Some(forced) = forced {
            return ListKind::Fancy(mark.forced_kind(forced.numbering, lists));
        }
        let kind_before = match before.map(|it| it.kind) {
            Some(ListKind::Fancy(kind)) => Some(kind),
            _ => None,
        };
        let is_first = before.is_none_or(|it| it.is_after_blank);
        let kind = mark.kind(is_first, kind_before, lists);
        if is_first || kind_before == Some(kind) {
            return ListKind::Fancy(kind);
        }
        ListKind::Fancy(mark.kind(true, kind_before, lists))
    }

    /// Notes what a list that starts here counts in, and from where.
    fn note_list(
        &mut self,
        written: &str,
        mark: Option<Mark<'_>>,
        kind: ListKind,
        forced: Option<Forced>,
    ) {
        let numbering = match kind {
            ListKind::Fancy(kind) => kind.numbering,
            _ => Numbering::Decimal,
        };
        let is_sane = self.dialect.constructs.has(Construct::SaneLists);
        let number = match mark {
            Some(mark) => mark.number(numbering),
            None if is_sane => written.trim_end_matches('.').parse().unwrap_or(1),
            None => 1,
        };
        if forced.is_some() {
            self.lists.forced = None;
        }
        self.list_starts.push(ListStart {
            at: self.output.text.len(),
            numbering: forced.map_or(numbering, |it| it.numbering),
            number: forced.and_then(|it| it.start).unwrap_or(number),
        });
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
        let starts_block = self.item_mark(rest).is_some()
            || rest.starts_with(['!', '?', '=', '|', '/', ':'])
            || rest.starts_with('[') && rest.contains("]:") && !is_definition(rest.trim_end())
            || rest.starts_with("*[")
            || rest.starts_with("<!--")
            || raw::is_start(rest)
            || raw::is_end(rest);
        (!starts_block).then_some((matched + items, indent))
    }

    /// Whether a line that looks like an item goes on with a paragraph that is no item's.
    pub(super) fn is_words_alone(&self, rest: &str) -> bool {
        self.reads_indented_lists() && !self.lists.in_block && self.item_mark(rest).is_some()
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
        if in_paragraph && is_definition(line) {
            // It needs no empty line before it.
            self.put_break(at);
            self.in_paragraph = false;
            return at;
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
