//! The keys of triggers and definitions.

use super::{id, key, needed, shape, short};
use crate::book::policy::shape::{Kind, Shape};

pub(in crate::book::policy) static TRIGGERS: Shape = shape(
    "the triggers",
    &[
        key(
            "command",
            Kind::Text,
            "The command that starts the response.",
        ),
        key("channel", Kind::Text, "Where the command is given."),
        key("phone", Kind::Text, "The number to call when chat is down."),
        key("fallback", Kind::Text, "What else to do when chat is down."),
        key("unsure", Kind::Text, "What to do when in doubt."),
        key(
            "questions",
            Kind::Many(&QUESTION),
            "Questions, one wrong answer to which starts the response.",
        ),
        key("monitors", Kind::Many(&MONITOR), "Alerts that start it."),
        key("people", Kind::Many(&STARTER), "People who may start it."),
    ],
);

pub(in crate::book::policy) static QUESTION: Shape = short(
    "a question",
    "ask",
    &[
        needed("ask", Kind::Text, "The question, answered by yes or no."),
        key(
            "trigger_on",
            Kind::Flag,
            "The answer that starts the response.",
        ),
        key(
            "at_least",
            Kind::Text,
            "The mildest severity that it then is.",
        ),
        key("measured_by", Kind::Text, "How the answer is measured."),
        key("metric", Kind::Text, "The metric that answers it."),
    ],
);

pub(in crate::book::policy) static MONITOR: Shape = short(
    "a monitor",
    "alert",
    &[
        needed("alert", Kind::Text, "The name of the alert."),
        key("rules", Kind::Text, "The file that holds its rule."),
        key("metric", Kind::Text, "The metric that it watches."),
        key("severity", Kind::Text, "The severity that it starts with."),
        key("means", Kind::Text, "What it means."),
        key("link", Kind::Text, "Where to see it."),
    ],
);

pub(in crate::book::policy) static STARTER: Shape = short(
    "people who may start a response",
    "who",
    &[
        needed("who", Kind::Text, "Who."),
        key("when", Kind::Text, "When."),
        key("how", Kind::Text, "How: the command, or words."),
        key("channel", Kind::Text, "Where."),
    ],
);

pub(in crate::book::policy) static DEFINITION: Shape = short(
    "a definition",
    "means",
    &[
        id(),
        key(
            "term",
            Kind::Text,
            "The term; the name of the entry where it is left out.",
        ),
        key("aliases", Kind::Texts, "Other words for it."),
        key(
            "short_for",
            Kind::Text,
            "What the letters of an acronym stand for.",
        ),
        key("means", Kind::Text, "What it means.").also(&["definition", "meaning"]),
        key("number", Kind::Text, "The number that the term stands for."),
        key("see", Kind::Texts, "Where to read more."),
    ],
);
