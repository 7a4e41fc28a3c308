//! Words about a time in, a deadline of the policy out, and whether two of them agree.

use super::criteria::quantity;
use super::english::{self, Pace};
use super::role::{self, Role};
use crate::markdown::{Document, Part};
use crate::policy::Text;
use crate::policy::response::{Deadline, Target};
use crate::span::Spanned;

/// Whether a few words ask for haste and name no time.
pub(super) fn is_hasty(words: &str) -> bool {
    const HASTE: [&str; 9] = [
        "immediate",
        "at once",
        "asap",
        "as soon as",
        "right away",
        "without delay",
        "quick",
        "rapid",
        "prompt",
    ];
    words.split_whitespace().count() <= 8 && HASTE.iter().any(|it| words.contains(it))
}

/// `Fixed when somebody has time`, `It is answered as soon as possible`: what is promised without a time.
pub(super) fn untimed_duty(words: &str) -> Option<Role> {
    const DUTIES: [(&str, Role); 9] = [
        ("fixed", Role::Resolve),
        ("resolved", Role::Resolve),
        ("repaired", Role::Resolve),
        ("mitigated", Role::Mitigate),
        ("answered", Role::Ack),
        ("acknowledged", Role::Ack),
        ("reply", Role::Ack),
        ("respond", Role::Ack),
        ("response", Role::Ack),
    ];
    const OPEN: [&str; 9] = [
        "when",
        "as",
        "once",
        "whenever",
        "soon",
        "eventually",
        "asap",
        "promptly",
        "quickly",
    ];
    let mut words = words
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .take(5);
    let (_, role) = words
        .by_ref()
        .find_map(|word| DUTIES.iter().find(|(duty, _)| *duty == word))?;
    words
        .next()
        .is_some_and(|it| OPEN.contains(&it))
        .then_some(*role)
}

/// Whether two heads announce one thing: what they say besides the kind of time is the same, as it is not
/// in `Bug resolution` and `Time to resolve`. Nothing announces a time in a sentence.
pub(super) fn is_one_thing(one: &str, other: &str) -> bool {
    const EMPTY: [&str; 22] = [
        "time",
        "times",
        "target",
        "targets",
        "sla",
        "slo",
        "slas",
        "goal",
        "to",
        "within",
        "of",
        "for",
        "initial",
        "first",
        "total",
        "max",
        "maximum",
        "expected",
        "frequency",
        "status",
        "by",
        "response",
    ];
    let words = |head: &str| -> Vec<String> {
        let words = head.split(|it: char| !it.is_alphanumeric());
        let tells = |it: &&str| {
            !it.is_empty() && !EMPTY.contains(it) && !role::role(it).is_some_and(Role::is_timed)
        };
        words.filter(tells).map(str::to_owned).collect()
    };
    let (mine, theirs) = (words(one), words(other));
    let is_same = mine.is_empty() && theirs.is_empty() || mine.iter().any(|it| theirs.contains(it));
    one.is_empty() || other.is_empty() || is_same
}

/// Whether one of two times is for the acknowledgment and the other, as long or longer, for a response, as the words
/// beside them say.
pub(super) fn are_two_steps(one: (&Target, &str), other: (&Target, &str)) -> bool {
    let acknowledges = |words: &str| words.contains("acknowledg");
    let follows = |first: (&Target, &str), second: (&Target, &str)| {
        let times = first.0.time.quantity().zip(second.0.time.quantity());
        let is_longer = times.is_some_and(|(first, second)| first.base() <= second.base());
        let responds = second.1.contains("respon") && !acknowledges(second.1);
        is_longer && responds && acknowledges(first.1)
    };
    follows(one, other) || follows(other, one)
}

/// Whether words hold a rhythm, as in `daily or in the normal queue`.
fn names_rhythm(words: &str) -> bool {
    let words = words.to_lowercase();
    let rhythms = ["hourly", "daily", "weekly"];
    rhythms.iter().any(|it| words.contains(it))
}

/// Two times for one thing that are not equal.
pub(super) fn conflict(role: Role, before: &Target, now: &Target) -> Option<(Role, Text, Text)> {
    let same = match (before.time.quantity(), now.time.quantity()) {
        // `1 hour` may be one of business hours, where the next column says which hours count.
        (Some(one), Some(other)) => {
            one == other || one.text().replace('b', "") == other.text().replace('b', "")
        }
        (None, None) => true,
        // Words that name no time contradict none; other rules tell of them.
        (None, _) => !names_rhythm(&said(before)),
        (_, None) => !names_rhythm(&said(now)),
    };
    let words = |it: &Target| Spanned::new(said(it), it.time.span.clone());
    (!same).then(|| (role, words(before), words(now)))
}

pub(super) fn said(target: &Target) -> String {
    match &target.time.value {
        Deadline::Within(quantity) => quantity.text().to_owned(),
        Deadline::Never => "none".to_owned(),
        Deadline::Words(words) => words.clone(),
    }
}

pub(super) fn shown(target: &Target) -> String {
    match &target.time.value {
        Deadline::Within(quantity) => quantity.text().to_owned(),
        Deadline::Never => "never".to_owned(),
        Deadline::Words(words) => format!("\"{words}\" (no time)"),
    }
}

/// A cell or sentence as a deadline: a time, none, or the words.
pub(super) fn deadline(document: &Document, part: Part, repeated: bool) -> Option<Target> {
    let text = document.words(part);
    let span = document.span_of(part);
    let targets = english::targets(text);
    let wanted = if repeated { Pace::Every } else { Pace::Once };
    // "More than 120 days" promises nothing, "once after 2 days" is no rhythm, and "hourly, or as needed"
    // leaves it open.
    let is_open = english::sentence(text)
        .measures
        .iter()
        .any(|it| it.high.is_none() && matches!(it.unit, english::Unit::Time(_)));
    let lower = text.to_lowercase();
    let is_single = repeated && lower.starts_with("once after");
    let loose = [
        "or more",
        "or so",
        "or normal",
        "usually",
        "if possible",
        "or for ",
        "maybe",
    ];
    let is_loose = loose.iter().any(|it| lower.contains(it));
    let target = targets.iter().find(|it| it.pace == wanted).or_else(|| {
        let once = targets.iter().find(|it| it.pace == Pace::Once);
        once.filter(|_| repeated)
    });
    let target = target.filter(|it| !is_open && !is_single && !is_loose && !it.approximate);
    let time = target.and_then(|it| {
        let at = document.span_of(part.within(it.time.range.clone()));
        Some(Spanned::new(
            Deadline::Within(quantity(&it.time, None)?),
            at,
        ))
    });
    let plain = text
        .trim_matches(|it: char| !it.is_alphanumeric())
        .to_lowercase();
    let time = time.unwrap_or_else(|| {
        let none = [
            "",
            "none",
            "n/a",
            "na",
            "not applicable",
            "no target",
            "never",
        ];
        let is_never = plain.ends_with(" n/a") || plain.ends_with("likely ever");
        let deadline = if none.contains(&plain.as_str()) || is_never {
            Deadline::Never
        } else {
            Deadline::Words(text.to_owned())
        };
        Spanned::new(deadline, span.clone())
    });
    (!text.trim().is_empty()).then_some(Target {
        time,
        calendar: None,
        span,
    })
}
