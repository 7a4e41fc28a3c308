//! Steps of a response in the wrong order.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/response-sequence",
    "HB207",
    Level::Warn,
    Group::Recommended,
    "what comes first is due last",
    include_str!("response_sequence.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for order in &subject.analysis.within {
        let ((first, one), (then, other)) = (&order.first, &order.then);
        if [one, other].iter().any(|it| assigns(subject, &it.span)) {
            continue;
        }
        let message = format!(
            "`{}` has `{}` {} and `{}` {}",
            one.severity,
            one.words,
            wording::task(first),
            other.words,
            wording::task(then)
        );
        findings.push(
            RULE.at(message, &one.span)
                .says("this comes first")
                .label(other.span.clone(), "and this is due earlier")
                .why("one of the two times cannot be meant")
                .help("let what comes first be due first")
                .anchor(format!("severity:{}/response", one.severity)),
        );
    }
}

/// Whether a time is that by which somebody is given the case, which may come before any answer.
fn assigns(subject: &Subject<'_>, span: &Span) -> bool {
    let text = subject.handbook.text(&span.file).unwrap_or_default();
    let start = text[..span.start.min(text.len())]
        .rfind('\n')
        .map_or(0, |it| it + 1);
    let line = text.get(start..span.end).unwrap_or_default();
    line.to_lowercase().contains("assign")
}
