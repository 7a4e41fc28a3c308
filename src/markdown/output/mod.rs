//! Where the HTML of a page is put together: pieces, plain text and facts, with every element closed.

mod headings;
mod links;
mod tables;

use std::collections::HashMap;

use crate::diagnostic::{Code as Rule, Diagnostic, Label, Level};
use crate::markdown::dialect::Dialect;
use crate::markdown::document::{
    Anchor, Attributes, Block, BlockKind, Document, Part, Piece, Place, Section, Tag, TagList,
    narrow,
};
use crate::markdown::mkdocs::anchors::Taken;
use crate::markdown::output::headings::OpenHeading;
use crate::markdown::output::tables::OpenTable;
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

/// How many places a diagnostic names beside its own.
const MAX_PLACES: usize = 9;

/// What a message says is left out, whatever element had it.
fn refused(message: &str) -> &str {
    message.split(" of `<").next().unwrap_or(message)
}

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
        let span = self.document.span(place);
        // One attribute in every cell of a table is one thing to mend.
        let known = self.diagnostics.iter_mut().find(|it| {
            rule == RAW_HTML && it.code == rule && refused(&it.message) == refused(&message)
        });
        if let Some(known) = known {
            if known.labels.len() < MAX_PLACES {
                known.labels.push(Label {
                    span,
                    text: "and here".to_owned(),
                });
            }
        } else if self.diagnostics.len() < MAX_DIAGNOSTICS {
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

    /// Takes the end off the tag of an item that was just written, so that attributes can follow, and gives its classes;
    /// `None` where something stands in it already.
    pub(crate) fn reopen_item(&mut self) -> Option<Vec<String>> {
        let html = &mut self.document.html;
        let start = html
            .rfind('<')
            .filter(|it| html[*it..].starts_with("<li") || html[*it..].starts_with("<dd"))?
            + "<li".len();
        let inside = html[start..].strip_suffix('>')?;
        if inside.contains('>') || inside.contains(" id=") {
            return None;
        }
        let classes = inside.strip_prefix(" class=\"");
        let classes = classes.and_then(|it| it.strip_suffix('"'));
        let kept = if classes.is_some() { 0 } else { inside.len() };
        let classes = classes.iter().flat_map(|it| it.split(' '));
        let classes = classes.map(str::to_owned).collect();
        html.truncate(start + kept);
        Some(classes)
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

    /// Leaves room for a list of tags.
    pub(crate) fn tag_list(&mut self, wanted: Option<String>, place: Place) {
        self.before_block();
        self.end_block();
        self.piece(Piece::TagList(self.document.tag_lists.len()));
        let headings = self.document.headings.len();
        self.document.tag_lists.push(TagList {
            wanted,
            place,
            headings,
        });
    }

    /// What a comment says behind the word that asks for a list of tags; `None` where it asks for none.
    pub(crate) fn tags_wanted<'c>(&self, comment: &'c str) -> Option<&'c str> {
        let marker = self.dialect.tags_marker.as_deref()?;
        let (word, wanted) = comment.split_at_checked(marker.len())?;
        word.eq_ignore_ascii_case(marker).then_some(wanted.trim())
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
