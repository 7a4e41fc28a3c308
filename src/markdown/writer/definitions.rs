//! `/// define`: paragraphs are terms, and the items of lists are what they mean.

use std::ops::Range;

use crate::markdown::document::{BlockKind, Place};
use crate::markdown::output::Origin;
use crate::markdown::writer::Writer;
use crate::markdown::writer::containers::Container;

/// Stands for a list in the stack of elements; its items are definitions, and it has no tag.
const LIST: &str = "definitions";

impl Writer<'_, '_> {
    /// Whether a paragraph or a list here belongs to definitions right away.
    pub(crate) fn is_in_definitions(&self) -> bool {
        matches!(self.containers.last(), Some(Container::Definitions)) && self.innermost() == "dl"
    }

    /// Starts a term of a list of definitions.
    pub(crate) fn begin_term(&mut self, place: Place) {
        self.output.block_tag("<dt", place);
        self.output.html(">");
        self.output.begin("dt");
        self.output.begin_block(BlockKind::Term, place);
    }

    /// The element that Markdown opened last.
    fn innermost(&self) -> &'static str {
        let mut open = self.output.open.iter().rev();
        open.find(|it| it.origin == Origin::Markdown)
            .map_or("", |it| it.name)
    }

    /// Starts a list whose items are definitions.
    pub(crate) fn begin_definitions(&mut self) {
        self.output.begin(LIST);
    }

    /// Ends it; `false` where the list is another one.
    pub(crate) fn end_definitions(&mut self) -> bool {
        let is_ours = self.innermost() == LIST;
        if is_ours {
            self.output.end();
        }
        is_ours
    }

    /// Starts an item of it; `false` where the list is another one.
    pub(crate) fn begin_definition(&mut self, range: Range<usize>) -> bool {
        if self.innermost() != LIST {
            return false;
        }
        let place = self.place(range);
        self.output.block_tag("<dd", place);
        self.output.html(">");
        self.output.begin("dd");
        self.output.begin_block(BlockKind::Definition, place);
        true
    }

    /// What ends the item that is open.
    pub(crate) fn item_end(&self) -> &'static str {
        if self.innermost() == "dd" {
            "</dd>\n"
        } else {
            "</li>\n"
        }
    }
}
