//! Tables that tell severities apart: one in each row, one in each column, or one in each cell.

mod assignment;
mod columns;
mod grid;
mod names;
mod rows;

pub(super) use self::names::is_ordered;

use self::assignment::is_assignment;
use self::columns::{card, columns};
use self::grid::{grid, steps_only};
use self::rows::rows;
use super::column::is_factor;
use super::duty_rows;
use super::label::Level;
use super::role::{self, Role};
use super::statement::Structure;
use crate::markdown::{Cell, Document, Part, Table};

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
    if lines.rows.is_empty() || lines.width() < 2 || is_assignment(&lines) {
        return None;
    }
    if let Some(grid) = grid(&steps_only(Lines::new(document, table))) {
        return Some(Read::Grid(grid));
    }
    let duties = || duty_rows::read(document, table.place, &duties_of(&lines));
    let turned = || duty_rows::read(document, table.place, &duties_across(&lines));
    let structure = rows(&lines, table)
        .or_else(turned)
        .or_else(|| columns(&lines, table))
        .or_else(|| card(&lines, table))
        .or_else(duties)?;
    Some(Read::Structure(structure))
}

/// The columns of a table with the heads of their rows: `Sev-1 response` over the times of each plan.
fn duties_across(lines: &Lines<'_>) -> Vec<duty_rows::Row> {
    let rows = || lines.rows.iter().filter(|it| !it.is_note);
    let cells = |column: usize| {
        let cells = rows()
            .filter_map(move |row| Some((row.cells.first()?.text, row.cells.get(column)?.text)));
        cells.map(|(head, cell)| (Some(head), cell)).collect()
    };
    let heads = lines.head.iter().enumerate().skip(1);
    let row = |(column, head): (usize, &&Cell)| duty_rows::Row {
        head: head.text,
        cells: cells(column),
    };
    heads.map(row).collect()
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
