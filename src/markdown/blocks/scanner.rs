//! One pass over the lines of a page, container by container, as the Markdown parser reads them.

use std::ops::Range;

use super::changes::Change;
use super::cursor::Cursor;
use super::elements::{Html, MarkdownElement, Taken, html_start};
use super::lists::{ListStart, Lists};
use super::starts::{fence_start, item_width, note_width};
use super::{MAX_DEPTH, Opening, Prepared};
use crate::markdown::dialect::Dialect;
use crate::markdown::document::{Abbreviation, Place};
use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::{captions, critic, formulas, slash_blocks};

/// How often the text of a page may be looked through for ends of raw HTML.
const RAW_EFFORT: usize = 8;

/// A container that a line is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A list item, footnote or definition: so many columns of indentation.
    Item(usize),
    /// `>`.
    Quote,
    /// One of ours: so many columns, and the number of its opening.
    Ours(usize, usize),
    /// What stands in an element of HTML with so many columns before it, which are left out.
    Margin(usize),
}

/// A block of code between fences.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fence {
    pub(super) mark: u8,
    pub(super) length: usize,
    pub(super) depth: usize,
    /// Where its lines join an item without being indented: the containers around the item, and the columns
    /// that each line loses.
    pub(super) joined: Option<(usize, usize)>,
    /// Whether the first line with less than four columns, or an empty one, ends it.
    pub(super) is_reference: bool,
    /// How many slashes end it; 0 where a fence does.
    pub(super) slashes: usize,
}

/// What lines without an empty one between them make together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// A paragraph and the like.
    Words,
    /// A table; whether its head has no bar at its ends, so that one before a row ends an empty cell.
    Table { is_bare: bool },
    /// A formula, with what ends it.
    Formula(formulas::End),
}

pub(super) struct Scanner<'t, 'a> {
    pub(super) input: &'t Mapped<'a>,
    pub(super) dialect: &'t Dialect,
    pub(super) output: Mapped<'static>,
    pub(super) frames: Vec<Frame>,
    pub(super) openings: Vec<Opening>,
    pub(super) abbreviations: Vec<Abbreviation>,
    pub(super) fence: Option<Fence>,
    /// The lines that ask for the reference of code.
    pub(super) references: Vec<Place>,
    pub(super) html: Html,
    /// Open elements whose content is Markdown.
    pub(super) markdown_html: Vec<MarkdownElement>,
    /// Where the raw HTML starts that is read; `None` where it may hold no code between fences.
    pub(super) raw_start: Option<usize>,
    /// Where the raw HTML stops that goes on behind the code.
    pub(super) raw_behind_code: Option<usize>,
    /// How many bytes may still be looked through for ends of raw HTML.
    pub(super) raw_budget: usize,
    /// Where the line starts.
    pub(super) line_start: usize,
    pub(super) in_paragraph: bool,
    pub(super) after_blank: bool,
    /// Whether a quotation has been there since the last empty line.
    pub(super) after_quote: bool,
    /// The block whose first line is right above, but for its options.
    pub(super) options_of: Option<usize>,
    /// What lines without an empty one between them make together.
    pub(super) run: Run,
    /// Empty lines that are yet to be written.
    blanks: Vec<Range<usize>>,
    pub(super) lists: Lists,
    /// The container that ended right before: how many are around it, and its opening.
    pub(super) ended: Option<(usize, usize)>,
    /// What numbered lists count in, and from where.
    pub(super) list_starts: Vec<ListStart>,
    /// The critic mark around blocks that is open.
    pub(super) change: Option<Change>,
    pub(super) change_ends: critic::Ends,
    /// Where the line joins an item without being indented: the containers around it, and the columns that it loses.
    joined: Option<(usize, usize)>,
    /// How many containers are around the quotation that the last empty line ended.
    ended_quote: Option<usize>,
}
impl<'t, 'a> Scanner<'t, 'a> {
    /// Before the first line.
    pub(super) fn new(input: &'t Mapped<'a>, dialect: &'t Dialect) -> Self {
        Self {
            input,
            dialect,
            output: Mapped::empty(),
            frames: Vec::new(),
            openings: Vec::new(),
            abbreviations: Vec::new(),
            fence: None,
            references: Vec::new(),
            html: Html::None,
            markdown_html: Vec::new(),
            raw_start: None,
            raw_behind_code: None,
            raw_budget: RAW_EFFORT.saturating_mul(input.text.len()),
            line_start: 0,
            in_paragraph: false,
            after_blank: true,
            after_quote: false,
            options_of: None,
            run: Run::Words,
            blanks: Vec::new(),
            lists: Lists::default(),
            ended: None,
            list_starts: Vec::new(),
            change: None,
            change_ends: critic::Ends::default(),
            joined: None,
            ended_quote: None,
        }
    }

    /// Goes over all lines.
    pub(super) fn run(mut self) -> Prepared<'a> {
        let input = self.input;
        let text: &str = &input.text;
        let mut start = 0;
        while start < text.len() {
            let end = text[start..]
                .find('\n')
                .map_or(text.len(), |it| start + it + 1);
            self.line(start..end);
            start = end;
        }
        self.frames.clear();
        self.put_blanks();
        captions::count(&mut self.openings, self.dialect);
        Prepared {
            text: self.output,
            openings: self.openings,
            abbreviations: self.abbreviations,
            references: self.references,
            lists: self.list_starts,
        }
    }

    fn line(&mut self, line: Range<usize>) {
        self.line_start = line.start;
        let input = self.input;
        let text: &str = &input.text[..line.end];
        let bytes = text.as_bytes();
        let is_blank = text[line.start..].trim().is_empty();
        let mut cursor = Cursor {
            at: line.start,
            column: 0,
            rest: 0,
        };
        let joined = self.fence.and_then(|it| it.joined);
        let limit = joined.map_or(self.frames.len(), |it| it.0);
        let (mut matched, first_ours) = self.enter(&mut cursor, bytes, is_blank, limit);
        let lead = first_ours.map_or(cursor, |(_, at)| at);
        let own = matched;
        let joins = match joined.filter(|_| matched == limit) {
            Some((_, columns)) => Some((self.frames.len(), columns.min(cursor.indent(bytes)))),
            None if is_blank => None,
            None => self.joins_item(cursor, matched, text),
        };
        self.joined = joins.map(|(_, columns)| (own, columns));
        if let Some((depth, columns)) = joins {
            cursor.skip(columns, bytes);
            matched = depth;
        }

        self.after_quote |= self.frames.contains(&Frame::Quote);
        if self.takes_option(cursor, text) || !is_blank && self.ends_block(cursor, matched, text) {
            return;
        }
        if let Some(at) = self.change_ends_line(cursor, text) {
            cursor.at = at;
            self.content(cursor, line.end);
            return;
        }
        if is_blank && matches!(self.html, Html::UntilAt(stop) if stop > line.start) {
            // An empty line would end it.
            self.put_blanks();
            self.put_prefix(0, line.start);
            self.output.put("<!---->\n", self.input.offset(line.start));
            return;
        }
        if is_blank {
            if matched < self.frames.len() {
                if self.frames[matched] == Frame::Quote {
                    self.ended_quote = Some(matched);
                }
                self.leave(matched, line.start);
            }
            self.blank_line(line);
            return;
        }
        if matched < self.frames.len() && !self.is_lazy(&text[cursor.at..], matched) {
            self.leave(matched, line.start);
        }
        if let Some(depth) = self.ended_quote.take() {
            self.join_quotes(depth, &text[cursor.at..]);
        }
        self.put_blanks();
        self.after_quote |= self.frames.contains(&Frame::Quote);
        self.output.keep(self.input, line.start..lead.at);
        let first_put = first_ours.map(|it| it.0).or(self.joined.map(|_| own));
        if let Some(index) = first_put {
            self.put_prefix(index, lead.at);
            self.put_spaces(cursor.rest, cursor.at);
        }
        for frame in &self.frames[..matched.min(self.frames.len())] {
            if let Frame::Ours(_, opening) = frame {
                self.openings[*opening].has_body = true;
            }
        }
        let had_fence = self.has_fence();
        self.content(cursor, line.end);
        if had_fence && !self.has_fence() {
            self.resume_raw(line.end - 1);
        }
        self.ended = None;
        self.after_quote |= self.frames.contains(&Frame::Quote);
        self.after_blank = text[cursor.at..].trim().is_empty();
    }

    /// Reads the line as an option of a block that the line before started; `false` where it is none.
    fn takes_option(&mut self, cursor: Cursor, text: &str) -> bool {
        let line = text[cursor.at..].trim();
        let is_option = !line.is_empty() && cursor.indent(text.as_bytes()) > 3;
        self.options_of = self.options_of.filter(|_| is_option);
        let Some(index) = self.options_of else {
            return false;
        };
        slash_blocks::read_option(&mut self.openings[index], line);
        true
    }

    /// Leaves the block that the line ends with as many slashes; `false` where there is none.
    fn ends_block(&mut self, cursor: Cursor, matched: usize, text: &str) -> bool {
        let is_code = self.fence.is_some_and(|it| it.depth <= matched);
        let is_indented = cursor.indent(text.as_bytes()) > 3;
        let Some(count) = slash_blocks::read_end(text[cursor.at..].trim()) else {
            return false;
        };
        let is_pre = self.fence.is_some_and(|it| it.slashes == count);
        if is_pre && is_code && !is_indented {
            self.put_blanks();
            self.put_prefix(0, cursor.at);
            self.put_reference_mark(cursor.at);
            self.fence = None;
            self.after_blank = false;
            return true;
        }
        let slashes = |it: &Frame| match *it {
            Frame::Ours(0, opening) => self.openings[opening].slashes,
            _ => 0,
        };
        let mut innermost = self.frames[..matched].iter().enumerate().rev();
        let found = innermost
            .by_ref()
            .take_while(|(_, it)| slashes(it) > 0)
            .find(|(_, it)| slashes(it) == count)
            .map(|(index, _)| index);
        let Some(index) = found.filter(|_| !is_code && !is_indented) else {
            return false;
        };
        if let Frame::Ours(_, opening) = self.frames[index] {
            self.openings[opening].is_closed = true;
        }
        self.put_blanks();
        // The empty lines are inside of it; one more sets apart what follows.
        self.after_blank = false;
        self.leave(index, cursor.at);
        self.after_blank = true;
        true
    }

    /// Goes through the containers that the line is in, up to a number: how many, and where the first of ours starts.
    pub(super) fn enter(
        &self,
        cursor: &mut Cursor,
        bytes: &[u8],
        is_blank: bool,
        limit: usize,
    ) -> (usize, Option<(usize, Cursor)>) {
        let mut first_ours = None;
        let mut is_blank = is_blank;
        for (index, frame) in self.frames[..limit].iter().enumerate() {
            let indent = cursor.indent(bytes);
            match *frame {
                Frame::Item(columns) | Frame::Ours(columns, _) => {
                    if indent < columns && !is_blank {
                        return (index, first_ours);
                    }
                    if matches!(frame, Frame::Ours(..)) && first_ours.is_none() {
                        first_ours = Some((index, *cursor));
                    }
                    cursor.skip(columns, bytes);
                }
                Frame::Margin(columns) => {
                    first_ours = first_ours.or(Some((index, *cursor)));
                    cursor.skip(columns, bytes);
                }
                Frame::Quote => {
                    let mut inside = *cursor;
                    inside.skip(indent, bytes);
                    if indent > 3 || bytes.get(inside.at) != Some(&b'>') {
                        return (index, first_ours);
                    }
                    inside.take(1);
                    inside.skip(1, bytes);
                    is_blank |= bytes[inside.at..].trim_ascii().is_empty();
                    *cursor = inside;
                }
            }
        }
        (limit, first_ours)
    }

    /// Whether a line goes on with the paragraph before it although it is not indented.
    fn is_lazy(&self, rest: &str, matched: usize) -> bool {
        let ours = self.frames[matched..]
            .iter()
            .any(|it| matches!(it, Frame::Ours(..)));
        if ours || !self.in_paragraph || self.fence.is_some() {
            return false;
        }
        let starts = rest.trim_start();
        if self.is_words_alone(starts) {
            return true;
        }
        if self.reads_indented_lists() && self.item_mark(starts).is_some() {
            return false;
        }
        !starts.starts_with([
            '>', '#', '`', '~', '<', '*', '-', '+', '!', '?', '=', '[', ':',
        ]) && !starts.starts_with(|it: char| it.is_ascii_digit())
    }

    /// Leaves the containers from `matched` on.
    pub(super) fn leave(&mut self, matched: usize, at: usize) {
        let ours = self.frames[matched..]
            .iter()
            .any(|it| matches!(it, Frame::Ours(..)));
        if let Some(Frame::Ours(_, opening)) = self.frames.get(matched) {
            self.ended = Some((matched, *opening));
        }
        self.frames.truncate(matched);
        self.lists.leave(matched);
        self.change = self.change.take().filter(|it| it.depth < matched);
        if ours && !self.after_blank {
            self.put_blank(at);
        }
        if self.fence.is_some_and(|it| it.depth > matched) {
            self.fence = None;
        }
        self.markdown_html.retain(|it| it.depth <= matched);
        self.html = Html::None;
        self.in_paragraph = false;
        self.run = Run::Words;
    }

    /// An empty line is written when it is known which containers go on behind it.
    fn blank_line(&mut self, line: Range<usize>) {
        if self.html == Html::UntilBlank {
            self.html = Html::None;
        }
        if self.fence.is_some_and(|it| it.is_reference) {
            self.put_prefix(0, line.start);
            self.put_reference_mark(line.start);
            self.fence = None;
        }
        self.in_paragraph = false;
        self.lists.blank();
        self.after_blank = true;
        self.after_quote = false;
        self.run = Run::Words;
        self.blanks.push(line);
    }

    pub(super) fn put_blanks(&mut self) {
        let has_ours = self.frames.iter().any(|it| matches!(it, Frame::Ours(..)));
        for line in std::mem::take(&mut self.blanks) {
            if has_ours {
                self.put_blank(line.start);
            } else {
                self.output.keep(self.input, line);
            }
        }
    }

    /// Lets a quotation go on over the empty lines behind it, where the line goes on with it.
    fn join_quotes(&mut self, depth: usize, rest: &str) {
        let rest = rest.trim_start();
        let goes_on = rest.starts_with('>') && !rest[1..].trim_start().starts_with("[!");
        if !self.reads_indented_lists() || !goes_on || depth != self.frames.len() {
            return;
        }
        for line in std::mem::take(&mut self.blanks) {
            self.put_prefix(0, line.start);
            self.output.put(">\n", self.input.offset(line.start));
        }
    }

    /// An empty line inside the containers that are left.
    pub(super) fn put_blank(&mut self, at: usize) {
        self.put_prefix(0, at);
        self.output.put("\n", self.input.offset(at));
    }

    /// What stands before a line in the containers from `first` on.
    pub(super) fn put_prefix(&mut self, first: usize, at: usize) {
        let source = self.input.offset(at);
        for index in first..self.frames.len() {
            match self.frames[index] {
                Frame::Item(columns) => self.put_spaces(columns, at),
                Frame::Margin(_) => {}
                Frame::Quote | Frame::Ours(..) => self.output.put("> ", source),
            }
        }
    }

    pub(super) fn put_spaces(&mut self, mut columns: usize, at: usize) {
        const SPACES: &str = "                ";
        let source = self.input.offset(at);
        while columns > 0 {
            let length = columns.min(SPACES.len());
            self.output.put(&SPACES[..length], source);
            columns -= length;
        }
    }

    /// The line behind the containers that it goes on with.
    fn content(&mut self, mut cursor: Cursor, end: usize) {
        let text: &str = &self.input.text[..end];
        while cursor.at < end {
            let stop = self.part_end(cursor.at, text);
            let stop = self.change_end(cursor.at, &text[..stop]);
            cursor.at = match self.part(cursor, stop) {
                Taken::UpTo(at) => at,
                Taken::Whole if stop < end => stop,
                Taken::Whole => return,
            };
            if self.is_change_end(cursor.at) {
                self.output.put("\n", self.input.offset(cursor.at));
                cursor.at = self.end_change(text);
            }
        }
    }

    /// A line, or a part of one that is read as a line.
    fn part(&mut self, mut cursor: Cursor, end: usize) -> Taken {
        let input = self.input;
        let text: &str = &input.text[..end];
        let bytes = text.as_bytes();
        let mut start = cursor.at;
        loop {
            let indent = cursor.indent(bytes);
            let mut inside = cursor;
            inside.skip(indent, bytes);
            let rest = &text[inside.at..];
            let before = &text[self.line_start.min(start)..inside.at];
            let is_first = start > self.line_start && text[..start].ends_with('>')
                || before.len() <= 3 && before.trim().is_empty();
            if let Some(taken) = self.raw_element(start, inside.at, is_first, text) {
                return taken;
            }
            let had_fence = self.has_fence();
            if self.goes_on(rest, indent)
                || indent < 4 && self.starts_reference(start, inside.at, text)
            {
                if !had_fence {
                    self.join_code_of_item(inside.at, text);
                }
                break;
            }
            if indent > 3 {
                self.words(start..end, None);
                return Taken::Whole;
            }
            if rest.starts_with('>') {
                inside.take(1);
                self.output.keep(self.input, start..inside.at);
                start = inside.at;
                inside.skip(1, bytes);
                if self.reads_indented_lists() {
                    self.output.put(" ", self.input.offset(inside.at));
                    self.put_spaces(inside.rest, inside.at);
                    start = inside.at;
                }
                cursor = inside;
                self.lists.end(self.frames.len());
                self.push(Frame::Quote);
                self.in_paragraph = false;
                continue;
            }
            if rest.trim().is_empty() {
                self.in_paragraph = false;
                self.lists.blank();
                break;
            }
            if self.reads_indented_lists() {
                if let Some(behind) = self.indented_item(inside, text) {
                    cursor = behind;
                    start = behind.at;
                    continue;
                }
            } else if let Some(width) = item_width(rest, self.in_paragraph) {
                let mut behind = inside;
                behind.take(width);
                let space = behind.indent(bytes);
                let is_empty = text[behind.at..].trim().is_empty();
                let space = if is_empty || space > 4 { 1 } else { space };
                behind.skip(space, bytes);
                cursor = behind;
                self.push(Frame::Item(indent + width + space));
                self.in_paragraph = false;
                if is_empty {
                    break;
                }
                continue;
            }
            if let Some(width) = note_width(rest, self.dialect) {
                inside.take(width);
                cursor = inside;
                self.push(Frame::Item(4));
                self.in_paragraph = false;
                continue;
            }
            let in_paragraph = self.in_paragraph;
            if let Some(behind) = self.starts_change(start, inside.at, text) {
                return Taken::UpTo(behind);
            }
            if let Some(taken) = self.markdown_element(start, inside.at, text) {
                return taken;
            }
            if !self.open(start, inside.at, indent, text) {
                let first = Some(inside.at).filter(|_| !in_paragraph);
                if self.reads_indented_lists() {
                    start = self.settle(start, inside.at, text, in_paragraph);
                }
                self.words(start..end, first);
            }
            return Taken::Whole;
        }
        self.output.keep(self.input, start..end);
        Taken::Whole
    }

    pub(super) fn push(&mut self, frame: Frame) {
        if self.frames.len() < 4 * MAX_DEPTH {
            self.frames.push(frame);
        }
    }

    /// Whether the line belongs to code or HTML that started before, or starts such; keeps track of it.
    fn goes_on(&mut self, rest: &str, indent: usize) -> bool {
        self.end_reference(indent);
        if let Some(fence) = self.fence {
            let run = rest.bytes().take_while(|it| *it == fence.mark).count();
            if indent < 4 && run >= fence.length && rest[run..].trim().is_empty() {
                self.fence = None;
            }
            return true;
        }
        match self.html {
            Html::Until(end) => {
                if rest.contains(end) {
                    self.html = Html::None;
                }
                return true;
            }
            Html::UntilBlank => return self.html_goes_on(rest),
            Html::None | Html::UntilAt(_) => {}
        }
        if indent > 3 {
            return false;
        }
        if let Some((mark, length)) = fence_start(rest) {
            let depth = self.frames.len();
            self.fence = Some(Fence {
                mark,
                length,
                depth,
                joined: self.joined,
                is_reference: false,
                slashes: 0,
            });
            self.in_paragraph = false;
            return true;
        }
        if !rest.starts_with('<') || self.is_markdown_tag(rest) {
            return false;
        }
        self.html = html_start(rest);
        match self.html {
            Html::None | Html::UntilAt(_) => false,
            Html::Until(_) => true,
            Html::UntilBlank => self.html_goes_on(rest),
        }
    }

    /// Keeps the code in its item that starts in the line of the item's mark, where its lines are set in by less than
    /// four columns: Python-Markdown knows no code there, and all that follows would be taken for some.
    fn join_code_of_item(&mut self, at: usize, text: &str) {
        let before = &text[self.line_start..at];
        let is_item = matches!(self.frames.last(), Some(Frame::Item(_)));
        let next = self.input.text[text.len()..]
            .lines()
            .next()
            .unwrap_or_default();
        let columns = next.len() - next.trim_start_matches(' ').len();
        let mark = before.trim_start().len();
        if !self.reads_indented_lists() || !is_item || mark == 0 {
            return;
        }
        let around = self.frames.len() - 1;
        if let Some(fence) = self.fence.as_mut().filter(|it| it.joined.is_none())
            && columns < before.len().next_multiple_of(4)
        {
            fence.joined = Some((around, mark));
        }
    }

    /// Whether the line is code between fences.
    pub(super) fn has_fence(&self) -> bool {
        self.fence.is_some()
    }

    /// Ends the line and leaves an empty one behind a byte of it; only what is left of the line needs to be set out.
    pub(super) fn put_break_behind(&mut self, at: usize, text: &str) {
        let source = at.min(text.len() - 1);
        if !text[at..].trim().is_empty() {
            return self.put_break(source);
        }
        self.output.put("\n", self.input.offset(source));
        self.put_blank(source);
    }

    /// Ends the line and leaves an empty one.
    pub(super) fn put_break(&mut self, at: usize) {
        self.output.put("\n", self.input.offset(at));
        self.put_blank(at);
        self.put_prefix(0, at);
    }
}
