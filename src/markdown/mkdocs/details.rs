//! `??? note "Title"`: a line that opens a part that can be folded; `???+` shows it open.

use crate::markdown::blocks::{Form, Opening};
use crate::markdown::document::AdmonitionForm;
use crate::markdown::mkdocs::admonitions::classes_and_title;

/// Reads the line, as `PyMdown` does: the classes or the title may be missing, but not both.
pub(crate) fn read(line: &str) -> Option<Opening> {
    let rest = line.strip_prefix("???")?;
    let (form, rest) = match rest.strip_prefix('+') {
        Some(rest) => (AdmonitionForm::Open, rest),
        None => (AdmonitionForm::Folded, rest),
    };
    let start = line.len() - rest.len() + usize::from(rest.starts_with(' '));
    let (classes, title) = classes_and_title(line, start)?;
    if classes.is_empty() && title.is_none() {
        return None;
    }
    Some(Opening::new(Form::Admonition(form), line, classes, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_foldable_part_is_read() {
        use AdmonitionForm::{Folded, Open};
        let cases = [
            ("??? note", Some((Folded, "note", None))),
            ("???+ note \"T\"", Some((Open, "note", Some("T")))),
            ("???+aside", Some((Open, "aside", None))),
            (
                "??? \"Only a title\"",
                Some((Folded, "", Some("Only a title"))),
            ),
            (
                "???+ aside hide-arrow \"T\"",
                Some((Open, "aside hide-arrow", Some("T"))),
            ),
            ("???", None),
            ("??? what is this?", None),
        ];
        for (line, expected) in cases {
            let opening = read(line);
            let found = opening.as_ref().map(|it| {
                let title = it.title.clone().map(|range| line[range].to_owned());
                (it.form, it.classes.join(" "), title)
            });
            let expected = expected.map(|(form, classes, title)| {
                (
                    Form::Admonition(form),
                    classes.to_owned(),
                    title.map(str::to_owned),
                )
            });
            assert_eq!(found, expected, "{line:?}");
        }
    }
}
