//! Words that were meant to be replaced.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::BlockKind;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/leftover-placeholder",
    "HB608",
    Level::Warn,
    Group::Recommended,
    "a text holds words that were meant to be replaced",
    include_str!("leftover_placeholder.md"),
);

/// Words that stand alone, in capital letters.
const WORDS: [&str; 5] = ["TODO", "TBD", "TBC", "FIXME", "XXX"];
/// Those that a text may speak of without being one.
const MENTIONED: [&str; 2] = ["TODO", "FIXME"];
/// The start of phrases in brackets that ask to be replaced, in small letters.
const STARTS: [&str; 8] = [
    "insert ",
    "your ",
    "fill in",
    "replace ",
    "add your",
    "company name",
    "link to ",
    "name of ",
];

/// Looks at all text but code.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        let document = page.document();
        for block in &document.blocks {
            if block.kind == BlockKind::Code || block.is_quoted {
                continue;
            }
            let words = document.words(block.text);
            let is_code = |range: &std::ops::Range<usize>| {
                let part = block.text.within(range.clone());
                let codes = &document.code_words;
                codes
                    .iter()
                    .any(|it| it.start < part.end && part.start < it.end)
            };
            let found = placeholder(words).filter(|it| !is_code(it));
            let template = || template(words).filter(|it| !is_code(it));
            let change = || change(words).filter(|it| !is_code(it));
            let Some(range) = found.or_else(template).or_else(change) else {
                continue;
            };
            let written = &words[range.clone()];
            let is_change = CHANGES.contains(&written);
            let message = if is_change {
                format!("`{written}` is left over from a change")
            } else {
                format!("`{written}` was meant to be replaced")
            };
            findings.push(
                RULE.at(message, &document.span_of(block.text.within(range)))
                    .why("what is missing shows when somebody needs it")
                    .help("write what belongs here, or take it out"),
            );
        }
    }
}

fn placeholder(text: &str) -> Option<std::ops::Range<usize>> {
    for word in WORDS {
        for (start, _) in text.match_indices(word) {
            let is_part =
                |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '`' | '"' | '\u{201c}');
            let before = text[..start].chars().next_back().is_some_and(is_part);
            let after = text[start + word.len()..].chars().next();
            // People speak of TODO items; alone or with a colon it is one.
            let is_meant = MENTIONED.iter().all(|it| *it != word)
                || after == Some(':')
                || text.split_whitespace().nth(3).is_none();
            if !before && !after.is_some_and(is_part) && is_meant {
                return Some(start..start + word.len());
            }
        }
    }
    if let Some(start) = text.to_ascii_lowercase().find("lorem ipsum") {
        return Some(start..start + "lorem ipsum".len());
    }
    bracketed(text)
}

/// `{{ number }}`, `{% if urgent %}`: what a program was to fill in, which is not run.
fn template(text: &str) -> Option<std::ops::Range<usize>> {
    let marks = [("{{", "}}"), ("{%", "%}")];
    let found = marks.iter().filter_map(|(open, close)| {
        let start = text.find(open)?;
        let end = start + text[start..].find(close)? + close.len();
        Some(start..end)
    });
    found.min_by_key(|it| it.start)
}

/// What programs that compare, merge or print texts write at the start of a line.
const CHANGES: [&str; 4] = ["\\n+", "\\n-", "<<<<<<<", ">>>>>>>"];

/// `\n+Examples:`: what such a program left at the start of a line.
fn change(text: &str) -> Option<std::ops::Range<usize>> {
    let found = CHANGES
        .iter()
        .filter_map(|it| Some((text.find(it)?, it.len())));
    let (start, length) = found.min()?;
    let is_start = start == 0 || text[..start].ends_with(char::is_whitespace);
    is_start.then_some(start..start + length)
}

/// What stands alone in square brackets where a name or a number belongs.
const FIELDS: [&str; 17] = [
    "date", "time", "day", "name", "owner", "team", "number", "company", "email", "phone", "link",
    "contact", "role", "url", "version", "x", "x%",
];

/// What is longer between brackets is no placeholder.
const LONGEST: usize = 200;

/// `[insert the number]`, `<your name>`.
fn bracketed(text: &str) -> Option<std::ops::Range<usize>> {
    for (open, close) in [('[', ']'), ('<', '>')] {
        for (start, _) in text.match_indices(open) {
            let end = text.floor_char_boundary(start + LONGEST);
            let Some(length) = text[start..end].find(close) else {
                continue;
            };
            let inside = text[start + 1..start + length].to_lowercase();
            let is_field = open == '[' && inside.split('/').all(|it| FIELDS.contains(&it.trim()));
            if is_field || STARTS.iter().any(|it| inside.starts_with(it)) {
                return Some(start..start + length + 1);
            }
        }
    }
    None
}
