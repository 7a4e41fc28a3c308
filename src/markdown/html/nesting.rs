//! Which elements of raw HTML are open, and which a tag closes or leaves out, as a browser has it.

use std::collections::HashMap;

use crate::diagnostic::Level;
use crate::markdown::document::{Cell, Part, Place, Row};
use crate::markdown::elements::{self, Element, Kind};
use crate::markdown::output::{Open, Origin, Output, STRUCTURE};

impl Output<'_> {
    /// Whether an element ends somewhere behind a place, as it is written.
    pub(super) fn ends_after(&mut self, name: &str, offset: usize) -> bool {
        let source = self.source;
        let ends = self.last_ends.get_or_insert_with(|| {
            let mut ends = HashMap::new();
            for (at, _) in source.match_indices("</") {
                let rest = &source[at + 2..];
                let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
                ends.insert(rest[..length].to_ascii_lowercase(), at);
            }
            ends
        });
        ends.get(name).is_some_and(|end| *end > offset)
    }

    /// Whether white space here shows nothing.
    pub(super) fn between_blocks(&self) -> bool {
        let Some(open) = self.open.last() else {
            return true;
        };
        elements::element(open.name).is_ok_and(|it| {
            matches!(it.kind, Kind::Table | Kind::Rows | Kind::Row | Kind::List)
                || matches!(it.kind, Kind::Cell | Kind::Item | Kind::Block) && !self.has_words()
        })
    }

    /// Whether raw HTML has an element of this name open.
    pub(super) fn is_open(&self, name: &str) -> bool {
        self.raw > 0 && self.find(&[name], &["table"]).is_some()
    }

    /// The innermost open element of one of these names that raw HTML may close: nothing that Markdown
    /// opened lies between but paragraphs, and none of the `walls`.
    pub(super) fn find(&self, names: &[&str], walls: &[&str]) -> Option<usize> {
        for (index, open) in self.open.iter().enumerate().rev() {
            let ours = matches!(open.origin, Origin::Raw | Origin::Implied);
            if ours && names.contains(&open.name) {
                return Some(index);
            }
            let is_wall = match open.origin {
                Origin::Raw | Origin::Implied => walls.contains(&open.name),
                Origin::Markdown => open.name != "p",
                Origin::Closed => false,
            };
            if is_wall {
                return None;
            }
        }
        None
    }

    pub(super) fn push_raw(&mut self, name: &'static str, origin: Origin, place: Place) {
        self.raw += 1;
        self.open.push(Open {
            name,
            origin,
            place,
            text: self.document.text.len(),
        });
        self.blocks.truncate(self.open.len());
    }

    pub(super) fn close_innermost(&mut self) {
        if let Some(open) = self.open.pop() {
            self.close_raw(&open, false);
        }
    }

    /// Closes the open elements from `index` on; paragraphs of Markdown among them end early.
    pub(super) fn close_from(&mut self, index: usize) {
        let tail = self.open.split_off(index);
        let mut closed = Vec::new();
        for (number, open) in tail.into_iter().enumerate().rev() {
            match open.origin {
                Origin::Raw | Origin::Implied => self.close_raw(&open, number > 0),
                Origin::Markdown => {
                    self.html("</p>");
                    self.end_block();
                    closed.push(Open {
                        origin: Origin::Closed,
                        ..open
                    });
                }
                Origin::Closed => closed.push(open),
            }
        }
        self.open.extend(closed.into_iter().rev());
    }

    /// Writes the end of an element that raw HTML opened and that is no longer on the stack.
    pub(crate) fn close_raw(&mut self, open: &Open, is_missing: bool) {
        self.raw = self.raw.saturating_sub(1);
        let Ok(element) = elements::element(open.name) else {
            return;
        };
        let may_be_missing = matches!(
            element.kind,
            Kind::Paragraph | Kind::Item | Kind::Term | Kind::Rows | Kind::Row | Kind::Cell
        );
        if is_missing && !may_be_missing && open.origin == Origin::Raw {
            let message = format!("`<{}>` is never closed", open.name);
            self.tell(
                STRUCTURE,
                Level::Warn,
                message,
                open.place,
                "add the end tag where it belongs",
            );
        }
        match element.kind {
            Kind::Link => return self.close_link(),
            Kind::Heading(level) => return self.close_heading(level),
            Kind::Table => {
                self.end_table(Some(self.at));
                return self.html("</table></div>");
            }
            Kind::Cell => self.end_cell(Some(self.at)),
            Kind::Paragraph | Kind::Item | Kind::Term => self.end_block(),
            Kind::List => {
                self.end_block();
                self.lists = self.lists.saturating_sub(1);
            }
            Kind::Verbatim => {
                self.quiet = self.quiet.saturating_sub(1);
                self.end_code(open);
            }
            Kind::Block => {
                self.end_block();
                match open.name {
                    "summary" | "pre" => self.quiet = self.quiet.saturating_sub(1),
                    "blockquote" => self.quotes = self.quotes.saturating_sub(1),
                    _ => {}
                }
            }
            _ => {}
        }
        self.html("</");
        self.html(open.name);
        self.html(">");
    }

    pub(super) fn end_code(&mut self, open: &Open) {
        let (start, end) = (open.text, self.document.text.len());
        if open.name == "code" && start < end {
            self.document.code_words.push(Part { start, end });
        }
    }

    pub(super) fn close_heading(&mut self, level: u8) {
        const ENDS: [&str; 6] = ["</h1>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>"];
        self.end_heading();
        self.html(ENDS[usize::from(level.clamp(1, 6) - 1)]);
    }

    /// Closes the paragraph that we are in, as a browser does before a block; `false` where it cannot end here.
    pub(crate) fn close_paragraph(&mut self) -> bool {
        for (index, open) in self.open.iter().enumerate().rev() {
            match open.origin {
                Origin::Closed => {}
                Origin::Markdown if open.name == "p" => {
                    self.close_from(index);
                    return true;
                }
                Origin::Markdown => return !is_inline(open.name),
                Origin::Raw | Origin::Implied => match open.name {
                    "p" => {
                        self.close_from(index);
                        return true;
                    }
                    "td" | "th" | "table" | "caption" | "summary" | "div" | "li" | "ul" | "ol"
                    | "section" => return true,
                    _ => {}
                },
            }
        }
        true
    }

    /// Ends what the start of an element ends, and opens what it needs; `false` where it may not be here.
    pub(super) fn make_room(&mut self, element: &'static Element, place: Place) -> bool {
        const IN_TABLE: &[&str] = &["table"];
        let is_part = matches!(element.kind, Kind::Rows | Kind::Row | Kind::Cell)
            || matches!(element.name, "caption" | "colgroup" | "col");
        if is_part {
            return self.make_room_in_table(element, place);
        }
        self.imply_cell();
        match element.kind {
            Kind::Item => {
                if let Some(index) = self.find(&["li"], &["ul", "ol", "td", "th"]) {
                    self.close_from(index);
                }
            }
            Kind::Term => {
                if let Some(index) = self.find(&["dt", "dd"], &["dl", "td", "th"]) {
                    self.close_from(index);
                }
            }
            Kind::Heading(_) => {
                if let Some(index) = self.find(&["h1", "h2", "h3", "h4", "h5", "h6"], IN_TABLE) {
                    self.close_from(index);
                }
            }
            Kind::Link => {
                if let Some(index) = self.find(&["a"], &["td", "th", "table"]) {
                    self.close_from(index);
                }
                return true;
            }
            Kind::Inline | Kind::Verbatim | Kind::Image | Kind::Input => return true,
            Kind::Void if element.name != "hr" => return true,
            _ => {}
        }
        let fits = self.close_paragraph();
        if !fits {
            let message = format!("`<{}>` may not stand inside a line of text", element.name);
            self.tell(
                STRUCTURE,
                Level::Warn,
                message,
                place,
                "put it on a line of its own, with an empty line before it",
            );
        }
        fits
    }

    pub(super) fn make_room_in_table(&mut self, element: &'static Element, place: Place) -> bool {
        let Some(table) = self.find(&["table"], &[]) else {
            let message = format!("`<{}>` is not in a table", element.name);
            self.tell(
                STRUCTURE,
                Level::Warn,
                message,
                place,
                "put it into a `<table>`",
            );
            return false;
        };
        let ends: &[&str] = match element.kind {
            Kind::Cell => &["td", "th", "caption", "colgroup"],
            Kind::Row => &["tr", "caption", "colgroup"],
            _ if element.name == "col" => {
                return self.open.last().is_some_and(|it| it.name == "colgroup");
            }
            _ => &["thead", "tbody", "tfoot", "tr", "caption", "colgroup"],
        };
        let inside = self.open[table..]
            .iter()
            .position(|it| ends.contains(&it.name));
        if let Some(index) = inside {
            self.close_from(table + index);
        } else if self.open.len() > table + 1 && self.find(&["td", "th"], &["table"]).is_none() {
            let parts = ["thead", "tbody", "tfoot", "tr"];
            let keep = self.open[table + 1..]
                .iter()
                .take_while(|it| parts.contains(&it.name))
                .count();
            self.close_from(table + 1 + keep);
        }
        if element.kind == Kind::Cell && self.find(&["tr"], &["table"]).is_none() {
            self.imply("tr");
        }
        true
    }

    /// Before Markdown writes words without a block.
    pub(crate) fn imply_cell_for_words(&mut self) {
        self.imply_cell();
    }

    /// Opens the row and cell that words or elements right inside a table lack.
    pub(super) fn imply_cell(&mut self) {
        if self.raw == 0 {
            return;
        }
        let Some(name) = self
            .open
            .iter()
            .rev()
            .find(|it| it.origin != Origin::Closed)
            .map(|it| it.name)
        else {
            return;
        };
        if !matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr") {
            return;
        }
        if name != "tr" {
            self.imply("tr");
        }
        self.imply("td");
    }

    pub(super) fn imply(&mut self, name: &'static str) {
        let place = Place {
            start: self.at,
            end: self.at,
        };
        if name == "tr" {
            self.begin_row(Row {
                place,
                ..Row::default()
            });
            self.html("<tr>");
        } else {
            self.begin_cell(Cell {
                place,
                columns: 1,
                rows: 1,
                ..Cell::default()
            });
            self.html("<td>");
        }
        self.push_raw(name, Origin::Implied, place);
    }

    /// Closes the element that an end tag names, with what is still open in it.
    pub(super) fn close(&mut self, element: &'static Element, place: Place) {
        const CELL: &[&str] = &["td", "th", "caption", "table"];
        let found = match element.kind {
            Kind::Table => self.find(&["table"], &[]),
            Kind::Rows | Kind::Row | Kind::Cell => self.find(&[element.name], &["table"]),
            Kind::Heading(_) => self.find(&["h1", "h2", "h3", "h4", "h5", "h6"], CELL),
            Kind::Item => self.find(&["li"], &["ul", "ol", "td", "th", "table"]),
            Kind::Link => self.find(&["a", "span"], CELL),
            _ => self.find(&[element.name], CELL),
        };
        match found {
            Some(index) => self.close_from(index),
            None if element.kind == Kind::Link || element.kind == Kind::Paragraph => {}
            None => {
                let message = format!("`</{}>` closes nothing", element.name);
                self.tell(
                    STRUCTURE,
                    Level::Warn,
                    message,
                    place,
                    "remove it, or add the start tag",
                );
            }
        }
    }

    /// Before Markdown writes a block: what raw HTML has left open and cannot hold it ends.
    pub(crate) fn before_block(&mut self) {
        if self.raw > 0 {
            self.imply_cell();
            self.close_paragraph();
        }
        self.mark_block();
    }
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "em" | "strong"
            | "del"
            | "ins"
            | "mark"
            | "sub"
            | "sup"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "span"
            | "label"
            | "a"
            | "summary"
    )
}
