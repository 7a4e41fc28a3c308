//! Something that is said to decide the severity and appears in no criterion.

use std::ops::Range;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::BlockKind;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/unused-factor",
    "HB636",
    Level::Warn,
    Group::Recommended,
    "a page says that the severity depends on something that it names nowhere else",
    include_str!("unused_factor.md"),
);

/// What is decided.
const DECIDED: [&str; 5] = ["severit", "priorit", "level", "classif", "categor"];
/// What comes before the list of what decides it.
const BASES: [&str; 9] = [
    "based on",
    "determined by",
    "depends on",
    "depending on",
    "according to",
    "derived from",
    "function of",
    "by considering",
    "assessed on",
];
/// Words that stand before a factor and are no part of it.
const ARTICLES: [&str; 14] = [
    "the",
    "their",
    "its",
    "a",
    "an",
    "both",
    "how",
    "of",
    "combination",
    "following",
    "factors",
    "level",
    "overall",
    "and",
];

/// Reads the sentences of the pages that state a policy.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let policy_file = subject.scale_span().map(|it| it.file);
    let pages = subject
        .handbook
        .pages
        .iter()
        .filter(|it| Some(&it.file) == policy_file.as_ref());
    for page in pages {
        let document = page.document();
        for block in document
            .blocks
            .iter()
            .filter(|it| it.kind == BlockKind::Paragraph && !it.is_quoted)
        {
            let words = document.words(block.text);
            let Some(list) = factors(words) else {
                continue;
            };
            let rest = document.blocks.iter().filter(|it| it.text != block.text);
            let rest: String = rest
                .map(|it| document.words(it.text).to_lowercase() + "\n")
                .collect();
            let unused: Vec<&Range<usize>> = list
                .iter()
                .filter(|it| {
                    !words[(*it).clone()]
                        .split_whitespace()
                        .any(|it| rest.contains(&stem(it)))
                })
                .collect();
            let Some(first) = unused.first() else {
                continue;
            };
            let names: Vec<String> = unused
                .iter()
                .map(|it| format!("`{}`", &words[(*it).clone()]))
                .collect();
            findings.push(
                RULE.at(
                    format!("{} is said to decide and is named nowhere else", names.join(", ")),
                    &document.span_of(block.text.within((*first).clone())),
                )
                .why("people look for it in the definitions, and decide by feeling when they do not find it")
                .help("say in the definitions how it counts, or leave it out here"),
            );
        }
    }
}

/// The things of a sentence such as `Priority is based on impact, urgency and cost`; at least two.
fn factors(words: &str) -> Option<Vec<Range<usize>>> {
    let lower = words.to_lowercase();
    if lower.len() != words.len() {
        return None;
    }
    let (at, base) = BASES.iter().find_map(|it| Some((lower.find(it)?, it)))?;
    let before = lower[..at]
        .rsplit(['.', '!', '?'])
        .next()
        .unwrap_or_default();
    if !DECIDED.iter().any(|it| before.contains(it)) {
        return None;
    }
    let start = at + base.len();
    let end = lower[start..]
        .find(['.', ';', ':', '\n', '('])
        .map_or(lower.len(), |it| start + it);
    let mut found = Vec::new();
    let mut from = start;
    let cuts = lower[start..end]
        .match_indices([',', '/'])
        .map(|(it, sign)| (start + it, sign.len()));
    let joints = lower[start..end]
        .match_indices(" and ")
        .map(|(it, sign)| (start + it, sign.len()));
    let mut cuts: Vec<(usize, usize)> = cuts.chain(joints).chain([(end, 0)]).collect();
    cuts.sort_unstable();
    for (cut, length) in cuts {
        if cut < from {
            continue;
        }
        found.extend(factor(&lower, from..cut));
        from = cut + length;
    }
    let all_short = found
        .iter()
        .all(|it| lower[it.clone()].split_whitespace().count() <= 2);
    (found.len() >= 2 && all_short).then_some(found)
}

/// The words of a factor without those before it.
fn factor(lower: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut start = range.start;
    loop {
        let rest = &lower[start..range.end];
        start += rest.len() - rest.trim_start().len();
        let word = lower[start..range.end].split_whitespace().next()?;
        if !ARTICLES.contains(&word) {
            break;
        }
        start += word.len();
    }
    let end = start + lower[start..range.end].trim_end().len();
    (end > start).then_some(start..end)
}

/// The start of a word: what other forms of it share.
fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    let word = word.trim_end_matches("ity").trim_end_matches('s');
    word.chars().take(6).collect()
}
