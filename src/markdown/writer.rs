//! Events of the Markdown parser become HTML in pieces, plain text and facts.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::files::FilePath;
use crate::markdown::dialect::Dialect;
use crate::markdown::document::{
    Anchor, Attributes, Document, Heading, Image, Link, LinkForm, Part, Piece, Place, Section,
    narrow,
};
use crate::markdown::sources::Sources;

/// Writes the body that starts at `body`.
pub(crate) fn write(file: &FilePath, source: &str, body: usize, _dialect: &Dialect) -> Document {
    let mut writer = Writer {
        document: Document {
            sources: Sources::new(file, source.len()),
            ..Document::default()
        },
        written: 0,
        heading: None,
        links: Vec::new(),
        alt: None,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_GFM;
    for (event, range) in Parser::new_ext(&source[body..], options).into_offset_iter() {
        let place = Place {
            start: narrow(range.start + body),
            end: narrow(range.end + body),
        };
        writer.event(event, place);
    }
    writer.flush();
    writer.sections();
    writer.document
}

struct Writer {
    document: Document,
    written: usize,
    heading: Option<u32>,
    links: Vec<usize>,
    alt: Option<String>,
}

impl Writer {
    fn flush(&mut self) {
        let end = self.document.html.len();
        if end > self.written {
            self.document.pieces.push(Piece::Html(self.written..end));
            self.written = end;
        }
    }

    fn html(&mut self, html: &str) {
        self.document.html.push_str(html);
    }

    fn text(&mut self, text: &str, place: Place) {
        if let Some(alt) = &mut self.alt {
            alt.push_str(text);
            return;
        }
        self.document.text.push(text, place);
        let running = self.heading.is_none() && self.links.is_empty();
        if running {
            self.flush();
        }
        escape(&mut self.document.html, text);
        if running {
            let end = self.document.html.len();
            self.document.pieces.push(Piece::Text(self.written..end));
            self.written = end;
        }
    }

    fn event(&mut self, event: Event<'_>, place: Place) {
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => {
                self.text(&text, place);
            }
            Event::Code(text) => {
                self.document.text.push(&text, place);
                self.html("<code>");
                escape(&mut self.document.html, &text);
                self.html("</code>");
            }
            Event::SoftBreak => self.text("\n", place),
            Event::HardBreak => self.html("<br>\n"),
            Event::Rule => self.html("<hr>\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, place: Place) {
        match tag {
            Tag::Paragraph => self.html("<p>"),
            Tag::Heading { level, .. } => {
                self.document.headings.push(Heading {
                    level: level as u8,
                    id: String::new(),
                    text: Part::default(),
                    html: String::new(),
                    place,
                    classes: Vec::new(),
                });
                self.heading = Some(self.document.text.len());
                self.flush();
            }
            Tag::Link {
                dest_url, title, ..
            } => {
                self.flush();
                let index = self.document.links.len();
                self.links.push(index);
                let start = self.document.text.len();
                self.document.links.push(Link {
                    destination: dest_url.into_string(),
                    text: Part { start, end: start },
                    title: (!title.is_empty()).then(|| title.into_string()),
                    place,
                    destination_place: place,
                    form: LinkForm::Inline,
                    attributes: Attributes::default(),
                    heading: self.document.headings.len().checked_sub(1),
                });
                self.document.pieces.push(Piece::LinkOpen(index));
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.flush();
                self.alt = Some(String::new());
                self.document.images.push(Image {
                    source: dest_url.into_string(),
                    alt: None,
                    title: (!title.is_empty()).then(|| title.into_string()),
                    place,
                    source_place: place,
                    attributes: Attributes::default(),
                    link: self.links.last().copied(),
                });
            }
            tag => self.html(open(&tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::Link => {
                let Some(index) = self.links.pop() else {
                    return;
                };
                self.document.links[index].text.end = self.document.text.len();
                self.flush();
                self.document.pieces.push(Piece::LinkClose(index));
            }
            TagEnd::Image => {
                let index = self.document.images.len() - 1;
                self.document.images[index].alt = self.alt.take();
                self.document.pieces.push(Piece::Image(index));
            }
            tag => {
                self.html(close(tag));
                self.document.text.end_block();
            }
        }
    }

    fn end_heading(&mut self, level: u8) {
        let Some(start) = self.heading.take() else {
            return;
        };
        let index = self.document.headings.len() - 1;
        let part = self.document.text.since(start);
        let id = slug(self.document.words(part));
        let heading = &mut self.document.headings[index];
        heading.text = part;
        heading.id.clone_from(&id);
        self.document.html[self.written..].clone_into(&mut heading.html);
        self.document.ids.push(Anchor {
            id,
            place: heading.place,
        });
        let opening = format!("<h{level} id=\"{}\">", heading.id);
        self.document.html.insert_str(self.written, &opening);
        self.flush();
        self.document.pieces.push(Piece::HeadingEnd(index));
        self.html("</h");
        self.html(["1", "2", "3", "4", "5", "6"][usize::from(level - 1)]);
        self.html(">\n");
        self.document.text.end_block();
    }

    fn sections(&mut self) {
        let headings = &self.document.headings;
        let ends = headings
            .iter()
            .map(|it| it.text.start)
            .chain([self.document.text.len()]);
        let starts = [(None, 0)].into_iter();
        let starts = starts.chain(
            headings
                .iter()
                .enumerate()
                .map(|(index, it)| (Some(index), it.text.end)),
        );
        let sections = starts.zip(ends).map(|((heading, start), end)| Section {
            heading,
            text: self.document.text.trimmed(Part { start, end }),
        });
        self.document.sections = sections.collect();
    }
}

fn slug(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

fn open(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::BlockQuote(_) => "<blockquote>\n",
        Tag::CodeBlock(_) => "<pre><code>",
        Tag::List(None) => "<ul>\n",
        Tag::List(Some(_)) => "<ol>\n",
        Tag::Item => "<li>",
        Tag::Table(_) => "<table>\n",
        Tag::TableHead => "<thead><tr>",
        Tag::TableRow => "<tr>",
        Tag::TableCell => "<td>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        _ => "",
    }
}

fn close(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>\n",
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::Table => "</table>\n",
        TagEnd::TableHead => "</tr></thead>\n",
        TagEnd::TableRow => "</tr>\n",
        TagEnd::TableCell => "</td>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        _ => "",
    }
}

fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            character => html.push(character),
        }
    }
}
