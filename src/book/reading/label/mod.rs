//! A few words in, the severity that they name out: `SEV-1`, `P2 (High)`, `Severity A`, `Critical`.

mod code;
mod name;
mod words;

pub(super) use self::code::{code_at, may_hold_code};

use std::ops::Range;

use self::code::{NUMERALS, code, ends_here, first_letter, name_start, starts_with_word, word};
use self::name::{bracketed_name, second_names, separator};

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
    /// The other levels that the same words are about, and the bytes of their names where they have one of
    /// their own: `Medium` in `Low and Medium`, none for the `4` of `SEV-3/4`.
    pub others: Vec<(Level, Option<Range<usize>>)>,
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
    } else if ends_here(&text[id_end..]) {
        bracketed_name(text, &mut label);
    } else {
        return None;
    }
    label.rest += separator(&text[label.rest..]);
    Some(label)
}

/// The severity that a cell starts with where its column says that it holds severities: a sentence may
/// follow the word, as in `Urgent The system is down`.
pub fn leading(text: &str) -> Option<Label> {
    label(text).or_else(|| {
        let start = name_start(text)?;
        let (level, end) = word(text, start)?;
        is_sentence(&text[end..]).then_some(Label {
            level,
            id: start..end,
            alias: None,
            name: None,
            others: Vec::new(),
            rest: end + separator(&text[end..]),
        })
    })
}

/// Whether a sentence starts here: `The system is`, and neither `CPU usage` nor `Service Down`.
fn is_sentence(rest: &str) -> bool {
    let mut words = rest.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        return false;
    };
    let mut letters = first.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.all(char::is_lowercase)
        && second.starts_with(char::is_lowercase)
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
    let (level, id_end) = code(text, start).or_else(|| word(text, start))?;
    let is_word = level.family == Family::Word;
    let mut others: Vec<(Level, Option<Range<usize>>)> = Vec::new();
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
        let start = end + spaces + joint.len() + gap;
        let named = |(level, length)| (level, length, Some(start..start + length));
        let next = code(&text[start..], 0).map(named).or_else(|| {
            if is_word {
                return word(&text[start..], 0).map(named);
            }
            let rank = behind[..digits].parse().ok().filter(|it| *it <= 10)?;
            Some((Level { rank, ..level }, digits, None))
        });
        let Some((next, length, id)) = next.filter(|it| it.0.family == level.family) else {
            break;
        };
        let last = others.last().map_or(level.rank, |it| it.0.rank);
        if is_range(joint) && !is_word {
            others.extend((last + 1..next.rank).map(|rank| (Level { rank, ..level }, None)));
        }
        others.push((next, id));
        end = start + length;
    }
    let rest = end + separator(&text[end..]);
    // `High and low tides` is a sentence.
    if is_word && !ends_here(&text[end..]) {
        return None;
    }
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

/// The severity that a single word such as `Critical` is.
pub fn step(text: &str) -> Option<Level> {
    let (level, end) = word(text, 0)?;
    (end == text.len()).then_some(level)
}

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
    let mut behind = text[end..].chars();
    let is_more = match behind.next() {
        // `1. High` has a number, and `1.5` is one.
        Some('.') => !behind.next().is_some_and(char::is_whitespace),
        Some(sign) => sign.is_alphanumeric() || sign == '%',
        None => false,
    };
    if is_more {
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

/// `I`, `II`, `III`, where the text around says that this is a column of severities.
pub fn numeral(text: &str) -> Option<Label> {
    let start = first_letter(text)?;
    let word = text[start..].trim_end();
    let index = NUMERALS.iter().position(|it| *it == word)?;
    Some(Label {
        level: Level {
            family: Family::Digit,
            rank: u32::try_from(index + 1).ok()?,
        },
        id: start..start + word.len(),
        alias: None,
        name: None,
        others: Vec::new(),
        rest: text.len(),
    })
}

fn is_bracketed(rest: &str) -> bool {
    rest.starts_with('(') && rest.ends_with(')') && rest.len() < 60
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
    let is_alias = |other: Level| {
        own.is_some_and(|it| it.family != other.family && (it.rank == other.rank || *joint == "/"))
    };
    let code = named.is_some_and(|it| !is_alias(it));
    // `SEV-1 - Critical` is one level with its name, `High/Medium` are two.
    let bare = next.starts_with(|it: char| it.is_ascii_digit()) && behind.len() == next.len();
    code || bare || *joint == "/" && word(next, 0).is_some() && word(text, 0).is_some()
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
                "`priority_high`: The lift is stuck",
                "Word 8 | priority_high | - | - | The lift is stuck",
            ),
            ("Priority: High", "Word 8 | Priority: High | - | - | "),
            ("Critical Alerts", "Word 3 | Critical Alerts | - | - | "),
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
            (
                "Tipo 2 \u{2013} M\u{e9}dia Prioridade",
                "Category 2 | Tipo 2 | - | M\u{e9}dia Prioridade | ",
            ),
            (
                "Prioritat mitjana",
                "Word 11 | Prioritat mitjana | - | - | ",
            ),
            ("Prioriteit: Laag", "Word 15 | Prioriteit: Laag | - | - | "),
            ("Priorit\u{e0} 1", "Priority 1 | Priorit\u{e0} 1 | - | - | "),
            (
                "Moderada: afecta un servicio",
                "Word 12 | Moderada | - | - | afecta un servicio",
            ),
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

    #[test]
    fn the_number_of_a_chapter_may_stand_before_a_word() {
        assert_eq!(
            short("2.1 Critical (Severity 1)"),
            "Severity 1 | Severity 1 | - | Critical | "
        );
        assert_eq!(short("2.1 Critical paths"), "none");
    }

    #[test]
    fn a_sentence_may_follow_a_word_where_severities_stand() {
        let rest = |text: &'static str| leading(text).map(|it| &text[it.rest..]);
        assert_eq!(
            rest("Urgent The shop is closed"),
            Some("The shop is closed")
        );
        assert_eq!(rest("P1: all is lost"), Some("all is lost"));
        assert_eq!(rest("High CPU usage"), None);
        assert_eq!(rest("Critical Service Down"), None);
        assert_eq!(rest("Low"), Some(""));
        assert_eq!(rest("High Priority."), Some(""));
        assert_eq!(rest("Priority - High (Business) One"), Some("One"));
    }
}
