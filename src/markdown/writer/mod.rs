//! Events of the Markdown parser become HTML in pieces, plain text and facts.

mod annotations;
mod code;
mod containers;
mod definitions;
mod figures;
mod images;
mod line;
mod links;
mod marked;
mod pictures;
mod tables;
mod verbatim;
mod words;

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::FilePath;
use crate::markdown::blocks::{ListStart, Opening, Prepared};
use crate::markdown::dialect::{Construct, Dialect};
use crate::markdown::document::{
    Attributes, BlockKind, Document, Footnote, Part, Piece, Place, narrow,
};
use crate::markdown::html;
use crate::markdown::inline::{self, Node};
use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::abbreviations::Finder;
use crate::markdown::mkdocs::critic::Ends;
use crate::markdown::mkdocs::fancy_lists::Numbering;
use crate::markdown::mkdocs::marks::Carried;
use crate::markdown::output::{LIMIT, Output};
use crate::markdown::sources::Sources;
use crate::markdown::writer::annotations::Annotations;
use crate::markdown::writer::containers::Container;

/// How deep quotations and lists may go in the HTML; what is deeper is written at this depth.
const MAX_DEPTH: usize = 64;

/// What only a program of the project could show.
const UNSUPPORTED: Code = Code("schema/unsupported");

/// How much explanation of abbreviations a page may repeat, at least.
const ABBREVIATION_BUDGET: usize = 100_000;

/// Writes a page.
pub(crate) fn write(
    prepared: Prepared<'_>,
    sources: Sources,
    source: &str,
    dialect: &Dialect,
) -> (Document, Vec<Diagnostic>) {
    let Prepared {
        text,
        openings,
        abbreviations,
        references,
        lists,
    } = prepared;
    let mut output = Output::new(sources, source, dialect);
    let budget = ABBREVIATION_BUDGET.max(text.text.len());
    let finder = Finder::new(&abbreviations, budget);
    output.document.abbreviations = abbreviations;
    tell_references(&mut output, &references, source);
    let events = Parser::new_ext(&text.text, options(dialect)).into_offset_iter();
    let mut definitions = HashMap::new();
    for (label, definition) in events.reference_definitions().iter() {
        definitions.insert(label.to_owned(), definition.span.clone());
    }
    let mut writer = Writer {
        output,
        text: &text,
        specials: words::specials(dialect),
        literal: words::literal(dialect),
        finder,
        definitions,
        openings: openings.into_iter().peekable(),
        list_starts: lists.into_iter().peekable(),
        nodes: Vec::new(),
        line: Line::Bare,
        containers: Vec::new(),
        tab_sets: 0,
        open_tabs: None,
        table: None,
        code: None,
        html: None,
        notes: HashMap::new(),
        note_order: Vec::new(),
        note_start: None,
        tasks: 0,
        unshown: Vec::new(),
        annotations: Annotations::default(),
        carried: None,
        change_ends: Ends::default(),
    };
    for (event, range) in events {
        writer.event(event, range);
    }
    writer.finish()
}

/// Writes a page that is too long to be read as Markdown.
pub(crate) fn write_plain(
    file: &FilePath,
    source: &str,
    dialect: &Dialect,
) -> (Document, Vec<Diagnostic>) {
    let mut output = Output::new(Sources::new(file, source.len()), source, dialect);
    let message = format!(
        "the page has {} bytes and is shown as plain text",
        source.len()
    );
    let start = Place::default();
    output.tell(
        LIMIT,
        Level::Error,
        message,
        start,
        "split it into pages of less than 4 MiB",
    );
    output.html("<pre>");
    output.quiet += 1;
    output.text(
        source,
        Place {
            start: 0,
            end: narrow(source.len()),
        },
    );
    output.html("</pre>\n");
    output.finish()
}

/// Says once a page which lines ask for the reference of code.
fn tell_references(output: &mut Output<'_>, references: &[Place], source: &str) {
    let Some(first) = references.first() else {
        return;
    };
    output.document.references = references.len();
    let line = source.get(first.range()).unwrap_or(":::");
    let more = match references.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more of its kind on this page"),
    };
    output.tell(
        UNSUPPORTED,
        Level::Warn,
        format!("`{line}` is shown as it is written{more}"),
        *first,
        "link to the reference of the code",
    );
}

/// What the parser is to read.
fn options(dialect: &Dialect) -> Options {
    let has = |construct| dialect.constructs.has(construct);
    let mut options = Options::empty();
    options.set(Options::ENABLE_TABLES, has(Construct::Tables));
    options.set(Options::ENABLE_FOOTNOTES, has(Construct::Footnotes));
    options.set(Options::ENABLE_TASKLISTS, has(Construct::TaskLists));
    options.set(Options::ENABLE_GFM, has(Construct::Alerts));
    options.set(Options::ENABLE_MATH, has(Construct::Formulas));
    options.set(
        Options::ENABLE_DEFINITION_LIST,
        has(Construct::DefinitionLists),
    );
    options
}

/// What the line that is being collected belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Words right inside a list item, or anywhere else without a mark of their own.
    Bare,
    /// A paragraph, which starts at a byte.
    Paragraph(usize),
    /// A heading of a level.
    Heading(u8, usize),
    /// A cell of a table.
    Cell,
    /// The term of a definition list.
    Term,
}

/// A footnote, as far as it is known.
#[derive(Clone, Debug, Default)]
struct Note {
    /// Its number in the order of the first references; 0 where there is none yet.
    number: usize,
    references: Vec<Place>,
    place: Option<Place>,
    body: Vec<Piece>,
}

struct Writer<'a, 't> {
    output: Output<'a>,
    text: &'t Mapped<'t>,
    /// Bytes that may start something in running text.
    specials: [bool; 256],
    /// Characters before which a backslash stays.
    literal: [bool; 128],
    finder: Finder,
    /// Where references are defined.
    definitions: HashMap<String, Range<usize>>,
    openings: std::iter::Peekable<std::vec::IntoIter<Opening>>,
    list_starts: std::iter::Peekable<std::vec::IntoIter<ListStart>>,
    nodes: Vec<Node<'t>>,
    line: Line,
    containers: Vec<Container>,
    tab_sets: usize,
    /// The set of tabs that the next tab would belong to: its number, how many it has, and how deep it is.
    open_tabs: Option<(usize, usize, usize)>,
    table: Option<tables::Columns>,
    code: Option<code::Pending<'t>>,
    html: Option<Mapped<'static>>,
    notes: HashMap<String, Note>,
    note_order: Vec<String>,
    /// Which footnote we are in, and where its pieces start.
    note_start: Option<(String, usize)>,
    tasks: usize,
    /// The icons without a picture that were told.
    unshown: Vec<String>,
    annotations: Annotations,
    /// The critic mark that goes on in the next paragraph.
    carried: Option<Carried>,
    change_ends: Ends,
}

impl<'t> Writer<'_, 't> {
    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        if let Some(code) = &mut self.code {
            if let Event::Text(text) = event {
                code.parts.push((text, range));
                return;
            }
        } else if inline::is_inline(&event) {
            self.close_tabs_before(None);
            inline::add(
                &mut self.nodes,
                event,
                range,
                &self.text.text,
                &self.literal,
            );
            return;
        }
        match event {
            Event::Html(_) => self.add_html(range),
            Event::Rule => {
                self.before_block();
                self.output.end_block();
                self.output.html("<hr>\n");
            }
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            _ => {}
        }
    }

    fn place(&self, range: Range<usize>) -> Place {
        self.text.place(range)
    }

    /// Where a block comes from, without the line ends behind it.
    fn place_of_block(&self, range: Range<usize>) -> Place {
        let mut text = self.text.text[range.clone()].trim_end();
        while let Some((before, last)) = text.rsplit_once('\n')
            && last.bytes().all(|it| matches!(it, b'>' | b' '))
        {
            text = before.trim_end();
        }
        self.text.place(range.start..range.start + text.len())
    }

    /// Writes the line that was collected; what follows is a block.
    fn before_block(&mut self) {
        self.flush_bare();
        self.close_tabs_before(None);
        self.output.before_block();
    }

    fn flush_bare(&mut self) {
        if !self.nodes.is_empty() {
            self.write_line();
        }
    }

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.flush_bare();
                self.close_tabs_before(None);
                self.line = Line::Paragraph(range.start);
            }
            Tag::Heading { level, .. } => {
                self.before_block();
                self.line = Line::Heading(level as u8, range.start);
            }
            Tag::BlockQuote(kind) => self.begin_quote(kind, range),
            Tag::CodeBlock(kind) => {
                self.before_block();
                self.code = Some(code::Pending::new(&kind, range));
            }
            Tag::HtmlBlock => {
                self.flush_bare();
                self.close_tabs_before(None);
                self.output.mark_block();
                self.html = Some(Mapped::empty());
            }
            Tag::List(first) => self.begin_list(first, range),
            Tag::Item => self.begin_item(range),
            Tag::FootnoteDefinition(label) => self.begin_note(&label, range),
            Tag::DefinitionList => {
                self.before_block();
                self.output.end_block();
                self.output.html("<dl>\n");
                self.output.begin("dl");
            }
            Tag::DefinitionListTitle => {
                self.flush_bare();
                self.begin_term(self.place(range));
                self.line = Line::Term;
            }
            Tag::DefinitionListDefinition => {
                self.flush_bare();
                let place = self.place(range);
                self.output.block_tag("<dd", place);
                self.output.html(">");
                self.output.begin("dd");
                self.output.begin_block(BlockKind::Definition, place);
            }
            Tag::Table(alignments) => self.begin_table(alignments, range),
            Tag::TableHead => self.begin_row(range, true),
            Tag::TableRow => self.begin_row(range, false),
            Tag::TableCell => self.begin_cell(range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.write_line(),
            TagEnd::BlockQuote(_) => self.end_quote(range),
            TagEnd::CodeBlock => self.write_code(),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    html::write(&mut self.output, &html);
                }
            }
            TagEnd::List(is_ordered) => self.end_list(is_ordered),
            TagEnd::Item => {
                self.flush_bare();
                self.close_tabs_before(None);
                self.close_block(self.item_end());
            }
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::DefinitionList => self.close_block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close_block("</dd>\n"),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_row(true),
            TagEnd::TableRow => self.end_row(false),
            TagEnd::TableCell => self.end_cell(),
            _ => {}
        }
    }

    /// Ends the element of a block.
    fn close_block(&mut self, end_tag: &str) {
        self.flush_bare();
        self.close_tabs_before(None);
        self.output.end_block();
        self.output.end_tag(end_tag);
    }

    fn add_html(&mut self, range: Range<usize>) {
        if let Some(html) = &mut self.html {
            html.keep(self.text, range);
        } else {
            let mut html = Mapped::empty();
            html.keep(self.text, range);
            html::write(&mut self.output, &html);
        }
    }

    fn begin_list(&mut self, first: Option<u64>, range: Range<usize>) {
        self.before_block();
        self.output.end_block();
        self.output.lists += 1;
        if first.is_some() {
            self.begin_annotation_list();
        }
        if self.is_in_definitions() {
            self.begin_definitions();
        } else if self.output.lists <= MAX_DEPTH {
            match first {
                None => self.output.html("<ul>\n"),
                Some(first) => self.numbered_list_tag(first, range),
            }
            self.output.begin("ul");
        }
    }

    fn numbered_list_tag(&mut self, first: u64, range: Range<usize>) {
        while self.list_starts.next_if(|it| it.at < range.start).is_some() {}
        let noted = self.list_starts.next_if(|it| range.contains(&it.at));
        let numbering = noted.map_or(Numbering::Decimal, |it| it.numbering);
        self.output.html("<ol");
        if self.output.dialect.constructs.has(Construct::ListClasses) {
            self.output.classes(&[], numbering.class());
        }
        if let Some(name) = numbering.html_type() {
            self.output.attribute("type", name);
        }
        let number = noted.map_or(first, |it| it.number);
        if number != 1 {
            self.output.attribute("start", &number.to_string());
        }
        self.output.html(">\n");
    }

    fn end_list(&mut self, is_ordered: bool) {
        self.flush_bare();
        self.output.end_block();
        self.end_annotation_list();
        if !self.end_definitions() && self.output.lists <= MAX_DEPTH {
            self.output
                .end_tag(if is_ordered { "</ol>\n" } else { "</ul>\n" });
        }
        self.output.lists -= 1;
    }

    fn begin_item(&mut self, range: Range<usize>) {
        self.flush_bare();
        if self.begin_definition(range.clone()) {
            return;
        }
        // A box to tick is known from the text alone: the class stands before it is read.
        let item = &self.text.text[range.clone()];
        let digits = item.bytes().take_while(u8::is_ascii_digit).count();
        let rest = item
            .get(digits + 1..)
            .unwrap_or_default()
            .trim_start_matches([' ', '\t']);
        let has = self.output.dialect.constructs.has(Construct::TaskLists);
        let is_task = has
            && ["[ ] ", "[x] ", "[X] "]
                .iter()
                .any(|it| rest.starts_with(it));
        let place = self.place(range);
        self.output.block_tag("<li", place);
        self.put_annotation_id();
        self.output
            .html(if is_task { " class=\"task\">" } else { ">" });
        self.output.begin("li");
        self.output.begin_block(BlockKind::Item, place);
    }

    fn begin_note(&mut self, label: &str, range: Range<usize>) {
        self.before_block();
        self.output.end_block();
        // Its pieces move to the end of the page, out of a heading of raw HTML that nobody has closed.
        self.output.end_heading();
        self.output.flush();
        let place = self.place(range);
        let note = self.notes.entry(label.to_owned()).or_default();
        note.place = Some(place);
        self.note_start = Some((label.to_owned(), self.output.document.pieces.len()));
        self.output.begin("li");
    }

    fn end_note(&mut self) {
        self.flush_bare();
        self.close_tabs_before(None);
        self.output.end_block();
        self.output.end();
        self.output.flush();
        let Some((label, start)) = self.note_start.take() else {
            return;
        };
        let start = start.min(self.output.document.pieces.len());
        let body = self.output.document.pieces.split_off(start);
        self.notes.entry(label).or_default().body.extend(body);
    }

    /// The number of a footnote that is referred to, and which reference to it this is.
    fn refer(&mut self, label: &str, place: Place) -> (usize, usize) {
        let note = self.notes.entry(label.to_owned()).or_default();
        if note.number == 0 {
            self.note_order.push(label.to_owned());
            note.number = self.note_order.len();
        }
        note.references.push(place);
        (note.number, note.references.len())
    }

    /// Writes the footnotes at the end of the page.
    fn write_notes(&mut self) {
        let mut unused: Vec<String> = self
            .notes
            .iter()
            .filter(|(_, it)| it.number == 0)
            .map(|(label, _)| label.clone())
            .collect();
        unused.sort_by_key(|it| self.notes[it].place);
        let order: Vec<String> = self.note_order.drain(..).chain(unused).collect();
        if order.is_empty() {
            return;
        }
        self.output.end_block();
        self.output
            .html("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        for label in order {
            let Some(note) = self.notes.remove(&label) else {
                continue;
            };
            self.output.html("<li");
            let id = format!("fn:{label}");
            self.output.attribute("id", &id);
            self.output.taken.take(&id);
            self.output.html(">");
            self.output.flush();
            self.output.document.pieces.extend(note.body);
            for count in 1..=note.references.len() {
                let reference = reference_id(&label, count);
                self.output
                    .html("<a class=\"footnote-back\" role=\"doc-backlink\"");
                self.output.attribute("href", &format!("#{reference}"));
                self.output
                    .attribute("aria-label", &format!("↩ {}", note.number));
                self.output.html(">↩</a>");
            }
            self.output.html("</li>\n");
            self.output.document.footnotes.push(Footnote {
                label,
                place: note.place.unwrap_or_default(),
                references: note.references,
            });
        }
        self.output.html("</ol>\n</section>\n");
    }

    fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        self.before_block();
        while !self.output.open.is_empty() {
            self.output.end();
        }
        self.output.muted = None;
        self.write_notes();
        self.output.finish()
    }
}

/// The anchor of a reference to a footnote, as Python-Markdown names it.
fn reference_id(label: &str, count: usize) -> String {
    if count == 1 {
        format!("fnref:{label}")
    } else {
        format!("fnref{count}:{label}")
    }
}

/// A part of the plain text that starts here and is not yet ended.
fn part_from(start: usize) -> Part {
    Part {
        start: narrow(start),
        end: narrow(start),
    }
}

/// Attributes with nothing but classes.
fn with_classes(classes: Vec<String>) -> Attributes {
    Attributes {
        classes,
        ..Attributes::default()
    }
}
