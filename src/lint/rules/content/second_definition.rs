//! A severity that is defined again without its numbers.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/second-definition",
    "HB634",
    Level::Warn,
    Group::Recommended,
    "a severity is defined again without the numbers it has elsewhere",
    include_str!("second_definition.md"),
);

/// Words what was seen while the pages were read, where the second definition is vague.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for retold in &subject.handbook.understood.retold {
        let sense = subject.sense(&retold.words);
        if sense.counts.is_empty() && sense.absolutes.is_empty() || !sense.anchors.is_empty() {
            continue;
        }
        let severity = &retold.severity;
        findings.push(
            RULE.at(
                format!("`{severity}` is defined again without its number"),
                &retold.words.span,
            )
            .label(retold.measured.clone(), "the number is here")
            .why("who reads only this passage decides otherwise than who reads the other")
            .help("repeat the number, or refer to the place where it stands")
            .anchor(format!("severity:{severity}/when")),
        );
    }
}
