//! Containers that are marked by indentation (`!!!`, `???`, `===`) become quotations, which the Markdown
//! parser knows, and what is for us alone is taken out. One pass over the lines; the parser decides
//! everything else, so links and footnotes resolve across the page.

use std::ops::Range;

use crate::markdown::dialect::{Construct, Dialect};
use crate::markdown::document::{Abbreviation, AdmonitionForm, Place};
use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::captions::Caption;
use crate::markdown::mkdocs::{
    abbreviations, admonitions, details, formulas, slash_blocks, table_code, tabs,
};

/// Stands before a title, so that nothing in it starts a block. It counts as punctuation, so that
/// emphasis may start behind it.
pub(crate) const SENTINEL: &str = "\u{2016}";

/// How many containers may be in one another; deeper ones stay text.
const MAX_DEPTH: usize = 48;

/// A text for the Markdown parser.
pub(crate) struct Prepared<'a> {
    /// The text.
    pub(crate) text: Mapped<'a>,
    /// The containers in order; each starts at the `>` at `at`.
    pub(crate) openings: Vec<Opening>,
    /// The abbreviations that were taken out.
    pub(crate) abbreviations: Vec<Abbreviation>,
}

/// The line that opens a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    /// What it opens.
    pub(crate) form: Form,
    /// Classes in lower case, the kind first.
    pub(crate) classes: Vec<String>,
    /// The title, in the line; `None` where there are no quotes, empty where there is nothing between.
    pub(crate) title: Option<Range<usize>>,
    /// The byte of the prepared text where the quotation starts.
    pub(crate) at: usize,
    /// The line.
    pub(crate) place: Place,
    /// The classes.
    pub(crate) kind_place: Place,
    /// Whether any line belongs to it.
    pub(crate) has_body: bool,
    /// The anchor that it asks for.
    pub(crate) id: Option<String>,
    /// The title where the line has none; that of its kind where this is `None`.
    pub(crate) default_title: Option<String>,
    /// How many slashes end it; 0 where the indentation does.
    pub(crate) slashes: usize,
    /// Whether a line of slashes ends it.
    pub(crate) is_closed: bool,
    kind: Range<usize>,
}

/// What a line opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An admonition or a foldable part.
    Admonition(AdmonitionForm),
    /// A tab.
    Tab {
        /// Whether it does not belong to the tabs before it.
        starts_set: bool,
        /// Whether it is the one shown at first.
        is_first: bool,
    },
    /// A caption.
    Caption(Caption),
    /// Terms and what they mean.
    Definitions,
    /// An element of HTML.
    Element {
        /// What it starts with, up to the attributes.
        start: &'static str,
        /// What ends it.
        end: &'static str,
    },
}

impl Opening {
    /// An opening whose classes and title are at ranges of the line.
    pub(crate) fn new(
        form: Form,
        line: &str,
        kind: Range<usize>,
        title: Option<Range<usize>>,
    ) -> Self {
        let classes = line[kind.clone()].split(' ').filter(|it| !it.is_empty());
        Self {
            form,
            classes: classes.map(str::to_lowercase).collect(),
            title,
            at: 0,
            place: Place::default(),
            kind_place: Place::default(),
            has_body: false,
            id: None,
            default_title: None,
            slashes: 0,
            is_closed: false,
            kind,
        }
    }
}

/// Prepares a text.
pub(crate) fn prepare<'a>(text: Mapped<'a>, dialect: &Dialect) -> Prepared<'a> {
    let has = |construct| dialect.constructs.has(construct);
    let occurs = |mark: &str| text.text.contains(mark);
    let needed = has(Construct::TightHeadings) && occurs("#")
        || has(Construct::Admonitions) && occurs("!!!")
        || has(Construct::Details) && occurs("???")
        || has(Construct::Tabs) && occurs("===")
        || has_slash_blocks(dialect) && occurs("///")
        || has(Construct::Abbreviations) && occurs("*[")
        || has(Construct::MarkdownInHtml) && occurs("markdown")
        || has(Construct::DefinitionLists) && occurs("\n:")
        || has(Construct::Formulas) && occurs("\\")
        || has(Construct::PipesInCode) && occurs("`") && occurs("|");
    if !needed {
        return Prepared {
            text,
            openings: Vec::new(),
            abbreviations: Vec::new(),
        };
    }
    let mut scanner = Scanner {
        input: &text,
        dialect,
        output: Mapped::empty(),
        frames: Vec::new(),
        openings: Vec::new(),
        abbreviations: Vec::new(),
        fence: None,
        html: Html::None,
        markdown_html: Vec::new(),
        in_paragraph: false,
        after_blank: true,
        after_quote: false,
        options_of: None,
        run: Run::Words,
        blanks: Vec::new(),
    };
    scanner.run();
    let Scanner {
        output,
        openings,
        abbreviations,
        ..
    } = scanner;
    Prepared {
        text: output,
        openings,
        abbreviations,
    }
}

fn has_slash_blocks(dialect: &Dialect) -> bool {
    [
        Construct::AdmonitionBlocks,
        Construct::DetailsBlocks,
        Construct::TabBlocks,
        Construct::HtmlBlocks,
        Construct::CaptionBlocks,
        Construct::DefinitionBlocks,
    ]
    .into_iter()
    .any(|it| dialect.constructs.has(it))
}

/// A container that a line is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
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

/// A block of raw HTML, in which no line is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Html {
    None,
    UntilBlank,
    Until(&'static str),
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

struct Scanner<'t, 'a> {
    input: &'t Mapped<'a>,
    dialect: &'t Dialect,
    output: Mapped<'static>,
    frames: Vec<Frame>,
    openings: Vec<Opening>,
    abbreviations: Vec<Abbreviation>,
    fence: Option<Fence>,
    html: Html,
    /// Open elements whose content is Markdown: name, how many of that name, and the depth.
    markdown_html: Vec<(String, usize, usize)>,
    in_paragraph: bool,
    after_blank: bool,
    /// Whether a quotation has been there since the last empty line.
    after_quote: bool,
    /// The block whose first line is right above, but for its options.
    options_of: Option<usize>,
    /// What lines without an empty one between them make together.
    run: Run,
    /// Empty lines that are yet to be written.
    blanks: Vec<Range<usize>>,
}

/// A place in a line, in bytes and columns; a tab may be used up in part.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    at: usize,
    column: usize,
    /// Columns of a tab before `at` that are not used up.
    rest: usize,
}

impl Cursor {
    /// How many columns of white space follow.
    fn indent(mut self, bytes: &[u8]) -> usize {
        let start = self.column - self.rest;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b' ' => self.column += 1,
                b'\t' => self.column += 4 - self.column % 4,
                _ => break,
            }
            self.at += 1;
        }
        self.column - start
    }

    /// Uses up so many columns of white space.
    fn skip(&mut self, mut columns: usize, bytes: &[u8]) {
        let used = self.rest.min(columns);
        self.rest -= used;
        columns -= used;
        while columns > 0 {
            let width = match bytes.get(self.at) {
                Some(b' ') => 1,
                Some(b'\t') => 4 - self.column % 4,
                _ => return,
            };
            self.at += 1;
            self.column += width;
            self.rest = width.saturating_sub(columns);
            columns = columns.saturating_sub(width);
        }
    }

    /// Uses up a mark of so many bytes.
    fn take(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += bytes;
        self.rest = 0;
    }
}

impl Scanner<'_, '_> {
    fn run(&mut self) {
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
    }

    fn line(&mut self, line: Range<usize>) {
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
        self.markdown_html.retain(|(_, _, depth)| *depth <= matched);
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
    fn put_blank(&mut self, at: usize) {
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
        let input = self.input;
        let text: &str = &input.text[..end];
        let bytes = text.as_bytes();
        let start = cursor.at;
        loop {
            let indent = cursor.indent(bytes);
            let mut inside = cursor;
            inside.skip(indent, bytes);
            let rest = &text[inside.at..];
            if self.goes_on(rest, indent) {
                break;
            }
            if indent > 3 {
                return self.words(start..end, None);
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
            if self.open(start, inside.at, indent, text) {
                return;
            }
            return self.words(start..end, Some(inside.at).filter(|_| !in_paragraph));
        }
        self.output.keep(self.input, start..end);
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
            Html::None => {}
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
            Html::None => false,
            Html::Until(_) => true,
            Html::UntilBlank => self.html_goes_on(rest),
        }
    }

    /// Whether a line of raw HTML leaves the element open whose content is Markdown.
    fn html_goes_on(&mut self, rest: &str) -> bool {
        let Some((name, count, _)) = self.markdown_html.last_mut() else {
            return true;
        };
        let tags = |mark: &str| {
            let found = rest.match_indices(mark);
            found
                .filter(|(at, _)| starts_with_name(&rest[at + mark.len()..], name))
                .count()
        };
        let (opened, closed) = (tags("<"), tags("</"));
        if closed >= *count + opened {
            self.html = Html::None;
            return false;
        }
        *count = *count + opened - closed;
        true
    }

    /// Whether the line starts or ends an element whose content is Markdown.
    fn is_markdown_tag(&self, rest: &str) -> bool {
        if let Some((name, _, _)) = self.markdown_html.last()
            && rest
                .strip_prefix("</")
                .is_some_and(|it| starts_with_name(it, name))
        {
            return true;
        }
        self.dialect.constructs.has(Construct::MarkdownInHtml) && markdown_tag(rest).is_some()
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
            Some(b'<') if has(Construct::MarkdownInHtml) => return self.html_tag(start, at, text),
            _ if !self.markdown_html.is_empty() => return self.html_end(start, at, text),
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

    /// Puts the missing space into `#Heading`, which Python-Markdown takes as a heading.
    fn heading(&mut self, start: usize, at: usize, text: &str) -> bool {
        let rest = &text[at..];
        let level = rest.bytes().take_while(|it| *it == b'#').count();
        self.in_paragraph = false;
        let after = rest[level..].trim_end();
        if level > 6 || after.is_empty() || after.starts_with([' ', '\t']) {
            return false;
        }
        self.output.keep(self.input, start..at + level);
        self.output.put(" ", self.input.offset(at + level));
        self.output.keep(self.input, at + level..text.len());
        true
    }

    /// Sets the tags of an element apart from the Markdown in it.
    fn html_tag(&mut self, start: usize, at: usize, text: &str) -> bool {
        let Some((name, length)) = markdown_tag(&text[at..]) else {
            return self.html_end(start, at, text);
        };
        self.markdown_html
            .push((name.to_owned(), 1, self.frames.len()));
        let behind = at + length;
        if !self.after_blank {
            self.put_break(at);
        }
        self.output.keep(self.input, start..behind);
        self.put_break(behind);
        if !text[behind..].trim().is_empty() {
            return self.html_end(behind, behind, text);
        }
        self.after_blank = true;
        true
    }

    /// Ends the element where its end tag is in the line. Always writes the line.
    fn html_end(&mut self, start: usize, at: usize, text: &str) -> bool {
        let Some((name, count, _)) = self.markdown_html.last_mut() else {
            self.in_paragraph = true;
            return false;
        };
        let mut from = at;
        while let Some(found) = text[from..].find('<').map(|it| from + it) {
            from = found + 1;
            if let Some(end) = text[from..]
                .strip_prefix('/')
                .filter(|it| starts_with_name(it, name))
            {
                *count -= 1;
                if *count > 0 {
                    continue;
                }
                let behind = end
                    .find('>')
                    .map_or(text.len(), |it| text.len() - end.len() + it + 1);
                self.markdown_html.pop();
                self.output.keep(self.input, start..found);
                self.put_break(found);
                self.output.keep(self.input, found..behind);
                self.put_break(behind.min(text.len() - 1));
                self.output.keep(self.input, behind..text.len());
                self.in_paragraph = false;
                return true;
            } else if starts_with_name(&text[from..], name) {
                *count += 1;
            }
        }
        self.in_paragraph = true;
        self.output.keep(self.input, start..text.len());
        true
    }

    /// Ends the line and leaves an empty one.
    fn put_break(&mut self, at: usize) {
        self.output.put("\n", self.input.offset(at));
        self.put_blank(at);
        self.put_prefix(0, at);
    }
}

/// How wide the mark of a list item is; `None` where the line is none.
fn item_width(rest: &str, in_paragraph: bool) -> Option<usize> {
    let bytes = rest.as_bytes();
    let digits = bytes.iter().take_while(|it| it.is_ascii_digit()).count();
    let width = match bytes.get(digits)? {
        b'-' | b'+' | b'*' if digits == 0 => 1,
        b'.' | b')' if (1..10).contains(&digits) => digits + 1,
        _ => return None,
    };
    let behind = rest[width..].trim_end_matches('\n');
    if !behind.is_empty() && !behind.starts_with([' ', '\t']) {
        return None;
    }
    let is_empty = behind.trim().is_empty();
    if in_paragraph && (is_empty || digits > 0 && &rest[..digits] != "1") || is_ruler(rest) {
        return None;
    }
    Some(width)
}

/// Whether the line is `* * *` or the like.
fn is_ruler(rest: &str) -> bool {
    let mut marks = rest.bytes().filter(|it| !it.is_ascii_whitespace());
    let Some(first @ (b'-' | b'*' | b'_')) = marks.next() else {
        return false;
    };
    let mut count = 1;
    for mark in marks {
        if mark != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// How wide the mark of a footnote or a definition is.
fn note_width(rest: &str, dialect: &Dialect) -> Option<usize> {
    if dialect.constructs.has(Construct::Footnotes)
        && let Some(label) = rest.strip_prefix("[^")
    {
        let end = label.find(']')?;
        return (end > 0 && label[end + 1..].starts_with(':')).then_some(end + 4);
    }
    let is_definition = dialect.constructs.has(Construct::DefinitionLists)
        && (rest.starts_with(": ") || rest.starts_with(":\t"));
    is_definition.then_some(1)
}

/// The mark and length of the line that starts code.
fn fence_start(rest: &str) -> Option<(u8, usize)> {
    let mark = *rest
        .as_bytes()
        .first()
        .filter(|it| matches!(it, b'`' | b'~'))?;
    let length = rest.bytes().take_while(|it| *it == mark).count();
    let closes = mark == b'`' && rest[length..].contains('`');
    (length >= 3 && !closes).then_some((mark, length))
}

/// What kind of HTML block the line starts (`CommonMark` 0.31, 4.6).
fn html_start(rest: &str) -> Html {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return if comment.contains("-->") {
            Html::None
        } else {
            Html::Until("-->")
        };
    }
    let name = rest[1..].trim_start_matches('/');
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = &name[..length];
    let verbatim = [
        ("pre", "</pre>"),
        ("script", "</script>"),
        ("style", "</style>"),
        ("textarea", "</textarea>"),
    ];
    for (element, end) in verbatim {
        if name.eq_ignore_ascii_case(element) && !rest.starts_with("</") {
            return if rest.contains(end) {
                Html::None
            } else {
                Html::Until(end)
            };
        }
    }
    let is_block = BLOCK_ELEMENTS
        .iter()
        .any(|it| name.eq_ignore_ascii_case(it));
    if is_block {
        Html::UntilBlank
    } else {
        Html::None
    }
}

/// Elements whose tag starts a block of HTML (`CommonMark` 0.31, 4.6, condition 6).
const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// The name and length of a tag that says `markdown`.
fn markdown_tag(rest: &str) -> Option<(&str, usize)> {
    let inside = rest.strip_prefix('<')?;
    let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, attributes) = inside.split_at(length);
    let attributes = &attributes[..attributes.find('>')?];
    let says = attributes.split_ascii_whitespace().any(|it| {
        let (key, value) = it.split_once('=').unwrap_or((it, "1"));
        key == "markdown" && !matches!(value.trim_matches(['"', '\'']), "0" | "off" | "false")
    });
    (length > 0 && says).then_some((name, length + attributes.len() + 2))
}

/// Whether the text starts with a name and ends or goes on with something else.
fn starts_with_name(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= name.len()
        && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && !bytes
            .get(name.len())
            .is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> Dialect {
        let mut dialect = Dialect::native();
        dialect.constructs = dialect.constructs.with(Construct::TightHeadings);
        dialect
    }

    fn prepared(source: &str) -> String {
        let prepared = prepare(Mapped::kept(source, 0), &everything());
        for opening in &prepared.openings {
            assert_eq!(
                &prepared.text.text[opening.at..=opening.at],
                ">",
                "{source:?}"
            );
        }
        prepared.text.text.replace(SENTINEL, "@")
    }

    #[test]
    fn containers_become_quotations() {
        let cases = [
            ("!!! note\n    a\n\n    b\n\nc\n", ">\n> a\n> \n> b\n\nc\n"),
            ("!!! note \"T\"\n    a\nb\n", "> @T\n> \n> a\n\nb\n"),
            ("!!! a\n    x\n!!! b\n\ty\n", ">\n> x\n\n>\n> y\n"),
            (
                "- x\n    ??? a\n        y\n- z\n",
                "- x\n    >\n  > y\n\n- z\n",
            ),
            (
                "!!! a\n    !!! b\n        x\n    y\n",
                ">\n> >\n> > x\n> \n> y\n",
            ),
            (
                "!!! a\n    ```\n    !!! b\n    ```\n",
                ">\n> ```\n> !!! b\n> ```\n",
            ),
            ("```\n!!! a\n    b\n```\n", "```\n!!! a\n    b\n```\n"),
            ("    !!! a\n        b\n", "    !!! a\n        b\n"),
            ("> !!! a\n>     b\n", "> >\n> > b\n"),
            (
                "=== \"A\"\n    x\n\n=== \"B\"\n    y\n",
                "> @A\n> \n> x\n\n> @B\n> \n> y\n",
            ),
            ("<pre>\n!!! a\n</pre>\n", "<pre>\n!!! a\n</pre>\n"),
            ("#a\n##b #c\n# d\n#\n", "# a\n## b #c\n# d\n#\n"),
            ("a\n\n*[X]: y\n", "a\n\n\n"),
            ("!!! a\n     x\n      y\n", ">\n>  x\n>   y\n"),
            ("!!! a\n    - x\n\n        y\n", ">\n> - x\n>   \n>     y\n"),
        ];
        for (source, expected) in cases {
            assert_eq!(prepared(source), expected, "{source:?}");
        }
    }

    #[test]
    fn markdown_in_html_is_set_apart() {
        let cases = [
            (
                "<div markdown>\n*a*\n</div>\nb\n",
                "<div markdown>\n\n\n*a*\n\n\n</div>\n\nb\n",
            ),
            (
                "<div markdown=\"1\">*a*</div>\n",
                "<div markdown=\"1\">\n\n*a*\n\n</div>\n\n\n",
            ),
            ("<div>\n*a*\n</div>\n", "<div>\n*a*\n</div>\n"),
        ];
        for (source, expected) in cases {
            let found = prepared(source);
            let squeeze = |it: &str| {
                let lines: Vec<&str> = it.lines().filter(|it| !it.trim().is_empty()).collect();
                lines.join("\n")
            };
            assert_eq!(squeeze(&found), squeeze(expected), "{source:?}\n{found}");
        }
    }
}
