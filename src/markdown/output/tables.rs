//! A table on its way into a page: its rows and cells.

use crate::markdown::document::{BlockKind, Cell, Place, Row, Table};
use crate::markdown::output::Output;

/// A table that is open.
pub(super) struct OpenTable {
    table: usize,
    cell: Option<u32>,
}

impl Output<'_> {
    /// Starts a table.
    pub(crate) fn begin_table(&mut self, place: Place, is_html: bool) {
        self.end_block();
        let heading = self.under();
        self.tables.push(OpenTable {
            table: self.document.tables.len(),
            cell: None,
        });
        self.document.tables.push(Table {
            place,
            rows: Vec::new(),
            is_html,
            heading,
        });
    }

    /// Starts a row.
    pub(crate) fn begin_row(&mut self, row: Row) {
        self.end_cell(None);
        if let Some(open) = self.tables.last() {
            self.document.tables[open.table].rows.push(row);
        }
    }

    /// Starts a cell.
    pub(crate) fn begin_cell(&mut self, cell: Cell) {
        self.end_cell(None);
        let start = self.document.text.len();
        let Some(open) = self.tables.last_mut() else {
            return;
        };
        open.cell = Some(start);
        let rows = &mut self.document.tables[open.table].rows;
        if rows.is_empty() {
            rows.push(Row::default());
        }
        let place = cell.place;
        if let Some(row) = rows.last_mut() {
            row.cells.push(cell);
        }
        self.begin_block(BlockKind::Cell, place);
    }

    /// Ends the cell, whose content ends at `end` where that is known.
    pub(crate) fn end_cell(&mut self, end: Option<u32>) {
        let Some(start) = self.tables.last_mut().and_then(|it| it.cell) else {
            return;
        };
        self.end_block();
        let text = self.document.text.since(start);
        if let Some(cell) = self.cell() {
            cell.text = text;
            cell.place.end = end.unwrap_or(cell.place.end).max(cell.place.start);
        }
        self.document.text.end_block();
        if let Some(open) = self.tables.last_mut() {
            open.cell = None;
        }
    }

    /// Ends the table.
    pub(crate) fn end_table(&mut self, end: Option<u32>) {
        self.end_cell(end);
        if let Some(open) = self.tables.pop()
            && let Some(end) = end
        {
            let place = &mut self.document.tables[open.table].place;
            place.end = place.end.max(end);
        }
    }

    pub(super) fn cell(&mut self) -> Option<&mut Cell> {
        let open = self.tables.last().filter(|it| it.cell.is_some())?;
        let row = self.document.tables[open.table].rows.last_mut()?;
        row.cells.last_mut()
    }
}
