//! The head and the texts of a row or column of a table in, what they are about out.

use super::criteria;
use super::english::{self, Pace, TimeUnit, Unit};
use super::label::{self, Family};
use super::role::{self, Role};

/// Whether words are about severities.
pub(super) fn is_about_severity(words: &str) -> bool {
    const WORDS: &[&str] = &[
        "severit",
        "priorit",
        "sev",
        "incident",
        "classif",
        "criticality",
        "importance",
        "level",
        "urgency",
        "triage",
        "escalation",
        "sla",
        "schweregrad",
        "st\u{f6}rung",
        "fehlerklasse",
        "gravit",
        "graved",
        "gravid",
        "severid",
        "priorid",
        "criticid",
        "niveau",
        "livello",
        "nivell",
        "\u{4e25}\u{91cd}",
        "\u{4f18}\u{5148}\u{7ea7}",
        "\u{7ea7}\u{522b}",
        "\u{512a}\u{5148}",
        "\u{43a}\u{440}\u{438}\u{442}\u{438}\u{447}",
        "\u{43f}\u{440}\u{438}\u{43e}\u{440}\u{438}\u{442}\u{435}\u{442}",
    ];
    let words = words.to_lowercase();
    WORDS.iter().any(|it| words.contains(it))
}

/// Whether words speak of severities by their name, and not only of levels.
pub(super) fn names_severity(words: &str) -> bool {
    const NAMES: [&str; 10] = [
        "severit",
        "severid",
        "priorit",
        "priorid",
        "incident",
        "schweregrad",
        "gravit",
        "graved",
        "gravid",
        "criticid",
    ];
    let words = words.to_lowercase();
    NAMES.iter().any(|it| words.contains(it))
}

/// Whether words name something else that has levels.
pub(super) fn is_other_scale(words: &str) -> bool {
    const WORDS: &[&str] = &[
        "likelihood",
        "probability",
        "confidence",
        "effort",
        "complexity",
        "skill",
        "maturity",
        "role",
        "experience",
        "frequency",
        "environment",
        "log level",
        "risk level",
        "sensitivity",
        "permission",
        "size",
        "cost",
        "t-shirt",
        "alert",
    ];
    let words = words.to_lowercase();
    let mut others = WORDS.iter().chain(&FACTORS);
    others.any(|it| words.starts_with(it))
}

/// The two factors that a priority is put together from.
const FACTORS: [&str; 8] = [
    "impact",
    "urgency",
    "urgence",
    "urgencia",
    "urg\u{ea}ncia",
    "urgentie",
    "dringlichkeit",
    "auswirkung",
];

/// Whether words name one of the two factors that a priority is put together from.
pub(super) fn is_factor(words: &str) -> bool {
    let words = words.to_lowercase();
    FACTORS
        .iter()
        .any(|it| words.starts_with(it) || words.ends_with(it))
}

/// Words that plans of support are called by.
const PLANS: [&str; 18] = [
    "basic",
    "standard",
    "bronze",
    "silver",
    "gold",
    "platinum",
    "premium",
    "premier",
    "enterprise",
    "professional",
    "business",
    "developer",
    "essential",
    "advanced",
    "plus",
    "pro",
    "starter",
    "free",
];

pub(super) fn names_plan(head: &str) -> bool {
    let lower = head.to_lowercase();
    let mut words = lower.split(|it: char| !it.is_alphanumeric());
    words.any(|it| PLANS.contains(&it))
}

/// Which columns or rows hold the times of further plans: a kind of time that another one has as well, under a head
/// that names a plan or nothing that is known. The one with the most times is the policy's own, the first of
/// several.
pub(super) fn plans(heads: &[&str], roles: &[Option<Role>], filled: &[usize]) -> Vec<bool> {
    let of_plan = |index: usize| {
        let role = role::role(heads[index]);
        names_plan(heads[index]) || matches!(role, None | Some(Role::Level | Role::Name))
    };
    let timed = |index: usize| roles[index].filter(|it| it.is_timed());
    let is_further = |index: usize| {
        let Some(role) = timed(index).filter(|_| of_plan(index)) else {
            return false;
        };
        let same = (0..roles.len()).filter(|it| roles[*it] == Some(role));
        let own = same.max_by_key(|it| (filled[*it], std::cmp::Reverse(*it)));
        own != Some(index)
    };
    (0..roles.len()).map(is_further).collect()
}

pub(super) fn are_times<'page>(cells: impl Iterator<Item = &'page str> + Clone) -> bool {
    let filled = cells.filter(|it| !it.trim().is_empty());
    let timed = filled.clone().filter(|it| is_time(it)).count();
    timed > 0 && timed * 3 > filled.count() * 2
}

/// Whether a few words are a time: `within 15 min`, `2 days (in office hours)`.
pub(super) fn is_time(text: &str) -> bool {
    let words = text.split('(').next().unwrap_or_default();
    words.split_whitespace().count() <= 4 && !english::targets(words).is_empty()
}

/// Whether words are in letters other than ours.
pub(super) fn is_foreign(words: &str) -> bool {
    words.chars().any(char::is_alphabetic) && !words.chars().any(|it| it.is_ascii_alphabetic())
}

/// Whether all that a text compares are times, and none has a lower end: `Contained ≤ 1 h, mended ≤ 1 day`.
fn is_promised(text: &str) -> bool {
    let measures = english::sentence(text).measures;
    let is_promise = |it: &english::Measure| {
        matches!(it.unit, english::Unit::Time(_)) && it.low.is_none() && it.high.is_some()
    };
    !measures.is_empty() && measures.iter().all(is_promise)
}

/// The role of cells under one head: what the head announces, mended by what the cells hold.
pub(super) fn column_role(head: &str, texts: &[&str]) -> Option<Role> {
    let filled = texts.iter().filter(|it| !it.trim().is_empty());
    let count = filled.clone().count().max(1);
    let words: usize = filled.clone().map(|it| it.split_whitespace().count()).sum();
    let answers = filled.clone().filter(|it| is_answer(it)).count();
    let labels = filled.clone().filter_map(|it| label::whole(it));
    let levels = labels.clone().count();
    let codes = labels.filter(|it| it.level.family != Family::Word).count();
    let thresholds = filled.clone().filter(|it| is_threshold(it)).count();
    let compared = filled
        .clone()
        .filter(|it| criteria::has_threshold(it))
        .count();
    // `Told within 4 h` compares nothing.
    let measured = filled.clone().filter(|it| criteria::has_threshold(it));
    let measured = measured
        .filter(|it| english::targets(it).is_empty() && !is_promised(it))
        .count();
    let timed = filled.clone().filter(|it| is_time(it)).count();
    if names_plan(head) && timed * 2 > count {
        return None;
    }
    let Some(role) = role::role(head) else {
        // Whatever it is called, what is done every 30 minutes is that people are told, and what is compared with
        // a number tells severities apart.
        let is_compared = compared * 2 > count && timed == 0 && filled.count() > 1;
        let updates = is_rhythmic(texts, count - answers).then_some(Role::Updates);
        return updates.or(is_compared.then_some(Role::Criteria));
    };
    match role.of_whom(head, timed > 0) {
        Role::Level | Role::Name if codes * 2 > count || timed * 2 > count => None,
        // `Tier 1 analyst: investigate, investigate` gives nothing a name.
        Role::Level | Role::Name if codes == 0 && repeats(texts) => None,
        Role::Ack | Role::Engage if thresholds * 2 > count => Some(Role::Criteria),
        Role::Who | Role::Name | Role::Level if compared * 2 > count => Some(Role::Criteria),
        Role::Action if measured * 2 > count => Some(Role::Criteria),
        Role::Action if head.to_lowercase().contains("respon") && timed * 2 > count => {
            Some(Role::Ack)
        }
        Role::Action if tells_people(head) && is_rhythmic(texts, count - answers) => {
            Some(Role::Updates)
        }
        // What an `SLA` promises without more words is that it is over.
        Role::Action if promises(head) && timed * 2 > count => Some(Role::Resolve),
        Role::Criteria | Role::Name | Role::Level if answers * 2 >= count => None,
        Role::Level | Role::Name if words >= count * 5 => Some(Role::Criteria),
        // A `Meaning` of more than a word or two is no name.
        Role::Name if words >= count * 3 && head.to_lowercase().contains("meaning") => {
            Some(Role::Criteria)
        }
        Role::Level | Role::Criteria if levels * 2 > count => Some(Role::Name),
        Role::Level => Some(Role::Name),
        role => Some(role),
    }
}

/// Whether two cells beside or below each other say the same words.
fn repeats(texts: &[&str]) -> bool {
    let is_again = |it: &[&str]| !it[0].trim().is_empty() && it[0].eq_ignore_ascii_case(it[1]);
    texts.windows(2).any(is_again)
}

/// Whether a head promises that something is over and says no more: `SLA`, `Service level`.
fn promises(head: &str) -> bool {
    head.split(' ').count() == 1 || head.to_lowercase().contains("service level")
}

/// Whether a head is about what people are told.
fn tells_people(head: &str) -> bool {
    let lower = head.to_lowercase();
    let words = ["communicat", "comm", "status page"];
    words.iter().any(|it| lower.contains(it))
}

/// Whether at least half of the cells, but one at all, say in a few words how often something is done.
fn is_rhythmic(texts: &[&str], count: usize) -> bool {
    let every = |it: &english::Target| it.pace == Pace::Every;
    let is_rhythm = |it: &&&str| is_time(it) && english::targets(it).iter().any(every);
    let rhythms = texts.iter().filter(is_rhythm).count();
    rhythms > 0 && rhythms * 2 >= count
}

/// A time that is measured and not promised: in milliseconds, or with a lower end.
pub(super) fn is_threshold(text: &str) -> bool {
    let measures = english::sentence(text).measures;
    measures.iter().any(|it| match it.unit {
        Unit::Time(time) => time.unit == TimeUnit::Millisecond,
        _ => false,
    })
}

/// `Yes`, `No`, a tick or a dash: an answer to the head and no words of its own.
pub(super) fn is_answer(text: &str) -> bool {
    let text = text.trim();
    let plain = text
        .trim_matches(|it: char| !it.is_alphanumeric())
        .to_lowercase();
    let known = [
        "",
        "yes",
        "no",
        "y",
        "n",
        "n/a",
        "na",
        "none",
        "required",
        "optional",
        "not required",
        "tbd",
    ];
    known.contains(&plain.as_str()) && !text.chars().any(|it| it.is_ascii_digit())
}

/// Whether a cell says only how often: `every 30 minutes`, beside the name of those who hear it.
pub(super) fn is_cadence(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let says_how_often = || {
        let targets = english::targets(words);
        targets.first().is_some_and(|it| it.pace == Pace::Every)
    };
    first.eq_ignore_ascii_case("every") && says_how_often()
}
