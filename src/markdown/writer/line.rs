//! A line, from its nodes to HTML: paragraphs, headings, cells and what is in them.

use crate::diagnostic::Level;
use crate::markdown::blocks;
use crate::markdown::dialect::Construct;
use crate::markdown::document::{Attributes, BlockKind, Piece, Place};
use crate::markdown::elements;
use crate::markdown::html;
use crate::markdown::inline::{self, Kind, Node, Style};
use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::attribute_lists::List;
use crate::markdown::mkdocs::marks;
use crate::markdown::output::RAW_HTML;
use crate::markdown::writer::links::is_lone_link;
use crate::markdown::writer::{Line, Writer, reference_id};

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
        let may_have = |it: &Node<'_>| marks::may_be_in(&text[it.range.clone()], constructs);
        if self.carried.is_some() || nodes.iter().any(|it| words(it) && may_have(it)) {
            let ends = &mut self.change_ends;
            nodes = marks::pair(nodes, text, constructs, &mut self.carried, ends);
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
            if list.is_some() && matches!(line, Line::Heading(..)) {
                inline::trim_closing(&mut nodes, text);
            }
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
            Line::Term => self.terms(&nodes),
            Line::Bare => self.bare(&nodes, list),
        }
        // The room is kept for the next line.
        nodes.clear();
        self.nodes = nodes;
    }

    /// The lines of a term are terms of their own, as Python-Markdown has it.
    fn terms(&mut self, nodes: &[Node<'t>]) {
        let mut depth = 0_usize;
        let mut start = 0;
        for (index, node) in nodes.iter().enumerate() {
            match node.kind {
                Kind::Start(_) | Kind::Link { .. } | Kind::Image { .. } => depth += 1,
                Kind::End(_) | Kind::LinkEnd | Kind::ImageEnd => depth = depth.saturating_sub(1),
                Kind::SoftBreak if depth == 0 => {
                    self.nodes_in(&nodes[start..index]);
                    start = index + 1;
                    self.output.end_block();
                    self.output.end_tag("</dt>\n");
                    self.begin_term(self.place_of(&nodes[start..]));
                }
                _ => {}
            }
        }
        self.nodes_in(&nodes[start..]);
    }

    fn place_of(&self, nodes: &[Node<'_>]) -> Place {
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
            return Place::default();
        };
        self.place(first.range.start..last.range.end.max(first.range.start))
    }

    /// Words right inside a list item; with a box to tick they are its label.
    fn bare(&mut self, nodes: &[Node<'t>], list: Option<List>) {
        self.output.imply_cell_for_words();
        if let Some(mut list) = list
            && let Some(classes) = self.output.reopen_item()
        {
            list.attributes.classes.splice(..0, classes);
            self.put_list(Some(list), self.place_of(nodes));
            self.output.html(">");
        }
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
        if self.output.dialect.tags_marker.is_some() && self.is_marker(nodes, "[TAGS]") {
            self.output.tag_list(None, place);
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
        if self.starts_element(nodes) {
            self.output.before_block();
            self.nodes_in(nodes);
            self.output.end_block();
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

    /// Whether a line is an element that no paragraph may hold, with words and Markdown in it.
    fn starts_element(&self, nodes: &[Node<'_>]) -> bool {
        let text: &str = &self.text.text;
        let [mark, first, ..] = nodes else {
            return false;
        };
        let is_mark = &text[mark.range.clone()] == SENTINEL;
        let name = text[first.range.clone()].trim_start_matches('<');
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let element = elements::element(&name[..length].to_ascii_lowercase());
        is_mark
            && matches!(first.kind, Kind::Html)
            && element.is_ok_and(|it| !it.is_inline() && it.kind != elements::Kind::Image)
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
        let marker = self.output.dialect.toc_marker.as_deref();
        marker.is_some_and(|it| self.is_marker(nodes, it))
    }

    /// Whether a line is this word alone.
    fn is_marker(&self, nodes: &[Node<'_>], marker: &str) -> bool {
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
    pub(crate) fn attributes_of(&mut self, list: Option<List>, place: Place) -> Attributes {
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
            if let Some(length) = self.bracketed(node, &nodes[index..]) {
                index += length;
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
}
