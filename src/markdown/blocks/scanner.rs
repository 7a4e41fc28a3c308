//! One pass over the lines of a page, container by container, as the Markdown parser reads them.

use std::ops::Range;

use super::cursor::Cursor;
use super::elements::{Html, MarkdownElement, Taken, html_start};
use super::starts::{fence_start, item_width, note_width};
use super::{MAX_DEPTH, Opening, Prepared, SENTINEL};
use crate::markdown::dialect::{Construct, Dialect};
use crate::markdown::document::Abbreviation;
use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::{
    abbreviations, admonitions, details, formulas, slash_blocks, table_code, tabs,
};

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
}

/// A block of code between fences.
#[derive(Clone, Copy, Debug)]
struct Fence {
    mark: u8,
    length: usize,
    depth: usize,
}
/// What lines without an empty one between them make together.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Run {
    /// A paragraph and the like.
    Words,
    /// A table.
    Table,
    /// A formula, with what ends it.
    Formula(formulas::End),
}

pub(super) struct Scanner<'t, 'a> {
    pub(super) input: &'t Mapped<'a>,
    pub(super) dialect: &'t Dialect,
    pub(super) output: Mapped<'static>,
    pub(super) frames: Vec<Frame>,
    openings: Vec<Opening>,
    abbreviations: Vec<Abbreviation>,
    fence: Option<Fence>,
    pub(super) html: Html,
    /// Open elements whose content is Markdown.
    pub(super) markdown_html: Vec<MarkdownElement>,
    /// How many bytes may still be looked through for ends of raw HTML.
    pub(super) raw_budget: usize,
    /// Where the line starts.
    line_start: usize,
    pub(super) in_paragraph: bool,
    pub(super) after_blank: bool,
    /// Whether a quotation has been there since the last empty line.
    after_quote: bool,
    /// The block whose first line is right above, but for its options.
    options_of: Option<usize>,
    /// What lines without an empty one between them make together.
    run: Run,
    /// Empty lines that are yet to be written.
    blanks: Vec<Range<usize>>,
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
            html: Html::None,
            markdown_html: Vec::new(),
            raw_budget: RAW_EFFORT.saturating_mul(input.text.len()),
            line_start: 0,
            in_paragraph: false,
            after_blank: true,
            after_quote: false,
            options_of: None,
            run: Run::Words,
            blanks: Vec::new(),
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
        Prepared {
            text: self.output,
            openings: self.openings,
            abbreviations: self.abbreviations,
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
        let (matched, first_ours) = self.enter(&mut cursor, bytes, is_blank);

        self.after_quote |= self.frames.contains(&Frame::Quote);
        if self.takes_option(cursor, text) || !is_blank && self.ends_block(cursor, matched, text) {
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
                self.leave(matched, line.start);
            }
            self.blank_line(line);
            return;
        }
        if matched < self.frames.len() && !self.is_lazy(&text[cursor.at..], matched) {
            self.leave(matched, line.start);
        }
        self.put_blanks();
        self.after_quote |= self.frames.contains(&Frame::Quote);
        let lead = first_ours.map_or(cursor, |(_, at)| at);
        self.output.keep(self.input, line.start..lead.at);
        if let Some((index, _)) = first_ours {
            self.put_prefix(index, lead.at);
            self.put_spaces(cursor.rest, cursor.at);
        }
        for frame in &self.frames[..matched.min(self.frames.len())] {
            if let Frame::Ours(_, opening) = frame {
                self.openings[*opening].has_body = true;
            }
        }
        self.content(cursor, line.end);
        self.after_quote |= self.frames.contains(&Frame::Quote);
        self.after_blank = false;
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
        self.leave(index, cursor.at);
        self.after_blank = true;
        true
    }

    /// Goes through the containers that the line is in: how many, and where the first of ours starts.
    fn enter(
        &self,
        cursor: &mut Cursor,
        bytes: &[u8],
        is_blank: bool,
    ) -> (usize, Option<(usize, Cursor)>) {
        let mut first_ours = None;
        for (index, frame) in self.frames.iter().enumerate() {
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
                Frame::Quote => {
                    let mut inside = *cursor;
                    inside.skip(indent, bytes);
                    if indent > 3 || bytes.get(inside.at) != Some(&b'>') {
                        return (index, first_ours);
                    }
                    inside.take(1);
                    inside.skip(1, bytes);
                    *cursor = inside;
                }
            }
        }
        (self.frames.len(), first_ours)
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
        !starts.starts_with([
            '>', '#', '`', '~', '<', '*', '-', '+', '!', '?', '=', '[', ':',
        ]) && !starts.starts_with(|it: char| it.is_ascii_digit())
    }

    /// Leaves the containers from `matched` on.
    fn leave(&mut self, matched: usize, at: usize) {
        let ours = self.frames[matched..]
            .iter()
            .any(|it| matches!(it, Frame::Ours(..)));
        self.frames.truncate(matched);
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
        self.in_paragraph = false;
        self.after_blank = true;
        self.after_quote = false;
        self.run = Run::Words;
        self.blanks.push(line);
    }

    fn put_blanks(&mut self) {
        let has_ours = self.frames.iter().any(|it| matches!(it, Frame::Ours(..)));
        for line in std::mem::take(&mut self.blanks) {
            if has_ours {
                self.put_blank(line.start);
            } else {
                self.output.keep(self.input, line);
            }
        }
    }

    /// An empty line inside the containers that are left.
    pub(super) fn put_blank(&mut self, at: usize) {
        self.put_prefix(0, at);
        self.output.put("\n", self.input.offset(at));
    }

    /// What stands before a line in the containers from `first` on.
    fn put_prefix(&mut self, first: usize, at: usize) {
        let source = self.input.offset(at);
        for index in first..self.frames.len() {
            match self.frames[index] {
                Frame::Item(columns) => self.put_spaces(columns, at),
                Frame::Quote | Frame::Ours(..) => self.output.put("> ", source),
            }
        }
    }

    fn put_spaces(&mut self, mut columns: usize, at: usize) {
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
        loop {
            let stop = self.part_end(cursor.at, text);
            cursor.at = match self.part(cursor, stop) {
                Taken::UpTo(at) => at,
                Taken::Whole if stop < end => stop,
                Taken::Whole => return,
            };
        }
    }

    /// A line, or a part of one that is read as a line.
    fn part(&mut self, mut cursor: Cursor, end: usize) -> Taken {
        let input = self.input;
        let text: &str = &input.text[..end];
        let bytes = text.as_bytes();
        let start = cursor.at;
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
            if self.goes_on(rest, indent) {
                break;
            }
            if indent > 3 {
                self.words(start..end, None);
                return Taken::Whole;
            }
            if rest.starts_with('>') {
                inside.take(1);
                inside.skip(1, bytes);
                cursor = inside;
                self.push(Frame::Quote);
                self.in_paragraph = false;
                continue;
            }
            if let Some(width) = item_width(rest, self.in_paragraph) {
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
                continue;
            }
            let in_paragraph = self.in_paragraph;
            if let Some(taken) = self.markdown_element(start, inside.at, text) {
                return taken;
            }
            if !self.open(start, inside.at, indent, text) {
                self.words(start..end, Some(inside.at).filter(|_| !in_paragraph));
            }
            return Taken::Whole;
        }
        self.output.keep(self.input, start..end);
        Taken::Whole
    }

    /// Writes a line that is no code; where it starts a paragraph, its words are at `first`.
    fn words(&mut self, line: Range<usize>, first: Option<usize>) {
        let input = self.input;
        let mut marks = Vec::new();
        if self.dialect.constructs.has(Construct::PipesInCode) {
            self.find_table_code(&line, &mut marks);
        }
        if self.dialect.constructs.has(Construct::Formulas) {
            self.find_formulas(&line, first, &mut marks);
        }
        marks.sort_by_key(|it| it.0.start);
        let mut done = line.start;
        for (range, instead) in marks {
            if range.start < done {
                continue;
            }
            self.output.keep(input, done..range.start);
            self.output.put(instead, input.offset(range.start));
            done = range.end;
        }
        self.output.keep(input, done..line.end);
    }

    /// Finds what needs a backslash in the line of a table.
    fn find_table_code(&mut self, line: &Range<usize>, marks: &mut formulas::Marks) {
        let text: &str = &self.input.text;
        let words = &text[line.clone()];
        if !words.contains('|') {
            return;
        }
        let next = text[line.end..].lines().next().unwrap_or_default();
        if table_code::is_ruler(words) || table_code::is_ruler(next) {
            self.run = Run::Table;
        }
        if self.run == Run::Table && words.contains('`') {
            let bars = table_code::bars(words).into_iter();
            marks.extend(bars.map(|it| (line.start + it..line.start + it, "\\")));
        }
    }

    /// Finds the marks of formulas.
    fn find_formulas(
        &mut self,
        line: &Range<usize>,
        first: Option<usize>,
        marks: &mut formulas::Marks,
    ) {
        let text: &str = &self.input.text;
        let mut inside = line.start;
        if let Some(at) = first
            && let Some((end, length)) = formulas::read_start(&text[at..])
        {
            self.run = Run::Formula(end);
            marks.push((at..at + length, "$$"));
            inside = at + length;
        }
        let words = &text[inside..line.end];
        let found = match &self.run {
            Run::Formula(end) => end.of(words).map(|it| (it, "$$")).into_iter().collect(),
            Run::Words | Run::Table => formulas::pairs(words),
        };
        if matches!(self.run, Run::Formula(_)) && !found.is_empty() {
            self.run = Run::Words;
        }
        let shifted = |it: Range<usize>| it.start + inside..it.end + inside;
        marks.extend(
            found
                .into_iter()
                .map(|(it, instead)| (shifted(it), instead)),
        );
    }

    fn push(&mut self, frame: Frame) {
        if self.frames.len() < 4 * MAX_DEPTH {
            self.frames.push(frame);
        }
    }

    /// Whether the line belongs to code or HTML that started before, or starts such; keeps track of it.
    fn goes_on(&mut self, rest: &str, indent: usize) -> bool {
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
    /// Writes a line that is ours; `at` is where it starts behind its indentation. `false` where it is not ours.
    fn open(&mut self, start: usize, at: usize, indent: usize, text: &str) -> bool {
        let line = text[at..].trim_end_matches('\n');
        let has = |construct| self.dialect.constructs.has(construct);
        let opening = match line.as_bytes().first() {
            Some(b'!') if has(Construct::Admonitions) => admonitions::read(line),
            Some(b'?') if has(Construct::Details) => details::read(line),
            Some(b'=') if has(Construct::Tabs) => tabs::read(line),
            Some(b'/') => slash_blocks::read(line, self.dialect),
            Some(b'*') if has(Construct::Abbreviations) => return self.abbreviation(line, at),
            Some(b':') if has(Construct::DefinitionLists) => return self.colon(start, at, text),
            Some(b'#') if has(Construct::TightHeadings) => return self.heading(start, at, text),
            _ => None,
        };
        let Some(opening) = opening.filter(|_| self.ours() < MAX_DEPTH) else {
            self.in_paragraph = true;
            return false;
        };
        self.output.keep(self.input, start..at);
        self.put_opening(opening, at, indent, line);
        true
    }

    fn ours(&self) -> usize {
        self.frames
            .iter()
            .filter(|it| matches!(it, Frame::Ours(..)))
            .count()
    }

    fn put_opening(&mut self, mut opening: Opening, at: usize, indent: usize, line: &str) {
        let source = self.input.offset(at);
        if self.after_quote {
            // Two quotations in a row would be one.
            self.output.put("\n", source);
            self.put_prefix(0, at);
        }
        opening.at = self.output.text.len();
        opening.place = self.input.place(at..at + line.trim_end().len());
        opening.kind_place = self
            .input
            .place(at + opening.kind.start..at + opening.kind.end);
        self.output.put(">", source);
        let title = opening
            .title
            .clone()
            .filter(|it| !line[it.clone()].trim().is_empty());
        let is_indented = opening.slashes == 0;
        self.options_of = (!is_indented).then_some(self.openings.len());
        let columns = if is_indented { indent + 4 } else { 0 };
        self.frames.push(Frame::Ours(columns, self.openings.len()));
        if let Some(title) = title {
            self.output.put(" ", source);
            self.output.put(SENTINEL, source);
            self.output
                .keep(self.input, at + title.start..at + title.end);
            self.output.put("\n", source);
            self.put_prefix(0, at);
        }
        self.output.put("\n", source);
        self.openings.push(opening);
        self.in_paragraph = false;
    }

    fn abbreviation(&mut self, line: &str, at: usize) -> bool {
        let Some((short, long)) = abbreviations::read(line) else {
            self.in_paragraph = true;
            return false;
        };
        self.abbreviations.push(Abbreviation {
            short: short.to_owned(),
            long: line[long].to_owned(),
            place: self.input.place(at..at + line.trim_end().len()),
        });
        self.output.put("\n", self.input.offset(at));
        true
    }

    /// Keeps a colon without white space behind it, as in `:smile:`, from starting a definition.
    fn colon(&mut self, start: usize, at: usize, text: &str) -> bool {
        self.in_paragraph = true;
        if text[at + 1..].starts_with([' ', '\t', '\n']) {
            return false;
        }
        self.output.keep(self.input, start..at);
        self.output.put(SENTINEL, self.input.offset(at));
        self.output.keep(self.input, at..text.len());
        true
    }

    /// Puts the missing space into `#Heading`, which Python-Markdown takes as a heading where nothing is before it.
    fn heading(&mut self, start: usize, at: usize, text: &str) -> bool {
        let rest = &text[at..];
        let level = rest.bytes().take_while(|it| *it == b'#').count();
        let after = rest[level..].trim_end();
        if level > 6 || after.is_empty() || after.starts_with([' ', '\t']) {
            self.in_paragraph = false;
            return false;
        }
        if at > start || self.in_paragraph && !self.frames.is_empty() {
            self.in_paragraph = true;
            return false;
        }
        self.in_paragraph = false;
        self.output.keep(self.input, start..at + level);
        self.output.put(" ", self.input.offset(at + level));
        self.output.keep(self.input, at + level..text.len());
        true
    }

    /// Whether the line is code between fences.
    pub(super) fn has_fence(&self) -> bool {
        self.fence.is_some()
    }

    /// Ends the line and leaves an empty one.
    pub(super) fn put_break(&mut self, at: usize) {
        self.output.put("\n", self.input.offset(at));
        self.put_blank(at);
        self.put_prefix(0, at);
    }
}
