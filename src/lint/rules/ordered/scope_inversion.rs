//! Words for how many that stand in the wrong order.

use std::collections::BTreeMap;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::{Sentence, Subject};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/scope-inversion",
    "HB204",
    Level::Warn,
    Group::Recommended,
    "the words of a milder severity sound larger than those of a worse one",
    include_str!("scope_inversion.md"),
);

/// Words for how many, from few to all; those of one row are alike.
const EXTENTS: [&[&str]; 5] = [
    &["one", "single", "individual", "isolated"],
    &["few", "handful", "some", "minority", "limited", "several", "small"],
    &["many", "multiple", "large", "significant", "numerous", "substantial"],
    &["most", "majority", "widespread"],
    &["all", "every", "entire"],
];

/// What is counted, the word for one of it.
const COUNTED: [&str; 12] = [
    "customer", "user", "client", "account", "tenant", "service", "region", "system", "team",
    "employee", "site", "feature",
];

/// Words that count people, which are compared with each other.
const PEOPLE: [&str; 4] = ["customer", "user", "client", "account"];

/// Words after which an extent is not what the sentence says.
const NOT: [&str; 5] = ["not", "no", "without", "less", "fewer"];

/// The largest word of a severity for one thing.
struct Extent<'a> {
    rank: usize,
    row: usize,
    word: String,
    sentence: Sentence<'a>,
    range: std::ops::Range<usize>,
}

/// Compares the largest word of each severity with that of the next milder one that counts the same.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut largest: BTreeMap<&str, Vec<Extent<'_>>> = BTreeMap::new();
    for sentence in subject.criteria() {
        let Some(rank) = subject.policy.rank(&sentence.severity.id) else {
            continue;
        };
        let Some((counted, row, word, range)) = extent(sentence.text) else {
            continue;
        };
        let extents = largest.entry(counted).or_default();
        let extent = Extent { rank, row, word, sentence, range };
        match extents.iter_mut().find(|it| it.rank == rank) {
            Some(known) if known.row >= row => {}
            Some(known) => *known = extent,
            None => extents.push(extent),
        }
    }
    for extents in largest.values_mut() {
        extents.sort_by_key(|it| it.rank);
        for pair in extents.windows(2) {
            let (worse, better) = (&pair[0], &pair[1]);
            if better.row <= worse.row {
                continue;
            }
            let (one, other) = (&worse.sentence.severity.id.value, &better.sentence.severity.id.value);
            let message = format!("`{}` at `{other}` sounds larger than `{}` at the worse `{one}`", better.word, worse.word);
            findings.push(
                RULE.at(message, &better.sentence.span_of(better.range.clone()))
                    .label(worse.sentence.span_of(worse.range.clone()), one.clone())
                    .why("who reads the words alone chooses the wrong one")
                    .help("write numbers, the larger one at the worse severity")
                    .anchor(better.sentence.anchor()),
            );
        }
    }
}

/// What a sentence counts, and with which word: the word stands at most four words before what is counted.
fn extent(sentence: &str) -> Option<(&'static str, usize, String, std::ops::Range<usize>)> {
    let words = prose::words(sentence);
    for (index, word) in words.iter().enumerate() {
        let singular = word.small.strip_suffix('s').unwrap_or(&word.small);
        let Some(counted) = COUNTED.into_iter().find(|it| *it == singular) else {
            continue;
        };
        let counted = if PEOPLE.contains(&counted) { PEOPLE[0] } else { counted };
        let before = &words[index.saturating_sub(4)..index];
        let is_negated = words[index.saturating_sub(6)..index].iter().any(|it| NOT.contains(&&*it.small));
        for before in before.iter().rev().filter(|_| !is_negated) {
            let row = EXTENTS.iter().position(|row| row.contains(&&*before.small));
            if let Some(row) = row {
                let range = before.range.start..word.range.end;
                return Some((counted, row, sentence[range.clone()].to_owned(), range));
            }
        }
    }
    None
}
