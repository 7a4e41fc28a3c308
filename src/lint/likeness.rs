//! Words in, what they say out, for rules that look for the same said twice.

use std::collections::BTreeSet;

/// Words that say the same about a service; the first stands for all.
const SAME: [&[&str]; 6] = [
    &[
        "down",
        "unavailable",
        "inaccessible",
        "offline",
        "unreachable",
        "outage",
    ],
    &[
        "users",
        "user",
        "customers",
        "customer",
        "clients",
        "client",
    ],
    &["slow", "slowly", "sluggish"],
    &["lost", "loss", "losing"],
    &["some", "subset", "portion", "fraction", "certain"],
    &["services", "service"],
];
/// Words that tie others together and say nothing themselves.
const TIES: [&str; 28] = [
    "a", "an", "the", "is", "are", "was", "be", "being", "been", "to", "for", "of", "in", "on",
    "by", "or", "and", "has", "have", "either", "its", "their", "there", "which", "that", "this",
    "any", "with",
];

/// The words of a text that say something, in small letters, each by the first of those that say the same.
pub(super) fn meaning(text: &str) -> BTreeSet<String> {
    let words = text
        .split(|it: char| !it.is_alphanumeric())
        .map(str::to_lowercase);
    let words = words.filter(|it| !it.is_empty() && !TIES.contains(&it.as_str()));
    let meant = |word: String| {
        SAME.iter()
            .find(|it| it.contains(&word.as_str()))
            .map_or(word, |it| it[0].to_owned())
    };
    words.map(meant).collect()
}

/// Letters and digits alone, in small letters.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
