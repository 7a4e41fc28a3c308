//! Blocks of a page in, those that name a severity at their start out.

use crate::book::reading::column::is_about_severity;
use crate::book::reading::label::{self, Family, Label};
use crate::book::reading::role::{self, Role};
use crate::book::reading::running;
use crate::markdown::{Block, BlockKind, Document};

/// A block that names a severity at its start.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The block, by its index in the page.
    pub(super) block: usize,
    pub(super) label: Label,
    /// What the words around the name announce, as in `Examples of SEV-1`.
    pub(super) role: Option<Role>,
    pub(super) group: Group,
}

/// What candidates must share to be one row of severities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    pub(super) kind: Kind,
    /// The level of the headings, or how deep the items are.
    pub(super) depth: u8,
    /// The heading that it is under.
    pub(super) under: Option<usize>,
    pub(super) family: Family,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Heading,
    Line,
    Item,
    Title,
}

pub(super) fn candidates(document: &Document) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut parents: Vec<usize> = Vec::new();
    let mut tables = document.tables.iter().map(|it| it.place).peekable();
    for (index, block) in document.blocks.iter().enumerate() {
        let mut under = block.heading;
        if let (BlockKind::Heading, Some(heading)) = (block.kind, block.heading) {
            let level = document.headings[heading].level;
            parents.retain(|it| document.headings[*it].level < level);
            under = parents.last().copied();
            parents.push(heading);
        }
        let Some((kind, depth)) = kind(document, block) else {
            continue;
        };
        while tables.next_if(|it| it.end <= block.place.start).is_some() {}
        let is_in_table = tables
            .peek()
            .is_some_and(|it| it.start <= block.place.start);
        if kind == Kind::Line && is_in_table {
            continue;
        }
        let words = document.words(block.text);
        if running::is_card(words) {
            continue;
        }
        if let Some((label, role)) = candidate_label(kind, words) {
            let group = Group {
                kind,
                depth,
                under,
                family: label.level.family,
            };
            found.push(Candidate {
                block: index,
                label,
                role,
                group,
            });
        }
    }
    found
}

fn kind(document: &Document, block: &Block) -> Option<(Kind, u8)> {
    match block.kind {
        BlockKind::Heading => {
            let heading = block.heading?;
            Some((Kind::Heading, document.headings[heading].level))
        }
        BlockKind::Paragraph if block.depth == 0 => Some((Kind::Line, 0)),
        BlockKind::Term => Some((Kind::Line, 0)),
        BlockKind::Item => Some((Kind::Item, block.depth)),
        BlockKind::Title => Some((Kind::Title, 0)),
        _ => None,
    }
}

/// The severity that a block names, if the block is about it.
fn candidate_label(kind: Kind, words: &str) -> Option<(Label, Option<Role>)> {
    if let Some(found) = examples_of(words) {
        return Some((found, Some(Role::Examples)));
    }
    // Behind the first line stands what is said of the severity.
    let line = words.lines().next().unwrap_or_default();
    if kind != Kind::Item
        && let Some(label) = numbered(line)
    {
        return Some((label, None));
    }
    if kind != Kind::Heading
        && let Some(label) = in_brackets(words)
    {
        return Some((label, None));
    }
    if kind == Kind::Heading
        && let Some(label) = behind_foreign(words)
    {
        return Some((label, None));
    }
    let mut label = label::label(words).or_else(|| label::shared(words))?;
    let behind = words[label.id.end..].trim_start_matches(['*', '`', '_', ' ', '\u{a0}']);
    let parted = behind.is_empty()
        || behind.starts_with(|it: char| !it.is_alphanumeric())
        || is_thing(words, &label)
        || label
            .name
            .as_ref()
            .is_some_and(|it| is_title(&words[it.end..]));
    if kind != Kind::Heading && !parted {
        return None;
    }
    // `Minor. The color is wrong` has a word for its heading.
    let is_heading = label.level.family == Family::Word && behind.starts_with(". ");
    let sign = behind.chars().next().filter(|_| !is_heading);
    // `P1 incidents are …` is a sentence; so is `SEV-1, SEV-2`.
    if kind != Kind::Heading
        && sign.is_some_and(|it| matches!(it, ',' | '\'' | '\u{2019}' | '.' | ';'))
    {
        return None;
    }
    // Behind a colon stands what is said of the severity, unless it is a heading.
    if let Some(name) = label
        .name
        .clone()
        .filter(|it| kind != Kind::Heading && it.start > label.id.end)
        && words[label.id.end..name.start].contains(':')
        && !is_bracketed(words, &name)
    {
        label.rest = name.start;
        label.name = None;
    }
    let name = label.name.clone().map_or("", |it| &words[it]);
    let role = role::role(name).filter(|it| !matches!(it, Role::Level | Role::Name));
    let announces = |it: &Role| *it != Role::Criteria || name.to_lowercase().contains("criteria");
    let role = role.filter(announces);
    let role = role.filter(|_| !is_about_severity(name) && name.split(' ').count() <= 2);
    if role.is_some() {
        label.name = None;
    }
    if kind == Kind::Heading && words.split_whitespace().count() > 14 {
        return None;
    }
    Some((label, role))
}

/// A few words with the name of a severity in brackets behind them: `A large leak (Priority 2): ...`.
fn in_brackets(words: &str) -> Option<Label> {
    const LONGEST: usize = 4;
    let (name, rest) = words.split_once(" (")?;
    let end = rest.find(')')?;
    let behind = rest[end + 1..].trim_start();
    let is_parted = behind.is_empty() || behind.starts_with([':', '\u{2013}', '\u{2014}', '-']);
    let is_name = name.split(' ').count() <= LONGEST
        && name.chars().all(|it| it.is_alphabetic() || it == ' ');
    if !is_parted || !is_name {
        return None;
    }
    let label = label::whole(&rest[..end])?;
    let start = name.len() + 2;
    Some(Label {
        level: label.level,
        id: start + label.id.start..start + label.id.end,
        alias: None,
        name: Some(0..name.len()),
        others: Vec::new(),
        rest: words.len()
            - behind
                .trim_start_matches([':', '\u{2013}', '\u{2014}', '-', ' '])
                .len(),
    })
}

/// A word of a scale behind the same in another language, as in `高优先级 High`.
fn behind_foreign(words: &str) -> Option<Label> {
    let start = words.find(|it: char| it.is_ascii_alphabetic())?;
    let is_foreign = words[..start].chars().any(char::is_alphabetic);
    let word =
        label::whole(&words[start..]).filter(|it| is_foreign && it.level.family == Family::Word)?;
    Some(Label {
        id: start + word.id.start..start + word.id.end,
        rest: words.len(),
        ..word
    })
}

/// Whether only the thing that the name is the name of stands before a sign: `P1 Incident - All is lost`.
fn is_thing(words: &str, label: &Label) -> bool {
    let between = words[label.id.end..label.rest].trim_end();
    between.ends_with([':', '-', '\u{2013}', '\u{2014}', '(']) && label.name.is_none()
}

/// Whether a name is parted from what stands behind it, if there is anything.
fn is_title(behind: &str) -> bool {
    let behind = behind.trim_start_matches(['*', '`', '_', ' ']);
    behind.is_empty()
        || behind.starts_with([':', '\u{2013}', '\u{2014}'])
        || behind.starts_with("- ")
}

/// Whether a name stands in brackets: `S1: (Catastrophic) Blocks all work`.
fn is_bracketed(words: &str, name: &std::ops::Range<usize>) -> bool {
    words[..name.start].ends_with('(') && words[name.end..].starts_with(')')
}

/// `1 - High Severity`, `1. Critical`: the word is the name and the number an alias.
fn numbered(words: &str) -> Option<Label> {
    let digit = label::digit(words)?;
    let name = digit.name.clone()?;
    let word = label::label(&words[name.clone()]).filter(|it| it.level.family == Family::Word)?;
    if words[name.start + word.id.end..]
        .chars()
        .any(char::is_alphanumeric)
        && !words.contains(':')
    {
        return None;
    }
    Some(Label {
        level: digit.level,
        id: name.start + word.id.start..name.start + word.id.end,
        alias: Some(digit.id),
        name: None,
        others: Vec::new(),
        rest: words.len(),
    })
}

/// `Example(s) of SEV-1`, `Examples for P2:`.
fn examples_of(words: &str) -> Option<Label> {
    let head = words.get(..7)?;
    if !head.eq_ignore_ascii_case("example") {
        return None;
    }
    let joint = [" of ", " for "]
        .iter()
        .find_map(|it| Some(words.find(it)? + it.len()))?;
    let mut label = label::whole(&words[joint..])?;
    label.id = label.id.start + joint..label.id.end + joint;
    label.alias = None;
    label.name = None;
    label.rest = words.len();
    (label.level.family != Family::Word).then_some(label)
}
