//! A case for which two severities are named.

use crate::book::page::Page;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::{Word, joined};
use crate::lint::subject::Subject;
use crate::markdown::Block;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/undetermined-severity",
    "HB324",
    Level::Warn,
    Group::Recommended,
    "a case is given two severities and nothing decides between them",
    include_str!("undetermined_severity.md"),
);

/// Words behind which the outcome of a decision stands.
const LEADS: [&str; 9] = ["then", "upgrade", "upgraded", "downgrade", "downgraded", "classify", "classified", "raise", "escalate"];
/// Words that scales are made of.
const SCALE: [&str; 9] = ["critical", "urgent", "major", "high", "medium", "moderate", "normal", "minor", "low"];

/// Reads every sentence, on pages that state a policy and on others.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut told: Vec<(String, Diagnostic)> = Vec::new();
    for (page, block, words) in subject.prose(may_leave_open) {
        for index in 1..words.len().saturating_sub(1) {
            if &*words[index].small != "or" {
                continue;
            }
            let Some((message, span)) = at_or(subject, (page, block), &words, index) else {
                continue;
            };
            // A form of words that returns on a page is one omission.
            let same = |it: &&mut (String, Diagnostic)| it.0 == message && it.1.primary.span.file == span.file;
            if let Some(first) = told.iter_mut().find(same) {
                first.1 = first.1.clone().label(span, "here too");
                continue;
            }
            let finding = RULE
                .at(message.clone(), &span)
                .why("two people on call choose two severities for one case")
                .help("name one of them, or say what tells the two cases apart");
            told.push((message, finding));
        }
    }
    for (_, finding) in told {
        findings.push(finding);
    }
}

fn may_leave_open(text: &str) -> bool {
    let mut fours = text.as_bytes().windows(4);
    fours.any(|it| {
        let is_word = !it[0].is_ascii_alphanumeric() && !it[3].is_ascii_alphanumeric();
        is_word && it[1..3].eq_ignore_ascii_case(b"or")
    })
}

/// `then medium or low severity`, `upgrade to P1 or P2`.
fn at_or(subject: &Subject<'_>, (page, block): (&Page, &Block), words: &[Word<'_>], or: usize) -> Option<(String, Span)> {
    let (one, other) = (&words[or - 1], &words[or + 1]);
    let is_named = |it: &Word<'_>| SCALE.contains(&&*it.small) || is_numbered(subject, it);
    let behind = words.get(or + 2).map_or("", |it| &*it.small);
    let is_about = is_numbered(subject, one) || behind.starts_with("severit") || behind.starts_with("priorit");
    let before = &words[..or - 1];
    let lead = before.iter().rev().take(3).any(|it| LEADS.contains(&&*it.small));
    let is_asked = before.iter().rev().take(4).any(|it| matches!(&*it.small, "not" | "cannot" | "unless"));
    if !lead || is_asked || !is_about || !is_named(one) || !is_named(other) || one.small == other.small {
        return None;
    }
    let span = page.document().span_of(block.text.within(one.range.start..other.range.end));
    Some((format!("nothing decides between `{}` and `{}`", one.text, other.text), span))
}

/// Whether a word is the name of a severity of the policy, with a number.
fn is_numbered(subject: &Subject<'_>, word: &Word<'_>) -> bool {
    let has_digit = word.text.ends_with(|it: char| it.is_ascii_digit());
    has_digit && subject.severity_names().any(|it| joined(it) == joined(word.text))
}
