//! A page that names a severity that does not exist.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::{self, Word};
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "term/unknown-severity",
    "HB401",
    Level::Error,
    Group::Recommended,
    "a page names a severity that the policy does not have",
    include_str!("unknown_severity.md"),
);

/// Looks for words that are built like the ids and aliases of the policy.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let names: BTreeSet<String> = subject.severity_names().map(prose::joined).collect();
    let prefixes: BTreeSet<String> = names
        .iter()
        .filter_map(|it| Some(numbered(it)?.0.to_owned()))
        .collect();
    if prefixes.is_empty() {
        return;
    }
    for (page, block, words) in subject.prose(may_be_numbered) {
        let text = page.document().words(block.text);
        for range in words
            .iter()
            .enumerate()
            .map(|(index, word)| whole(text, word, words.get(index + 1)))
        {
            let written = &text[range.clone()];
            let name = prose::joined(written);
            let name = name.strip_suffix('s').unwrap_or(&name);
            let Some((prefix, digits)) = numbered(name) else {
                continue;
            };
            let is_like = prefixes.contains(prefix) && is_name(written, prefix, digits);
            if !is_like || names.contains(name) {
                continue;
            }
            // `This is P5 in Bugzilla` speaks of the scale of another tool.
            let behind = text.get(range.end..).unwrap_or_default();
            let other = behind
                .strip_prefix(" in ")
                .is_some_and(|it| it.starts_with(char::is_uppercase));
            if other {
                continue;
            }
            let ids = subject
                .policy
                .severities
                .iter()
                .map(|it| format!("`{}`", it.id.value));
            let ids: Vec<String> = ids.collect();
            let span = page.document().span_of(block.text.within(range.clone()));
            findings.push(
                RULE.at(format!("there is no severity `{written}`"), &span)
                    .why("a reader looks for its rules, and there are none")
                    .help(format!("name one of {}", ids.join(", "))),
            );
        }
    }
}

fn may_be_numbered(text: &str) -> bool {
    text.bytes().any(|it| it.is_ascii_digit())
}

/// A word, and the number behind it where it is `Sev` or the like: `Sev 4` and `Severity 5` are names.
fn whole(text: &str, word: &Word<'_>, next: Option<&Word<'_>>) -> Range<usize> {
    let is_prefix = matches!(&*word.small, "sev" | "severity" | "priority" | "prio")
        && word.text.starts_with(char::is_uppercase);
    let number = next.filter(|it| {
        is_prefix && it.text.len() == 1 && it.text.starts_with(|it: char| it.is_ascii_digit())
    });
    let is_next = |it: &&Word<'_>| text[word.range.end..it.range.start].trim().is_empty();
    word.range.start
        ..number
            .filter(is_next)
            .map_or(word.range.end, |it| it.range.end)
}

/// The letters and the digits of `sev1`.
fn numbered(name: &str) -> Option<(&str, &str)> {
    let end = name.find(|it: char| it.is_ascii_digit())?;
    let (prefix, digits) = name.split_at(end);
    let is_whole = !prefix.is_empty() && digits.chars().all(|it| it.is_ascii_digit());
    is_whole.then_some((prefix, digits))
}

/// Whether a word is meant as a name. `P95` is a percentile and `S3` a product.
fn is_name(written: &str, prefix: &str, digits: &str) -> bool {
    let is_capital = written.starts_with(char::is_uppercase);
    match prefix.chars().count() {
        1 => is_capital && digits.len() == 1 && written != "S3",
        _ => digits.len() == 1,
    }
}
