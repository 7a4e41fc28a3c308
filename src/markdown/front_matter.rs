//! Front matter: cut from the start of a page; what it says is for others to read.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::FilePath;
use crate::markdown::dialect::{Construct, Dialect};
use crate::markdown::document::{FrontMatter, FrontMatterStyle};
use crate::span::Span;

/// Front matter that starts and never ends.
const OPEN: Code = Code("content/front-matter");

/// Splits a page into its front matter and the offset at which the body starts.
pub(crate) fn cut(
    file: &FilePath,
    source: &str,
    dialect: &Dialect,
) -> (Option<FrontMatter>, usize, Vec<Diagnostic>) {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let page = &source[start..];
    let first = line_at(page, 0);
    if page[..first].trim_end() != "---" {
        let lines = dialect.constructs.has(Construct::MetaLines);
        return if lines {
            cut_lines(page, start)
        } else {
            (None, start, Vec::new())
        };
    }
    let mut at = first;
    while at < page.len() {
        let end = line_at(page, at);
        if matches!(page[at..end].trim_end(), "---" | "...") {
            let front_matter = FrontMatter {
                text: page[first..at].to_owned(),
                offset: start + first,
                style: FrontMatterStyle::Yaml,
            };
            return (Some(front_matter), start + end, Vec::new());
        }
        at = end;
    }
    if page[first..].trim().is_empty() || !looks_like_yaml(&page[first..]) {
        return (None, start, Vec::new());
    }
    let span = Span::new(file, start..start + page[..first].trim_end().len());
    let diagnostic = Diagnostic::new(OPEN, Level::Error, "front matter is never closed", span)
        .says("starts here")
        .why("everything after it is shown as text, and its settings are not used")
        .help("end the front matter with a line `---`");
    (None, start, vec![diagnostic])
}

/// Where the line that starts at `at` ends, its line end included.
fn line_at(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    let Some(end) = rest.iter().position(|it| matches!(it, b'\n' | b'\r')) else {
        return text.len();
    };
    let pair = rest[end] == b'\r' && rest.get(end + 1) == Some(&b'\n');
    at + end + 1 + usize::from(pair)
}

/// Whether the first line is `key: value`, so that the `---` before it is no ruler.
fn looks_like_yaml(text: &str) -> bool {
    let first = text[..line_at(text, 0)].trim_end();
    first.split_once(':').is_some_and(|(key, value)| {
        is_key(key) && (value.is_empty() || value.starts_with([' ', '\t']))
    })
}

/// Whether the text is a name that settings may have.
fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
}

/// Cuts `Key: value` lines at the start, as `MkDocs` does.
fn cut_lines(page: &str, start: usize) -> (Option<FrontMatter>, usize, Vec<Diagnostic>) {
    let mut at = 0;
    while at < page.len() {
        let end = line_at(page, at);
        let line = page[at..end].trim_end();
        let goes_on = at > 0 && line.starts_with("    ");
        if line.is_empty() || !(goes_on || looks_like_yaml(line.trim_start())) {
            break;
        }
        at = end;
    }
    if at == 0 {
        return (None, start, Vec::new());
    }
    let front_matter = FrontMatter {
        text: page[..at].to_owned(),
        offset: start,
        style: FrontMatterStyle::Lines,
    };
    (Some(front_matter), start + at, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_page(source: &str) -> (Option<String>, &str, usize) {
        let file = FilePath::new("a.md").expect("a plain path");
        let (front_matter, body, diagnostics) = cut(&file, source, &Dialect::native());
        if let Some(it) = &front_matter {
            assert_eq!(&source[it.offset..it.offset + it.text.len()], it.text);
        }
        (
            front_matter.map(|it| it.text),
            &source[body..],
            diagnostics.len(),
        )
    }

    #[test]
    fn front_matter_is_cut_at_the_very_start() {
        let some = |text: &str| Some(text.to_owned());
        let cases = [
            ("---\na: 1\n---\nb", (some("a: 1\n"), "b", 0)),
            (
                "\u{feff}---\r\na: 1\r\n...\r\nb",
                (some("a: 1\r\n"), "b", 0),
            ),
            ("---\ra: 1\r---\rb", (some("a: 1\r"), "b", 0)),
            ("--- \n---\n", (some(""), "", 0)),
            ("\n---\na: 1\n---\n", (None, "\n---\na: 1\n---\n", 0)),
            ("---\n\ntext", (None, "---\n\ntext", 0)),
            ("---\na: 1\n", (None, "---\na: 1\n", 1)),
            ("", (None, "", 0)),
        ];
        for (source, expected) in cases {
            assert_eq!(cut_page(source), expected, "{source:?}");
        }
    }

    #[test]
    fn key_lines_are_cut_where_the_dialect_says_so() {
        let file = FilePath::new("a.md").expect("a plain path");
        let source = "title: One\nauthors: A\n    B\n\nBody: text\n";
        let (front_matter, body, _) = cut(&file, source, &Dialect::mkdocs());
        let front_matter = front_matter.expect("there are key lines");
        assert_eq!(front_matter.text, "title: One\nauthors: A\n    B\n");
        assert_eq!(front_matter.style, FrontMatterStyle::Lines);
        assert_eq!(&source[body..], "\nBody: text\n");
    }
}
