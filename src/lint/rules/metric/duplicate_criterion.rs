//! A criterion that is written twice.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::likeness::{meaning, plain};
use crate::lint::prose;
use crate::lint::subject::{Sentence, Subject};
use crate::policy::analysis::finding::Duplicate;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/duplicate-criterion",
    "HB311",
    Level::Error,
    Group::Recommended,
    "a criterion is written twice",
    include_str!("duplicate_criterion.md"),
);

/// Words what the analysis proves, each criterion once however often it stands; then compares words.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut shared = Vec::new();
    let duplicates = &subject.analysis.duplicates;
    for (index, duplicate) in duplicates.iter().enumerate() {
        let (first, again) = (&duplicate.first, &duplicate.again);
        let is_same = |it: &&Duplicate| it.first.span == first.span && it.again.rank != first.rank;
        if again.rank == first.rank {
            let message = format!("`{}` has this criterion twice", again.severity);
            findings.push(
                finding(message, &again.span, &again.severity)
                    .label(first.span.clone(), "the same"),
            );
            continue;
        }
        if duplicates[..index].iter().any(|it| is_same(&it)) || is_step(subject, &first.span) {
            continue;
        }
        let all: Vec<&Duplicate> = duplicates.iter().filter(is_same).collect();
        let names: Vec<String> = all
            .iter()
            .map(|it| format!("`{}`", it.again.severity))
            .collect();
        let message = format!(
            "`{}` and {} have the same criterion",
            first.severity,
            names.join(", ")
        );
        let mut found =
            finding(message, &again.span, &again.severity).label(first.span.clone(), "the same");
        for other in &all[1..] {
            found = found.label(other.again.span.clone(), "the same");
        }
        // A list that two severities share is one slip.
        let known = shared
            .iter_mut()
            .find(|it: &&mut Diagnostic| it.message == found.message && !subject.is_in_files());
        match known {
            Some(known) => known.labels.push(found.primary),
            None => shared.push(found),
        }
    }
    for finding in shared {
        findings.push(finding);
    }
    of_words(subject, findings);
}

/// Whether a criterion of a page is none: `Submit the request by phone` is asked of everybody.
fn is_step(subject: &Subject<'_>, span: &Span) -> bool {
    const STEPS: [&str; 12] = [
        "submit", "call", "contact", "email", "notify", "page", "open", "report", "see", "refer",
        "create", "send",
    ];
    let text = subject
        .handbook
        .text(&span.file)
        .and_then(|it| it.get(span.range()));
    let first = text.and_then(|it| prose::words(it).into_iter().next());
    subject.handbook.policy_files.is_empty() && first.is_some_and(|it| STEPS.contains(&&*it.small))
}

fn finding(message: String, span: &Span, severity: &str) -> Diagnostic {
    RULE.at(message, span)
        .why("only one of them can decide; who reads the other is misled")
        .help("take one out, or say what tells the two apart")
        .anchor(format!("severity:{severity}/when"))
}

/// Criteria that say the same in other words: `all sites are down` and `all sites are unavailable`; and those of
/// two severities that share one of several alternatives.
fn of_words(subject: &Subject<'_>, findings: &mut Findings) {
    let criteria = subject.criteria();
    let mut seen: HashMap<BTreeSet<String>, Vec<Piece>> = HashMap::new();
    for (index, sentence) in criteria.iter().enumerate() {
        for (range, is_whole) in pieces(sentence.text) {
            let meaning = meaning(&sentence.text[range.clone()]);
            let piece = Piece {
                index,
                range,
                is_whole,
            };
            let known = seen.entry(meaning.clone()).or_default();
            let first = known
                .iter()
                .find_map(|it| of_pair(&criteria, it, &piece, meaning.len()));
            if let Some(finding) = first {
                findings.push(finding);
            }
            if known.len() < MOST {
                known.push(piece);
            }
        }
    }
}

/// With how many others of the same meaning a piece is compared.
const MOST: usize = 10;

/// A criterion, or one of the alternatives in it.
struct Piece {
    index: usize,
    range: Range<usize>,
    is_whole: bool,
}

/// What is wrong with two pieces that say the same.
fn of_pair(
    criteria: &[Sentence<'_>],
    first: &Piece,
    again: &Piece,
    words: usize,
) -> Option<Diagnostic> {
    let (one, other) = (&criteria[first.index], &criteria[again.index]);
    let (id, better) = (&one.severity.id.value, &other.severity.id.value);
    let is_elsewhere = id != better;
    let is_whole = first.is_whole && again.is_whole;
    let (text, repeated) = (
        &one.text[first.range.clone()],
        &other.text[again.range.clone()],
    );
    let message = match is_whole {
        // The analysis has seen those that are the same to the letter.
        true if plain(text) == plain(repeated) => return None,
        true if is_elsewhere && words > 1 => {
            format!("`{id}` and `{better}` have the same criterion, in other words")
        }
        true if !is_elsewhere && words > 2 => {
            format!("`{better}` has this criterion twice, in other words")
        }
        false if is_elsewhere && words > 2 => {
            format!("`{repeated}` is enough for `{id}` and for `{better}`")
        }
        _ => return None,
    };
    let label = if is_whole {
        "says the same"
    } else {
        "and here"
    };
    let place = |sentence: &Sentence<'_>, piece: &Piece| {
        if is_whole {
            sentence.span()
        } else {
            sentence.span_of(piece.range.clone())
        }
    };
    Some(finding(message, &place(other, again), better).label(place(one, first), label))
}

/// The whole of a criterion, and the alternatives that `or` parts in its sentences.
fn pieces(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = vec![(0..text.len(), true)];
    let ends = text
        .match_indices([';', '\n'])
        .chain(text.match_indices(". "))
        .map(|(at, sign)| at..at + sign.len());
    let mut start = 0;
    for end in ends.chain(std::iter::once(text.len()..text.len())) {
        let sentence = start..end.start.max(start);
        start = end.end.max(start);
        let words = &text[sentence.clone()];
        // Without a comma, `or` may part two words that share what stands before them.
        let joints = words
            .match_indices(", or ")
            .chain(words.match_indices(" OR "));
        let cuts = joints.map(|(at, sign)| sentence.start + at..sentence.start + at + sign.len());
        let mut cuts: Vec<Range<usize>> = cuts.collect();
        cuts.sort_unstable_by_key(|it| it.start);
        let last = sentence.end..sentence.end;
        let mut from = sentence.start;
        for cut in cuts.iter().chain([&last]).filter(|_| !cuts.is_empty()) {
            if from < cut.start {
                let part = &text[from..cut.start];
                let right = part.trim_end_matches([' ', '.']).len();
                let left = part.len() - part.trim_start().len();
                found.push((from + left.min(right)..from + right, false));
            }
            from = cut.end;
        }
    }
    found.retain(|it| !it.0.is_empty());
    found
}
