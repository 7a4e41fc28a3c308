//! The words around an amount in, what is measured out.

use super::amount::{Cursor, Unit};
use super::measure::Measure;
use super::noun::{self, DETERMINERS, STOPS};
use super::words::{Kind, Word};

/// What is measured, where it is said behind the amount: `of customers`, `failure rate`, `users`.
pub(super) fn subject_after<'words, 'text>(
    measure: &Measure,
    at: Cursor<'words, 'text>,
) -> (Option<String>, Cursor<'words, 'text>) {
    // `A 50% drop in throughput` measures throughput, and `50% slower` what stands before.
    let changed = at.past_any(&[
        "reduction in",
        "drop in",
        "decrease in",
        "increase in",
        "rise in",
        "loss of",
    ]);
    if let (Some(after), true) = (changed, measure.unit == Unit::Percent) {
        let (phrase, end) = noun_phrase(after, 3);
        return ((!phrase.is_empty()).then_some(phrase), end);
    }
    let tells_how = at.peek(0).is_some_and(|it| {
        it.among(&[
            "affecting",
            "impacting",
            "slower",
            "faster",
            "higher",
            "lower",
        ])
    });
    if tells_how && measure.unit == Unit::Percent {
        return (None, at);
    }
    let (past_of, said_of) = match at.past_any(&["of", "worth of", "in"]) {
        Some(after) if at.sees(&["of", "worth"]) => (after, true),
        _ => (at, false),
    };
    if matches!(measure.unit, Unit::Time(_) | Unit::Count(_) | Unit::Bare) && !said_of {
        return (None, at);
    }
    if matches!(measure.unit, Unit::Time(_) | Unit::Count(_)) {
        return (None, at);
    }
    let (phrase, after) = noun_phrase(past_of, 5);
    let counts = said_of || measure.unit == Unit::Percent || measure.unit == Unit::Multiple;
    if phrase.is_empty() || !counts {
        return (None, at);
    }
    let subject = match noun::plural(&phrase) {
        _ if MEASURED.iter().any(|it| phrase.ends_with(it)) => phrase,
        many => many,
    };
    (Some(subject), after)
}

/// The words of a name, in lower case, without those that tell nothing apart.
fn noun_phrase<'words, 'text>(
    start: Cursor<'words, 'text>,
    most: usize,
) -> (String, Cursor<'words, 'text>) {
    let mut phrase = String::new();
    let mut at = start;
    for _ in 0..most {
        let Some(word) = at.peek(0) else { break };
        if word.kind != Kind::Letters
            || word.among(STOPS)
            || word.among(&["affected", "or"]) && !phrase.is_empty()
        {
            break;
        }
        if word.is("or") {
            break;
        }
        if !word.among(DETERMINERS) && !word.among(&["a", "an", "its"]) {
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&word.text.to_lowercase());
        }
        at = at.skip(1);
        // What follows people is what happens to them: `users hit by it`.
        if word.among(PEOPLE) {
            break;
        }
    }
    (phrase, at)
}

/// Those who can be affected.
const PEOPLE: &[&str] = &[
    "users",
    "customers",
    "clients",
    "visitors",
    "members",
    "subscribers",
    "people",
    "tenants",
    "merchants",
];

/// Things that a sentence measures and names before the number: `error rate above 5%`.
const MEASURED: &[&str] = &[
    "rate",
    "rates",
    "ratio",
    "latency",
    "latencies",
    "time",
    "times",
    "duration",
    "downtime",
    "loss",
    "losses",
    "revenue",
    "availability",
    "uptime",
    "outage",
    "delay",
    "delays",
    "lag",
    "cost",
    "costs",
    "traffic",
    "throughput",
    "volume",
    "capacity",
    "degradation",
    "disruption",
    "increase",
    "errors",
    "requests",
    "users",
    "customers",
    "clients",
    "transactions",
    "tickets",
    "usage",
    "utilization",
    "utilisation",
    "backlog",
    "impact",
    "breach",
    "age",
    "unavailability",
];

/// What is measured, where it is said before the comparison: up to four words of which the last names
/// a measure. Gives where the words start as well.
pub(super) fn subject_before(start: Cursor<'_, '_>, bounds: &Measure) -> Option<(String, usize)> {
    const SKIPPED: &[&str] = &[
        "is",
        "are",
        "was",
        "were",
        "be",
        "of",
        "by",
        "at",
        "to",
        "rises",
        "rising",
        "drops",
        "falls",
        "goes",
        "has",
        "have",
        "for",
        "with",
        "exceeds",
        "reaches",
        "lasting",
        "lasts",
        "affecting",
        "affected",
        "impacting",
        "than",
    ];
    let mut end = start.at;
    while end > 0 && (start.words[end - 1].among(SKIPPED) || start.words[end - 1].is_sign(':')) {
        end -= 1;
    }
    let last = start.words.get(end.checked_sub(1)?)?;
    // `many customers (>50%)` says in brackets how many they are.
    if last.is_sign('(') && bounds.unit == Unit::Percent {
        let people = start.words.get(end.checked_sub(2)?)?;
        let name = people.text.to_lowercase();
        return people.among(PEOPLE).then_some((name, people.start));
    }
    // Behind a sign of comparison stands a number, and before it what is compared: `disk > 85%`; so it is with a
    // range of shares: `full disks 70-85%`.
    let is_range = bounds.unit == Unit::Percent && bounds.low.is_some() && bounds.high.is_some();
    let is_signed = is_range || start.sees(&["<", ">", "\u{2264}", "\u{2265}"]);
    let is_compared = end == start.at && is_signed;
    if !(last.among(MEASURED) || is_compared && may_be_measured(last)) {
        return None;
    }
    let mut first = end - 1;
    while first > 0 && end - first < 4 {
        let word = &start.words[first - 1];
        if word.kind != Kind::Letters
            || word.among(STOPS)
            || word.among(&["or", "of", "critical", "warning"])
        {
            break;
        }
        first -= 1;
    }
    let words = &start.words[first..end];
    let kept = words
        .iter()
        .filter(|it| !it.among(DETERMINERS) && !it.among(&["a", "an"]));
    let subject: Vec<String> = kept.map(|it| it.text.to_lowercase()).collect();
    Some((subject.join(" "), words.first()?.start))
}

/// Whether a word may name what a sign compares: no verb, no name of a severity, no word that is only a joint.
fn may_be_measured(word: &Word<'_>) -> bool {
    let is_name = word.text.contains(|it: char| it.is_ascii_digit())
        && word.text.contains(char::is_uppercase);
    let joints = [
        "if", "when", "or", "and", "only", "critical", "warning", "alert", "then", "also", "major",
        "minor", "page",
    ];
    word.kind == Kind::Letters
        && !is_name
        && !word.among(STOPS)
        && !word.among(DETERMINERS)
        && !word.among(&joints)
}
