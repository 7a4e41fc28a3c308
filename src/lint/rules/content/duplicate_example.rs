//! An example that stands under two severities.

use std::collections::HashMap;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::{Sentence, Subject};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/duplicate-example",
    "HB633",
    Level::Warn,
    Group::Recommended,
    "an example stands under two severities",
    include_str!("duplicate_example.md"),
);

/// Compares every example with the examples and criteria of better severities.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let examples = subject.examples();
    let others: Vec<_> = subject
        .criteria()
        .into_iter()
        .chain(subject.examples())
        .collect();
    let mut alike: HashMap<String, Vec<&Sentence<'_>>> = HashMap::new();
    for other in &others {
        alike.entry(plain(other.text)).or_default().push(other);
    }
    for example in &examples {
        let words = plain(example.text);
        let rank = subject.policy.rank(&example.severity.id);
        let mut same = alike.get(&words).into_iter().flatten().take(MOST);
        let same = same.find(|it| subject.policy.rank(&it.severity.id) > rank && !words.is_empty());
        let Some(same) = same else {
            continue;
        };
        let (worse, better) = (&example.severity.id.value, &same.severity.id.value);
        findings.push(
            RULE.at(
                format!("`{worse}` and `{better}` have the same example"),
                &same.span(),
            )
            .label(example.span(), format!("also {worse}"))
            .why("the example was meant to tell the two apart")
            .help("keep it under one of them, or say what differs")
            .anchor(format!("severity:{better}/examples")),
        );
    }
}

/// With how many of the same words an example is compared.
const MOST: usize = 100;

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
