//! A criterion that is written twice.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
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
    let duplicates = &subject.analysis.duplicates;
    for (index, duplicate) in duplicates.iter().enumerate() {
        let (first, again) = (&duplicate.first, &duplicate.again);
        let is_same = |it: &&Duplicate| it.first.span == first.span && it.again.rank != first.rank;
        if again.rank == first.rank {
            let message = format!("`{}` has this criterion twice", again.severity);
            findings.push(finding(message, &again.span, &again.severity).label(first.span.clone(), "the same"));
            continue;
        }
        if duplicates[..index].iter().any(|it| is_same(&it)) {
            continue;
        }
        let all: Vec<&Duplicate> = duplicates.iter().filter(is_same).collect();
        let names: Vec<String> = all.iter().map(|it| format!("`{}`", it.again.severity)).collect();
        let message = format!("`{}` and {} have the same criterion", first.severity, names.join(", "));
        let mut found = finding(message, &again.span, &again.severity).label(first.span.clone(), "the same");
        for other in &all[1..] {
            found = found.label(other.again.span.clone(), "the same");
        }
        findings.push(found);
    }
    of_words(subject, findings);
}

fn finding(message: String, span: &Span, severity: &str) -> Diagnostic {
    RULE.at(message, span)
        .why("only one of them can decide; who reads the other is misled")
        .help("take one out, or say what tells the two apart")
        .anchor(format!("severity:{severity}/when"))
}

/// Criteria that say the same in other words: `all sites are down` and `all sites are unavailable`.
fn of_words(subject: &Subject<'_>, findings: &mut Findings) {
    let criteria = subject.criteria();
    let meanings: Vec<BTreeSet<String>> = criteria.iter().map(|it| meaning(it.text)).collect();
    for (index, sentence) in criteria.iter().enumerate() {
        let same = (0..index).find(|it| {
            meanings[*it] == meanings[index]
                && meanings[index].len() >= 3
                && criteria[*it].severity.id == sentence.severity.id
                && plain(criteria[*it].text) != plain(sentence.text)
        });
        let severity = &sentence.severity.id.value;
        let elsewhere = (0..index).find(|it| {
            meanings[*it] == meanings[index]
                && meanings[index].len() >= 2
                && criteria[*it].severity.id != sentence.severity.id
                && plain(criteria[*it].text) != plain(sentence.text)
        });
        if let Some(first) = elsewhere {
            let other = &criteria[first].severity.id.value;
            let message = format!("`{other}` and `{severity}` have the same criterion, in other words");
            findings.push(finding(message, &sentence.span(), severity).label(criteria[first].span(), "says the same"));
            continue;
        }
        let Some(first) = same else { continue };
        let message = format!("`{severity}` has this criterion twice, in other words");
        findings.push(finding(message, &sentence.span(), severity).label(criteria[first].span(), "says the same"));
    }
}

/// Words that say the same about a service; the first stands for all.
const SAME: [&[&str]; 4] = [
    &["down", "unavailable", "inaccessible", "offline", "unreachable", "outage"],
    &["users", "user", "customers", "customer", "clients", "client"],
    &["slow", "slowly", "sluggish"],
    &["lost", "loss", "losing"],
];
/// Words that tie others together and say nothing themselves.
const TIES: [&str; 19] = [
    "a", "an", "the", "is", "are", "was", "be", "being", "been", "to", "for", "of", "in", "on", "by", "or", "and", "has", "have",
];

fn meaning(text: &str) -> BTreeSet<String> {
    let words = text.split(|it: char| !it.is_alphanumeric()).map(str::to_lowercase);
    let words = words.filter(|it| !it.is_empty() && !TIES.contains(&it.as_str()));
    let meant = |word: String| SAME.iter().find(|it| it.contains(&word.as_str())).map_or(word, |it| it[0].to_owned());
    words.map(meant).collect()
}

fn plain(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
