//! The keys of policy files: the one list that is checked against, decoded by and shown to editors.

use super::shape::{Key, Kind, Shape, Union};
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
pub(super) static POLICY: Shape = shape(
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

pub(super) const DIRECTIONS: &[&str] = &[
    "lower_is_worse",
    "higher_is_worse",
    "worst_first",
    "worst_last",
];

pub(super) static SCALE: Shape = shape(
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

pub(super) static MAJOR: Shape = short(
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

pub(super) static SCALE_REVIEW: Shape = shape(
    "the review of the policy",
    &[
        key("last", Kind::Date, "The day of the last review."),
        key("every", Kind::Time, "The longest time between two reviews."),
    ],
);

pub(super) const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(super) static CALENDAR: Shape = shape(
    "a calendar",
    &[
        id(),
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

pub(super) static RESPONDER: Shape = short(
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

pub(super) static METRIC: Shape = shape(
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

pub(super) static CONDITION: Shape = short(
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

pub(super) static SEVERITY: Shape = shape(
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

pub(super) static EXAMPLE: Shape = short(
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
pub(super) static READING: Shape = short(
    "the value of a metric",
    "is",
    &[
        needed("is", Kind::Amount, "The value."),
        key("for", Kind::Time, "How long the metric has had it."),
    ],
);

pub(super) static CRITERIA: Union = Union {
    what: "a test",
    choices: &[
        ("any_of", &ANY_OF),
        ("all_of", &ALL_OF),
        ("of", &SOME_OF),
        ("not", &NOT),
        ("metric", &COMPARISON),
        ("condition", &CONDITION_TEST),
        ("becoming", &BECOMING_TEST),
        ("recurs", &RECURS_TEST),
        ("judgement", &JUDGEMENT_TEST),
        ("text", &TEXT_TEST),
    ],
    scalar: Some(Kind::Text),
    list: true,
};

const fn words() -> Key {
    key(
        "words",
        Kind::Text,
        "The same in a sentence, shown in place of the test.",
    )
    .also(&["note"])
}

static ANY_OF: Shape = shape(
    "a test that any of several holds",
    &[
        key(
            "any_of",
            Kind::Unions(&CRITERIA),
            "At least one of these holds.",
        ),
        words(),
    ],
);

static ALL_OF: Shape = shape(
    "a test that all of several hold",
    &[
        key(
            "all_of",
            Kind::Unions(&CRITERIA),
            "Every one of these holds.",
        ),
        words(),
    ],
);

static SOME_OF: Shape = shape(
    "a test that so many of several hold",
    &[
        needed("at_least", Kind::Whole(1, 1000), "How many have to hold."),
        key("of", Kind::Unions(&CRITERIA), "Of which."),
        words(),
    ],
);

static NOT: Shape = shape(
    "a test that something does not hold",
    &[
        key("not", Kind::Union(&CRITERIA), "This does not hold."),
        words(),
    ],
);

pub(super) const BETWEEN: Kind = Kind::Pair(&Kind::Union(&THRESHOLD));
pub(super) const CLOSED: &[&str] = &["lower", "upper", "both", "neither"];

pub(super) static COMPARISON: Shape = shape(
    "a test of a metric",
    &[
        key("metric", Kind::Text, "The metric, by id."),
        key("at_least", Kind::Union(&THRESHOLD), "This much or more."),
        key("above", Kind::Union(&THRESHOLD), "More than this."),
        key("at_most", Kind::Union(&THRESHOLD), "This much or less."),
        key("below", Kind::Union(&THRESHOLD), "Less than this."),
        key("exactly", Kind::Union(&THRESHOLD), "This much."),
        key(
            "between",
            BETWEEN,
            "From the first to below the second; `closed` may say otherwise.",
        ),
        key(
            "closed",
            Kind::Word(CLOSED),
            "Which ends of `between` belong to it; `lower` unless stated.",
        ),
        key("for", Kind::Time, "How long the value has to stay there."),
        words(),
    ],
);

pub(super) static THRESHOLD: Union = Union {
    what: "a threshold",
    choices: &[
        ("times", &RELATIVE),
        ("min_of", &MIN_OF),
        ("max_of", &MAX_OF),
    ],
    scalar: Some(Kind::Amount),
    list: false,
};

pub(super) static RELATIVE: Shape = shape(
    "a threshold that depends on another value",
    &[
        key("times", Kind::Amount, "How many times the other value."),
        needed(
            "of",
            Kind::Text,
            "The other value: a metric, or the name of a baseline.",
        ),
    ],
);

pub(super) static MIN_OF: Shape = shape(
    "the smallest of several thresholds",
    &[key(
        "min_of",
        Kind::Unions(&THRESHOLD),
        "The smallest of these.",
    )],
);

pub(super) static MAX_OF: Shape = shape(
    "the largest of several thresholds",
    &[key(
        "max_of",
        Kind::Unions(&THRESHOLD),
        "The largest of these.",
    )],
);

static CONDITION_TEST: Shape = shape(
    "a test of a condition",
    &[
        key("condition", Kind::Text, "The condition, by id."),
        words(),
    ],
);

static BECOMING_TEST: Shape = shape(
    "a test of what may come",
    &[
        key(
            "becoming",
            Kind::Text,
            "The severity that it is likely to become.",
        ),
        key("within", Kind::Time, "In which time."),
        words(),
    ],
);

static RECURS_TEST: Shape = shape(
    "a test of repetition",
    &[
        key(
            "recurs",
            Kind::Whole(2, 1_000_000),
            "The same happens so many times, the first included.",
        ),
        key("within", Kind::Time, "In which time."),
        key("same", Kind::Text, "What is the same, such as cause."),
        words(),
    ],
);

static JUDGEMENT_TEST: Shape = shape(
    "a test by judgement",
    &[
        key("judgement", Kind::Text, "What somebody decides."),
        key("by", Kind::Text, "Who decides."),
        words(),
    ],
);

static TEXT_TEST: Shape = shape(
    "a test in words",
    &[
        key("text", Kind::Text, "Words that no program can decide."),
        words(),
    ],
);

pub(super) static RESPONSE: Shape = shape(
    "a response",
    &[
        key("page", Kind::One(&PAGE), "Who is called, and how loudly."),
        key(
            "ack",
            Kind::One(&TARGET),
            "The time until somebody says that they have seen it.",
        ),
        key(
            "engage",
            Kind::One(&TARGET),
            "The time until somebody works on it.",
        ),
        key(
            "mitigate",
            Kind::One(&TARGET),
            "The time until users no longer feel it.",
        ),
        key("resolve", Kind::One(&TARGET), "The time until it is over."),
        key(
            "updates",
            Kind::Named(&TARGET),
            "How often each audience hears: internal, executives, public, …",
        ),
        key(
            "first_public_update",
            Kind::One(&TARGET),
            "The time until the public hears for the first time.",
        ),
        key("roles", Kind::One(&ROLES), "Which roles are filled."),
        key("authority", Kind::Text, "What may be done without asking."),
        key("actions", Kind::Texts, "What is done, in order."),
        key("links", Kind::Texts, "Pages to read."),
        key("review", Kind::One(&REVIEW), "What is learnt afterwards."),
        key("text", Kind::Texts, "Duties that are only words."),
    ],
);

pub(super) static PAGE: Shape = short(
    "a call for people",
    "who",
    &[
        key("who", Kind::Texts, "Responders, by id."),
        key("urgency", Kind::Text, "How loudly, such as high."),
        key("hours", Kind::Text, "When: always, or a calendar."),
    ],
);

pub(super) static TARGET: Shape = short(
    "a target",
    "time",
    &[
        needed(
            "time",
            Kind::Deadline,
            "How long at most: a time such as 15m or 1bd, `none`, or words.",
        ),
        key("calendar", Kind::Text, "The calendar whose hours count."),
    ],
);

pub(super) static ROLES: Shape = short(
    "the roles of a response",
    "required",
    &[
        key("required", Kind::Texts, "Roles that are always filled."),
        key(
            "on_demand",
            Kind::Texts,
            "Roles that are filled where wanted.",
        ),
    ],
);

pub(super) static REVIEW: Shape = short(
    "the review of an incident",
    "within",
    &[
        key("required", Kind::Flag, "Whether there has to be one."),
        key("within", Kind::One(&TARGET), "By when."),
    ],
);

pub(super) static MATRIX: Shape = shape(
    "a matrix",
    &[
        needed(
            "axes",
            Kind::Named(&AXIS),
            "The axes, in the order in which cells are looked up.",
        ),
        needed(
            "cells",
            Kind::Cells,
            "What each combination of steps gives: steps inside each other, or a list in the order of the last axis.",
        ),
    ],
);

pub(super) static AXIS: Shape = shape(
    "an axis of the matrix",
    &[
        id(),
        key("title", Kind::Text, "What people call it."),
        key(
            "ask",
            Kind::Text,
            "The question whose answers are the steps.",
        ),
        key(
            "worst",
            Kind::Word(&["first", "last"]),
            "Whether the worst step stands first, as it does unless stated, or last.",
        ),
        needed("steps", Kind::Named(&STEP), "The steps, in order.").also(&["levels"]),
    ],
);

pub(super) static STEP: Shape = short(
    "a step of an axis",
    "id",
    &[
        id(),
        key("title", Kind::Text, "What people call it."),
        key("means", Kind::Text, "What it means."),
        key(
            "when",
            Kind::Union(&CRITERIA),
            "When it is reached; without it a person chooses.",
        ),
    ],
);

pub(super) static MODIFIER: Shape = Shape {
    one_of: &["floor", "cap", "raise_by", "lower_by"],
    ..shape(
        "a modifier",
        &[
            needed("when", Kind::Union(&CRITERIA), "When it applies."),
            key("floor", Kind::Text, "At least as bad as this severity."),
            key("cap", Kind::Text, "At most as bad as this severity."),
            key("raise_by", Kind::Whole(1, 9), "So many steps worse."),
            key("lower_by", Kind::Whole(1, 9), "So many steps milder."),
            key("text", Kind::Text, "Why.").also(&["why"]),
        ],
    )
};

pub(super) const STAGES: &[&str] = &["acknowledged", "engaged", "mitigated", "resolved"];

pub(super) static ESCALATION: Shape = shape(
    "an escalation",
    &[
        needed("from", Kind::Text, "The severity that an incident has."),
        needed("to", Kind::Text, "The severity that it gets."),
        needed("without", Kind::Word(STAGES), "What has not happened yet."),
        needed("after", Kind::One(&TARGET), "For how long it has not."),
        key("when", Kind::Union(&CRITERIA), "What else has to hold."),
    ],
);

pub(super) static CHANGES: Shape = shape(
    "the rules for changing a severity",
    &[
        key("raise", Kind::One(&CHANGE), "To a worse one."),
        key("lower", Kind::One(&CHANGE), "To a milder one."),
        key("text", Kind::Text, "Other words about it."),
    ],
);

pub(super) static CHANGE: Shape = short(
    "a change of severity",
    "who",
    &[
        key("who", Kind::Texts, "Who may do it."),
        key(
            "stable_for",
            Kind::Time,
            "How long the incident has to be stable first.",
        ),
    ],
);

pub(super) static VARIANT: Shape = shape(
    "a variant",
    &[
        id(),
        key("title", Kind::Text, "What people call it."),
        key("applies", Kind::Text, "For what it holds.").also(&["for"]),
        key("metrics", Kind::Named(&METRIC), "What differs in metrics."),
        key(
            "severities",
            Kind::Named(&VARIANT_SEVERITY),
            "What differs in severities.",
        ),
    ],
);

pub(super) static VARIANT_SEVERITY: Shape = shape(
    "a severity of a variant",
    &[
        id(),
        key(
            "when",
            Kind::Union(&CRITERIA),
            "Criteria in place of the policy's.",
        ),
        key(
            "response",
            Kind::One(&RESPONSE),
            "What differs in the response.",
        ),
    ],
);

pub(super) static TRIGGERS: Shape = shape(
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

pub(super) static QUESTION: Shape = short(
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

pub(super) static MONITOR: Shape = short(
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

pub(super) static STARTER: Shape = short(
    "people who may start a response",
    "who",
    &[
        needed("who", Kind::Text, "Who."),
        key("when", Kind::Text, "When."),
        key("how", Kind::Text, "How: the command, or words."),
        key("channel", Kind::Text, "Where."),
    ],
);

pub(super) static DEFINITION: Shape = short(
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
