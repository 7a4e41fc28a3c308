//! A sentence cut into words, numbers and signs, each with its bytes.

use std::ops::Range;

use crate::policy::decimal::Decimal;

use super::number;

/// One word, number or sign of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'text> {
    /// As written.
    pub(super) text: &'text str,
    /// The first byte.
    pub(super) start: usize,
    /// The byte after the last.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters; also names such as `SEV-1`, `p95`, `5xx` and `2nd`, whose digits count nothing.
    Letters,
    /// A number in digits, its `k` or `M` already multiplied in.
    Number(Decimal),
    /// Anything else, one character; every dash is `-`.
    Sign(char),
}

impl Word<'_> {
    /// Whether this is the given word, in any case, or the given sign.
    pub(super) fn is(&self, word: &str) -> bool {
        match self.kind {
            Kind::Sign(sign) => word.chars().eq([sign]),
            _ => self.text.eq_ignore_ascii_case(word),
        }
    }

    /// Whether this is the given sign.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether this is one of the words of a list, in any case.
    pub(super) fn among(&self, list: &[&str]) -> bool {
        list.iter().any(|it| self.is(it))
    }

    /// The bytes.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Cuts a text into words.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let (end, kind) = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if first.is_ascii_digit() {
            number(text, at)
        } else if first.is_alphabetic() {
            (letters(text, at), Kind::Letters)
        } else {
            (at + first.len_utf8(), Kind::Sign(plain(first)))
        };
        found.push(Word {
            text: &text[at..end],
            start: at,
            end,
            kind,
        });
        at = end;
    }
    found
}

/// Dashes and look-alikes as the sign a keyboard has.
fn plain(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2264}' | '\u{2a7d}' => '\u{2264}',
        '\u{2265}' | '\u{2a7e}' => '\u{2265}',
        '\u{d7}' => 'x',
        '\u{ff1e}' => '>',
        '\u{ff1c}' => '<',
        '\u{ff05}' => '%',
        other => other,
    }
}

/// The end of a word that starts with a letter: letters and digits, with an apostrophe, hyphen or dot
/// inside where letters go on, and a number that belongs to a name (`SEV-1`, `p95`).
fn letters(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].chars().peekable();
    while let Some(letter) = rest.next() {
        let next = rest.peek().copied();
        let goes_on = match letter {
            '\'' | '\u{2019}' => next.is_some_and(char::is_alphabetic),
            '-' | '\u{2010}' | '\u{2011}' => {
                let is_near = text[start..end].eq_ignore_ascii_case("near");
                next.is_some_and(|it| {
                    if is_near {
                        it.is_alphabetic()
                    } else {
                        it.is_alphanumeric()
                    }
                })
            }
            other => other.is_alphanumeric() || other == '_',
        };
        if !goes_on {
            break;
        }
        end += letter.len_utf8();
    }
    end
}

/// A number with its digits grouped as `1,000` or `1 000`, a fraction, and `k`, `M`, `bn` after it.
/// Digits that are part of a name (`5xx`, `2nd`, `3rd-party`) make that name a word.
fn number(text: &str, start: usize) -> (usize, Kind) {
    let digits = digits_end(text, start);
    let rest = &text[digits..];
    let tail = rest.len() - rest.trim_start_matches(|it: char| it.is_alphabetic()).len();
    let suffix = &rest[..tail];
    let whole = &text[start..digits];
    if ["st", "nd", "rd", "th", "xx", "am", "pm"].contains(&suffix.to_lowercase().as_str()) {
        return (letters(text, start), Kind::Letters);
    }
    let power = match suffix {
        "k" | "K" => 3,
        "M" | "mn" | "mm" | "MM" => 6,
        "bn" | "B" => 9,
        _ => 0,
    };
    match number::read(whole, power) {
        Some(number) if power > 0 => (digits + tail, Kind::Number(number)),
        Some(number) => (digits, Kind::Number(number)),
        None => (digits, Kind::Letters),
    }
}

/// The end of the digits that start here, with groups of three and one fraction.
fn digits_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|it| it.is_ascii_digit()).count()
    };
    let first = run(start);
    let mut end = start + first;
    if first <= 3 {
        while let Some(gap) = group_gap(&text[end..]) {
            if run(end + gap) != 3 {
                break;
            }
            end += gap + 3;
        }
    }
    let fraction = run(end + 1);
    let is_fraction = match bytes.get(end) {
        Some(b'.') => fraction > 0,
        // Three digits behind a comma are thousands.
        Some(b',') => matches!(fraction, 1 | 2),
        _ => false,
    };
    if is_fraction {
        end += 1 + fraction;
    }
    end
}

/// How many bytes part two groups of digits: a comma, or one space of any width.
fn group_gap(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    matches!(first, ',' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}').then_some(first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_into_words_numbers_and_signs() {
        let cases: [(&str, &[&str]); 12] = [
            ("10%+ of users", &["10", "%", "+", "of", "users"]),
            ("$1,000-$10,000", &["$", "1,000", "-", "$", "10,000"]),
            ("100 000 euro", &["100 000", "euro"]),
            ("SEV-1 or P2", &["SEV-1", "or", "P2"]),
            ("5xx on the 2nd", &["5xx", "on", "the", "2nd"]),
            ("1.5\u{2013}2x SLO", &["1.5", "\u{2013}", "2", "x", "SLO"]),
            ("30min.", &["30", "min", "."]),
            ("p95 > 10k/h", &["p95", ">", "10k", "/", "h"]),
            ("24/7 on-call's", &["24", "/", "7", "on-call's"]),
            ("10, 20 and 30", &["10", ",", "20", "and", "30"]),
            ("5 100 users", &["5 100", "users"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = words(text).iter().map(|it| it.text).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn nothing_but_white_space_is_left_out() {
        for text in [
            "a\u{301}b 5\u{a0}%",
            "\u{1f534} SEV0 \u{2013} x",
            "1,2,3",
            "9.9.9",
        ] {
            let mut end = 0;
            for word in words(text) {
                assert!(text[end..word.start].trim().is_empty(), "{text}");
                end = word.end;
            }
            assert!(text[end..].trim().is_empty(), "{text}");
        }
    }
}
