//! A kind of harm that is judged at some severities only.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::Policy;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::decimal::Decimal;
use crate::policy::quantity::Dimension;
use crate::policy::severity::Severity;
use crate::span::Span;
use std::collections::BTreeMap;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/dimension-gap",
    "HB110",
    Level::Warn,
    Group::Recommended,
    "a kind of harm is judged at some severities only",
    include_str!("dimension_gap.md"),
);

/// Kinds of harm that words tell, and the starts of those words.
const WORDS: [(&str, &[&str]); 3] = [
    (
        "security",
        &[
            "security",
            "vulnerab",
            "breach",
            "unauthori",
            "attack",
            "exploit",
            "malware",
            "compromise",
            "phishing",
            "intrusion",
            "ransomware",
        ],
    ),
    (
        "data",
        &[
            "data loss",
            "lost data",
            "loss of data",
            "corrupt",
            "data is lost",
            "data access",
        ],
    ),
    (
        "performance",
        &["slow", "latency", "performance", "response time"],
    ),
];

/// Where one kind of harm is judged.
#[derive(Default)]
struct Uses<'a> {
    places: Vec<(usize, &'a Span)>,
    /// Whether only words tell so.
    is_words: bool,
}

/// Collects where each kind is judged; severities of which nothing is known are left aside.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    lone_number(subject, findings);
    let policy = subject.policy;
    let mut all: BTreeMap<&str, Uses<'_>> = BTreeMap::new();
    for (rank, severity) in policy.severities.iter().enumerate() {
        for leaf in severity.when.iter().flat_map(Criteria::leaves) {
            let Some((dimension, is_words)) = dimension(policy, &leaf.test) else {
                continue;
            };
            let uses = all.entry(dimension).or_default();
            uses.places.push((rank, &leaf.span));
            uses.is_words |= is_words;
        }
    }
    for (dimension, uses) in &all {
        if uses.is_words && has_column(subject, dimension) {
            continue;
        }
        let (Some((_, span)), Some((last, _))) = (uses.places.first(), uses.places.last()) else {
            continue;
        };
        let is_expected = |rank: usize| match (uses.is_words, uses.places[0].0) {
            (false, _) => true,
            // Words tell less: only what lies between counts.
            (true, first) => first < rank && rank < *last,
        };
        let is_missing = |rank: usize| {
            let severity = &policy.severities[rank];
            let is_said = uses.places.iter().any(|(it, _)| *it == rank)
                || uses.is_words && is_shown(severity, dimension);
            !is_said && is_expected(rank) && is_known(policy, severity, uses.is_words)
        };
        let missing = (0..policy.severities.len()).filter(|it| is_missing(*it));
        let missing: Vec<&str> = missing
            .map(|it| policy.severities[it].id.as_str())
            .collect();
        if missing.is_empty() {
            continue;
        }
        let missing = missing.join("`, `");
        findings.push(
            RULE.at(format!("`{dimension}` is judged here and not at `{missing}`"), span)
                .why("a small harm of this kind and a large one get the same severity, or the small one none")
                .help("say at every severity how much of it there is")
                .anchor(format!("dimension:{dimension}")),
        );
    }
}

/// A severity that alone has a number, where others are told in words only: nothing says what is milder.
fn lone_number(subject: &Subject<'_>, findings: &mut Findings) {
    let comparisons = subject.comparisons();
    let Some((severity, first)) = comparisons.first() else {
        return;
    };
    let is_alone = comparisons
        .iter()
        .all(|it| it.0.id.value == severity.id.value);
    let others = subject
        .policy
        .severities
        .iter()
        .filter(|it| it.when.is_some())
        .count();
    if !subject.handbook.policy_files.is_empty() || !is_alone || others < 3 {
        return;
    }
    let Some(bound) = first.lower.as_ref().or(first.upper.as_ref()) else {
        return;
    };
    // `One or more users` counts nobody: whoever is hit is one.
    let is_any = bound
        .at
        .fixed()
        .first()
        .is_some_and(|it| it.dimension() == Dimension::Count && it.base() == Decimal::ONE);
    if is_any {
        return;
    }
    let shown = subject
        .policy
        .metric(&first.metric)
        .map_or(first.metric.as_str(), |it| it.shown());
    let id = &severity.id.value;
    findings.push(
        RULE.at(
            format!("`{shown}` is measured at `{id}` alone"),
            &bound.span,
        )
        .why("how much of it is the next severity, or none, is left to whoever is on call")
        .help("give the other severities their share of it")
        .anchor(format!("dimension:{}", first.metric.value)),
    );
}

/// Whether a table has a column for a kind of harm, whose cells may say no more than `no`.
fn has_column(subject: &Subject<'_>, dimension: &str) -> bool {
    let documents = subject.handbook.pages.iter().map(|it| it.document());
    let mut tables =
        documents.flat_map(|document| document.tables.iter().map(move |table| (document, table)));
    tables.any(|(document, table)| {
        let mut heads = table.rows.iter().take(1).flat_map(|it| &it.cells);
        heads.any(|it| {
            document
                .words(it.text)
                .trim()
                .eq_ignore_ascii_case(dimension)
        })
    })
}

/// Whether an example of a severity is about a kind of harm.
fn is_shown(severity: &Severity, dimension: &str) -> bool {
    let starts = WORDS
        .iter()
        .filter(|(name, _)| *name == dimension)
        .flat_map(|it| it.1);
    let texts = severity
        .examples
        .iter()
        .filter_map(|it| it.text.as_ref())
        .map(|it| it.to_lowercase());
    let texts: Vec<String> = texts.collect();
    starts
        .into_iter()
        .any(|start| texts.iter().any(|it| it.contains(start)))
}

/// What kind of harm a test is about, and whether only its words tell.
fn dimension<'a>(policy: &'a Policy, test: &'a Test) -> Option<(&'a str, bool)> {
    match test {
        Test::Metric(it) => {
            let metric = policy.metric(&it.metric)?;
            metric.dimension.as_ref().map(|it| (it.as_str(), false))
        }
        Test::Condition(it) => {
            let condition = policy.condition(it)?;
            condition.dimension.as_ref().map(|it| (it.as_str(), false))
        }
        Test::Text(words) => {
            let words = words.to_lowercase();
            let is_in = |starts: &[&str]| starts.iter().any(|it| words.contains(it));
            let found = WORDS.into_iter().find(|(_, starts)| is_in(starts));
            found.map(|(name, _)| (name, true))
        }
        _ => None,
    }
}

/// Whether all that a severity judges is known: names that are declared, and words only where words tell the kind.
fn is_known(policy: &Policy, severity: &Severity, by_words: bool) -> bool {
    let Some(when) = &severity.when else {
        return false;
    };
    when.leaves().into_iter().all(|leaf| match &leaf.test {
        Test::Metric(it) => policy.metric(&it.metric).is_some(),
        Test::Condition(it) => policy.condition(it).is_some(),
        _ => by_words,
    })
}
