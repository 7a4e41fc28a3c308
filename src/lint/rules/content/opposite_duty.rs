//! A duty that a severity has in one place and not in another.

use std::collections::BTreeMap;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::{self, Word};
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document, Table};
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/opposite-duty",
    "HB639",
    Level::Error,
    Group::Recommended,
    "a severity has a duty in one place and not in another",
    include_str!("opposite_duty.md"),
);

/// What may be asked or not, the words that speak of it, and those that ask for it or do not.
struct Duty {
    name: &'static str,
    about: &'static [&'static str],
    asked: &'static [&'static str],
    spared: &'static [&'static str],
}

const REVIEWS: [&str; 8] = [
    "postmortem",
    "post-mortem",
    "post mortem",
    "retrospective",
    "post-incident review",
    "post incident review",
    "incident review",
    "root cause analysis",
];
const HOURS: [&str; 14] = [
    "24/7",
    "24x7",
    "24\u{d7}7",
    "around the clock",
    "round the clock",
    "24 hours a day",
    "at any hour",
    "day and night",
    "business hours",
    "working hours",
    "office hours",
    "normal hours",
    "during the day",
    "weekdays only",
];
const DUTIES: [Duty; 3] = [
    Duty {
        name: "a review",
        about: &REVIEWS,
        asked: &[
            "required",
            "mandatory",
            "must",
            "requires",
            "require",
            "always",
            "yes",
            "within",
            "schedule",
        ],
        spared: &[
            "optional",
            "not required",
            "not mandatory",
            "not needed",
            "no postmortem",
            "no post-mortem",
            "no review",
        ],
    },
    Duty {
        name: "work at all hours",
        about: &HOURS,
        asked: &[
            "24/7",
            "24x7",
            "24\u{d7}7",
            "around the clock",
            "round the clock",
            "24 hours a day",
            "at any hour",
            "day and night",
        ],
        spared: &[
            "business hours",
            "working hours",
            "office hours",
            "normal hours",
            "during the day",
            "weekdays only",
        ],
    },
    Duty {
        name: "an update of the status page",
        about: &["status page", "statuspage"],
        asked: &[
            "required",
            "mandatory",
            "must",
            "always",
            "is updated",
            "updated every",
            "yes",
        ],
        spared: &[
            "no status page",
            "no public status",
            "not updated",
            "not required",
            "optional",
            "internal only",
        ],
    },
];

/// Words that make a sentence about something else than the rule.
const OTHERWISE: [&str; 11] = [
    "if ",
    "unless",
    "except",
    "outside",
    "plan",
    "customer's",
    "example",
    "either",
    "may ",
    "could",
    "template",
];

/// What one place says.
struct Said {
    duty: usize,
    rank: usize,
    is_asked: bool,
    span: Span,
}

/// Compares sentences, tables and what stands under each severity on the page of the policy.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let page = subject
        .scale_span()
        .and_then(|it| subject.handbook.page_of(&it.file));
    let Some(page) = page.filter(|_| {
        subject.handbook.policy_files.is_empty() && subject.policy.severities.len() > 1
    }) else {
        return;
    };
    let document = page.document();
    let mut said = of_responses(subject);
    for block in document.blocks.iter().filter(|it| !it.is_quoted) {
        said.extend(of_block(subject, document, block));
    }
    said.extend(
        document
            .tables
            .iter()
            .flat_map(|it| of_table(subject, document, it)),
    );
    said.sort_by(|one, other| one.span.cmp(&other.span));
    let mut first: BTreeMap<(usize, usize), &Said> = BTreeMap::new();
    let mut told = Vec::new();
    for it in &said {
        // Plans have hours of their own.
        let is_of_plan = DUTIES[it.duty].about == HOURS && !subject.policy.variants.is_empty();
        let known = *first.entry((it.duty, it.rank)).or_insert(it);
        if known.is_asked == it.is_asked || is_of_plan || told.contains(&(it.duty, it.rank)) {
            continue;
        }
        told.push((it.duty, it.rank));
        let id = &subject.policy.severities[it.rank].id.value;
        let (here, there) = if it.is_asked {
            ("needs", "does not")
        } else {
            ("does not need", "does")
        };
        findings.push(
            RULE.at(
                format!(
                    "`{id}` {here} {} here and {there} elsewhere",
                    DUTIES[it.duty].name
                ),
                &it.span,
            )
            .label(known.span.clone(), "and otherwise here")
            .why("who has read the one passage is told to have broken the other")
            .help("keep one of them, and refer to it from the other")
            .anchor(format!("severity:{id}/response")),
        );
    }
}

/// Whether words ask for a duty, or spare it; `None` where they do neither, or both.
fn answer(duty: &Duty, words: &str) -> Option<bool> {
    let has = |list: &[&str]| list.iter().any(|it| words.contains(it));
    let (asks, spares) = (has(duty.asked), has(duty.spared));
    if duty.about == HOURS && asks && spares {
        return None;
    }
    (asks || spares).then_some(!spares)
}

/// What a few words say of every duty that they are about.
fn claims(words: &str) -> impl Iterator<Item = (usize, bool)> {
    let lower = words.to_lowercase();
    let is_open = OTHERWISE.iter().any(|it| lower.contains(it)) || words.contains('?');
    let duties = DUTIES.iter().enumerate().filter(move |_| !is_open);
    duties.filter_map(move |(index, duty)| {
        let is_about = duty.about.iter().any(|it| lower.contains(it));
        Some((index, answer(duty, &lower).filter(|_| is_about)?))
    })
}

/// The duties that a sentence about some severities alone gives to them. At which hours people work is no such duty.
fn exclusive_duties(sentence: &str) -> impl Iterator<Item = usize> {
    let lower = sentence.to_lowercase();
    let is_open = OTHERWISE.iter().any(|it| lower.contains(it)) || lower.contains(['?', '|']);
    let duties = DUTIES.iter().enumerate().filter(move |_| !is_open);
    duties.filter_map(move |(index, duty)| {
        let is_about = duty.about.iter().any(|it| lower.contains(it));
        let is_spared = duty.spared.iter().any(|it| lower.contains(it));
        (is_about && duty.about != HOURS && !is_spared).then_some(index)
    })
}

/// Whether a sentence is about the severities that it names and no other: `SEV-1 only`, `only written for SEV-1`.
fn is_exclusive(subject: &Subject<'_>, words: &[Word<'_>]) -> bool {
    const NEAR: usize = 5;
    let only = words.iter().position(|it| &*it.small == "only");
    only.is_some_and(|at| {
        let behind = &words[at + 1..words.len().min(at + NEAR)];
        let before = &words[at.saturating_sub(2)..at];
        !subject.named_in(behind).is_empty() || !subject.named_in(before).is_empty()
    })
}

/// What stands under each severity.
fn of_responses(subject: &Subject<'_>) -> Vec<Said> {
    let mut said = Vec::new();
    for sentence in subject.obligations() {
        let Some(rank) = subject.policy.rank(&sentence.severity.id) else {
            continue;
        };
        for range in prose::clauses(sentence.text) {
            let named = subject.named_in(&prose::words(&sentence.text[range.clone()]));
            if !named.is_empty() && !named.contains(&rank) {
                continue;
            }
            let found = claims(&sentence.text[range.clone()]);
            said.extend(found.map(|(duty, is_asked)| Said {
                duty,
                rank,
                is_asked,
                span: sentence.span_of(range.clone()),
            }));
        }
    }
    said
}

/// What the sentences of a block say of the severities that they name.
fn of_block(subject: &Subject<'_>, document: &Document, block: &Block) -> Vec<Said> {
    let mut said = Vec::new();
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
        return said;
    }
    let text = document.words(block.text);
    for range in prose::clauses(text) {
        let sentence = &text[range.clone()];
        let words = prose::words(sentence);
        let (ranks, span) = (
            subject.named_in(&words),
            document.span_of(block.text.within(range.clone())),
        );
        let mut push = |duty, rank, is_asked| {
            said.push(Said {
                duty,
                rank,
                is_asked,
                span: span.clone(),
            });
        };
        if is_exclusive(subject, &words) {
            for duty in exclusive_duties(sentence) {
                for rank in 0..subject.policy.severities.len() {
                    push(duty, rank, ranks.contains(&rank));
                }
            }
            continue;
        }
        for (duty, is_asked) in claims(sentence) {
            for rank in &ranks {
                push(duty, *rank, is_asked);
            }
        }
    }
    said
}

/// What the cells of a table say under a head that names a duty, one severity a row.
fn of_table(subject: &Subject<'_>, document: &Document, table: &Table) -> Vec<Said> {
    let mut said = Vec::new();
    let Some(head) = table.rows.first() else {
        return said;
    };
    for row in &table.rows[1..] {
        let Some(first) = row.cells.first() else {
            continue;
        };
        let Some((rank, _)) = subject.severity_in(document.words(first.text)) else {
            continue;
        };
        for (head, cell) in head.cells.iter().zip(&row.cells).skip(1) {
            let (head, words) = (
                document.words(head.text).to_lowercase(),
                document.words(cell.text).to_lowercase(),
            );
            for (duty, it) in DUTIES.iter().enumerate() {
                let is_headed = it.about.iter().any(|it| head.contains(it));
                let is_no = matches!(
                    words.trim(),
                    "no" | "none" | "n/a" | "\u{2014}" | "-" | "\u{2717}" | "\u{274c}"
                );
                let is_about =
                    is_headed || it.about == HOURS && it.about.iter().any(|it| words.contains(it));
                let answer = if is_no && is_headed {
                    Some(false)
                } else {
                    answer(it, &words)
                };
                let Some(is_asked) = answer.filter(|_| is_about) else {
                    continue;
                };
                said.push(Said {
                    duty,
                    rank,
                    is_asked,
                    span: document.span_of(cell.text),
                });
            }
        }
    }
    said
}
