//! A word for a severity that is the name of none.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::Word;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "term/unnamed-severity",
    "HB406",
    Level::Info,
    Group::Strict,
    "a page speaks of a severity by a word that is the name of none",
    include_str!("unnamed_severity.md"),
);

/// Words that people name severities by.
const NAMES: [&str; 15] = [
    "blocker",
    "critical",
    "urgent",
    "severe",
    "major",
    "high",
    "medium",
    "moderate",
    "normal",
    "minor",
    "low",
    "trivial",
    "non-critical",
    "non-severe",
    "non-urgent",
];

/// Looks for such a word before `severity` or `priority`, and quoted, where severities have words for names.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let names: Vec<String> = subject.severity_names().map(str::to_lowercase).collect();
    let known = |word: &str| {
        names.iter().any(|it| {
            it.split(|it: char| !it.is_alphanumeric() && it != '-')
                .any(|it| it == word)
        })
    };
    let matches = NAMES.iter().filter(|it| known(it)).count();
    let stated = subject.scale_span().map(|it| it.file);
    if matches < 2 || !subject.handbook.policy_files.is_empty() {
        return;
    }
    let may_name =
        |text: &str| text.contains("everity") || text.contains("riority") || text.contains("rror");
    for (page, block, words) in subject.prose(may_name) {
        if stated.as_ref() != Some(&page.file) {
            continue;
        }
        let document = page.document();
        let text = document.words(block.text);
        let is_unknown = |pair: &&[Word<'_>]| {
            let is_about = matches!(&*pair[1].small, "severity" | "priority")
                || pair[0].small.starts_with("non-") && &*pair[1].small == "error";
            let gap = &text[pair[0].range.end..pair[1].range.start];
            let is_close = gap.len() < 4 && !gap.contains([',', '.', ';', ':']);
            is_about && is_close && NAMES.contains(&&*pair[0].small) && !known(&pair[0].small)
        };
        let Some(pair) = words.windows(2).find(is_unknown) else {
            continue;
        };
        let (word, span) = (pair[0].text, block.text.within(pair[0].range.clone()));
        findings.push(
            RULE.at(
                format!("no severity is called `{word}`"),
                &document.span_of(span),
            )
            .why("each reader puts it at another place of the scale")
            .help("use the name that the scale gives"),
        );
    }
}
