//! The blocks under one severity in, what they say about it out.

use std::ops::Range;

use super::candidate::{Candidate, Kind};
use super::introduction;
use crate::book::reading::column::is_time;
use crate::book::reading::deadline;
use crate::book::reading::english;
use crate::book::reading::label::Level;
use crate::book::reading::purpose::by_role;
use crate::book::reading::role::{self, Role};
use crate::book::reading::scale::levels_in;
use crate::book::reading::statement::{Needed, Statement, needed, sentences, within};
use crate::markdown::{Block, BlockKind, Document, Part};

/// Reads the blocks under one severity.
pub(super) struct Section<'page, 'out> {
    document: &'page Document,
    naming: usize,
    statements: &'out mut Vec<Statement>,
    /// What was announced and still holds: the outermost first.
    state: Vec<Announced>,
    /// The severity; `None` until its name is read.
    level: Option<Level>,
}

/// The order of what a line announces.
const LINE: u16 = 100;

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

impl<'page, 'out> Section<'page, 'out> {
    /// A section that says nothing yet of the naming, and adds what it reads to the statements.
    pub(super) fn new(
        document: &'page Document,
        naming: usize,
        statements: &'out mut Vec<Statement>,
    ) -> Self {
        Self {
            document,
            naming,
            statements,
            state: Vec::new(),
            level: None,
        }
    }

    /// Reads what stands in the naming block itself, behind the name.
    pub(super) fn open(&mut self, candidate: &Candidate, items: bool) {
        self.level = Some(candidate.label.level);
        let block = &self.document.blocks[candidate.block];
        let words = self.document.words(block.text);
        let above = if items {
            self.announced_above(candidate)
        } else {
            None
        };
        // A time that a heading announces is not a whole sentence without one.
        let rest = words.get(candidate.label.rest..).unwrap_or_default();
        let is_long = rest.split_whitespace().count() > 7 && english::targets(rest).is_empty();
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
        let words = self.document.words(rest);
        let is_promise = words.ends_with(')') && deadline::is_hasty(&words.to_lowercase());
        if is_promise {
            // `P1 - Urgent (immediate response)`
            let end = words.len() - 1;
            let rest = within(self.document, rest, 0, end);
            self.push(block, Some(Role::Ack), None, rest);
        } else if is_manner(words) {
            self.push(block, Some(Role::Action), None, rest);
        } else if candidate.group.kind != Kind::Heading && !rest.is_empty() {
            self.text(block, rest);
        } else if is_time_of_case(self.document.words(rest)) {
            // `P1: Now (< 30 min)` promises an answer in its heading.
            self.push(block, Some(Role::Ack), None, rest);
        }
    }

    /// What the heading over a list of severities announces, as in `Response time targets`.
    fn announced_above(&self, candidate: &Candidate) -> Option<Role> {
        // An agreement on the service holds all of it, criteria too.
        const WHOLE: [&str; 4] = ["sla", "slas", "service level agreement", "service levels"];
        // The name of a page says what it is for, and nothing of one list on it.
        const PAGES: [&str; 12] = [
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
            "policies",
        ];
        let before = introduction(self.document, candidate);
        // A sentence above a list says something by itself, and announces nothing.
        let heads = before.iter().rev().filter(|it| !it.ends_with(['.', '!']));
        let heads = heads.map(|it| it.trim_end_matches(':'));
        let is_page = |it: &str| {
            let mut words = it.split(' ');
            words.any(|it| PAGES.contains(&it.to_lowercase().as_str()))
        };
        let heads = heads.filter(|it| !WHOLE.contains(&it.to_lowercase().as_str()) && !is_page(it));
        let mut roles = heads.filter_map(role::role);
        // `Triage` and `Assignment` name what is done as well as when.
        roles.find(|it| !matches!(it, Role::Level | Role::Name | Role::Engage))
    }

    pub(super) fn block(&mut self, block: &Block) {
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
            BlockKind::Term | BlockKind::Title => self.announce(LINE, block.text),
            BlockKind::Cell => self.cell(block),
            BlockKind::Code => self.code(block),
        }
    }

    /// Plain text in a block of code, with lines such as `Response:` that announce what follows.
    fn code(&mut self, block: &Block) {
        let words = self.document.words(block.text);
        let codes = &self.document.codes;
        let at = codes.partition_point(|it| it.text.start < block.text.start);
        let code = codes.get(at).filter(|it| it.text == block.text);
        let language = code.and_then(|it| it.language.as_deref());
        if language.is_some_and(|it| !matches!(it, "text" | "txt" | "plain" | "markdown" | "md")) {
            return;
        }
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
                self.announce(LINE, part);
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
        let content = self.document.words(content);
        let is_timed = !english::targets(content).is_empty();
        let role = role::of_label(words, content, is_timed);
        let is_pace = words
            .trim_matches(['*', ' '])
            .eq_ignore_ascii_case("frequency");
        let is_told = || {
            let above = self
                .state
                .iter()
                .map(|it| self.document.words(it.label).to_lowercase());
            let mut above = above.filter(|it| it.contains("communic") || it.contains("update"));
            above.next().is_some()
        };
        let is_rhythm = is_pace && (is_told() || is_timed);
        role.or(is_rhythm.then_some(Role::Updates))
    }

    /// Remembers what the next blocks are about.
    pub(super) fn announce(&mut self, order: u16, label: Part) {
        let words = self.document.words(label);
        let role = role::role(words.trim_end_matches(':'))
            .filter(|it| !matches!(it, Role::Level | Role::Name));
        // `Examples:` with `Incidents:` and `Requests:` below goes on with each of them.
        let is_part = |it: &Announced| role.is_none() && it.order == order && !it.is_used;
        let order = order + u16::from(order == LINE && self.state.iter().any(is_part));
        self.state.retain(|it| it.order < order);
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
            LINE
        };
        let words = self.document.words(part);
        let label = split_label(words).filter(|it| {
            let has_role = role::role(&words[it.0.clone()]).is_some();
            has_role || it.1 < words.trim_end().len()
        });
        let announces = label.is_some() || !is_item && is_bare_label(words);
        // A line that announces holds for the next paragraph and the lists below, no further.
        let keeps = |it: &Announced| it.order == LINE && order == LINE && !announces && !it.is_used;
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
        // `The oven is cold -> call the mechanic` says when, and what is done then.
        let words = self.document.words(part);
        let arrow = [" \u{2192} ", " -> ", " => "];
        let arrow = arrow
            .iter()
            .find_map(|it| Some((words.find(it)?, it.len())));
        // Several in a row are the steps of one way.
        let arrow =
            arrow.filter(|(at, length)| !words[at + length..].contains(&words[*at..at + length]));
        let is_untold = self
            .state
            .last()
            .is_none_or(|it| it.role.is_none_or(|it| it == Role::Criteria));
        if let Some((at, length)) = arrow.filter(|_| is_untold) {
            let before = within(self.document, part, 0, at);
            let behind = within(self.document, part, at + length, words.len());
            let label = self.state.last().map(|it| it.label);
            self.push(block, Some(Role::Criteria), label, before);
            self.push(block, Some(Role::Action), None, behind);
            return;
        }
        if is_untold && is_time(words) {
            self.push(block, Some(Role::Action), None, part);
            return;
        }
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
        for (role, sentence) in by_role(self.document, part, role::of_sentence, false) {
            if role.is_none_or(|it| !it.is_response() || !self.is_of_others(block, sentence)) {
                let label = label.filter(|_| role.is_none());
                self.push(block, role.or(default), label, sentence);
            }
        }
    }

    /// Whether a sentence of running text speaks of other severities of the scale and not of this one, as the words
    /// behind the last section may.
    fn is_of_others(&self, block: &Block, sentence: Part) -> bool {
        let named = levels_in(self.document.words(sentence));
        let of_scale =
            |it: &&(Level, usize)| self.level.is_some_and(|own| it.0.family == own.family);
        let mut named = named.iter().filter(of_scale).peekable();
        let is_prose = block.kind == BlockKind::Paragraph && block.depth == 0;
        is_prose && named.peek().is_some() && named.all(|it| Some(it.0) != self.level)
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

/// Whether a few words are a time and what it counts from: `within 2 days of the request`.
fn is_time_of_case(words: &str) -> bool {
    const STARTS: [&str; 3] = [" of ", " from ", " after "];
    let counted = STARTS.iter().find_map(|it| words.split_once(it));
    is_time(words)
        || counted.is_some_and(|it| is_time(it.0))
        || is_time(words.trim_end_matches('.'))
}

/// Whether words behind a name say how it is answered, and head nothing: `P2 - Urgent response`.
fn is_manner(words: &str) -> bool {
    const HOW: [&str; 9] = [
        "immediate",
        "urgent",
        "standard",
        "scheduled",
        "normal",
        "rapid",
        "fast",
        "emergency",
        "planned",
    ];
    let lower = words
        .trim_matches(|it: char| !it.is_alphanumeric())
        .to_lowercase();
    let Some((how, what)) = lower.split_once(' ') else {
        return false;
    };
    HOW.contains(&how)
        && matches!(
            what,
            "response" | "attention" | "resolution" | "response required"
        )
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
    let pieces = pieces.into_iter();
    pieces.flat_map(|it| labelled_lines(document, it)).collect()
}

/// A text cut before each label of the response, and before any other in bold letters: authors write
/// `Response: 5 minutes` and `Escalation: none` in two lines, of which Markdown makes one.
fn labelled_lines(document: &Document, part: Part) -> Vec<Part> {
    let words = document.words(part);
    if split_label(words).is_none() {
        return vec![part];
    }
    let mut starts = vec![0];
    for (colon, _) in words.match_indices(": ").skip(1) {
        let last = starts[starts.len() - 1];
        let start = label_start(&words[last..colon]).map(|it| last + it);
        starts.extend(start.or_else(|| marked_start(document, part, last..colon)));
    }
    let ends = starts.iter().copied().skip(1).chain([words.len()]);
    let ranges = starts.iter().zip(ends);
    ranges
        .map(|(start, end)| within(document, part, *start, end))
        .collect()
}

/// Where a label of up to three words in front of a colon starts, behind other words.
fn label_start(before: &str) -> Option<usize> {
    const FIRST: [&str; 12] = [
        "First",
        "Initial",
        "Target",
        "Status",
        "Update",
        "Response",
        "Resolution",
        "Customer",
        "Internal",
        "External",
        "Public",
        "Post",
    ];
    let spaces = before
        .rmatch_indices([' ', '\n'])
        .take(3)
        .map(|(at, _)| at + 1);
    let mut found = None;
    for at in spaces {
        let label = &before[at..];
        let is_title =
            label.starts_with(char::is_uppercase) && !label.contains(['.', ',', '(', ':']);
        let first = label.split(' ').next().unwrap_or_default();
        // What answers the label before is no part of this one.
        let fits = found.is_none() || FIRST.contains(&first);
        // `Response: Business hours: 15 minutes` says at which hours the first label holds.
        let role = role::role(label);
        let behind_colon = before[..at].rsplit_once(':').map(|it| it.1.trim());
        let is_part = role == Some(Role::Hours)
            && behind_colon.is_some_and(|it| it.split_whitespace().count() <= 1);
        if is_title && fits && !is_part && role.is_some_and(Role::is_response) {
            found = Some(at);
        }
    }
    found
}

/// Where a label of up to four words in front of a colon starts that has marks of its own around it.
fn marked_start(document: &Document, part: Part, before: Range<usize>) -> Option<usize> {
    const LONGEST: usize = 4;
    let words = document.words(part);
    let spaces = words[before.clone()].rmatch_indices([' ', '\n']);
    let starts = spaces.take(LONGEST).map(|(at, _)| before.start + at + 1);
    let start = starts
        .into_iter()
        .find(|it| has_marks(document, part, *it))?;
    let is_closed = [before.end, before.end + 1]
        .iter()
        .any(|it| has_marks(document, part, *it));
    let is_known = role::role(&words[start..before.end]).is_some();
    (is_closed && is_known).then_some(start)
}

/// Whether something stands in the source right before a byte that is none of the text.
fn has_marks(document: &Document, part: Part, at: usize) -> bool {
    let words = document.words(part);
    let last = words[..at].char_indices().next_back();
    let next = words[at..].chars().next();
    let (Some((before, _)), Some(next)) = (last, next) else {
        return false;
    };
    let one = document.span_of(part.within(before..at));
    let other = document.span_of(part.within(at..at + next.len_utf8()));
    one.end < other.start
}

/// `Response time: 15 minutes`: the bytes of the label and where the content starts.
fn split_label(words: &str) -> Option<(Range<usize>, usize)> {
    // `Time to answer = 30 minutes` is written as well.
    let is_timed = |it: &usize| role::role(&words[..*it]).is_some_and(Role::is_timed);
    let equals = || words.find(" = ").filter(is_timed).map(|it| it + 1);
    let colon = words.find(':').or_else(equals)?;
    let longest = if words[colon..].starts_with(':') {
        6
    } else {
        10
    };
    let label = words[..colon].trim_end_matches(['*', '_', ' ']);
    let count = label.split_whitespace().count();
    let behind = &words[colon + 1..];
    let fits = (1..=longest).contains(&count)
        && !label.contains(['.', ';', '\n'])
        && !behind.starts_with("//");
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
