//! An example of another severity.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/example-mismatch",
    "HB602",
    Level::Error,
    Group::Recommended,
    "an example has another severity than the one it stands under",
    include_str!("example_mismatch.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for example in &subject.analysis.examples {
        let found = example.found.as_deref().map_or("no incident".to_owned(), |it| format!("`{it}`"));
        findings.push(
            RULE.at(format!("this example of `{}` is {found} by its facts", example.severity), &example.span)
                .why("people learn the severities from the examples")
                .help("correct the facts, move the example, or change the criteria")
                .anchor(format!("severity:{}/examples", example.severity)),
        );
    }
}
