//! Blocks of raw HTML: those in which no line is ours, and elements whose content is Markdown.

use super::cursor::Cursor;
use super::scanner::{Frame, Scanner};
use super::starts::fence_start;
use super::{MAX_DEPTH, SENTINEL, raw};
use crate::markdown::dialect::Construct;
use crate::markdown::elements::{self, Element};

/// A line that starts raw HTML and shows nothing: no element has this end tag.
const RESUMED: &str = "</wbr>\n";

/// A block of raw HTML, in which no line is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Html {
    None,
    UntilBlank,
    Until(&'static str),
    /// Up to a byte of the page.
    UntilAt(usize),
}
/// What became of a line, or of the rest of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is written.
    Whole,
    /// It is written up to a byte, and goes on there as a new line would.
    UpTo(usize),
}

/// An element whose content is Markdown.
#[derive(Clone, Debug)]
pub(super) struct MarkdownElement {
    name: String,
    /// How many elements of its name are open, itself included.
    count: usize,
    /// In how many containers it is.
    pub(super) depth: usize,
}

impl Scanner<'_, '_> {
    /// Whether a line of raw HTML leaves the element open whose content is Markdown.
    pub(super) fn html_goes_on(&mut self, rest: &str) -> bool {
        let Some(element) = self.markdown_html.last_mut() else {
            return true;
        };
        let tags = |mark: &str| {
            let found = rest.match_indices(mark);
            found
                .filter(|(at, _)| starts_with_name(&rest[at + mark.len()..], &element.name))
                .count()
        };
        let (opened, closed) = (tags("<"), tags("</"));
        if closed >= element.count + opened {
            self.html = Html::None;
            return false;
        }
        element.count = element.count + opened - closed;
        true
    }

    /// Whether the line starts or ends an element whose content is Markdown.
    pub(super) fn is_markdown_tag(&self, rest: &str) -> bool {
        if let Some(element) = self.markdown_html.last()
            && rest
                .strip_prefix("</")
                .is_some_and(|it| starts_with_name(it, &element.name))
        {
            return true;
        }
        self.dialect.constructs.has(Construct::MarkdownInHtml) && markdown_tag(rest).is_some()
    }

    /// Reads raw HTML that goes on, or starts, at a byte of the line; `is_first` where nothing but white space
    /// is before it. `None` where there is none.
    pub(super) fn raw_element(
        &mut self,
        start: usize,
        at: usize,
        is_first: bool,
        text: &str,
    ) -> Option<Taken> {
        if let Html::UntilAt(stop) = self.html {
            if at < start + 4 && self.starts_code_in_raw(at, stop, text) {
                return None;
            }
            return Some(self.put_raw(start, stop, text));
        }
        if !is_first || !self.dialect.constructs.has(Construct::RawElements) {
            return None;
        }
        let rest = &text[at..];
        if self.html != Html::None || self.has_fence() || self.is_markdown_tag(rest) {
            return None;
        }
        if raw::is_end(rest) || !self.in_paragraph && raw::is_lone_inline(rest) {
            // An end tag without its start is a part of a line, and so is a tag such as `<br>`.
            self.output.keep(self.input, start..at);
            self.output.put(SENTINEL, self.input.offset(at));
            self.output.keep(self.input, at..text.len());
            self.in_paragraph = true;
            return Some(Taken::Whole);
        }
        let stop = if rest.starts_with("<!--") {
            self.comment_end(at)?
        } else {
            raw::is_start(rest).then(|| self.element_end(at))??
        };
        self.raw_start = (!raw::is_verbatim(rest)).then_some(at);
        Some(self.put_raw(start, stop, text))
    }

    /// Whether a line of raw HTML starts code between fences, which Python-Markdown takes out before it looks for HTML.
    /// The HTML then pauses, and goes on behind the code.
    fn starts_code_in_raw(&mut self, at: usize, stop: usize, text: &str) -> bool {
        let Some((mark, length)) = fence_start(&text[at..]) else {
            return false;
        };
        let whole: &str = &self.input.text;
        let is_end = |line: &str| {
            let line = line.trim();
            line.len() >= length && line.bytes().all(|it| it == mark)
        };
        let behind = whole.get(text.len()..stop).unwrap_or_default();
        let Some(start) = self.raw_start.filter(|_| self.raw_budget > 0) else {
            return false;
        };
        let before = whole.get(start..at).unwrap_or_default();
        let mut seen = before.len();
        let mut lines = behind.split_inclusive('\n');
        let is_closed = lines.any(|line| {
            seen += line.len();
            is_end(line)
        });
        let is_verbatim = raw::is_in_verbatim(before);
        self.raw_budget = self.raw_budget.saturating_sub(seen);
        if !is_closed || is_verbatim || self.raw_budget == 0 {
            return false;
        }
        self.raw_start = Some(text.len());
        self.put_break(at);
        self.html = Html::None;
        self.raw_behind_code = Some(stop);
        true
    }

    /// Lets the raw HTML go on that paused for code.
    pub(super) fn resume_raw(&mut self, at: usize) {
        let Some(stop) = self.raw_behind_code.take().filter(|it| *it > at) else {
            return;
        };
        self.put_blank(at);
        self.put_prefix(0, at);
        self.output.put(RESUMED, self.input.offset(at));
        self.html = Html::UntilAt(stop);
    }

    /// Where the comment ends that starts at a byte of the page; `None` where nothing stands behind it.
    fn comment_end(&self, at: usize) -> Option<usize> {
        let whole: &str = &self.input.text;
        let stop = at + whole[at..].find("-->")? + 3;
        let behind = whole[stop..].split('\n').next().unwrap_or_default();
        (!behind.trim().is_empty()).then_some(stop)
    }

    /// Where the element ends that starts at a byte of the page. Looking for ends is given up on a page that has
    /// very many elements without one.
    fn element_end(&mut self, at: usize) -> Option<usize> {
        let whole: &str = &self.input.text;
        let left = self.raw_budget.checked_sub(1)?;
        let stop = raw::element_end(whole, at);
        self.raw_budget = left.saturating_sub(stop.unwrap_or(whole.len()) - at);
        stop
    }

    /// Writes the line as raw HTML, up to where that stops.
    fn put_raw(&mut self, start: usize, stop: usize, text: &str) -> Taken {
        self.in_paragraph = false;
        if stop > text.len() {
            self.html = Html::UntilAt(stop);
            self.output.keep(self.input, start..text.len());
            return Taken::Whole;
        }
        self.html = Html::None;
        self.after_blank = true;
        if text[stop..].trim().is_empty() {
            self.output.keep(self.input, start..text.len());
            self.put_blank(text.len() - 1);
            return Taken::Whole;
        }
        self.output.keep(self.input, start..stop);
        self.put_break(stop);
        Taken::UpTo(stop)
    }

    /// Reads an element whose content is Markdown, where it starts at a byte of the line or ends in the line.
    pub(super) fn markdown_element(
        &mut self,
        start: usize,
        at: usize,
        text: &str,
    ) -> Option<Taken> {
        let has = self.dialect.constructs.has(Construct::MarkdownInHtml);
        let Some(tag) = markdown_tag(&text[at..]).filter(|_| has) else {
            return self.html_end(start, at, text);
        };
        if raw::holds_words(tag.name, tag.value)
            && let Some(stop) = self.element_end(at)
            && !self.input.text[at..stop].contains("\n\n")
        {
            if !self.after_blank {
                self.put_break(at);
            }
            self.output.put(SENTINEL, self.input.offset(at));
            self.raw_start = None;
            return Some(self.put_raw(start, stop, text));
        }
        if self.markdown_html.len() >= MAX_DEPTH {
            return None;
        }
        self.markdown_html.push(MarkdownElement {
            name: tag.name.to_owned(),
            count: 1,
            depth: self.frames.len(),
        });
        let behind = at + tag.length;
        if !self.after_blank {
            self.put_break(at);
        }
        self.output.keep(self.input, start..behind);
        self.put_break_behind(behind, text);
        self.after_blank = true;
        if let Some(columns) = self.margin(behind) {
            self.push(Frame::Margin(columns));
        }
        Some(taken(text, behind))
    }

    /// How many columns stand before what is in an element in a list whose start tag ends at a byte, where they
    /// would make code of it.
    fn margin(&self, behind: usize) -> Option<usize> {
        let is_in_list = matches!(self.frames.last(), Some(Frame::Item(_)));
        let whole: &str = &self.input.text;
        let line = whole[behind..].strip_prefix('\n')?;
        let line = line.split('\n').next().filter(|_| is_in_list)?;
        let mut cursor = Cursor {
            at: 0,
            column: 0,
            rest: 0,
        };
        let frames = self.frames.len();
        let (matched, _) = self.enter(&mut cursor, line.as_bytes(), false, frames);
        let columns = cursor.indent(line.as_bytes());
        let has_words = !line[cursor.at..].trim().is_empty();
        (matched == frames && has_words && columns > 3).then_some(columns)
    }

    /// Ends the element whose content is Markdown where its end tag is at a byte of the line.
    fn html_end(&mut self, start: usize, at: usize, text: &str) -> Option<Taken> {
        let element = self.markdown_html.last()?;
        let end = text[at..].strip_prefix("</")?;
        if element.count > 1 || !starts_with_name(end, &element.name) {
            return None;
        }
        let behind = end.find('>').map_or(text.len(), |it| at + it + 3);
        let depth = element.depth;
        self.markdown_html.pop();
        if matches!(self.frames.get(depth), Some(Frame::Margin(_))) {
            self.frames.truncate(depth);
        }
        self.output.keep(self.input, start..at);
        self.put_break(at);
        self.output.keep(self.input, at..behind);
        self.put_break_behind(behind, text);
        self.in_paragraph = false;
        self.after_blank = true;
        Some(taken(text, behind))
    }

    /// Where the part of a line ends that starts at a byte: where the element ends whose content it is.
    pub(super) fn part_end(&mut self, from: usize, text: &str) -> usize {
        let is_verbatim = self.has_fence() || self.html != Html::None;
        let first = text.len() - text[from..].trim_start().len();
        let starts_element =
            raw::is_start(&text[first..]) || markdown_tag(&text[first..]).is_some();
        let Some(element) = self.markdown_html.last_mut() else {
            return text.len();
        };
        if is_verbatim || starts_element {
            return text.len();
        }
        let mut at = first;
        while let Some(found) = text[at..].find('<').map(|it| at + it) {
            at = found + 1;
            let end = text[at..].strip_prefix('/');
            if end.is_some_and(|it| starts_with_name(it, &element.name)) {
                if element.count == 1 {
                    return if found == first { text.len() } else { found };
                }
                element.count -= 1;
            } else if starts_with_name(&text[at..], &element.name) {
                element.count += 1;
            }
        }
        text.len()
    }
}

/// What kind of HTML block the line starts (`CommonMark` 0.31, 4.6).
pub(super) fn html_start(rest: &str) -> Html {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return if comment.contains("-->") {
            Html::None
        } else {
            Html::Until("-->")
        };
    }
    let name = rest[1..].trim_start_matches('/');
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = &name[..length];
    let verbatim = [
        ("pre", "</pre>"),
        ("script", "</script>"),
        ("style", "</style>"),
        ("textarea", "</textarea>"),
    ];
    for (element, end) in verbatim {
        if name.eq_ignore_ascii_case(element) && !rest.starts_with("</") {
            return if rest.contains(end) {
                Html::None
            } else {
                Html::Until(end)
            };
        }
    }
    let is_block = BLOCK_ELEMENTS
        .iter()
        .any(|it| name.eq_ignore_ascii_case(it));
    if is_block {
        Html::UntilBlank
    } else {
        Html::None
    }
}

/// Elements whose tag starts a block of HTML (`CommonMark` 0.31, 4.6, condition 6).
pub(super) const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// How much of a line is taken that is read up to a byte.
fn taken(text: &str, behind: usize) -> Taken {
    if text[behind..].trim().is_empty() {
        Taken::Whole
    } else {
        Taken::UpTo(behind)
    }
}

/// A tag that says `markdown`.
struct MarkdownTag<'t> {
    name: &'t str,
    /// What it says.
    value: &'t str,
    length: usize,
}

/// The tag that a text starts with, where it says `markdown`.
fn markdown_tag(rest: &str) -> Option<MarkdownTag<'_>> {
    let inside = rest.strip_prefix('<')?;
    let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, attributes) = inside.split_at(length);
    let attributes = &attributes[..attributes.find('>')?];
    let value = attributes.split_ascii_whitespace().find_map(|it| {
        let (key, value) = it.split_once('=').unwrap_or((it, "1"));
        (key == "markdown").then_some(value.trim_matches(['"', '\'']))
    })?;
    // What stands in a line is read with the line.
    let is_inline = elements::element(&name.to_ascii_lowercase()).is_ok_and(Element::is_inline);
    let says = length > 0 && !is_inline && !matches!(value, "0" | "off" | "false");
    says.then_some(MarkdownTag {
        name,
        value,
        length: length + attributes.len() + 2,
    })
}

/// Whether the text starts with a name and ends or goes on with something else.
pub(super) fn starts_with_name(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= name.len()
        && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && !bytes
            .get(name.len())
            .is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'-')
}
