//! Tables that tell severities apart: one in each row, one in each column, or one in each cell.

use std::collections::BTreeSet;

use super::column::{
    are_times, column_role, is_about_severity, is_answer, is_aside, is_cadence, is_factor,
    is_foreign, is_other_scale, names_severity, plans,
};
use super::criteria;
use super::duty_rows;
use super::english;
use super::label::{self, Family, Label, Level};
use super::role::{self, Role};
use super::statement::{Naming, Shape, Statement, Structure, needed, within};
use crate::markdown::{Cell, Document, Part, Table};
use crate::policy::quantity::Quantity;

/// What a table turned out to be.
pub(super) enum Read {
    /// A severity in each row or column.
    Structure(Structure),
    /// A severity in each cell.
    Grid(Grid),
}

/// A table whose cells name severities: impact down, urgency across.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The table.
    pub(super) whole: Part,
    /// The head of the first column.
    pub(super) corner: Part,
    /// The heads of the columns, in order.
    pub(super) across: Vec<Part>,
    /// The heads of the rows, in order.
    pub(super) down: Vec<Part>,
    /// The cells: row, column, the words, the severity that they name.
    pub(super) cells: Vec<(usize, usize, Part, Option<Level>)>,
}

/// A table with its spans spread out.
struct Lines<'page> {
    document: &'page Document,
    head: Vec<&'page Cell>,
    rows: Vec<Line<'page>>,
}

struct Line<'page> {
    cells: Vec<&'page Cell>,
    /// One cell takes the whole width.
    is_note: bool,
}

impl<'page> Lines<'page> {
    fn new(document: &'page Document, table: &'page Table) -> Self {
        let mut head: Vec<&Cell> = Vec::new();
        let mut rows = Vec::new();
        let mut carried: Vec<Option<(&Cell, u16)>> = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            let is_note = row.cells.len() == 1 && row.cells.iter().all(|it| it.columns > 1);
            let cells = spread(row.cells.iter(), &mut carried);
            let headless = !table.rows.iter().any(|it| it.is_head);
            let headers = row.cells.iter().all(|it| it.is_header);
            if row.is_head || index == 0 && (headers || headless && table.rows.len() > 1) {
                head = cells;
            } else {
                rows.push(Line { cells, is_note });
            }
        }
        Self {
            document,
            head,
            rows,
        }
    }

    fn words(&self, cell: &Cell) -> &'page str {
        self.document.words(cell.text)
    }

    fn width(&self) -> usize {
        let rows = self.rows.iter().map(|it| it.cells.len());
        rows.chain([self.head.len()]).max().unwrap_or(0)
    }

    fn head_words(&self, column: usize) -> &'page str {
        self.head.get(column).map_or("", |it| self.words(it))
    }

    fn heading(&self, table: &Table) -> &'page str {
        let heading = table.heading.and_then(|it| self.document.headings.get(it));
        heading.map_or("", |it| self.document.words(it.text))
    }
}

/// Puts a cell in every column that it takes, and in the rows below that it reaches.
fn spread<'page>(
    cells: impl Iterator<Item = &'page Cell>,
    carried: &mut Vec<Option<(&'page Cell, u16)>>,
) -> Vec<&'page Cell> {
    const WIDEST: usize = 64;
    let mut line = Vec::new();
    let mut cells = cells.peekable();
    while line.len() < WIDEST {
        let column = line.len();
        if let Some(Some((cell, left))) = carried.get_mut(column) {
            line.push(*cell);
            *left -= 1;
            if *left == 0 {
                carried[column] = None;
            }
            continue;
        }
        let Some(cell) = cells.next() else { break };
        for _ in 0..cell.columns.max(1) {
            let column = line.len();
            if carried.len() <= column {
                carried.resize(column + 1, None);
            }
            if cell.rows > 1 {
                carried[column] = Some((cell, cell.rows - 1));
            }
            line.push(cell);
        }
    }
    line
}

/// Reads a table; `None` where it is about something else.
pub(super) fn read(document: &Document, table: &Table) -> Option<Read> {
    let lines = Lines::new(document, table);
    if lines.rows.is_empty() || lines.width() < 2 {
        return None;
    }
    if let Some(grid) = grid(&steps_only(Lines::new(document, table))) {
        return Some(Read::Grid(grid));
    }
    let duties = || duty_rows::read(document, table.place, &duties_of(&lines));
    let structure = rows(&lines, table)
        .or_else(|| columns(&lines, table))
        .or_else(duties)?;
    Some(Read::Structure(structure))
}

/// The rows of a table with the heads of their columns.
fn duties_of(lines: &Lines<'_>) -> Vec<duty_rows::Row> {
    let rows = lines.rows.iter().filter(|it| !it.is_note);
    let row = |row: &Line<'_>| {
        let head = row.cells.first()?.text;
        let cells = row.cells.iter().enumerate().skip(1);
        let cells =
            cells.map(|(column, cell)| (lines.head.get(column).map(|it| it.text), cell.text));
        Some(duty_rows::Row {
            head,
            cells: cells.collect(),
        })
    };
    rows.filter_map(row).collect()
}

/// What a table says about the steps of a factor, such as `| Department | several teams are hit |` under `Impact`.
pub(super) fn factor(document: &Document, table: &Table) -> Vec<Part> {
    let lines = Lines::new(document, table);
    let is_named = is_factor(lines.head_words(0)) || is_factor(lines.heading(table));
    if !is_named || !(2..=4).contains(&lines.width()) || lines.rows.len() < 2 {
        return Vec::new();
    }
    let is_told = |column: &usize| {
        let role = role::role(lines.head_words(*column));
        matches!(
            role,
            None | Some(Role::Criteria | Role::Name | Role::Action)
        )
    };
    let mut told = Vec::new();
    for column in (1..lines.width()).filter(is_told) {
        let cells = lines.rows.iter().filter_map(|row| row.cells.get(column));
        told.extend(
            cells
                .map(|it| it.text)
                .filter(|it| document.words(*it).contains(' ')),
        );
    }
    told
}

/// The severities that a list of texts names, one for each; families are not mixed.
fn named(texts: &[&str], head: &str, about: bool) -> Option<Vec<Option<Label>>> {
    let labels: Vec<Option<Label>> = texts.iter().map(|it| label::label(it)).collect();
    let family = most_common(&labels);
    let filled = texts.iter().filter(|it| !it.trim().is_empty()).count();
    let of = |family: Family| -> Vec<Option<Label>> {
        let kept = labels.iter().cloned();
        kept.map(|it| it.filter(|it| it.level.family == family))
            .collect()
    };
    if let Some(family) = family.filter(|it| *it != Family::Word) {
        let found = of(family);
        let count = found.iter().flatten().count();
        return (distinct(&found) >= 2 && count * 2 >= filled).then_some(found);
    }
    let about_head = is_about_severity(head) && !is_other_scale(head);
    if family == Some(Family::Word) {
        let found = of(Family::Word);
        let count = found.iter().flatten().count();
        let whole = texts
            .iter()
            .zip(&found)
            .all(|(text, it)| it.is_none() || label::whole(text).is_some());
        let fits = about_head || about && !is_other_scale(head) && whole;
        let enough = distinct(&found) >= 2 && count * 3 >= filled * 2 && count == distinct(&found);
        return (fits && enough && is_ordered(&found)).then_some(found);
    }
    let digits: Vec<Option<Label>> = texts.iter().map(|it| label::digit(it)).collect();
    let count = digits.iter().flatten().count();
    // One number may stand in two rows that follow each other, for two cases of it.
    let fits = about_head && distinct(&digits) >= 3 || count == distinct(&digits);
    (about_head && fits && distinct(&digits) >= 2 && count == filled && is_ordered(&digits))
        .then_some(digits)
}

/// Severities by any names in the first column, where its head says that they are severities and other columns
/// promise times: the shortest time is for the worst.
fn free_names(lines: &Lines<'_>) -> Option<Vec<Option<Label>>> {
    let head = lines.head_words(0);
    let is_named = is_about_severity(head) && !is_other_scale(head);
    let names: Vec<&str> = lines
        .rows
        .iter()
        .map(|row| row.cells.first().map_or("", |it| lines.words(it)))
        .collect();
    let is_short = |it: &&str| (1..=5).contains(&it.split_whitespace().count());
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    let fits = is_named && names.iter().all(is_short) && distinct.len() == names.len();
    let column = (1..lines.width())
        .find(|it| is_timed(lines, *it))
        .filter(|_| fits && names.len() >= 3)?;
    let times = lines.rows.iter().map(|row| {
        let words = row.cells.get(column).map_or("", |it| lines.words(it));
        let target = english::targets(words).into_iter().next()?;
        criteria::quantity(&target.time, None)
    });
    let times: Vec<Quantity> = times.flatten().collect();
    let rises = times.first()?.base() <= times.last()?.base();
    let last = names.len() - 1;
    let label = |(index, name): (usize, &&str)| {
        let start = name.len() - name.trim_start().len();
        Some(Label {
            level: Level {
                family: Family::Free,
                rank: u32::try_from(if rises { index } else { last - index }).ok()?,
            },
            id: start..name.trim_end().len(),
            alias: None,
            name: None,
            others: Vec::new(),
            rest: name.len(),
        })
    };
    Some(names.iter().enumerate().map(label).collect())
}

fn most_common(labels: &[Option<Label>]) -> Option<Family> {
    let families = labels.iter().flatten().map(|it| it.level.family);
    let all: BTreeSet<Family> = families.clone().collect();
    all.into_iter().max_by_key(|family| {
        let count = families.clone().filter(|it| it == family).count();
        // Of two that are named equally often, the one that stands first in the list of families.
        (count, std::cmp::Reverse(*family))
    })
}

fn distinct(labels: &[Option<Label>]) -> usize {
    let levels: BTreeSet<Level> = labels.iter().flatten().map(|it| it.level).collect();
    levels.len()
}

/// Whether levels go one way only.
pub(super) fn is_ordered(labels: &[Option<Label>]) -> bool {
    let ranks: Vec<u32> = labels.iter().flatten().map(|it| it.level.rank).collect();
    ranks.is_sorted() || ranks.iter().rev().is_sorted()
}

fn rows(lines: &Lines<'_>, table: &Table) -> Option<Structure> {
    let heading = lines.heading(table);
    if is_factor(heading) && !is_about_severity(heading) {
        return None;
    }
    let about = is_about_severity(heading);
    let named = (0..lines.width().min(3)).find_map(|column| {
        let texts: Vec<&str> = lines
            .rows
            .iter()
            .map(|row| match row.cells.get(column) {
                Some(cell) if !row.is_note => lines.words(cell),
                _ => "",
            })
            .collect();
        Some((column, named(&texts, lines.head_words(column), about)?))
    });
    let (column, labels) = named.or_else(|| Some((0, free_names(lines)?)))?;
    let roles = column_roles(lines, column, heading);
    if is_tiers(lines, column, &roles) && !names_severity(heading) {
        return None;
    }
    let mut structure = Structure {
        shape: Shape::Rows,
        place: table.place,
        namings: Vec::new(),
        statements: Vec::new(),
        blanks: Vec::new(),
        major: None,
        is_variant: false,
    };
    let heads: Vec<&str> = (0..roles.len()).map(|it| lines.head_words(it)).collect();
    let filled = |column: usize| {
        let cells = lines.rows.iter().filter_map(|row| row.cells.get(column));
        cells.filter(|it| !it.text.is_empty()).count()
    };
    let filled: Vec<usize> = (0..roles.len()).map(filled).collect();
    let plans = plans(&heads, &roles, &filled);
    let mut by_column: Vec<Vec<(usize, &Cell)>> = vec![Vec::new(); lines.width()];
    for (row, label) in lines.rows.iter().zip(labels) {
        let Some(first) = row.cells.get(column) else {
            continue;
        };
        if row.is_note {
            note(lines, first, &mut structure);
            continue;
        }
        let label = label.or_else(|| label::shared(lines.words(first)));
        if let Some(label) = &label {
            let last = row
                .cells
                .iter()
                .map(|it| it.text.end)
                .max()
                .unwrap_or(first.text.end);
            let whole = Part {
                start: first.text.start,
                end: last,
            };
            structure
                .namings
                .push(Naming::new(label, first.text, whole));
            rest_of_name(lines, first, label, &mut structure);
        } else if structure.namings.is_empty() || !lines.words(first).trim().is_empty() {
            continue;
        }
        let naming = structure.namings.len() - 1;
        for (index, cell) in row.cells.iter().enumerate() {
            let repeated = index > 0 && std::ptr::eq(row.cells[index - 1], *cell);
            if label.is_some() {
                by_column[index].push((naming, cell));
            }
            if index != column && !repeated {
                let head = lines.head.get(index).map(|it| it.text);
                let role = roles.get(index).copied().flatten();
                let plan = head.filter(|_| plans[index]);
                let found = statement(lines, naming, role, head, cell);
                let found = found.map(|it| Statement { plan, ..it });
                structure.statements.extend(found);
            }
        }
    }
    for (index, cells) in by_column.iter().enumerate() {
        if let Some(head) = lines.head.get(index) {
            add_blanks(lines, head.text, cells, &mut structure);
        }
    }
    Some(structure)
}

/// Whether the rows are lines of support, `L1` and `L2`, and not severities: nothing but who they are is said.
fn is_tiers(lines: &Lines<'_>, column: usize, roles: &[Option<Role>]) -> bool {
    let names = lines.rows.iter().filter_map(|row| row.cells.get(column));
    let mut labels = names.filter_map(|it| label::label(lines.words(it)));
    let is_level = labels.all(|it| it.level.family == Family::Level);
    is_level && !names_severity(lines.head_words(column)) && roles.contains(&Some(Role::Who))
}

/// A row of one cell: it may draw the line of major incidents.
fn note(lines: &Lines<'_>, cell: &Cell, structure: &mut Structure) {
    let words = lines.words(cell).to_lowercase();
    let about = words.contains("major incident") || words.contains("major-incident");
    if about && words.contains("above") && !structure.namings.is_empty() {
        structure.major = Some((cell.text, structure.namings.len()));
    }
}

/// Words behind the name in its own cell: a criterion, as in `Severity A - …. The business stands still`.
fn rest_of_name(lines: &Lines<'_>, cell: &Cell, label: &Label, structure: &mut Structure) {
    let words = lines.words(cell);
    let rest = words.get(label.rest..).unwrap_or_default();
    if rest.split_whitespace().count() < 3 {
        return;
    }
    structure.statements.push(Statement {
        naming: structure.namings.len() - 1,
        plan: None,
        role: Some(Role::Criteria),
        label: None,
        text: within(
            lines.document,
            cell.text,
            label.rest,
            rest_end(words, label.rest),
        ),
        items: Vec::new(),
        needed: needed(rest),
        depth: 0,
        is_cell: true,
    });
}

/// Where the words behind a name end: before the bracket that was opened before them.
fn rest_end(words: &str, start: usize) -> usize {
    let rest = &words[start..];
    let is_open = rest.ends_with(')') && !rest.contains('(');
    words.len() - usize::from(is_open)
}

/// The role of each column of a table with a severity in each row.
fn column_roles(lines: &Lines<'_>, level: usize, heading: &str) -> Vec<Option<Role>> {
    let mut roles: Vec<Option<Role>> = Vec::new();
    for column in 0..lines.width() {
        let cells = lines.rows.iter().filter_map(|row| row.cells.get(column));
        let texts: Vec<&str> = cells.map(|it| lines.words(it)).collect();
        roles.push(column_role(lines.head_words(column), &texts));
    }
    // Plans have columns of their own, with times that no head announces.
    if !roles.iter().flatten().any(|it| it.is_timed()) {
        for (plan, role) in roles.iter_mut().enumerate() {
            if plan != level && role.is_none() && is_timed(lines, plan) {
                let told = role::role(heading).filter(|it| it.is_timed());
                *role = told.or(Some(Role::Ack));
            }
        }
    }
    let criteria = (0..roles.len()).any(|it| it != level && roles[it] == Some(Role::Criteria));
    if !criteria {
        let is_free = |it: &usize| {
            let is_aside = is_aside(lines.head_words(*it)) || is_timed(lines, *it);
            *it != level && roles[*it].is_none() && !is_aside
        };
        let free: Vec<usize> = (0..roles.len()).filter(is_free).collect();
        let free = free.into_iter();
        let length = |column: usize| -> usize {
            let cells = lines.rows.iter().filter_map(|row| row.cells.get(column));
            cells.map(|it| lines.words(it).len()).sum()
        };
        // In a language that is not read, what stands first is the criterion.
        let foreign = free.clone().filter(|it| is_foreign(lines.head_words(*it)));
        let first = foreign.clone().next();
        let rest: Vec<usize> = foreign.skip(1).collect();
        // A word in each cell tells nothing that an incident can be compared with.
        let words = |column: usize| -> usize {
            let cells = lines.rows.iter().filter_map(|row| row.cells.get(column));
            cells
                .map(|it| lines.words(it).split_whitespace().count())
                .sum()
        };
        let told = free.filter(|it| words(*it) >= lines.rows.len() * 2);
        let longest = first.or(told.max_by_key(|it| length(*it)));
        for column in rest {
            roles[column] = Some(Role::Action);
        }
        // Where a table only gives examples, they are all that an incident can be compared with.
        let examples = roles.iter().position(|it| *it == Some(Role::Examples));
        if let Some(column) = examples.or(longest) {
            roles[column] = Some(Role::Criteria);
        }
    }
    roles
}

/// Whether most cells of a column are times.
fn is_timed(lines: &Lines<'_>, column: usize) -> bool {
    let cells = lines.rows.iter().filter_map(|row| row.cells.get(column));
    are_times(cells.map(|it| lines.words(it)))
}

/// What a cell says; nothing where it is empty.
fn statement(
    lines: &Lines<'_>,
    naming: usize,
    role: Option<Role>,
    head: Option<Part>,
    cell: &Cell,
) -> Option<Statement> {
    let words = lines.words(cell);
    if words.trim().is_empty() || role == Some(Role::Criteria) && is_answer(words) {
        return None;
    }
    let text = match role {
        Some(Role::Criteria) => behind_rating(lines.document, cell),
        _ => cell.text,
    };
    Some(Statement {
        naming,
        plan: None,
        role,
        label: head,
        text,
        items: cell.items.clone(),
        needed: needed(words),
        depth: 0,
        is_cell: true,
    })
}

/// The words of a cell behind the word of a scale, as in `Critical - nobody can pay`.
fn behind_rating(document: &Document, cell: &Cell) -> Part {
    let words = document.words(cell.text);
    let rating = label::label(words).filter(|it| it.level.family == Family::Word);
    let rated = rating.filter(|it| {
        let sign = words[it.id.end..].trim_start().chars().next();
        let parts = matches!(sign, Some(':' | '-' | '\u{2013}' | '\u{2014}'));
        parts && it.rest < words.len() && cell.items.is_empty()
    });
    match rated {
        Some(label) => within(document, cell.text, label.rest, words.len()),
        None => cell.text,
    }
}

/// Adds the empty cells of one row or column, if at least two and most of its cells are filled.
fn add_blanks(lines: &Lines<'_>, head: Part, cells: &[(usize, &Cell)], structure: &mut Structure) {
    let is_empty = |it: &&(usize, &Cell)| lines.words(it.1).trim().is_empty();
    let empty: Vec<&(usize, &Cell)> = cells.iter().filter(is_empty).collect();
    let filled = cells.len() - empty.len();
    if filled >= 2 && filled > empty.len() && !lines.document.words(head).trim().is_empty() {
        let blanks = empty
            .into_iter()
            .map(|(naming, cell)| (*naming, head, cell.place));
        structure.blanks.extend(blanks);
    }
}

fn columns(lines: &Lines<'_>, table: &Table) -> Option<Structure> {
    let about = is_about_severity(lines.heading(table)) || is_about_severity(lines.head_words(0));
    let texts: Vec<&str> = lines.head.iter().map(|it| lines.words(it)).collect();
    let first = texts.get(1..)?;
    let labels = named(first, if about { "severity" } else { "" }, about)?;
    let mut structure = Structure {
        shape: Shape::Columns,
        place: table.place,
        namings: Vec::new(),
        statements: Vec::new(),
        blanks: Vec::new(),
        major: None,
        is_variant: false,
    };
    let mut naming_of = vec![None; lines.width()];
    for (index, label) in labels.iter().enumerate() {
        let (Some(label), Some(cell)) = (label, lines.head.get(index + 1)) else {
            continue;
        };
        naming_of[index + 1] = Some(structure.namings.len());
        structure
            .namings
            .push(Naming::new(label, cell.text, cell.text));
    }
    let mut roles: Vec<Option<Role>> = lines.rows.iter().map(|row| row_role(lines, row)).collect();
    if !roles.iter().flatten().any(|it| it.is_timed()) {
        for (role, row) in roles.iter_mut().zip(&lines.rows) {
            let cells = row.cells.iter().skip(1).map(|it| lines.words(it));
            if role.is_none() && are_times(cells) {
                *role = Some(Role::Ack);
            }
        }
    }
    let heads = lines
        .rows
        .iter()
        .map(|it| it.cells.first().map_or("", |it| lines.words(it)));
    let filled = |row: &Line<'_>| row.cells.iter().filter(|it| !it.text.is_empty()).count();
    let filled: Vec<usize> = lines.rows.iter().map(filled).collect();
    let plans = plans(&heads.collect::<Vec<&str>>(), &roles, &filled);
    // Rows without a known label are criteria, unless the table is about the response.
    let response = roles.iter().flatten().any(|it| it.is_response());
    for ((row, role), is_plan) in lines.rows.iter().zip(roles).zip(plans) {
        let Some(head) = row.cells.first().filter(|_| !row.is_note) else {
            continue;
        };
        let role = role.or(if response { None } else { Some(Role::Criteria) });
        let mut cells = Vec::new();
        for (index, cell) in row.cells.iter().enumerate().skip(1) {
            let Some(naming) = naming_of.get(index).copied().flatten() else {
                continue;
            };
            cells.push((naming, *cell));
            let plan = is_plan.then_some(head.text);
            let found = statement(lines, naming, role, Some(head.text), cell);
            structure
                .statements
                .extend(found.map(|it| Statement { plan, ..it }));
        }
        add_blanks(lines, head.text, &cells, &mut structure);
    }
    Some(structure)
}

fn row_role(lines: &Lines<'_>, row: &Line<'_>) -> Option<Role> {
    let head = row.cells.first()?;
    let texts: Vec<&str> = row.cells.iter().skip(1).map(|it| lines.words(it)).collect();
    let answers = texts.iter().filter(|it| is_answer(it)).count();
    let cadences = texts.iter().filter(|it| is_cadence(it)).count();
    match column_role(lines.words(head), &texts) {
        None if answers * 2 >= texts.len() => Some(Role::Who),
        None if cadences * 2 > texts.len() => Some(Role::Updates),
        role => role,
    }
}

/// The table without what stands before its steps: a second row of heads, and a title down its left side.
fn steps_only(lines: Lines<'_>) -> Lines<'_> {
    let Lines {
        document,
        mut head,
        mut rows,
    } = lines;
    let are_headers = |it: &Line<'_>| it.cells.iter().all(|it| it.is_header);
    let spans = head.windows(2).any(|it| std::ptr::eq(it[0], it[1]));
    if spans && rows.len() > 2 && are_headers(&rows[0]) {
        head = rows.remove(0).cells;
    }
    let first = rows.first().and_then(|it| it.cells.first().copied());
    let is_title = |it: &Line<'_>| matches!((it.cells.first(), first), (Some(one), Some(other)) if std::ptr::eq(*one, other));
    if rows.len() > 1 && head.len() > 3 && rows.iter().all(is_title) {
        head.remove(0);
        for row in &mut rows {
            row.cells.remove(0);
        }
    }
    Lines {
        document,
        head,
        rows,
    }
}

fn grid(lines: &Lines<'_>) -> Option<Grid> {
    let width = lines.head.len();
    if width < 3 || lines.rows.len() < 2 {
        return None;
    }
    let mut cells = Vec::new();
    let mut down = Vec::new();
    let mut filled = 0;
    let is_factored = lines.head.iter().any(|it| is_factor(lines.words(it)));
    for (index, row) in lines.rows.iter().enumerate() {
        down.push(row.cells.first()?.text);
        for (column, cell) in row.cells.iter().enumerate().take(width).skip(1) {
            let words = lines.words(cell);
            let level = label::whole(words)
                .or_else(|| label::label(words))
                .or_else(|| label::digit(words).filter(|_| is_factored))
                .map(|it| it.level);
            filled += usize::from(level.is_some());
            cells.push((index, column - 1, cell.text, level));
        }
    }
    let heads: Vec<Option<Label>> = lines
        .head
        .iter()
        .map(|it| label::label(lines.words(it)))
        .collect();
    let codes = heads
        .iter()
        .flatten()
        .any(|it| !matches!(it.level.family, Family::Word | Family::Level));
    let levels: BTreeSet<Level> = cells.iter().filter_map(|it| it.3).collect();
    let complete = filled * 10 >= cells.len() * 7 && levels.len() >= 2;
    if !complete || codes {
        return None;
    }
    let across = lines.head.iter().skip(1).map(|it| it.text).collect();
    let corner = lines.head.first()?.text;
    let end = cells.last().map_or(corner.end, |it| it.2.end);
    let whole = Part {
        start: corner.start,
        end,
    };
    Some(Grid {
        whole,
        corner,
        across,
        down,
        cells,
    })
}
