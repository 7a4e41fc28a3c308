//! A duty that leaves open when, or whether, it is done.

use std::ops::Range;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::response::Response;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/vague-obligation",
    "HB122",
    Level::Info,
    Group::Recommended,
    "a step of the response leaves open when or whether it is done",
    include_str!("vague_obligation.md"),
);

/// Reads every step of every response.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for sentence in subject.obligations() {
        let sense = subject.sense(sentence.text);
        let escape = sense.escapes.first().filter(|_| !sense.has_owner);
        // "Look at recent changes" names changes and no time.
        let tells = |it: &&Range<usize>| !sentence.text[(*it).clone()].to_lowercase().starts_with("recent");
        let time = sense.times.iter().find(tells).filter(|_| sense.anchors.is_empty());
        let waits = || waiting(sentence.text).filter(|_| is_untimed(sentence.severity));
        let waits = if escape.is_none() && time.is_none() { waits() } else { None };
        let Some(vague) = escape.or(time).or(waits.as_ref()) else {
            continue;
        };
        let words = &sentence.text[vague.clone()];
        let says = if escape.is_some() { "who decides that?" } else { "by when?" };
        findings.push(
            RULE.at(format!("`{words}` leaves this step open"), &sentence.span_of(vague.clone()))
                .says(says)
                .why("afterwards nobody can tell whether it was done in time")
                .help("write a time, or what it depends on")
                .anchor(format!("severity:{}/response", sentence.severity.id.value)),
        );
    }
}

/// Words that put work off to a day that nobody names.
fn waiting(text: &str) -> Option<Range<usize>> {
    const WAITING: [&str; 10] = [
        "backlog",
        "next sprint",
        "current sprint",
        "next release",
        "future release",
        "later release",
        "capacity allows",
        "capacity available",
        "time permits",
        "time allows",
    ];
    let lower = text.to_ascii_lowercase();
    let found = WAITING.iter().filter_map(|it| Some((lower.find(it)?, it.len())));
    found.min().map(|(at, length)| at..at + length)
}

/// Whether a severity promises no time at all.
fn is_untimed(severity: &Severity) -> bool {
    let mut targets = severity.response.iter().flat_map(Response::targets);
    targets.all(|(_, it)| it.time.quantity().is_none())
}
