//! What stands behind the fence of code: its language, title, line numbers and lines to point out.

use std::ops::Range;

/// What an author says about a block of code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The language, as written.
    pub(crate) language: Option<String>,
    /// Its title.
    pub(crate) title: Option<String>,
    /// The number of the first line, where lines are numbered.
    pub(crate) first_line: Option<usize>,
    /// Lines to point out, counted from 1; both ends are included.
    pub(crate) marked: Vec<Range<usize>>,
    /// Classes beside the language.
    pub(crate) classes: Vec<String>,
    /// Its anchor.
    pub(crate) id: Option<String>,
}

/// Reads what stands behind the fence: `python title="a.py"` or `{ .python title="a.py" }`.
pub(crate) fn read(info: &str) -> Fence {
    let mut fence = Fence::default();
    let info = info.trim();
    let inside = info.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    let mut rest = if let Some(inside) = inside {
        inside.trim_start_matches(':').trim()
    } else {
        let end = info.find([' ', '\t', '{', ',']).unwrap_or(info.len());
        // `title="a.py"` may stand without a language before it.
        let end = if info[..end].contains('=') { 0 } else { end };
        let language = info[..end].trim_start_matches('.');
        fence.language = (!language.is_empty()).then(|| language.to_owned());
        info[end..].trim_matches([' ', '\t', '{', '}', ','])
    };
    while !rest.is_empty() {
        rest = fence.read_word(rest).trim_start();
    }
    fence
}

impl Fence {
    fn read_word<'t>(&mut self, text: &'t str) -> &'t str {
        let end = text.find([' ', '=']).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let Some(value) = rest.strip_prefix('=') else {
            if let Some(class) = name.strip_prefix('.') {
                self.class(class);
            } else if let Some(id) = name.strip_prefix('#') {
                self.id = Some(id.to_owned());
            }
            return rest;
        };
        let (value, rest) = match value.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.split_once(&value[..1]).unwrap_or((quoted, "")),
            None => value.split_at(value.find(' ').unwrap_or(value.len())),
        };
        match name {
            "title" => self.title = Some(value.to_owned()),
            "linenums" => {
                let first = value
                    .split_whitespace()
                    .next()
                    .and_then(|it| it.parse().ok());
                self.first_line = Some(first.unwrap_or(1));
            }
            "hl_lines" => self.marked = value.split([' ', ',']).filter_map(lines).collect(),
            _ => {}
        }
        rest
    }

    fn class(&mut self, class: &str) {
        if self.language.is_none() {
            self.language = Some(class.to_owned());
        } else if !class.is_empty() {
            self.classes.push(class.to_owned());
        }
    }

    /// Whether a line, counted from 1, is to be pointed out.
    pub(crate) fn is_marked(&self, line: usize) -> bool {
        self.marked
            .iter()
            .any(|it| it.start <= line && line <= it.end)
    }
}

/// `3` or `3-5`.
fn lines(text: &str) -> Option<Range<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some(first.trim().parse().ok()?..last.trim().parse().ok()?)
}

/// The language that the first line of code names, as `codehilite` reads it, and the code behind that line; a line
/// that is a part of the code stays in it.
pub(crate) fn language_line(code: &str) -> Option<(&str, &str)> {
    let (line, rest) = code.split_once('\n').unwrap_or((code, ""));
    let named = line.trim_start_matches(':');
    let is_part =
        |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'#' | b'.' | b'+' | b'-' | b'_');
    let name_of = |text: &str| text.bytes().take_while(|it| is_part(*it)).count();
    let (behind, is_code) = match line.strip_prefix("#!") {
        Some(path) => {
            let start = path.rfind(['/', ' ']).map_or(0, |it| it + 1);
            (&path[start..], path.starts_with('/'))
        }
        None if line.len() - named.len() > 1 => (named, false),
        None => return None,
    };
    let name = &behind[..name_of(behind)];
    let options = behind[name.len()..].trim();
    let is_line = !name.is_empty() && (options.is_empty() || options.starts_with("hl_lines"));
    is_line.then_some((name, if is_code { code } else { rest }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_behind_a_fence_are_read() {
        let cases = [
            ("", None, None, None),
            ("yaml", Some("yaml"), None, None),
            (
                "python title=\"a b.py\" linenums=\"3\"",
                Some("python"),
                Some("a b.py"),
                Some(3),
            ),
            ("{ .sh #x .y title='t' }", Some("sh"), Some("t"), None),
            ("{.json}", Some("json"), None, None),
            ("bash {title=\"x\"}", Some("bash"), Some("x"), None),
            ("rust,ignore", Some("rust"), None, None),
            ("title=\"a b\"", None, Some("a b"), None),
            ("linenums=\"7\" title=\"x", None, Some("x"), Some(7)),
        ];
        for (info, language, title, first_line) in cases {
            let fence = read(info);
            assert_eq!(fence.language.as_deref(), language, "{info:?}");
            assert_eq!(fence.title.as_deref(), title, "{info:?}");
            assert_eq!(fence.first_line, first_line, "{info:?}");
        }
        let fence = read("py hl_lines=\"2 4-6\"");
        let marked: Vec<usize> = (1..9).filter(|it| fence.is_marked(*it)).collect();
        assert_eq!(marked, [2, 4, 5, 6]);
    }

    #[test]
    fn a_first_line_names_a_language() {
        let cases = [
            (":::python\na\n", Some(("python", "a\n"))),
            ("::sql hl_lines=\"1\"\na", Some(("sql", "a"))),
            ("#!sh\na", Some(("sh", "a"))),
            (
                "#!/usr/bin/python\na",
                Some(("python", "#!/usr/bin/python\na")),
            ),
            ("#!/bin/env sh\na", Some(("sh", "#!/bin/env sh\na"))),
            (":python\na", None),
            ("::: a b\n", None),
            ("a", None),
        ];
        for (code, expected) in cases {
            assert_eq!(language_line(code), expected, "{code:?}");
        }
    }
}
