//! A severity that is answered at once in one place and within a time in another.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::response::Deadline;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/immediate-and-timed",
    "HB642",
    Level::Warn,
    Group::Recommended,
    "a severity is answered at once in one place and within a time in another",
    include_str!("immediate_and_timed.md"),
);

/// Compares what every severity asks for in words with the time that it gives.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    static AT_ONCE: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "immediate response",
            "respond immediately",
            "responds immediately",
            "responded to immediately",
        ])
    });
    for sentence in subject.obligations().into_iter().chain(subject.callings()) {
        let Some(found) = AT_ONCE.find(sentence.text) else {
            continue;
        };
        let response = sentence.severity.response.iter();
        let mut timed = response.flat_map(|it| it.ack.iter().chain(&it.engage));
        let Some(target) = timed.find(|it| matches!(it.time.value, Deadline::Within(_))) else {
            continue;
        };
        // `Immediate response, within 5 minutes` says what is meant by it.
        if !english::targets(sentence.text).is_empty() {
            continue;
        }
        let id = &sentence.severity.id.value;
        let words = &sentence.text[found.range()];
        let Deadline::Within(time) = &target.time.value else {
            continue;
        };
        findings.push(
            RULE.at(
                format!("`{id}` asks for an answer at once here and within `{time}` elsewhere"),
                &sentence.span_of(found.range()),
            )
            .says(format!("`{words}`"))
            .label(target.time.span.clone(), "the time")
            .why("who is late by the one passage is early by the other")
            .help("keep the time, and leave the other out")
            .anchor(format!("severity:{id}/response")),
        );
    }
}
