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
        Kind::Haste | Kind::Time => {
            // `Immediately stops the till` says how it comes, and not how long it lasts.
            let next = text(at.end);
            let is_manner = word.ends_with("ly") && next.ends_with('s') && !next.ends_with("ss");
            is_manner || is_negated(1)
        }
        Kind::Degree => {
            // `Critical to the sale` says for what, and a critical alert is what its program calls so.
            let is_rated = word == "critical"
                && (text(at.end) == "to"
                    || (at.end..at.end + 2).any(|it| RATED.contains(&text(it)))
                    || before(2).any(|it| it.starts_with("escalat")));
            let is_like = before(1).eq(["as"]) && text(at.end) == "as";
            let is_thing = word == "material" && THING.contains(&text(at.end));
            let is_excluded = is_negated(6) && before(6).any(|it| LEADS.contains(&it));
            is_rated
                || is_like
                || is_thing
                || STATES.contains(&word) && (is_negated(2) || is_excluded)
        }
        Kind::Quantity => {
            // `Multiple user printer` is a kind of printer.
            let is_kind = word == "multiple" && text(at.end) == "user";
            is_kind || word == "most" && before(1).any(|it| matches!(it, "the" | "be"))
        }
        _ => false,
    }
}

/// The parts of a sentence that only show what is meant: `(for example: …)`, and the rest of a sentence behind `e.g.`.
pub(super) fn examples(sentence: &str) -> Vec<Range<usize>> {
    const STARTS: [&str; 6] = [
        "for example",
        "for instance",
        "e.g.",
        "e.g ",
        "such as",
        "example:",
    ];
    let lower = sentence.to_ascii_lowercase();
    let mut found = Vec::new();
    for start in STARTS {
        for (at, _) in lower.match_indices(start) {
            let before = lower[..at].trim_end();
            let is_bracketed = before.ends_with('(');
            if matches!(start, "such as" | "example:") && !is_bracketed {
                continue;
            }
            let behind = at + start.len();
            let end = if is_bracketed {
                lower[behind..].find(')')
            } else {
                lower[behind..].find(". ")
            };
            found.push(at..end.map_or(lower.len(), |it| behind + it));
        }
    }
    for (at, _) in lower.match_indices("an example ") {
        let start = lower[..at].rfind(". ").map_or(0, |it| it + 2);
        let end = lower[at..].find(". ").map_or(lower.len(), |it| at + it);
        found.push(start..end);
    }
    found
}

/// Whether brackets right behind a vague word say what it means: `degraded (looks only)`.
pub(super) fn is_explained(
    sentence: &str,
    word: &Range<usize>,
    found: &[(Range<usize>, Kind)],
    tokens: &[Token],
) -> bool {
    let behind = &sentence[word.end..];
    let inside = behind.trim_start_matches([' ', '*', '_']);
    let start = sentence.len() - inside.len() + 1;
    let Some(length) = inside.strip_prefix('(').and_then(|it| it.find(')')) else {
        return false;
    };
    let bracket = start..start + length;
    let is_open = |at: &Range<usize>| bracket.contains(&tokens[at.start].range.start);
    let is_vague = found.iter().any(|(at, kind)| {
        is_open(at) && (kind.is_vague() || matches!(kind, Kind::OpenList | Kind::Escape))
    });
    sentence[bracket.clone()].contains(char::is_alphabetic) && !is_vague
}

/// What programs and standards rate on scales of their own.
const RATED: [&str; 8] = [
    "alert",
    "alerts",
    "vulnerability",
    "vulnerabilities",
    "cve",
    "cves",
    "patch",
    "patches",
];

/// What ties a negation to all that follows: `does not lead to stops or degradation`.
const LEADS: [&str; 11] = [
    "lead",
    "leads",
    "leading",
    "cause",
    "causes",
    "causing",
    "result",
    "results",
    "involve",
    "involves",
    "involving",
];

/// What may follow where `material` is the thing itself.
const THING: [&str; 14] = [
    "", "is", "are", "was", "were", "from", "of", "on", "in", "at", "by", "has", "and", "or",
];

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
