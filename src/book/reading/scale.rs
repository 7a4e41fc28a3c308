//! Sentences of a page in, what they say about the whole scale out: doubt, the line of major incidents,
//! owner and review.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;

use super::criteria::quantity;
use super::english::{self, Pace};
use super::label::{self, Level};
use super::statement::sentences;
use crate::markdown::{BlockKind, Document, Part};
use crate::policy::quantity::Quantity;
use crate::policy::{Major, Scale, ScaleReview, Text, WhenUnsure};
use crate::span::{Span, Spanned};

/// What a page says about the scale, whichever severities it has.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Remarks {
    when_unsure: Option<Spanned<WhenUnsure>>,
    majors: Vec<MajorLine>,
    owner: Option<Text>,
    review: Option<ScaleReview>,
}

/// A sentence that draws the line of major incidents.
#[derive(Debug, PartialEq)]
struct MajorLine {
    /// The severities that it names.
    named: Vec<Level>,
    /// Whether only what is worse is major.
    is_exclusive: bool,
    span: Span,
}

impl Remarks {
    /// Adds what the scale does not say yet; `name` gives the id of a level.
    pub(super) fn add_to(
        &self,
        scale: &mut Scale,
        name: &dyn Fn(Level) -> Option<String>,
        worst_first: bool,
    ) {
        if scale.when_unsure.is_none() {
            scale.when_unsure.clone_from(&self.when_unsure);
        }
        if scale.major.is_none() {
            scale.major = self
                .majors
                .iter()
                .find_map(|it| it.major(name, worst_first));
        }
        if scale.owner.is_none() {
            scale.owner.clone_from(&self.owner);
        }
        match (&mut scale.review, &self.review) {
            (Some(known), Some(said)) => {
                known.last = known.last.take().or_else(|| said.last.clone());
                known.every = known.every.take().or_else(|| said.every.clone());
            }
            (known, said) => *known = known.take().or_else(|| said.clone()),
        }
    }
}

/// What the sentences of a page say about the scale.
pub(super) fn read(document: &Document) -> Remarks {
    let mut remarks = Remarks::default();
    for block in &document.blocks {
        let prose = matches!(
            block.kind,
            BlockKind::Paragraph
                | BlockKind::Item
                | BlockKind::Definition
                | BlockKind::Cell
                | BlockKind::Title
        );
        if !prose {
            continue;
        }
        let words = document.words(block.text);
        let heading = block.heading.and_then(|it| document.headings.get(it));
        let heading = heading.map_or("", |it| document.words(it.text));
        if remarks.when_unsure.is_none() {
            remarks.when_unsure =
                doubt(heading, words).map(|it| Spanned::new(it, document.span_of(block.text)));
        }
        if !REMARKABLE.is_match(words) {
            continue;
        }
        for part in sentences(document, block.text) {
            remarks.majors.extend(major(document, part));
            owner(document, part, &mut remarks);
            review(document, part, &mut remarks);
        }
    }
    remarks
}

/// Words without which a text says nothing of the line of major incidents, of an owner, or of a review.
static REMARKABLE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    english::lookout([
        "major",
        "owner:",
        "owned by",
        "maintain",
        "review",
        "revised",
        "modified",
        "updated",
        "effective date",
    ])
});

static DOUBTS: LazyLock<AhoCorasick> = LazyLock::new(|| english::lookout(DOUBT));

/// Words of doubt about which severity it is.
const DOUBT: &[&str] = &[
    "unsure",
    "not sure",
    "in doubt",
    "uncertain",
    "unclear which",
    "fall between",
    "falls between",
    "between two",
    "not certain",
    "can't decide",
    "cannot decide",
    "borderline",
    "hard to tell",
    "disagree",
    "ambiguous",
    "don't know which",
    "multiple levels",
    "more than one level",
    "more than one severity",
    "multiple severities",
    "several severities",
    "two severities apply",
    "doubt",
    "cannot tell",
    "can't tell",
    "cannot be determined",
    "cannot determine",
    "can't determine",
    "event of conflict",
    "not clear",
    "unclear",
    "do not know",
    "don't know",
    "on the fence",
    "hesitat",
    "undecided",
    "torn between",
    "disagreement",
    "event of conflict",
    "case of conflict",
    "in conflict",
    "conflicting",
];

/// What to assume while it is not known: needs both the doubt and the way out. The doubt may be the heading of the
/// words.
fn doubt(heading: &str, words: &str) -> Option<WhenUnsure> {
    const HIGHER: &[&str] = &[
        "higher",
        "highest",
        "worse",
        "worst",
        "more severe",
        "most severe",
        "round up",
        "escalate up",
        "upper",
        "err on the side of escalat",
        "over-escalate",
        "next level up",
        "more serious",
        "more critical",
        "overestimate",
        "assume the worst",
        "escalate.",
        "escalate!",
        "more urgent",
        "more important",
        "greater",
        "err on the side of",
        "escalate it",
        "always escalate",
        "always upgrade",
        "upgrade it",
        "doubt, escalate",
        "unsure, escalate",
        "bump it up",
        "conservative",
        "assume more",
    ];
    const LOWER: &[&str] = &["the lower", "less severe", "lowest"];
    if !DOUBTS.is_match(words) && !DOUBTS.is_match(heading) {
        return None;
    }
    let words = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|it| words.contains(it));
    if has(HIGHER) || words.ends_with("escalate") {
        return Some(WhenUnsure::Higher);
    }
    if has(LOWER) {
        return Some(WhenUnsure::Lower);
    }
    // `When in doubt, treat it as a SEV-1.`
    let named = levels_in(&words);
    let is_one = named.len() == 1 && named[0].0.rank <= 2;
    is_one.then_some(WhenUnsure::Higher)
}

/// `Anything above SEV-3 is a major incident`, `all SEV-2s are major`, `P1 and P2 are major incidents`.
fn major(document: &Document, part: Part) -> Option<MajorLine> {
    let words = document.words(part);
    let lower = words.to_lowercase();
    let said = [
        "major incident",
        "are major",
        "is major",
        "considered major",
        "major-incident",
    ];
    if !said.iter().any(|it| lower.contains(it))
        || lower.contains("not all") && !lower.starts_with("all")
    {
        return None;
    }
    let verb = [
        " is ",
        " are ",
        " considered",
        " counts as",
        " treated as",
        " automatically",
    ];
    if !verb.iter().any(|it| lower.contains(it)) || words.trim_end().ends_with('?') {
        return None;
    }
    let end = lower.find("major").unwrap_or(lower.len());
    let named = levels_in(&lower[..end]).into_iter().map(|it| it.0);
    let above = ["above", "higher than", "more severe than", "worse than"];
    let is_exclusive = above.iter().any(|it| lower[..end].contains(it))
        && !["or above", "and above", "and higher", "or higher"]
            .iter()
            .any(|it| lower[..end].contains(it));
    Some(MajorLine {
        named: named.collect(),
        is_exclusive,
        span: document.span_of(part),
    })
}

impl MajorLine {
    /// The line, where it is drawn at a severity that there is.
    fn major(&self, name: &dyn Fn(Level) -> Option<String>, worst_first: bool) -> Option<Major> {
        let mildest = *if worst_first {
            self.named.iter().max_by_key(|it| it.rank)?
        } else {
            self.named.iter().min_by_key(|it| it.rank)?
        };
        let rank = match self.is_exclusive {
            true if worst_first => mildest.rank.checked_sub(1)?,
            true => mildest.rank + 1,
            false => mildest.rank,
        };
        let id = name(Level { rank, ..mildest })?;
        Some(Major {
            at_or_above: Some(Spanned::new(id, self.span.clone())),
            also: Vec::new(),
            span: self.span.clone(),
        })
    }
}

/// Every severity with a number that a sentence names, with the byte where the name starts.
pub(super) fn levels_in(words: &str) -> Vec<(Level, usize)> {
    let mut found: Vec<(Level, usize)> = Vec::new();
    if !label::may_hold_code(words) {
        return found;
    }
    let mut end = 0;
    for (at, letter) in words.char_indices() {
        let starts = letter.is_alphabetic()
            && !words[..at].ends_with(|it: char| it.is_alphanumeric() || it == '-' || it == '_');
        if !starts || at < end {
            continue;
        }
        if let Some((level, length)) = label::code_at(&words[at..]) {
            found.push((level, at));
            end = at + length;
        }
    }
    found
}

/// `Owner: Reliability team`.
fn owner(document: &Document, part: Part, remarks: &mut Remarks) {
    const LABELS: &[&str] = &[
        "owner:",
        "document owner:",
        "policy owner:",
        "owned by:",
        "maintained by:",
        "maintainer:",
        "page owner:",
        "process owner:",
        "owned by ",
        "maintained by ",
    ];
    let words = document.words(part);
    let lower = words.to_lowercase();
    let is_said = |label: &&&str| {
        let behind = lower.split("this document is ").skip(1);
        lower.starts_with(**label) || behind.into_iter().any(|it| it.starts_with(**label))
    };
    let Some(label) = LABELS.iter().find(is_said) else {
        return;
    };
    let Some(at) = lower.find(label) else { return };
    let value = words.get(at + label.len()..).unwrap_or_default().trim();
    if remarks.owner.is_none() && !value.is_empty() {
        remarks.owner = Some(text(document, part, value));
    }
}

/// `Last updated: 2026-01-04`, `reviewed quarterly`, `Next review: 2026-04-04`.
fn review(document: &Document, part: Part, remarks: &mut Remarks) {
    const LABELS: &[&str] = &[
        "last updated",
        "last reviewed",
        "last review",
        "last revised",
        "reviewed on",
        "updated on",
        "last modified",
        "effective date",
        "last_reviewed_on",
    ];
    let words = document.words(part);
    let lower = words.to_lowercase();
    let span = document.span_of(part);
    let last = LABELS
        .iter()
        .find(|it| lower.contains(**it))
        .and_then(|_| date(words));
    let rhythm = lower.contains("reviewed")
        || lower.contains("review this")
        || lower.contains("review cycle");
    let own = lower.contains("document")
        || lower.contains("policy")
        || lower.contains("page")
        || lower.contains("matrix");
    let every: Option<Quantity> = if rhythm && own {
        let targets = english::targets(words);
        let rhythm = targets
            .iter()
            .find(|it| it.pace == Pace::Every)
            .map(|it| &it.time);
        rhythm.and_then(|it| quantity(it, None))
    } else {
        None
    };
    if last.is_none() && every.is_none() {
        return;
    }
    let review = remarks.review.get_or_insert_with(|| ScaleReview {
        last: None,
        every: None,
        span: span.clone(),
    });
    if let (None, Some(last)) = (&review.last, last) {
        review.last = Some(Spanned::new(last, span.clone()));
    }
    if let (None, Some(every)) = (&review.every, every) {
        review.every = Some(Spanned::new(every, span));
    }
}

/// The first day written as `2026-01-04` in a text.
fn date(words: &str) -> Option<Date> {
    let mut parts = words.split(|it: char| !it.is_ascii_digit() && it != '-');
    parts.find_map(|it| {
        if it.len() == 10 {
            it.parse().ok()
        } else {
            None
        }
    })
}

fn text(document: &Document, part: Part, value: &str) -> Text {
    Spanned::new(value.to_owned(), document.span_of(part))
}
