//! `(1)` in what has the class `annotate`: it leads to the item of the numbered list right behind, as in
//! Material for `MkDocs`, where a script shows the item in its place.

use crate::markdown::writer::Writer;

/// The class that asks for it.
const CLASS: &str = "annotate";

/// The annotations of one block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Annotations {
    /// How many blocks had some so far.
    count: usize,
    /// How deep the block is whose words we are in.
    inside: Option<usize>,
    /// Whether the next list has the items.
    is_due: bool,
    /// How deep the list with the items is, and how many there were.
    list: Option<(usize, usize)>,
}

impl Writer<'_, '_> {
    /// Starts a block with these classes that ends at a byte, unless no numbered list stands behind it.
    pub(crate) fn begin_annotated(&mut self, classes: &[String], end: usize) {
        let asks = classes.iter().any(|it| it == CLASS) && self.annotations.inside.is_none();
        if asks && self.is_list_behind(end) {
            self.annotations.count += 1;
            self.annotations.inside = Some(self.containers.len());
        }
    }

    /// Ends the block, if it is as deep as we are.
    pub(crate) fn end_annotated(&mut self) {
        if self.annotations.inside == Some(self.containers.len()) {
            self.annotations.inside = None;
            self.annotations.is_due = true;
        }
    }

    fn is_list_behind(&self, end: usize) -> bool {
        let mut lines = self.text.text[end..].lines();
        // The rest of the last line of the block.
        if !self.text.text[..end].ends_with('\n') {
            lines.next();
        }
        let words = lines.map(|it| it.trim_start_matches([' ', '>', '\t']));
        let mut words = words.filter(|it| !it.is_empty() && !it.starts_with('{'));
        words
            .next()
            .is_some_and(|it| it.starts_with("1. ") || it.starts_with("1)"))
    }

    /// Writes the number that a text starts with, `(1)`; how many bytes it takes.
    pub(crate) fn annotation(&mut self, text: &str, at: usize) -> Option<usize> {
        self.annotations.inside?;
        let inside = &text[at + 1..];
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        let is_closed = (1..4).contains(&digits) && inside[digits..].starts_with(')');
        if !is_closed || !self.output.links.is_empty() {
            return None;
        }
        Some(digits + 2)
    }

    /// Writes the link to an item.
    pub(crate) fn write_annotation(&mut self, number: &str) {
        let set = self.annotations.count;
        let address = format!("#annotation-{set}-{number}");
        self.output
            .html("<a class=\"annotation\" role=\"doc-noteref\"");
        self.output.attribute("href", &address);
        self.output.html(">(");
        self.output.html(number);
        self.output.html(")</a>");
    }

    /// Starts a numbered list: it may be the one with the items.
    pub(crate) fn begin_annotation_list(&mut self) {
        if std::mem::take(&mut self.annotations.is_due) {
            self.annotations.list = Some((self.output.lists, 0));
        }
    }

    /// Ends a list.
    pub(crate) fn end_annotation_list(&mut self) {
        let lists = self.output.lists;
        self.annotations.list = self.annotations.list.filter(|it| it.0 < lists);
    }

    /// Gives an item its anchor.
    pub(crate) fn put_annotation_id(&mut self) {
        let lists = self.output.lists;
        let set = self.annotations.count;
        if let Some((_, count)) = self.annotations.list.as_mut().filter(|it| it.0 == lists) {
            *count += 1;
            let id = format!("annotation-{set}-{count}");
            if self.output.taken.take(&id) {
                self.output.attribute("id", &id);
            }
        }
    }
}
