//! The words of a language, by what they do to a sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::token::Token;

/// Why a phrase cannot be decided, or what it does for a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// How many: "a large number of".
    Quantity,
    /// How much: "severely".
    Degree,
    /// How long or how soon: "prolonged".
    Time,
    /// How fast something is done: "as soon as possible".
    Haste,
    /// Puts something off: "next sprint".
    Waiting,
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

impl Kind {
    /// Whether it leaves open how many, how much, how long or how likely.
    pub(super) fn is_vague(self) -> bool {
        matches!(
            self,
            Self::Quantity
                | Self::Degree
                | Self::Time
                | Self::Haste
                | Self::Likelihood
                | Self::Oblique
        )
    }
}

const SECTIONS: [(&str, Kind); 16] = [
    ("quantity", Kind::Quantity),
    ("degree", Kind::Degree),
    ("time", Kind::Time),
    ("haste", Kind::Haste),
    ("waiting", Kind::Waiting),
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

/// The words of one language.
pub(super) struct Lexicon {
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
static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("fr.txt")));
static GERMAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("de.txt")));
static PORTUGUESE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("pt.txt")));
static SPANISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("es.txt")));

/// The lists of a language, by its tag; English where there are none.
pub(super) fn lexicon(language: &str) -> &'static Lexicon {
    match language.split(['-', '_']).next() {
        Some("de") => &GERMAN,
        Some("es") => &SPANISH,
        Some("fr") => &FRENCH,
        Some("pt") => &PORTUGUESE,
        _ => &ENGLISH,
    }
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

    /// Whether a word with a stroke in it is one by itself, as `and/or` is.
    pub(super) fn holds_whole(&self, word: &str) -> bool {
        self.phrases.contains_key(word)
    }

    /// How many words the longest phrase at the start takes, and what it is.
    pub(super) fn longest(&self, tokens: &[Token]) -> Option<(usize, Kind)> {
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
