//! A table with a severity in each column in, what it says out.

use super::names::named;
use super::rows::{add_blanks, statement};
use super::{Line, Lines};
use crate::book::reading::column::{
    are_times, column_role, is_about_severity, is_answer, is_cadence, plans,
};
use crate::book::reading::label::{self, Family};
use crate::book::reading::role::Role;
use crate::book::reading::statement::{Naming, Shape, Statement, Structure};
use crate::markdown::Table;

pub(super) fn columns(lines: &Lines<'_>, table: &Table) -> Option<Structure> {
    let about = is_about_severity(lines.heading(table)) || is_about_severity(lines.head_words(0));
    let texts: Vec<&str> = lines.head.iter().map(|it| lines.words(it)).collect();
    let first = texts.get(1..)?;
    let labels = named(first, if about { "severity" } else { "" }, about)?;
    let mut structure = Structure::new(Shape::Columns, table.place);
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

/// A table about one severity: its name in the head, with nothing beside it, and a label in each row.
pub(super) fn card(lines: &Lines<'_>, table: &Table) -> Option<Structure> {
    let [name, beside] = lines.head[..] else {
        return None;
    };
    let label = label::whole(lines.words(name)).filter(|it| it.level.family != Family::Word)?;
    let is_alone = beside.text.is_empty() || std::ptr::eq(name, beside);
    let roles: Vec<Option<Role>> = lines.rows.iter().map(|row| row_role(lines, row)).collect();
    let is_told = roles.iter().flatten().count() * 2 >= roles.len();
    if !is_alone || !is_told || lines.width() != 2 {
        return None;
    }
    let mut structure = Structure::new(Shape::Columns, table.place);
    structure
        .namings
        .push(Naming::new(&label, name.text, name.text));
    for (row, role) in lines.rows.iter().zip(roles) {
        if let [head, cell] = row.cells[..] {
            let found = statement(lines, 0, role, Some(head.text), cell);
            structure.statements.extend(found);
        }
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
