//! Images in running text.

use crate::markdown::address;
use crate::markdown::blocks::SENTINEL;
use crate::markdown::document::Image;
use crate::markdown::html::unsafe_address;
use crate::markdown::inline::{Kind, Node};
use crate::markdown::writer::Writer;

impl<'t> Writer<'_, 't> {
    /// Writes an image; how many of the following nodes are its alternative text.
    pub(crate) fn image(&mut self, node: &Node<'t>, rest: &[Node<'t>]) -> usize {
        let mut depth = 0;
        let mut alt = String::new();
        let mut length = rest.len();
        for (index, inner) in rest.iter().enumerate() {
            match &inner.kind {
                Kind::Image { .. } => depth += 1,
                Kind::ImageEnd if depth == 0 => {
                    length = index + 1;
                    break;
                }
                Kind::ImageEnd => depth -= 1,
                Kind::Words => {
                    let words = &self.text.text[inner.range.clone()];
                    alt.push_str(words.trim_start_matches(SENTINEL));
                }
                Kind::Text(text) | Kind::Code(text) => alt.push_str(text),
                Kind::SoftBreak | Kind::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        self.put_image(
            node,
            alt,
            rest[..length]
                .len()
                .checked_sub(2)
                .map(|it| rest[it].range.end),
        );
        length
    }

    pub(crate) fn put_image(&mut self, node: &Node<'t>, alt: String, inner_end: Option<usize>) {
        let Kind::Image {
            kind,
            source,
            title,
            label,
        } = &node.kind
        else {
            return;
        };
        let place = self.place(node.range.clone());
        let inner_end = inner_end
            .unwrap_or(node.range.start + 2)
            .max(node.range.start + 2);
        let (_, source_range) = self.destination_of(*kind, label, inner_end, node.range.clone());
        let source_place = self.place(source_range);
        let Some(safe) = address::picture(source) else {
            unsafe_address(&mut self.output, source, source_place);
            self.output.text(&alt, place);
            return;
        };
        let list_title = node.list.as_ref().and_then(|it| it.title.clone());
        let attributes = self.attributes_of(node.list.as_deref().cloned(), place);
        if self.output.muted.is_some() {
            return;
        }
        self.output.image(Image {
            source: safe.into_owned(),
            alt: Some(alt),
            title: list_title.or_else(|| (!title.is_empty()).then(|| title.to_string())),
            place,
            source_place,
            attributes,
            link: None,
        });
    }
}
