//! Anchors of headings: the same as those that GitHub or Python-Markdown give, so that no link breaks.

use std::collections::{HashMap, HashSet};

use crate::markdown::dialect::{SlugCase, Slugs};

/// The anchors of a page that are taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    ids: HashSet<String>,
    /// The last number that a repeated anchor got.
    numbers: HashMap<String, usize>,
}

impl Taken {
    /// Takes an anchor that an author wrote; `false` where it was taken before.
    pub(crate) fn take(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_owned())
    }

    /// Makes an anchor from a heading's words and takes it.
    pub(crate) fn make(&mut self, words: &str, slugs: Slugs) -> String {
        let base = slug(words, slugs);
        let python = !matches!(slugs, Slugs::GitHub);
        if !base.is_empty() && self.ids.insert(base.clone()) {
            return base;
        }
        if python {
            return self.number_python(base);
        }
        self.number(
            if base.is_empty() { "section" } else { &base },
            '-',
            base.is_empty(),
        )
    }

    /// Python-Markdown counts on from a number that the anchor ends with (`unique` in `toc.py`).
    fn number_python(&mut self, base: String) -> String {
        let numbered = base.rsplit_once('_').and_then(|(stem, number)| {
            let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
            let number = number.parse::<usize>().ok().filter(|_| is_number)?;
            Some((stem.to_owned(), number))
        });
        let (stem, first) = numbered.unwrap_or((base, 0));
        let last = self.numbers.entry(stem.clone()).or_default();
        *last = (*last).max(first);
        self.number(&stem, '_', false)
    }

    fn number(&mut self, stem: &str, separator: char, may_stand_alone: bool) -> String {
        if may_stand_alone && self.ids.insert(stem.to_owned()) {
            return stem.to_owned();
        }
        let last = self.numbers.entry(stem.to_owned()).or_default();
        loop {
            *last += 1;
            let id = format!("{stem}{separator}{last}");
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The anchor that words make, before repeats are told apart.
pub fn slug(words: &str, slugs: Slugs) -> String {
    match slugs {
        Slugs::GitHub => github(words),
        Slugs::Python { separator } => {
            let ascii: String = words.chars().flat_map(plain).collect();
            spaced(&ascii.to_ascii_lowercase(), separator)
        }
        Slugs::Unicode { separator } => spaced(&words.to_lowercase(), separator),
        Slugs::PyMdown { separator, case } => {
            let words = match case {
                SlugCase::Lower => words.to_lowercase(),
                SlugCase::LowerAscii => words.to_ascii_lowercase(),
                SlugCase::Kept => words.to_owned(),
            };
            let kept = |it: &char| it.is_alphanumeric() || matches!(it, '_' | '-' | ' ');
            let words = words.trim().chars().filter(kept);
            words
                .map(|it| if it == ' ' { separator } else { it })
                .collect()
        }
    }
}

/// GitHub keeps letters, digits, `-` and `_`; every space becomes `-`.
fn github(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for character in words.trim().chars() {
        match character {
            ' ' | '\n' => slug.push('-'),
            '-' | '_' => slug.push(character),
            _ if character.is_alphanumeric() => slug.extend(character.to_lowercase()),
            _ => {}
        }
    }
    slug
}

/// Python-Markdown drops what is no letter, digit, `_`, `-` or space, and makes one separator of every run
/// of spaces and separators.
fn spaced(words: &str, separator: char) -> String {
    let kept = |it: &char| it.is_alphanumeric() || matches!(it, '_' | '-') || it.is_whitespace();
    let words: String = words.chars().filter(kept).collect();
    let mut slug = String::with_capacity(words.len());
    let mut follows_gap = false;
    for character in words.trim().chars() {
        let is_gap = character == separator || character.is_whitespace();
        if !is_gap {
            slug.push(character);
        } else if !follows_gap {
            slug.push(separator);
        }
        follows_gap = is_gap;
    }
    slug
}

/// A letter without its accent (Unicode's compatible decomposition, ASCII kept), for the letters of
/// European languages; nothing for letters that have no such form.
fn plain(letter: char) -> impl Iterator<Item = char> {
    const FOLDED: &[(&str, &str)] = &[
        ("ÀÁÂÃÄÅĀĂĄǍ", "A"),
        ("ÇĆĈĊČ", "C"),
        ("ĎD", "D"),
        ("ÈÉÊËĒĔĖĘĚ", "E"),
        ("ĜĞĠĢ", "G"),
        ("Ĥ", "H"),
        ("ÌÍÎÏĨĪĬĮİ", "I"),
        ("Ĵ", "J"),
        ("Ķ", "K"),
        ("ĹĻĽ", "L"),
        ("ÑŃŅŇ", "N"),
        ("ÒÓÔÕÖŌŎŐƠ", "O"),
        ("ŔŖŘ", "R"),
        ("ŚŜŞŠȘ", "S"),
        ("ŢŤȚ", "T"),
        ("ÙÚÛÜŨŪŬŮŰŲƯ", "U"),
        ("Ŵ", "W"),
        ("ÝŶŸ", "Y"),
        ("ŹŻŽ", "Z"),
        ("àáâãäåāăąǎª", "a"),
        ("çćĉċč", "c"),
        ("ď", "d"),
        ("èéêëēĕėęě", "e"),
        ("ĝğġģ", "g"),
        ("ĥ", "h"),
        ("ìíîïĩīĭį", "i"),
        ("ĵ", "j"),
        ("ķ", "k"),
        ("ĺļľ", "l"),
        ("ñńņň", "n"),
        ("òóôõöōŏőơº", "o"),
        ("ŕŗř", "r"),
        ("śŝşšș", "s"),
        ("ţťț", "t"),
        ("ùúûüũūŭůűųư", "u"),
        ("ŵ", "w"),
        ("ýÿŷ", "y"),
        ("źżž", "z"),
        ("…", "..."),
        ("™", "TM"),
        ("ﬁ", "fi"),
        ("ﬂ", "fl"),
        ("²", "2"),
        ("³", "3"),
        ("¹", "1"),
        ("½", "12"),
        ("¼", "14"),
        ("¾", "34"),
        ("\u{a0}\u{2002}\u{2003}\u{2009}\u{202f}", " "),
    ];
    let folded = if letter.is_ascii() {
        None
    } else {
        let found = FOLDED.iter().find(|(letters, _)| letters.contains(letter));
        Some(found.map_or("", |(_, folded)| *folded))
    };
    letter
        .is_ascii()
        .then_some(letter)
        .into_iter()
        .chain(folded.unwrap_or_default().chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PYTHON: Slugs = Slugs::Python { separator: '-' };

    #[test]
    fn anchors_are_those_of_the_dialect() {
        let cases = [
            ("Who's On-Call?", "whos-on-call", "whos-on-call"),
            ("A & B", "a--b", "a-b"),
            ("Überblick: 5 % off", "überblick-5--off", "uberblick-5-off"),
            ("`!ic page`", "ic-page", "ic-page"),
            ("a_b -- c", "a_b----c", "a_b-c"),
            ("日本", "日本", "_1"),
            ("🔥", "section", "_1"),
        ];
        for (words, github, python) in cases {
            assert_eq!(
                Taken::default().make(words, Slugs::GitHub),
                github,
                "{words}"
            );
            assert_eq!(Taken::default().make(words, PYTHON), python, "{words}");
        }
        let unicode = Slugs::Unicode { separator: '_' };
        assert_eq!(Taken::default().make("Ü & b", unicode), "ü_b");
        let cases = [
            (SlugCase::Kept, "Ü--B"),
            (SlugCase::Lower, "ü--b"),
            (SlugCase::LowerAscii, "Ü--b"),
        ];
        for (case, expected) in cases {
            let separator = '-';
            let slugs = Slugs::PyMdown { separator, case };
            assert_eq!(Taken::default().make("Ü & B", slugs), expected);
        }
    }

    #[test]
    fn repeats_are_told_apart() {
        let words = ["a", "a", "a", "a-1", "a_1", "a_1"];
        let made = |slugs| {
            let mut taken = Taken::default();
            words.map(|it| taken.make(it, slugs)).join(" ")
        };
        assert_eq!(made(Slugs::GitHub), "a a-1 a-2 a-1-1 a_1 a_1-1");
        assert_eq!(made(PYTHON), "a a_1 a_2 a-1 a_3 a_4");
    }
}
