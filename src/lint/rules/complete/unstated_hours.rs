//! Hours of work that no page gives.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/unstated-hours",
    "HB126",
    Level::Warn,
    Group::Recommended,
    "a time is counted in hours of work, and no page says which hours these are",
    include_str!("unstated_hours.md"),
);

/// Longer texts are prose about hours and no target in them.
const LONGEST: usize = 300;

/// Looks at the page that states the severities; told once for the whole handbook.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let handbook = subject.handbook;
    let page = subject
        .scale_span()
        .and_then(|it| handbook.page_of(&it.file));
    let Some(page) = page.filter(|_| handbook.policy_files.is_empty()) else {
        return;
    };
    let document = page.document();
    let Some(finding) = finding(document) else {
        return;
    };
    let is_given = handbook.pages.iter().any(|it| gives_hours(it.document()));
    let is_linked = handbook
        .text(&page.file)
        .is_some_and(|it| it.to_ascii_lowercase().contains("hours]("));
    if !is_given && !is_linked {
        findings.push(finding);
    }
}

/// The first time that is counted in hours of work, with the others as labels.
fn finding(document: &Document) -> Option<Diagnostic> {
    let mut finding: Option<Diagnostic> = None;
    for block in &document.blocks {
        let text = document.words(block.text);
        let is_read = !block.is_quoted && block.kind != BlockKind::Code && text.len() <= LONGEST;
        let Some(range) = counted(text, block).filter(|_| is_read) else {
            continue;
        };
        let span = document.span_of(block.text.within(range.clone()));
        finding = Some(match finding {
            Some(it) => it.label(span, "here too"),
            None => RULE
                .at(
                    format!("nothing says which hours `{}` are", &text[range]),
                    &span,
                )
                .why("a customer in another time zone waits a night longer than promised")
                .help("give the days, the hours and the time zone once"),
        });
    }
    finding
}

/// Words for hours in which people work.
const WORK: [&str; 4] = ["business", "working", "office", "work"];

/// `4 business hours`, `2 W.D.`, a cell that is only `Business hours`.
fn counted(text: &str, block: &Block) -> Option<Range<usize>> {
    const BY: [&str; 4] = ["based", "measured", "counted", "calculated"];
    let words = prose::words(text);
    for (at, pair) in words.windows(2).enumerate() {
        let is_hours =
            WORK.contains(&&*pair[0].small) && matches!(&*pair[1].small, "hour" | "hours" | "hrs");
        let before = &words[at.saturating_sub(2)..at];
        let number = before
            .iter()
            .find(|it| it.small.starts_with(|it: char| it.is_ascii_digit()));
        let is_basis = words[at.saturating_sub(5)..at]
            .iter()
            .any(|it| BY.contains(&&*it.small));
        let is_all = block.kind == BlockKind::Cell && words.len() == 2;
        if is_hours && (number.is_some() || is_basis || is_all) {
            let number = number.filter(|it| !text[it.range.end..pair[0].range.start].contains('('));
            let first = number.unwrap_or(&pair[0]);
            return Some(first.range.start..pair[1].range.end);
        }
    }
    None
}

/// Whether a page says from when to when somebody works: `Monday to Friday, 9am-5pm`.
fn gives_hours(document: &Document) -> bool {
    const ABOUT: [&str; 9] = [
        "hour",
        "mon",
        "business",
        "working",
        "office",
        "weekday",
        "support",
        "coverage",
        "time zone",
    ];
    document.blocks.iter().any(|it| {
        let text = document.words(it.text).to_lowercase();
        ABOUT.iter().any(|it| text.contains(it)) && has_clock(&text)
    })
}

/// Whether a text has a time of the day: `9am`, `17:00`, `9-5`, `8x5`.
fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let after = |at: usize| text.get(at..).unwrap_or_default();
    (0..bytes.len()).filter(|it| is_digit(*it)).any(|at| {
        let rest = after(at + 1);
        let is_half = ["am", "pm", " am", " pm", "a.m", "p.m", " a.m", " p.m"]
            .iter()
            .any(|it| rest.starts_with(it));
        let is_full = rest.starts_with(':') && is_digit(at + 2) && is_digit(at + 3);
        let is_short = ["8x5", "9-5", "9 to 5", "9\u{2013}5", "8-5", "9-6", "8/5"]
            .iter()
            .any(|it| after(at).starts_with(it) && (at == 0 || !is_digit(at - 1)));
        is_half || is_full || is_short
    })
}
