//! Links and images on their way into a page.

use crate::markdown::document::{Image, Link, LinkForm, Part, Piece};
use crate::markdown::output::Output;

impl Output<'_> {
    /// Opens a link; `false` inside another one, which HTML does not know.
    pub(crate) fn open_link(&mut self, link: Link) -> bool {
        if !self.links.is_empty() {
            return false;
        }
        if let Some(id) = &link.attributes.id {
            self.take_id(&id.clone(), link.place);
        }
        let index = self.document.links.len();
        self.document.links.push(link);
        let start = self.document.text.len();
        self.document.links[index].text = Part { start, end: start };
        self.links.push(index);
        self.quiet += 1;
        self.piece(Piece::LinkOpen(index));
        true
    }

    /// How many links are open that have words of their own.
    pub(crate) fn worded_links(&self) -> usize {
        let links = self.links.iter();
        let has_words = |it: &&usize| self.document.links[**it].form != LinkForm::Auto;
        links.filter(has_words).count()
    }

    /// Closes the link.
    pub(crate) fn close_link(&mut self) {
        let Some(index) = self.links.pop() else {
            return;
        };
        self.quiet -= 1;
        let link = &mut self.document.links[index];
        link.text = self.document.text.since(link.text.start);
        self.piece(Piece::LinkClose(index));
    }

    /// Puts an image.
    pub(crate) fn image(&mut self, mut image: Image) {
        image.link = self.links.last().copied();
        if let Some(id) = &image.attributes.id {
            self.take_id(&id.clone(), image.place);
        }
        let index = self.document.images.len();
        self.document.images.push(image);
        self.piece(Piece::Image(index));
    }
}
