//! A severity that is defined again without its numbers.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::span::Span;

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
        let is_all = sense.counts.is_empty() && says_all(subject, &retold.measured);
        if is_all || subject.is_one_section(&retold.words.span, &retold.measured) {
            continue;
        }
        // Examples below the words may hold the number.
        let shows = subject.examples().into_iter().any(|it| {
            it.severity.id.value == retold.severity
                && !subject.sense(it.text).anchors.is_empty()
                && subject.is_one_section(&retold.words.span, &it.span())
        });
        if shows {
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

/// Whether a number is that of everything, as the words are.
fn says_all(subject: &Subject<'_>, span: &Span) -> bool {
    let text = subject.handbook.text(&span.file);
    let text = text.and_then(|it| it.get(span.range()));
    text.is_some_and(|it| it.contains("100%") || it.contains("100 %"))
}
