//! Words behind a number in, the things that it counts out.

use super::amount::Cursor;
use super::words::Kind;

/// The things that a number counts: up to three words of which the last is a plural, or one thing by
/// its name.
pub(super) fn noun_at<'words, 'text>(
    start: Cursor<'words, 'text>,
) -> Option<(String, Cursor<'words, 'text>)> {
    let mut noun = String::new();
    for count in 0..4 {
        let word = start.peek(count)?;
        let describes =
            count == 0 && word.among(&["failed", "failing", "lost", "blocked", "degraded"]);
        if word.kind != Kind::Letters || word.among(STOPS) && !describes {
            return None;
        }
        if word.text.starts_with(|it: char| it.is_ascii_uppercase()) && word.text.contains('-') {
            return None;
        }
        if !DETERMINERS.iter().any(|it| word.is(it)) {
            if !noun.is_empty() {
                noun.push(' ');
            }
            noun.push_str(&word.text.to_lowercase());
        }
        let counts = THINGS.iter().any(|it| word.is(it)) || looks_plural(word.text);
        if counts {
            return Some((plural(&noun), start.skip(count + 1)));
        }
    }
    None
}

/// Whether a word has the ending of a plural.
pub(super) fn looks_plural(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.len() > 3
        && lower.ends_with('s')
        && !["ss", "us", "is"].iter().any(|it| lower.ends_with(it))
}

/// The plural of the last word of a phrase: `affected user` and `affected users` are one name.
pub(super) fn plural(phrase: &str) -> String {
    let irregular = [
        ("person", "people"),
        ("persons", "people"),
        ("individual", "people"),
        ("individuals", "people"),
        ("user base", "users"),
        ("userbase", "users"),
        ("customer base", "customers"),
        ("traffic", "traffic"),
        ("revenue", "revenue"),
        ("capacity", "capacity"),
        ("staff", "staff"),
        ("people", "people"),
        ("functionality", "functionality"),
        ("data", "data"),
        ("content", "content"),
        ("nutzer", "nutzer"),
        ("kunden", "kunden"),
    ];
    for (one, many) in irregular {
        if let Some(head) = phrase.strip_suffix(one) {
            return format!("{head}{many}");
        }
    }
    match phrase.chars().last() {
        Some('s') | None => phrase.to_owned(),
        Some('y') if !phrase.ends_with("ay") && !phrase.ends_with("ey") => {
            format!("{}ies", &phrase[..phrase.len() - 1])
        }
        Some('x' | 'h') => format!("{phrase}es"),
        Some(_) => format!("{phrase}s"),
    }
}

/// Words that do not tell one population from another.
pub(super) const DETERMINERS: &[&str] = &[
    "the",
    "all",
    "our",
    "your",
    "their",
    "any",
    "total",
    "overall",
    "affected",
    "impacted",
    "different",
    "distinct",
    "unique",
    "of",
    "these",
    "reported",
    "der",
    "aller",
    "unserer",
    "des",
    "de",
    "los",
    "nos",
];

/// Words at which the name of a counted thing has ended.
pub(super) const STOPS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "have",
    "had",
    "having",
    "can",
    "cannot",
    "can't",
    "could",
    "will",
    "would",
    "may",
    "might",
    "must",
    "should",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "to",
    "with",
    "within",
    "without",
    "into",
    "via",
    "per",
    "over",
    "under",
    "across",
    "during",
    "until",
    "after",
    "before",
    "than",
    "that",
    "which",
    "who",
    "whose",
    "when",
    "where",
    "while",
    "if",
    "but",
    "and",
    "as",
    "due",
    "not",
    "no",
    "unable",
    "fail",
    "fails",
    "failing",
    "failed",
    "seeing",
    "see",
    "sees",
    "experience",
    "experiences",
    "experiencing",
    "report",
    "reporting",
    "receive",
    "receiving",
    "returning",
    "return",
    "stay",
    "stays",
    "remain",
    "remains",
    "get",
    "gets",
    "lose",
    "losing",
    "lost",
    "down",
    "unavailable",
    "offline",
    "degraded",
    "slow",
    "blocked",
    "using",
    "attempting",
    "trying",
    "out",
    "exceeds",
    "exceed",
    "exceeding",
    "requires",
    "concerned",
    "end",
    "ends",
    "result",
    "results",
];

/// Things that policies count and whose name is no plural in `s`.
const THINGS: &[&str] = &[
    "user", "customer", "client", "account", "tenant", "person", "people", "region", "zone",
    "node", "host", "server", "request", "ticket", "staff", "site", "service", "system", "device",
    "endpoint", "team", "traffic",
];
