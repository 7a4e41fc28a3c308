//! The keys of policy files: the one list that is checked against, decoded by and shown to editors.

pub(super) mod adjust;
pub(super) mod criteria;
pub(super) mod response;
pub(super) mod trigger;

use self::adjust::{CHANGES, ESCALATION, MATRIX, MODIFIER, VARIANT};
use self::criteria::CRITERIA;
use self::response::RESPONSE;
use self::trigger::{DEFINITION, TRIGGERS};
use super::shape::{Key, Kind, Shape};
use crate::policy::metric::Unit;

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key {
        name,
        also: &[],
        kind,
        needed: false,
        about,
    }
}

const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key {
        needed: true,
        ..key(name, kind, about)
    }
}

impl Key {
    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }
}

const fn shape(what: &'static str, keys: &'static [Key]) -> Shape {
    Shape {
        what,
        short: None,
        one_of: &[],
        some_of: &[],
        never_both: &[],
        keys,
    }
}

const fn short(what: &'static str, short: &'static str, keys: &'static [Key]) -> Shape {
    Shape {
        short: Some(short),
        ..shape(what, keys)
    }
}

const fn id() -> Key {
    key(
        "id",
        Kind::Text,
        "The one name that everything else refers to.",
    )
}

/// Everything that may stand at the top of a policy file; each file holds what it likes.
pub(in crate::book::policy) static POLICY: Shape = shape(
    "a policy",
    &[
        key("handbook", Kind::Version, "The version of this format: 1."),
        key(
            "scale",
            Kind::One(&SCALE),
            "What holds for all severities together.",
        ),
        key(
            "calendars",
            Kind::Named(&CALENDAR),
            "Working hours, for targets in business time.",
        ),
        key(
            "responders",
            Kind::Named(&RESPONDER),
            "Who is called, and how.",
        ),
        key("metrics", Kind::Named(&METRIC), "What is measured."),
        key(
            "conditions",
            Kind::Named(&CONDITION),
            "Yes-or-no questions.",
        ),
        key(
            "severities",
            Kind::Named(&SEVERITY),
            "The severities: what they are, when they hold, what must be done.",
        ),
        key(
            "matrix",
            Kind::One(&MATRIX),
            "A grid that gives the severity, such as impact and urgency.",
        ),
        key(
            "modifiers",
            Kind::Many(&MODIFIER),
            "What moves a severity after it was found.",
        ),
        key(
            "escalate",
            Kind::Many(&ESCALATION),
            "What makes an incident worse as time passes.",
        ),
        key(
            "changes",
            Kind::One(&CHANGES),
            "Who may change the severity of an incident.",
        ),
        key(
            "variants",
            Kind::Named(&VARIANT),
            "Products or plans with other numbers.",
        ),
        key(
            "triggers",
            Kind::One(&TRIGGERS),
            "What starts the response.",
        ),
        key(
            "definitions",
            Kind::Named(&DEFINITION),
            "Terms and what they mean.",
        ),
    ],
);

pub(in crate::book::policy) const DIRECTIONS: &[&str] = &[
    "lower_is_worse",
    "higher_is_worse",
    "worst_first",
    "worst_last",
];

pub(in crate::book::policy) static SCALE: Shape = shape(
    "the scale",
    &[
        key(
            "direction",
            Kind::Word(DIRECTIONS),
            "Which severity is the worse: by the number in the id, or by the order written.",
        ),
        key(
            "when_unsure",
            Kind::Word(&["higher", "lower"]),
            "Which severity to assume while facts are missing.",
        ),
        key(
            "default",
            Kind::Text,
            "The severity when nothing matches; `none` means that it is no incident.",
        ),
        key(
            "major",
            Kind::One(&MAJOR),
            "From where on an incident is a major one.",
        ),
        key("owner", Kind::Text, "Who answers for the policy."),
        key(
            "review",
            Kind::One(&SCALE_REVIEW),
            "When the policy was read through last, and how often that is due.",
        ),
    ],
);

pub(in crate::book::policy) static MAJOR: Shape = short(
    "the major-incident line",
    "at_or_above",
    &[
        key(
            "at_or_above",
            Kind::Text,
            "The mildest severity that is always major.",
        ),
        key(
            "also",
            Kind::Texts,
            "Conditions that make any incident major.",
        ),
    ],
);

pub(in crate::book::policy) static SCALE_REVIEW: Shape = shape(
    "the review of the policy",
    &[
        key("last", Kind::Date, "The day of the last review."),
        key("every", Kind::Time, "The longest time between two reviews."),
    ],
);

pub(in crate::book::policy) const DAYS: &[&str] =
    &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(in crate::book::policy) static CALENDAR: Shape = shape(
    "a calendar",
    &[
        id(),
        key(
            "title",
            Kind::Text,
            "What people call these hours, such as office hours.",
        ),
        key(
            "days",
            Kind::Texts,
            "The days of the week that count: mon, tue, …",
        ),
        key(
            "hours",
            Kind::Hours,
            "The hours that count, such as 09:00-17:00.",
        ),
        key("zone", Kind::Text, "The time zone, such as Europe/London."),
        key(
            "holidays",
            Kind::Texts,
            "Days that do not count, such as 2026-12-25.",
        ),
    ],
);

pub(in crate::book::policy) static RESPONDER: Shape = short(
    "a responder",
    "title",
    &[
        id(),
        key("title", Kind::Text, "What people call them."),
        key("page", Kind::Text, "The command that pages them."),
        key(
            "phone",
            Kind::Text,
            "A telephone number, for when chat is down.",
        ),
        key("schedule", Kind::Text, "Where to see who it is now."),
        key("duty", Kind::Text, "What they do.").also(&["description"]),
    ],
);

const UNITS: &[&str] = &{
    let mut names = [""; Unit::ALL.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = Unit::ALL[index].0;
        index += 1;
    }
    names
};

pub(in crate::book::policy) static METRIC: Shape = shape(
    "a metric",
    &[
        id(),
        key("title", Kind::Text, "What people call it."),
        key("unit", Kind::Word(UNITS), "What kind of number it is."),
        key("population", Kind::Text, "Of what it is a part or a count."),
        key(
            "window",
            Kind::Time,
            "The time over which the number is computed.",
        ),
        key(
            "statistic",
            Kind::Statistic,
            "How many numbers become one: ratio, sum, mean, p90, p99, max, …",
        ),
        key(
            "worse",
            Kind::Word(&["higher", "lower"]),
            "Which way is bad.",
        ),
        key(
            "dimension",
            Kind::Text,
            "What it is about, such as scope, performance or data.",
        ),
        key(
            "source",
            Kind::Table,
            "Where the number is to be had: promql, dashboard, …",
        ),
        key(
            "if_unknown",
            Kind::Text,
            "What to do where the number cannot be had.",
        ),
    ],
);

pub(in crate::book::policy) static CONDITION: Shape = short(
    "a condition",
    "ask",
    &[
        id(),
        key("ask", Kind::Text, "The question, answered by yes or no."),
        key(
            "unknown",
            Kind::Flag,
            "What an open answer is taken for when in doubt.",
        ),
        key(
            "dimension",
            Kind::Text,
            "What it is about, such as security or data.",
        ),
    ],
);

pub(in crate::book::policy) static SEVERITY: Shape = shape(
    "a severity",
    &[
        id(),
        key("name", Kind::Text, "A word for people, such as Critical."),
        key("aliases", Kind::Texts, "Other names, such as P1."),
        key(
            "kind",
            Kind::Word(&["incident", "info", "maintenance", "gameday"]),
            "What it is, where it is no incident.",
        ),
        key("intent", Kind::Text, "What it is about, in one sentence."),
        key(
            "when",
            Kind::Union(&CRITERIA),
            "When an incident has this severity.",
        ),
        key("qualitative", Kind::Text, "Why no number is wanted."),
        key(
            "examples",
            Kind::Many(&EXAMPLE),
            "Cases of this severity; those with facts are tested.",
        ),
        key("response", Kind::One(&RESPONSE), "What must be done."),
        key(
            "maps",
            Kind::Table,
            "What other programs call it: pagerduty, statuspage, …",
        ),
    ],
);

pub(in crate::book::policy) static EXAMPLE: Shape = short(
    "an example",
    "text",
    &[
        key("text", Kind::Text, "What happened."),
        key(
            "facts",
            Kind::Facts,
            "What is known: values of metrics, answers to conditions, `lasting`.",
        ),
    ],
);

/// The value of one metric among the facts of an example.
pub(in crate::book::policy) static READING: Shape = short(
    "the value of a metric",
    "is",
    &[
        needed("is", Kind::Amount, "The value."),
        key("for", Kind::Time, "How long the metric has had it."),
    ],
);
