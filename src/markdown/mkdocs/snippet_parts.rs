//! Which part of a file is taken in: `file.md:3:8`, `file.md:1:2,7:9`, `file.md:-3`, `file.md:name`.

use std::ops::Range;

/// What a name asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// The whole file.
    Whole,
    /// Stretches of lines, in the order of the page: the first and the last, counted from 1, from the end
    /// where they are negative; `None` is the first or the last line there is.
    Lines(Vec<(Option<i64>, Option<i64>)>),
    /// What stands between `--8<-- [start:name]` and `--8<-- [end:name]`.
    Section(&'t str),
}

/// A line that starts or ends a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark<'t> {
    is_start: bool,
    name: &'t str,
    /// The byte of the line where a `;` says that it is only text.
    pub(crate) escape: Option<usize>,
}

/// Splits a name into the path of the file and the part of it.
pub(crate) fn split(name: &str) -> (&str, Part<'_>) {
    for (at, _) in name.match_indices(':') {
        let behind = &name[at + 1..];
        if let Some(lines) = lines_of(behind) {
            return (name[..at].trim(), Part::Lines(lines));
        }
        let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
        if behind.starts_with(|it: char| it.is_ascii_alphabetic()) && behind.chars().all(is_name) {
            return (name[..at].trim(), Part::Section(behind));
        }
    }
    (name, Part::Whole)
}

fn lines_of(text: &str) -> Option<Vec<(Option<i64>, Option<i64>)>> {
    let number = |it: &str| {
        if it.is_empty() {
            Some(None)
        } else {
            it.parse().ok().map(Some)
        }
    };
    let stretch = |it: &str| {
        let (first, last) = it.split_once(':').unwrap_or((it, ""));
        Some((number(first)?, number(last)?))
    };
    let mut pieces = text.split(',');
    let first = pieces.next().into_iter();
    let has_gap = pieces.clone().any(str::is_empty);
    let stretches = first.chain(pieces).map(stretch);
    if has_gap { None } else { stretches.collect() }
}

/// The mark of a section that a line is.
pub(crate) fn mark(line: &str) -> Option<Mark<'_>> {
    let at = line.find("-8<-")?;
    let dashes = line[..at].trim_end_matches('-').len();
    let behind = line[at + 4..].trim_start_matches('-');
    let inside = behind.trim_start_matches([' ', '\t']);
    let inside = inside
        .strip_prefix('[')
        .filter(|it| it.len() + 1 < behind.len())?;
    let (inside, _) = inside.split_once(']')?;
    let (kind, name) = inside.split_once(':')?;
    let (kind, name) = (kind.trim(), name.trim());
    let is_start = kind.eq_ignore_ascii_case("start");
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    let is_name =
        name.starts_with(|it: char| it.is_ascii_alphabetic()) && name.chars().all(is_part);
    (is_name && (is_start || kind.eq_ignore_ascii_case("end"))).then(|| Mark {
        is_start,
        name,
        escape: line[..dashes].ends_with(';').then(|| dashes - 1),
    })
}

/// The bytes of each line of a part, its end included; `None` where the file has no such part. Behind the last
/// line end there is one more line, as `PyMdown` counts.
pub(crate) fn lines(content: &str, part: &Part<'_>) -> Option<Vec<Range<usize>>> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in content.split_inclusive('\n') {
        all.push(start..start + line.len());
        start += line.len();
    }
    if content.ends_with('\n') {
        all.push(start..start);
    }
    match part {
        Part::Whole => Some(all),
        Part::Lines(stretches) => {
            let stretch = |it: &(Option<i64>, Option<i64>)| all[bounds(*it, all.len())].to_vec();
            Some(stretches.iter().flat_map(stretch).collect())
        }
        Part::Section(name) => section(content, &all, name),
    }
}

/// The lines from the first to the last, both counted from 1, of so many.
fn bounds((first, last): (Option<i64>, Option<i64>), count: usize) -> Range<usize> {
    let from_end = |it: i64| count.saturating_sub(usize::try_from(-it).unwrap_or(usize::MAX));
    let place = |it: i64| usize::try_from(it).unwrap_or(0).min(count);
    let start = match first {
        None => 0,
        Some(it) if it < 0 => from_end(it),
        Some(it) => place(it.saturating_sub(1)),
    };
    let end = match last {
        None => count,
        Some(it) if it < 0 => from_end(it + 1),
        Some(it) => place(it),
    };
    start..end.max(start)
}

fn section(content: &str, all: &[Range<usize>], name: &str) -> Option<Vec<Range<usize>>> {
    let mut found: Option<Vec<Range<usize>>> = None;
    for line in all {
        let mark = mark(content[line.clone()].trim_end()).filter(|it| it.escape.is_none());
        match (mark, &mut found) {
            (Some(mark), None) if mark.name == name => {
                if !mark.is_start {
                    return None;
                }
                found = Some(Vec::new());
            }
            (Some(mark), Some(_)) if mark.name == name && !mark.is_start => break,
            (None, Some(lines)) => lines.push(line.clone()),
            _ => {}
        }
    }
    found
}

/// The lines without the white space that all of them start with.
pub(crate) fn dedent(content: &str, lines: &mut [Range<usize>]) {
    let text = |it: &Range<usize>| &content[it.clone()];
    let filled = lines.iter().filter(|it| !text(it).trim().is_empty());
    let indent = |it: &str| it.len() - it.trim_start_matches([' ', '\t']).len();
    let Some(common) = filled.map(|it| indent(text(it))).min() else {
        return;
    };
    for line in lines {
        let own = indent(content[line.clone()].trim_end_matches(['\n', '\r']));
        line.start += common.min(own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split() {
        let cases = [
            ("a.md", ("a.md", Part::Whole)),
            ("a.md:3", ("a.md", Part::Lines(vec![(Some(3), None)]))),
            ("a.md::6", ("a.md", Part::Lines(vec![(None, Some(6))]))),
            (
                "a.md:1:2,-3:",
                (
                    "a.md",
                    Part::Lines(vec![(Some(1), Some(2)), (Some(-3), None)]),
                ),
            ),
            ("a.md:who-1", ("a.md", Part::Section("who-1"))),
            ("https://a.example/b", ("https://a.example/b", Part::Whole)),
        ];
        for (name, expected) in cases {
            assert_eq!(split(name), expected, "{name}");
        }
    }

    #[test]
    fn parts_are_lines_of_the_file() {
        let content = "one\n# --8<-- [start:p]\n  two\n    three\n# --8<-- [end:p]\nfour\n";
        let part = |name: &str| {
            let (_, part) = split(name);
            let lines = lines(content, &part)?;
            Some(lines.into_iter().map(|it| &content[it]).collect::<String>())
        };
        let cases = [
            ("a:1", Some(content)),
            ("a:1:1,6", Some("one\nfour\n")),
            ("a:-2", Some("four\n")),
            ("a:-3:-3", Some("# --8<-- [end:p]\n")),
            ("a:9", Some("")),
            ("a:p", Some("  two\n    three\n")),
            ("a:q", None),
        ];
        for (name, expected) in cases {
            assert_eq!(part(name).as_deref(), expected, "{name}");
        }
        let mut found = lines(content, &Part::Section("p")).expect("there is one");
        dedent(content, &mut found);
        let text: String = found.into_iter().map(|it| &content[it]).collect();
        assert_eq!(text, "two\n  three\n");
    }

    #[test]
    fn marks_of_sections_are_known() {
        assert!(mark("<!-- --8<-- [start:p] -->").is_some_and(|it| it.is_start));
        assert!(mark("; --8<-- [end: p ]").is_some_and(|it| it.escape.is_none()));
        assert_eq!(mark("# ;--8<-- [end:p]").and_then(|it| it.escape), Some(2));
        for line in ["--8<--[start:p]", "--8<-- [begin:p]", "--8<-- \"a\""] {
            assert_eq!(mark(line), None, "{line}");
        }
    }
}
