//! Vague words beside the criteria.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/loose-term",
    "HB338",
    Level::Info,
    Group::Strict,
    "a text beside the criteria names a quantity and no number",
    include_str!("loose_term.md"),
);

/// Longer texts are prose about something else.
const LONGEST: usize = 300;

/// Reads examples, headed lists and cells near the severities that are no criteria: those have a rule of their own.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(page) = subject.policy_page() else {
        return;
    };
    let document = page.document();
    let known = subject.known_words();
    let is_near = |it: &&Block| known.holds_any_of(&document.span_of(it.text));
    let near: BTreeSet<Option<usize>> = document
        .blocks
        .iter()
        .filter(is_near)
        .map(|it| it.heading)
        .collect();
    let told = subject.criteria().into_iter().chain(subject.obligations());
    let told = told.map(|it| it.span()).filter(|it| it.file == page.file);
    let told: BTreeSet<(usize, usize)> = told.map(|it| (it.start, it.end)).collect();
    for block in document.blocks.iter().filter(|it| is_read(document, it)) {
        let text = document.words(block.text);
        let Some(range) = open(subject, text).filter(|_| near.contains(&block.heading)) else {
            continue;
        };
        let span = document.span_of(block.text.within(range.clone()));
        let before = told.range(..(span.end, 0)).next_back();
        if before.is_some_and(|it| it.1 > span.start) {
            continue;
        }
        findings.push(
            RULE.at(format!("`{}` names no number", &text[range]), &span)
                .why("two people on call read it differently")
                .help("give a number with its unit"),
        );
    }
}

fn is_read(document: &Document, block: &Block) -> bool {
    let is_prose = !matches!(block.kind, BlockKind::Code | BlockKind::Heading);
    is_prose && !block.is_quoted && document.words(block.text).len() <= LONGEST
}

/// Words that name a severity, or what may have one, as often as a degree.
const NAMES: [&str; 15] = [
    "critical",
    "critique",
    "high",
    "important",
    "kritisch",
    "low",
    "major",
    "medium",
    "minor",
    "moderate",
    "normal",
    "serious",
    "severe",
    "trivial",
    "urgent",
];

/// Words that leave open how many or how much, or a limit that is not given.
fn open(subject: &Subject<'_>, text: &str) -> Option<Range<usize>> {
    static LIMITS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "> threshold",
            "> target",
            "> limit",
            "above threshold",
            "above the threshold",
            "over threshold",
            "exceeds threshold",
            "exceeds the threshold",
            "exceeds target",
            "a certain threshold",
            "certain amount",
            "certain number",
        ])
    });
    let sense = subject.sense(text);
    let limit = LIMITS.find(text).map(|it| it.range());
    let is_name = |it: &Range<usize>| NAMES.contains(&&*text[it.clone()].to_lowercase());
    let is_other = |it: &Range<usize>| sense.times.contains(it) || sense.chances.contains(it);
    let vague = sense.vague.iter().find(|it| !is_other(it) && !is_name(it));
    limit.or_else(|| vague.filter(|_| sense.anchors.is_empty()).cloned())
}
