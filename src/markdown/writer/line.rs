//! A line, from its nodes to HTML: paragraphs, headings, cells and what is in them.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use crate::diagnostic::Level;
use crate::markdown::address;
use crate::markdown::blocks;
use crate::markdown::dialect::Construct;
use crate::markdown::document::{Attributes, BlockKind, Image, Link, LinkForm, Part, Piece, Place};
use crate::markdown::highlight;
use crate::markdown::html::{self, unsafe_address};
use crate::markdown::inline::{self, Kind, Node, Style};
use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::attribute_lists::List;
use crate::markdown::mkdocs::{inline_code, marks};
use crate::markdown::output::{RAW_HTML, escape};
use crate::markdown::writer::{Line, Writer, part_from, reference_id};

/// What stands before a title.
pub(crate) const SENTINEL: &str = blocks::SENTINEL;

impl<'t> Writer<'_, 't> {
    /// Writes the line that was collected.
    pub(crate) fn write_line(&mut self) {
        let mut nodes = std::mem::take(&mut self.nodes);
        let line = std::mem::replace(&mut self.line, Line::Bare);
        let text: &'t str = &self.text.text;
        let constructs = self.output.dialect.constructs;
        if constructs.has(Construct::SpacedReferences) {
            inline::join_spaced(&mut nodes, text);
        }
        let words = |it: &Node<'_>| matches!(it.kind, Kind::Words);
        if nodes
            .iter()
            .any(|it| words(it) && marks::may_be_in(&text[it.range.clone()], constructs))
        {
            nodes = marks::pair(nodes, text, constructs);
        }
        let mut list = None;
        if constructs.has(Construct::AttributeLists)
            && nodes
                .iter()
                .any(|it| words(it) && text[it.range.clone()].contains('{'))
        {
            inline::take_lists(&mut nodes, text);
            list = match line {
                Line::Paragraph(_) | Line::Bare => inline::take_line_list(&mut nodes, text),
                Line::Heading(..) | Line::Cell | Line::Term => {
                    inline::take_end_list(&mut nodes, text)
                }
            };
        }
        match line {
            Line::Paragraph(start) => self.paragraph(&nodes, list, start),
            Line::Heading(level, start) => self.heading(level, &nodes, list, start),
            Line::Cell => {
                self.cell_tag();
                self.put_list(list, self.place_of(&nodes));
                self.output.html(">");
                self.output.begin("td");
                self.nodes_in(&nodes);
            }
            Line::Term => {
                self.nodes_in(&nodes);
            }
            Line::Bare => self.bare(&nodes),
        }
        // The room is kept for the next line.
        nodes.clear();
        self.nodes = nodes;
    }

    fn place_of(&self, nodes: &[Node<'_>]) -> Place {
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
            return Place::default();
        };
        self.place(first.range.start..last.range.end.max(first.range.start))
    }

    /// Words right inside a list item; with a box to tick they are its label.
    fn bare(&mut self, nodes: &[Node<'t>]) {
        self.output.imply_cell_for_words();
        self.nodes_in(nodes);
    }

    fn paragraph(&mut self, nodes: &[Node<'t>], list: Option<List>, start: usize) {
        let end_of_words = nodes.last().map_or(start, |it| it.range.end);
        let place = self.place(start..end_of_words.max(start));
        if self.is_title(nodes) && self.begin_title(place) {
            let from = self.output.document.text.len();
            self.title(nodes);
            let part = self.output.document.text.since(from);
            self.end_title(part);
            return;
        }
        if self.is_toc(nodes) {
            self.output.before_block();
            self.output.end_block();
            self.output.piece(Piece::Toc);
            return;
        }
        if let [
            Node {
                kind: Kind::Formula(formula),
                range,
                ..
            },
        ] = nodes
        {
            self.output.before_block();
            self.output.end_block();
            self.formula(formula, range.clone(), "div");
            self.output.end_block();
            return;
        }
        if nodes.iter().all(|it| matches!(it.kind, Kind::Html)) {
            self.nodes_in(nodes);
            return;
        }
        self.output.before_block();
        let lone = is_lone_link(nodes).then(|| {
            self.output.flush();
            let pieces = self.output.document.pieces.len();
            self.output.document.pieces.push(Piece::LoneLink {
                link: self.output.document.links.len(),
                length: 0,
            });
            (pieces, self.output.document.links.len())
        });
        let (tag, name, kind, end) = if self.is_in_definitions() {
            ("<dt", "dt", BlockKind::Term, "</dt>\n")
        } else {
            ("<p", "p", BlockKind::Paragraph, "</p>\n")
        };
        self.output.block_tag(tag, place);
        if let Some(list) = &list {
            self.begin_annotated(&list.attributes.classes, end_of_words);
        }
        self.put_list(list, place);
        self.output.html(">");
        self.output.begin(name);
        self.write_prefix();
        let in_item = self.output.is_item_empty();
        if !in_item {
            self.output.begin_block(kind, place);
        }
        self.nodes_in(nodes);
        self.end_annotated();
        self.output.end_block();
        self.output.end_tag(end);
        if let Some((piece, links)) = lone {
            self.end_lone_link(piece, links);
        }
    }

    fn end_lone_link(&mut self, piece: usize, links: usize) {
        self.output.flush();
        if self.output.document.links.len() == links {
            self.output.document.pieces.remove(piece);
            return;
        }
        let count = self.output.document.pieces.len() - piece - 1;
        if let Piece::LoneLink { length, .. } = &mut self.output.document.pieces[piece] {
            *length = count;
        }
    }

    fn is_title(&self, nodes: &[Node<'_>]) -> bool {
        let Some(first) = nodes.first() else {
            return false;
        };
        self.text.text[first.range.clone()].starts_with(SENTINEL)
    }

    /// The title without what stands before it.
    fn title(&mut self, nodes: &[Node<'t>]) {
        let mut first = nodes[0].clone();
        first.range.start += SENTINEL.len();
        if !first.range.is_empty() {
            self.nodes_in(std::slice::from_ref(&first));
        }
        self.nodes_in(&nodes[1..]);
    }

    fn is_toc(&self, nodes: &[Node<'_>]) -> bool {
        let Some(marker) = &self.output.dialect.toc_marker else {
            return false;
        };
        let [only] = nodes else { return false };
        matches!(only.kind, Kind::Words) && self.text.text[only.range.clone()].trim() == marker
    }

    fn heading(&mut self, level: u8, nodes: &[Node<'t>], list: Option<List>, start: usize) {
        const TAGS: [&str; 6] = ["<h1", "<h2", "<h3", "<h4", "<h5", "<h6"];
        const ENDS: [&str; 6] = [
            "</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n",
        ];
        let level = (level + self.output.dialect.heading_shift).clamp(1, 6);
        let end = nodes.last().map_or(start, |it| it.range.end);
        let place = self.place(start..end.max(start));
        let mut attributes = self.attributes_of(list, place);
        self.output.end_block();
        self.output.block_tag(TAGS[usize::from(level) - 1], place);
        self.output.begin_heading(level, place, &attributes);
        attributes.id = None;
        self.output.attributes(&attributes, place);
        self.output.html(">");
        self.output.heading_content();
        self.output.begin("h1");
        self.nodes_in(nodes);
        let was_open = self.output.end();
        self.output.end_heading();
        if was_open {
            self.output.html(ENDS[usize::from(level) - 1]);
        }
    }

    /// The safe part of an attribute list; what is refused is told.
    fn attributes_of(&mut self, list: Option<List>, place: Place) -> Attributes {
        let Some(list) = list else {
            return Attributes::default();
        };
        for name in &list.refused {
            let message = format!("attribute `{name}` is left out");
            self.output.tell(
                RAW_HTML,
                Level::Warn,
                message,
                place,
                "use a class, and say its looks in the theme",
            );
        }
        list.attributes
    }

    pub(crate) fn put_list(&mut self, list: Option<List>, place: Place) {
        let title = list.as_ref().and_then(|it| it.title.clone());
        let attributes = self.attributes_of(list, place);
        self.output.attributes(&attributes, place);
        if let Some(title) = title {
            self.output.attribute("title", &title);
        }
    }

    fn nodes_in(&mut self, nodes: &[Node<'t>]) {
        let mut index = 0;
        let mut is_task = false;
        while let Some(node) = nodes.get(index) {
            index += 1;
            if matches!(node.kind, Kind::Image { .. }) {
                index += self.image(node, &nodes[index..]);
                continue;
            }
            if let Kind::Task(done) = node.kind {
                is_task = true;
                self.tasks += 1;
                self.output.html(if done {
                    "<label><input type=\"checkbox\" disabled checked> "
                } else {
                    "<label><input type=\"checkbox\" disabled> "
                });
                self.output.begin("label");
                continue;
            }
            self.node(node, &nodes[index..]);
        }
        if is_task {
            self.output.end_tag("</label>");
        }
    }

    fn node(&mut self, node: &Node<'t>, rest: &[Node<'t>]) {
        match &node.kind {
            Kind::Words => self.words(node.range.clone()),
            Kind::Text(text) => {
                let place = self.place(node.range.clone());
                self.output.text(text, place);
            }
            Kind::Code(code) => self.code_in_line(code, node),
            Kind::Html => {
                let mut html = Mapped::empty();
                html.keep(self.text, node.range.clone());
                html::write(&mut self.output, &html);
            }
            Kind::Start(style) => self.start_style(*style, node),
            Kind::End(style) => {
                self.output.end_tag(style.end_tag());
            }
            Kind::Link {
                kind,
                destination,
                title,
                label,
            } => {
                self.link(node, rest, *kind, destination, title, label);
            }
            Kind::LinkEnd => {
                if self.output.dead_links > 0 {
                    self.output.dead_links -= 1;
                    self.output.end_tag("</span>");
                } else if self.output.end() {
                    self.output.close_link();
                }
            }
            Kind::SoftBreak => {
                let place = self.place(node.range.clone());
                if self.output.dialect.constructs.has(Construct::LineBreaks) {
                    self.output.html("<br>");
                }
                self.output.text_as(" ", "\n", place);
            }
            Kind::HardBreak => {
                let place = self.place(node.range.clone());
                self.output.document.text.push("\n", place);
                self.output.html("<br>\n");
            }
            Kind::Note(label) => self.note(label, node),
            Kind::Formula(formula) => self.formula(formula, node.range.clone(), "span"),
            Kind::Image { .. } | Kind::ImageEnd | Kind::Task(_) => {}
        }
    }

    fn start_style(&mut self, style: Style, node: &Node<'t>) {
        let place = self.place(node.range.clone());
        self.output.html("<");
        self.output.html(style.element());
        let list = node.list.as_deref().cloned();
        if let Some(mut list) = list {
            let ours = style.class().split_whitespace().map(str::to_owned);
            list.attributes.classes.splice(0..0, ours);
            self.put_list(Some(list), place);
        } else if !style.class().is_empty() {
            self.output.classes(&[], style.class());
        }
        self.output.html(">");
        self.output.begin(style.element());
    }

    fn code_in_line(&mut self, code: &str, node: &Node<'t>) {
        if self.output.muted.is_some() {
            return;
        }
        let constructs = self.output.dialect.constructs;
        let whole = self.code_range(code, node);
        let (language, code) = if constructs.has(Construct::InlineCode) {
            inline_code::split(code)
        } else {
            (None, code)
        };
        let place = match &whole {
            Some(range) => self.place(range.end - code.len()..range.end),
            None => self.place(node.range.clone()),
        };
        self.output.html("<code");
        let list = node.list.as_deref().cloned();
        if let Some(language) = language {
            let mut list = list.unwrap_or_default();
            list.attributes
                .classes
                .insert(0, format!("language-{language}"));
            self.put_list(Some(list), place);
        } else if list.is_none() && is_command(code) {
            self.output.html(" class=\"whole\"");
        } else {
            self.put_list(list, place);
        }
        self.output.html(">");
        self.output.ensure_block(place);
        let start = self.output.document.text.len();
        if whole.is_some() {
            self.output.document.text.push(code, place);
        } else {
            self.output.document.text.push_whole(code, place);
        }
        let end = self.output.document.text.len();
        self.output.document.code_words.push(Part { start, end });
        match language {
            Some(language) => highlight::write(&mut self.output.document.html, language, code),
            None => escape(&mut self.output.document.html, code),
        }
        self.output.html("</code>");
    }

    /// Writes a formula as its author wrote it: no script is there to draw it.
    fn formula(&mut self, formula: &str, range: Range<usize>, element: &str) {
        if self.output.muted.is_some() {
            return;
        }
        let formula = formula.trim();
        let written = &self.text.text[range.clone()];
        let found = written.find(formula).map(|it| range.start + it);
        let place = match found {
            Some(start) => self.place(start..start + formula.len()),
            None => self.place(range),
        };
        self.output.html("<");
        if element == "div" {
            self.output.block_tag(element, place);
        } else {
            self.output.html(element);
        }
        self.output.html(" class=\"arithmatex\">");
        self.output.ensure_block(place);
        let start = self.output.document.text.len();
        if found.is_some() {
            self.output.document.text.push(formula, place);
        } else {
            self.output.document.text.push_whole(formula, place);
        }
        let end = self.output.document.text.len();
        self.output.document.code_words.push(Part { start, end });
        escape(&mut self.output.document.html, formula);
        self.output.html("</");
        self.output.html(element);
        self.output.html(if element == "div" { ">\n" } else { ">" });
    }

    /// Where code in a line is, without its marks; `None` where it is not written byte by byte.
    fn code_range(&self, code: &str, node: &Node<'t>) -> Option<Range<usize>> {
        let slice = &self.text.text[node.range.clone()];
        let ticks = slice.bytes().take_while(|it| *it == b'`').count();
        let inside = slice.len().checked_sub(2 * ticks)?;
        let pad = match inside.checked_sub(code.len())? {
            0 => 0,
            2 => 1,
            _ => return None,
        };
        let start = node.range.start + ticks + pad;
        let range = start..start + code.len();
        // A line end in code is a space.
        let is_same = |(&one, &other): (&u8, &u8)| one == other || one == b'\n' && other == b' ';
        let written = self.text.text.as_bytes()[range.clone()].iter();
        written.zip(code.as_bytes()).all(is_same).then_some(range)
    }

    fn note(&mut self, label: &str, node: &Node<'t>) {
        let place = self.place(node.range.clone());
        let (number, count) = self.refer(label, place);
        let id = reference_id(label, count);
        self.output.taken.take(&id);
        self.output.html("<sup");
        self.output.attribute("id", &id);
        self.output
            .html("><a class=\"footnote-ref\" role=\"doc-noteref\"");
        self.output.attribute("href", &format!("#fn:{label}"));
        self.output.html(">");
        self.output.html(&number.to_string());
        self.output.html("</a></sup>");
    }

    fn link(
        &mut self,
        node: &Node<'t>,
        rest: &[Node<'t>],
        kind: LinkType,
        destination: &CowStr<'t>,
        title: &CowStr<'t>,
        label: &CowStr<'t>,
    ) {
        let place = self.place(node.range.clone());
        let inner_end = link_words_end(rest).unwrap_or(node.range.start + 1);
        let (form, destination_range) =
            self.destination_of(kind, label, inner_end, node.range.clone());
        let destination_place = self.place(destination_range);
        let written = match kind {
            LinkType::Email => format!("mailto:{destination}"),
            _ => destination.to_string(),
        };
        let Some(safe) = address::link(&written) else {
            unsafe_address(&mut self.output, &written, destination_place);
            return self.dead_link();
        };
        let list_title = node.list.as_ref().and_then(|it| it.title.clone());
        let attributes = self.attributes_of(node.list.as_deref().cloned(), place);
        let heading = self.output.under();
        let link = Link {
            destination: safe.into_owned(),
            text: part_from(0),
            title: list_title.or_else(|| (!title.is_empty()).then(|| title.to_string())),
            place,
            destination_place,
            form,
            attributes,
            heading,
        };
        if self.output.open_link(link) {
            self.output.begin("a");
        } else {
            self.dead_link();
        }
    }

    /// A link that leads nowhere: its words stay.
    fn dead_link(&mut self) {
        self.output.html("<span>");
        self.output.begin("span");
        self.output.dead_links += 1;
    }

    /// How a link is written, and where its destination is.
    fn destination_of(
        &self,
        kind: LinkType,
        label: &str,
        inner_end: usize,
        range: Range<usize>,
    ) -> (LinkForm, Range<usize>) {
        let text: &str = &self.text.text;
        match kind {
            LinkType::Inline => {
                let from = inner_end.min(range.end);
                (
                    LinkForm::Inline,
                    destination_in(text, from..range.end).unwrap_or(range),
                )
            }
            LinkType::Autolink | LinkType::Email => (
                LinkForm::Auto,
                range.start + 1..range.end.saturating_sub(1).max(range.start + 1),
            ),
            _ => {
                let definition = self.definitions.get(label);
                let found = definition.and_then(|it| {
                    let start = text[it.clone()].find("]:")? + it.start + 2;
                    let rest = &text[start..it.end];
                    let skipped = rest.len()
                        - rest
                            .trim_start_matches(|it: char| it.is_whitespace() || it == '>')
                            .len();
                    target(text, start + skipped, it.end)
                });
                (LinkForm::Reference, found.unwrap_or(range))
            }
        }
    }

    /// Writes an image; how many of the following nodes are its alternative text.
    fn image(&mut self, node: &Node<'t>, rest: &[Node<'t>]) -> usize {
        let mut depth = 0;
        let mut alt = String::new();
        let mut length = rest.len();
        for (index, inner) in rest.iter().enumerate() {
            match &inner.kind {
                Kind::Image { .. } => depth += 1,
                Kind::ImageEnd if depth == 0 => {
                    length = index + 1;
                    break;
                }
                Kind::ImageEnd => depth -= 1,
                Kind::Words => {
                    let words = &self.text.text[inner.range.clone()];
                    alt.push_str(words.trim_start_matches(SENTINEL));
                }
                Kind::Text(text) | Kind::Code(text) => alt.push_str(text),
                Kind::SoftBreak | Kind::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        self.put_image(
            node,
            alt,
            rest[..length]
                .len()
                .checked_sub(2)
                .map(|it| rest[it].range.end),
        );
        length
    }

    fn put_image(&mut self, node: &Node<'t>, alt: String, inner_end: Option<usize>) {
        let Kind::Image {
            kind,
            source,
            title,
            label,
        } = &node.kind
        else {
            return;
        };
        let place = self.place(node.range.clone());
        let inner_end = inner_end
            .unwrap_or(node.range.start + 2)
            .max(node.range.start + 2);
        let (_, source_range) = self.destination_of(*kind, label, inner_end, node.range.clone());
        let source_place = self.place(source_range);
        let Some(safe) = address::picture(source) else {
            unsafe_address(&mut self.output, source, source_place);
            self.output.text(&alt, place);
            return;
        };
        let list_title = node.list.as_ref().and_then(|it| it.title.clone());
        let attributes = self.attributes_of(node.list.as_deref().cloned(), place);
        if self.output.muted.is_some() {
            return;
        }
        self.output.image(Image {
            source: safe.into_owned(),
            alt: Some(alt),
            title: list_title.or_else(|| (!title.is_empty()).then(|| title.to_string())),
            place,
            source_place,
            attributes,
            link: None,
        });
    }
}

/// Where the words of a link end: before its last node.
fn link_words_end(rest: &[Node<'_>]) -> Option<usize> {
    let end = rest
        .iter()
        .position(|it| matches!(it.kind, Kind::LinkEnd))?;
    Some(rest[..end].last()?.range.end)
}

/// The destination in `](destination "title")`.
fn destination_in(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let open = text[range.clone()].find("](")?;
    let start = range.start + open + 2;
    let rest = &text[start..range.end];
    let skipped = rest.len() - rest.trim_start().len();
    target(text, start + skipped, range.end)
}

/// A destination that starts at `start`: between `<` and `>`, or up to white space or the last `)`.
fn target(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let rest = text.get(start..end)?;
    if let Some(inside) = rest.strip_prefix('<') {
        let length = inside.find('>')?;
        return Some(start + 1..start + 1 + length);
    }
    let mut depth = 0;
    let mut bytes = rest.bytes().enumerate();
    while let Some((index, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(start..start + index),
            b')' => depth -= 1,
            _ if byte.is_ascii_whitespace() => return Some(start..start + index),
            _ => {}
        }
    }
    Some(start..end)
}

/// Whether a paragraph is one link and nothing else.
fn is_lone_link(nodes: &[Node<'_>]) -> bool {
    let [first, inner @ .., last] = nodes else {
        return false;
    };
    let is_words = |it: &Node<'_>| matches!(it.kind, Kind::Words) && it.range.is_empty();
    let (inner, last) = match inner {
        [inner @ .., before] if is_words(last) => (inner, before),
        _ => (inner, last),
    };
    matches!(first.kind, Kind::Link { .. })
        && matches!(last.kind, Kind::LinkEnd)
        && !inner.iter().any(|it| matches!(it.kind, Kind::LinkEnd))
}

/// The most letters of code that always stand on one line.
const MOST_LETTERS: usize = 28;

/// Whether code is short and of several words: a command that is read as one.
fn is_command(code: &str) -> bool {
    code.contains(' ') && code.chars().count() <= MOST_LETTERS
}
