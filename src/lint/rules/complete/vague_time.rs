//! Words for a time that name none, anywhere on the page of the policy.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::Subject;
use crate::markdown::BlockKind;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/vague-time",
    "HB127",
    Level::Info,
    Group::Strict,
    "a text beside the severities says when with words that name no time",
    include_str!("vague_time.md"),
);

/// Longer texts are prose about something else.
const LONGEST: usize = 300;

/// Reads what stands beside the severities and is neither a criterion nor a step of a response: those have rules
/// of their own.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(page) = subject.policy_page() else {
        return;
    };
    let document = page.document();
    let told = subject.obligations().into_iter().chain(subject.criteria());
    let told = told.map(|it| it.span()).filter(|it| it.file == page.file);
    let told: BTreeMap<usize, usize> = told.map(|it| (it.start, it.end)).collect();
    for block in &document.blocks {
        let text = document.words(block.text);
        let is_read = !matches!(block.kind, BlockKind::Code | BlockKind::Heading)
            && !block.is_quoted
            && text.len() <= LONGEST;
        if !is_read {
            continue;
        }
        let Some(range) = open(subject, text) else {
            continue;
        };
        let span = document.span_of(block.text.within(range.clone()));
        let before = told.range(..span.end).next_back();
        if before.is_some_and(|it| *it.1 > span.start) {
            continue;
        }
        findings.push(
            RULE.at(format!("`{}` names no time", &text[range]), &span)
                .why("everybody who waits has another time in mind")
                .help("give a number of minutes, hours or days"),
        );
    }
}

/// Words for a time that names none, in a clause without a number.
fn open(subject: &Subject<'_>, text: &str) -> Option<Range<usize>> {
    static PHRASES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "as needed",
            "if needed",
            "case-by-case",
            "case by case",
            "within minutes",
            "within hours",
            "within days",
            "as available",
            "when available",
            "when possible",
            "as time permits",
            "time permitting",
            "best effort",
            "best-effort",
            "on average",
            "a few minutes",
            "a few hours",
            "a few days",
            "until it is resolved",
            "until resolved",
            "prolonged",
            "expected timeframe",
            "reasonable timeframe",
            "or later",
            "or sooner",
            "bei bedarf",
            "schnellstm\u{f6}glich",
            "nach absprache",
            "d\u{e8}s que possible",
            "lo antes posible",
        ])
    });
    for clause in prose::clauses(text) {
        let words = &text[clause.clone()];
        let sense = subject.sense(words);
        let phrase = PHRASES.find(words).map(|it| it.range());
        let haste = sense.hastes.iter().chain(&sense.delays).next();
        let Some(range) = phrase.or_else(|| haste.cloned()) else {
            continue;
        };
        // `Immediately, within 5 minutes` says what is meant by it.
        if english::targets(&words[..range.start]).is_empty()
            && english::targets(&words[range.end..]).is_empty()
        {
            return Some(clause.start + range.start..clause.start + range.end);
        }
    }
    None
}
