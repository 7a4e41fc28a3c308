//! The keys of criteria.

use super::{key, needed, shape};
use crate::book::policy::shape::{Key, Kind, Shape, Union};

pub(in crate::book::policy) static CRITERIA: Union = Union {
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

pub(in crate::book::policy) static ANY_OF: Shape = shape(
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

pub(in crate::book::policy) static ALL_OF: Shape = shape(
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

pub(in crate::book::policy) static SOME_OF: Shape = shape(
    "a test that so many of several hold",
    &[
        needed("at_least", Kind::Whole(1, 1000), "How many have to hold."),
        key("of", Kind::Unions(&CRITERIA), "Of which."),
        words(),
    ],
);

pub(in crate::book::policy) static NOT: Shape = shape(
    "a test that something does not hold",
    &[
        key("not", Kind::Union(&CRITERIA), "This does not hold."),
        words(),
    ],
);

pub(in crate::book::policy) const BETWEEN: Kind = Kind::Pair(&Kind::Union(&THRESHOLD));

pub(in crate::book::policy) const CLOSED: &[&str] = &["lower", "upper", "both", "neither"];

pub(in crate::book::policy) static COMPARISON: Shape = Shape {
    some_of: &[
        "at_least", "above", "at_most", "below", "exactly", "between",
    ],
    never_both: &[
        ["at_least", "above"],
        ["at_least", "exactly"],
        ["at_least", "between"],
        ["above", "exactly"],
        ["above", "between"],
        ["at_most", "below"],
        ["at_most", "exactly"],
        ["at_most", "between"],
        ["below", "exactly"],
        ["below", "between"],
        ["exactly", "between"],
    ],
    ..shape(
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
    )
};

pub(in crate::book::policy) static THRESHOLD: Union = Union {
    what: "a threshold",
    choices: &[
        ("times", &RELATIVE),
        ("min_of", &MIN_OF),
        ("max_of", &MAX_OF),
    ],
    scalar: Some(Kind::Amount),
    list: false,
};

pub(in crate::book::policy) static RELATIVE: Shape = shape(
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

pub(in crate::book::policy) static MIN_OF: Shape = shape(
    "the smallest of several thresholds",
    &[key(
        "min_of",
        Kind::Unions(&THRESHOLD),
        "The smallest of these.",
    )],
);

pub(in crate::book::policy) static MAX_OF: Shape = shape(
    "the largest of several thresholds",
    &[key(
        "max_of",
        Kind::Unions(&THRESHOLD),
        "The largest of these.",
    )],
);

pub(in crate::book::policy) static CONDITION_TEST: Shape = shape(
    "a test of a condition",
    &[
        key("condition", Kind::Text, "The condition, by id."),
        words(),
    ],
);

pub(in crate::book::policy) static BECOMING_TEST: Shape = shape(
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

pub(in crate::book::policy) static RECURS_TEST: Shape = shape(
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

pub(in crate::book::policy) static JUDGEMENT_TEST: Shape = shape(
    "a test by judgement",
    &[
        key("judgement", Kind::Text, "What somebody decides."),
        key("by", Kind::Text, "Who decides."),
        words(),
    ],
);

pub(in crate::book::policy) static TEXT_TEST: Shape = shape(
    "a test in words",
    &[
        key("text", Kind::Text, "Words that no program can decide."),
        words(),
    ],
);
