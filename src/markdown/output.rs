//! Where the HTML of a page is put together: pieces, plain text and facts, with every element closed.

use std::collections::HashMap;

use crate::diagnostic::{Code as Rule, Diagnostic, Level};
use crate::markdown::dialect::{Dialect, Slugs};
use crate::markdown::document::{
    Anchor, Attributes, Block, BlockKind, Cell, Document, Heading, Image, Link, LinkForm, Part,
    Piece, Place, Row, Section, Table, Tag, narrow,
};
use crate::markdown::mkdocs::anchors::Taken;
use crate::markdown::sources::Sources;

/// Raw HTML that is not shown as written.
pub(crate) const RAW_HTML: Rule = Rule("content/raw-html");
/// Elements that do not fit into one another.
pub(crate) const STRUCTURE: Rule = Rule("content/html-structure");
/// Links that lead where a page may not lead.
pub(crate) const UNSAFE_LINK: Rule = Rule("link/unsafe-address");
/// One anchor twice in a page.
pub(crate) const DUPLICATE_ID: Rule = Rule("content/duplicate-id");
/// More than a page can hold.
pub(crate) const LIMIT: Rule = Rule("content/too-large");

/// How many diagnostics a page gives at most; a page of thousands helps nobody.
const MAX_DIAGNOSTICS: usize = 400;

/// A page that is being written.
pub(crate) struct Output<'a> {
    /// The page as it is written.
    pub(crate) source: &'a str,
    /// How it is read.
    pub(crate) dialect: &'a Dialect,
    /// What there is so far.
    pub(crate) document: Document,
    /// What was odd so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The anchors that are taken.
    pub(crate) taken: Taken,
    /// The element whose content is left out, while it lasts.
    pub(crate) muted: Option<String>,
    /// Open elements, the innermost last.
    pub(crate) open: Vec<Open>,
    /// How many of them are raw HTML.
    pub(crate) raw: usize,
    /// In how many things we are whose text is no prose: links, code, headings.
    pub(crate) quiet: usize,
    /// In how many lists we are.
    pub(crate) lists: usize,
    /// In how many quotations we are.
    pub(crate) quotes: usize,
    /// The admonitions that we are in.
    pub(crate) admonitions: Vec<usize>,
    /// Open links.
    pub(crate) links: Vec<usize>,
    /// How many links of Markdown are open that may not lead anywhere.
    pub(crate) dead_links: usize,
    /// The place in the source that we are at, in raw HTML.
    pub(crate) at: u32,
    /// Where each element ends for the last time in the source, once somebody asked.
    pub(crate) last_ends: Option<HashMap<String, usize>>,
    tables: Vec<OpenTable>,
    block: Option<OpenBlock>,
    heading: Option<OpenHeading>,
    /// How much of the HTML is in pieces.
    pub(crate) written: usize,
    /// The piece that the last block starts with, by how many elements are open around it.
    pub(crate) blocks: Vec<usize>,
}

/// An open element.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    /// Its name in lower case.
    pub(crate) name: &'static str,
    /// Who opened it.
    pub(crate) origin: Origin,
    /// Where it is written.
    pub(crate) place: Place,
    /// Where its words begin in the plain text.
    pub(crate) text: u32,
}

/// Who opened an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Markdown did.
    Markdown,
    /// Markdown did, and raw HTML has closed it already.
    Closed,
    /// Raw HTML.
    Raw,
    /// Raw HTML that left it out, as a browser would add it.
    Implied,
}

struct OpenBlock {
    kind: BlockKind,
    start: u32,
    place: Place,
}

struct OpenTable {
    table: usize,
    cell: Option<u32>,
}

struct OpenHeading {
    index: usize,
    text: u32,
    /// Where its `id` goes in the HTML.
    attributes: usize,
    content: usize,
    pieces: usize,
    /// The anchor that the author gave.
    id: Option<String>,
    /// Whether it gets an anchor of its words where the author gave none.
    is_named: bool,
    /// Pictures among its words, which are no part of its anchor.
    pictures: Vec<Part>,
}

impl<'a> Output<'a> {
    /// An empty page.
    pub(crate) fn new(sources: Sources, source: &'a str, dialect: &'a Dialect) -> Self {
        let document = Document {
            sources,
            heading_shift: dialect.heading_shift,
            ..Document::default()
        };
        Self {
            source,
            dialect,
            document,
            diagnostics: Vec::new(),
            last_ends: None,
            at: 0,
            taken: Taken::default(),
            muted: None,
            open: Vec::new(),
            raw: 0,
            quiet: 0,
            lists: 0,
            quotes: 0,
            admonitions: Vec::new(),
            links: Vec::new(),
            dead_links: 0,
            tables: Vec::new(),
            block: None,
            heading: None,
            written: 0,
            blocks: Vec::new(),
        }
    }

    /// Ends the page.
    pub(crate) fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        self.flush();
        self.end_block();
        let headings = &self.document.headings;
        let starts = headings.iter().map(|it| it.text.end);
        let ends = headings.iter().map(|it| it.text.start);
        let starts = std::iter::once(0).chain(starts);
        let ends = ends.chain([self.document.text.len()]);
        let sections = starts
            .zip(ends)
            .enumerate()
            .map(|(index, (start, end))| Section {
                heading: index.checked_sub(1),
                text: self.document.text.trimmed(Part {
                    start,
                    end: end.max(start),
                }),
            });
        self.document.sections = sections.collect();
        self.document.shrink();
        (self.document, self.diagnostics)
    }

    /// Says what is odd.
    pub(crate) fn tell(
        &mut self,
        rule: Rule,
        level: Level,
        message: String,
        place: Place,
        help: &str,
    ) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            let span = self.document.span(place);
            let diagnostic = Diagnostic::new(rule, level, message, span).help(help);
            self.diagnostics.push(diagnostic);
        }
    }

    /// The number of the heading that we are under.
    pub(crate) fn under(&self) -> Option<usize> {
        self.document.headings.len().checked_sub(1)
    }

    /// Writes HTML of our own.
    pub(crate) fn html(&mut self, html: &str) {
        self.document.html.push_str(html);
    }

    /// Begins the tag of a block, `<p`, and notes where the block is written.
    pub(crate) fn block_tag(&mut self, tag: &str, place: Place) {
        self.html(tag);
        self.document.tags.push(Tag {
            html: narrow(self.document.html.len()),
            source: place.start,
        });
    }

    /// Writes an attribute.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) {
        let html = &mut self.document.html;
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        escape(html, value);
        html.push('"');
    }

    /// Writes what an author gave to an element; an id that is taken is left out.
    pub(crate) fn attributes(&mut self, attributes: &Attributes, place: Place) {
        if let Some(id) = &attributes.id
            && self.take_id(id, place)
        {
            self.attribute("id", id);
        }
        self.classes(&attributes.classes, "");
        for (name, value) in &attributes.others {
            self.attribute(name, value);
        }
    }

    /// Writes a `class` attribute with classes of ours before those of an author.
    pub(crate) fn classes(&mut self, classes: &[String], ours: &str) {
        if classes.is_empty() && ours.is_empty() {
            return;
        }
        let html = &mut self.document.html;
        html.push_str(" class=\"");
        html.push_str(ours);
        for (index, class) in classes.iter().enumerate() {
            if index > 0 || !ours.is_empty() {
                html.push(' ');
            }
            escape(html, class);
        }
        html.push('"');
    }

    /// Takes an anchor; `false` where it is taken or none.
    pub(crate) fn take_id(&mut self, id: &str, place: Place) -> bool {
        if id.is_empty() || id.contains(char::is_whitespace) {
            return false;
        }
        if !self.taken.take(id) {
            let message = format!("the anchor `{id}` is there twice");
            self.tell(
                DUPLICATE_ID,
                Level::Warn,
                message,
                place,
                "give each its own name",
            );
            return false;
        }
        self.document.ids.push(Anchor {
            id: id.to_owned(),
            place,
        });
        true
    }

    /// Whether there is HTML that is not yet in a piece.
    pub(crate) fn has_unflushed(&self) -> bool {
        self.document.html.len() > self.written
    }

    /// Puts HTML that is not yet in a piece into one.
    pub(crate) fn flush(&mut self) {
        let end = self.document.html.len();
        if end > self.written {
            self.document.pieces.push(Piece::Html(self.written..end));
            self.written = end;
        }
    }

    /// Puts a piece.
    pub(crate) fn piece(&mut self, piece: Piece) {
        self.flush();
        self.document.pieces.push(piece);
    }

    /// Writes words of the page.
    pub(crate) fn text(&mut self, text: &str, place: Place) {
        self.text_as(text, text, place);
    }

    /// Writes words that are to read otherwise in the plain text: one space for a line end.
    pub(crate) fn text_as(&mut self, words: &str, text: &str, place: Place) {
        if self.muted.is_some() {
            return;
        }
        if self.block.is_none() && !text.trim_start().is_empty() {
            self.begin_block(BlockKind::Paragraph, place);
        }
        self.document.text.push(words, place);
        if self.quiet > 0 {
            escape(&mut self.document.html, text);
            return;
        }
        self.flush();
        escape(&mut self.document.html, text);
        let end = self.document.html.len();
        match self.document.pieces.last_mut() {
            Some(Piece::Text(last)) if last.end == self.written => last.end = end,
            _ => self.document.pieces.push(Piece::Text(self.written..end)),
        }
        self.written = end;
    }

    /// Notes an element that Markdown opens; the caller has written its tag.
    pub(crate) fn begin(&mut self, name: &'static str) {
        let place = Place::default();
        self.open.push(Open {
            name,
            origin: Origin::Markdown,
            place,
            text: self.document.text.len(),
        });
        self.blocks.truncate(self.open.len());
    }

    /// Ends the element that Markdown opened last: `false` where its end tag is written already.
    pub(crate) fn end(&mut self) -> bool {
        while let Some(open) = self.open.pop() {
            match open.origin {
                Origin::Markdown => return true,
                Origin::Closed => return false,
                Origin::Raw | Origin::Implied => self.close_raw(&open, true),
            }
        }
        false
    }

    /// Ends the element that Markdown opened last and writes its end tag.
    pub(crate) fn end_tag(&mut self, html: &str) {
        if self.end() {
            self.html(html);
        }
    }

    /// Starts a run of words that reads as one; ends the one before.
    pub(crate) fn begin_block(&mut self, kind: BlockKind, place: Place) {
        self.end_block();
        let start = self.document.text.len();
        self.block = Some(OpenBlock { kind, start, place });
    }

    /// Starts a paragraph where words come without a block.
    pub(crate) fn ensure_block(&mut self, place: Place) {
        if self.block.is_none() {
            self.begin_block(BlockKind::Paragraph, place);
        }
    }

    /// Whether we are at the start of a list item, definition or cell, whose first paragraph is its own.
    pub(crate) fn is_item_empty(&self) -> bool {
        let kinds = [BlockKind::Item, BlockKind::Definition, BlockKind::Cell];
        self.block
            .as_ref()
            .is_some_and(|it| kinds.contains(&it.kind))
            && !self.has_words()
    }

    /// Whether the innermost element holds code or the like, in which nothing is special.
    pub(crate) fn is_verbatim(&self) -> bool {
        self.open.iter().any(|it| {
            it.origin == Origin::Raw && matches!(it.name, "code" | "pre" | "kbd" | "samp" | "var")
        })
    }

    /// Whether the block that is open has words already.
    pub(crate) fn has_words(&self) -> bool {
        self.block
            .as_ref()
            .is_some_and(|it| !self.document.text.since(it.start).is_empty())
    }

    /// Ends it.
    pub(crate) fn end_block(&mut self) {
        let Some(block) = self.block.take() else {
            return;
        };
        let text = self.document.text.since(block.start);
        if text.is_empty() {
            return;
        }
        let end = self.document.text.place(text).end;
        let place = Place {
            start: block.place.start,
            end: block.place.end.max(end),
        };
        self.document.blocks.push(Block {
            kind: block.kind,
            text,
            place,
            heading: self.under(),
            depth: u8::try_from(self.lists).unwrap_or(u8::MAX),
            admonition: self.admonitions.last().copied(),
            is_quoted: self.quotes > 0,
        });
        self.document.text.end_block();
        if block.kind == BlockKind::Item
            && let Some(cell) = self.cell()
        {
            cell.items.push(text);
        }
    }

    /// Starts a heading; its tag is written up to its attributes.
    pub(crate) fn begin_heading(&mut self, level: u8, place: Place, attributes: &Attributes) {
        self.end_heading();
        self.end_block();
        self.flush();
        let start = self.document.text.len();
        self.document.headings.push(Heading {
            level,
            id: String::new(),
            text: Part { start, end: start },
            html: String::new(),
            place,
            classes: attributes.classes.clone(),
        });
        self.begin_block(BlockKind::Heading, place);
        self.heading = Some(OpenHeading {
            index: self.document.headings.len() - 1,
            text: start,
            attributes: self.document.html.len(),
            content: self.document.html.len(),
            pieces: self.document.pieces.len(),
            id: attributes.id.clone(),
            is_named: true,
            pictures: Vec::new(),
        });
        self.quiet += 1;
    }

    /// The heading is raw HTML, which Python-Markdown gives no anchors.
    pub(crate) fn heading_is_raw(&mut self) {
        let is_named = self.dialect.slugs == Slugs::GitHub;
        if let Some(heading) = &mut self.heading {
            heading.is_named = is_named;
        }
    }

    /// Notes that what is written from a byte of the plain text on stands for a picture.
    pub(crate) fn picture_since(&mut self, start: u32) {
        let part = self.document.text.since(start);
        if let Some(heading) = &mut self.heading {
            heading.pictures.push(part);
        }
    }

    /// The rest of its tag is written: its words follow.
    pub(crate) fn heading_content(&mut self) {
        if let Some(heading) = &mut self.heading {
            heading.content = self.document.html.len();
        }
    }

    /// Ends the heading, if one is open.
    pub(crate) fn end_heading(&mut self) {
        let Some(open) = self.heading.take() else {
            return;
        };
        self.quiet -= 1;
        let text = self.document.text.since(open.text);
        let place = self.document.headings[open.index].place;
        let words = self.words_without(text, &open.pictures);
        let id = self.heading_id(open.id, open.is_named, &words, place);
        let inner = self.document.html[open.content..].to_owned();
        if !id.is_empty() {
            let mut attribute = String::with_capacity(id.len() + 6);
            attribute.push_str(" id=\"");
            escape(&mut attribute, &id);
            attribute.push('"');
            self.insert_html(open.attributes, &attribute, open.pieces);
        }
        let heading = &mut self.document.headings[open.index];
        heading.text = text;
        heading.html = if inner.contains(" id=\"") {
            let mut words = String::new();
            escape(&mut words, self.document.text.words(text));
            words
        } else {
            inner
        };
        heading.id = id;
        self.piece(Piece::HeadingEnd(open.index));
        self.end_block();
    }

    /// The words of a part without those of some parts inside, which are in order.
    fn words_without(&self, text: Part, left_out: &[Part]) -> String {
        let mut words = String::new();
        let mut start = text.start;
        for part in left_out {
            let end = part.start.max(start);
            words.push_str(self.document.text.words(Part { start, end }));
            start = part.end.clamp(end, text.end.max(end));
        }
        let end = text.end.max(start);
        words.push_str(self.document.text.words(Part { start, end }));
        words
    }

    /// The anchor of a heading; empty where it has none.
    fn heading_id(
        &mut self,
        given: Option<String>,
        is_named: bool,
        words: &str,
        place: Place,
    ) -> String {
        if let Some(id) = given.filter(|it| self.take_id(it, place)) {
            return id;
        }
        if !is_named {
            return String::new();
        }
        let id = self.taken.make(words, self.dialect.slugs);
        self.document.ids.push(Anchor {
            id: id.clone(),
            place,
        });
        id
    }

    /// Puts HTML before what was written last; pieces from `first` on move.
    fn insert_html(&mut self, at: usize, html: &str, first: usize) {
        self.document.html.insert_str(at, html);
        let length = html.len();
        for piece in &mut self.document.pieces[first..] {
            if let Piece::Html(range) | Piece::Text(range) = piece {
                if range.start > at {
                    range.start += length;
                }
                if range.end > at {
                    range.end += length;
                }
            }
        }
        if self.written > at {
            self.written += length;
        }
        for tag in self.document.tags.iter_mut().rev() {
            if tag.html as usize <= at {
                break;
            }
            tag.html += narrow(length);
        }
    }

    /// Opens a link; `false` inside another one, which HTML does not know.
    pub(crate) fn open_link(&mut self, link: Link) -> bool {
        if !self.links.is_empty() {
            return false;
        }
        if let Some(id) = &link.attributes.id {
            self.take_id(&id.clone(), link.place);
        }
        let index = self.document.links.len();
        self.document.links.push(link);
        let start = self.document.text.len();
        self.document.links[index].text = Part { start, end: start };
        self.links.push(index);
        self.quiet += 1;
        self.piece(Piece::LinkOpen(index));
        true
    }

    /// How many links are open that have words of their own.
    pub(crate) fn worded_links(&self) -> usize {
        let links = self.links.iter();
        let has_words = |it: &&usize| self.document.links[**it].form != LinkForm::Auto;
        links.filter(has_words).count()
    }

    /// Closes the link.
    pub(crate) fn close_link(&mut self) {
        let Some(index) = self.links.pop() else {
            return;
        };
        self.quiet -= 1;
        let link = &mut self.document.links[index];
        link.text = self.document.text.since(link.text.start);
        self.piece(Piece::LinkClose(index));
    }

    /// Puts an image.
    pub(crate) fn image(&mut self, mut image: Image) {
        image.link = self.links.last().copied();
        if let Some(id) = &image.attributes.id {
            self.take_id(&id.clone(), image.place);
        }
        let index = self.document.images.len();
        self.document.images.push(image);
        self.piece(Piece::Image(index));
    }

    /// Starts a table.
    pub(crate) fn begin_table(&mut self, place: Place, is_html: bool) {
        self.end_block();
        let heading = self.under();
        self.tables.push(OpenTable {
            table: self.document.tables.len(),
            cell: None,
        });
        self.document.tables.push(Table {
            place,
            rows: Vec::new(),
            is_html,
            heading,
        });
    }

    /// Starts a row.
    pub(crate) fn begin_row(&mut self, row: Row) {
        self.end_cell(None);
        if let Some(open) = self.tables.last() {
            self.document.tables[open.table].rows.push(row);
        }
    }

    /// Starts a cell.
    pub(crate) fn begin_cell(&mut self, cell: Cell) {
        self.end_cell(None);
        let start = self.document.text.len();
        let Some(open) = self.tables.last_mut() else {
            return;
        };
        open.cell = Some(start);
        let rows = &mut self.document.tables[open.table].rows;
        if rows.is_empty() {
            rows.push(Row::default());
        }
        let place = cell.place;
        if let Some(row) = rows.last_mut() {
            row.cells.push(cell);
        }
        self.begin_block(BlockKind::Cell, place);
    }

    /// Ends the cell, whose content ends at `end` where that is known.
    pub(crate) fn end_cell(&mut self, end: Option<u32>) {
        let Some(start) = self.tables.last_mut().and_then(|it| it.cell) else {
            return;
        };
        self.end_block();
        let text = self.document.text.since(start);
        if let Some(cell) = self.cell() {
            cell.text = text;
            cell.place.end = end.unwrap_or(cell.place.end).max(cell.place.start);
        }
        self.document.text.end_block();
        if let Some(open) = self.tables.last_mut() {
            open.cell = None;
        }
    }

    /// Ends the table.
    pub(crate) fn end_table(&mut self, end: Option<u32>) {
        self.end_cell(end);
        if let Some(open) = self.tables.pop()
            && let Some(end) = end
        {
            let place = &mut self.document.tables[open.table].place;
            place.end = place.end.max(end);
        }
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        let open = self.tables.last().filter(|it| it.cell.is_some())?;
        let row = self.document.tables[open.table].rows.last_mut()?;
        row.cells.last_mut()
    }
}

/// Writes text so that it means itself in HTML, in attributes too.
pub(crate) fn escape(html: &mut String, text: &str) {
    let mut start = 0;
    for (index, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[start..index]);
        html.push_str(entity);
        start = index + 1;
    }
    html.push_str(&text[start..]);
}
