//! Lines that are ours: what opens a container, and what is taken out or mended before the parser sees it.

use super::lists::Forced;
use super::scanner::{Frame, Scanner};
use super::{Form, MAX_DEPTH, Opening, SENTINEL};
use crate::markdown::dialect::Construct;
use crate::markdown::document::Abbreviation;
use crate::markdown::mkdocs::{abbreviations, admonitions, details, slash_blocks, tabs};

impl Scanner<'_, '_> {
    /// Writes a line that is ours; `at` is where it starts behind its indentation. `false` where it is not ours.
    pub(super) fn open(&mut self, start: usize, at: usize, indent: usize, text: &str) -> bool {
        let line = text[at..].trim_end_matches('\n');
        let has = |construct| self.dialect.constructs.has(construct);
        if let Some(slashes) = slash_blocks::read_code(line, self.dialect) {
            self.open_code(slashes, start, at);
            return true;
        }
        let opening = match line.as_bytes().first() {
            Some(b'!') if has(Construct::Admonitions) => admonitions::read(line),
            Some(b'?') if has(Construct::Details) => details::read(line),
            Some(b'=') if has(Construct::Tabs) => tabs::read(line),
            Some(b'/') => slash_blocks::read(line, self.dialect),
            Some(b'*') if has(Construct::Abbreviations) => return self.abbreviation(line, at),
            Some(b':') if has(Construct::DefinitionLists) => return self.colon(start, at, text),
            Some(b'#') if has(Construct::TightHeadings) => return self.heading(start, at, text),
            _ => None,
        };
        let Some(opening) = opening.filter(|_| self.ours() < MAX_DEPTH) else {
            self.in_paragraph = true;
            return false;
        };
        self.output.keep(self.input, start..at);
        self.put_opening(opening, at, indent, line);
        true
    }

    fn ours(&self) -> usize {
        self.frames
            .iter()
            .filter(|it| matches!(it, Frame::Ours(..)))
            .count()
    }

    pub(super) fn put_opening(
        &mut self,
        mut opening: Opening,
        at: usize,
        indent: usize,
        line: &str,
    ) {
        let source = self.input.offset(at);
        if self.after_quote {
            // Two quotations in a row would be one.
            self.output.put("\n", source);
            self.put_prefix(0, at);
        }
        opening.at = self.output.text.len();
        opening.place = self.input.place(at..at + line.trim_end().len());
        opening.kind_place = self
            .input
            .place(at + opening.kind.start..at + opening.kind.end);
        self.output.put(">", source);
        let title = opening
            .title
            .clone()
            .filter(|it| !line[it.clone()].trim().is_empty());
        let is_indented = opening.is_indented();
        self.options_of = (opening.slashes > 0).then_some(self.openings.len());
        let columns = if is_indented { indent + 4 } else { 0 };
        self.frames.push(Frame::Ours(columns, self.openings.len()));
        if let Some(title) = title {
            self.output.put(" ", source);
            self.output.put(SENTINEL, source);
            self.output
                .keep(self.input, at + title.start..at + title.end);
            self.output.put("\n", source);
            self.put_prefix(0, at);
        }
        self.output.put("\n", source);
        if let Form::List(numbering, start) = opening.form {
            self.lists.forced = Some(Forced {
                depth: self.frames.len(),
                numbering,
                start,
            });
        }
        self.find_figure(&mut opening);
        self.openings.push(opening);
        self.in_paragraph = false;
    }

    /// Finds what a caption belongs to, where that is a container or has a caption already.
    fn find_figure(&self, opening: &mut Opening) {
        let Form::Caption(caption) = &mut opening.form else {
            return;
        };
        let ended = self.ended.filter(|it| it.0 + 1 == self.frames.len());
        let first = ended.map_or(self.openings.len(), |it| it.1);
        caption.first = match self.openings.get(first).map(|it| it.form) {
            Some(Form::Caption(before)) => before.first,
            _ => first,
        };
    }

    fn abbreviation(&mut self, line: &str, at: usize) -> bool {
        let Some((short, long)) = abbreviations::read(line) else {
            self.in_paragraph = true;
            return false;
        };
        self.abbreviations.push(Abbreviation {
            short: short.to_owned(),
            long: line[long].to_owned(),
            place: self.input.place(at..at + line.trim_end().len()),
        });
        self.output.put("\n", self.input.offset(at));
        true
    }

    /// Keeps a colon without white space behind it, as in `:smile:`, from starting a definition.
    fn colon(&mut self, start: usize, at: usize, text: &str) -> bool {
        self.in_paragraph = true;
        if text[at + 1..].starts_with([' ', '\t', '\n']) {
            return false;
        }
        self.output.keep(self.input, start..at);
        self.output.put(SENTINEL, self.input.offset(at));
        self.output.keep(self.input, at..text.len());
        true
    }

    /// Puts the missing space into `#Heading`, which Python-Markdown takes as a heading where nothing is before it,
    /// and into `##Heading##` and `## Heading##`.
    fn heading(&mut self, start: usize, at: usize, text: &str) -> bool {
        let rest = &text[at..];
        let level = rest.bytes().take_while(|it| *it == b'#').count();
        let after = rest[level..].trim_end();
        let is_spaced = after.starts_with([' ', '\t']);
        let closing =
            tight_closing(after, level).filter(|it| !is_spaced || *it == level && level > 1);
        if level > 6 || after.is_empty() || is_spaced && closing.is_none() {
            self.in_paragraph = false;
            return false;
        }
        if at > start || self.in_paragraph && !self.frames.is_empty() {
            self.in_paragraph = true;
            return false;
        }
        self.in_paragraph = false;
        self.output.keep(self.input, start..at + level);
        if !is_spaced {
            self.output.put(" ", self.input.offset(at + level));
        }
        let end = at + level + after.len() - closing.unwrap_or(0);
        self.output.keep(self.input, at + level..end);
        if closing.is_some() {
            self.output.put(" ", self.input.offset(end));
        }
        self.output.keep(self.input, end..text.len());
        true
    }
}

/// How many marks close a heading without a space before them; `None` where there are none, or nothing else.
fn tight_closing(words: &str, level: usize) -> Option<usize> {
    let bare = words.trim_end_matches('#');
    let count = words.len() - bare.len();
    let is_tight = level > 0 && count > 0 && !bare.is_empty();
    (is_tight && !bare.ends_with([' ', '\t', '\\'])).then_some(count)
}
