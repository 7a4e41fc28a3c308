//! A sentence in, the words in it that two people may read differently out, and what makes it decidable.
//!
//! The words are data, one file a language.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Why a phrase cannot be decided, or what it does for a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// How many: "a large number of".
    Quantity,
    /// How much: "severely".
    Degree,
    /// How long or how soon: "prolonged".
    Time,
    /// How sure: "potentially".
    Likelihood,
    /// Leaves it to somebody: "as appropriate".
    Escape,
    /// Leaves the end open: "such as".
    OpenList,
    /// Says two things: "most/all".
    Oblique,
    /// Needs no number: "all".
    Absolute,
    /// One of a thing: "a single".
    Single,
    /// Says who decides.
    Owner,
    /// Compares: "more than".
    Comparator,
    /// A number in words.
    Number,
    /// What a number counts.
    Unit,
    /// A name for a number that stands elsewhere: "SLO". It settles nothing unless it is defined.
    Measure,
}

const SECTIONS: [(&str, Kind); 14] = [
    ("quantity", Kind::Quantity),
    ("degree", Kind::Degree),
    ("time", Kind::Time),
    ("likelihood", Kind::Likelihood),
    ("escape", Kind::Escape),
    ("open-list", Kind::OpenList),
    ("oblique", Kind::Oblique),
    ("absolute", Kind::Absolute),
    ("single", Kind::Single),
    ("owner", Kind::Owner),
    ("comparator", Kind::Comparator),
    ("number", Kind::Number),
    ("unit", Kind::Unit),
    ("measure", Kind::Measure),
];

/// Units that stand at the end of a number without a space.
const UNITS: [&str; 20] = [
    "%", "ms", "s", "sec", "m", "min", "mins", "h", "hr", "hrs", "d", "k", "bn", "x", "€", "rps",
    "qps", "gb", "mb", "tb",
];

/// What was found in a sentence; all ranges are bytes of it, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sense {
    /// Words that leave open how many, how much, how long or how likely.
    pub(super) vague: Vec<Range<usize>>,
    /// Those of them that leave open how many.
    pub(super) counts: Vec<Range<usize>>,
    /// Those of them that leave open how long or how soon.
    pub(super) times: Vec<Range<usize>>,
    /// Those of them that leave open how likely.
    pub(super) chances: Vec<Range<usize>>,
    /// Words that leave the decision open.
    pub(super) escapes: Vec<Range<usize>>,
    /// Words that leave a list open.
    pub(super) open_lists: Vec<Range<usize>>,
    /// What makes the sentence decidable: a number with what it counts.
    pub(super) anchors: Vec<Range<usize>>,
    /// Words that need no number.
    pub(super) absolutes: Vec<Range<usize>>,
    /// Whether somebody is named who decides.
    pub(super) has_owner: bool,
    /// Whether there is no word at all.
    pub(super) is_empty: bool,
}

/// The words of one language.
struct Lexicon {
    /// Phrases by their first word, the longest first.
    phrases: BTreeMap<&'static str, Vec<Phrase>>,
    /// Phrases whose first word has any ending.
    stems: Vec<(&'static str, Kind)>,
}

struct Phrase {
    words: Vec<&'static str>,
    kind: Kind,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("en.txt")));
static GERMAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("de.txt")));

/// The lists of a language, by its tag; English where there are none.
fn lexicon(language: &str) -> &'static Lexicon {
    match language.split(['-', '_']).next() {
        Some("de") => &GERMAN,
        _ => &ENGLISH,
    }
}

/// Reads a sentence. `clear` are phrases that are defined elsewhere and never vague here.
pub(super) fn read(language: &str, sentence: &str, clear: &[String]) -> Sense {
    let lexicon = lexicon(language);
    let tokens = tokens(sentence);
    let clear: Vec<Vec<String>> = clear
        .iter()
        .map(|it| tokens_of(it).map(|token| token.text).collect())
        .collect();
    let mut found: Vec<(Range<usize>, Kind)> = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let rest = &tokens[index..];
        let skipped = clear
            .iter()
            .filter(|it| starts_with(rest, it))
            .map(Vec::len);
        if let Some(length) = skipped.max().filter(|it| *it > 0) {
            index += length;
            continue;
        }
        let Some((length, kind)) = lexicon.longest(rest) else {
            index += 1;
            continue;
        };
        found.push((index..index + length, kind));
        index += length;
    }
    sense(&tokens, &found)
}

fn sense(tokens: &[Token], found: &[(Range<usize>, Kind)]) -> Sense {
    let mut sense = Sense {
        is_empty: tokens.is_empty(),
        ..Sense::default()
    };
    let bytes = |it: &Range<usize>| tokens[it.start].range.start..tokens[it.end - 1].range.end;
    for (at, kind) in found {
        if tokens[at.clone()].iter().any(|it| it.is_quoted) {
            continue;
        }
        match kind {
            Kind::Quantity | Kind::Degree | Kind::Time | Kind::Likelihood | Kind::Oblique => {
                sense.vague.push(bytes(at));
                match kind {
                    Kind::Time => sense.times.push(bytes(at)),
                    Kind::Likelihood => sense.chances.push(bytes(at)),
                    Kind::Quantity | Kind::Oblique => sense.counts.push(bytes(at)),
                    _ => {}
                }
            }
            Kind::Escape => sense.escapes.push(bytes(at)),
            Kind::OpenList => sense.open_lists.push(bytes(at)),
            Kind::Absolute => sense.absolutes.push(bytes(at)),
            Kind::Owner => sense.has_owner = true,
            Kind::Single | Kind::Comparator | Kind::Number | Kind::Unit | Kind::Measure => {}
        }
    }
    let kind_at = |index: usize| {
        let found = found.iter().find(|(at, _)| at.contains(&index));
        found.map(|(_, kind)| *kind)
    };
    for (index, token) in tokens.iter().enumerate() {
        let is_single = kind_at(index) == Some(Kind::Single);
        let is_number = token.is_number() || kind_at(index) == Some(Kind::Number);
        if token.has_unit() {
            sense.anchors.push(token.range.clone());
        } else if is_number || is_single {
            // What is counted stands within the next words: "2 or more regions", "one of the nodes".
            let end = (index + 5).min(tokens.len());
            let unit = (index + 1..end).find(|it| kind_at(*it) == Some(Kind::Unit));
            let compared = index > 0 && kind_at(index - 1) == Some(Kind::Comparator);
            let last = match unit {
                Some(unit) => unit,
                None if compared && is_number => index,
                None => continue,
            };
            sense
                .anchors
                .push(token.range.start..tokens[last].range.end);
        }
    }
    sense.anchors.sort_by_key(|it| it.start);
    sense
}

struct Token {
    text: String,
    range: Range<usize>,
    is_quoted: bool,
}

impl Token {
    /// Digits with points, commas and a sign of money before them.
    fn is_number(&self) -> bool {
        let digits = self
            .text
            .trim_start_matches(['€', '$', '£', '~', '<', '>', '=', '≥', '≤']);
        let is_part = |it: char| it.is_ascii_digit() || matches!(it, '.' | ',');
        digits.starts_with(|it: char| it.is_ascii_digit()) && digits.chars().all(is_part)
    }

    /// A number with its unit in one word: `25%`, `30m`, `$100k`.
    fn has_unit(&self) -> bool {
        let text = self.text.trim_start_matches(['~', '<', '>', '=', '≥', '≤']);
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

fn tokens_of(sentence: &str) -> impl Iterator<Item = Token> {
    tokens(sentence).into_iter()
}

/// The words in small letters. `-`, `/`, `'` and `.` stay inside a word; code and quotations are marked.
fn tokens(sentence: &str) -> Vec<Token> {
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
            push(&mut tokens, sentence, from..offset, closing.is_some());
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

fn starts_with(tokens: &[Token], words: &[String]) -> bool {
    words.len() <= tokens.len() && words.iter().zip(tokens).all(|(word, it)| *word == it.text)
}

impl Lexicon {
    fn read(text: &'static str) -> Self {
        let mut lexicon = Self {
            phrases: BTreeMap::new(),
            stems: Vec::new(),
        };
        let mut kind = Kind::Quantity;
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let section = line.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
            if let Some(name) = section {
                let named = SECTIONS.iter().find(|(section, _)| *section == name);
                kind = named
                    .map(|(_, kind)| *kind)
                    .expect("the files name known kinds");
                continue;
            }
            lexicon.add(line, kind);
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|it| std::cmp::Reverse(it.words.len()));
        }
        lexicon
    }

    fn add(&mut self, line: &'static str, kind: Kind) {
        if let Some(stem) = line.strip_suffix('*')
            && !stem.contains(' ')
        {
            self.stems.push((stem, kind));
            return;
        }
        let words: Vec<&'static str> = line.split(' ').collect();
        for first in words[0].split('|') {
            self.phrases.entry(first).or_default().push(Phrase {
                words: words[1..].to_vec(),
                kind,
            });
        }
    }

    /// How many words the longest phrase at the start takes, and what it is.
    fn longest(&self, tokens: &[Token]) -> Option<(usize, Kind)> {
        let (first, rest) = tokens.split_first()?;
        let phrases = self.phrases.get(first.text.as_str());
        let fits = |it: &&Phrase| {
            it.words.len() <= rest.len()
                && it
                    .words
                    .iter()
                    .zip(rest)
                    .all(|(word, token)| alternative(word, &token.text))
        };
        if let Some(phrase) = phrases.and_then(|it| it.iter().find(fits)) {
            return Some((phrase.words.len() + 1, phrase.kind));
        }
        let stem = self.stems.iter().find(|(stem, _)| {
            first.text.strip_prefix(stem).is_some_and(|ending| {
                ending.chars().count() <= 3
                    && ending.chars().all(|it| it.is_alphabetic() || it == '\'')
            })
        })?;
        Some((1, stem.1))
    }
}

/// Whether a word is one of `a|b|c`, the last with any ending where it ends with `*`.
fn alternative(pattern: &str, word: &str) -> bool {
    pattern.split('|').any(|it| match it.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => it == word,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'t>(sentence: &'t str, ranges: &[Range<usize>]) -> Vec<&'t str> {
        ranges.iter().map(|it| &sentence[it.clone()]).collect()
    }

    #[test]
    fn vague_words_are_found_and_anchors_seen() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            (
                "A large number of customers is affected",
                &["A large number of"],
                &[],
            ),
            (
                "More than 10% of customers for 30 minutes",
                &[],
                &["10%", "30 minutes"],
            ),
            ("2 or more regions are down", &[], &["2 or more regions"]),
            ("one node is slow", &["slow"], &["one node"]),
            ("Most/all users see errors", &["Most/all"], &[]),
            ("the word `many` is quoted, \"several\" too", &[], &[]),
            ("the major-incident process starts", &[], &[]),
            ("SEV-1 of 2024", &[], &[]),
            ("p95 above 800ms", &[], &["800ms"]),
            ("losing $10,000 an hour", &[], &["$10,000"]),
            ("two customers", &[], &["two customers"]),
            ("[2.1.d] it is slow", &["slow"], &[]),
        ];
        for (sentence, vague, anchors) in cases {
            let sense = read("en", sentence, &[]);
            assert_eq!(words(sentence, &sense.vague), *vague, "{sentence}");
            assert_eq!(words(sentence, &sense.anchors), *anchors, "{sentence}");
        }
    }

    #[test]
    fn escapes_lists_owners_and_clear_words_are_told_apart() {
        let sense = read(
            "en",
            "Other actions as appropriate, such as paging; the IC decides",
            &[],
        );
        assert_eq!(
            (sense.escapes.len(), sense.open_lists.len(), sense.has_owner),
            (1, 1, true)
        );
        let clear = ["severely degraded".to_owned()];
        assert!(
            read("en", "Search is severely degraded", &clear)
                .vague
                .is_empty()
        );
        let german = read("de-AT", "Viele Kunden sind erheblich betroffen", &[]);
        assert_eq!(german.vague.len(), 2);
    }
}
