//! An incident that is passed on for want of an answer before the answer is due.

use crate::book::reading::{self, english};
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::Subject;
use crate::markdown::{BlockKind, Document};
use crate::policy::quantity::Quantity;
use crate::policy::response::Target;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/early-escalation",
    "HB212",
    Level::Warn,
    Group::Recommended,
    "an incident is escalated for want of an answer before the answer is due",
    include_str!("early_escalation.md"),
);

/// Words that say that nobody answers.
const SILENT: [&str; 11] = [
    "no acknowledg",
    "not acknowledge",
    "n't acknowledge",
    "unacknowledged",
    "nobody acknowledge",
    "no one acknowledge",
    "no ack ",
    "not ack ",
    "n't ack ",
    "nobody answers",
    "no answer",
];

/// Words that say that somebody else is called.
const PASSED: [&str; 8] = [
    "escalat",
    "secondary",
    "backup",
    "manager",
    "next ",
    "goes to",
    "is paged",
    "page the",
];

/// Compares the wait in each sentence with the time of the worst severity that it is about.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let may_matter = |text: &str| {
        ["ack", "Ack", "ACK", "answer"]
            .iter()
            .any(|it| text.contains(it))
    };
    let policy_page = subject.policy_page();
    for (page, block, _) in subject.prose(may_matter) {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        let document = page.document();
        let text = document.words(block.text);
        for range in prose::clauses(text) {
            let sentence = &text[range.clone()];
            let Some(wait) = wait(sentence) else { continue };
            let mut ranks = subject.named_in(&prose::words(sentence));
            if ranks.is_empty() && policy_page.is_some_and(|it| it.file == page.file) {
                ranks.extend(subject.rank_above(document, block.heading).or(Some(0)));
            }
            let worst = ranks.first().map(|it| &subject.policy.severities[*it]);
            let target = worst.and_then(|it| it.response.as_ref()?.ack.as_ref());
            let (Some(severity), Some(target)) = (worst, target) else {
                continue;
            };
            let Some(due) = target.time.quantity() else {
                continue;
            };
            if !is_clock(due) || !is_clock(&wait) || wait.base() >= due.base() {
                continue;
            }
            if !is_acknowledgment(document, target) {
                continue;
            }
            let id = &severity.id.value;
            let span = document.span_of(block.text.within(range));
            findings.push(
                RULE.at(
                    format!(
                        "`{id}` is escalated after `{}` without an answer, which is due within `{}`",
                        wait.text(),
                        due.text()
                    ),
                    &span,
                )
                .label(target.time.span.clone(), "when the answer is due")
                .why("whoever answers in time is passed over all the same")
                .help("wait as long as the answer may take, or have it earlier")
                .anchor(format!("severity:{id}/response")),
            );
        }
    }
}

/// How long a sentence has somebody wait for an answer before another one is called.
fn wait(sentence: &str) -> Option<Quantity> {
    let lower = sentence.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|it| lower.contains(it));
    let targets = english::targets(sentence);
    match &targets[..] {
        [only] if has(&SILENT) && has(&PASSED) && only.pace == english::Pace::Once => {
            reading::quantity(&only.time, None)
        }
        _ => None,
    }
}

/// Whether a time is one of the clock and not of office hours.
fn is_clock(time: &Quantity) -> bool {
    !time.text().contains('b') && !time.text().ends_with('d')
}

/// Whether a time is announced as that of the acknowledgment: the time of a response may be that of a first result.
fn is_acknowledgment(document: &Document, target: &Target) -> bool {
    let span: &Span = &target.time.span;
    let is_here = |it: &Span| it.file == span.file && it.start <= span.start && span.end <= it.end;
    let says = |words: &str| {
        let words = words.to_lowercase();
        words.contains("ack") || words.contains("answer")
    };
    let in_table = document.tables.iter().any(|table| {
        let head = table.rows.first().map_or(&[][..], |it| &it.cells[..]);
        table.rows.iter().any(|row| {
            let mut cells = head.iter().zip(&row.cells);
            cells.any(|(head, cell)| {
                is_here(&document.span_of(cell.text)) && says(document.words(head.text))
            })
        })
    });
    let mut blocks = document.blocks.iter();
    in_table
        || blocks.any(|it| {
            is_here(&document.span_of(it.text))
                && it.kind != BlockKind::Cell
                && says(document.words(it.text))
        })
}
