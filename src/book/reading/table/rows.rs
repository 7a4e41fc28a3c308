//! A table with a severity in each row in, what it says out.

use super::Lines;
use super::names::{free_names, named};
use crate::book::reading::column::{
    are_times, column_role, is_about_severity, is_answer, is_factor, is_foreign, names_severity,
    plans,
};
use crate::book::reading::label::{self, Family, Label};
use crate::book::reading::role::{self, Role};
use crate::book::reading::statement::{Naming, Shape, Statement, Structure, needed, within};
use crate::markdown::{Cell, Document, Part, Table};

pub(super) fn rows(lines: &Lines<'_>, table: &Table) -> Option<Structure> {
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
    let mut structure = Structure::new(Shape::Rows, table.place);
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
    // A line of its own below the name says something, however short.
    let is_below = words[..label.rest].contains('\n') && !rest.trim().is_empty();
    if rest.split_whitespace().count() < 3 && !is_below {
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
    if holds_examples(lines, level, heading) {
        let others = roles.iter_mut().enumerate().filter(|it| it.0 != level);
        for (_, role) in others.filter(|it| *it.1 != Some(Role::Aside)) {
            *role = Some(Role::Examples);
        }
        return roles;
    }
    let criteria = (0..roles.len()).filter(|it| *it != level && roles[*it] == Some(Role::Criteria));
    let criteria: Vec<usize> = criteria.collect();
    // What two severities have in common, word for word and at length, is what is done at both.
    let (same, own): (Vec<usize>, Vec<usize>) = criteria
        .iter()
        .copied()
        .partition(|it| repeats_sentences(lines, *it));
    for column in same.into_iter().filter(|_| !own.is_empty()) {
        roles[column] = Some(Role::Action);
    }
    if criteria.is_empty() {
        let is_free = |it: &usize| *it != level && roles[*it].is_none() && !is_timed(lines, *it);
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

/// Whether two cells of a column say the same in many words.
fn repeats_sentences(lines: &Lines<'_>, column: usize) -> bool {
    const LONG: usize = 12;
    let cells = lines.rows.iter().filter_map(|row| row.cells.get(column));
    let texts: Vec<&str> = cells.map(|it| lines.words(it)).collect();
    let is_again = |it: &[&str]| it[0] == it[1] && it[0].split_whitespace().count() >= LONG;
    texts.windows(2).any(is_again)
}

/// Whether a table under `Examples from the last year` lists cases, each with the severity that it had.
fn holds_examples(lines: &Lines<'_>, level: usize, heading: &str) -> bool {
    let heads = (0..lines.width()).map(|it| role::role(lines.head_words(it)));
    let tells = heads
        .flatten()
        .any(|it| it == Role::Criteria || it.is_timed());
    level > 0 && !tells && role::role(heading) == Some(Role::Examples)
}

/// Whether most cells of a column are times.
pub(super) fn is_timed(lines: &Lines<'_>, column: usize) -> bool {
    let cells = lines.rows.iter().filter_map(|row| row.cells.get(column));
    are_times(cells.map(|it| lines.words(it)))
}

/// What a cell says; nothing where it is empty.
pub(super) fn statement(
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
pub(super) fn add_blanks(
    lines: &Lines<'_>,
    head: Part,
    cells: &[(usize, &Cell)],
    structure: &mut Structure,
) {
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
