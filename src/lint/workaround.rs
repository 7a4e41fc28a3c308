//! A criterion in, what it says of a way around the fault out.

use super::prose;

/// What a criterion says of a way around the fault.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Workaround {
    /// There is none.
    None,
    /// There is one.
    Some,
    /// It says nothing of it, or leaves both open.
    Unsaid,
}

/// Words around a workaround that leave both open.
const OPEN: [&str; 14] = [
    "may",
    "might",
    "whether",
    "regardless",
    "or",
    "even",
    "only",
    "partial",
    "painful",
    "cumbersome",
    "unacceptable",
    "insufficient",
    "limited",
    "else",
];

/// What the part of a text says that speaks of a workaround.
pub(super) fn workaround(text: &str) -> Workaround {
    let parts = text.split([';', '.']).map(said);
    parts
        .into_iter()
        .find(|it| *it != Workaround::Unsaid)
        .unwrap_or(Workaround::Unsaid)
}

fn said(text: &str) -> Workaround {
    let words = prose::words(text);
    let is_it = |at: usize| {
        let (word, next) = (
            &*words[at].small,
            words.get(at + 1).map_or("", |it| &*it.small),
        );
        ["workaround", "work-around"]
            .iter()
            .any(|it| word.starts_with(it))
            || word == "work" && next == "around"
    };
    let Some(at) = (0..words.len()).find(|it| is_it(*it)) else {
        return Workaround::Unsaid;
    };
    let near = &words[at.saturating_sub(6)..(at + 6).min(words.len())];
    let before = &words[at.saturating_sub(4)..at];
    let is_none = before
        .iter()
        .any(|it| matches!(&*it.small, "no" | "without" | "lack" | "lacks" | "lacking"))
        || words[at..(at + 4).min(words.len())].iter().any(|it| {
            matches!(
                &*it.small,
                "not" | "unavailable" | "impossible" | "doesn't" | "isn't"
            )
        });
    let is_needless = near
        .iter()
        .any(|it| it.small.starts_with("need") || it.small.starts_with("requir"));
    match is_none {
        _ if is_needless || near.iter().any(|it| OPEN.contains(&&*it.small)) => Workaround::Unsaid,
        true => Workaround::None,
        false => Workaround::Some,
    }
}
