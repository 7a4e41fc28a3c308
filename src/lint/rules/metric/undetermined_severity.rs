//! A case for which two severities are named.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::page::Page;
use crate::book::reading::english;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::{Word, joined};
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document, Table};
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
const LEADS: [&str; 9] = [
    "then",
    "upgrade",
    "upgraded",
    "downgrade",
    "downgraded",
    "classify",
    "classified",
    "raise",
    "escalate",
];
/// Words that scales are made of.
const SCALE: [&str; 9] = [
    "critical", "urgent", "major", "high", "medium", "moderate", "normal", "minor", "low",
];

/// Heads of columns that rate what stands in the row.
const RATING: [&str; 6] = [
    "severity",
    "priority",
    "level",
    "rating",
    "classification",
    "urgency",
];
/// Heads of tables whose rows are things to do or people, which are there for several severities.
const ASKING: [&str; 18] = [
    "role",
    "action",
    "step",
    "task",
    "channel",
    "duty",
    "who",
    "team",
    "contact",
    "audience",
    "meeting",
    "activity",
    "update",
    "phase",
    "artifact",
    "stakeholder",
    "tool",
    "notif",
];

/// Reads every sentence, on pages that state a policy and on others.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut told: Vec<(String, Diagnostic)> = Vec::new();
    for page in subject
        .handbook
        .pages
        .iter()
        .filter(|_| subject.policy.severities.len() > 1)
    {
        let document = page.document();
        for block in document
            .blocks
            .iter()
            .filter(|it| it.kind != BlockKind::Code && !it.is_quoted)
        {
            let Some((range, one, other)) = depending(subject, document.words(block.text)) else {
                continue;
            };
            let span = document.span_of(block.text.within(range));
            let finding = finding(
                &format!("nothing decides between `{one}` and `{other}`"),
                &span,
            );
            told.push((String::new(), finding));
        }
    }
    for (page, block, words) in subject.prose(may_leave_open) {
        for index in 1..words.len().saturating_sub(1) {
            if &*words[index].small != "or" {
                continue;
            }
            let Some((message, span)) = at_or(subject, (page, block), &words, index) else {
                continue;
            };
            // A form of words that returns on a page is one omission.
            let same = |it: &&mut (String, Diagnostic)| {
                it.0 == message && it.1.primary.span.file == span.file
            };
            if let Some(first) = told.iter_mut().find(same) {
                first.1 = first.1.clone().label(span, "here too");
                continue;
            }
            let finding = finding(&message, &span);
            told.push((message, finding));
        }
    }
    for (_, finding) in told {
        findings.push(finding);
    }
    for page in subject
        .handbook
        .pages
        .iter()
        .filter(|_| subject.policy.severities.len() > 1)
    {
        for table in &page.document().tables {
            in_table(subject, page.document(), table, findings);
        }
    }
}

fn finding(message: &str, span: &Span) -> Diagnostic {
    RULE.at(message, span)
        .why("two people on call choose two severities for one case")
        .help("name one of them, or say what tells the two cases apart")
}

/// `S1-S2 depending on scope`: the two severities that one word names before words that leave it to something.
fn depending<'t>(subject: &Subject<'_>, text: &'t str) -> Option<(Range<usize>, &'t str, &'t str)> {
    static LEAVING: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            " depending on ",
            " according to ",
            " seg\u{fa}n ",
            " je nach ",
            " selon ",
        ])
    });
    LEAVING.find_iter(text).find_map(|it| {
        let before = &text[..it.start()];
        let start = before.rfind(char::is_whitespace).map_or(0, |it| it + 1);
        let word = &before[start..];
        let (one, other) = two(subject, word)?;
        Some((start..it.start(), one, other))
    })
}

/// `MEDIUM-HIGH`, `P0 or P1`: cells that rate a case and name two severities.
fn in_table(subject: &Subject<'_>, document: &Document, table: &Table, findings: &mut Findings) {
    let Some((head, rows)) = table.rows.split_first() else {
        return;
    };
    let heads: Vec<String> = head
        .cells
        .iter()
        .map(|it| document.words(it.text).to_lowercase())
        .collect();
    // What a severity asks for may be asked for by two.
    if heads
        .first()
        .is_none_or(|it| ASKING.iter().any(|asking| it.contains(asking)))
    {
        return;
    }
    for (column, _) in heads
        .iter()
        .enumerate()
        .skip(1)
        .filter(|it| RATING.iter().any(|rating| it.1.contains(rating)))
    {
        let cells = rows
            .iter()
            .filter_map(|it| Some(it.cells.get(column)?.text));
        let named = cells.filter_map(|it| Some((it, two(subject, document.words(it))?)));
        let named: Vec<_> = named.collect();
        let Some(((first, (one, other)), others)) = named.split_first() else {
            continue;
        };
        let message = format!("nothing decides between `{one}` and `{other}`");
        let mut finding = finding(&message, &document.span_of(*first));
        for (cell, _) in others {
            finding = finding.label(document.span_of(*cell), "nor here");
        }
        findings.push(finding);
    }
}

/// The two severities that a cell names and nothing else; levels of another scale are known by their numbers.
fn two<'t>(subject: &Subject<'_>, cell: &'t str) -> Option<(&'t str, &'t str)> {
    const JOINTS: [&str; 6] = [" or ", " to ", " / ", "\u{2013}", "/", "-"];
    if cell.len() > 40 {
        return None;
    }
    let pairs = JOINTS.iter().flat_map(|joint| cell.match_indices(joint));
    let mut pairs = pairs.map(|(at, joint)| (cell[..at].trim(), cell[at + joint.len()..].trim()));
    pairs.find(|(one, other)| {
        let rank = |it: &str| {
            subject
                .policy
                .severities
                .iter()
                .position(|severity| severity.is_called(it))
        };
        let is_known = rank(one)
            .zip(rank(other))
            .is_some_and(|(one, other)| one != other);
        is_known || is_numbered_alike(one, other)
    })
}

/// `P0` and `P1`: the same letters, and two numbers.
fn is_numbered_alike(one: &str, other: &str) -> bool {
    let digits = |it: &str| {
        it.trim_start_matches(char::is_alphabetic)
            .trim_start_matches(['-', ' '])
            .parse::<u8>()
            .ok()
    };
    let letters = |it: &str| {
        it.chars()
            .take_while(|it| it.is_alphabetic())
            .collect::<String>()
            .to_lowercase()
    };
    let (first, second) = (letters(one), letters(other));
    let is_level = matches!(first.as_str(), "p" | "s" | "sev" | "severity" | "priority");
    is_level
        && first == second
        && digits(one)
            .zip(digits(other))
            .is_some_and(|(one, other)| one != other)
}

fn may_leave_open(text: &str) -> bool {
    let mut fours = text.as_bytes().windows(4);
    fours.any(|it| {
        let is_word = !it[0].is_ascii_alphanumeric() && !it[3].is_ascii_alphanumeric();
        is_word && it[1..3].eq_ignore_ascii_case(b"or")
    })
}

/// `then medium or low severity`, `upgrade to P1 or P2`.
fn at_or(
    subject: &Subject<'_>,
    (page, block): (&Page, &Block),
    words: &[Word<'_>],
    or: usize,
) -> Option<(String, Span)> {
    let (one, other) = (&words[or - 1], &words[or + 1]);
    let is_named = |it: &Word<'_>| SCALE.contains(&&*it.small) || is_numbered(subject, it);
    let behind = words.get(or + 2).map_or("", |it| &*it.small);
    let is_about =
        is_numbered(subject, one) || behind.starts_with("severit") || behind.starts_with("priorit");
    let before = &words[..or - 1];
    let lead = before
        .iter()
        .rev()
        .take(3)
        .any(|it| LEADS.contains(&&*it.small));
    let is_asked = before
        .iter()
        .rev()
        .take(4)
        .any(|it| matches!(&*it.small, "not" | "cannot" | "unless"));
    if !lead
        || is_asked
        || !is_about
        || !is_named(one)
        || !is_named(other)
        || one.small == other.small
    {
        return None;
    }
    let span = page
        .document()
        .span_of(block.text.within(one.range.start..other.range.end));
    Some((
        format!(
            "nothing decides between `{}` and `{}`",
            one.text, other.text
        ),
        span,
    ))
}

/// Whether a word is the name of a severity of the policy, with a number.
fn is_numbered(subject: &Subject<'_>, word: &Word<'_>) -> bool {
    let has_digit = word.text.ends_with(|it: char| it.is_ascii_digit());
    has_digit
        && subject
            .severity_names()
            .any(|it| joined(it) == joined(word.text))
}
