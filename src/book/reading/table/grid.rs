//! A table with a severity in each cell in, its steps and cells out.

use std::collections::BTreeSet;

use super::{Grid, Line, Lines};
use crate::book::reading::column::is_factor;
use crate::book::reading::label::{self, Family, Label, Level};
use crate::markdown::Part;

/// The table without what stands before its steps: a second row of heads, and a title down its left side.
pub(super) fn steps_only(lines: Lines<'_>) -> Lines<'_> {
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

pub(super) fn grid(lines: &Lines<'_>) -> Option<Grid> {
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
