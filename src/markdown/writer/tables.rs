//! Tables of Markdown.

use std::ops::Range;

use pulldown_cmark::Alignment;

use crate::markdown::document::{Cell, Row};
use crate::markdown::writer::{Line, Writer};

/// The columns of the table that is being written.
pub(crate) struct Columns {
    alignments: Vec<Alignment>,
    /// The column of the next cell.
    next: usize,
    is_head: bool,
    /// Whether a row of the body was written.
    has_body: bool,
}

impl Writer<'_, '_> {
    pub(crate) fn begin_table(&mut self, alignments: Vec<Alignment>, range: Range<usize>) {
        self.before_block();
        self.output
            .html("<div class=\"table-scroll\" tabindex=\"0\"><table>\n");
        self.output.begin("table");
        let place = self.place(range);
        self.output.begin_table(place, false);
        self.table = Some(Columns {
            alignments,
            next: 0,
            is_head: true,
            has_body: false,
        });
    }

    pub(crate) fn begin_row(&mut self, range: Range<usize>, is_head: bool) {
        let place = self.place(range);
        let Some(columns) = &mut self.table else {
            return;
        };
        let starts_body = !is_head && !columns.has_body;
        columns.has_body |= !is_head;
        columns.next = 0;
        columns.is_head = is_head;
        let tag = if is_head {
            "<thead>\n<tr"
        } else if starts_body {
            "<tbody>\n<tr"
        } else {
            "<tr"
        };
        self.output.block_tag(tag, place);
        self.output.html(">");
        self.output.begin("tr");
        self.output.begin_row(Row {
            is_head,
            place,
            ..Row::default()
        });
    }

    pub(crate) fn end_row(&mut self, is_head: bool) {
        self.output.end_tag(if is_head {
            "</tr>\n</thead>\n"
        } else {
            "</tr>\n"
        });
    }

    /// A cell is written when its line is known.
    pub(crate) fn begin_cell(&mut self, range: Range<usize>) {
        let text = &self.text.text[range.clone()];
        let inside = text.trim_matches([' ', '\t', '|']);
        let start = range.start + text.len() - text.trim_start_matches([' ', '\t', '|']).len();
        let place = self.place(start..start + inside.len());
        let is_header = self.table.as_ref().is_some_and(|it| it.is_head);
        self.output.begin_cell(Cell {
            place,
            is_header,
            columns: 1,
            rows: 1,
            ..Cell::default()
        });
        self.line = Line::Cell;
    }

    /// The tag of the cell, up to its attributes.
    pub(crate) fn cell_tag(&mut self) {
        let Some(columns) = &mut self.table else {
            return;
        };
        let alignment = columns
            .alignments
            .get(columns.next)
            .copied()
            .unwrap_or(Alignment::None);
        columns.next += 1;
        self.output.html(if columns.is_head {
            "<th scope=\"col\""
        } else {
            "<td"
        });
        match alignment {
            Alignment::None => {}
            Alignment::Left => self.output.html(" class=\"align-left\""),
            Alignment::Center => self.output.html(" class=\"align-center\""),
            Alignment::Right => self.output.html(" class=\"align-right\""),
        }
    }

    pub(crate) fn end_cell(&mut self) {
        self.write_line();
        let is_head = self.table.as_ref().is_some_and(|it| it.is_head);
        self.output.end_cell(None);
        self.output.end_tag(if is_head { "</th>" } else { "</td>" });
    }

    pub(crate) fn end_table(&mut self) {
        let has_body = self.table.take().is_some_and(|it| it.has_body);
        self.output.end_table(None);
        self.output.end_tag(if has_body {
            "</tbody>\n</table></div>\n"
        } else {
            "</table></div>\n"
        });
    }
}
