//! `{!file!}` and `{!file!lines=1 3-5}`: words that take in another file, as `markdown_include` reads them.

use std::ops::Range;

use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::snippet_parts::Part;

/// Words that name a file to take in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Include<'t> {
    /// Where they stand in the line.
    pub(crate) range: Range<usize>,
    /// The file as it is named.
    pub(crate) name: &'t str,
    /// What is taken from it.
    pub(crate) part: Part<'t>,
}

/// Finds the first of them in a line, from a byte on.
pub(crate) fn find(line: &str, from: usize) -> Option<Include<'_>> {
    let start = from + line[from..].find("{!")?;
    let inside = start + 2;
    let (name_end, end, lines) = line[inside..].match_indices('!').find_map(|(at, _)| {
        let behind = inside + at + 1;
        let rest = &line[behind..];
        if rest.starts_with('}') {
            return Some((inside + at, behind + 1, ""));
        }
        let rest = rest.strip_prefix("lines=")?;
        let is_list = |it: &u8| it.is_ascii_digit() || matches!(it, b' ' | b'-');
        let length = rest.bytes().take_while(is_list).count();
        let end = behind + "lines=".len() + length + 1;
        let ends = length > 0 && rest[length..].starts_with('}');
        ends.then_some((inside + at, end, &rest[..length]))
    })?;
    let name = line[inside..name_end].trim();
    let part = if lines.is_empty() {
        Part::Whole
    } else {
        Part::Lines(lines.split_whitespace().filter_map(stretch).collect())
    };
    (!name.is_empty()).then_some(Include {
        range: start..end,
        name,
        part,
    })
}

/// `3` or `3-5`.
fn stretch(text: &str) -> Option<(Option<i64>, Option<i64>)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some((Some(first.parse().ok()?), Some(last.parse().ok()?)))
}

/// Adds a stretch of a text, with so many more marks before the headings that its lines are.
pub(crate) fn keep_shifted(
    text: &Mapped<'_>,
    range: Range<usize>,
    shift: usize,
    output: &mut Mapped<'_>,
) {
    const MARKS: &str = "#####";
    let mut start = range.start;
    let mut fence = None;
    for line in text.text[range].split_inclusive('\n') {
        let rest = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|it| rest.starts_with(it));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) if line.starts_with('#') => {
                output.put(&MARKS[..shift.min(MARKS.len())], text.offset(start));
            }
            _ => {}
        }
        output.keep(text, start..start + line.len());
        start += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_lowered_but_in_code() {
        let text = Mapped::kept("# A\n```\n# b\n```\n## C\n #d\n", 0);
        let mut output = Mapped::empty();
        keep_shifted(&text, 0..text.text.len(), 1, &mut output);
        assert_eq!(output.text, "## A\n```\n# b\n```\n### C\n #d\n");
    }

    #[test]
    fn words_that_name_a_file_are_found() {
        let lines = |it: &[(i64, i64)]| {
            let stretches = it.iter().map(|it| (Some(it.0), Some(it.1)));
            Part::Lines(stretches.collect())
        };
        let cases = [
            ("{!a.md!}", Some(("a.md", Part::Whole))),
            ("x {! a b.md !} y", Some(("a b.md", Part::Whole))),
            (
                "{!a.md!lines=1 3-5}",
                Some(("a.md", lines(&[(1, 1), (3, 5)]))),
            ),
            ("{!a!b.md!}", Some(("a!b.md", Part::Whole))),
            ("{!!}", None),
            ("{!a.md!lines=x}", None),
            ("{!a.md}", None),
        ];
        for (line, expected) in cases {
            let found = find(line, 0).map(|it| (it.name, it.part));
            assert_eq!(found, expected, "{line}");
        }
    }
}
