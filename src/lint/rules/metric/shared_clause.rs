//! A part of a criterion that two severities have.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::likeness::{meaning, plain};
use crate::lint::prose;
use crate::lint::subject::{Sentence, Subject};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/shared-clause",
    "HB329",
    Level::Warn,
    Group::Strict,
    "two severities share a part of their criteria to the word",
    include_str!("shared_clause.md"),
);

/// A part of a criterion, and where it stands.
struct Clause<'a, 's> {
    sentence: &'s Sentence<'a>,
    range: Range<usize>,
}

/// Compares the parts of all criteria and examples; what several severities share is told once.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let sentences: Vec<Sentence<'_>> = subject
        .criteria()
        .into_iter()
        .chain(subject.examples())
        .collect();
    let mut alike: BTreeMap<BTreeSet<String>, Vec<Clause<'_, '_>>> = BTreeMap::new();
    for sentence in &sentences {
        let mut add = |range: Range<usize>, fewest: usize| {
            let meaning = meaning(&sentence.text[range.clone()]);
            if meaning.len() >= fewest && !meaning.iter().any(|it| STEPS.contains(&it.as_str())) {
                alike
                    .entry(meaning)
                    .or_default()
                    .push(Clause { sentence, range });
            }
        };
        for range in clauses(sentence.text) {
            add(range, FEWEST);
        }
        for range in vague(subject, sentence) {
            add(range, 2);
        }
    }
    for clauses in alike.values() {
        let first = &clauses[0];
        let id = &first.sentence.severity.id.value;
        // Criteria that are the same from their first word to the last are told by themselves.
        let is_told = |it: &&Clause<'_, '_>| plain(it.sentence.text) != plain(first.sentence.text);
        let others = clauses
            .iter()
            .filter(|it| it.sentence.severity.id.value != *id);
        let others: Vec<&Clause<'_, '_>> = others.filter(is_told).collect();
        let Some(other) = others.first() else {
            continue;
        };
        let better = &other.sentence.severity.id.value;
        let words = &other.sentence.text[other.range.clone()];
        let mut finding = RULE
            .at(
                format!("`{words}` stands for `{id}` and for `{better}`"),
                &other.sentence.span_of(other.range.clone()),
            )
            .label(
                first.sentence.span_of(first.range.clone()),
                format!("here for {id}"),
            )
            .why("what both have cannot tell them apart")
            .help("leave it out, or say what differs")
            .anchor(other.sentence.anchor());
        for more in &others[1..] {
            let span = more.sentence.span_of(more.range.clone());
            finding = finding.label(span, "here too");
        }
        findings.push(finding);
    }
}

/// Where a criterion says how many or how much in words that leave it open, with what it says so of: `a large number
/// of users`, `degraded performance`.
fn vague(subject: &Subject<'_>, sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    let text = sentence.text;
    let words = prose::words(text);
    let phrase = |term: Range<usize>| {
        let behind = words.iter().filter(|it| it.range.start >= term.end);
        let mut end = term.end;
        let mut said = 0;
        for word in behind {
            let gap = &text[end..word.range.start];
            let is_tie = TIES.contains(&&*word.small);
            if said == 2 || gap.contains(|it: char| !it.is_whitespace()) || is_tie {
                break;
            }
            said += usize::from(!matches!(
                &*word.small,
                "of" | "the" | "our" | "its" | "their" | "von"
            ));
            end = word.range.end;
        }
        (said > 0).then_some(term.start..end)
    };
    let sense = subject.sense(text);
    let terms = sense.vague.into_iter();
    terms
        .filter(|it| !sense.chances.contains(it))
        .filter_map(phrase)
        .collect()
}

/// Words at which a phrase has ended.
const TIES: [&str; 25] = [
    "affecting",
    "and",
    "are",
    "as",
    "be",
    "but",
    "by",
    "during",
    "for",
    "from",
    "if",
    "in",
    "is",
    "ist",
    "sind",
    "werden",
    "wird",
    "it",
    "on",
    "or",
    "that",
    "to",
    "when",
    "which",
    "with",
];

/// Fewer words are shared by chance.
const FEWEST: usize = 4;
/// Words of parts that are no criteria.
const STEPS: [&str; 8] = [
    "see",
    "submit",
    "call",
    "contact",
    "following",
    "follows",
    "example",
    "opinion",
];

/// The parts of a criterion between its signs and the words that join them.
fn clauses(text: &str) -> Vec<Range<usize>> {
    const JOINTS: [&str; 5] = [" but ", " while ", " - ", " \u{2013} ", " \u{2014} "];
    let signs = text
        .match_indices([';', ',', '.', ':', '(', ')', '\n'])
        .filter(|(at, sign)| {
            let next = text[at + sign.len()..].chars().next();
            !matches!(*sign, "." | "," | ":") || next.is_none_or(char::is_whitespace)
        });
    let joints = JOINTS.iter().flat_map(|it| text.match_indices(it));
    let mut cuts: Vec<Range<usize>> = signs
        .chain(joints)
        .map(|(at, cut)| at..at + cut.len())
        .collect();
    cuts.sort_unstable_by_key(|it| it.start);
    let mut start = 0;
    let mut found = Vec::new();
    for cut in cuts
        .into_iter()
        .chain(std::iter::once(text.len()..text.len()))
    {
        if start < cut.start {
            let part = &text[start..cut.start];
            let left = part.len() - part.trim_start().len();
            found.push(start + left..start + part.trim_end().len().max(left));
        }
        start = cut.end.max(start);
    }
    found.retain(|it| !it.is_empty());
    found
}
