//! A criterion that is clear in one way and vague in another.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::{Sentence, Subject};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/half-measured",
    "HB316",
    Level::Info,
    Group::All,
    "a criterion with a number also hangs on a vague word",
    include_str!("half_measured.md"),
);

/// Reads every criterion that is only words.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for sentence in subject.criteria() {
        let sense = subject.sense(sentence.text);
        if let (Some(vague), Some(anchor)) = (sense.vague.first(), sense.anchors.first()) {
            let finding = finding(&sentence, vague);
            findings.push(finding.label(sentence.span_of(anchor.clone()), "this is clear"));
        }
    }
    // The sentence that says what a severity is about may leave open what its criteria measure.
    for (sentence, measured) in subject.measured_intents() {
        let sense = subject.sense(sentence.text);
        if let (Some(vague), None) = (sense.vague.first(), sense.anchors.first()) {
            findings.push(finding(&sentence, vague).label(measured, "this is clear"));
        }
    }
}

fn finding(sentence: &Sentence<'_>, vague: &Range<usize>) -> Diagnostic {
    let words = &sentence.text[vague.clone()];
    RULE.at(
        format!("`{words}` is left open beside a number"),
        &sentence.span_of(vague.clone()),
    )
    .why("people agree on the number and still choose two severities")
    .help("say it in a number too, or leave the word out")
    .anchor(sentence.anchor())
}
