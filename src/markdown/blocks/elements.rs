//! Blocks of raw HTML: those in which no line is ours, and elements whose content is Markdown.

use super::scanner::Scanner;
use crate::markdown::dialect::Construct;

/// A block of raw HTML, in which no line is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Html {
    None,
    UntilBlank,
    Until(&'static str),
}
impl Scanner<'_, '_> {
    /// Whether a line of raw HTML leaves the element open whose content is Markdown.
    pub(super) fn html_goes_on(&mut self, rest: &str) -> bool {
        let Some((name, count, _)) = self.markdown_html.last_mut() else {
            return true;
        };
        let tags = |mark: &str| {
            let found = rest.match_indices(mark);
            found
                .filter(|(at, _)| starts_with_name(&rest[at + mark.len()..], name))
                .count()
        };
        let (opened, closed) = (tags("<"), tags("</"));
        if closed >= *count + opened {
            self.html = Html::None;
            return false;
        }
        *count = *count + opened - closed;
        true
    }

    /// Whether the line starts or ends an element whose content is Markdown.
    pub(super) fn is_markdown_tag(&self, rest: &str) -> bool {
        if let Some((name, _, _)) = self.markdown_html.last()
            && rest
                .strip_prefix("</")
                .is_some_and(|it| starts_with_name(it, name))
        {
            return true;
        }
        self.dialect.constructs.has(Construct::MarkdownInHtml) && markdown_tag(rest).is_some()
    }
    /// Sets the tags of an element apart from the Markdown in it.
    pub(super) fn html_tag(&mut self, start: usize, at: usize, text: &str) -> bool {
        let Some((name, length)) = markdown_tag(&text[at..]) else {
            return self.html_end(start, at, text);
        };
        self.markdown_html
            .push((name.to_owned(), 1, self.frames.len()));
        let behind = at + length;
        if !self.after_blank {
            self.put_break(at);
        }
        self.output.keep(self.input, start..behind);
        self.put_break(behind);
        if !text[behind..].trim().is_empty() {
            return self.html_end(behind, behind, text);
        }
        self.after_blank = true;
        true
    }

    /// Ends the element where its end tag is in the line. Always writes the line.
    pub(super) fn html_end(&mut self, start: usize, at: usize, text: &str) -> bool {
        let Some((name, count, _)) = self.markdown_html.last_mut() else {
            self.in_paragraph = true;
            return false;
        };
        let mut from = at;
        while let Some(found) = text[from..].find('<').map(|it| from + it) {
            from = found + 1;
            if let Some(end) = text[from..]
                .strip_prefix('/')
                .filter(|it| starts_with_name(it, name))
            {
                *count -= 1;
                if *count > 0 {
                    continue;
                }
                let behind = end
                    .find('>')
                    .map_or(text.len(), |it| text.len() - end.len() + it + 1);
                self.markdown_html.pop();
                self.output.keep(self.input, start..found);
                self.put_break(found);
                self.output.keep(self.input, found..behind);
                self.put_break(behind.min(text.len() - 1));
                self.output.keep(self.input, behind..text.len());
                self.in_paragraph = false;
                return true;
            } else if starts_with_name(&text[from..], name) {
                *count += 1;
            }
        }
        self.in_paragraph = true;
        self.output.keep(self.input, start..text.len());
        true
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
const BLOCK_ELEMENTS: &[&str] = &[
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

/// The name and length of a tag that says `markdown`.
fn markdown_tag(rest: &str) -> Option<(&str, usize)> {
    let inside = rest.strip_prefix('<')?;
    let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, attributes) = inside.split_at(length);
    let attributes = &attributes[..attributes.find('>')?];
    let says = attributes.split_ascii_whitespace().any(|it| {
        let (key, value) = it.split_once('=').unwrap_or((it, "1"));
        key == "markdown" && !matches!(value.trim_matches(['"', '\'']), "0" | "off" | "false")
    });
    (length > 0 && says).then_some((name, length + attributes.len() + 2))
}

/// Whether the text starts with a name and ends or goes on with something else.
fn starts_with_name(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= name.len()
        && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && !bytes
            .get(name.len())
            .is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'-')
}
