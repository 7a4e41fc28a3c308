//! Headings, lines and list items that tell severities apart, and what stands under each.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{is_about_severity, is_factor, is_other_scale, is_time, names_severity};
use super::english::{self, Pace};
use super::label::{self, Family, Label, Level};
use super::role::{self, Role};
use super::running;
use super::statement::{Naming, Needed, Shape, Statement, Structure, needed, sentences, within};
use super::table::is_ordered;
use crate::markdown::{Block, BlockKind, Document, Part};

/// A block that names a severity at its start.
#[derive(Clone, Debug)]
struct Candidate {
    /// The block, by its index in the page.
    block: usize,
    label: Label,
    /// What the words around the name announce, as in `Examples of SEV-1`.
    role: Option<Role>,
    group: Group,
}

/// What candidates must share to be one row of severities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    kind: Kind,
    /// The level of the headings, or how deep the items are.
    depth: u8,
    /// The heading that it is under.
    under: Option<usize>,
    family: Family,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Heading,
    Line,
    Item,
    Title,
}

/// All rows of severities on a page that are no tables, and what lists say about the steps of a factor.
pub(super) fn read(document: &Document) -> (Vec<Structure>, Vec<Part>) {
    let mut groups: BTreeMap<Group, Vec<Candidate>> = BTreeMap::new();
    for candidate in candidates(document) {
        groups.entry(candidate.group).or_default().push(candidate);
    }
    let mut factors = Vec::new();
    groups.retain(|_, list| {
        let is_scale = is_scale(document, list);
        if !is_scale && is_of_factor(document, list) {
            let starts = list.iter().map(|it| it.block).collect();
            let told = structure(document, list, &starts).statements;
            let criteria = told
                .iter()
                .filter(|it| matches!(it.role, None | Some(Role::Criteria)));
            factors.extend(criteria.map(|it| it.text));
        }
        is_scale
    });
    leave_other_scopes(document, &mut groups);
    let starts: BTreeSet<usize> = groups.values().flatten().map(|it| it.block).collect();
    let groups = groups.values();
    let structures = groups.map(|list| structure(document, list, &starts));
    (structures.collect(), factors)
}

/// Whether candidates are the steps of a factor, such as `Urgency`.
fn is_of_factor(document: &Document, list: &[Candidate]) -> bool {
    let levels: BTreeSet<Level> = list.iter().map(|it| it.label.level).collect();
    let is_named = |it: &Candidate| introduction(document, it).iter().any(|it| is_factor(it));
    levels.len() >= 2 && list.first().is_some_and(is_named)
}

/// Drops headings that tell the same severities apart once more for something else, as `Server` and
/// `Client` do; headings that announce what they hold, such as `Response`, stay.
fn leave_other_scopes(document: &Document, groups: &mut BTreeMap<Group, Vec<Candidate>>) {
    let mut seen = BTreeSet::new();
    groups.retain(|group, _| {
        let under = group.under.and_then(|it| document.headings.get(it));
        let words = under.map_or("", |it| document.words(it.text));
        let tells = role::role(words).is_some() || is_about_severity(words) || words.is_empty();
        group.kind != Kind::Heading || tells || seen.insert((group.depth, group.family))
    });
}

fn candidates(document: &Document) -> Vec<Candidate> {
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
    if kind != Kind::Item
        && let Some(label) =
            numbered(words).filter(|it| kind == Kind::Heading || it.rest == words.len())
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
    let sign = behind.chars().next();
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

/// Whether candidates of one group are a row of severities.
fn is_scale(document: &Document, list: &[Candidate]) -> bool {
    let Some(first) = list.first() else {
        return false;
    };
    let levels: BTreeSet<Level> = list.iter().map(|it| it.label.level).collect();
    let words = |it: &Candidate| document.words(document.blocks[it.block].text);
    if levels.len() < 2 {
        let alone = levels.iter().all(|it| it.family == Family::Severity);
        return alone
            && matches!(first.group.kind, Kind::Heading | Kind::Line)
            && label::whole(words(first)).is_some();
    }
    let before = introduction(document, first);
    if first.group.family != Family::Word {
        let page = document.headings.iter().map(|it| document.words(it.text));
        return !is_tier(words(first)) || before.iter().copied().chain(page).any(names_severity);
    }
    if list.len() >= 3 && are_numbered(document, list) {
        return true;
    }
    if before.iter().any(|it| is_other_scale(it)) {
        return false;
    }
    let labels: Vec<Option<Label>> = list.iter().map(|it| Some(it.label.clone())).collect();
    let page = document.headings.iter().map(|it| document.words(it.text));
    let about =
        before.iter().any(|it| is_about_severity(it)) || page.clone().any(is_about_severity);
    let says = list.iter().all(|it| is_about_severity(words(it)));
    (about || says) && list.len() >= 2 && (is_ordered(&labels) || says)
}

/// Whether a name may be that of a line of support, as `L2` is.
fn is_tier(words: &str) -> bool {
    let mut letters = words
        .trim_start_matches(|it: char| !it.is_alphanumeric())
        .chars();
    letters.next().is_some_and(|it| it == 'L' || it == 'l')
        && letters.next().is_some_and(|it| it.is_ascii_digit())
}

/// Whether candidates are words with the numbers of their places: `1-Critical`, `2-High`, `3-Medium`.
fn are_numbered(document: &Document, list: &[Candidate]) -> bool {
    let labels: Vec<Option<Label>> = list.iter().map(|it| Some(it.label.clone())).collect();
    let number = |it: &Candidate| -> Option<usize> {
        let words = document.words(document.blocks[it.block].text);
        words.get(it.label.alias.clone()?)?.parse().ok()
    };
    let mut numbers = list.iter().map(number).enumerate();
    is_ordered(&labels) && numbers.all(|(index, it)| it == Some(index) || it == Some(index + 1))
}

/// The words that stand before a row of severities: its heading and the block above.
fn introduction<'page>(document: &'page Document, first: &Candidate) -> Vec<&'page str> {
    let heading = first.group.under.and_then(|it| document.headings.get(it));
    let mut before: Vec<&str> = heading
        .map(|it| document.words(it.text))
        .into_iter()
        .collect();
    let block = &document.blocks[first.block];
    let above = document.blocks[..first.block].iter().rev();
    let mut above = above.filter(|it| it.depth < block.depth.max(1) && it.kind != BlockKind::Cell);
    if matches!(first.group.kind, Kind::Item | Kind::Line) {
        before.extend(above.next().map(|it| document.words(it.text)));
    }
    before
}

fn structure(document: &Document, list: &[Candidate], starts: &BTreeSet<usize>) -> Structure {
    let items = list.iter().all(|it| it.group.kind == Kind::Item);
    let first = &document.blocks[list[0].block];
    let mut structure = Structure {
        shape: if items { Shape::Items } else { Shape::Sections },
        place: first.place,
        namings: Vec::new(),
        statements: Vec::new(),
        blanks: Vec::new(),
        major: None,
        is_variant: false,
    };
    let own: BTreeSet<usize> = list.iter().map(|it| it.block).collect();
    let lines = list
        .iter()
        .all(|it| matches!(it.group.kind, Kind::Line | Kind::Title));
    let mut longest = 0;
    for candidate in list {
        let block = &document.blocks[candidate.block];
        structure.place.end = structure.place.end.max(block.place.end);
        let naming = Naming::new(&candidate.label, block.text, block.text);
        structure.namings.push(naming);
        let mut section = Section {
            document,
            naming: structure.namings.len() - 1,
            statements: &mut structure.statements,
            state: Vec::new(),
        };
        section.open(candidate, items);
        let blocks = extent(document, candidate, &own).take_while(|it| !starts.contains(it));
        // The last line has no next one to end it; it says no more than the longest before it.
        let ends = lines && structure.namings.len() == list.len() && list.len() > 1;
        let blocks = blocks.take(if ends { longest } else { usize::MAX });
        let mut count = 0;
        for index in blocks {
            let block = &document.blocks[index];
            let next = document.blocks.get(index + 1);
            if leads(document, block, next) {
                section.announce(200 + u16::from(block.depth), block.text);
            } else {
                section.block(block);
            }
            count += 1;
        }
        longest = longest.max(count);
    }
    let announced = structure
        .statements
        .iter()
        .any(|it| it.role == Some(Role::Criteria));
    if !announced && !items {
        for statement in &mut structure.statements {
            statement.role = statement.role.or(Some(Role::Criteria));
        }
    }
    settle_responses(document, &mut structure);
    structure
}

/// A `Response` that is a time at most severities is one at all of them.
fn settle_responses(document: &Document, structure: &mut Structure) {
    let is_response = |it: &Statement| {
        let label = it.label.map_or("", |label| document.words(label));
        let is_named = label.to_lowercase().trim().starts_with("respon");
        let targets = english::targets(document.words(it.text));
        let is_rhythm = targets.iter().any(|it| it.pace == Pace::Every);
        it.role == Some(Role::Action) && is_named && !is_rhythm
    };
    let statements = structure.statements.iter().filter(|it| is_response(it));
    let timed = statements
        .clone()
        .filter(|it| is_time(document.words(it.text)));
    if timed.count() * 2 > statements.count() {
        let statements = structure.statements.iter_mut();
        for statement in statements.filter(|it| is_response(it)) {
            statement.role = Some(Role::Ack);
        }
    }
}

/// Whether an item is only the title of the items below it.
fn leads(document: &Document, block: &Block, next: Option<&Block>) -> bool {
    let below = next.is_some_and(|it| it.kind == BlockKind::Item && it.depth > block.depth);
    let words = document.words(block.text).trim_end();
    let short =
        words.ends_with(':') || words.split_whitespace().count() <= 4 && !words.ends_with('.');
    block.kind == BlockKind::Item && below && short
}

/// The blocks that belong to a candidate, without its own.
fn extent(
    document: &Document,
    candidate: &Candidate,
    own: &BTreeSet<usize>,
) -> std::ops::Range<usize> {
    let blocks = &document.blocks;
    let start = candidate.block + 1;
    let first = &blocks[candidate.block];
    let level = |block: &Block| block.heading.map_or(0, |it| document.headings[it].level);
    let ends = |index: usize| {
        let block = &blocks[index];
        let heading = block.kind == BlockKind::Heading;
        match candidate.group.kind {
            Kind::Heading => heading && level(block) <= candidate.group.depth,
            Kind::Line => heading || own.contains(&index),
            Kind::Item => {
                heading
                    || block.depth < first.depth
                    || block.kind == BlockKind::Item && block.depth <= first.depth
            }
            Kind::Title => block.admonition != first.admonition,
        }
    };
    let end = (start..blocks.len())
        .find(|it| ends(*it))
        .unwrap_or(blocks.len());
    start..end
}

/// Reads the blocks under one severity.
struct Section<'page, 'out> {
    document: &'page Document,
    naming: usize,
    statements: &'out mut Vec<Statement>,
    /// What was announced and still holds: the outermost first.
    state: Vec<Announced>,
}

#[derive(Clone, Copy)]
struct Announced {
    /// Higher is further in: headings below 10, lines 100, items 200 and their depth.
    order: u16,
    role: Option<Role>,
    label: Part,
    needed: Option<Needed>,
    /// Something stands under it already.
    is_used: bool,
}

impl Section<'_, '_> {
    /// Reads what stands in the naming block itself, behind the name.
    fn open(&mut self, candidate: &Candidate, items: bool) {
        let block = &self.document.blocks[candidate.block];
        let words = self.document.words(block.text);
        let above = if items {
            self.announced_above(candidate)
        } else {
            None
        };
        // A time that a heading announces is not a whole sentence without one.
        let rest = words.get(candidate.label.rest..).unwrap_or_default();
        let is_long = rest.split_whitespace().count() > 5 && english::targets(rest).is_empty();
        let above = above.filter(|it| !it.is_timed() || !is_long);
        if let Some(role) = candidate.role.or(above) {
            self.state.push(Announced {
                order: 0,
                role: Some(role),
                label: block.text,
                needed: None,
                is_used: false,
            });
        }
        let rest = within(self.document, block.text, candidate.label.rest, words.len());
        if candidate.group.kind != Kind::Heading && !rest.is_empty() {
            self.text(block, rest);
        }
    }

    /// What the heading over a list of severities announces, as in `Response time targets`.
    fn announced_above(&self, candidate: &Candidate) -> Option<Role> {
        // An agreement on the service holds all of it, criteria too.
        const WHOLE: [&str; 4] = ["sla", "slas", "service level agreement", "service levels"];
        // The name of a page says what it is for, and nothing of one list on it.
        const PAGES: [&str; 11] = [
            "handbook",
            "guide",
            "policy",
            "process",
            "playbook",
            "runbook",
            "manual",
            "plan",
            "matrix",
            "agreement",
            "definitions",
        ];
        let before = introduction(self.document, candidate);
        let heads = before.iter().rev().map(|it| it.trim_end_matches(':'));
        let is_page = |it: &str| {
            let mut words = it.split(' ');
            words.any(|it| PAGES.contains(&it.to_lowercase().as_str()))
        };
        let heads = heads.filter(|it| !WHOLE.contains(&it.to_lowercase().as_str()) && !is_page(it));
        let mut roles = heads.filter_map(role::role);
        roles.find(|it| !matches!(it, Role::Level | Role::Name))
    }

    fn block(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Heading => {
                let words = self.document.words(block.text);
                // Some make a heading of a sentence that they find important.
                if words.ends_with('.') && words.split_whitespace().count() > 6 {
                    self.text(block, block.text);
                    return;
                }
                let level = block
                    .heading
                    .map_or(0, |it| self.document.headings[it].level);
                self.announce(u16::from(level), block.text);
            }
            BlockKind::Paragraph | BlockKind::Definition | BlockKind::Item => {
                self.text(block, block.text);
            }
            BlockKind::Term | BlockKind::Title => self.announce(100, block.text),
            BlockKind::Cell => self.cell(block),
            BlockKind::Code => self.code(block),
        }
    }

    /// Plain text in a block of code, with lines such as `Response:` that announce what follows.
    fn code(&mut self, block: &Block) {
        let words = self.document.words(block.text);
        let announces = |line: &str| {
            line.strip_suffix(':')
                .is_some_and(|it| role::role(it).is_some())
        };
        if !words.lines().any(|it| announces(it.trim())) {
            return;
        }
        let mut start = 0;
        for line in words.split_inclusive('\n') {
            let marks = line.trim_start_matches(|it: char| {
                !it.is_alphanumeric() && !"<>~$\u{2264}\u{2265}".contains(it)
            });
            let from = start + line.len() - marks.len();
            start += line.len();
            let part = within(self.document, block.text, from, start);
            let text = self.document.words(part);
            if text.ends_with(':') && text.split_whitespace().count() <= 5 {
                self.announce(100, part);
            } else if !part.is_empty() {
                self.plain(block, part);
            }
        }
    }

    /// `| Response time | 15 minutes |` in a table of two columns under the severity.
    fn cell(&mut self, block: &Block) {
        let tables = self.document.tables.iter();
        let mut rows = tables.flat_map(|it| &it.rows).filter(|it| !it.is_head);
        let label = rows.find_map(|row| match &row.cells[..] {
            [label, value] if value.text == block.text => Some(label.text),
            _ => None,
        });
        let Some(label) = label else { return };
        let role = self.role_of(label, block.text);
        if role.is_some() {
            self.push(block, role, Some(label), block.text);
        }
    }

    /// What a label before words says they are; a `Frequency` with a time is that of updates.
    fn role_of(&self, label: Part, content: Part) -> Option<Role> {
        let words = self.document.words(label);
        let role = role::role(words).filter(|it| !matches!(it, Role::Level | Role::Name));
        let is_pace = words
            .trim_matches(['*', ' '])
            .eq_ignore_ascii_case("frequency");
        let is_timed = || !english::targets(self.document.words(content)).is_empty();
        let is_told = || {
            let above = self
                .state
                .iter()
                .map(|it| self.document.words(it.label).to_lowercase());
            let mut above = above.filter(|it| it.contains("communic") || it.contains("update"));
            above.next().is_some()
        };
        let is_rhythm = is_pace && (is_told() || is_timed());
        role.or(is_rhythm.then_some(Role::Updates))
    }

    /// Remembers what the next blocks are about.
    fn announce(&mut self, order: u16, label: Part) {
        self.state.retain(|it| it.order < order);
        let words = self.document.words(label);
        let role = role::role(words.trim_end_matches(':'))
            .filter(|it| !matches!(it, Role::Level | Role::Name));
        let role = role.or_else(|| self.state.last().and_then(|it| it.role));
        self.state.push(Announced {
            order,
            role,
            label,
            needed: needed(words),
            is_used: false,
        });
    }

    fn text(&mut self, block: &Block, part: Part) {
        for piece in labelled_pieces(self.document, part) {
            self.piece(block, piece);
        }
    }

    fn piece(&mut self, block: &Block, part: Part) {
        let is_item = block.kind == BlockKind::Item;
        let order = if is_item {
            200 + u16::from(block.depth)
        } else {
            100
        };
        let words = self.document.words(part);
        let announces = split_label(words).is_some() || !is_item && is_bare_label(words);
        // A line that announces holds for the next paragraph and the lists below, no further.
        let keeps = |it: &Announced| it.order == 100 && order == 100 && !announces && !it.is_used;
        self.state.retain(|it| it.order < order || keeps(it));
        if let Some((label, content)) = split_label(words) {
            let label = part.within(label);
            let content = within(self.document, part, content, words.len());
            if content.is_empty() {
                self.announce(order, label);
            } else {
                let known = self.role_of(label, content);
                let timed = self
                    .state
                    .last()
                    .is_some_and(|it| it.role.is_some_and(Role::is_timed));
                if known.is_some() || timed {
                    self.push(block, known, Some(label), content);
                } else {
                    self.plain(block, part);
                }
            }
            return;
        }
        if !is_item && is_bare_label(words) {
            self.announce(order, part);
            return;
        }
        self.plain(block, part);
        if words.trim_end().ends_with(':') {
            let start = words.rfind(". ").map_or(0, |it| it + 2);
            self.announce(order, within(self.document, part, start, words.len()));
        }
    }

    fn plain(&mut self, block: &Block, part: Part) {
        let mut label = None;
        let mut default = None;
        if let Some(announced) = self.state.last_mut() {
            announced.is_used = true;
            label = Some(announced.label);
            default = announced.role;
            // What stands above all severities holds only for sentences that say nothing else.
            let open = default == Some(Role::Criteria)
                && (block.kind != BlockKind::Item || announced.order == 0);
            if !open {
                self.push(block, default, label, part);
                return;
            }
        }
        // Nothing tells for sure what it is: each sentence does so by its own words.
        let mut criteria: Option<Part> = None;
        for sentence in sentences(self.document, part) {
            match role::of_sentence(self.document.words(sentence)) {
                None => {
                    let start = criteria.map_or(sentence.start, |it| it.start);
                    criteria = Some(Part {
                        start,
                        end: sentence.end,
                    });
                }
                Some(role) => {
                    if let Some(before) = criteria.take() {
                        self.push(block, default, label, before);
                    }
                    // `Examples include:` only announces what follows.
                    if !self.document.words(sentence).ends_with(':') {
                        self.push(block, Some(role), None, sentence);
                    }
                }
            }
        }
        if let Some(rest) = criteria {
            self.push(block, default, label, rest);
        }
    }

    fn push(&mut self, block: &Block, role: Option<Role>, label: Option<Part>, text: Part) {
        let announced = self.state.last().and_then(|it| it.needed);
        self.statements.push(Statement {
            naming: self.naming,
            plan: None,
            role,
            label,
            text,
            items: Vec::new(),
            needed: announced,
            depth: block.depth,
            is_cell: false,
        });
    }
}

/// A text cut before each sentence that says what it is: `… are down. Response: at once`.
fn labelled_pieces(document: &Document, part: Part) -> Vec<Part> {
    let mut pieces: Vec<Part> = Vec::new();
    for sentence in sentences(document, part) {
        let words = document.words(sentence);
        let label = split_label(words).and_then(|(label, _)| role::role(&words[label]));
        match pieces.last_mut() {
            Some(last) if !label.is_some_and(Role::is_response) => last.end = sentence.end,
            _ => pieces.push(sentence),
        }
    }
    pieces
}

/// `Response time: 15 minutes`: the bytes of the label and where the content starts.
fn split_label(words: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let colon = words.find(':')?;
    let label = words[..colon].trim_end_matches(['*', '_', ' ']);
    let count = label.split_whitespace().count();
    let behind = &words[colon + 1..];
    let fits =
        (1..=6).contains(&count) && !label.contains(['.', ';', '\n']) && !behind.starts_with("//");
    let fits = fits
        && label.contains('(') == label.contains(')')
        && (behind.is_empty() || behind.starts_with(|it: char| it.is_whitespace() || it == '*'));
    fits.then_some((0..label.len(), colon + 1))
}

/// A line of one to four words that announces what follows: `Impact`, `Response`.
fn is_bare_label(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=4).contains(&count)
        && !words.trim_end().ends_with(['.', '!', '?', ';', ','])
        && words.starts_with(|it: char| it.is_uppercase())
        && role::role(words).is_some()
        && !words.chars().any(|it| it.is_ascii_digit())
}
