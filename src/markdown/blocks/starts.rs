//! What a line may start, by the signs it begins with.

use crate::markdown::dialect::{Construct, Dialect};

/// How wide the mark of a list item is; `None` where the line is none.
pub(super) fn item_width(rest: &str, in_paragraph: bool) -> Option<usize> {
    let bytes = rest.as_bytes();
    let digits = bytes.iter().take_while(|it| it.is_ascii_digit()).count();
    let width = match bytes.get(digits)? {
        b'-' | b'+' | b'*' if digits == 0 => 1,
        b'.' | b')' if (1..10).contains(&digits) => digits + 1,
        _ => return None,
    };
    let behind = rest[width..].trim_end_matches('\n');
    if !behind.is_empty() && !behind.starts_with([' ', '\t']) {
        return None;
    }
    let is_empty = behind.trim().is_empty();
    if in_paragraph && (is_empty || digits > 0 && &rest[..digits] != "1") || is_ruler(rest) {
        return None;
    }
    Some(width)
}

/// How wide the mark of a list item is that Python-Markdown knows; `None` where the line is none.
pub(super) fn indented_item_width(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let digits = bytes.iter().take_while(|it| it.is_ascii_digit()).count();
    let width = match bytes.get(digits)? {
        b'-' | b'+' | b'*' if digits == 0 => 1,
        b'.' if (1..10).contains(&digits) => digits + 1,
        _ => return None,
    };
    let is_item = matches!(bytes.get(width), Some(b' ' | b'\t')) && !is_ruler(rest);
    is_item.then_some(width)
}

/// Whether the line is a heading with `#`.
pub(super) fn is_heading(line: &str) -> bool {
    let behind = line.trim_start_matches('#');
    let level = line.len() - behind.len();
    (1..=6).contains(&level) && (behind.is_empty() || behind.starts_with([' ', '\t']))
}

/// Whether the line makes a heading of the line above it.
pub(super) fn is_underline(line: &str) -> bool {
    let line = line.trim_end();
    let is_of = |mark: u8| line.bytes().all(|it| it == mark);
    !line.is_empty() && (is_of(b'-') || is_of(b'='))
}

/// Whether the line is `* * *` or the like.
pub(super) fn is_ruler(rest: &str) -> bool {
    let mut marks = rest.bytes().filter(|it| !it.is_ascii_whitespace());
    let Some(first @ (b'-' | b'*' | b'_')) = marks.next() else {
        return false;
    };
    let mut count = 1;
    for mark in marks {
        if mark != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// Whether the line says where references lead: `[label]: address "title"`.
pub(super) fn is_definition(line: &str) -> bool {
    let parts = line.strip_prefix('[').and_then(|it| it.split_once("]:"));
    let Some((label, rest)) = parts else {
        return false;
    };
    let rest = rest.trim();
    let (address, title) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    let title = title.trim();
    let is_quoted = |quotes: [char; 2]| {
        title.len() > 1 && title.starts_with(quotes[0]) && title.ends_with(quotes[1])
    };
    let is_title = title.is_empty()
        || [['"', '"'], ['\'', '\''], ['(', ')']]
            .into_iter()
            .any(is_quoted);
    let is_label =
        !label.trim().is_empty() && !label.starts_with('^') && !label.contains(['[', ']']);
    is_label && !address.is_empty() && is_title
}

/// How wide the mark of a footnote or a definition is.
pub(super) fn note_width(rest: &str, dialect: &Dialect) -> Option<usize> {
    if dialect.constructs.has(Construct::Footnotes)
        && let Some(label) = rest.strip_prefix("[^")
    {
        let end = label.find(']')?;
        return (end > 0 && label[end + 1..].starts_with(':')).then_some(end + 4);
    }
    let is_definition = dialect.constructs.has(Construct::DefinitionLists)
        && (rest.starts_with(": ") || rest.starts_with(":\t"));
    is_definition.then_some(1)
}

/// The mark and length of the line that starts code.
pub(super) fn fence_start(rest: &str) -> Option<(u8, usize)> {
    let mark = *rest
        .as_bytes()
        .first()
        .filter(|it| matches!(it, b'`' | b'~'))?;
    let length = rest.bytes().take_while(|it| *it == mark).count();
    let closes = mark == b'`' && rest[length..].contains('`');
    (length >= 3 && !closes).then_some((mark, length))
}
