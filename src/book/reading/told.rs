//! Running text that names severities and their times in, statements about them out.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::english::{self, Pace, Target};
use super::label::{self, Family, Level};
use super::role::{self, Role};
use super::scale::levels_in;
use super::statement::{Statement, sentences, within};
use crate::markdown::{Block, BlockKind, Document, Heading, Part};

/// A time that running text gives to a severity.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The severity.
    pub(super) level: Level,
    /// The time, and what it is for.
    pub(super) role: Role,
    /// The words.
    pub(super) statement: Statement,
    /// Whether it is one of a row for all severities, which may hold for one plan of several and contradicts
    /// nothing.
    pub(super) is_row: bool,
}

/// Reads the sentences of a page.
pub(super) fn read(document: &Document) -> Vec<Told> {
    let mut found = Vec::new();
    let lone = lone_levels(document);
    for block in &document.blocks {
        let is_prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        let words = document.words(block.text);
        if !is_prose || block.is_quoted || is_named(words) {
            continue;
        }
        for sentence in sentences(document, block.text) {
            let words = document.words(sentence);
            let mut levels = levels_in(words);
            if levels.is_empty() {
                levels = levels_in_words(words);
            }
            if levels.is_empty() {
                let above = block.heading.and_then(|it| lone.get(it).copied().flatten());
                found.extend(above.and_then(|it| step_of(document, block, sentence, it)));
                continue;
            }
            if levels.len() > 1 && row(document, sentence, &levels, &mut found) {
                continue;
            }
            if is_other_case(words) {
                continue;
            }
            let targets = english::targets(words);
            let before = found.len();
            times_for(document, block, sentence, &levels, &targets, &mut found);
            if found.len() > before {
                continue;
            }
            found.extend(duty(document, sentence, &levels, &targets));
        }
    }
    found
}

/// The severity that each heading, or the next one around it, is about; `None` for all where headings tell several
/// severities apart: those are read as the sections of a scale.
fn lone_levels(document: &Document) -> Vec<Option<Level>> {
    let headings = &document.headings;
    let named = |it: &Heading| match levels_in(document.words(it.text))[..] {
        [(level, _)] => Some(level),
        _ => None,
    };
    let own: Vec<Option<Level>> = headings.iter().map(named).collect();
    let mut all = own.iter().flatten();
    let first = all.next();
    if first.is_none() || all.any(|it| Some(it) != first) {
        return Vec::new();
    }
    // The level of the heading whose part of the page this is.
    let mut within: Option<u8> = None;
    let levels = headings.iter().zip(&own).map(|(heading, own)| {
        if own.is_some() {
            within = Some(heading.level);
            return *own;
        }
        within = within.filter(|it| heading.level > *it);
        within.and(first.copied())
    });
    levels.collect()
}

/// `Post updates every 30 minutes`, in the only part of a page that is about a severity.
fn step_of(document: &Document, block: &Block, sentence: Part, level: Level) -> Option<Told> {
    const FIRST: [&str; 3] = ["first ", "initial", " then "];
    let words = document.words(sentence);
    let [target] = &english::targets(words)[..] else {
        return None;
    };
    let lower = words.to_lowercase();
    let is_open = OTHERWISE.iter().chain(&FIRST).any(|it| lower.contains(it));
    let role = timed_role(document, block, words, target.pace)?;
    let is_said = roles_in(&lower).collect::<Vec<_>>() == [role];
    (is_said && !is_open && !is_other_case(words)).then(|| told(level, role, sentence))
}

/// Whether a sentence is about what has not happened in time, or about hours of its own: what it says is no target.
fn is_other_case(words: &str) -> bool {
    const CASES: [&str; 12] = [
        "no acknowledg",
        "no response",
        "no progress",
        "not acknowledged",
        "not resolved",
        "unacknowledged",
        "unresolved",
        "escalate when",
        "escalate if",
        "after hours",
        "after-hours",
        "out of hours",
    ];
    let words = words.to_lowercase();
    CASES.iter().any(|it| words.contains(it))
}

/// Whether a text starts with the name of a severity, and so is read as what stands under it. `P1 incidents
/// are closed …` is a sentence.
fn is_named(words: &str) -> bool {
    label::label(words).is_some_and(|it| {
        let behind = words[it.id.end..].trim_start_matches(['*', '`', '_', ' ', '\u{a0}']);
        it.level.family != Family::Word && !behind.starts_with(char::is_alphanumeric)
    })
}

/// What may have a severity, in sentences about all that have it.
const KINDS_OF_CASES: [&str; 14] = [
    "incident",
    "incidents",
    "issue",
    "issues",
    "ticket",
    "tickets",
    "request",
    "requests",
    "case",
    "cases",
    "events",
    "defects",
    "severity",
    "priority",
];

/// The severities that a sentence names by the words of their scale, with the byte where each starts: `High and
/// medium incidents`, `Urgent requests`.
fn levels_in_words(words: &str) -> Vec<(Level, usize)> {
    static CASES: LazyLock<AhoCorasick> = LazyLock::new(|| english::lookout(KINDS_OF_CASES));
    let mut found = Vec::new();
    if !CASES.is_match(words) {
        return found;
    }
    let mut waiting: Vec<(Level, usize)> = Vec::new();
    let mut at = 0;
    for word in words.split_inclusive(|it: char| !it.is_alphanumeric()) {
        let start = at;
        at += word.len();
        let word = word.trim_end_matches(|it: char| !it.is_alphanumeric());
        let is_case = KINDS_OF_CASES
            .iter()
            .any(|it| it.eq_ignore_ascii_case(word));
        if is_case {
            found.append(&mut waiting);
        } else if let Some(level) = label::step(word) {
            waiting.push((level, start));
        } else if !is_joint(word) {
            waiting.clear();
        }
    }
    // What is called a major incident is more than one severity.
    let is_major = |it: &(Level, usize)| {
        words[it.1..]
            .get(..5)
            .is_some_and(|it| it.eq_ignore_ascii_case("major"))
    };
    found.retain(|it| !is_major(it));
    found
}

/// Where the name of a severity ends that starts at a byte.
fn name_end(words: &str, at: usize) -> usize {
    let rest = &words[at..];
    let word = || {
        rest.find(|it: char| !it.is_alphanumeric())
            .unwrap_or(rest.len())
    };
    at + label::code_at(rest).map_or_else(word, |it| it.1)
}

/// Words of a sentence that gives a time and promises nothing by it.
const OTHERWISE: [&str; 18] = [
    "opened by",
    "reported by",
    "raised by",
    "by phone",
    "if ",
    "unless",
    "not ",
    "escalat",
    "until",
    "when ",
    "example",
    "?",
    "more than",
    "longer than",
    "after",
    "exceed",
    "was ",
    "percent",
];

/// `SEV-2 incidents are acknowledged within 10 minutes`, `SEV-1 and SEV-2 are …`.
fn duty(
    document: &Document,
    sentence: Part,
    levels: &[(Level, usize)],
    targets: &[Target],
) -> Vec<Told> {
    const DONE: [&str; 4] = ["reported", "notified", "investigated", "handled"];
    let words = document.words(sentence);
    let named = levels
        .windows(2)
        .all(|it| is_joint(&words[name_end(words, it[0].1)..it[1].1]));
    let words = words.to_lowercase();
    let is_open = OTHERWISE.iter().any(|it| words.contains(it)) || words.contains('%');
    if levels.is_empty() || !named || targets.len() > 1 || is_open && !targets.is_empty() {
        return Vec::new();
    }
    let mut said = roles_in(&words);
    let role = match (said.next(), said.next()) {
        (Some(role), None) if targets.len() == 1 => role,
        (None, _) if DONE.iter().any(|it| words.contains(it)) => Role::Action,
        _ => return Vec::new(),
    };
    levels
        .iter()
        .map(|(level, _)| told(*level, role, sentence))
        .collect()
}

/// Words of a sentence that say what a time in it is for.
const KINDS: [(Role, &[&str]); 4] = [
    (
        Role::Updates,
        &[
            "update",
            "communicat",
            "inform",
            "cadence",
            "sitrep",
            "status",
            "hear from",
        ],
    ),
    (
        Role::Ack,
        &[
            "acknowledg",
            " ack ",
            "respond",
            "response",
            "answer",
            "reply",
        ],
    ),
    (Role::Resolve, &["resolve", "resolution", "fixed"]),
    (Role::Mitigate, &["mitigat", "restor"]),
];

/// What the words of a text say that a time is for, in small letters.
fn roles_in(words: &str) -> impl Iterator<Item = Role> {
    let words = format!(" {words}");
    let said = move |(_, list): &&(Role, &[&str])| list.iter().any(|it| words.contains(it));
    KINDS.iter().filter(said).map(|it| it.0)
}

/// Whether words between two severities only join them.
fn is_joint(words: &str) -> bool {
    let is_joint = |it: &str| {
        matches!(
            it,
            "and" | "/" | "," | "&" | "or" | "-" | "to" | "all" | "for" | ""
        ) || KINDS_OF_CASES.contains(&it.trim_end_matches(','))
    };
    words.split_whitespace().all(is_joint)
}

/// `Every 30 minutes for SEV-1 and SEV-2, every 2 hours for SEV-3`: the time stands before its severities.
fn times_for(
    document: &Document,
    block: &Block,
    sentence: Part,
    levels: &[(Level, usize)],
    targets: &[Target],
    found: &mut Vec<Told>,
) {
    const JOINTS: [&str; 9] = ["for", "in", "on", "during", "of", "a", "an", "all", "any"];
    let words = document.words(sentence);
    let ends = targets.iter().skip(1).map(|it| it.time.range.start);
    let ends: Vec<usize> = ends.chain([words.len()]).collect();
    let (mut told_here, mut open) = (Vec::new(), 0);
    for (target, end) in targets.iter().zip(ends) {
        let range = &target.time.range;
        let mut own = levels
            .iter()
            .filter(|it| range.end <= it.1 && it.1 < end)
            .peekable();
        let Some(first) = own.peek() else { return };
        let joined = words[range.end..first.1].split_whitespace();
        let between: Vec<&str> = joined.map(|it| it.trim_matches(['(', ':'])).collect();
        let is_joined = between
            .iter()
            .all(|it| it.is_empty() || JOINTS.contains(it));
        let Some(role) = timed_role(document, block, words, target.pace).filter(|_| is_joined)
        else {
            return;
        };
        let start = words[..range.start]
            .rfind("every ")
            .filter(|it| it + 6 == range.start);
        let text = sentence.within(start.unwrap_or(range.start)..range.end);
        let behind = |at: usize| name_end(words, at);
        let mut last = first.1;
        // `every hour for SEV-1 and now and then for SEV-2` gives SEV-2 no hour.
        let mut follows = |it: &(Level, usize)| {
            let is_next = it.1 <= behind(last) || is_joint(&words[behind(last)..it.1]);
            last = it.1;
            is_next
        };
        for at in own {
            if follows(at) {
                told_here.push(told(at.0, role, text));
            } else {
                open += 1;
            }
        }
    }
    if told_here.len() + open == levels.len() {
        found.extend(told_here);
    }
}

/// What a time in a sentence is for: by the words of the sentence, else of its heading.
fn timed_role(document: &Document, block: &Block, words: &str, pace: Pace) -> Option<Role> {
    const LATER: [&str; 6] = [
        "postmortem",
        "post-mortem",
        "post mortem",
        "retro",
        "root cause",
        "review",
    ];
    let heading = block.heading.and_then(|it| document.headings.get(it));
    let heading = heading
        .map_or("", |it| document.words(it.text))
        .to_lowercase();
    let words = words.to_lowercase();
    if LATER
        .iter()
        .any(|it| words.contains(it) || heading.contains(it))
    {
        return None;
    }
    match pace {
        Pace::Every => {
            let mut said = roles_in(&words).chain(roles_in(&heading));
            said.find(|it| *it == Role::Updates)
        }
        Pace::Once => roles_in(&words).find(|it| *it != Role::Updates),
    }
}

/// `First response / resolution: Severity 1 1 hour / 4 hours; Severity 2 …`: says whether it is such a row.
fn row(
    document: &Document,
    sentence: Part,
    levels: &[(Level, usize)],
    found: &mut Vec<Told>,
) -> bool {
    let words = document.words(sentence);
    let Some(head) = words[..levels[0].1].trim_end().strip_suffix(':') else {
        return false;
    };
    let roles: Vec<Option<Role>> = head
        .split('/')
        .map(|it| role::role(it).filter(|it| it.is_timed()))
        .collect();
    if !roles.iter().any(Option::is_some) {
        return false;
    }
    for (index, (level, start)) in levels.iter().enumerate() {
        let end = levels.get(index + 1).map_or(words.len(), |it| it.1);
        let segment = words[*start..end]
            .trim_end()
            .trim_end_matches([';', ',', '.']);
        let length = label::code_at(segment).map_or(0, |it| it.1);
        let mut from = start + length;
        if let [Some(_)] = roles[..]
            && clauses(
                document,
                sentence,
                *level,
                from..start + segment.len(),
                found,
            )
        {
            continue;
        }
        for (part, role) in words[from..start + segment.len()].split(" / ").zip(&roles) {
            // Behind a comma stands what holds for the next plan.
            let own = part.find(", ").unwrap_or(part.len());
            let text = within(document, sentence, from, from + own);
            from += part.len() + " / ".len();
            let is_timed = !english::targets(document.words(text)).is_empty();
            if let Some(role) = role.filter(|_| is_timed) {
                found.push(Told {
                    is_row: true,
                    ..told(*level, role, text)
                });
            }
        }
    }
    true
}

/// `respond < 5 min, resolve < 1 h`: clauses that say themselves what their times are for. Says whether they are.
fn clauses(
    document: &Document,
    sentence: Part,
    level: Level,
    range: std::ops::Range<usize>,
    found: &mut Vec<Told>,
) -> bool {
    let words = document.words(sentence);
    let mut said = Vec::new();
    let mut from = range.start;
    for clause in words[range].split(", ") {
        let text = within(document, sentence, from, from + clause.len());
        from += clause.len() + ", ".len();
        let lower = clause.trim_start_matches([':', ' ']).to_lowercase();
        if lower.starts_with(char::is_alphabetic) && !english::targets(&lower).is_empty() {
            let role = roles_in(&lower).next();
            said.push(role.map(|role| Told {
                is_row: true,
                ..told(level, role, text)
            }));
        }
    }
    let are_said = said.len() > 1 && said.iter().any(Option::is_some);
    found.extend(said.into_iter().flatten().filter(|_| are_said));
    are_said
}

fn told(level: Level, role: Role, text: Part) -> Told {
    Told {
        level,
        role,
        statement: Statement {
            naming: 0,
            plan: None,
            role: Some(role),
            label: None,
            text,
            items: Vec::new(),
            needed: None,
            depth: 0,
            is_cell: false,
        },
        is_row: false,
    }
}
