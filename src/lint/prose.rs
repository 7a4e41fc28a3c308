//! Running text in words, for rules that read sentences.

use std::borrow::Cow;
use std::ops::Range;

/// A word and where it stands.
pub(super) struct Word<'t> {
    /// As written.
    pub(super) text: &'t str,
    /// In small letters.
    pub(super) small: Cow<'t, str>,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
}

/// The words of a text; `-` and digits are part of a word, `SEV-1` is one.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (offset, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_inside =
            letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '\u{2019}' | '_' | '=');
        match (is_inside, start) {
            (true, None) => start = Some(offset),
            (false, Some(from)) => {
                words.extend(word(text, from..offset));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str, range: Range<usize>) -> Option<Word<'_>> {
    let marks = ['-', '\'', '\u{2019}'];
    let whole = &text[range.clone()];
    let start = range.start + (whole.len() - whole.trim_start_matches(marks).len());
    let word = whole.trim_matches(marks);
    (!word.is_empty()).then(|| Word {
        text: word,
        small: small(word),
        range: start..start + word.len(),
    })
}

/// A word in small letters; most are.
fn small(word: &str) -> Cow<'_, str> {
    if word
        .chars()
        .any(|it| !it.is_ascii() || it.is_ascii_uppercase())
    {
        Cow::Owned(word.to_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// Whether a clause says that something has to be done: `needs to be mended`, `requires attention`. `Must be easy
/// to repeat` is a condition.
pub(super) fn obliges(clause: &str) -> bool {
    const DUTIES: [&str; 14] = [
        "should",
        "must",
        "shall",
        "require",
        "requires",
        "required",
        "requiring",
        "needs",
        "need",
        "needing",
        "demands",
        "demand",
        "warrants",
        "deserves",
    ];
    const DEEDS: [&str; 18] = [
        "fix",
        "resol",
        "address",
        "handl",
        "mend",
        "respon",
        "repair",
        "attention",
        "action",
        "acknowledg",
        "deal",
        "work",
        "patch",
        "correct",
        "escalat",
        "investigat",
        "notif",
        "answer",
    ];
    let words = words(clause);
    words.iter().any(|it| DUTIES.contains(&&*it.small))
        && words
            .iter()
            .any(|it| DEEDS.iter().any(|deed| it.small.starts_with(deed)))
}

/// The sentences of a text, cut further where another part follows: behind a semicolon, before `, and` and its
/// like, and before `and then`.
pub(super) fn clauses(text: &str) -> Vec<Range<usize>> {
    const JOINTS: [&str; 5] = [" and ", " but ", " while ", " whereas ", " then "];
    let is_end = |at: &usize| {
        let rest = &text[at + 1..];
        let is_joined = JOINTS.iter().any(|it| rest.starts_with(it));
        rest.starts_with(char::is_whitespace) && (!text[*at..].starts_with(',') || is_joined)
    };
    let signs = text.match_indices([';', '.', ',']).map(|it| it.0);
    let ends = signs.filter(is_end).map(|it| it + 1);
    let joints = text.match_indices(" and then ").map(|it| it.0);
    let mut ends: Vec<usize> = ends.chain(joints).chain([text.len()]).collect();
    ends.sort_unstable();
    let starts = [0].into_iter().chain(ends.clone());
    let clauses = starts
        .zip(ends.iter().copied())
        .map(|(start, end)| start..end);
    clauses.filter(|it| !it.is_empty()).collect()
}

/// A name in small letters with nothing between its letters and digits: `sev1` for `SEV-1` and `Sev 1`.
pub(super) fn joined(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.collect::<String>().to_lowercase()
}

/// A small whole number in digits or words.
pub(super) fn number(word: &str) -> Option<usize> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let named = WORDS.iter().position(|it| *it == word);
    named.or_else(|| word.parse().ok().filter(|it| *it < 100))
}
