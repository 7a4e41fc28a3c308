//! An example that stands under two severities.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

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
    let others: Vec<_> = subject.criteria().into_iter().chain(subject.examples()).collect();
    for example in &examples {
        let words = plain(example.text);
        let rank = subject.policy.rank(&example.severity.id);
        let same = others.iter().find(|it| {
            subject.policy.rank(&it.severity.id) > rank && plain(it.text) == words && !words.is_empty()
        });
        let Some(same) = same else {
            continue;
        };
        let (worse, better) = (&example.severity.id.value, &same.severity.id.value);
        findings.push(
            RULE.at(format!("`{worse}` and `{better}` have the same example"), &same.span())
                .label(example.span(), format!("also {worse}"))
                .why("the example was meant to tell the two apart")
                .help("keep it under one of them, or say what differs")
                .anchor(format!("severity:{better}/examples")),
        );
    }
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
