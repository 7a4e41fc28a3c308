//! An example of another severity.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::classify;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/example-mismatch",
    "HB602",
    Level::Error,
    Group::Recommended,
    "an example has another severity than the one it stands under",
    include_str!("example_mismatch.md"),
);

/// Classifies the facts of each example; one without facts is only words.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let policy = subject.policy;
    // Thresholds in the wrong order are one cause, and every example would tell it again.
    if !subject.analysis.inversions.is_empty() {
        return;
    }
    for (rank, severity) in policy.severities.iter().enumerate() {
        for example in severity.examples.iter().filter(|it| !it.facts.is_empty()) {
            let (certain, _) = classify::range(policy, &example.facts);
            if certain == Some(rank) {
                continue;
            }
            // Words that no program reads may hold for the example.
            if certain.is_none() && subject.handbook.policy_files.is_empty() && has_words(severity)
            {
                continue;
            }
            let found = certain.and_then(|it| policy.severities.get(it));
            let found = found.map_or("no incident".to_owned(), |it| format!("`{}`", it.id.value));
            let id = &severity.id.value;
            findings.push(
                RULE.at(
                    format!("this example of `{id}` is {found} by its facts"),
                    &example.span,
                )
                .label(severity.id.span.clone(), "stands here")
                .why("people learn the severities from the examples")
                .help("correct the facts, move the example, or change the criteria")
                .anchor(format!("severity:{id}/examples")),
            );
        }
    }
}

/// Whether some criterion of a severity is only words.
fn has_words(severity: &Severity) -> bool {
    let mut leaves = severity.when.iter().flat_map(Criteria::leaves);
    leaves.any(|it| matches!(it.test, Test::Text(_)))
}
