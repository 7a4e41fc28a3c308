//! A few words in, the severity that they name out: `SEV-1`, `P2 (High)`, `Severity A`, `Critical`.

use std::ops::Range;

/// A severity that stands at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Which scale the name belongs to, and where on it.
    pub level: Level,
    /// The bytes of the name itself: `SEV-1`.
    pub id: Range<usize>,
    /// The bytes of a second name for the same level: the `P1` of `Priority 1 (P1)`.
    pub alias: Option<Range<usize>>,
    /// The bytes of the word beside it: the `Critical` of `SEV-1 - Critical`.
    pub name: Option<Range<usize>>,
    /// The other levels that the same words are about: `SEV-4` for `SEV-3/4`.
    pub others: Vec<Level>,
    /// Where the text goes on behind the names and the signs around them.
    pub rest: usize,
}

/// A place on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level {
    /// The scale.
    pub family: Family,
    /// Counts from the worst: the number in the name, or the place of the word in the usual order.
    pub rank: u32,
}

/// A scale by the kind of its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// `SEV-1`, `S1`, `Severity 1`.
    Severity,
    /// `P1`, `Priority 1`.
    Priority,
    /// `Level 1`, `L1`.
    Level,
    /// `Tier 1`.
    Tier,
    /// `Category 1`, `Class 1`.
    Category,
    /// `1`.
    Digit,
    /// `Critical`, `High`.
    Word,
    /// Any words, in the order of a table: `Production system down`.
    Free,
}

/// Names before a number, the longest first, and whether a letter or a number in words may follow.
const PREFIXES: &[(&str, Family, bool)] = &[
    ("severity level", Family::Severity, true),
    ("priority level", Family::Priority, true),
    ("st\u{f6}rungsklasse", Family::Category, true),
    ("fehlerklasse", Family::Category, true),
    ("schweregrad", Family::Severity, true),
    ("severidade", Family::Severity, true),
    ("prioridade", Family::Priority, true),
    ("severity", Family::Severity, true),
    ("severidad", Family::Severity, true),
    ("priority", Family::Priority, true),
    ("prioridad", Family::Priority, true),
    ("priorit\u{e4}t", Family::Priority, true),
    ("priorit\u{e9}", Family::Priority, true),
    ("category", Family::Category, true),
    ("kategorie", Family::Category, true),
    ("gravit\u{e9}", Family::Severity, true),
    ("niveau", Family::Level, true),
    ("nivel", Family::Level, true),
    ("level", Family::Level, true),
    ("klasse", Family::Category, true),
    ("stufe", Family::Level, true),
    ("class", Family::Category, true),
    ("tier", Family::Tier, false),
    ("prio", Family::Priority, false),
    ("pri", Family::Priority, false),
    ("cat", Family::Category, false),
    ("sev", Family::Severity, true),
    ("s", Family::Severity, false),
    ("p", Family::Priority, false),
    ("l", Family::Level, false),
];

/// What a severity may be called the severity of: `Bug severity 1`, `Incident level 2`.
const OWNERS: [&str; 12] = [
    "incident ",
    "bug ",
    "defect ",
    "issue ",
    "alert ",
    "ticket ",
    "case ",
    "support ",
    "security ",
    "fault ",
    "problem ",
    "business ",
];

/// Words that scales are made of, the worst first. Words of one rank never stand on one scale together.
const WORDS: &[(&str, u32)] = &[
    ("catastrophic", 0),
    ("fatal", 0),
    ("blocker", 1),
    ("showstopper", 1),
    ("show stopper", 1),
    ("emergency", 2),
    ("disaster", 2),
    ("immediate", 2),
    ("top", 2),
    ("bloquant", 1),
    ("bloquante", 1),
    ("critical", 3),
    ("red", 3),
    ("kritisch", 3),
    ("critique", 3),
    ("cr\u{ed}tico", 3),
    ("cr\u{ed}tica", 3),
    ("very urgent", 3),
    ("urgent", 4),
    ("dringend", 4),
    ("urgente", 4),
    ("schwer", 5),
    ("schwerwiegend", 5),
    ("grave", 5),
    ("severe", 5),
    ("extreme", 5),
    ("highest", 6),
    ("very high", 6),
    ("major", 7),
    ("orange", 7),
    ("majeur", 7),
    ("majeure", 7),
    ("high", 8),
    ("amber", 8),
    ("hoch", 8),
    ("haute", 8),
    ("alto", 8),
    ("alta", 8),
    ("serious", 9),
    ("significant", 9),
    ("substantial", 9),
    ("important", 10),
    ("wichtig", 10),
    ("warning", 10),
    ("elevated", 10),
    ("medium", 11),
    ("yellow", 11),
    ("mittel", 11),
    ("moyenne", 11),
    ("medio", 11),
    ("m\u{e9}dio", 11),
    ("m\u{e9}dia", 11),
    ("moyen", 11),
    ("normale", 13),
    ("media", 11),
    ("moderate", 12),
    ("standard", 13),
    ("normal", 13),
    ("minor", 14),
    ("unwesentlich", 14),
    ("mineur", 14),
    ("mineure", 14),
    ("leve", 14),
    ("less urgent", 14),
    ("not urgent", 14),
    ("non-urgent", 14),
    ("non-critical", 16),
    ("small", 14),
    ("low", 15),
    ("green", 15),
    ("niedrig", 15),
    ("gering", 15),
    ("basse", 15),
    ("faible", 15),
    ("bajo", 15),
    ("baja", 15),
    ("baixa", 15),
    ("baixo", 15),
    ("lowest", 16),
    ("very low", 16),
    ("minimal", 16),
    ("negligible", 17),
    ("trivial", 17),
    ("cosmetic", 18),
    ("cosm\u{e9}tique", 18),
    ("cosm\u{e9}tico", 18),
    ("est\u{e9}tico", 18),
    ("enhancement", 18),
    ("wishlist", 18),
    ("informational", 19),
    ("informative", 19),
    ("info", 19),
    ("advisory", 19),
    ("planning", 20),
];

/// What may stand behind a word of a scale without being more than a word.
const NOUNS: &[&str] = &[
    "severity incidents",
    "severity incident",
    "priority incidents",
    "severity issues",
    "severity level",
    "priority incident",
    "severity",
    "severities",
    "priority",
    "impact",
    "urgency",
    "incidents",
    "incident",
    "issues",
    "issue",
    "level",
    "sev",
    "risk",
];

/// The severity that a text starts with. Pictures, marks and brackets before it are passed over.
/// A text that names several (`P1-P3`, `SEV1/SEV2`) starts with none.
pub fn label(text: &str) -> Option<Label> {
    let start = name_start(text)?;
    let (level, id_end) = code(text, start).or_else(|| word(text, start))?;
    if level.family == Family::Word
        && let Some(label) = behind_word(text, start..id_end)
    {
        return Some(label);
    }
    let mut label = Label {
        level,
        id: start..id_end,
        alias: None,
        name: None,
        others: Vec::new(),
        rest: id_end + noun_behind(&text[id_end..]),
    };
    if is_several(text, start, id_end) {
        return None;
    }
    if level.family != Family::Word {
        second_names(text, &mut label);
    } else if !ends_here(&text[id_end..]) {
        return None;
    }
    label.rest += separator(&text[label.rest..]);
    Some(label)
}

/// How many bytes behind a name only say what it is the name of: `P1 Incident: all is lost`.
fn noun_behind(rest: &str) -> usize {
    const THINGS: [&str; 10] = [
        "incidents",
        "incident",
        "issues",
        "issue",
        "tickets",
        "ticket",
        "defects",
        "defect",
        "severity",
        "priority",
    ];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
    let noun = THINGS.iter().find(|it| starts_with_word(&rest[gap..], it));
    let Some(noun) = noun.filter(|_| gap > 0) else {
        return 0;
    };
    let end = gap + noun.len();
    let behind = rest[end..].trim_start_matches(['*', '_', ' ', '\u{a0}']);
    let is_parted =
        behind.starts_with([':', '\u{2013}', '\u{2014}', '(']) || behind.starts_with("- ");
    if is_parted { end } else { 0 }
}

/// `Urgent (P1)`: the code in brackets is the severity, and the word its name.
fn behind_word(text: &str, word: Range<usize>) -> Option<Label> {
    let behind = text[word.end..].trim_start_matches([' ', '*', '_', '`']);
    let start = text.len() - behind.strip_prefix('(')?.len();
    let (level, end) = code(text, start)?;
    let rest = text[end..].strip_prefix(')')?;
    let rest = text.len() - rest.len();
    Some(Label {
        level,
        id: start..end,
        alias: None,
        name: Some(word),
        others: Vec::new(),
        rest: rest + separator(&text[rest..]),
    })
}

/// The severities that a text starts with where it names several: `SEV-3/4`, `P1-P3`, `S1 and S2`.
pub fn shared(text: &str) -> Option<Label> {
    let start = name_start(text)?;
    let (level, id_end) = code(text, start)?;
    let mut others = Vec::new();
    let mut end = id_end;
    loop {
        let rest = &text[end..];
        let spaces = rest.len() - rest.trim_start().len();
        let Some(joint) = JOINTS.iter().find(|it| rest.trim_start().starts_with(**it)) else {
            break;
        };
        let behind = &rest[spaces + joint.len()..];
        let gap = behind.len() - behind.trim_start().len();
        let digits = behind.chars().take_while(char::is_ascii_digit).count();
        let next = code(behind.trim_start(), 0).or_else(|| {
            let rank = behind[..digits].parse().ok().filter(|it| *it <= 10)?;
            Some((Level { rank, ..level }, digits))
        });
        let Some((next, length)) = next.filter(|it| it.0.family == level.family) else {
            break;
        };
        let last = others.last().unwrap_or(&level).rank;
        if is_range(joint) {
            others.extend((last + 1..next.rank).map(|rank| Level { rank, ..level }));
        }
        others.push(next);
        end += spaces + joint.len() + gap + length;
    }
    let rest = end + separator(&text[end..]);
    (!others.is_empty() && others.len() < 10).then_some(Label {
        level,
        id: start..id_end,
        alias: None,
        name: None,
        others,
        rest,
    })
}

fn is_range(joint: &str) -> bool {
    matches!(joint, "-" | "\u{2013}" | "\u{2014}" | "to " | "through ")
}

/// What stands between the names of several severities.
const JOINTS: [&str; 10] = [
    "-", "\u{2013}", "\u{2014}", "/", "&", "and ", "or ", "to ", "through ", ",",
];

/// The severity that a whole text is, with nothing behind it but marks.
pub fn whole(text: &str) -> Option<Label> {
    let label = label(text)?;
    let rest = text[label.rest..].trim();
    let nothing = !rest.chars().any(char::is_alphanumeric);
    (nothing || is_bracketed(rest)).then_some(label)
}

/// `1` or `1 - High`, where the text around says that this is a column of severities.
pub fn digit(text: &str) -> Option<Label> {
    let start = first_letter(text)?;
    let digits = text[start..]
        .chars()
        .take_while(char::is_ascii_digit)
        .count();
    let rank = text[start..start + digits]
        .parse()
        .ok()
        .filter(|it| *it <= 10)?;
    let end = start + digits;
    if text[end..].starts_with(|it: char| it.is_alphanumeric() || it == '%' || it == '.') {
        return None;
    }
    let mut label = Label {
        level: Level {
            family: Family::Digit,
            rank,
        },
        id: start..end,
        alias: None,
        name: None,
        others: Vec::new(),
        rest: end,
    };
    second_names(text, &mut label);
    label.rest += separator(&text[label.rest..]);
    Some(label)
}

/// The severity with a number that a text starts with, and the bytes of its name.
pub(super) fn code_at(text: &str) -> Option<(Level, usize)> {
    code(text, 0)
}

fn is_bracketed(rest: &str) -> bool {
    rest.starts_with('(') && rest.ends_with(')') && rest.len() < 60
}

/// Where the first letter or digit stands, behind pictures, marks and short codes such as
/// `:red_circle:`.
fn first_letter(text: &str) -> Option<usize> {
    let mut at = text.find(char::is_alphanumeric)?;
    if text[..at].ends_with(':') {
        let code = text[at..].find(|it: char| !it.is_alphanumeric() && it != '_' && it != '-')?;
        if text[at + code..].starts_with(':') && code > 2 {
            at += code + text[at + code..].find(char::is_alphanumeric)?;
        }
    }
    let marks = text[..at].chars().filter(|it| !it.is_whitespace()).count();
    (marks <= 12).then_some(at)
}

/// Where the name of a severity may start: behind what it is the severity of, as in `Bug severity 1`, and behind
/// the first half of a label, as in `priority/P1`.
fn name_start(text: &str) -> Option<usize> {
    let start = first_letter(text)?;
    let rest = &text[start..];
    let owner = OWNERS.iter().find(|it| {
        let head = rest.get(..it.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(it))
    });
    let passed = [owner.map_or(0, |it| it.len()), tag(rest)];
    let behind = passed.into_iter().filter(|it| *it > 0).map(|it| start + it);
    let named = behind.into_iter().find(|it| code(text, *it).is_some());
    Some(named.unwrap_or(start))
}

/// A prefix with a number; gives the level and where the name ends.
fn code(text: &str, start: usize) -> Option<(Level, usize)> {
    let rest = &text[start..];
    let first = rest.bytes().next()?.to_ascii_lowercase();
    let alike = PREFIXES
        .iter()
        .filter(|it| it.0.as_bytes().first() == Some(&first));
    for (prefix, family, spelled) in alike {
        let Some(head) = rest.get(..prefix.len()) else {
            continue;
        };
        if !head.eq_ignore_ascii_case(prefix) {
            continue;
        }
        let behind = &rest[prefix.len()..];
        let joint: usize = behind
            .chars()
            .take_while(|it| {
                matches!(
                    it,
                    ' ' | '\u{a0}' | '-' | '_' | '.' | ':' | '#' | '\u{2011}' | '\u{2010}'
                )
            })
            .map(char::len_utf8)
            .sum();
        if joint > 3 || prefix.len() == 1 && behind.starts_with([' ', ':', '.', '_', '#']) {
            continue;
        }
        let value = &behind[joint..];
        let end = value
            .find(|it: char| !it.is_alphanumeric())
            .unwrap_or(value.len());
        // `SEV1s` are incidents of SEV1.
        let written = value[..end].trim_end_matches('s');
        let plural = written.len() < end && written.ends_with(|it: char| it.is_ascii_digit());
        let end = if plural { written.len() } else { end };
        if let Some(rank) = number(&value[..end], *spelled && joint > 0) {
            let level = Level {
                family: *family,
                rank,
            };
            return Some((level, start + prefix.len() + joint + end));
        }
    }
    None
}

/// `1`, and where letters may count: `A`, `II`, `one`.
fn number(value: &str, spelled: bool) -> Option<u32> {
    if value.len() <= 2 && value.chars().all(|it| it.is_ascii_digit()) {
        return value.parse().ok();
    }
    if !spelled {
        return None;
    }
    let lists: [&[&str]; 3] = [
        &["A", "B", "C", "D", "E"],
        &["I", "II", "III", "IV", "V"],
        &["one", "two", "three", "four", "five"],
    ];
    let mut found = lists.iter().filter_map(|list| {
        list.iter()
            .position(|it| *it == value || it.len() > 2 && it.eq_ignore_ascii_case(value))
    });
    let index = found.next()?;
    u32::try_from(index + 1).ok()
}

/// A word of a scale, with a noun behind it; gives the level and where it ends.
fn word(text: &str, start: usize) -> Option<(Level, usize)> {
    let prefix = tag(&text[start..]);
    let rest = &text[start + prefix..];
    let (word, rank) = WORDS
        .iter()
        .find(|(word, _)| starts_with_word(rest, word))?;
    let mut end = start + prefix + word.len();
    let behind = &text[end..];
    let gap = behind
        .chars()
        .next()
        .filter(|it| matches!(it, ' ' | '-' | '\u{a0}'))
        .map_or(0, char::len_utf8);
    if gap > 0 {
        let noun = NOUNS.iter().find(|it| starts_with_word(&behind[gap..], it));
        end += noun.map_or(0, |it| gap + it.len());
    }
    let level = Level {
        family: Family::Word,
        rank: *rank,
    };
    Some((level, end))
}

/// How many bytes at the start are the first half of a tag such as `severity/critical` or `priority::high`.
fn tag(rest: &str) -> usize {
    let names = ["severity", "priority", "sev", "prio"];
    let signs = ["::", "/", ":", "-"];
    let name = names.iter().find(|it| {
        let head = rest.get(..it.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(it))
    });
    let sign = name.and_then(|name| signs.iter().find(|it| rest[name.len()..].starts_with(**it)));
    match (name, sign) {
        (Some(name), Some(sign)) => name.len() + sign.len(),
        _ => 0,
    }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let head = text.get(..word.len());
    head.is_some_and(|it| it.eq_ignore_ascii_case(word))
        && !text[word.len()..].starts_with(|it: char| it.is_alphanumeric() || it == '_')
}

/// Whether a text ends, or another part of it begins.
fn ends_here(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '*', '`', '_', '\u{a0}']);
    match rest.chars().next() {
        None => true,
        Some(first) => {
            matches!(
                first,
                ':' | '(' | '/' | '|' | '\n' | '\u{2013}' | '\u{2014}' | '\u{2192}'
            ) || rest.starts_with("- ")
                || !first.is_alphanumeric() && !first.is_ascii()
        }
    }
}

/// Whether another level stands right behind: `P1-P3`, `SEV1/SEV2`, `S1 and S2`, `P1+`.
fn is_several(text: &str, start: usize, end: usize) -> bool {
    let own = code(text, start).map(|it| it.0);
    let rest = text[end..].trim_start();
    if rest.starts_with('+') {
        return true;
    }
    let Some(joint) = JOINTS.iter().find(|it| rest.starts_with(**it)) else {
        return false;
    };
    let behind = &rest[joint.len()..];
    let next = behind.trim_start();
    // `SEV-1 / P1` is one level by two names.
    let named = code(next, 0).map(|it| it.0);
    let is_alias =
        |other: Level| own.is_some_and(|it| it.family != other.family && it.rank == other.rank);
    let code = named.is_some_and(|it| !is_alias(it));
    // `SEV-1 - Critical` is one level with its name, `High/Medium` are two.
    let bare = next.starts_with(|it: char| it.is_ascii_digit()) && behind.len() == next.len();
    code || bare || *joint == "/" && word(next, 0).is_some() && word(text, 0).is_some()
}

/// Reads `(P1)`, `- Critical`, `(High)`, `/Critical` behind a code.
fn second_names(text: &str, label: &mut Label) {
    // `P1 Incident - All is lost`: behind the thing stands what is said of it, unless it is a word of a scale.
    let is_thing = label.rest > label.id.end;
    for _ in 0..3 {
        let skipped = separator(&text[label.rest..]);
        let at = label.rest + skipped;
        let rest = &text[at..];
        if skipped == 0 || rest.is_empty() {
            return;
        }
        if let Some((level, end)) = code(rest, 0) {
            if level.rank != label.level.rank || label.alias.is_some() {
                return;
            }
            label.alias = Some(at..at + end);
            label.rest = at + end;
            continue;
        }
        let length = match name_length(rest) {
            0 => scale_word(rest),
            length if is_thing && scale_length(rest) != length => 0,
            length => length,
        };
        if length == 0 || label.name.is_some() {
            return;
        }
        label.name = Some(at..at + length);
        label.rest = at + length;
    }
}

/// How many bytes at the start are a word of a scale, with a sentence behind it: `Critical The site is
/// down`, as a line break between them leaves it.
fn scale_word(rest: &str) -> usize {
    let Some((_, end)) = word(rest, 0) else {
        return 0;
    };
    let behind = rest[end..].trim_start_matches(['*', '_', ' ']);
    let begins =
        behind.starts_with(|it: char| it.is_uppercase()) && rest[end..].starts_with([' ', '*']);
    if begins { end } else { 0 }
}

/// Whether words are a sentence of their own, as in `Severity 3 - A lamp is broken`.
fn is_clause(words: &str) -> bool {
    const VERBS: [&str; 11] = [
        "is", "are", "was", "has", "have", "can", "cannot", "does", "do", "will", "may",
    ];
    words.split_whitespace().any(|it| VERBS.contains(&it))
}

/// How many bytes at the start are a word of a scale with its noun.
fn scale_length(text: &str) -> usize {
    word(text, 0).map_or(0, |it| it.1)
}

/// How many bytes of a text are a name: up to four words, then the end or a sign that parts.
fn name_length(rest: &str) -> usize {
    let end = rest
        .find(|it: char| {
            matches!(
                it,
                ':' | '.' | '(' | ')' | '\n' | '|' | ',' | ';' | '\u{2014}' | '\u{2013}'
            )
        })
        .unwrap_or(rest.len());
    // A sentence goes on behind such a sign, unless what stands before it is the word of a scale.
    let is_lower = rest.starts_with(char::is_lowercase);
    let goes_on = (rest[end..].starts_with(';') || is_lower && rest[end..].starts_with(','))
        && scale_length(&rest[..end]) < end;
    if goes_on {
        return 0;
    }
    let spaced = rest.find(" - ").map_or(end, |it| it.min(end));
    let name = rest[..spaced].trim_end_matches([' ', '*', '`', '_']);
    let short = name.split_whitespace().count() <= 4 && name.len() <= 40;
    let starts = name.starts_with(char::is_alphabetic);
    if short && starts && !is_clause(name) {
        name.len()
    } else {
        0
    }
}

/// How many bytes of white space, marks and signs stand here.
fn separator(rest: &str) -> usize {
    let is_joint = |it: char| {
        it.is_whitespace()
            || matches!(
                it,
                '-' | ':'
                    | '('
                    | ')'
                    | '/'
                    | '|'
                    | '*'
                    | '`'
                    | '_'
                    | ','
                    | '.'
                    | '\u{2192}'
                    | '='
                    | '>'
            )
            || matches!(it, '\u{2010}'..='\u{2015}')
            || !it.is_ascii()
                && !it.is_alphanumeric()
                && !matches!(
                    it,
                    '\u{2264}' | '\u{2265}' | '"' | '\u{201c}' | '\u{20ac}' | '\u{a3}'
                )
    };
    rest.len() - rest.trim_start_matches(is_joint).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(text: &str) -> String {
        let Some(label) = label(text) else {
            return "none".to_owned();
        };
        let part = |it: &Option<Range<usize>>| it.clone().map_or("-", |it| &text[it]);
        let id = &text[label.id.clone()];
        let rest = &text[label.rest..];
        format!(
            "{:?} {} | {id} | {} | {} | {rest}",
            label.level.family,
            label.level.rank,
            part(&label.alias),
            part(&label.name)
        )
    }

    #[test]
    fn names_of_severities() {
        let cases = [
            ("SEV-1", "Severity 1 | SEV-1 | - | - | "),
            ("sev1", "Severity 1 | sev1 | - | - | "),
            ("SEV 2", "Severity 2 | SEV 2 | - | - | "),
            ("Sev. 2", "Severity 2 | Sev. 2 | - | - | "),
            ("S2", "Severity 2 | S2 | - | - | "),
            ("P0", "Priority 0 | P0 | - | - | "),
            ("#P1", "Priority 1 | P1 | - | - | "),
            ("severity::1", "Severity 1 | severity::1 | - | - | "),
            ("Severity 0", "Severity 0 | Severity 0 | - | - | "),
            ("severity/critical", "Word 3 | severity/critical | - | - | "),
            ("`priority::high`", "Word 8 | priority::high | - | - | "),
            (
                "Severity Level 3",
                "Severity 3 | Severity Level 3 | - | - | ",
            ),
            ("Severity A", "Severity 1 | Severity A | - | - | "),
            ("Severity II", "Severity 2 | Severity II | - | - | "),
            ("Priority One", "Priority 1 | Priority One | - | - | "),
            ("Level 4", "Level 4 | Level 4 | - | - | "),
            (
                "\u{1f534} SEV0 \u{2013} Critical",
                "Severity 0 | SEV0 | - | Critical | ",
            ),
            ("`~S1` - Blocker", "Severity 1 | S1 | - | Blocker | "),
            (
                ":red_circle: P1 (Critical)",
                "Priority 1 | P1 | - | Critical | ",
            ),
            (
                "Priority 1 (P1) - High (H)",
                "Priority 1 | Priority 1 | P1 | High | H)",
            ),
            (
                "SEVERITY 1 (URGENT): Any error",
                "Severity 1 | SEVERITY 1 | - | URGENT | Any error",
            ),
            (
                "SEV0/Critical: The business is hit",
                "Severity 0 | SEV0 | - | Critical | The business is hit",
            ),
            (
                "Severity A - Critical business impact. It is bad",
                "Severity 1 | Severity A | - | Critical business impact | It is bad",
            ),
            (
                "SEV-1: the site is down for everybody",
                "Severity 1 | SEV-1 | - | - | the site is down for everybody",
            ),
            ("P1 Critical", "Priority 1 | P1 | - | Critical | "),
            ("Critical", "Word 3 | Critical | - | - | "),
            ("High Severity", "Word 8 | High Severity | - | - | "),
            ("Low Priority:", "Word 15 | Low Priority | - | - | "),
            (
                "Critical - Issues that stop work",
                "Word 3 | Critical | - | - | Issues that stop work",
            ),
            ("Critical (P1)", "Priority 1 | P1 | - | Critical | "),
            ("Critical issue that warrants a call", "none"),
            ("High-urgency page to the team", "none"),
            ("Low latency matters", "none"),
            ("P1-P3", "none"),
            ("P1/P2", "none"),
            ("SEV-1 and SEV-2", "none"),
            ("SEV 1-2", "none"),
            ("High/Medium", "none"),
            ("S3 buckets", "Severity 3 | S3 | - | buckets | "),
            ("Page the on-call", "none"),
            ("Sevilla", "none"),
            ("P100", "none"),
            ("", "none"),
        ];
        let mut wrong = Vec::new();
        for (text, expected) in cases {
            let read = short(text);
            if read != expected {
                wrong.push(format!("{text}\n     read: {read}\n expected: {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
