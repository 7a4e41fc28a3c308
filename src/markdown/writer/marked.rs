//! What stands between brackets of its own in running text: links by name, bars.

use std::ops::Range;

use crate::markdown::dialect::Construct;
use crate::markdown::document::{Attributes, Link, LinkForm};
use crate::markdown::mkdocs::attribute_lists;
use crate::markdown::mkdocs::progress_bars::Bar;
use crate::markdown::writer::{Writer, part_from, with_classes};

impl Writer<'_, '_> {
    /// Writes `[[name]]`; without words in it there is nothing to show.
    pub(crate) fn wiki_link(&mut self, name: &str, range: Range<usize>) {
        let links = &self.output.dialect.wiki_links;
        if name.trim().is_empty() {
            return;
        }
        let class = Some(links.class.clone()).filter(|it| !it.is_empty());
        let place = self.place(range.clone());
        let link = Link {
            destination: links.address(name),
            text: part_from(0),
            title: None,
            place,
            destination_place: place,
            form: LinkForm::Html,
            attributes: with_classes(class.into_iter().collect()),
            heading: self.output.under(),
        };
        let skipped = name.len() - name.trim_start().len();
        let start = range.start + 2 + skipped;
        let words = start..start + name.trim().len();
        if self.output.open_link(link) {
            self.put_words(words);
            self.output.close_link();
        } else {
            self.put_words(words);
        }
    }

    /// Writes a bar with its label and the attribute list behind it; where that ends.
    pub(crate) fn bar(&mut self, bar: Bar<'_>, text: &str, at: usize, offset: usize) -> usize {
        let end = at + bar.length;
        let has_lists = self
            .output
            .dialect
            .constructs
            .has(Construct::AttributeLists);
        let list = attribute_lists::read(&text[end..]).filter(|_| has_lists);
        let length = list.as_ref().map_or(0, |it| it.1);
        let place = self.place(offset + at..offset + end);
        let attributes = list.map_or_else(Attributes::default, |it| it.0.attributes);
        self.output.html("<label");
        let classes = [vec!["progress".to_owned()], attributes.classes].concat();
        let attributes = Attributes {
            classes,
            ..attributes
        };
        self.output.attributes(&attributes, place);
        self.output.html("><progress max=\"100\"");
        self.output.attribute("value", &bar.percent.to_string());
        self.output.html("></progress> ");
        if let Some(start) = text[at..end]
            .find(bar.label)
            .filter(|_| !bar.label.is_empty())
        {
            let start = offset + at + start;
            self.put_words(start..start + bar.label.len());
        }
        self.output.html("</label>");
        end + length
    }
}
