//! A sentence cut into words, with those marked that are quoted.

use std::ops::Range;

use super::lexicon::Lexicon;

/// Units that stand at the end of a number without a space.
const UNITS: [&str; 20] = [
    "%", "ms", "s", "sec", "m", "min", "mins", "h", "hr", "hrs", "d", "k", "bn", "x", "€", "rps",
    "qps", "gb", "mb", "tb",
];

/// What was found in a sentence; all ranges are bytes of it, in order.
/// A word of a sentence.
pub(super) struct Token {
    /// In small letters.
    pub(super) text: String,
    /// Bytes of the sentence.
    pub(super) range: Range<usize>,
    /// Whether it stands in a quotation or in code.
    pub(super) is_quoted: bool,
}

impl Token {
    /// Digits with points, commas and a sign of money before them.
    pub(super) fn is_number(&self) -> bool {
        let digits = self
            .text
            .trim_start_matches(['€', '$', '£', '~', '<', '>', '=', '≥', '≤']);
        let is_part = |it: char| it.is_ascii_digit() || matches!(it, '.' | ',');
        digits.starts_with(|it: char| it.is_ascii_digit()) && digits.chars().all(is_part)
    }

    /// A number with its unit in one word: `25%`, `30m`, `$100k`.
    pub(super) fn has_unit(&self) -> bool {
        let text = self.text.trim_start_matches(['~', '<', '>', '=', '≥', '≤']);
        // `25-75%` has the unit of its end.
        let range = text
            .split_once('-')
            .filter(|it| it.0.parse::<u32>().is_ok());
        let text = range.map_or(text, |it| it.1);
        let money = text.strip_prefix(['€', '$', '£']);
        let amount = money.unwrap_or(text);
        let digits = amount.len()
            - amount
                .trim_start_matches(|it: char| it.is_ascii_digit() || matches!(it, '.' | ','))
                .len();
        // `2.1.d` is the number of a paragraph.
        let number = &amount[..digits];
        let is_digit = |it: char| it.is_ascii_digit();
        if !number.starts_with(is_digit) || !number.ends_with(is_digit) {
            return false;
        }
        let unit = &amount[digits..];
        UNITS.contains(&unit) || money.is_some()
    }
}

/// The words in small letters. `-`, `/`, `'` and `.` stay inside a word; code and quotations are marked.
/// What is joined by a stroke is told apart where it is no word of the lexicon.
pub(super) fn tokens(sentence: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut closing: Option<char> = None;
    let mut start: Option<usize> = None;
    let inside = |it: char| {
        it.is_alphanumeric()
            || matches!(
                it,
                '-' | '/' | '.' | ',' | '%' | '€' | '$' | '£' | '\u{2011}'
            )
    };
    let letters = sentence.char_indices().chain([(sentence.len(), ' ')]);
    for (offset, letter) in letters {
        let apostrophe = matches!(letter, '\'' | '\u{2019}') && closing != Some(letter);
        if inside(letter) || (apostrophe && start.is_some()) {
            start.get_or_insert(offset);
            continue;
        }
        if let Some(from) = start.take() {
            push_all(
                &mut tokens,
                sentence,
                from..offset,
                closing.is_some(),
                lexicon,
            );
        }
        match (letter, closing) {
            (letter, Some(end)) if letter == end => closing = None,
            ('`' | '"', None) => closing = Some(letter),
            ('\u{201c}' | '\u{201e}', None) => closing = Some('\u{201d}'),
            _ => {}
        }
    }
    tokens
}

/// Adds a word, or the words that strokes part: `slow/degraded`.
fn push_all(
    tokens: &mut Vec<Token>,
    sentence: &str,
    range: Range<usize>,
    is_quoted: bool,
    lexicon: &Lexicon,
) {
    let whole = &sentence[range.clone()];
    let is_one = || {
        let mut parts = whole.split('/');
        let is_word = |it: &str| {
            it.chars().count() > 1 && it.chars().all(|it| it.is_alphabetic() || it == '-')
        };
        !parts.all(is_word) || lexicon.holds_whole(&whole.to_lowercase())
    };
    if !whole.contains('/') || is_one() {
        push(tokens, sentence, range, is_quoted);
        return;
    }
    let mut start = range.start;
    for part in whole.split('/') {
        push(tokens, sentence, start..start + part.len(), is_quoted);
        start += part.len() + 1;
    }
}

fn push(tokens: &mut Vec<Token>, sentence: &str, range: Range<usize>, is_quoted: bool) {
    let marks = ['-', '/', '.', ',', '\'', '\u{2019}', '\u{2011}'];
    let word = &sentence[range.clone()];
    let trimmed = word.trim_start_matches(marks);
    let start = range.end - trimmed.len();
    let trimmed = trimmed.trim_end_matches(marks);
    if trimmed.is_empty() {
        return;
    }
    tokens.push(Token {
        text: trimmed.to_lowercase().replace('\u{2011}', "-"),
        range: start..start + trimmed.len(),
        is_quoted,
    });
}
