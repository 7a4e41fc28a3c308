//! Links in running text, and addresses that are links by themselves.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use crate::markdown::address;
use crate::markdown::dialect::Construct;
use crate::markdown::document::{Attributes, Link, LinkForm, Place};
use crate::markdown::html::unsafe_address;
use crate::markdown::inline::{Kind, Node};
use crate::markdown::mkdocs::long_links::{self, Shown};
use crate::markdown::mkdocs::short_links::ShortLink;
use crate::markdown::writer::{Writer, part_from};

impl<'t> Writer<'_, 't> {
    pub(crate) fn link(
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
    pub(crate) fn dead_link(&mut self) {
        self.output.html("<span>");
        self.output.begin("span");
        self.output.dead_links += 1;
    }

    /// How a link is written, and where its destination is.
    pub(crate) fn destination_of(
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

    /// Writes a bare address as a link; one of a code host may have shorter words.
    pub(crate) fn bare_link(&mut self, found: Range<usize>, before: &str) {
        let words: &str = &self.text.text[found.clone()];
        let destination = format!("{before}{words}");
        let place = self.place(found.clone());
        let short = before
            .is_empty()
            .then(|| self.shorter(&destination))
            .flatten();
        let link = Link {
            title: short.as_ref().and_then(|it| it.title.clone()),
            ..self.link_to(destination, place)
        };
        if !self.output.open_link(link) {
            return;
        }
        match short {
            Some(short) => self.output.text(&short.words, place),
            None => self.put_words(found),
        }
        self.output.close_link();
    }

    /// Writes `<https://…>` where such addresses may have shorter words; how many of the following nodes
    /// belong to it.
    pub(crate) fn bracketed(&mut self, node: &Node<'t>, rest: &[Node<'t>]) -> Option<usize> {
        let Kind::Link {
            kind: LinkType::Autolink,
            destination,
            ..
        } = &node.kind
        else {
            return None;
        };
        let is_mail = destination.starts_with("mailto:");
        if !is_mail {
            self.shorter(destination)?;
        }
        let end = rest
            .iter()
            .position(|it| matches!(it.kind, Kind::LinkEnd))?;
        let start = node.range.start + 1;
        if is_mail {
            let scheme = "mailto:";
            self.bare_link(start + scheme.len()..node.range.end - 1, scheme);
        } else {
            self.bare_link(start..node.range.end - 1, "");
        }
        Some(end + 1)
    }

    /// What is shown in the place of an address.
    fn shorter(&self, address: &str) -> Option<Shown> {
        let dialect = self.output.dialect;
        let is_read = dialect.constructs.has(Construct::MagicLinks);
        long_links::shown(address, &dialect.repository_links).filter(|_| is_read)
    }

    /// Writes the short form of a link.
    pub(crate) fn short_link(&mut self, short: ShortLink, offset: usize) {
        let place = self.place(offset + short.range.start..offset + short.range.end);
        let link = Link {
            title: Some(short.title),
            ..self.link_to(short.address, place)
        };
        if self.output.open_link(link) {
            self.output.text(&short.words, place);
            self.output.close_link();
        }
    }

    /// A link that is written as nothing but where it leads.
    fn link_to(&self, destination: String, place: Place) -> Link {
        Link {
            destination,
            text: part_from(0),
            title: None,
            place,
            destination_place: place,
            form: LinkForm::Auto,
            attributes: Attributes::default(),
            heading: self.output.under(),
        }
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
pub(crate) fn is_lone_link(nodes: &[Node<'_>]) -> bool {
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
