//! The keys of what must be done.

use super::{key, needed, shape, short};
use crate::book::policy::shape::{Kind, Shape};

pub(in crate::book::policy) static RESPONSE: Shape = shape(
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

pub(in crate::book::policy) static PAGE: Shape = short(
    "a call for people",
    "who",
    &[
        key("who", Kind::Texts, "Responders, by id."),
        key("urgency", Kind::Text, "How loudly, such as high."),
        key("hours", Kind::Text, "When: always, or a calendar."),
    ],
);

pub(in crate::book::policy) static TARGET: Shape = short(
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

pub(in crate::book::policy) static ROLES: Shape = short(
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

pub(in crate::book::policy) static REVIEW: Shape = short(
    "the review of an incident",
    "within",
    &[
        key("required", Kind::Flag, "Whether there has to be one."),
        key("within", Kind::One(&TARGET), "By when."),
    ],
);
