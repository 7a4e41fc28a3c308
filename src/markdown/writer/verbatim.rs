//! Code and formulas in running text, shown as they are written.

use std::ops::Range;

use crate::markdown::dialect::Construct;
use crate::markdown::document::Part;
use crate::markdown::highlight;
use crate::markdown::inline::Node;
use crate::markdown::mkdocs::inline_code;
use crate::markdown::output::escape;
use crate::markdown::writer::Writer;

impl<'t> Writer<'_, 't> {
    pub(crate) fn code_in_line(&mut self, code: &str, node: &Node<'t>) {
        if self.output.muted.is_some() {
            return;
        }
        let constructs = self.output.dialect.constructs;
        let whole = self.code_range(code, node);
        let (language, code) = if constructs.has(Construct::InlineCode) {
            inline_code::split(code)
        } else {
            (None, code)
        };
        let length = code.len();
        let code = if constructs.has(Construct::TrimmedCode) && !code.trim().is_empty() {
            code.trim_ascii()
        } else {
            code
        };
        let place = match &whole {
            Some(range) => {
                let written = &self.text.text[range.end - length..range.end];
                let end = range.end - (length - written.trim_ascii_end().len());
                self.place(end - code.len()..end)
            }
            None => self.place(node.range.clone()),
        };
        self.output.html("<code");
        let list = node.list.as_deref().cloned();
        if let Some(language) = language {
            let mut list = list.unwrap_or_default();
            list.attributes
                .classes
                .insert(0, format!("language-{language}"));
            self.put_list(Some(list), place);
        } else if list.is_none() && is_command(code) {
            self.output.html(" class=\"whole\"");
        } else {
            self.put_list(list, place);
        }
        self.output.html(">");
        self.output.ensure_block(place);
        let start = self.output.document.text.len();
        if whole.is_some() {
            self.output.document.text.push(code, place);
        } else {
            self.output.document.text.push_whole(code, place);
        }
        let end = self.output.document.text.len();
        self.output.document.code_words.push(Part { start, end });
        match language {
            Some(language) => highlight::write(&mut self.output.document.html, language, code),
            None => escape(&mut self.output.document.html, code),
        }
        self.output.html("</code>");
    }

    /// Writes a formula as its author wrote it: no script is there to draw it.
    pub(crate) fn formula(&mut self, formula: &str, range: Range<usize>, element: &str) {
        if self.output.muted.is_some() {
            return;
        }
        let formula = formula.trim();
        let written = &self.text.text[range.clone()];
        let found = written.find(formula).map(|it| range.start + it);
        let place = match found {
            Some(start) => self.place(start..start + formula.len()),
            None => self.place(range),
        };
        self.output.html("<");
        if element == "div" {
            self.output.block_tag(element, place);
        } else {
            self.output.html(element);
        }
        self.output.html(" class=\"arithmatex\">");
        self.output.ensure_block(place);
        let start = self.output.document.text.len();
        if found.is_some() {
            self.output.document.text.push(formula, place);
        } else {
            self.output.document.text.push_whole(formula, place);
        }
        let end = self.output.document.text.len();
        self.output.document.code_words.push(Part { start, end });
        escape(&mut self.output.document.html, formula);
        self.output.html("</");
        self.output.html(element);
        self.output.html(if element == "div" { ">\n" } else { ">" });
    }

    /// Where code in a line is, without its marks; `None` where it is not written byte by byte.
    pub(crate) fn code_range(&self, code: &str, node: &Node<'t>) -> Option<Range<usize>> {
        let slice = &self.text.text[node.range.clone()];
        let ticks = slice.bytes().take_while(|it| *it == b'`').count();
        let inside = slice.len().checked_sub(2 * ticks)?;
        let pad = match inside.checked_sub(code.len())? {
            0 => 0,
            2 => 1,
            _ => return None,
        };
        let start = node.range.start + ticks + pad;
        let range = start..start + code.len();
        // A line end in code is a space.
        let is_same = |(&one, &other): (&u8, &u8)| one == other || one == b'\n' && other == b' ';
        let written = self.text.text.as_bytes()[range.clone()].iter();
        written.zip(code.as_bytes()).all(is_same).then_some(range)
    }
}

/// The most letters of code that always stand on one line.
const MOST_LETTERS: usize = 28;

/// Whether code is short and of several words: a command that is read as one.
fn is_command(code: &str) -> bool {
    code.contains(' ') && code.chars().count() <= MOST_LETTERS
}
