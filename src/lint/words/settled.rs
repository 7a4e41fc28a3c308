//! A vague word with its neighbors in, whether they settle it out.

use std::ops::Range;

use super::lexicon::Kind;
use super::token::Token;

/// Whether the words around a vague one leave nothing open: `no degradation`, `may or may not`, `the most common`,
/// `exposed or possibly exposed`, `possible/confirmed`.
pub(super) fn is_settled(tokens: &[Token], at: &Range<usize>, kind: Kind) -> bool {
    let text = |index: usize| tokens.get(index).map_or("", |it| it.text.as_str());
    let word = text(at.start);
    let before = |count: usize| {
        tokens[at.start.saturating_sub(count)..at.start]
            .iter()
            .map(|it| it.text.as_str())
    };
    let is_negated = |count: usize| before(count).any(|it| NEGATIONS.contains(&it));
    match kind {
        Kind::Likelihood => {
            let or_not = text(at.end) == "or" && text(at.end + 1) == word;
            let or_so =
                before(2).eq(["or", "may"]) || before(1).eq(["or"]) && text(at.end) == "not";
            let is_again = at.start >= 2
                && text(at.start - 1) == "or"
                && share_stem(text(at.start - 2), text(at.end));
            let is_both = CERTAIN.contains(&text(at.end))
                || at.start > 0 && CERTAIN.contains(&text(at.start - 1));
            let is_excluded = word == "possible" && is_negated(4);
            or_not || or_so || is_again || is_both || is_excluded
        }
        Kind::Haste | Kind::Time => is_negated(1),
        Kind::Degree => STATES.contains(&word) && is_negated(2),
        Kind::Quantity => word == "most" && before(1).any(|it| matches!(it, "the" | "be")),
        _ => false,
    }
}

/// What says that something is not so.
const NEGATIONS: [&str; 12] = [
    "no", "not", "without", "zero", "never", "cannot", "kein", "keine", "nicht", "pas", "aucune",
    "sin",
];

/// What is sure, beside what is only possible.
const CERTAIN: [&str; 5] = ["confirmed", "actual", "known", "verified", "proven"];

/// What is there or is not.
const STATES: [&str; 6] = [
    "degradation",
    "impairment",
    "disruption",
    "inconvenience",
    "interruption",
    "slowdown",
];

/// Whether two words start alike: `exposure`, `exposed`.
fn share_stem(one: &str, other: &str) -> bool {
    const LENGTH: usize = 5;
    let stem = one.get(..LENGTH);
    stem.is_some() && stem == other.get(..LENGTH)
}
