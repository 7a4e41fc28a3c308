//! The body of a page: the pieces of its Markdown with links, images, components and terms filled in.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::book::address::escape as escape_address;
use crate::book::component::{self, anchors};
use crate::book::link::{Missing, Target};
use crate::book::page::Page;
use crate::book::tags::Listing;
use crate::files::{Content, FilePath};
use crate::markdown::{Attributes, Document, Heading, Image, Link, Piece};
use crate::policy::Policy;
use crate::policy::part::{Part, Value};
use crate::policy::quantity::Quantity;
use crate::policy::response::Target as Time;

use super::Site;
use super::address::Root;
use super::html;
use super::sources::Sources;
use crate::site::{tags, toc};

/// The body of a page.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// As HTML.
    pub html: String,
    /// Whether it holds a table of severities, which wants the whole width.
    pub is_wide: bool,
    /// Whether it holds the questions that lead to a severity.
    pub has_chooser: bool,
}

/// Writes the body of a page.
pub(crate) fn write(site: &Site, page: &Page, root: &Root) -> Body {
    let document = page.document();
    let mut writer = Writer {
        site,
        page,
        document,
        root,
        body: Body::default(),
        links: Vec::new(),
        seen: Vec::new(),
        anchors: Vec::new(),
        parts: 0,
        images: 0,
        with_terms: site.has_hints(page),
        sources: site
            .options
            .with_sources
            .then(|| Sources::new(&site.handbook, page)),
    };
    writer
        .body
        .html
        .reserve(document.html.len() + document.html.len() / 4 + 256);
    let mut at = 0;
    while let Some(piece) = document.pieces.get(at) {
        at += writer.piece(piece, at).max(1);
    }
    writer.tag_list(None);
    writer.body
}

struct Writer<'site> {
    site: &'site Site,
    page: &'site Page,
    document: &'site Document,
    root: &'site Root,
    body: Body,
    /// The end tags of the links that are open.
    links: Vec<&'static str>,
    /// The terms that were hinted at since the last heading of level 2.
    seen: Vec<usize>,
    /// Anchors that components have set.
    anchors: Vec<String>,
    parts: usize,
    images: usize,
    with_terms: bool,
    /// Where blocks are written, for a preview.
    sources: Option<Sources<'site>>,
}

impl Writer<'_> {
    /// Writes a piece, and says how many pieces it took.
    fn piece(&mut self, piece: &Piece, at: usize) -> usize {
        match piece {
            Piece::Html(range) => self.html(range.clone()),
            Piece::Text(range) => self.text(range.clone()),
            Piece::LinkOpen(link) => return self.open(*link, at),
            Piece::LinkClose(_) => self
                .body
                .html
                .push_str(self.links.pop().unwrap_or_default()),
            Piece::Image(image) => self.image(&self.document.images[*image]),
            Piece::LoneLink { link, length } => {
                let link = &self.document.links[*link];
                let part = self.site.handbook.part(self.page, link);
                if let Some(part) = part.filter(|it| !matches!(it, Part::Value(_))) {
                    self.part(part);
                    return length + 1;
                }
            }
            Piece::HeadingEnd(heading) => {
                if self.document.headings[*heading].level <= 2 {
                    self.seen.clear();
                }
            }
            Piece::Toc => {
                let dialect = &self.site.handbook.settings.dialect;
                toc::write(&mut self.body.html, &self.document.headings, dialect);
            }
            Piece::TagList(list) => self.tag_list(Some(*list)),
        }
        1
    }

    /// The list of tags that a place of the page asks for, or that stands at its end. `[TAGS]` on a page that lists
    /// none stays as it is written.
    fn tag_list(&mut self, at: Option<usize>) {
        let handbook = &self.site.handbook;
        let mut lists = handbook.tag_lists(self.page).iter();
        match (lists.find(|it| it.at == at), at) {
            (Some(list), _) => tags::write(&mut self.body.html, list, handbook, self.root),
            (None, Some(at)) if self.document.tag_lists[at].wanted.is_none() => {
                self.body.html.push_str("<p>[TAGS]</p>\n");
            }
            _ => {}
        }
    }

    fn html(&mut self, range: std::ops::Range<usize>) {
        let html = &mut self.body.html;
        match &mut self.sources {
            Some(sources) => sources.write(range, html),
            None => html.push_str(&self.document.html[range]),
        }
    }

    fn text(&mut self, range: std::ops::Range<usize>) {
        let text = &self.document.html[range];
        if !self.with_terms || !self.links.is_empty() {
            self.body.html.push_str(text);
            return;
        }
        let mut start = 0;
        for it in self.site.terms.find(text) {
            if self.seen.contains(&it.definition) {
                continue;
            }
            self.seen.push(it.definition);
            self.body.html.push_str(&text[start..it.start]);
            self.term(it.definition, &text[it.start..it.end]);
            start = it.end;
        }
        self.body.html.push_str(&text[start..]);
    }

    /// A term that leads to what it means; `words` are HTML.
    fn term(&mut self, definition: usize, words: &str) {
        let part = Part::Definition(&self.site.handbook.policy.definitions[definition]);
        let hint = self.site.hints.get(definition).map_or("", String::as_str);
        let html = &mut self.body.html;
        let Some(address) = self.site.place(self.root, part) else {
            html.push_str(words);
            return;
        };
        let _ = write!(
            html,
            "<a class=\"term\" href=\"{}\" data-tip=\"{}\">{words}</a>",
            html::escape(&address),
            html::escape(hint)
        );
    }

    /// Opens a link; one into the policy is written whole.
    fn open(&mut self, index: usize, at: usize) -> usize {
        let link = &self.document.links[index];
        let target = self
            .site
            .handbook
            .resolve(self.page, link.form, &link.destination);
        if let Target::Policy { file, fragment } = &target {
            let end = self.end_of(index, at);
            let words = self.words(at + 1..end);
            self.policy_link(link, file, fragment.as_deref(), &words);
            return end + 1 - at;
        }
        let address = self.address(&target, &link.destination);
        let _ = write!(self.body.html, "<a href=\"{}\"", html::escape(&address));
        if let Some(title) = &link.title {
            let _ = write!(self.body.html, " title=\"{}\"", html::escape(title));
        }
        attributes(&mut self.body.html, &link.attributes);
        self.body.html.push('>');
        self.links.push("</a>");
        1
    }

    /// The piece that closes a link which opens at `at`.
    fn end_of(&self, link: usize, at: usize) -> usize {
        let rest = self.document.pieces[at..].iter();
        let length = rest.take_while(|it| **it != Piece::LinkClose(link)).count();
        (at + length).min(self.document.pieces.len())
    }

    /// What stands between two pieces, as HTML.
    fn words(&mut self, pieces: std::ops::Range<usize>) -> String {
        let mut words = String::new();
        for piece in &self.document.pieces[pieces] {
            if let Piece::Html(range) | Piece::Text(range) = piece {
                words.push_str(&self.document.html[range.clone()]);
            }
        }
        words
    }

    fn policy_link(&mut self, link: &Link, file: &FilePath, fragment: Option<&str>, words: &str) {
        let policy = &self.site.handbook.policy;
        let Some(part) = component::part(policy, file, fragment) else {
            self.body.html.push_str(words);
            return;
        };
        let or = |words: &str, name: &str| {
            let is_empty = words.trim().is_empty();
            if is_empty {
                html::escape(name)
            } else {
                words.to_owned()
            }
        };
        match part {
            Part::Severity(severity) => {
                let class = format!("sev {}", self.site.scope().badge(severity).tone);
                self.framed(Some(part), &class, &or(words, &severity.id));
            }
            Part::Definition(it) => {
                let words = or(words, &it.term);
                let at = policy
                    .definitions
                    .iter()
                    .position(|other| other.id.value == it.id.value);
                match at.filter(|at| self.with_terms && !self.seen.contains(at)) {
                    Some(definition) => {
                        self.seen.push(definition);
                        self.term(definition, &words);
                    }
                    None => self.framed(Some(part), "", &words),
                }
            }
            Part::Value(Value::Text(phone)) if fragment.is_some_and(|it| it.ends_with("phone")) => {
                let (address, words) = (telephone(phone), phone.replace(' ', "\u{a0}"));
                let _ = write!(
                    self.body.html,
                    "<a href=\"{address}\">{}</a>",
                    html::escape(&words)
                );
            }
            Part::Value(value) => {
                let words = self.value(link, value, words);
                let shown_by = shown_by(policy, fragment).filter(|_| is_number(value));
                self.framed(shown_by, "val", &words);
            }
            _ => self.framed(Some(part), "", words),
        }
    }

    /// Words that lead to the page that shows a part of the policy, where there is one.
    fn framed(&mut self, part: Option<Part<'_>>, class: &str, words: &str) {
        let address = part.and_then(|it| self.site.place(self.root, it));
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        let html = &mut self.body.html;
        let _ = match address {
            Some(address) => write!(
                html,
                "<a{class} href=\"{}\">{words}</a>",
                html::escape(&address)
            ),
            None if class.is_empty() => write!(html, "{words}"),
            None => write!(html, "<span{class}>{words}</span>"),
        };
    }

    /// The author's words for a value where they say the same as the data, else those of the data.
    fn value(&self, link: &Link, value: Value<'_>, words: &str) -> String {
        let shown = self.site.scope().value(value);
        let written = self.document.words(link.text).trim();
        if says(written, value) || written.eq_ignore_ascii_case(shown.trim()) {
            return words.to_owned();
        }
        let is_code = words.trim_start().starts_with("<code");
        if is_code {
            format!("<code class=\"cmd\">{}</code>", html::escape(&shown))
        } else {
            html::inline(&shown)
        }
    }

    fn address(&self, target: &Target, written: &str) -> String {
        let handbook = &self.site.handbook;
        match target {
            Target::Page { page, anchor, .. } => {
                let to = &handbook.pages[*page];
                let anchor = anchor
                    .as_deref()
                    .map(|it| format!("#{}", escape_address(it)));
                match anchor {
                    Some(anchor) if to.path == self.page.path => anchor,
                    None if written.trim() == "#" => "#".to_owned(),
                    anchor => self.root.to(&to.address.url) + &anchor.unwrap_or_default(),
                }
            }
            Target::Asset { path, suffix } => self.root.to(path.as_str()) + suffix,
            Target::Missing(Missing::Case(path)) => self.root.to(path.as_str()),
            _ => written.to_owned(),
        }
    }

    fn image(&mut self, image: &Image) {
        let handbook = &self.site.handbook;
        let target = handbook.resolve(self.page, crate::markdown::LinkForm::Inline, &image.source);
        let address = self.address(&target, &image.source);
        let alt = image.alt.as_deref().unwrap_or_default();
        let html = &mut self.body.html;
        let _ = write!(
            html,
            "<img src=\"{}\" alt=\"{}\"",
            html::escape(&address),
            html::escape(alt)
        );
        if let Some(title) = &image.title {
            let _ = write!(html, " title=\"{}\"", html::escape(title));
        }
        let has_size =
            image.attributes.get("width").is_some() || image.attributes.get("height").is_some();
        let size = match &target {
            Target::Asset { path, .. } if !has_size => self.site.dimensions(path),
            _ => None,
        };
        if let Some((width, height)) = size {
            let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
        }
        if self.images > 0 && image.attributes.get("loading").is_none() {
            html.push_str(" loading=\"lazy\"");
        }
        attributes(html, &image.attributes);
        html.push('>');
        self.images += 1;
    }

    /// A part of the policy in place of a paragraph.
    fn part(&mut self, part: Part<'_>) {
        let document = self.document;
        let free: Vec<String> = anchors(part, &self.site.handbook.policy)
            .into_iter()
            .filter(|it| !document.ids.iter().any(|id| id.id == *it) && !self.anchors.contains(it))
            .collect();
        self.parts += 1;
        let id = format!("part-{}", self.parts);
        let html = self
            .site
            .part(part, &id, &|it| free.iter().any(|free| free == it));
        self.body.html.push_str(&html);
        self.anchors.extend(free);
        self.body.is_wide |= part == Part::Severities;
        self.body.has_chooser |= part == Part::Chooser;
    }
}

impl Site {
    /// The address of the place that shows a part of the policy; `None` where none does.
    pub(super) fn place(&self, root: &Root, part: Part<'_>) -> Option<String> {
        let (page, anchor) = self.shown.place(part)?;
        let mut address = root.to(&self.handbook.pages[page].address.url);
        if !anchor.is_empty() {
            address.push('#');
            address.push_str(&escape_address(&anchor));
        }
        Some(address)
    }

    /// Width and height of a picture, from the content folder.
    fn dimensions(&self, path: &FilePath) -> Option<(u32, u32)> {
        let file = self.handbook.assets.get(path)?;
        match self.handbook.files.get(file.as_str())? {
            Content::Stored(stored) => stored.dimensions,
            Content::Bytes(_) => None,
        }
    }
}

/// The part that shows the value which a fragment names: its severity, or the metrics.
fn shown_by<'policy>(policy: &'policy Policy, fragment: Option<&str>) -> Option<Part<'policy>> {
    let mut names = fragment?.split('/').filter(|it| *it != "severities");
    match names.next()? {
        "metrics" => Some(Part::Metrics),
        name => policy.severity(name).map(Part::Severity),
    }
}

/// The address of a telephone number.
pub(crate) fn telephone(number: &str) -> String {
    let digits = number
        .chars()
        .filter(|it| it.is_ascii_digit() || *it == '+');
    format!("tel:{}", digits.collect::<String>())
}

/// Whether a value is a number that a reader may want to look up.
fn is_number(value: Value<'_>) -> bool {
    matches!(
        value,
        Value::Quantity(_) | Value::Target(_) | Value::Every(_) | Value::Comparison(_)
    )
}

/// Whether words state the quantity of a value, however they write it.
fn says(words: &str, value: Value<'_>) -> bool {
    let quantity = match value {
        Value::Quantity(quantity) => Some(&quantity.value),
        Value::Target(Time { time, .. }) | Value::Every(Time { time, .. }) => time.value.quantity(),
        _ => None,
    };
    quantity.is_some_and(|it| Quantity::parse(words).is_ok_and(|written| written == *it))
}

fn attributes(html: &mut String, attributes: &Attributes) {
    if let Some(id) = &attributes.id {
        let _ = write!(html, " id=\"{}\"", html::escape(id));
    }
    if !attributes.classes.is_empty() {
        let _ = write!(
            html,
            " class=\"{}\"",
            html::escape(&attributes.classes.join(" "))
        );
    }
    for (name, value) in &attributes.others {
        let _ = write!(html, " {name}=\"{}\"", html::escape(value));
    }
}

/// More headings than this show only those of level 2.
const MANY: usize = 60;

/// A line of a page's contents.
pub(crate) struct Line<'page> {
    /// The level of its heading.
    pub level: u8,
    /// Its anchor.
    pub id: &'page str,
    /// Its words, as HTML.
    pub html: Cow<'page, str>,
}

impl<'page> Line<'page> {
    fn of(heading: &'page Heading) -> Self {
        Self {
            level: heading.level,
            id: &heading.id,
            html: heading.html.as_str().into(),
        }
    }
}

/// The list of a page's headings, those of its lists of tags included; empty where there are fewer than two.
pub(crate) fn contents(page: &Page, lists: &[Listing]) -> String {
    let mut headings = page.document().headings.iter();
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut written = 0;
    for list in lists {
        let before = headings.by_ref().take(list.headings - written);
        lines.extend(before.map(Line::of));
        written = list.headings;
        lines.extend(tags::lines(list));
    }
    lines.extend(headings.map(Line::of));
    lines.retain(|it| matches!(it.level, 2 | 3) && !it.id.is_empty());
    if lines.len() > MANY {
        lines.retain(|it| it.level == 2);
    }
    if lines.len() < 2 {
        return String::new();
    }
    nested(&lines)
}

fn nested(lines: &[Line<'_>]) -> String {
    let mut list = String::from("<ul>");
    let mut is_below = false;
    for (at, line) in lines.iter().enumerate() {
        let goes_below = line.level == 3 && at > 0;
        match (is_below, goes_below) {
            (false, true) => list.push_str("<ul>"),
            (true, false) => list.push_str("</li></ul></li>"),
            (true, true) => list.push_str("</li>"),
            (false, false) if at > 0 => list.push_str("</li>"),
            (false, false) => {}
        }
        is_below = goes_below;
        let address = html::escape(&escape_address(line.id));
        let _ = write!(list, "<li><a href=\"#{address}\">{}</a>", line.html);
    }
    list.push_str(if is_below {
        "</li></ul></li></ul>"
    } else {
        "</li></ul>"
    });
    list
}
