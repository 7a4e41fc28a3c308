//! Raw HTML: what is safe stays, every element is closed as a browser would close it, the rest is told.

mod nesting;

use std::ops::Range;

use html5gum::{DefaultEmitter, EndTag, HtmlString, Spanned, StartTag, Token, Tokenizer};

use crate::diagnostic::Level;
use crate::markdown::address;
use crate::markdown::document::{
    Attributes, BlockKind, Cell, Comment, Image, Link, LinkForm, Part, Place, Row,
};
use crate::markdown::elements::{self, Element, Kind, Refusal};
use crate::markdown::mapped::Mapped;
use crate::markdown::output::{Origin, Output, RAW_HTML, UNSAFE_LINK};

/// How deep raw HTML may go; a browser stops at 512.
const MAX_DEPTH: usize = 128;

/// Writes a stretch of raw HTML.
pub(crate) fn write(output: &mut Output<'_>, html: &Mapped<'_>) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut raw = Raw { output, html };
    for Ok(token) in Tokenizer::new_with_emitter(html.text.as_ref(), emitter) {
        raw.token(&token);
    }
}

/// What an author gave to an element.
#[derive(Default)]
struct Given {
    attributes: Attributes,
    /// `href` or `src`, and where it is.
    address: Option<(String, Place)>,
    alt: Option<String>,
    title: Option<String>,
}

struct Raw<'o, 'a, 'h> {
    output: &'o mut Output<'a>,
    html: &'h Mapped<'h>,
}

impl Raw<'_, '_, '_> {
    fn token(&mut self, token: &Token<usize>) {
        match token {
            Token::StartTag(tag) => self.start(tag),
            Token::EndTag(tag) => self.end(tag),
            Token::String(text) => self.text(text.span.start..text.span.end),
            Token::Comment(comment) => self.comment(comment),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn place(&self, range: Range<usize>) -> Place {
        self.html.place(range)
    }

    fn comment(&mut self, comment: &Spanned<HtmlString, usize>) {
        if self.output.muted.is_some() {
            return;
        }
        let place = self.place(comment.span.start..comment.span.end);
        let text = String::from_utf8_lossy(&comment.value).trim().to_owned();
        if text.is_empty() {
            return;
        }
        let wanted = self.output.tags_wanted(&text).map(str::to_owned);
        match wanted.filter(|_| self.output.between_blocks()) {
            Some(wanted) => self.output.tag_list(Some(wanted), place),
            None => self.output.document.comments.push(Comment { text, place }),
        }
    }

    /// Words between tags; line ends and the indentation behind them count as one space.
    fn text(&mut self, range: Range<usize>) {
        if self.output.muted.is_some() {
            return;
        }
        let html = self.html;
        let text = &html.text[range.clone()];
        if text.trim().is_empty() && self.output.between_blocks() {
            self.output.html("\n");
            return;
        }
        self.output.at = self.place(range.clone()).start;
        self.output.imply_cell();
        let is_verbatim = self.output.is_open("pre");
        for part in words(text) {
            let part = range.start + part.start..range.start + part.end;
            let place = self.place(part.clone());
            let slice = &html.text[part.clone()];
            if slice.starts_with('&') && slice.len() > 1 {
                self.output.text(&decode(slice), place);
            } else if slice.starts_with('\n') && !is_verbatim {
                self.output.text_as(" ", "\n", place);
            } else {
                for (part, place) in html.parts(part.clone()) {
                    self.output.text(&html.text[part], place);
                }
            }
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        if self.output.muted.is_some() {
            return;
        }
        let range = tag.span.start..tag.span.end;
        let place = self.place(range.clone());
        self.output.at = place.start;
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let element = match elements::element(&name) {
            Ok(element) => element,
            Err(refusal) => return self.refuse(refusal, &name, tag, range),
        };
        if self.output.open.len() >= MAX_DEPTH
            && self.output.raw >= MAX_DEPTH / 2
            && element.kind != Kind::Void
        {
            return;
        }
        let given = self.given(tag, element, place);
        if self.output.make_room(element, place) {
            self.open(element, given, place, tag.self_closing);
        }
    }

    /// Leaves out an element that a page may not have, and says so.
    fn refuse(&mut self, refusal: Refusal, name: &str, tag: &StartTag<usize>, range: Range<usize>) {
        let place = self.place(range.clone());
        let tell = |output: &mut Output<'_>, message: String, help: &str| {
            output.tell(RAW_HTML, Level::Warn, message, place, help);
        };
        match refusal {
            Refusal::Text => {
                tell(
                    self.output,
                    format!("HTML has no element `<{name}>`; it is shown as text"),
                    "write `&lt;` or put it between backticks",
                );
                let text = &self.html.text[range];
                self.output.text(text, place);
            }
            Refusal::TagOnly => {
                tell(
                    self.output,
                    format!("`<{name}>` is left out; what is in it stays"),
                    "remove the tag or say it in Markdown",
                );
            }
            Refusal::WithContent => {
                tell(
                    self.output,
                    format!("`<{name}>` is left out with what is in it"),
                    "remove it; a page runs no code and has no style of its own",
                );
                self.mute(name, place, tag.self_closing);
            }
            Refusal::Frame => {
                self.frame(name, tag, place);
                self.mute(name, place, false);
            }
        }
    }

    fn mute(&mut self, name: &str, place: Place, is_closed: bool) {
        if !is_closed && self.output.ends_after(name, place.start as usize) {
            self.output.muted = Some(name.to_owned());
        }
    }

    /// A frame of a host that the settings allow stays; of any other, a link takes its place.
    fn frame(&mut self, name: &str, tag: &StartTag<usize>, place: Place) {
        let value = |key: &str| {
            let value = tag.attributes.get(key.as_bytes())?;
            Some((
                String::from_utf8_lossy(value).into_owned(),
                self.place(value.span.start..value.span.end),
            ))
        };
        let title = value("title").map(|it| it.0);
        let Some((source, source_place)) = value("src") else {
            return;
        };
        let Some(destination) = address::link(&source).map(std::borrow::Cow::into_owned) else {
            return self.unsafe_address(&source, source_place);
        };
        let host = address::host(&destination);
        let is_allowed = name == "iframe"
            && host.is_some_and(|it| self.output.dialect.frame_hosts.contains(&it));
        if is_allowed {
            let sizes = ["width", "height"].map(|it| value(it).map(|it| it.0));
            self.output.html("<iframe");
            self.output.attribute("src", &destination);
            self.output
                .attribute("title", title.as_deref().unwrap_or(&destination));
            for (size, name) in sizes.into_iter().zip(["width", "height"]) {
                if let Some(size) = size.filter(|it| it.bytes().all(|it| it.is_ascii_digit())) {
                    self.output.attribute(name, &size);
                }
            }
            self.output.html(" loading=\"lazy\" sandbox=\"allow-scripts allow-same-origin allow-presentation\" allowfullscreen></iframe>");
            return;
        }
        let message = format!("`<{name}>` is shown as a link");
        let help = "a page shows nothing from elsewhere unless the settings name its host";
        self.output
            .tell(RAW_HTML, Level::Warn, message, place, help);
        let words = title.unwrap_or_else(|| shown(&destination).to_owned());
        let link = self.link(destination, source_place, place, Given::default());
        if self.output.open_link(link) {
            self.output.text(&words, source_place);
            self.output.close_link();
        }
    }

    fn link(
        &self,
        destination: String,
        destination_place: Place,
        place: Place,
        given: Given,
    ) -> Link {
        Link {
            destination,
            text: Part::default(),
            title: given.title,
            place,
            destination_place,
            form: LinkForm::Html,
            attributes: given.attributes,
            heading: self.output.under(),
        }
    }

    fn unsafe_address(&mut self, address: &str, place: Place) {
        unsafe_address(self.output, address, place);
    }

    /// What of the attributes may stay.
    fn given(&mut self, tag: &StartTag<usize>, element: &Element, place: Place) -> Given {
        let mut given = Given::default();
        for (name, value) in &tag.attributes {
            let name = String::from_utf8_lossy(name);
            let text = String::from_utf8_lossy(value).into_owned();
            let at = self.place(value.span.start..value.span.end);
            match name.as_ref() {
                "markdown" => {}
                "id" => given.attributes.id = Some(text),
                "name" if element.kind == Kind::Link => {
                    given.attributes.id = given.attributes.id.take().or(Some(text));
                }
                "class" => {
                    let classes = text.split_whitespace().map(str::to_owned);
                    given.attributes.classes.extend(classes);
                }
                "align" if element.allows("align") => {
                    if let side @ ("left" | "right" | "center") = text.to_ascii_lowercase().as_str()
                    {
                        given.attributes.classes.push(format!("align-{side}"));
                    }
                }
                "href" if element.kind == Kind::Link => given.address = Some((text, at)),
                "src" if element.kind == Kind::Image => given.address = Some((text, at)),
                "alt" if element.kind == Kind::Image => given.alt = Some(text),
                "title" if matches!(element.kind, Kind::Link | Kind::Image) => {
                    given.title = Some(text);
                }
                "width" | "height"
                    if !text
                        .trim_end_matches("px")
                        .bytes()
                        .all(|it| it.is_ascii_digit()) => {}
                "width" | "height" if element.allows(&name) => {
                    let size = text.trim_end_matches("px").to_owned();
                    given.attributes.others.push((name.into_owned(), size));
                }
                "srcset" if !address::pictures(&text) => self.unsafe_address(&text, at),
                name if element.allows(name) => {
                    given.attributes.others.push((name.to_owned(), text));
                }
                name => {
                    let message = format!("attribute `{name}` of `<{}>` is left out", element.name);
                    let help = if name == "style" {
                        "use a class, and say its looks in the theme"
                    } else {
                        "remove it"
                    };
                    let whole = Place {
                        start: at.start.min(place.end),
                        end: at.end.max(at.start),
                    };
                    self.output
                        .tell(RAW_HTML, Level::Warn, message, whole, help);
                }
            }
        }
        given
    }

    fn open(
        &mut self,
        element: &'static Element,
        mut given: Given,
        place: Place,
        self_closing: bool,
    ) {
        match element.kind {
            Kind::Image => return self.image(given, place),
            Kind::Link => return self.open_link(element, given, place),
            Kind::Input => return self.input(&given, place),
            Kind::Void => {
                if element.name == "br" {
                    self.output.document.text.push("\n", place);
                }
                return self.tag(element, &given.attributes, place);
            }
            Kind::Heading(level) => return self.heading(element, level, given, place),
            Kind::Table => {
                self.output.begin_table(place, true);
                self.output
                    .html("<div class=\"table-scroll\" tabindex=\"0\">");
            }
            Kind::Row => self.output.begin_row(Row {
                cells: Vec::new(),
                is_head: self.output.is_open("thead"),
                classes: given.attributes.classes.clone(),
                place,
            }),
            Kind::Cell => self.begin_cell(element, &mut given.attributes, place),
            Kind::Paragraph => self.output.begin_block(BlockKind::Paragraph, place),
            Kind::Item => self.output.begin_block(BlockKind::Item, place),
            Kind::Term if element.name == "dt" => self.output.begin_block(BlockKind::Term, place),
            Kind::Term => self.output.begin_block(BlockKind::Definition, place),
            Kind::List => {
                self.output.end_block();
                self.output.lists += 1;
            }
            Kind::Block => self.begin_block(element.name, place),
            Kind::Verbatim => self.output.quiet += 1,
            Kind::Inline | Kind::Rows => {}
        }
        self.tag(element, &given.attributes, place);
        self.output.push_raw(element.name, Origin::Raw, place);
        // HTML does not know `<div/>`, but authors who write it mean an empty element.
        if self_closing {
            self.output.close_innermost();
        }
    }

    fn heading(&mut self, element: &'static Element, level: u8, mut given: Given, place: Place) {
        let level = (level + self.output.dialect.heading_shift).min(6);
        self.output.end_heading();
        self.output.end_block();
        self.output.html("<");
        self.output.block_tag(element.name, place);
        self.output.begin_heading(level, place, &given.attributes);
        self.output.heading_is_raw();
        given.attributes.id = None;
        self.output.attributes(&given.attributes, place);
        self.output.html(">");
        self.output.heading_content();
        self.output.push_raw(element.name, Origin::Raw, place);
    }

    fn begin_block(&mut self, name: &str, place: Place) {
        match name {
            "summary" => {
                self.output.begin_block(BlockKind::Title, place);
                self.output.quiet += 1;
            }
            "pre" => {
                self.output.begin_block(BlockKind::Code, place);
                self.output.quiet += 1;
            }
            "blockquote" => {
                self.output.end_block();
                self.output.quotes += 1;
            }
            _ => self.output.end_block(),
        }
    }

    fn tag(&mut self, element: &Element, attributes: &Attributes, place: Place) {
        self.output.html("<");
        if element.is_inline() {
            self.output.html(element.name);
        } else {
            self.output.block_tag(element.name, place);
        }
        self.output.attributes(attributes, place);
        self.output.html(">");
    }

    fn begin_cell(&mut self, element: &Element, attributes: &mut Attributes, place: Place) {
        let is_header = element.name == "th";
        if is_header && attributes.get("scope").is_none() {
            let scope = if self.output.is_open("tbody") {
                "row"
            } else {
                "col"
            };
            attributes
                .others
                .push(("scope".to_owned(), scope.to_owned()));
        }
        let span = |name: &str| {
            let number = attributes
                .get(name)
                .and_then(|it| it.trim().parse::<u16>().ok());
            number.unwrap_or(1).clamp(1, 1000)
        };
        self.output.begin_cell(Cell {
            place: Place {
                start: place.end,
                end: place.end,
            },
            is_header,
            columns: span("colspan"),
            rows: span("rowspan"),
            classes: attributes.classes.clone(),
            ..Cell::default()
        });
    }

    fn image(&mut self, given: Given, place: Place) {
        let (source, source_place) = given.address.unwrap_or((String::new(), place));
        let Some(source) = address::picture(&source).map(std::borrow::Cow::into_owned) else {
            return self.unsafe_address(&source, source_place);
        };
        self.output.image(Image {
            source,
            alt: given.alt,
            title: given.title,
            place,
            source_place,
            attributes: given.attributes,
            link: None,
        });
    }

    fn open_link(&mut self, element: &'static Element, mut given: Given, place: Place) {
        let Some((written, destination_place)) = given.address.take() else {
            self.tag_of_anchor(element, &given, place);
            return;
        };
        let Some(destination) = address::link(&written).map(std::borrow::Cow::into_owned) else {
            return self.unsafe_address(&written, destination_place);
        };
        let link = self.link(destination, destination_place, place, given);
        if self.output.open_link(link) {
            self.output.push_raw("a", Origin::Raw, place);
        }
    }

    /// `<a id>` without a destination is only an anchor.
    fn tag_of_anchor(&mut self, element: &'static Element, given: &Given, place: Place) {
        self.output.html("<span");
        self.output.attributes(&given.attributes, place);
        self.output.html(">");
        let _ = element;
        self.output.push_raw("span", Origin::Raw, place);
    }

    fn input(&mut self, given: &Given, place: Place) {
        let kind = given.attributes.get("type").unwrap_or("text");
        if !kind.eq_ignore_ascii_case("checkbox") && !kind.eq_ignore_ascii_case("radio") {
            let message = "`<input>` is left out".to_owned();
            return self.output.tell(
                RAW_HTML,
                Level::Warn,
                message,
                place,
                "a page has no forms; a box to tick is all that stays",
            );
        }
        self.output.html("<input");
        self.output.attributes(&given.attributes, place);
        self.output.html(">");
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let range = tag.span.start..tag.span.end;
        let place = self.place(range.clone());
        self.output.at = place.start;
        if let Some(muted) = &self.output.muted {
            if *muted == name {
                self.output.muted = None;
            }
            return;
        }
        match elements::element(&name) {
            Ok(element) if element.kind == Kind::Void => {}
            Ok(element) => self.output.close(element, place),
            Err(Refusal::Text) => {
                let text = &self.html.text[range];
                self.output.text(text, place);
            }
            Err(_) => {}
        }
    }
}

/// Says that an address is refused.
pub(crate) fn unsafe_address(output: &mut Output<'_>, address: &str, place: Place) {
    let scheme = address::scheme(address.trim()).unwrap_or_default();
    let scheme: String = scheme
        .chars()
        .filter(|it| !it.is_control())
        .take(40)
        .collect();
    let message = format!("a page may not lead to a `{scheme}:` address");
    output.tell(
        UNSAFE_LINK,
        Level::Error,
        message,
        place,
        "use `https:`, `mailto:` or a path of the handbook",
    );
}

/// An address as people read it.
fn shown(address: &str) -> &str {
    let address = address.split_once("//").map_or(address, |(_, rest)| rest);
    address.split(['?', '#']).next().unwrap_or(address)
}

/// Cuts text at its entities and at its line ends, each with the white space behind it.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at = match bytes.get(start)? {
            b'\n' => {
                start
                    + bytes[start..]
                        .iter()
                        .take_while(|it| it.is_ascii_whitespace())
                        .count()
            }
            b'&' => {
                let is_part = |it: &&u8| it.is_ascii_alphanumeric() || **it == b'#';
                let name = bytes[start + 1..].iter().take_while(is_part).count();
                let end = start + 1 + name;
                if bytes.get(end) == Some(&b';') {
                    end + 1
                } else {
                    start + 1
                }
            }
            _ => bytes[start..]
                .iter()
                .position(|it| matches!(it, b'\n' | b'&'))
                .map_or(bytes.len(), |it| start + it),
        };
        Some(start..at)
    })
}

/// The text that entities stand for.
fn decode(text: &str) -> String {
    let mut decoded = String::new();
    for Ok(token) in Tokenizer::new(text) {
        if let Token::String(part) = token {
            decoded.push_str(&String::from_utf8_lossy(&part));
        }
    }
    decoded
}
