//! A sentence in, how many it says are affected out, in words: one, few, many, most, all.

use std::ops::{Range, RangeInclusive};

use super::prose::{self, Word};

/// The steps from one to all.
pub(super) const ONE: usize = 0;
/// The last of them.
pub(super) const ALL: usize = 4;

/// How many of something are affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// What is counted; people of all kinds are one thing, and so are machines.
    pub(super) counted: &'static str,
    /// How large it sounds; `None` where a part is named that may be of any size.
    pub(super) row: Option<usize>,
    /// Which steps it may mean.
    pub(super) covers: RangeInclusive<usize>,
    /// The bytes from the word for how many to what is counted.
    pub(super) range: Range<usize>,
}

/// Words for how many: how large each sounds, and which steps it may mean.
const WORDS: [(&[&str], usize, RangeInclusive<usize>); 9] = [
    (&["one", "single", "individual", "isolated"], 0, 0..=0),
    (&["few", "handful", "small", "limited"], 1, 1..=1),
    (&["several"], 1, 1..=2),
    (&["minority"], 1, 0..=2),
    (&["some"], 1, 0..=3),
    (&["multiple"], 2, 1..=3),
    (
        &[
            "many",
            "large",
            "significant",
            "numerous",
            "substantial",
            "widespread",
        ],
        2,
        2..=3,
    ),
    (&["most", "majority"], 3, 3..=3),
    (&["all", "every", "entire"], ALL, ALL..=ALL),
];

/// Words for a part of any size.
const PARTS: [&str; 12] = [
    "subset",
    "part",
    "portion",
    "fraction",
    "percentage",
    "proportion",
    "certain",
    "group",
    "segment",
    "number",
    "affected",
    "internal",
];

/// What is counted, the word for one of it, and what it is compared as.
const COUNTED: [(&str, &str); 26] = [
    ("customer", "customer"),
    ("user", "customer"),
    ("client", "customer"),
    ("account", "customer"),
    ("visitor", "customer"),
    ("member", "customer"),
    ("employee", "employee"),
    ("tenant", "tenant"),
    ("service", "service"),
    ("region", "region"),
    ("system", "system"),
    ("team", "team"),
    ("department", "department"),
    ("site", "site"),
    ("location", "site"),
    ("feature", "feature"),
    ("host", "machine"),
    ("endpoint", "machine"),
    ("server", "machine"),
    ("machine", "machine"),
    ("device", "machine"),
    ("workstation", "machine"),
    ("node", "machine"),
    ("store", "store"),
    ("transaction", "transaction"),
    ("request", "request"),
];

/// Words after which an extent is not what the sentence says.
const NOT: [&str; 6] = ["not", "no", "without", "less", "fewer", "than"];

/// Words behind what is counted that tell of no harm: `all users are still served`.
const WELL: [&str; 9] = [
    "still",
    "unaffected",
    "provided",
    "available",
    "working",
    "operational",
    "normally",
    "restored",
    "served",
];

/// What a thing that is counted is compared as: `customer` for `users`. `None` for every other word.
pub(super) fn counted(word: &str) -> Option<&'static str> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let found = COUNTED.iter().find(|it| it.0 == singular);
    found.map(|it| it.1)
}

/// Everything that a sentence counts in words, in its order. A thing that is named in the plural and with no
/// word for how many may be of any size.
pub(super) fn extents(sentence: &str) -> Vec<Extent> {
    let words = prose::words(sentence);
    let mut found = Vec::new();
    let mut from = 0;
    for (index, word) in words.iter().enumerate() {
        let Some(counted) = counted(&word.small) else {
            continue;
        };
        let before = &words[from.max(index.saturating_sub(4))..index];
        let negated = words[from.max(index.saturating_sub(6))..index].iter();
        let mut behind = words[index + 1..(index + 5).min(words.len())].iter();
        if negated.clone().any(|it| NOT.contains(&&*it.small))
            || behind.any(|it| WELL.contains(&&*it.small))
        {
            continue;
        }
        let is_plural = word.small.ends_with('s');
        let Some((start, row, covers)) = how_many(before, is_plural) else {
            continue;
        };
        let start = start.map_or(word.range.start, |it| it.range.start);
        let range = start..word.range.end;
        found.push(Extent {
            counted,
            row,
            covers,
            range,
        });
        from = index + 1;
    }
    found
}

type HowMany<'w, 't> = (Option<&'w Word<'t>>, Option<usize>, RangeInclusive<usize>);

/// The word for how many among those before what is counted, the nearest first.
fn how_many<'w, 't>(before: &'w [Word<'t>], is_plural: bool) -> Option<HowMany<'w, 't>> {
    for (at, word) in before.iter().enumerate().rev() {
        let Some((_, row, covers)) = WORDS.iter().find(|it| it.0.contains(&&*word.small)) else {
            continue;
        };
        let next = before.get(at + 1).map_or("", |it| &*it.small);
        let is_open = at > 0 && &*before[at - 1].small == "least" || next == "or";
        if is_open {
            return Some((Some(word), None, *covers.start()..=ALL));
        }
        return Some((Some(word), Some(*row), covers.clone()));
    }
    let part = before.iter().rev().find(|it| PARTS.contains(&&*it.small));
    let is_numbered = before
        .iter()
        .any(|it| it.small.starts_with(|it: char| it.is_ascii_digit()));
    let is_open = !is_numbered && (is_plural || part.is_some());
    is_open.then_some((part, None, ONE..=ALL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_how_many_are_read() {
        type Read = (&'static str, RangeInclusive<usize>);
        let cases: [(&str, &[Read]); 10] = [
            ("All users see errors", &[("All users", 4..=4)]),
            (
                "a single user waits or a small percentage of clients fails",
                &[
                    ("single user", 0..=0),
                    ("small percentage of clients", 1..=1),
                ],
            ),
            (
                "the majority of users of a part",
                &[("majority of users", 3..=3)],
            ),
            ("a subset of customers", &[("subset of customers", 0..=4)]),
            ("one or more customers", &[("one or more customers", 0..=4)]),
            ("not all users", &[]),
            ("all services are still provided", &[]),
            ("the customer asks", &[]),
            ("customers wait", &[("customers", 0..=4)]),
            ("more than 5 hosts", &[]),
        ];
        for (sentence, expected) in cases {
            let found = extents(sentence);
            let found: Vec<(&str, RangeInclusive<usize>)> = found
                .iter()
                .map(|it| (&sentence[it.range.clone()], it.covers.clone()))
                .collect();
            assert_eq!(found, expected, "{sentence}");
        }
    }
}
