//! Running text and cards in which one severity is told after the other, without headings of their own.
//!
//! `A Severity 1 incident is one where …. Severity 2 incidents are …`; or lines `P1: …` of one paragraph.

use super::column::is_time;
use super::english;
use super::label::{self, Family, Label, Level};
use super::role::{self, Role};
use super::scale::levels_in;
use super::statement::{Naming, Shape, Statement, Structure, needed, sentences, within};
use crate::markdown::{Block, BlockKind, Document, Part};

/// The severities that cards and running text of a page tell apart, at least two in each.
pub(super) fn read(document: &Document) -> Vec<Structure> {
    let mut found = Vec::new();
    let mut prose = Telling::default();
    for block in &document.blocks {
        if block.kind == BlockKind::Heading {
            prose.current = None;
        }
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) || block.is_quoted {
            continue;
        }
        let starts = entries(document.words(block.text));
        if starts.is_empty() {
            for sentence in sentences(document, block.text) {
                prose.sentence(document, block, sentence);
            }
        } else {
            let mut card = Telling::default();
            for entry in pieces(document, block.text, &starts) {
                card.entry(document, block, entry);
            }
            found.extend(card.structure);
        }
    }
    found.extend(prose.structure);
    found.retain(|it| it.namings.len() >= 2);
    found
}

/// What was told so far, and of which severity the next words are.
#[derive(Default)]
struct Telling {
    structure: Option<Structure>,
    current: Option<usize>,
}

impl Telling {
    /// A line of a card: the severity, and what is said of it in columns.
    fn entry(&mut self, document: &Document, block: &Block, entry: Part) {
        let words = document.words(entry);
        let Some(label) = line_label(words) else {
            return;
        };
        self.name(&label, block, entry);
        let rest = within(document, entry, label.rest, words.len());
        let cuts = document.words(rest).match_indices("  ").map(|(at, _)| at);
        let starts: Vec<usize> = [0].into_iter().chain(cuts).collect();
        for column in pieces(document, rest, &starts) {
            let words = document.words(column);
            let short = is_time(words) || words.split_whitespace().count() <= 6;
            // `Response 1 h, resolution 8 h` has two roles, which its clauses say.
            let is_one = english::targets(words).len() <= 1;
            let timed = role::role(words).filter(|it| short && is_one && it.is_timed());
            self.say(document, column, timed);
        }
    }

    /// A sentence of running text: it may define a severity, or say more of the last one.
    fn sentence(&mut self, document: &Document, block: &Block, sentence: Part) {
        let words = document.words(sentence);
        let Some(label) = told_label(words) else {
            self.say(document, sentence, None);
            return;
        };
        self.name(&label, block, sentence);
        let rest = within(document, sentence, label.rest, words.len());
        self.say(document, rest, None);
    }

    fn name(&mut self, label: &Label, block: &Block, whole: Part) {
        let structure = self
            .structure
            .get_or_insert_with(|| Structure::new(Shape::Sections, block.place));
        structure.place.end = structure.place.end.max(block.place.end);
        let mut known = structure.namings.iter();
        self.current = known.position(|it| it.level == label.level).or_else(|| {
            structure.namings.push(Naming::new(label, whole, whole));
            structure.namings.len().checked_sub(1)
        });
    }

    fn say(&mut self, document: &Document, text: Part, role: Option<Role>) {
        let (Some(structure), Some(naming)) = (&mut self.structure, self.current) else {
            return;
        };
        let words = document.words(text);
        let role = role.or_else(|| role::of_sentence(words));
        structure.statements.push(Statement {
            naming,
            plan: None,
            role: role.or(Some(Role::Criteria)),
            label: None,
            text,
            items: Vec::new(),
            needed: needed(words),
            depth: 0,
            is_cell: false,
        });
    }
}

/// Whether a text starts with the name of a severity and a sign, and goes on so with others.
pub(super) fn is_card(text: &str) -> bool {
    entries(text).len() >= 2
}

/// The bytes in which the name of a severity and the sign behind it stand.
const LONGEST_NAME: usize = 300;

/// Where the entries of a card start; empty where the text is none. What the author wrote in lines of their own
/// may stand in one here.
fn entries(text: &str) -> Vec<usize> {
    let mut found: Vec<(Level, usize)> = Vec::new();
    let mut end = 0;
    // A card starts with its first entry.
    if label::code_at(text.trim_start()).is_none() {
        return Vec::new();
    }
    for (level, start) in levels_in(text) {
        let is_new = !found.iter().any(|(it, _)| *it == level);
        let is_behind = text[end..start].trim_start().is_empty();
        if !is_new || found.is_empty() != is_behind {
            continue;
        }
        // The name and the sign behind it stand at the start; the rest may be long.
        let head = text.floor_char_boundary(start + LONGEST_NAME);
        if line_label(&text[start..head]).is_some() {
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
    // `P1 (Critical): …`
    let bracketed = behind.trim_start().strip_prefix('(');
    let behind_brackets = bracketed.and_then(|it| it.find(')').map(|end| &it[end + 1..]));
    let is_bracketed = behind_brackets.is_some_and(|it| {
        it.trim_start()
            .starts_with([':', '-', '\u{2013}', '\u{2014}'])
    });
    let parted = behind.starts_with("  ")
        || is_bracketed
        || matches!(
            sign,
            ':' | '-' | '=' | '|' | '\u{2013}' | '\u{2014}' | '\u{2192}'
        );
    // Behind a colon or a gap stands what is said of the severity.
    if let Some(name) = label.name.clone().filter(|it| it.start > label.id.end)
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
        others: Vec::new(),
        rest,
    })
}

/// A text cut at bytes of its own; what is empty is left out.
fn pieces(document: &Document, part: Part, starts: &[usize]) -> Vec<Part> {
    let end = document.words(part).len();
    let ends = starts.iter().copied().skip(1).chain([end]);
    let ranges = starts.iter().zip(ends);
    let pieces = ranges.map(|(start, end)| within(document, part, *start, end));
    pieces.filter(|it| !it.is_empty()).collect()
}
