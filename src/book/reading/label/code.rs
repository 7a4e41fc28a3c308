//! The start of a text in, the name of a severity that stands there out.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::super::english;
use super::words::{NOUNS, OWNERS, PREFIXES, WORDS};
use super::{Family, Level, behind_word};

/// Whether a look at a text does not already say that it names no severity with a number: that takes a digit, or
/// a word before which a letter counts.
pub(in crate::book::reading) fn may_hold_code(text: &str) -> bool {
    static SPELLED: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let spelled = PREFIXES.iter().filter(|it| it.2);
        english::lookout(spelled.map(|it| it.0))
    });
    text.bytes().any(|it| it.is_ascii_digit()) || SPELLED.is_match(text)
}

/// The severity with a number that a text starts with, and the bytes of its name.
pub(in crate::book::reading) fn code_at(text: &str) -> Option<(Level, usize)> {
    code(text, 0)
}

/// Where the first letter or digit stands, behind pictures, marks and short codes such as
/// `:red_circle:`.
pub(super) fn first_letter(text: &str) -> Option<usize> {
    let mut at = text.find(char::is_alphanumeric)?;
    if text[..at].ends_with(':') {
        let code = text[at..].find(|it: char| !it.is_alphanumeric() && it != '_' && it != '-')?;
        if text[at + code..].starts_with(':') && code > 2 {
            at += code + text[at + code..].find(char::is_alphanumeric)?;
        }
    }
    let marks = text[..at].chars().filter(|it| !it.is_whitespace()).count();
    (marks <= 12).then_some(at)
}

/// Where the name of a severity may start: behind what it is the severity of, as in `Bug severity 1`, and behind
/// the first half of a label, as in `priority/P1`.
pub(super) fn name_start(text: &str) -> Option<usize> {
    let start = first_letter(text)?;
    let rest = &text[start..];
    let owner = OWNERS.iter().find(|it| {
        let head = rest.get(..it.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(it))
    });
    let passed = [owner.map_or(0, |it| it.len()), tag(rest), chapter(rest)];
    let behind = passed.into_iter().filter(|it| *it > 0).map(|it| start + it);
    let is_named = |at: usize| {
        let is_word = || word(text, at).is_some_and(|it| behind_word(text, at..it.1).is_some());
        code(text, at).is_some() || is_word()
    };
    let named = behind.into_iter().find(|it| is_named(*it));
    Some(named.unwrap_or(start))
}

/// How long the number of a chapter is, with the space behind it: `3. `, `3.2 `, `4) `.
fn chapter(text: &str) -> usize {
    let is_part = |it: char| it.is_ascii_digit() || matches!(it, '.' | ')');
    let behind = text.trim_start_matches(is_part);
    let words = behind.trim_start();
    let is_number = text.starts_with(|it: char| it.is_ascii_digit()) && words.len() < behind.len();
    if is_number {
        text.len() - words.len()
    } else {
        0
    }
}

/// A prefix with a number; gives the level and where the name ends.
pub(super) fn code(text: &str, start: usize) -> Option<(Level, usize)> {
    let rest = &text[start..];
    let first = rest.bytes().next()?.to_ascii_lowercase();
    let alike = PREFIXES
        .iter()
        .filter(|it| it.0.as_bytes().first() == Some(&first));
    for (prefix, family, spelled) in alike {
        let Some(head) = rest.get(..prefix.len()) else {
            continue;
        };
        if !head.eq_ignore_ascii_case(prefix) {
            continue;
        }
        let behind = &rest[prefix.len()..];
        let joint: usize = behind
            .chars()
            .take_while(|it| {
                matches!(
                    it,
                    ' ' | '\u{a0}' | '-' | '_' | '.' | ':' | '#' | '\u{2011}' | '\u{2010}'
                )
            })
            .map(char::len_utf8)
            .sum();
        if joint > 3 || prefix.len() == 1 && behind.starts_with([' ', ':', '.', '_', '#']) {
            continue;
        }
        let value = &behind[joint..];
        let end = value
            .find(|it: char| !it.is_alphanumeric())
            .unwrap_or(value.len());
        // `SEV1s` are incidents of SEV1.
        let written = value[..end].trim_end_matches('s');
        let plural = written.len() < end && written.ends_with(|it: char| it.is_ascii_digit());
        let end = if plural { written.len() } else { end };
        if let Some(rank) = number(&value[..end], *spelled && joint > 0) {
            let level = Level {
                family: *family,
                rank,
            };
            return Some((level, start + prefix.len() + joint + end));
        }
    }
    None
}

/// The numerals that severities are counted with.
pub(super) const NUMERALS: [&str; 5] = ["I", "II", "III", "IV", "V"];

/// `1`, and where letters may count: `A`, `II`, `one`.
fn number(value: &str, spelled: bool) -> Option<u32> {
    if value.len() <= 2 && value.chars().all(|it| it.is_ascii_digit()) {
        return value.parse().ok();
    }
    if !spelled {
        return None;
    }
    let lists: [&[&str]; 7] = [
        &["A", "B", "C", "D", "E"],
        &NUMERALS,
        &["one", "two", "three", "four", "five"],
        &["eins", "zwei", "drei", "vier", "f\u{fc}nf"],
        &["\u{e9}\u{e9}n", "twee", "drie", "vier", "vijf"],
        &["un", "deux", "trois", "quatre", "cinq"],
        &["uno", "dos", "tres", "cuatro", "cinco"],
    ];
    let mut found = lists.iter().filter_map(|list| {
        list.iter()
            .position(|it| *it == value || it.len() > 2 && it.eq_ignore_ascii_case(value))
    });
    let index = found.next()?;
    u32::try_from(index + 1).ok()
}

/// A word of a scale, with a noun behind it; gives the level and where it ends.
pub(super) fn word(text: &str, start: usize) -> Option<(Level, usize)> {
    let prefix = tag(&text[start..]);
    let rest = &text[start + prefix..];
    let (word, rank) =
        words_with(*rest.as_bytes().first()?).find(|(word, _)| starts_with_word(rest, word))?;
    let mut end = start + prefix + word.len();
    let behind = &text[end..];
    let gap = behind
        .chars()
        .next()
        .filter(|it| matches!(it, ' ' | '-' | '\u{a0}'))
        .map_or(0, char::len_utf8);
    if gap > 0 {
        let noun = NOUNS.iter().find(|it| starts_with_word(&behind[gap..], it));
        end += noun.map_or(0, |it| gap + it.len());
    }
    let level = Level {
        family: Family::Word,
        rank,
    };
    Some((level, end))
}

/// The words of scales that begin with a letter, in whatever case, in their usual order.
fn words_with(letter: u8) -> impl Iterator<Item = (&'static str, u32)> {
    static SORTED: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
        let mut words = WORDS.to_vec();
        words.sort_by_key(|it| it.0.as_bytes().first().copied());
        words
    });
    let first = |it: &(&str, u32)| it.0.as_bytes().first().copied();
    let letter = Some(letter.to_ascii_lowercase());
    let start = SORTED.partition_point(|it| first(it) < letter);
    let alike = SORTED[start..]
        .iter()
        .take_while(move |it| first(it) == letter);
    alike.copied()
}

/// How many bytes at the start are the first half of a name such as `severity/critical`, `priority::high`,
/// `Priority - High` or `Prioridad alta`.
fn tag(rest: &str) -> usize {
    const SIGNS: [&str; 10] = [
        "::",
        ": ",
        "/",
        ":",
        "-",
        "_",
        " - ",
        " \u{2013} ",
        " \u{2014} ",
        " ",
    ];
    let named = PREFIXES.iter().filter(|(name, family, _)| {
        matches!(family, Family::Severity | Family::Priority) && name.len() > 1
    });
    let starts = |name: &str| {
        let head = rest.get(..name.len());
        head.is_some_and(|it| it.eq_ignore_ascii_case(name))
    };
    let lengths = named.filter(|it| starts(it.0)).filter_map(|(name, ..)| {
        let behind = &rest[name.len()..];
        let sign = SIGNS.iter().find(|it| behind.starts_with(**it))?;
        Some(name.len() + sign.len())
    });
    lengths.max().unwrap_or(0)
}

pub(super) fn starts_with_word(text: &str, word: &str) -> bool {
    let head = text.get(..word.len());
    head.is_some_and(|it| it.eq_ignore_ascii_case(word))
        && !text[word.len()..].starts_with(|it: char| it.is_alphanumeric() || it == '_')
}

/// Whether a text ends, or another part of it begins.
pub(super) fn ends_here(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '*', '`', '_', '\u{a0}']);
    match rest.chars().next() {
        None => true,
        Some(first) => {
            matches!(
                first,
                ':' | ';' | '!' | '(' | '/' | '|' | '\n' | '\u{2013}' | '\u{2014}' | '\u{2192}'
            ) || rest.starts_with("- ")
                || rest.starts_with(". ")
                || rest == "."
                || !first.is_alphanumeric() && !first.is_ascii()
        }
    }
}
