//! A target of the response that is no time.

use crate::book::reading::english::{self, Unit};
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::response::{Deadline, Response, Target};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/untimed-response",
    "HB120",
    Level::Warn,
    Group::Recommended,
    "a target of the response is words and no time",
    include_str!("untimed_response.md"),
);

/// What is wrong with words that hold no time at all.
const NO_TIME: &str = "is no time";

/// What a time is for, by its key or by who is told, in plain words.
fn called(name: &str) -> String {
    let called = match name {
        "ack" => "the answer",
        "engage" => "the start of work",
        "mitigate" => "the mitigation",
        "resolve" => "the resolution",
        "first_public_update" => "the first public update",
        "review" => "the review",
        "all" => "the updates",
        audience => return format!("the updates to {audience}"),
    };
    called.to_owned()
}

/// Looks at every target and every cadence.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mildest = subject.policy.severities.len().saturating_sub(1);
    for (rank, severity) in subject.policy.severities.iter().enumerate() {
        let id = &severity.id.value;
        let mut told: Vec<&str> = Vec::new();
        for (name, target) in severity.response.iter().flat_map(timed) {
            let Deadline::Words(words) = &target.time.value else {
                continue;
            };
            // The same words about two things are one remark.
            if told.contains(&words.as_str()) {
                continue;
            }
            let Some(fault) = fault(words) else {
                continue;
            };
            // A number in words of another language may well be a time.
            let plain = words.replace("24/7", "").replace("24x7", "");
            let has_number = plain.contains(|it: char| it.is_ascii_digit());
            if fault == NO_TIME && (has_number || subject.is_unread()) {
                continue;
            }
            told.push(words);
            let finding = RULE
                .at(format!("`{words}` {fault}"), &target.time.span)
                .says(format!("{} for {id}", called(name)))
                .why("nobody can tell whether it was kept")
                .help("write a time, such as `15m`, or `none` where there is no target")
                .anchor(format!("severity:{id}/response/{name}"));
            // What matters least is often left open on purpose.
            let is_last = rank == mildest && rank > 0;
            findings.push(if is_last {
                finding.level(Level::Info)
            } else {
                finding
            });
        }
    }
}

/// What of a response has a time, with its name.
fn timed(response: &Response) -> impl Iterator<Item = (&str, &Target)> {
    let targets: Vec<(&str, &Target)> = response.targets().collect();
    let updates = response.updates.iter();
    let updates = updates.map(|it| (it.audience.as_str(), &it.every));
    let review = response.review.iter();
    let review = review.filter_map(|it| Some(("review", it.within.as_ref()?)));
    targets.into_iter().chain(updates).chain(review)
}

/// What keeps words from being a time; `None` where they are one, name a moment that everybody sees, or say
/// that there is no target.
fn fault(words: &str) -> Option<&'static str> {
    const MOMENTS: [&str; 5] = ["at ", "on ", "upon ", "after each ", "after every "];
    const NONE: [&str; 4] = ["optional", "not required", "not needed", "no target"];
    const ROUGHLY: [&str; 9] = [
        "~", "\u{2248}", "approx", "about ", "around ", "roughly", "circa", "ca. ", "etwa ",
    ];
    // Which day of it?
    const STRETCHES: [&str; 3] = ["next business week", "next week", "next month"];
    const OPEN: [&str; 6] = [
        "or more",
        "or so ",
        "usually",
        "if possible",
        "or for ",
        "or normal",
    ];
    let lower = words.trim().to_lowercase();
    let says = |phrases: &[&str]| phrases.iter().any(|it| lower.contains(it));
    let starts = |phrases: &[&str]| phrases.iter().any(|it| lower.starts_with(it));
    // `Told at the start and at the end` names both.
    let is_span = says(&["start", "open"]) && says(&["resolution", "resolved", "close", "end"]);
    let is_moment =
        is_span || starts(&MOMENTS) && !lower.starts_with("at once") || lower.contains(" at each ");
    if !holds_time(&lower) {
        return (!is_moment && !starts(&NONE) && !says(&["optional"])).then_some(NO_TIME);
    }
    if lower.starts_with("once after ") {
        return Some("is one time, and does not say how often");
    }
    if has_no_end(&lower) {
        return Some("has no end");
    }
    // What stands far from the time is about something else: `within 2 hours, with a new phone if possible`.
    let near = english::targets(&lower).first().map_or(&*lower, |it| {
        let behind = &lower[it.time.range.end..];
        let end = behind
            .match_indices([',', ';'])
            .find(|(at, _)| !behind[at + 1..].starts_with(" or "));
        &lower[..end.map_or(lower.len(), |end| it.time.range.end + end.0)]
    });
    let is_word = |phrase: &str| {
        near.match_indices(phrase)
            .any(|(at, _)| !near[..at].ends_with(char::is_alphabetic))
    };
    if ROUGHLY.iter().any(|it| is_word(it)) || says(&STRETCHES) {
        return Some("is only roughly a time");
    }
    let is_open = OPEN.iter().any(|it| is_word(it)) || near.ends_with("or so");
    is_open.then_some("leaves the time open")
}

/// Whether words in small letters name a time or a rhythm, alone or among others.
fn holds_time(words: &str) -> bool {
    const RHYTHMS: [&str; 14] = [
        "hourly",
        "daily",
        "nightly",
        "weekly",
        "monthly",
        "quarterly",
        "yearly",
        "annual",
        "semanal",
        "mensual",
        "trimestral",
        "t\u{e4}glich",
        "w\u{f6}chentlich",
        "monatlich",
    ];
    let plain = words.replace('-', " ");
    let is_rhythm = |it: &str| RHYTHMS.iter().any(|rhythm| it.starts_with(rhythm));
    let has_number = |it: &str| it.contains(|it: char| it.is_ascii_digit());
    !english::targets(&plain).is_empty()
        || plain.split_whitespace().any(is_rhythm)
        || plain.contains("a day")
        || has_no_end(words)
        || (has_number(words) && words.starts_with(['~', '\u{2248}']))
}

/// Whether words give a time and only say from when on: `more than 120 days`.
fn has_no_end(words: &str) -> bool {
    let measures = english::sentence(words).measures;
    measures
        .iter()
        .any(|it| it.high.is_none() && matches!(it.unit, Unit::Time(_)))
}
