//! A sentence that nothing announces in, what it tells out.

use super::Role;

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
    } else if has(REVIEW) {
        Some(Role::Review)
    } else {
        let is_done = has(ACTION) || is_order(&words) || is_deed(&words);
        is_done.then_some(Role::Action)
    }
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
    ];
    let mut words = sentence.split_whitespace();
    let verb = words.next().is_some_and(|it| VERBS.contains(&it));
    verb && words.next().is_some_and(|it| OBJECTS.contains(&it))
}
