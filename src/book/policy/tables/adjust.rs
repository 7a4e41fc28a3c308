//! The keys of what gives or moves a severity besides its criteria.

use super::criteria::CRITERIA;
use super::response::{RESPONSE, TARGET};
use super::{METRIC, id, key, needed, shape, short};
use crate::book::policy::shape::{Kind, Shape};

pub(in crate::book::policy) static MATRIX: Shape = shape(
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

pub(in crate::book::policy) static AXIS: Shape = shape(
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

pub(in crate::book::policy) static STEP: Shape = short(
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

pub(in crate::book::policy) static MODIFIER: Shape = Shape {
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

pub(in crate::book::policy) const STAGES: &[&str] =
    &["acknowledged", "engaged", "mitigated", "resolved"];

pub(in crate::book::policy) static ESCALATION: Shape = shape(
    "an escalation",
    &[
        needed("from", Kind::Text, "The severity that an incident has."),
        needed("to", Kind::Text, "The severity that it gets."),
        needed("without", Kind::Word(STAGES), "What has not happened yet."),
        needed("after", Kind::One(&TARGET), "For how long it has not."),
        key("when", Kind::Union(&CRITERIA), "What else has to hold."),
    ],
);

pub(in crate::book::policy) static CHANGES: Shape = shape(
    "the rules for changing a severity",
    &[
        key("raise", Kind::One(&CHANGE), "To a worse one."),
        key("lower", Kind::One(&CHANGE), "To a milder one."),
        key("text", Kind::Text, "Other words about it."),
    ],
);

pub(in crate::book::policy) static CHANGE: Shape = short(
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

pub(in crate::book::policy) static VARIANT: Shape = shape(
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

pub(in crate::book::policy) static VARIANT_SEVERITY: Shape = shape(
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
