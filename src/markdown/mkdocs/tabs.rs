//! `=== "Title"`: a line that opens a tab; tabs that follow one another form a set.

use crate::markdown::blocks::{Form, Opening};

/// Reads the line, as `PyMdown` does: `!` starts a new set, `+` shows this tab first.
pub(crate) fn read(line: &str) -> Option<Opening> {
    let rest = line.strip_prefix("===")?;
    let quote = rest.find('"')?;
    let (marks, space) = rest[..quote].split_at(rest[..quote].find(' ')?);
    if !space.bytes().all(|it| it == b' ') || !marks.bytes().all(|it| it == b'!' || it == b'+') {
        return None;
    }
    let title = rest[quote + 1..].trim_end().strip_suffix('"')?;
    let start = line.len() - rest.len() + quote + 1;
    let form = Form::Tab {
        starts_set: marks.contains('!'),
        is_first: marks.contains('+'),
    };
    Some(Opening::new(
        form,
        line,
        0..0,
        Some(start..start + title.len()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_tab_is_read() {
        let cases = [
            ("=== \"Linux\"", Some((false, false, "Linux"))),
            ("===!+  \"A \"b\"\"  ", Some((true, true, "A \"b\""))),
            ("===+ \"C\"", Some((false, true, "C"))),
            ("===\"C\"", None),
            ("===", None),
            ("=== C", None),
            ("=== \"C", None),
        ];
        for (line, expected) in cases {
            let found = read(line).map(|it| {
                let Form::Tab {
                    starts_set,
                    is_first,
                } = it.form
                else {
                    panic!("{line:?} is a tab")
                };
                (starts_set, is_first, it.title.map(|range| &line[range]))
            });
            let expected = expected.map(|(set, first, title)| (set, first, Some(title)));
            assert_eq!(found, expected, "{line:?}");
        }
    }
}
