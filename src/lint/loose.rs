//! A page in, the criteria on it that belong to no severity out: what makes something an incident, a major one,
//! or of some impact.

use std::ops::Range;

use crate::markdown::{Block, BlockKind, Document};
use crate::span::Span;

use super::subject::Subject;

/// A criterion that no severity has.
pub(super) struct Loose<'a> {
    /// Its words.
    pub(super) text: &'a str,
    document: &'a Document,
    block: &'a Block,
    start: usize,
}

impl Loose<'_> {
    /// Where some of its words stand.
    pub(super) fn span_of(&self, words: Range<usize>) -> Span {
        let range = self.start + words.start..self.start + words.end;
        self.document.span_of(self.block.text.within(range))
    }
}

/// What is decided by criteria.
const DECIDED: [&str; 9] = [
    "incident",
    "outage",
    "severit",
    "priorit",
    "emergency",
    "criteri",
    "threshold",
    "crisis",
    "impact has",
];

/// Words that announce criteria.
const ANNOUNCING: [&str; 34] = [
    "following criteria",
    "criteria is met",
    "criteria are met",
    "criterion is met",
    "conditions is met",
    "condition is met",
    "conditions are met",
    "conditions are fulfilled",
    "conditions is fulfilled",
    "following conditions",
    "is considered a",
    "considered to be",
    "considered major",
    "considered as",
    "are considered incident",
    "classified as",
    "is an incident if",
    "is an incident when",
    "is an incident where",
    "incident if any",
    "incident when any",
    "incident if one",
    "qualifies as",
    "qualify as",
    "counts as",
    "constitutes",
    "examples of incidents",
    "examples of an incident",
    "examples of major incidents",
    "declare an incident if",
    "declare an incident when",
    "declared when",
    "declared if",
    "incident criteria",
];

/// Words of lists that are no criteria though they speak of incidents.
const ASKING: [&str; 14] = [
    "step",
    "action",
    "role",
    "responsib",
    "notify",
    "inform",
    "provide",
    "template",
    "include the",
    "not considered",
    "not an incident",
    "no longer",
    "resolved",
    "closed",
];

/// The criteria that no severity has, on the page of the policy; on every page where there is no policy.
pub(super) fn criteria<'a>(subject: &Subject<'a>) -> Vec<Loose<'a>> {
    if !subject.handbook.policy_files.is_empty() || subject.is_foreign() {
        return Vec::new();
    }
    let stated = subject.scale_span().map(|it| it.file);
    let pages = subject.handbook.pages.iter();
    let pages = pages.filter(|it| stated.as_ref().is_none_or(|stated| it.file == *stated));
    let mut found: Vec<Loose<'a>> = pages.flat_map(|it| of_page(it.document())).collect();
    let known = subject.known_words();
    found.retain(|it| !known.holds_any_of(&it.span_of(0..it.text.len())));
    found
}

fn of_page(document: &Document) -> Vec<Loose<'_>> {
    let mut found = Vec::new();
    // How deep the items stand that the last announcement is about, where they have begun.
    let mut listed: Option<Option<u8>> = None;
    for block in &document.blocks {
        let text = document.words(block.text);
        if block.is_quoted || block.kind == BlockKind::Code {
            continue;
        }
        if block.kind == BlockKind::Item
            && let Some(depth) = listed
            && depth.is_none_or(|it| it <= block.depth)
        {
            listed = Some(Some(depth.unwrap_or(block.depth)));
            found.push(Loose {
                text,
                document,
                block,
                start: 0,
            });
            continue;
        }
        listed = None;
        if !matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading
        ) {
            continue;
        }
        let said = inline(text).into_iter().chain(question(text));
        for range in said.chain(definition(text)) {
            found.push(Loose {
                text: &text[range.clone()],
                document,
                block,
                start: range.start,
            });
        }
        let last = sentences(text).pop().map_or("", |it| &text[it]);
        let is_head = block.kind == BlockKind::Heading || last.trim_end().ends_with(':');
        if is_head && announces(last) {
            listed = Some(None);
        }
    }
    found
}

/// Whether words say that criteria follow.
fn announces(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|it| lower.contains(it));
    lower.len() < 600 && has(&DECIDED) && has(&ANNOUNCING) && !has(&ASKING)
}

/// The criteria of a sentence that announces them and lists them behind a colon.
fn inline(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let words = &text[sentence.clone()];
        let Some(colon) = words.find(": ").filter(|it| announces(&words[..*it])) else {
            continue;
        };
        let mut from = sentence.start + colon + 2;
        for (at, _) in words[colon..]
            .match_indices(';')
            .chain([(words.len() - colon, "")])
        {
            let end = sentence.start + colon + at;
            if end > from {
                found.push(from..end);
            }
            from = end + 1;
        }
    }
    found
}

/// `An incident is anything that …`: what makes it one.
fn definition(text: &str) -> Option<Range<usize>> {
    const STARTS: [&str; 6] = [
        "an incident is any",
        "an incident is an event",
        "an incident is something",
        "a major incident is any",
        "a major incident is an",
        "incidents are events",
    ];
    let lower = text.to_lowercase();
    let start = STARTS.iter().find(|it| lower.starts_with(*it))?.len();
    let end = text.find(". ").unwrap_or(text.len());
    (start < end && text.is_char_boundary(start)).then_some(start..end)
}

/// `Can nobody sign in? If yes, then high severity.`: the question.
fn question(text: &str) -> Option<Range<usize>> {
    let mark = text.find('?')?;
    let behind = text[mark..].to_lowercase();
    let is_decided = ["severit", "priorit"].iter().any(|it| behind.contains(it));
    (is_decided && behind.contains("yes")).then_some(0..mark)
}

/// The sentences of a text, roughly: a point inside brackets or in a number is no end.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        if at >= start && text[at + 2..].starts_with(|it: char| it.is_uppercase() || it == '[') {
            found.push(start..at);
            start = at + 2;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}
