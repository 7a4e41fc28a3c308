//! `!!! note "Title"`: a line that opens an admonition.

use std::ops::Range;

use crate::markdown::blocks::{Form, Opening};
use crate::markdown::document::AdmonitionForm;

/// Reads the line of an admonition, as Python-Markdown does: classes, then perhaps a title in quotes.
pub(crate) fn read(line: &str) -> Option<Opening> {
    let rest = line.strip_prefix("!!!")?;
    let start = line.len() - rest.len() + usize::from(rest.starts_with(' '));
    let (classes, title) = classes_and_title(line, start)?;
    if classes.is_empty() {
        return None;
    }
    Some(Opening::new(
        Form::Admonition(AdmonitionForm::Block),
        line,
        classes,
        title,
    ))
}

/// The words from `start` on, and the range of the title between quotes; nothing else may be there.
pub(crate) fn classes_and_title(
    line: &str,
    start: usize,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let rest = &line[start..];
    let names = rest.find('"').unwrap_or(rest.len());
    let classes = rest[..names].trim_end();
    let is_name = |it: &str| {
        it.chars()
            .all(|it| it.is_alphanumeric() || it == '-' || it == '_')
    };
    let is_list = !classes.starts_with(' ') && classes.split(' ').all(is_name);
    if !is_list || classes.len() == names && names < rest.len() && names > 0 {
        return None;
    }
    let classes_range = start..start + classes.len();
    if names == rest.len() {
        return Some((classes_range, None));
    }
    let title = rest[names + 1..].trim_end().strip_suffix('"')?;
    let title_start = start + names + 1;
    Some((classes_range, Some(title_start..title_start + title.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_an_admonition_is_read() {
        let cases = [
            ("!!! note", Some(("note", None))),
            ("!!!note", Some(("note", None))),
            ("!!! Note   ", Some(("note", None))),
            ("!!! tip \"Do this\"", Some(("tip", Some("Do this")))),
            ("!!!info \"A \"b\" c\" ", Some(("info", Some("A \"b\" c")))),
            (
                "!!! warning inline end \"\"",
                Some(("warning inline end", Some(""))),
            ),
            ("!!! note Title", Some(("note title", None))),
            ("!!! note: text", None),
            ("!!! \"Title\"", None),
            ("!!!", None),
            ("!!! note \"open", None),
            ("!!! note\"x\"", None),
            ("!!!  note", None),
        ];
        for (line, expected) in cases {
            let opening = read(line);
            let found = opening.as_ref().map(|it| {
                (
                    it.classes.join(" "),
                    it.title.clone().map(|range| line[range].to_owned()),
                )
            });
            let expected =
                expected.map(|(classes, title)| (classes.to_owned(), title.map(str::to_owned)));
            assert_eq!(found, expected, "{line:?}");
        }
    }
}
