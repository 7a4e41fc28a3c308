//! Raw HTML as Python-Markdown reads it: an element that starts a line goes on to its end tag, over empty lines.

use super::elements::{BLOCK_ELEMENTS, starts_with_name};

/// How many elements may be open in one another; a deeper one is read as `CommonMark` reads it.
const MAX_DEPTH: usize = 256;

/// Elements that `CommonMark` takes for blocks and Python-Markdown does not take for raw HTML.
const NOT_RAW: &[&str] = &[
    "caption", "col", "dialog", "dir", "link", "optgroup", "title",
];

/// Elements whose Markdown is words and no blocks, unless they ask for blocks.
const OF_WORDS: &[&str] = &[
    "address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary",
    "td", "th",
];

/// Whether a text starts with the tag of an element that is raw HTML.
pub(super) fn is_start(rest: &str) -> bool {
    let Some(inside) = rest.strip_prefix('<') else {
        return false;
    };
    is_raw(inside)
}

/// Elements that are no blocks to `CommonMark`, and that Python-Markdown takes for raw HTML.
const RAW_TOO: [&str; 12] = [
    "canvas", "group", "html", "iframe", "map", "math", "noscript", "object", "option", "output",
    "progress", "video",
];

/// Whether a line is a single tag of an element that stands in a line, so that what follows is Markdown.
pub(super) fn is_lone_inline(line: &str) -> bool {
    let Some(inside) = line.strip_prefix('<') else {
        return false;
    };
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let name = name_of(inside);
    let is_one_of = |names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    let is_tag = inside[name.len()..].starts_with([' ', '\t', '/', '>']);
    let ends_line = || tag_length(inside).is_some_and(|it| inside[it..].trim().is_empty());
    let is_block = is_one_of(BLOCK_ELEMENTS) || is_one_of(&VERBATIM) || is_one_of(&RAW_TOO);
    !name.is_empty() && is_tag && !is_block && ends_line()
}

/// Whether a text starts with the end tag of such an element.
pub(super) fn is_end(rest: &str) -> bool {
    let Some(inside) = rest.strip_prefix("</") else {
        return false;
    };
    is_raw(inside)
}

fn is_raw(inside: &str) -> bool {
    let is_one_of = |names: &[&str]| names.iter().any(|it| starts_with_name(inside, it));
    is_one_of(BLOCK_ELEMENTS) && !is_one_of(NOT_RAW)
}

/// Elements that keep their text as it is.
const VERBATIM: [&str; 4] = ["pre", "script", "style", "textarea"];

/// Whether a text starts with an element that keeps its text as it is.
pub(super) fn is_verbatim(rest: &str) -> bool {
    let inside = rest.strip_prefix('<').unwrap_or_default();
    VERBATIM.iter().any(|it| starts_with_name(inside, it))
}

/// Whether such an element is open at the end of raw HTML.
pub(super) fn is_in_verbatim(html: &str) -> bool {
    VERBATIM.iter().any(|name| {
        let opened = html.rfind(&format!("<{name}"));
        opened.is_some_and(|it| !html[it..].contains(&format!("</{name}")))
    })
}

/// Whether the Markdown in an element is words: `value` is what its attribute `markdown` says.
pub(super) fn holds_words(name: &str, value: &str) -> bool {
    let is_of_words = || OF_WORDS.iter().any(|it| it.eq_ignore_ascii_case(name));
    value == "span" || value != "block" && is_of_words()
}

/// Where the element ends that starts at a byte: behind its end tag. `None` where it has none.
pub(super) fn element_end(text: &str, at: usize) -> Option<usize> {
    let mut open: Vec<&str> = Vec::new();
    let mut from = at;
    while let Some(start) = text[from..].find('<').map(|it| from + it) {
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            from = start + rest.find("-->")? + 3;
            continue;
        }
        let is_end = rest.starts_with("</");
        let name_start = start + 1 + usize::from(is_end);
        let name = name_of(&text[name_start..]);
        if name.is_empty() {
            from = start + 1;
            continue;
        }
        let tag_end = name_start + tag_length(&text[name_start..])?;
        from = tag_end;
        if is_end {
            if let Some(index) = open.iter().rposition(|it| it.eq_ignore_ascii_case(name)) {
                open.truncate(index);
            }
        } else if !is_void(name) && !text[..tag_end].ends_with("/>") {
            open.push(name);
            if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
                from += text[from..].find("</")?;
            }
        }
        if open.is_empty() {
            return Some(tag_end);
        }
        if open.len() > MAX_DEPTH {
            return None;
        }
    }
    None
}

fn is_void(name: &str) -> bool {
    ["hr", "br", "img", "input", "col", "source", "wbr"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(name))
}

/// The name that a text starts with; empty where it starts with none.
fn name_of(text: &str) -> &str {
    let is_of_name = |it: &u8| it.is_ascii_alphanumeric() || *it == b'-';
    let length = text.bytes().take_while(|it| is_of_name(it)).count();
    if text.starts_with(|it: char| it.is_ascii_alphabetic()) {
        &text[..length]
    } else {
        ""
    }
}

/// How long the rest of a tag is, up to and with its `>`.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if text[..at].ends_with('=') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_behind_its_end_tag() {
        let cases = [
            ("<p>a</p> b", Some(8)),
            ("<div>\n\n<div>a</div>\n\n</div>\n", Some(27)),
            ("<ul><li>a<li>b</ul>c", Some(19)),
            ("<hr> a", Some(4)),
            ("<div/>a", Some(6)),
            ("<div title=\"</div>\">a</div>", Some(27)),
            ("<div><!-- </div> --></div>", Some(26)),
            ("<div>a", None),
            ("<div", None),
            ("<div><div></div>", None),
        ];
        for (text, expected) in cases {
            assert_eq!(element_end(text, 0), expected, "{text}");
        }
    }
}
