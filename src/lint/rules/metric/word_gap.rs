//! Words for how many that leave something between two severities.

use std::collections::BTreeMap;

use crate::book::reading::english::{self, Closed, Unit};
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::extent::{self, ALL, Extent, ONE};
use crate::lint::subject::{Sentence, Subject};
use crate::policy::decimal::Decimal;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/word-gap",
    "HB325",
    Level::Warn,
    Group::Recommended,
    "the words for how many leave something between two severities",
    include_str!("word_gap.md"),
);

/// How many of something a severity names, in words or as a smallest number.
struct Said {
    rank: usize,
    /// From which step on, as one of the five words or, for a number, [`ONE`] and the number itself.
    low: usize,
    high: usize,
    /// A number of things, or a share of them.
    least: Option<String>,
    /// The largest share that it names, where it is not the whole.
    most: Option<Decimal>,
    words: String,
    span: Span,
}

/// Words that take in whatever the other severities leave.
const REST: [&str; 8] = [
    "other",
    "others",
    "anything",
    "everything",
    "otherwise",
    "remaining",
    "rest",
    "else",
];

/// Compares what each severity names with what all milder ones name: criteria, and examples by themselves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    compare(subject, &subject.all_criteria(), findings);
    compare(subject, &subject.examples(), findings);
}

fn compare(subject: &Subject<'_>, sentences: &[Sentence<'_>], findings: &mut Findings) {
    let mut things: BTreeMap<&str, Vec<Said>> = BTreeMap::new();
    let mut last_open = None;
    for sentence in sentences {
        let Some(rank) = subject.policy.rank(&sentence.severity.id) else {
            continue;
        };
        let has_rest = sentence
            .text
            .split(|it: char| !it.is_alphanumeric())
            .any(|it| REST.contains(&&*it.to_lowercase()));
        if has_rest {
            last_open = last_open.max(Some(rank));
        }
        for (thing, said) in said(rank, sentence) {
            things.entry(thing).or_default().push(said);
        }
    }
    for (thing, said) in &things {
        let is_measured = said.iter().any(|it| it.least.is_some());
        if !is_measured && measures(subject, thing) {
            continue;
        }
        let Some((worse, better)) =
            gap(said).filter(|it| last_open.is_none_or(|open| open < it.1.rank))
        else {
            continue;
        };
        let id = |rank: usize| &subject.policy.severities[rank].id.value;
        let message = format!(
            "what is more than `{}` and less than `{}` has no severity",
            better.words, worse.words
        );
        findings.push(
            RULE.at(message, &better.span)
                .says(format!("{} goes up to here", id(better.rank)))
                .label(
                    worse.span.clone(),
                    format!("{} starts here", id(worse.rank)),
                )
                .why("most incidents are of the size between the two")
                .help("say which of the two takes in what lies between, in numbers")
                .anchor(format!("severity:{}/when", id(better.rank))),
        );
    }
}

/// Whether the policy compares numbers of the same thing, beside which its words only paint.
fn measures(subject: &Subject<'_>, thing: &str) -> bool {
    let metrics = subject
        .comparisons()
        .into_iter()
        .map(|it| it.1.metric.as_str());
    let mut words = metrics.flat_map(|it| it.split(|it: char| !it.is_alphanumeric()));
    words.any(|it| extent::counted(it) == Some(thing))
}

/// What a sentence says of how many.
fn said(rank: usize, sentence: &Sentence<'_>) -> Vec<(&'static str, Said)> {
    let mut found = Vec::new();
    let measures = english::sentence(sentence.text).measures;
    // `multiple hosts (>5)` says by itself how many it means.
    let is_explained = |it: &Extent| {
        let gap = |start: usize| sentence.text.get(it.range.end..start);
        measures
            .iter()
            .any(|measure| gap(measure.range.start) == Some(" ("))
    };
    let extents = extent::extents(sentence.text).into_iter();
    for it in extents.filter(|it| !is_explained(it)) {
        let said = Said {
            rank,
            low: *it.covers.start(),
            high: *it.covers.end(),
            least: None,
            most: None,
            words: sentence.text[it.range.clone()].to_owned(),
            span: sentence.span_of(it.range),
        };
        found.push((it.counted, said));
    }
    for measure in measures {
        let thing = match &measure.unit {
            Unit::Count(name) => extent::counted(name),
            Unit::Percent => measure.subject.split(' ').find_map(extent::counted),
            _ => None,
        };
        let Some(thing) = thing else { continue };
        let words = sentence.text[measure.range.clone()].to_owned();
        let hundred = Decimal::whole(100);
        let is_all =
            measure.unit == Unit::Percent && measure.low.is_some_and(|it| it.number == hundred);
        // `50% of users` alone may well be where it starts.
        let is_exact = measure.low.map(|it| it.number) == measure.high.map(|it| it.number);
        let most = measure.high.map(|it| it.number);
        let most = most.filter(|it| measure.unit == Unit::Percent && *it < hundred && !is_exact);
        // A number that includes two leaves nothing above one.
        let least = measure.low.filter(|it| {
            let from = it.number.floor() + i128::from(it.closed == Closed::No);
            measure.unit == Unit::Percent || from > 2
        });
        found.push((
            thing,
            Said {
                rank,
                low: if is_all { ALL } else { ONE },
                high: ALL,
                least: least.filter(|_| !is_all).map(|it| it.number.to_string()),
                most,
                words,
                span: sentence.span_of(measure.range),
            },
        ));
    }
    found
}

/// The smallest that a severity names and the largest that a milder one does, where something lies between
/// and all severities from the one to the other say how many.
fn gap(said: &[Said]) -> Option<(&Said, &Said)> {
    let first = said.iter().map(|it| it.rank).min()?;
    let last = said.iter().map(|it| it.rank).max()?;
    (first..last).find_map(|rank| {
        let of = |rank: usize| said.iter().filter(move |it| it.rank == rank);
        // Words that say how many tell nothing beside a number that nobody can compare with them.
        let upper: Vec<&Said> = said.iter().filter(|it| it.rank <= rank).collect();
        let milder: Vec<&Said> = said.iter().filter(|it| it.rank > rank).collect();
        let better = of(rank + 1).max_by_key(|it| it.high)?;
        let numbers = upper.iter().filter(|it| it.least.is_some()).count();
        if upper.iter().all(|it| it.low == ALL) && milder.iter().all(|it| it.most.is_some()) {
            let better = milder.iter().copied().max_by_key(|it| it.most)?;
            return Some((of(rank).next()?, better));
        }
        if milder
            .iter()
            .any(|it| it.least.is_some() || it.high > better.high)
        {
            return None;
        }
        if numbers > 0 {
            let is_one = milder.iter().all(|it| it.high == ONE) && numbers == upper.len();
            let worse = of(rank).next().filter(|_| is_one)?;
            return Some((worse, better));
        }
        let lowest = upper.iter().map(|it| it.low).min()?;
        let worse = of(rank).min_by_key(|it| it.low)?;
        (lowest > better.high + 1).then_some((worse, better))
    })
}
