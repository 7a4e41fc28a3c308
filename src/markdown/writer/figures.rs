//! Captions: the block before one becomes a figure with it.

use crate::markdown::blocks::Opening;
use crate::markdown::dialect::Construct;
use crate::markdown::document::{Attributes, Piece};
use crate::markdown::mkdocs::captions::Caption;
use crate::markdown::output::{Output, escape};
use crate::markdown::writer::Writer;
use crate::markdown::writer::containers::Container;

/// What a caption starts with.
const CAPTION: &str = "<figcaption";

impl Writer<'_, '_> {
    /// Starts a caption.
    pub(crate) fn begin_caption(&mut self, caption: Caption, opening: Opening) {
        let dialect = self.output.dialect;
        let Some(kind) = dialect.captions.kinds.get(usize::from(caption.kind)) else {
            return self.containers.push(Container::Deep);
        };
        let block = self.output.last_block();
        if !self.output.reopen_figure(block) {
            let attributes = Attributes {
                id: opening.id.or_else(|| caption.id(dialect)),
                classes: [&kind.classes[..], &opening.classes[..]].concat(),
                ..Attributes::default()
            };
            self.output.flush();
            self.output.block_tag("<figure", opening.place);
            self.output.attributes(&attributes, opening.place);
            self.output.html(">\n");
            self.output.flush();
            self.output.document.pieces[block..].rotate_right(1);
        }
        self.output.flush();
        self.containers.push(Container::Caption {
            block,
            start: self.output.document.pieces.len(),
            is_above: caption.is_above.unwrap_or(dialect.captions.are_above),
            prefix: caption
                .number
                .map(|it| kind.prefix.replace("{}", &it.joined("."))),
        });
        self.output.html("<figcaption>\n");
        self.output.flush();
        self.output.begin("figcaption");
    }

    /// Writes the number of the caption that we are in, if it is yet to come.
    pub(crate) fn write_prefix(&mut self) {
        let Some(Container::Caption { prefix, .. }) = self.containers.last_mut() else {
            return;
        };
        if let Some(prefix) = prefix.take() {
            self.output.prefix(&prefix);
        }
    }

    /// Ends the caption, which started at a piece; one that goes above moves before its block.
    pub(crate) fn end_caption(
        &mut self,
        block: usize,
        start: usize,
        is_above: bool,
        prefix: Option<String>,
    ) {
        if let Some(prefix) = prefix {
            // No paragraph takes it: it is one by itself, before all else, also before a heading that nobody has closed.
            self.output.end_heading();
            self.output.flush();
            self.output.html("<p>");
            self.output.prefix(&prefix);
            self.output.html("</p>\n");
            self.output.flush();
            self.output.document.pieces[start + 1..].rotate_right(1);
        }
        self.output.end_tag("</figcaption>\n");
        self.output.flush();
        let figure = block + 1;
        if is_above && figure <= start {
            self.output.document.pieces[figure..].rotate_left(start - figure);
        }
        self.output.html("</figure>\n");
        self.output.set_last_block(block);
    }
}

impl Output<'_> {
    fn prefix(&mut self, prefix: &str) {
        self.html("<span class=\"caption-prefix\">");
        escape(&mut self.document.html, prefix);
        self.html("</span> ");
    }

    /// Notes that a block starts here, for a caption that may follow it.
    pub(crate) fn mark_block(&mut self) {
        if self.dialect.constructs.has(Construct::CaptionBlocks) {
            self.flush();
            self.set_last_block(self.document.pieces.len());
        }
    }

    fn set_last_block(&mut self, piece: usize) {
        let depth = self.open.len();
        self.blocks.resize(depth, usize::MAX);
        self.blocks.push(piece);
    }

    /// The piece that the last block of the innermost container starts with; the end where it has none.
    fn last_block(&self) -> usize {
        let end = self.document.pieces.len() + usize::from(self.has_unflushed());
        self.blocks
            .get(self.open.len())
            .map_or(end, |it| *it.min(&end))
    }

    /// Takes back the end of a figure that is the last block and has no caption yet; `false` where there is none.
    fn reopen_figure(&mut self, block: usize) -> bool {
        let html = &self.document.html;
        let Some(inside) = html.trim_end().strip_suffix("</figure>") else {
            return false;
        };
        let Some(Piece::Html(first)) = self.document.pieces.get(block) else {
            return false;
        };
        let holds_caption =
            |it: &Piece| matches!(it, Piece::Html(range) if html[range.clone()].contains(CAPTION));
        let has_caption = self.document.pieces[block..].iter().any(holds_caption)
            || html[self.written..].contains(CAPTION);
        if !html[first.clone()].starts_with("<figure") || has_caption || inside.len() < self.written
        {
            return false;
        }
        let length = inside.len();
        self.document.html.truncate(length);
        true
    }
}
