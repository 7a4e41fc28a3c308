//! Tables with a kind of time and a severity in each row in, what they promise out: `| Response time - P1 | 1 hour |`.

use std::collections::BTreeSet;

use super::column::is_time;
use super::label::{self, Label, Level};
use super::role::{self, Role};
use super::scale::levels_in;
use super::statement::{Naming, Shape, Statement, Structure};
use crate::markdown::{Document, Part, Place};

/// A row: its head, and its other cells with the heads of their columns.
pub(super) struct Row {
    /// What its first cell says.
    pub(super) head: Part,
    /// The other cells, each with the head of its column.
    pub(super) cells: Vec<(Option<Part>, Part)>,
}

/// Reads the rows that name a severity and a kind of time; `None` where there are not two severities.
pub(super) fn read(document: &Document, place: Place, rows: &[Row]) -> Option<Structure> {
    let mut structure = Structure::new(Shape::Rows, place);
    for row in rows {
        let Some((label, role)) = duty(document.words(row.head)) else {
            continue;
        };
        let known = structure
            .namings
            .iter()
            .position(|it| it.level == label.level);
        let naming = known.unwrap_or_else(|| {
            structure
                .namings
                .push(Naming::new(&label, row.head, row.head));
            structure.namings.len() - 1
        });
        let timed = row.cells.iter().filter(|it| is_time(document.words(it.1)));
        for (index, (plan, text)) in timed.enumerate() {
            structure.statements.push(Statement {
                naming,
                plan: plan.filter(|_| index > 0),
                role: Some(role),
                label: Some(row.head),
                text: *text,
                items: Vec::new(),
                needed: None,
                depth: 0,
                is_cell: true,
            });
        }
    }
    let levels: BTreeSet<Level> = structure.namings.iter().map(|it| it.level).collect();
    (levels.len() >= 2 && !structure.statements.is_empty()).then_some(structure)
}

/// The severity in the head of a row and the kind of time that the other words announce.
fn duty(head: &str) -> Option<(Label, Role)> {
    let [(level, start)] = levels_in(head)[..] else {
        return None;
    };
    let (_, length) = label::code_at(&head[start..])?;
    let others = format!("{} {}", &head[..start], &head[start + length..]);
    let role = match role::role(&others)? {
        Role::Action if others.to_lowercase().contains("respon") => Role::Ack,
        role => role,
    };
    if !role.is_timed() {
        return None;
    }
    let label = Label {
        level,
        id: start..start + length,
        alias: None,
        name: None,
        others: Vec::new(),
        rest: head.len(),
    };
    Some((label, role))
}
