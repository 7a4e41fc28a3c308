//! Headings, lines and list items that tell severities apart, and what stands under each.

mod candidate;
mod under;

use std::collections::{BTreeMap, BTreeSet};

use self::candidate::{Candidate, Group, Kind, candidates};
use self::under::Section;
use super::column::{is_about_severity, is_factor, is_other_scale, is_time, names_severity};
use super::english::{self, Pace};
use super::label::{self, Family, Label, Level};
use super::role::{self, Role};
use super::statement::{Naming, Shape, Statement, Structure};
use super::table::is_ordered;
use crate::markdown::{Block, BlockKind, Document, Part};

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
    if is_beside_scale(document, &before) {
        return false;
    }
    if first.group.family != Family::Word {
        let page = document.headings.iter().map(|it| document.words(it.text));
        return !is_tier(words(first)) || before.iter().copied().chain(page).any(names_severity);
    }
    if list.len() >= 3 && are_numbered(document, list) {
        return true;
    }
    // `Critical alerts` says of itself what it is.
    let is_named = |it: &str| names_severity(it) || it.to_lowercase().contains("alert");
    let says = list.iter().all(|it| is_named(words(it)));
    if !says && before.iter().any(|it| is_other_scale(it)) {
        return false;
    }
    let labels: Vec<Option<Label>> = list.iter().map(|it| Some(it.label.clone())).collect();
    let page = document.headings.iter().map(|it| document.words(it.text));
    let about =
        before.iter().any(|it| is_about_severity(it)) || page.clone().any(is_about_severity);
    // A page without headings says at its start what it is about.
    let start = document
        .blocks
        .iter()
        .take(2)
        .filter(|_| document.headings.is_empty());
    let about = about
        || start
            .into_iter()
            .any(|it| names_severity(document.words(it.text)));
    let says = says || list.iter().all(|it| is_about_severity(words(it)));
    // Three words in their order that each promise a time are a scale, whatever stands above.
    let promise = || {
        list.len() >= 3
            && list
                .iter()
                .all(|it| !english::targets(words(it)).is_empty())
    };
    (about || says || is_ordered(&labels) && promise())
        && list.len() >= 2
        && (is_ordered(&labels) || says)
}

/// Whether what stands above a row of words is a factor, and another heading of the page is about the scale itself.
fn is_beside_scale(document: &Document, before: &[&str]) -> bool {
    let mut titles = document.headings.iter().skip(1);
    let mut others = titles.by_ref().map(|it| document.words(it.text));
    let starts = |it: &str| {
        ["priority", "severity"]
            .iter()
            .any(|word| it.to_lowercase().starts_with(word))
    };
    before.iter().any(|it| is_factor(it)) && others.any(starts)
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
    let shape = if items { Shape::Items } else { Shape::Sections };
    let mut structure = Structure::new(shape, first.place);
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
        let naming = structure.namings.len() - 1;
        let mut section = Section::new(document, naming, &mut structure.statements);
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
    settle_news(document, list, &mut structure);
    settle_heads(&mut structure);
    structure
}

/// A time in a heading is that of the answer, unless what stands below gives another: then it is the end.
fn settle_heads(structure: &mut Structure) {
    let acks = structure.statements.iter();
    let acks = acks.filter(|it| it.role == Some(Role::Ack));
    let acks: Vec<(usize, Part)> = acks.map(|it| (it.naming, it.text)).collect();
    for statement in &mut structure.statements {
        let whole = structure.namings[statement.naming].whole;
        let is_in_head = |it: Part| whole.start <= it.start && it.end <= whole.end;
        let is_again = |it: &(usize, Part)| it.0 == statement.naming && !is_in_head(it.1);
        let is_ack = statement.role == Some(Role::Ack) && is_in_head(statement.text);
        if is_ack && acks.iter().any(is_again) {
            statement.role = Some(Role::Resolve);
        }
    }
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

/// What stands behind the severities under `Communicate` is how often people are told, where most of it is a rhythm.
fn settle_news(document: &Document, list: &[Candidate], structure: &mut Structure) {
    const NEWS: [&str; 4] = ["communicat", "comms", "update", "status update"];
    let is_news = |it: &&str| {
        let lower = it.trim_start().to_lowercase();
        NEWS.iter().any(|word| lower.starts_with(word))
    };
    let is_under = |it: &Statement| introduction(document, &list[it.naming]).iter().any(is_news);
    let told = structure.statements.iter_mut().filter(|it| is_under(it));
    let told: Vec<&mut Statement> = told.collect();
    let is_rhythm = |it: &&&mut Statement| {
        let words = document.words(it.text);
        let targets = english::targets(words);
        is_time(words) && targets.iter().any(|it| it.pace == Pace::Every)
    };
    if told.iter().filter(is_rhythm).count() * 2 > told.len() {
        for statement in told {
            statement.role = Some(Role::Updates);
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
    let words = document.words(first.text);
    let rest = words.get(candidate.label.rest..).unwrap_or_default();
    let is_next =
        |it: &Block| it.kind == BlockKind::Item && it.depth == first.depth && !own.contains(&start);
    let is_bare = rest.trim().is_empty() && blocks.get(start).is_some_and(is_next);
    let ends = |index: usize| {
        let block = &blocks[index];
        let heading = block.kind == BlockKind::Heading;
        match candidate.group.kind {
            Kind::Heading => heading && level(block) <= candidate.group.depth,
            Kind::Line => heading || own.contains(&index),
            // `1. P1` with a list of its own below, which Markdown takes for the next list.
            Kind::Item if is_bare => heading || own.contains(&index) || block.depth < first.depth,
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
