//! Words of a page in, a value with the place it came from out.

use std::sync::Arc;

use crate::book::Handbook;
use crate::book::page::Page;
use crate::files::FilePath;
use crate::markdown::{Document, Part};
use crate::policy::Text;
use crate::span::{Lines, Span};
use crate::yaml::Draft;

/// The pages that values come from.
#[derive(Clone, Copy)]
pub(super) struct Passages<'book> {
    /// The handbook.
    pub(super) handbook: &'book Handbook,
}

impl<'book> Passages<'book> {
    pub(super) fn new(handbook: &'book Handbook) -> Self {
        Self { handbook }
    }

    /// The pages, in their order.
    pub(super) fn pages(self) -> &'book [Arc<Page>] {
        &self.handbook.pages
    }

    /// A place as people say it: `docs/a.md, line 7`.
    pub(super) fn place(self, span: &Span) -> String {
        format!("{}, line {}", span.file, self.line(span))
    }

    /// A place beside things from `home`: `line 7`, with the file where it is another.
    pub(super) fn near(self, span: &Span, home: &FilePath) -> String {
        if span.file == *home {
            return format!("line {}", self.line(span));
        }
        self.place(span)
    }

    fn line(self, span: &Span) -> usize {
        let text = self.handbook.text(&span.file).unwrap_or_default();
        Lines::new(text).position(span.start).line
    }

    /// Words that were read in a page as a value, with their place beside it.
    pub(super) fn value(self, text: &Text, home: &FilePath) -> Draft {
        let words = self.words(text);
        Draft::from(words.as_str()).beside(self.near(&text.span, home))
    }

    /// Words that were read in a page, on one line, with backticks around what is code there.
    pub(super) fn words(self, text: &Text) -> String {
        let page = self.handbook.page_of(&text.span.file);
        let codes = page.map_or_else(Vec::new, |page| codes(page.document(), &text.span));
        let mut words = String::new();
        let mut rest = text.value.as_str();
        for code in codes {
            if let Some((before, after)) = rest.split_once(code) {
                words.extend([before, "`", code, "`"]);
                rest = after;
            }
        }
        words.push_str(rest);
        on_one_line(&words)
    }
}

/// The words of code inside a place, in order.
fn codes<'page>(document: &'page Document, span: &Span) -> Vec<&'page str> {
    let is_inside = |it: &&Part| {
        let place = document.span_of(**it);
        place.file == span.file && span.start <= place.start && place.end <= span.end
    };
    let codes = document.code_words.iter().filter(is_inside);
    let words = codes.map(|it| document.words(*it).trim());
    words
        .filter(|it| !it.is_empty() && !it.contains('`'))
        .collect()
}

/// Words with one space between them.
pub(super) fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
