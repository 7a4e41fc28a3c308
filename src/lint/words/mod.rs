//! A sentence in, the words in it that two people may read differently out, and what makes it decidable.
//!
//! The words are data, one file a language.

mod lexicon;
mod settled;
mod token;

use std::ops::Range;

use self::lexicon::{Kind, lexicon};
use self::settled::{examples, is_explained, is_settled};
use self::token::{Token, tokens};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sense {
    /// Words that leave open how many, how much, how long or how likely.
    pub(super) vague: Vec<Range<usize>>,
    /// Those of them that leave open how many.
    pub(super) counts: Vec<Range<usize>>,
    /// Those of them that leave open how long or how soon.
    pub(super) times: Vec<Range<usize>>,
    /// Those of these that say how fast something is done.
    pub(super) hastes: Vec<Range<usize>>,
    /// Words that put something off to a day that nobody names.
    pub(super) delays: Vec<Range<usize>>,
    /// Those of the vague words that leave open how likely.
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

/// Reads a sentence. `clear` are phrases that are defined elsewhere and never vague here.
pub(super) fn read(language: &str, sentence: &str, clear: &[String]) -> Sense {
    let lexicon = lexicon(language);
    let tokens = tokens(sentence, lexicon);
    let words = |it: &String| {
        token::tokens(it, lexicon)
            .into_iter()
            .map(|it| it.text)
            .collect()
    };
    let clear: Vec<Vec<String>> = clear.iter().map(words).collect();
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
        // `a notable part of` is clear where `notable` is.
        let inside = |it: &Vec<String>| {
            !it.is_empty() && (1..length).any(|at| starts_with(&rest[at..length], it))
        };
        if !clear.iter().any(inside) {
            found.push((index..index + length, kind));
        }
        index += length;
    }
    found.retain(|(at, kind)| !is_settled(&tokens, at, *kind));
    let examples = examples(sentence);
    let is_open = |at: &Range<usize>| {
        let bytes = tokens[at.start].range.start..tokens[at.end - 1].range.end;
        !examples.iter().any(|it| it.contains(&bytes.start))
            && !is_explained(sentence, &bytes, &found, &tokens)
    };
    let open: Vec<bool> = found
        .iter()
        .map(|(at, kind)| !kind.is_vague() || is_open(at))
        .collect();
    let mut open = open.into_iter();
    found.retain(|_| open.next().unwrap_or(true));
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
            Kind::Quantity
            | Kind::Degree
            | Kind::Time
            | Kind::Haste
            | Kind::Likelihood
            | Kind::Oblique => {
                sense.vague.push(bytes(at));
                match kind {
                    Kind::Haste => {
                        sense.times.push(bytes(at));
                        sense.hastes.push(bytes(at));
                    }
                    Kind::Time => sense.times.push(bytes(at)),
                    Kind::Likelihood => sense.chances.push(bytes(at)),
                    Kind::Quantity | Kind::Oblique => sense.counts.push(bytes(at)),
                    _ => {}
                }
            }
            Kind::Waiting => sense.delays.push(bytes(at)),
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
            // `Some users or a single region`: what stands before is as open as without it.
            let mut before = tokens[..index].iter().rev();
            let joint = before.find(|it| !matches!(&*it.text, "a" | "one"));
            if is_single && !sense.vague.is_empty() && joint.is_some_and(|it| it.text == "or") {
                continue;
            }
            // `Individual features` are many.
            let is_many = |it: &usize| {
                is_single && token.text == "individual" && tokens[*it].text.ends_with('s')
            };
            let unit = unit.filter(|it| !is_many(it));
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

fn starts_with(tokens: &[Token], words: &[String]) -> bool {
    words.len() <= tokens.len() && words.iter().zip(tokens).all(|(word, it)| *word == it.text)
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
            (
                "Partial outage (25-75% of users)",
                &["Partial"],
                &["25-75%"],
            ),
            ("No service degradation", &[], &[]),
            ("No significant degradation", &["significant"], &[]),
            ("no recovery possible", &[], &[]),
            ("A workaround may or may not exist", &[], &[]),
            ("no data is exposed or possibly exposed", &[], &[]),
            ("Down or likely to fail", &["likely"], &[]),
            ("Possible/confirmed breach", &[], &[]),
            ("the most sensitive data", &[], &[]),
            ("most sensitive data", &["most"], &[]),
            ("does not immediately stop anything", &[], &[]),
            ("some piece of machinery is down", &[], &[]),
            ("immediately stops the till", &[], &[]),
            ("a multiple user printer", &[], &[]),
            ("does not lead to stops or degradation", &[], &[]),
            ("not involving a degradation", &[], &[]),
            ("a lift fails (Example: several doors)", &[], &[]),
            ("degraded (looks only)", &[], &[]),
            ("degraded (slow)", &["degraded", "slow"], &[]),
            ("as severe as a flood", &[], &[]),
            ("critical to the sale", &[], &[]),
            ("a critical fire alert", &[], &[]),
            ("a critical till is down", &["critical"], &[]),
            ("a lift fails (e.g. several doors)", &[], &[]),
            ("stored material is lost", &[], &[]),
            ("a material loss", &["material"], &[]),
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
