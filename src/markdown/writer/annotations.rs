//! `(1)` in what has the class `annotate`: it leads to the item of the numbered list right behind, as in
//! Material for `MkDocs`, where a script shows the item in its place.

use crate::markdown::writer::Writer;

/// The class that asks for it.
const CLASS: &str = "annotate";

/// What a comment in code starts with.
const COMMENT: &str = "<span class=\"hl-c\">";

/// A comment with a number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Numbered<'t> {
    before: &'t str,
    number: &'t str,
    after: &'t str,
}

/// Finds `(1)` in a comment; of the sign that starts or ends a comment, nothing is left around `(1)!`.
fn numbered(comment: &str) -> Option<Numbered<'_>> {
    for (at, _) in comment.match_indices('(') {
        let inside = &comment[at + 1..];
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        let is_apart = comment[..at].ends_with([' ', '\t']);
        let Some(after) = inside[digits..].strip_prefix(')') else {
            continue;
        };
        if !(1..4).contains(&digits) || !is_apart {
            continue;
        }
        let number = &inside[..digits];
        let (before, after) = match after.strip_prefix('!') {
            Some(after) => (
                "",
                after.trim_end_matches(['*', '/', '-', '&', 'g', 't', ';', ' ']),
            ),
            None => (&comment[..at], after),
        };
        return Some(Numbered {
            before,
            number,
            after,
        });
    }
    None
}

/// The link to an item of a set.
fn link(set: usize, number: &str) -> String {
    format!(
        "<a class=\"annotation\" role=\"doc-noteref\" href=\"#annotation-{set}-{number}\">({number})</a>"
    )
}

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

    /// Code in HTML with links in the place of `(1)` in its comments; `None` where no numbered list stands behind
    /// the block that ends at a byte, or there is none of it.
    pub(crate) fn annotate_code(&mut self, html: &str, end: usize) -> Option<String> {
        if !self.output.dialect.annotates_code || !self.is_list_behind(end) {
            return None;
        }
        let set = self.annotations.count + 1;
        let mut annotated = String::new();
        let mut rest = html;
        while let Some((before, behind)) = rest.split_once(COMMENT) {
            let (comment, behind) = behind.split_once("</span>")?;
            annotated.push_str(before);
            rest = behind;
            let Some(found) = numbered(comment) else {
                annotated.extend([COMMENT, comment, "</span>"]);
                continue;
            };
            if !found.before.is_empty() {
                annotated.extend([COMMENT, found.before, "</span>"]);
            }
            annotated.push_str(&link(set, found.number));
            if !found.after.is_empty() {
                annotated.extend([COMMENT, found.after, "</span>"]);
            }
            self.annotations.count = set;
            self.annotations.is_due = true;
        }
        annotated.push_str(rest);
        (self.annotations.count == set).then_some(annotated)
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
        let link = link(self.annotations.count, number);
        self.output.html(&link);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_comments_are_found() {
        let found = |comment| numbered(comment).map(|it| (it.before, it.number, it.after));
        assert_eq!(found("# (1)"), Some(("# ", "1", "")));
        assert_eq!(found("# (12)! "), Some(("", "12", "")));
        assert_eq!(found("/* (1)! */"), Some(("", "1", "")));
        assert_eq!(found("# see (1) there"), Some(("# see ", "1", " there")));
        for comment in ["# f(1)", "# (one)", "# ()"] {
            assert_eq!(found(comment), None, "{comment}");
        }
    }
}
