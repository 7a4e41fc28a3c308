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
        if is_all || is_one_section(subject, &retold.words.span, &retold.measured) {
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

/// Whether two passages stand under the same heading of a severity, so that who reads the one reads the other.
fn is_one_section(subject: &Subject<'_>, one: &Span, other: &Span) -> bool {
    let Some(page) = subject.handbook.page_of(&one.file) else {
        return false;
    };
    let document = page.document();
    let under = |place: &Span| {
        let headings = document.headings.iter().enumerate().rev();
        let mut before = headings.filter(|(_, it)| document.span(it.place).start < place.start);
        let named = before.find(|(_, it)| subject.severity_in(document.words(it.text)).is_some());
        named.map(|it| it.0)
    };
    one.file == other.file && under(one).is_some() && under(one) == under(other)
}
