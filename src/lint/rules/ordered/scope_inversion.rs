//! Words for how many that stand in the wrong order.

use std::collections::BTreeMap;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::extent::{self, Extent};
use crate::lint::prose;
use crate::lint::subject::{Sentence, Subject};
use crate::policy::matrix::Step;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/scope-inversion",
    "HB204",
    Level::Warn,
    Group::Recommended,
    "the words of a milder severity sound larger than those of a worse one",
    include_str!("scope_inversion.md"),
);

/// The largest word of a severity for one thing.
struct Largest<'a> {
    rank: usize,
    row: usize,
    word: String,
    sentence: Sentence<'a>,
    range: std::ops::Range<usize>,
}

/// Compares the largest word of each severity with that of the next milder one that counts the same.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut largest: BTreeMap<&str, Vec<Largest<'_>>> = BTreeMap::new();
    for sentence in subject.criteria() {
        let Some(rank) = subject.policy.rank(&sentence.severity.id) else {
            continue;
        };
        let first = extent::extents(sentence.text)
            .into_iter()
            .find_map(|it| Some((it.row?, it)));
        let Some((row, Extent { counted, range, .. })) = first else {
            continue;
        };
        let word = sentence.text[range.clone()].to_owned();
        let extents = largest.entry(counted).or_default();
        let extent = Largest {
            rank,
            row,
            word,
            sentence,
            range,
        };
        match extents.iter_mut().find(|it| it.rank == rank) {
            Some(known) if known.row >= row => {}
            Some(known) => *known = extent,
            None => extents.push(extent),
        }
    }
    of_matrix(subject, findings);
    for extents in largest.values_mut() {
        extents.sort_by_key(|it| it.rank);
        for pair in extents.windows(2) {
            let (worse, better) = (&pair[0], &pair[1]);
            if better.row <= worse.row {
                continue;
            }
            let (one, other) = (
                &worse.sentence.severity.id.value,
                &better.sentence.severity.id.value,
            );
            let message = format!(
                "`{}` at `{other}` sounds larger than `{}` at the worse `{one}`",
                better.word, worse.word
            );
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

/// Parts of an organization, from one person to the whole; those of one row are of no certain order.
const SIZES: [&[&str]; 5] = [
    &[
        "user",
        "person",
        "individual",
        "employee",
        "single",
        "one",
        "student",
        "customer",
    ],
    &[
        "group",
        "team",
        "classroom",
        "workgroup",
        "few",
        "several",
        "small",
    ],
    &[
        "department",
        "dept",
        "division",
        "office",
        "building",
        "school",
        "clinic",
        "branch",
        "floor",
        "unit",
    ],
    &["campus", "site", "region", "location"],
    &[
        "organization",
        "organisation",
        "company",
        "university",
        "enterprise",
        "institution",
        "agency",
        "everyone",
        "all",
        "entire",
    ],
];

/// Looks for the step of a matrix that stands between larger or smaller ones.
fn of_matrix(subject: &Subject<'_>, findings: &mut Findings) {
    for axis in subject.policy.matrix.iter().flat_map(|it| &it.axes) {
        let sizes = axis
            .steps
            .iter()
            .filter_map(|it| Some((it, size(it.shown())?)));
        let sizes: Vec<(&Step, usize)> = sizes.collect();
        let is_ordered = |list: &[(&Step, usize)]| {
            list.is_sorted_by_key(|it| it.1) || list.iter().rev().is_sorted_by_key(|it| it.1)
        };
        if sizes.len() < 3 || is_ordered(&sizes) {
            continue;
        }
        let without = |at: &usize| {
            let others: Vec<(&Step, usize)> = sizes
                .iter()
                .enumerate()
                .filter(|it| it.0 != *at)
                .map(|it| *it.1)
                .collect();
            is_ordered(&others)
        };
        // Where more than one step stands wrong, the rows may follow another order than size.
        let Some(odd) = (0..sizes.len()).rev().find(without) else {
            continue;
        };
        let neighbor = if odd == 0 { 1 } else { odd - 1 };
        let ((odd, size), (neighbor, other)) = (sizes[odd], sizes[neighbor]);
        let how = if other > size { "larger" } else { "smaller" };
        let message = format!(
            "`{}` stands next to `{}`, which is {how}, and not in its place",
            odd.shown(),
            neighbor.shown()
        );
        findings.push(
            RULE.at(message, &odd.id.span)
                .label(neighbor.id.span.clone(), how)
                .why("a grid is read as a scale: who is between two steps goes by their order")
                .help("put the steps in the order of their size, or say what else orders them")
                .anchor(format!("matrix/{}", axis.id.value)),
        );
    }
}

/// How large the part of an organization is that a step names.
fn size(step: &str) -> Option<usize> {
    let words = prose::words(step);
    let sizes = words
        .iter()
        .filter_map(|it| SIZES.iter().position(|row| row.contains(&&*it.small)));
    sizes.max()
}
