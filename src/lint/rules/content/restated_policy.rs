//! A page that states something of the policy otherwise.

use crate::book::link::Target;
use crate::book::page::Page;
use crate::diagnostic::{Group, Level, Rule, Safety};
use crate::lint::Findings;
use crate::lint::prose::{self, Word};
use crate::lint::subject::{Reference, Subject};
use crate::markdown::BlockKind;
use crate::policy::part::{Part, Value};
use crate::policy::quantity::Quantity;
use crate::policy::response::Deadline;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/restated-policy",
    "HB601",
    Level::Error,
    Group::Recommended,
    "a page states a number that the policy states otherwise",
    include_str!("restated_policy.md"),
);

const WHY: &str = "two people read two numbers, and both believe theirs";

/// Looks at links to values, and at sentences about the scale.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for reference in subject.references() {
        of_link(subject, reference, findings);
    }
    // What was read from pages may be a part of the scale; one severity says nothing of how many there are.
    let is_read = subject.handbook.policy_files.is_empty();
    if subject.policy.severities.len() < 2 {
        return;
    }
    let is_numbered = subject
        .policy
        .severities
        .iter()
        .all(|it| it.number().is_some());
    let stated = subject.scale_span().map(|it| it.file);
    for page in subject
        .handbook
        .pages
        .iter()
        .filter(|it| !is_read || Some(&it.file) == stated.as_ref())
    {
        let document = page.document();
        for block in &document.blocks {
            if block.kind == BlockKind::Code || block.is_quoted {
                continue;
            }
            let words = prose::words(document.words(block.text));
            let span = |from: &Word<'_>, to: &Word<'_>| {
                document.span_of(block.text.within(from.range.start..to.range.end))
            };
            // A severity that is only called by a word may have been overlooked.
            if !is_read || is_numbered {
                of_count(subject, &words, &span, findings);
            }
            of_names(subject, &words, &span, findings);
            if !is_read {
                of_major_line(subject, page, &words, &span, findings);
            }
        }
    }
}

fn of_link(subject: &Subject<'_>, reference: &Reference<'_>, findings: &mut Findings) {
    let Target::Policy {
        fragment: Some(fragment),
        ..
    } = &reference.target
    else {
        return;
    };
    let stated = match subject.policy.part(fragment) {
        Some(Part::Value(Value::Quantity(it))) => &it.value,
        Some(Part::Value(Value::Target(it) | Value::Every(it))) => match &it.time.value {
            Deadline::Within(quantity) => quantity,
            _ => return,
        },
        _ => return,
    };
    let Ok(written) = Quantity::parse(reference.text.trim()) else {
        return;
    };
    if written == *stated {
        return;
    }
    let message = format!(
        "the page says `{}` and the policy `{stated}`",
        reference.text.trim()
    );
    let mut finding = RULE.at(message, &reference.text_span).why(WHY);
    if let Some(place) = subject.place_of(fragment) {
        finding = finding.label(place, "the policy");
    }
    let edit = vec![(reference.text_span.clone(), stated.to_string())];
    findings.push(
        finding
            .help(format!(
                "write `{stated}`, or leave the words of the link empty"
            ))
            .fix(Safety::Unsafe, format!("write `{stated}`"), edit),
    );
}

/// "Five levels", "three severities".
fn of_count(
    subject: &Subject<'_>,
    words: &[Word<'_>],
    span: &dyn Fn(&Word<'_>, &Word<'_>) -> Span,
    findings: &mut Findings,
) {
    let actual = subject.policy.severities.len();
    for (index, word) in words.iter().enumerate() {
        let rest: Vec<&str> = words[index + 1..]
            .iter()
            .take(3)
            .map(|it| &*it.small)
            .collect();
        if let Some(count) = scale_of(&word.small, &rest).filter(|it| *it != actual && *it > 1) {
            let message =
                format!("the page speaks of {count} severities and the policy has {actual}");
            findings.push(
                RULE.at(message, &span(word, &words[index + 1]))
                    .why(WHY)
                    .help(format!("write {actual}, or leave the number out")),
            );
            continue;
        }
        let Some(count) = prose::number(&word.small) else {
            continue;
        };
        let length = match rest.as_slice() {
            ["severities", ..] => 1,
            [
                "severity" | "incident" | "priority",
                "levels" | "severities",
                ..,
            ] => 2,
            [
                "levels",
                "of",
                "severity" | "priority" | "priorities" | "incidents" | "urgency",
            ] => 3,
            _ => continue,
        };
        let is_all = index > 0
            && matches!(
                &*words[index - 1].small,
                "first"
                    | "top"
                    | "last"
                    | "lowest"
                    | "highest"
                    | "worst"
                    | "upper"
                    | "lower"
                    | "other"
                    | "bottom"
            );
        if count == actual || is_all || count < 2 || !is_claim(words, index) {
            continue;
        }
        let message = format!(
            "the page counts `{}` severities and the policy has {actual}",
            word.text
        );
        findings.push(
            RULE.at(message, &span(word, &words[index + length]))
                .why(WHY)
                .help(format!("write {actual}, or leave the number out")),
        );
    }
}

/// `classify the severity (P0/P1/P2)`: a list of all severities that lacks the last ones.
fn of_names(
    subject: &Subject<'_>,
    words: &[Word<'_>],
    span: &dyn Fn(&Word<'_>, &Word<'_>) -> Span,
    findings: &mut Findings,
) {
    const ABOUT: [&str; 12] = [
        "severity",
        "severities",
        "priority",
        "priorities",
        "level",
        "levels",
        "classification",
        "classifications",
        "classify",
        "categories",
        "labels",
        "tiers",
    ];
    let is_numbered = |it: &Word<'_>| it.text.ends_with(|it: char| it.is_ascii_digit());
    let rank = |it: &Word<'_>| {
        is_numbered(it)
            .then(|| subject.policy.rank(it.text))
            .flatten()
    };
    let mut start = 0;
    while start < words.len() {
        let listed = words[start..]
            .iter()
            .enumerate()
            .take_while(|(index, it)| rank(it) == Some(*index))
            .count();
        let end = start + listed.max(1);
        let lacking = subject.policy.severities.get(listed..).unwrap_or_default();
        let (before, behind) = (start.checked_sub(1).map(|it| &words[it]), words.get(end));
        let is_about = |it: Option<&Word<'_>>| it.is_some_and(|it| ABOUT.contains(&&*it.small));
        if listed > 2 && !lacking.is_empty() && (is_about(before) || is_about(behind)) {
            let names: Vec<String> = lacking
                .iter()
                .map(|it| format!("`{}`", it.id.value))
                .collect();
            let message = format!("the page lists the severities without {}", names.join(", "));
            findings.push(
                RULE.at(message, &span(&words[start], &words[end - 1]))
                    .label(lacking[0].id.span.clone(), "defined here")
                    .why("who reads the list alone never chooses the others")
                    .help("list all of them, or leave the list out"),
            );
        }
        start = end;
    }
}

/// The steps of a `four-level severity scale`, from its first word and those behind it.
fn scale_of(word: &str, rest: &[&str]) -> Option<usize> {
    let (number, step) = word.split_once('-')?;
    let is_step = matches!(
        step,
        "level" | "tier" | "tiered" | "point" | "step" | "grade"
    );
    let is_scale = matches!(
        rest,
        [
            "severity" | "priority",
            "scale" | "system" | "model" | "classification" | "matrix",
            ..
        ] | [
            "scale",
            "of" | "for",
            "severity" | "severities" | "priority" | "priorities"
        ]
    );
    prose::number(number).filter(|_| is_step && is_scale)
}

/// Whether the words before a number say that there are so many: "we have three severities", but not
/// "choose between two severities".
fn is_claim(words: &[Word<'_>], index: usize) -> bool {
    const CLAIMS: [&str; 12] = [
        "are", "define", "defines", "has", "have", "into", "know", "our", "the", "these", "use",
        "uses",
    ];
    let before = index.checked_sub(1).map(|it| &*words[it].small);
    before.is_some_and(|it| CLAIMS.contains(&it))
}

/// "SEV-3 and above is a major incident", "anything above SEV-3 is a major incident".
fn of_major_line(
    subject: &Subject<'_>,
    page: &Page,
    words: &[Word<'_>],
    span: &dyn Fn(&Word<'_>, &Word<'_>) -> Span,
    findings: &mut Findings,
) {
    let _ = page;
    let policy = subject.policy;
    let Some(line) = policy.major_line() else {
        return;
    };
    for (index, word) in words.iter().enumerate() {
        let Some(rank) = policy.rank(word.text) else {
            continue;
        };
        let small = |at: usize| words.get(at).map_or("", |it| &*it.small);
        let before = index.checked_sub(1).map_or("", small);
        let above = matches!(
            (small(index + 1), small(index + 2)),
            ("and" | "or", "above" | "higher" | "worse")
        );
        let claimed = match before {
            "above" => rank.checked_sub(1),
            _ if above => Some(rank),
            _ => None,
        };
        let next = if above { index + 3 } else { index + 1 };
        let says_major = matches!(small(next), "is" | "are" | "=")
            && (next + 1..next + 4).any(|at| small(at) == "major");
        let Some(claimed) = claimed.filter(|it| says_major && *it != line) else {
            continue;
        };
        let id = &policy.severities[line].id;
        let claimed = &policy.severities[claimed].id;
        let message = format!(
            "the page draws the line of a major incident at `{}` and the policy at `{}`",
            claimed.value, id.value,
        );
        findings.push(
            RULE.at(
                message,
                &span(word, &words[(next + 1).min(words.len() - 1)]),
            )
            .label(id.span.clone(), "the policy's line")
            .why(WHY)
            .help("change the page, or the policy's `major`"),
        );
    }
}
