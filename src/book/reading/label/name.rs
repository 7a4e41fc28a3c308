//! What stands behind the name of a severity in, its other names out.

use super::Label;
use super::code::{code, word};

/// Reads `(P1)`, `- Critical`, `(High)`, `/Critical` behind a code.
pub(super) fn second_names(text: &str, label: &mut Label) {
    // `P1 Incident - All is lost`: behind the thing stands what is said of it, unless it is a word of a scale.
    let is_thing = label.rest > label.id.end;
    for _ in 0..3 {
        let skipped = separator(&text[label.rest..]);
        let at = label.rest + skipped;
        let rest = &text[at..];
        if skipped == 0 || rest.is_empty() {
            return;
        }
        if let Some((level, end)) = code(rest, 0) {
            // `S1/P0` names a place on a second scale, which is no name of this one.
            if level.family != label.level.family
                && text[..at].ends_with('/')
                && level.rank != label.level.rank
            {
                label.rest = at + end;
                continue;
            }
            if level.rank != label.level.rank || label.alias.is_some() {
                return;
            }
            label.alias = Some(at..at + end);
            label.rest = at + end;
            continue;
        }
        let length = match name_length(rest) {
            0 => scale_word(rest),
            length if is_thing && scale_length(rest) != length => 0,
            length => length,
        };
        if length == 0 || label.name.is_some() {
            return;
        }
        label.name = Some(at..at + length);
        label.rest = at + length;
    }
}

/// Reads `(Business Critical)` behind the word of a scale: each word with a capital letter, and more behind it.
pub(super) fn bracketed_name(text: &str, label: &mut Label) {
    let behind = &text[label.rest..];
    let at = text.len() - behind.trim_start_matches([' ', '*']).len();
    let Some((name, after)) = text[at..]
        .strip_prefix('(')
        .and_then(|it| it.split_once(')'))
    else {
        return;
    };
    let is_name = |it: &str| it.starts_with(char::is_uppercase);
    if name_length(name) == name.len() && name.split(' ').all(is_name) && !after.trim().is_empty() {
        label.name = Some(at + 1..at + 1 + name.len());
        label.rest = text.len() - after.len();
    }
}

/// How many bytes at the start are a word of a scale, with a sentence behind it: `Critical The site is
/// down`, as a line break between them leaves it.
fn scale_word(rest: &str) -> usize {
    let Some((_, end)) = word(rest, 0) else {
        return 0;
    };
    let behind = rest[end..].trim_start_matches(['*', '_', ' ']);
    let begins =
        behind.starts_with(|it: char| it.is_uppercase()) && rest[end..].starts_with([' ', '*']);
    if begins { end } else { 0 }
}

/// Whether words are a sentence of their own, as in `Severity 3 - A lamp is broken`.
fn is_clause(words: &str) -> bool {
    const VERBS: [&str; 11] = [
        "is", "are", "was", "has", "have", "can", "cannot", "does", "do", "will", "may",
    ];
    words.split_whitespace().any(|it| VERBS.contains(&it))
}

/// How many bytes at the start are a word of a scale with its noun.
fn scale_length(text: &str) -> usize {
    word(text, 0).map_or(0, |it| it.1)
}

/// How many bytes of a text are a name: up to four words, then the end or a sign that parts.
fn name_length(rest: &str) -> usize {
    let end = rest
        .find(|it: char| {
            matches!(
                it,
                ':' | '.' | '(' | ')' | '\n' | '|' | ',' | ';' | '\u{2014}' | '\u{2013}'
            )
        })
        .unwrap_or(rest.len());
    // A sentence goes on behind such a sign, unless what stands before it is the word of a scale.
    let is_lower = rest.starts_with(char::is_lowercase);
    let goes_on = (rest[end..].starts_with(';') || is_lower && rest[end..].starts_with(','))
        && scale_length(&rest[..end]) < end;
    if goes_on {
        return 0;
    }
    let spaced = rest.find(" - ").map_or(end, |it| it.min(end));
    let name = rest[..spaced].trim_end_matches([' ', '*', '`', '_']);
    let short = name.split_whitespace().count() <= 4 && name.len() <= 40;
    let starts = name.starts_with(char::is_alphabetic);
    if short && starts && !is_clause(name) {
        name.len()
    } else {
        0
    }
}

/// How many bytes of white space, marks and signs stand here.
pub(super) fn separator(rest: &str) -> usize {
    let is_joint = |it: char| {
        it.is_whitespace()
            || matches!(
                it,
                '-' | ':'
                    | '('
                    | ')'
                    | '/'
                    | '|'
                    | '*'
                    | '`'
                    | '_'
                    | ','
                    | '.'
                    | '\u{2192}'
                    | '='
                    | '>'
            )
            || matches!(it, '\u{2010}'..='\u{2015}')
            || !it.is_ascii()
                && !it.is_alphanumeric()
                && !matches!(
                    it,
                    '\u{2264}' | '\u{2265}' | '"' | '\u{201c}' | '\u{20ac}' | '\u{a3}'
                )
    };
    rest.len() - rest.trim_start_matches(is_joint).len()
}
