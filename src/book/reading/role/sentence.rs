//! A sentence that nothing announces in, what it tells out.

use super::Role;
use crate::book::reading::english;

/// What an example starts with.
const EXAMPLES: &[&str] = &["example", "for example", "for instance", "e.g."];

/// What names a look back.
const REVIEW: &[&str] = &["postmortem", "post-mortem", "post mortem", "retrospective"];

/// What a sentence about the response holds.
const ACTION: &[&str] = &[
    "requires immediate",
    "requires urgent",
    "require immediate",
    "requires an immediate",
    "requires a response",
    "requires attention",
    "requires the attention",
    "requires the full attention",
    "requires response",
    "response is",
    "response required",
    "immediate response",
    "you need immediate",
    "page the ",
    "page on-call",
    "pages the ",
    "you page",
    "notify ",
    "escalate to",
    "status page",
    "updates every",
    "updates are",
    "updates at",
    "updates to the",
    "status updates",
    "regular updates",
    "updates will",
    "normally assigned",
    "be assigned to",
    "notification required",
    "deploy the ",
    "made public",
    "all hands",
    "drop everything",
    "should be sent",
    "should be updated",
    "to be fixed",
    "to be resolved",
    "should be fixed",
    "should be resolved",
    "should be addressed",
    "should be handled",
    "must be resolved",
    "must be fixed",
    "will be resolved",
    "will be fixed",
    "resolve within",
    "fix within",
    "fixed within",
    "acknowledge within",
    "acknowledged within",
    "handle in ",
    "handled in ",
    "aim to ",
    "target response",
    "target resolution",
    "response time",
    "response target",
    "resolution time",
    "resolution target",
    "response within",
    "response in ",
    "resolution within",
    "reply in ",
    "reply within",
    "replies within",
    "reply goes out",
    "answer within",
    "answers within",
    "answered within",
    "answered in ",
    "is answered ",
    "are answered ",
    "fixed when",
    "fixed in ",
    "fixed as ",
    "fixed by ",
    "respond in ",
    "look at ",
    "looked at ",
    "picked up ",
    "paging ",
    "dealt with ",
    "be addressed ",
    "responds within",
    "respond within",
    "resolution on",
    "incident process",
    "work on ",
    "worked on ",
    "backlog",
    "next sprint",
    "next release",
    "see the ",
    "see [",
];

/// What a sentence that nothing announces is, by its own words; `None` for a criterion.
pub(in crate::book::reading) fn of_sentence(sentence: &str) -> Option<Role> {
    let words = sentence.trim_start().to_lowercase();
    let has = |list: &[&str]| list.iter().any(|it| words.contains(it));
    if EXAMPLES.iter().any(|it| words.starts_with(it)) {
        Some(Role::Examples)
    } else if is_definition(&words) {
        None
    } else if is_usage(&words) {
        Some(Role::Aside)
    } else if has(REVIEW) {
        Some(Role::Review)
    } else if (has(ACTION) || is_promise(&words)) && !is_estimate(&words) {
        Some(Role::Action)
    } else {
        of_criterion(sentence)
    }
}

/// What a sentence under a head that announces criteria is, where its grammar says that it is none: an example, an
/// order, what is done with a case, or how often the severity is given. `None` for a criterion.
pub(in crate::book::reading) fn of_criterion(sentence: &str) -> Option<Role> {
    let sentence = sentence.trim_start_matches(|it: char| !it.is_alphanumeric());
    let words = sentence.to_lowercase();
    if EXAMPLES.iter().any(|it| starts_with(&words, it)) {
        Some(Role::Examples)
    } else if is_coverage(&words) {
        Some(Role::Hours)
    } else if is_usage(&words) || is_remark(&words) || is_consequence(&words) {
        Some(Role::Aside)
    } else if is_rated_again(&words) {
        Some(Role::Escalation)
    } else {
        let asks = [
            is_order,
            is_deed,
            is_handled,
            is_needed,
            is_required,
            is_duty,
            is_work,
            is_done_then,
        ];
        let is_done = is_moment(&words) || asks.iter().any(|it| it(&words));
        is_done.then_some(Role::Action)
    }
}

/// Whether what is done follows, by the time since the start: `T+15m: …`.
fn is_moment(words: &str) -> bool {
    let behind = words.strip_prefix("t+").or(words.strip_prefix("t +"));
    behind.is_some_and(|it| it.trim_start().starts_with(|it: char| it.is_ascii_digit()))
}

/// Whether words only say at which hours somebody is there: `24x7`, `Business hours only`.
fn is_coverage(words: &str) -> bool {
    const HOURS: [&str; 12] = [
        "24x7", "24/7", "24x7x365", "24/7/365", "8x5", "business", "office", "working", "hours",
        "support", "coverage", "only",
    ];
    let mut words = words
        .split([' ', ',', '(', ')', '.'])
        .filter(|it| !it.is_empty())
        .peekable();
    let is_counted =
        |it: &&str| it.starts_with(char::is_numeric) || it.starts_with(['b', 'o', 'w']);
    words.peek().is_some_and(is_counted) && words.all(|it| HOURS.contains(&it))
}

/// Whether words are the name of a time and the time: `Initial response < 30 minutes`, `Acknowledge 15 min`; or say
/// how often people hear: `Hourly comms`.
fn is_promise(words: &str) -> bool {
    const TOLD: [&str; 4] = ["comms", "communication", "communications", "updates"];
    const RHYTHMS: [&str; 4] = ["hourly", "daily", "weekly", "every"];
    let label = words.split(|it: char| it.is_ascii_digit() || matches!(it, '<' | '\u{2264}'));
    let label = label.map(str::trim_end).next().unwrap_or_default();
    let label = ["within", "in", "under", "<", ":"]
        .iter()
        .fold(label, |it, end| it.trim_end_matches(end).trim_end());
    let is_time = || {
        let is_short = (1..=3).contains(&label.split_whitespace().count());
        let is_named = |it: &str| super::role(it).is_some_and(Role::is_timed);
        is_short
            && (is_named(label) || is_named(&format!("{label} time")))
            && !english::targets(words).is_empty()
    };
    let has = |list: &[&str]| plain_words(words).any(|it| list.contains(&it));
    is_time() || plain_words(words).count() <= 8 && has(&TOLD) && has(&RHYTHMS)
}

/// Whether words compare what somebody expects a case to take, which promises nothing: `Estimated resolution time >
/// 4 hours`.
fn is_estimate(words: &str) -> bool {
    ["estimated ", "expected "]
        .iter()
        .any(|it| words.starts_with(it))
        && !words.contains(':')
}

/// Whether a sentence says what a case is, whatever it adds: `This is a fault that is serious and needs to be mended`.
fn is_definition(sentence: &str) -> bool {
    let starts = [
        "this is an issue ",
        "this is a fault ",
        "this is a problem ",
        "an issue that ",
        "a problem that ",
    ];
    starts.iter().any(|it| sentence.starts_with(it))
}

/// Whether words that nothing announces say what is done, or where somebody is reached.
pub(in crate::book::reading) fn is_asked(words: &str) -> bool {
    const MEANS: [&str; 8] = [
        "pager",
        "on-call",
        "ticket",
        "channel",
        "escalation",
        "backlog",
        "phone",
        "email",
    ];
    let is_means = || {
        let lower = words.to_lowercase();
        words.split_whitespace().count() <= 8 && MEANS.iter().any(|it| lower.contains(it))
    };
    of_sentence(words).is_some_and(Role::is_response) || is_means()
}

/// Whether words start with a phrase or its plural, and not with a longer word.
fn starts_with(words: &str, phrase: &str) -> bool {
    let behind = words.strip_prefix(phrase);
    behind.is_some_and(|it| {
        let it = it.strip_prefix('s').unwrap_or(it);
        !it.starts_with(char::is_alphanumeric)
    })
}

/// What is sorted by severity.
const CASES: [&str; 16] = [
    "bug",
    "bugs",
    "issue",
    "issues",
    "ticket",
    "tickets",
    "incident",
    "incidents",
    "alert",
    "alerts",
    "defect",
    "defects",
    "case",
    "cases",
    "problem",
    "problems",
];

/// Whether a sentence says how often a severity is given, or what becomes of it in time, and not when: `Most tickets
/// fall into this priority`, `to be assigned rarely`, `minor incidents often become major ones`.
fn is_usage(sentence: &str) -> bool {
    const SHARES: [&str; 5] = ["most", "majority", "few", "many", "nearly"];
    const OFTEN: [&str; 6] = [
        "most",
        "frequently",
        "infrequently",
        "rarely",
        "sparingly",
        "often",
    ];
    const RATED: [&str; 10] = [
        "fall", "falls", "should", "severity", "priority", "category", "level", "warnings", "use",
        "belong",
    ];
    let words: Vec<&str> = plain_words(sentence).collect();
    let has = |list: &[&str]| words.iter().any(|it| list.contains(it));
    let share = words.iter().take(6).position(|it| SHARES.contains(it));
    let counts_cases = share.is_some_and(|at| {
        let next = words[at + 1..].iter().take(3);
        next.into_iter().any(|it| CASES.contains(it)) && has(&RATED)
    });
    let assigned = words.iter().position(|it| *it == "assigned");
    let is_share = assigned.is_some_and(|at| {
        let from = at.saturating_sub(3);
        words[from..words.len().min(at + 4)]
            .iter()
            .any(|it| OFTEN.contains(it))
    });
    let becomes = words.windows(2).any(|it| it == ["often", "become"]);
    counts_cases || is_share || becomes
}

/// Whether a sentence only adds something: `Note that …`, `This is the default level`.
fn is_remark(sentence: &str) -> bool {
    const RATINGS: [&str; 4] = ["severity", "priority", "level", "value"];
    let is_note = ["note that", "please note", "note:", "nb:"]
        .iter()
        .any(|it| sentence.starts_with(it));
    let words: Vec<&str> = plain_words(sentence).collect();
    let is_default = words.contains(&"default") && words.iter().any(|it| RATINGS.contains(it));
    is_note || is_default && words.len() <= 8 && words.first() == Some(&"this")
}

/// Whether a sentence only says what has to be reported besides: `No report to the owner required`.
fn is_consequence(sentence: &str) -> bool {
    const DEEDS: [&str; 6] = [
        "report",
        "reporting",
        "disclosure",
        "approval",
        "notification",
        "postmortem",
    ];
    const LONGEST: usize = 10;
    let words: Vec<&str> = plain_words(sentence).collect();
    let ends = words
        .last()
        .is_some_and(|it| matches!(*it, "required" | "needed" | "necessary"));
    ends && words.len() <= LONGEST
        && words.iter().take(4).any(|it| DEEDS.contains(it))
        && !words.iter().any(|it| matches!(*it, "is" | "are"))
        && !sentence.contains([',', ';', ':'])
}

/// Whether a sentence speaks of giving a case another severity: `the rating may be adjusted`.
fn is_rated_again(sentence: &str) -> bool {
    const RATINGS: [&str; 4] = ["rating", "severity", "priority", "level"];
    const CHANGED: [&str; 10] = [
        "reduced",
        "adjusted",
        "raised",
        "lowered",
        "upgraded",
        "downgraded",
        "changed",
        "increased",
        "decreased",
        "reclassified",
    ];
    let words: Vec<&str> = plain_words(sentence).collect();
    let is_moved = words
        .windows(2)
        .any(|it| RATINGS.contains(&it[0]) && CHANGED.contains(&it[1]));
    if is_moved {
        return true;
    }
    let is_named = words.iter().take(4).any(|it| RATINGS.contains(it));
    let changed = words
        .windows(2)
        .any(|it| it[0] == "be" && CHANGED.contains(&it[1]));
    is_named && changed
}

/// Whether the subject of a sentence is dealt with: `significant resources will be allocated until then`. What is told
/// of a case in passing, behind `that` or a condition, only describes it.
fn is_handled(sentence: &str) -> bool {
    const MODALS: [&str; 5] = ["will", "should", "must", "shall", "to"];
    const DONE: [&str; 25] = [
        "placed",
        "fixed",
        "resolved",
        "addressed",
        "handled",
        "mitigated",
        "patched",
        "allocated",
        "assigned",
        "planned",
        "scheduled",
        "merged",
        "released",
        "disclosed",
        "notified",
        "informed",
        "escalated",
        "reported",
        "reviewed",
        "triaged",
        "deferred",
        "acknowledged",
        "prioritized",
        "treated",
        "documented",
    ];
    let words: Vec<&str> = plain_words(sentence).collect();
    let modal = words.windows(2).position(|it| {
        MODALS.contains(&it[0]) && it[1] == "be" || it[0] == "will" && it[1] == "come"
    });
    modal.is_some_and(|at| {
        let subject = &words[..at];
        let next = words[at + 1..].iter().take(4);
        is_plain_subject(subject)
            && next
                .into_iter()
                .any(|it| DONE.contains(it) || *it == "come")
    })
}

/// Whether a sentence only says what is asked for: `Requires a report`, `Almost certainly requires notification`.
fn is_needed(sentence: &str) -> bool {
    const NEEDS: [&str; 5] = ["require", "requires", "need", "needs", "warrants"];
    const DEEDS: [&str; 15] = [
        "response",
        "attention",
        "resolution",
        "notification",
        "report",
        "review",
        "approval",
        "fix",
        "patch",
        "release",
        "cve",
        "postmortem",
        "escalation",
        "action",
        "investigation",
    ];
    let words: Vec<&str> = plain_words(sentence).collect();
    let Some(at) = words.iter().position(|it| NEEDS.contains(it)) else {
        return false;
    };
    let commas = sentence.find(words[at]).map_or("", |it| &sentence[..it]);
    at <= 5
        && !commas.contains([',', ';', ':'])
        && is_plain_subject(&words[..at])
        && words[at + 1..].iter().take(4).any(|it| DEEDS.contains(it))
}

/// Whether a sentence asks for a deed in the passive: `Immediate action is required`.
fn is_required(sentence: &str) -> bool {
    const WANTED: [&str; 3] = ["required", "needed", "necessary"];
    const DEEDS: [&str; 8] = [
        "action",
        "attention",
        "fix",
        "response",
        "resolution",
        "notification",
        "escalation",
        "report",
    ];
    let words: Vec<&str> = plain_words(sentence).collect();
    let deed = words.iter().take(4).position(|it| DEEDS.contains(it));
    deed.is_some_and(|at| {
        let verb = words[at + 1..]
            .iter()
            .find(|it| !matches!(**it, "is" | "are"));
        is_plain_subject(&words[..at]) && verb.is_some_and(|it| WANTED.contains(it))
    })
}

/// Whether somebody who works on a case has to do something: `they must escalate the issue`.
fn is_duty(sentence: &str) -> bool {
    const ACTORS: [&str; 14] = [
        "they",
        "we",
        "you",
        "developer",
        "developers",
        "engineer",
        "engineers",
        "team",
        "teams",
        "staff",
        "on-call",
        "responder",
        "responders",
        "commander",
    ];
    const MODALS: [&str; 5] = ["must", "should", "will", "shall", "need"];
    const PROMISED: [&str; 6] = ["commit", "assign", "begin", "notify", "contact", "provide"];
    // What a case should do is what somebody does for it: `such issues should involve the manager`.
    const DEEDS: [&str; 7] = [
        "include", "involve", "trigger", "receive", "get", "go", "have",
    ];
    let words: Vec<&str> = plain_words(sentence).collect();
    // `You and the yard will commit full-time staff`
    let mut pairs = words.windows(2);
    let commits = pairs.any(|it| it[0] == "will" && PROMISED.contains(&it[1]));
    let asks = words
        .windows(2)
        .any(|it| ACTORS.contains(&it[0]) && MODALS.contains(&it[1]));
    let is_asked = words
        .windows(3)
        .any(|it| ACTORS.contains(&it[0]) && matches!(it[1], "are" | "is") && it[2] == "required");
    let is_followed = words
        .windows(3)
        .any(|it| CASES.contains(&it[0]) && MODALS.contains(&it[1]) && DEEDS.contains(&it[2]));
    commits || asks || is_asked || is_followed
}

/// Whether a sentence tells what people do: `Everyone joins the call`, `The crew posts within 10 minutes`.
fn is_work(sentence: &str) -> bool {
    const ACTORS: [&str; 12] = [
        "everyone",
        "everybody",
        "team",
        "engineer",
        "on-call",
        "crew",
        "staff",
        "manager",
        "lead",
        "commander",
        "somebody",
        "someone",
    ];
    const DEEDS: [&str; 14] = [
        "joins",
        "posts",
        "answers",
        "acknowledges",
        "responds",
        "fixes",
        "informs",
        "notifies",
        "updates",
        "investigates",
        "mends",
        "calls",
        "reviews",
        "starts",
    ];
    let words: Vec<&str> = plain_words(sentence).take(5).collect();
    words
        .windows(2)
        .any(|it| ACTORS.contains(&it[0]) && DEEDS.contains(&it[1]))
}

/// Whether a sentence says who has heard or what is open then: `Full bridge activated at once`, `Leadership notified`.
fn is_done_then(sentence: &str) -> bool {
    const THINGS: [&str; 16] = [
        "on-call",
        "engineer",
        "engineers",
        "bridge",
        "room",
        "channel",
        "call",
        "team",
        "teams",
        "page",
        "leadership",
        "management",
        "executives",
        "manager",
        "customers",
        "stakeholders",
    ];
    const DONE: [&str; 11] = [
        "activated",
        "opened",
        "convened",
        "assembled",
        "established",
        "paged",
        "notified",
        "informed",
        "engaged",
        "posted",
        "created",
    ];
    // `Active investigation begins at once`, `Updates provided every day`
    const BEGUN: [(&str, &[&str]); 3] = [
        ("investigation", &["begins", "starts"]),
        ("work", &["begins", "starts"]),
        ("updates", &["provided", "sent", "posted"]),
    ];
    let words: Vec<&str> = plain_words(sentence).collect();
    let is_begun = |it: &[&str]| {
        let mut pairs = BEGUN.iter();
        pairs.any(|(thing, verbs)| it[0] == *thing && verbs.contains(&it[1]))
    };
    let done = words.iter().position(|it| DONE.contains(it));
    let is_told = done.is_some_and(|at| {
        let subject = &words[..at];
        let subject = match subject {
            [subject @ .., "is" | "are" | "gets" | "get"] => subject,
            _ => subject,
        };
        is_plain_subject(subject) && subject.iter().any(|it| THINGS.contains(it))
    });
    is_told || words.windows(2).take(3).any(is_begun)
}

/// Whether the words before a verb are its subject and tell nothing more.
fn is_plain_subject(words: &[&str]) -> bool {
    const TELLING: [&str; 14] = [
        "that", "which", "who", "if", "when", "until", "and", "or", "but", "not", "cannot", "is",
        "are", "no",
    ];
    words.len() <= 6 && !words.iter().any(|it| TELLING.contains(it))
}

fn plain_words(sentence: &str) -> impl Iterator<Item = &str> {
    let words = sentence.split(|it: char| !it.is_alphanumeric() && it != '-');
    words.filter(|it| !it.is_empty())
}

/// Whether a sentence starts with what is done and goes on with when or how: `Handled towards the end of …`.
fn is_deed(sentence: &str) -> bool {
    const DEEDS: &[&str] = &[
        "handled",
        "fixed",
        "mended",
        "resolved",
        "addressed",
        "scheduled",
        "planned",
        "queued",
        "deferred",
        "repaired",
        "answered",
        "escalated",
        "reviewed",
        "triaged",
        "batched",
    ];
    const HOW: &[&str] = &[
        "in",
        "within",
        "by",
        "at",
        "towards",
        "as",
        "when",
        "during",
        "for",
        "via",
        "on",
        "with",
        "after",
        "once",
        "only",
        "to",
        "and",
        "opportunistically",
    ];
    let mut words = sentence.split_whitespace();
    let deed = words.next().is_some_and(|it| DEEDS.contains(&it));
    deed && words.next().is_some_and(|it| HOW.contains(&it))
}

/// Whether a sentence tells somebody to do something: `Acknowledge in …`, `Page the on-call engineer`.
fn is_order(sentence: &str) -> bool {
    const VERBS: &[&str] = &[
        "acknowledge",
        "respond",
        "reply",
        "answer",
        "update",
        "notify",
        "inform",
        "tell",
        "page",
        "call",
        "contact",
        "escalate",
        "post",
        "publish",
        "send",
        "open",
        "create",
        "declare",
        "assemble",
        "schedule",
        "handle",
        "fix",
        "resolve",
        "mitigate",
        "restore",
        "start",
        "follow",
        "invoke",
        "engage",
        "drop",
        "allocate",
        "queue",
        "log",
        "track",
        "monitor",
        "do",
    ];
    const OBJECTS: &[&str] = &[
        "the",
        "all",
        "your",
        "our",
        "every",
        "a",
        "an",
        "within",
        "in",
        "by",
        "on-call",
        "customers",
        "users",
        "stakeholders",
        "leadership",
        "management",
        "everyone",
        "everybody",
        "via",
        "as",
        "to",
        "and",
        "everything",
        "immediately",
        "incident",
        "ticket",
        "for",
    ];
    let words = sentence.split_whitespace();
    let mut words = words.skip_while(|it| {
        matches!(
            *it,
            "always" | "please" | "immediately" | "auto" | "automatically"
        )
    });
    let verb = words.next().is_some_and(|it| {
        let is_deed = |it: &str| VERBS.contains(&it);
        it.strip_prefix("auto-").map_or(is_deed(it), is_deed)
    });
    verb && words.next().is_some_and(|it| OBJECTS.contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_under_a_criterion_say_when_they_are_none() {
        let cases = [
            ("Example: the till is dead.", Some(Role::Examples)),
            ("Exemplary service is gone", None),
            ("Most tickets fall into this priority.", Some(Role::Aside)),
            ("No report to the owner required.", Some(Role::Aside)),
            ("A restart of the till is required", None),
            ("Auto-create incident record", Some(Role::Action)),
            ("Queue for the next voyage", Some(Role::Action)),
            ("T+0: the board, the yard", Some(Role::Action)),
            ("The on-call is paged and looks at it", Some(Role::Action)),
            ("24x7", Some(Role::Hours)),
            ("Business hours only", Some(Role::Hours)),
            ("Business hours are lost", None),
            (
                "The vast majority of alerts should use this one.",
                Some(Role::Aside),
            ),
            ("Most requests fail", None),
            (
                "Should be the most frequently assigned priority.",
                Some(Role::Aside),
            ),
            (
                "Minor incidents can often become major ones.",
                Some(Role::Aside),
            ),
            ("The rating may be adjusted later.", Some(Role::Escalation)),
            (
                "Significant resources will be allocated until then.",
                Some(Role::Action),
            ),
            ("A fault that should be fixed in the next release", None),
            ("Orders cannot be resolved", None),
            ("Requires immediate attention.", Some(Role::Action)),
            (
                "Almost certainly requires notification of the regulator.",
                Some(Role::Action),
            ),
            ("The shop is down, requires attention", None),
            ("Always escalate and tell the owner.", Some(Role::Action)),
            ("Drop everything else and work on it.", Some(Role::Action)),
            ("Payments fail for all customers", None),
            ("Note that parts may be milder.", Some(Role::Aside)),
            ("This is the default priority level.", Some(Role::Aside)),
            ("Immediate action is required.", Some(Role::Action)),
            ("A fault for which action is required", None),
            ("If late, they must escalate the issue.", Some(Role::Action)),
            ("Users must pay twice", None),
            (
                "High severity issues should include an email to the owner.",
                Some(Role::Action),
            ),
            ("Full bridge activated immediately", Some(Role::Action)),
            ("No team can be paged", None),
            ("Customers given wrong keys", None),
            ("Everyone joins the call", Some(Role::Action)),
            ("The night crew posts within 10 minutes", Some(Role::Action)),
            (
                "Investigation begins within the working day",
                Some(Role::Action),
            ),
            ("Updates provided as progress is made", Some(Role::Action)),
        ];
        for (sentence, expected) in cases {
            assert_eq!(of_criterion(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn sentences_that_nothing_announces_are_promises_where_they_name_a_time() {
        let cases = [
            (
                "response \u{2264}1h, resolution \u{2264}8h",
                Some(Role::Action),
            ),
            ("Initial response < 30 minutes", Some(Role::Action)),
            ("Hourly comms", Some(Role::Action)),
            ("The bridge is closed for 30 minutes", None),
        ];
        for (sentence, expected) in cases {
            assert_eq!(of_sentence(sentence), expected, "{sentence}");
        }
    }
}
