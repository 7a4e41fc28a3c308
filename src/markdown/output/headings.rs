//! A heading on its way into a page: its words, its anchor.

use crate::markdown::dialect::Slugs;
use crate::markdown::document::{
    Anchor, Attributes, BlockKind, Heading, Part, Piece, Place, narrow,
};
use crate::markdown::output::{Output, escape};

/// A heading that is open.
pub(super) struct OpenHeading {
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

impl Output<'_> {
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

    /// How many headings are open in which words may be explained, as Python-Markdown does.
    pub(crate) fn headings_with_terms(&self) -> usize {
        usize::from(self.heading.is_some() && self.dialect.slugs != Slugs::GitHub)
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
}
