//! What a page says about its severities, before it is understood: who is named where, and which words
//! stand under which heading or column.

use super::label::{Label, Level};
use super::role::Role;
use crate::markdown::{Document, Part, Place};

/// One table, or one row of sections, that tells severities apart.
#[derive(Clone, Debug)]
pub(super) struct Structure {
    /// How it is written.
    pub(super) shape: Shape,
    /// Where it is written.
    pub(super) place: Place,
    /// The severities that it names, in the order they stand.
    pub(super) namings: Vec<Naming>,
    /// What it says about them, in the order it stands.
    pub(super) statements: Vec<Statement>,
    /// Cells that are empty where most of their neighbors are not: the naming, the head, the cell.
    pub(super) blanks: Vec<(usize, Part, Place)>,
    /// The words that draw the line of major incidents, and how many namings stand above them.
    pub(super) major: Option<(Part, usize)>,
    /// Whether it gives the times of an earlier table once more, for something else.
    pub(super) is_variant: bool,
}

/// How severities are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A table with a severity in each row.
    Rows,
    /// A table with a severity in each column.
    Columns,
    /// A heading, or a line like one, for each severity.
    Sections,
    /// A list item for each severity.
    Items,
}

/// A severity, where it is named.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// Which one.
    pub(super) level: Level,
    /// Its name.
    pub(super) id: Part,
    /// Another name.
    pub(super) alias: Option<Part>,
    /// The word beside the name.
    pub(super) name: Option<Part>,
    /// The other levels that the same words are about, with their names where they have one of their own.
    pub(super) others: Vec<(Level, Option<Part>)>,
    /// The whole row, heading or item.
    pub(super) whole: Part,
}

/// Words about one severity.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// Which naming of the structure they are about.
    pub(super) naming: usize,
    /// The plan or product that they hold for, where it is not the first one.
    pub(super) plan: Option<Part>,
    /// What they announce themselves to be; `None` where nothing tells.
    pub(super) role: Option<Role>,
    /// The words that announce them: a column's head, a label, a heading.
    pub(super) label: Option<Part>,
    /// The words, list items included.
    pub(super) text: Part,
    /// The list items in them; empty where they are one text.
    pub(super) items: Vec<Part>,
    /// How many of a list have to hold, where that is said.
    pub(super) needed: Option<Needed>,
    /// How deep in lists they stand.
    pub(super) depth: u8,
    /// Whether they are a cell of a table, in which every line stands for itself.
    pub(super) is_cell: bool,
}

/// How many of a list have to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needed {
    /// Every one.
    All,
    /// At least so many.
    Some(usize),
}

impl Structure {
    /// A structure that says nothing yet.
    pub(super) fn new(shape: Shape, place: Place) -> Self {
        Self {
            shape,
            place,
            namings: Vec::new(),
            statements: Vec::new(),
            blanks: Vec::new(),
            major: None,
            is_variant: false,
        }
    }
}

impl Naming {
    /// A naming from a label that was read in `part`.
    pub(super) fn new(label: &Label, part: Part, whole: Part) -> Self {
        Self {
            level: label.level,
            id: part.within(label.id.clone()),
            alias: label.alias.clone().map(|it| part.within(it)),
            name: label.name.clone().map(|it| part.within(it)),
            others: label
                .others
                .iter()
                .map(|(level, id)| (*level, id.clone().map(|it| part.within(it))))
                .collect(),
            whole,
        }
    }
}

/// The part of a text between two byte offsets of its own, without the white space around.
pub(super) fn within(document: &Document, part: Part, start: usize, end: usize) -> Part {
    let words = document.words(part);
    let slice = words.get(start..end).unwrap_or_default();
    let from = start + slice.len() - slice.trim_start().len();
    part.within(from..from + slice.trim().len())
}

/// Whether a statement tells when an incident has the severity.
pub(super) fn is_criterion(statement: &Statement) -> bool {
    match statement.role {
        Some(role) => role == Role::Criteria,
        None => statement.label.is_none(),
    }
}

/// How many of the next statements are in one list with the given one.
pub(super) fn together(next: &[&Statement], first: &Statement) -> usize {
    if first.needed.is_none() {
        return 0;
    }
    let same = |it: &&&Statement| {
        it.needed == first.needed
            && it.label == first.label
            && is_criterion(it)
            && it.depth == first.depth
    };
    next.iter().take_while(same).count()
}

/// Marks that people put before a line to make it an item of a list.
const BULLETS: [char; 5] = ['\u{2022}', '\u{25cf}', '\u{25aa}', '\u{2023}', '\u{00b7}'];

/// The list items of a statement and the words before them, or its lines where it has no items.
pub(super) fn parts(document: &Document, statement: &Statement) -> Vec<Part> {
    if !statement.items.is_empty() {
        let intro = intro(document, statement);
        return intro
            .into_iter()
            .chain(statement.items.iter().copied())
            .collect();
    }
    let words = document.words(statement.text);
    let cuts = |it: char| BULLETS.contains(&it) || it == '\n' && statement.is_cell;
    // A line that goes on in small letters is no line of its own.
    let goes_on = |(at, mark): &(usize, &str)| {
        *mark == "\n" && words[at + 1..].trim_start().starts_with(char::is_lowercase)
    };
    let has_items = statement.is_cell && words.starts_with("- ");
    let mut parts = Vec::new();
    let mut start = 0;
    let marks = words.match_indices(cuts).filter(|it| !goes_on(it));
    for (at, mark) in marks.chain([(words.len(), "")]) {
        let line = words[start..at].trim_start();
        if has_items && line.starts_with("- ") {
            start = at - line.len() + "- ".len();
        }
        parts.push(within(document, statement.text, start, at));
        start = at + mark.len();
    }
    let is_lead = |it: Part| statement.is_cell && is_lead_in(document.words(it));
    parts.retain(|it| !it.is_empty() && !is_lead(*it));
    parts
}

/// Whether a line of a cell only leads to the next one: `Impact on guests:`, `OR`.
fn is_lead_in(line: &str) -> bool {
    const LONGEST: usize = 5;
    let is_joint = ["or", "and", "and/or"]
        .iter()
        .any(|it| line.eq_ignore_ascii_case(it));
    is_joint || line.ends_with(':') && line.split_whitespace().count() <= LONGEST
}

/// The words before the first list item.
pub(super) fn intro(document: &Document, statement: &Statement) -> Option<Part> {
    let first = statement.items.first()?;
    let end = first.start.checked_sub(statement.text.start)?;
    let part = within(document, statement.text, 0, end as usize);
    (!part.is_empty()).then_some(part)
}

/// The sentences of a part; an end inside brackets or behind a short word such as `e.g.` is none. Some authors end
/// a sentence with its line.
pub(super) fn sentences(document: &Document, part: Part) -> Vec<Part> {
    let words = document.words(part);
    let mut found = Vec::new();
    let mut start = 0;
    // Where the last word starts, whether it has a point inside, and how many brackets are open.
    let (mut last, mut is_dotted, mut open) = (0, false, 0);
    for (at, mark) in words.match_indices(['.', '!', '?', ' ', '\n', '(', ')']) {
        let end = at + 1;
        match mark {
            " " | "\n" if open <= 0 && is_between(&words[..at], &words[end..]) => {
                found.push(within(document, part, start, end));
                start = end;
                (last, is_dotted, open) = (end, false, 0);
            }
            " " | "\n" | "(" => (last, is_dotted) = (end, false),
            ")" => {}
            _ => {
                let word = &words[last..at];
                let is_short =
                    is_dotted || word.len() <= 2 && word.bytes().all(|it| it.is_ascii_lowercase());
                is_dotted |= mark == ".";
                if words[end..].starts_with(char::is_whitespace) && !is_short && open <= 0 {
                    found.push(within(document, part, start, end));
                    start = end;
                    (last, is_dotted, open) = (end, false, 0);
                }
            }
        }
        open += i64::from(mark == "(") - i64::from(mark == ")");
    }
    found.push(within(document, part, start, words.len()));
    found.retain(|it| !it.is_empty());
    found
}

/// Whether a sentence without a point ends between two words: one in small letters, and one that only starts
/// sentences, with its capital letter.
fn is_between(before: &str, behind: &str) -> bool {
    const FIRST: [&str; 7] = ["These ", "This ", "If ", "We ", "They ", "There ", "Such "];
    before.ends_with(char::is_lowercase) && FIRST.iter().any(|it| behind.starts_with(it))
}

/// How many of a list have to hold, where the words before it say so.
pub(super) fn needed(words: &str) -> Option<Needed> {
    const ONE: &[&str] = &[
        "one or more",
        "at least one",
        "any of",
        "any one",
        "either of",
        "one of the",
        "1 or more",
        "at least 1",
    ];
    const ALL: &[&str] = &[
        "all of the",
        "all of these",
        "each of the",
        "all the following",
        "must meet all",
    ];
    const NUMBERS: &[(usize, [&str; 4])] = &[
        (
            2,
            ["two or more", "at least two", "2 or more", "at least 2"],
        ),
        (
            3,
            ["three or more", "at least three", "3 or more", "at least 3"],
        ),
        (
            4,
            ["four or more", "at least four", "4 or more", "at least 4"],
        ),
    ];
    let words = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|it| words.contains(it));
    let many = NUMBERS.iter().find(|(_, phrases)| has(phrases));
    // A count of things, as in "two or more regions are down", counts no criteria.
    let counts = [
        "following",
        "factor",
        "criteria",
        "condition",
        "apply",
        "applies",
        "these",
        "must meet",
    ];
    if !has(&counts) {
        return None;
    }
    if let Some((count, _)) = many {
        return Some(Needed::Some(*count));
    }
    if has(ONE) {
        return Some(Needed::Some(1));
    }
    has(ALL).then_some(Needed::All)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FilePath;
    use crate::markdown::{self, Dialect};

    fn sentences_of(text: &str) -> Vec<String> {
        let file = FilePath::new("a.md").expect("a plain path");
        let (document, _) = markdown::parse(&file, text, &Dialect::native());
        let parts = sentences(&document, document.blocks[0].text);
        parts
            .iter()
            .map(|it| document.words(*it).to_owned())
            .collect()
    }

    #[test]
    fn a_sentence_ends_behind_its_last_word() {
        let cases: [(&str, &[&str]); 6] = [
            ("One of\nTwo\nThese go", &["One of Two", "These go"]),
            ("One. Two! Three", &["One.", "Two!", "Three"]),
            (
                "Wait, e.g. an hour. Then go.",
                &["Wait, e.g. an hour.", "Then go."],
            ),
            (
                "Page (see v. 2. Or not. Or) them. Go.",
                &["Page (see v. 2. Or not. Or) them.", "Go."],
            ),
            ("At 99.9% of all. So.", &["At 99.9% of all.", "So."]),
            ("It is a. So.", &["It is a. So."]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences_of(text), expected, "{text}");
        }
    }

    /// Looking back from every point would take hours here.
    #[test]
    fn a_megabyte_of_points_is_one_sentence() {
        for piece in [".", "(a."] {
            let text = format!("Words {}", piece.repeat(400_000));
            assert_eq!(sentences_of(&text).len(), 1, "{piece}");
        }
    }
}
