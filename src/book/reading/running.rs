//! Running text and cards in which one severity is told after the other, without headings of their own.
//!
//! `A Severity 1 incident is one where …. Severity 2 incidents are …`; or lines `P1: …` of one paragraph.

use super::label::{self, Family, Label, Level};
use super::role::{self, Role};
use super::scale::levels_in;
use super::statement::{Naming, Shape, Statement, Structure, needed, sentences, within};
use super::table::is_time;
use crate::markdown::{BlockKind, Document, Part};

/// The severities that running text of a page tells apart; `None` where it tells fewer than two.
pub(super) fn read(document: &Document) -> Option<Structure> {
    let mut structure: Option<Structure> = None;
    let mut is_open = false;
    for block in &document.blocks {
        let is_told = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        if block.kind == BlockKind::Heading {
            is_open = false;
        }
        if !is_told || block.is_quoted {
            continue;
        }
        let is_card = is_card(document.words(block.text));
        let pieces = if is_card {
            lines(document, block.text)
        } else {
            sentences(document, block.text)
        };
        for piece in pieces {
            let words = document.words(piece);
            let label = if is_card {
                line_label(words)
            } else {
                told_label(words)
            };
            if let Some(label) = label {
                let structure = structure.get_or_insert_with(|| Structure {
                    shape: Shape::Sections,
                    place: block.place,
                    namings: Vec::new(),
                    statements: Vec::new(),
                    blanks: Vec::new(),
                    major: None,
                });
                structure.place.end = structure.place.end.max(block.place.end);
                structure.namings.push(Naming::new(&label, piece, piece));
                let rest = within(document, piece, label.rest, words.len());
                say(document, rest, is_card, structure);
                is_open = true;
            } else if let Some(structure) = structure.as_mut().filter(|_| is_open) {
                say(document, piece, is_card, structure);
            }
        }
    }
    let told = structure?;
    let mut levels: Vec<Level> = told.namings.iter().map(|it| it.level).collect();
    levels.sort_unstable();
    levels.dedup();
    (levels.len() >= 2).then_some(told)
}

/// Whether a text starts with the name of a severity and a sign, and goes on so with others.
pub(super) fn is_card(text: &str) -> bool {
    entries(text).len() >= 2
}

/// Where the entries of a card start; empty where the text is none. What the author wrote in lines of their own
/// may stand in one here.
fn entries(text: &str) -> Vec<usize> {
    let mut found: Vec<(Level, usize)> = Vec::new();
    let mut end = 0;
    for (level, start) in levels_in(text) {
        let is_named = line_label(&text[start..]).is_some();
        let words = text[end..start].split_whitespace().count();
        let is_new = !found.iter().any(|(it, _)| *it == level);
        if is_named && is_new && (found.is_empty() == (words == 0)) {
            found.push((level, start));
            end = start + label::code_at(&text[start..]).map_or(0, |it| it.1);
        }
    }
    if found.len() < 2 {
        return Vec::new();
    }
    found.into_iter().map(|(_, start)| start).collect()
}

/// The severity that an entry of a card starts with.
fn line_label(words: &str) -> Option<Label> {
    let mut label = label::label(words).filter(|it| it.level.family != Family::Word)?;
    let behind = &words[label.id.end..];
    let sign = behind.trim_start().chars().next()?;
    let parted = behind.starts_with("  ")
        || matches!(
            sign,
            ':' | '-' | '=' | '|' | '\u{2013}' | '\u{2014}' | '\u{2192}'
        );
    // Behind a colon or a gap stands what is said of the severity.
    if let Some(name) = label.name.clone()
        && [":", "  "]
            .iter()
            .any(|it| words[label.id.end..name.start].contains(it))
    {
        label.rest = name.start;
        label.name = None;
    }
    parted.then_some(label)
}

/// The severity that a sentence defines: `A Severity 1 incident is …`, `P1 means …`, `We speak of SEV2 when …`.
fn told_label(words: &str) -> Option<Label> {
    const VERBS: [&str; 14] = [
        "is",
        "are",
        "means",
        "mean",
        "covers",
        "cover",
        "denotes",
        "describes",
        "includes",
        "applies",
        "represents",
        "if",
        "when",
        "where",
    ];
    const NOUNS: [&str; 8] = [
        "incident",
        "incidents",
        "issue",
        "issues",
        "problem",
        "problems",
        "outage",
        "defect",
    ];
    const ONES: [&str; 4] = ["one where ", "one that ", "one in which ", "one "];
    let named = levels_in(words);
    let [(level, start), ..] = named[..] else {
        return None;
    };
    if named.len() > 1 || words[..start].split_whitespace().count() > 5 {
        return None;
    }
    let (_, length) = label::code_at(&words[start..])?;
    let id = start..start + length;
    let mut rest = id.end;
    let mut says = false;
    for word in words[id.end..].split_whitespace().take(3) {
        let plain = word
            .trim_matches(|it: char| !it.is_alphanumeric())
            .to_lowercase();
        says = VERBS.contains(&plain.as_str());
        if !says && !NOUNS.contains(&plain.as_str()) {
            return None;
        }
        rest += words[rest..].find(word)? + word.len();
        if says {
            break;
        }
    }
    let behind = words[rest..].trim_start();
    let length = ONES
        .iter()
        .find(|it| behind.starts_with(**it))
        .map_or(0, |it| it.len());
    rest = words.len() - behind.len() + length;
    // `P1 is handled by …` tells what is done, `A P1 is declared` nothing.
    let is_about =
        role::of_sentence(&words[id.end..]).is_none() && behind.split_whitespace().count() >= 3;
    (says && is_about).then_some(Label {
        level,
        id,
        alias: None,
        name: None,
        rest,
    })
}

/// Adds what a line or a sentence says of the severity that was named last.
fn say(document: &Document, text: Part, is_card: bool, structure: &mut Structure) {
    let parts = if is_card {
        columns(document, text)
    } else {
        vec![text]
    };
    for part in parts {
        let words = document.words(part);
        let timed = || role::role(words).filter(|it| it.is_timed());
        let role = if is_card && !is_time(words) && words.split_whitespace().count() > 6 {
            None
        } else {
            timed().filter(|_| is_card)
        };
        let role = role
            .or_else(|| role::of_sentence(words))
            .unwrap_or(Role::Criteria);
        structure.statements.push(Statement {
            naming: structure.namings.len() - 1,
            role: Some(role),
            label: None,
            text: part,
            items: Vec::new(),
            needed: needed(words),
            depth: 0,
            is_cell: false,
        });
    }
}

/// The entries of a card.
fn lines(document: &Document, part: Part) -> Vec<Part> {
    let words = document.words(part);
    let starts = entries(words);
    let ends = starts.iter().copied().skip(1).chain([words.len()]);
    let ranges = starts.iter().zip(ends);
    ranges
        .map(|(start, end)| within(document, part, *start, end))
        .collect()
}

/// What two or more spaces part.
fn columns(document: &Document, part: Part) -> Vec<Part> {
    let words = document.words(part);
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, sign) in words.match_indices("  ").chain([(words.len(), "")]) {
        parts.push(within(document, part, start, at));
        start = at + sign.len();
    }
    parts.retain(|it| !it.is_empty());
    parts
}
