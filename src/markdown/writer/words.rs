//! Running text: abbreviations, bare addresses, emoji, keys, symbols and quotes in it.

use std::ops::Range;

use crate::markdown::blocks::SENTINEL;
use crate::markdown::dialect::{Construct, Dialect};
use crate::markdown::mkdocs::short_links::{self, ShortLink};
use crate::markdown::mkdocs::{keys, magic_links, progress_bars, smart, wiki_links};
use crate::markdown::output::escape;
use crate::markdown::writer::Writer;

/// Bytes that may start something in running text.
pub(crate) fn specials(dialect: &Dialect) -> [bool; 256] {
    let mut specials = [false; 256];
    let short = short_links::marks(&dialect.repository_links);
    let marks: [(Construct, &[u8]); 10] = [
        (Construct::EscapeAll, b"\\"),
        (Construct::MagicLinks, short),
        (Construct::Emoji, b":"),
        (Construct::MagicLinks, b":w@"),
        (Construct::Keys, b"+"),
        (Construct::AttributeLists, b"("),
        (Construct::WikiLinks, b"["),
        (Construct::ProgressBars, b"["),
        (Construct::SmartSymbols, b"(c+<-=0123456789C"),
        (Construct::SmartQuotes, b"\"'.-"),
    ];
    for (construct, bytes) in marks {
        if dialect.constructs.has(construct) {
            for byte in bytes {
                specials[usize::from(*byte)] = true;
            }
        }
    }
    specials
}

/// Characters before which a backslash stays, in the dialects where it can: all but those that Python-Markdown
/// and its extensions escape (`ESCAPED_CHARS`).
pub(crate) fn literal(dialect: &Dialect) -> [bool; 128] {
    let mut literal = [false; 128];
    if !dialect.constructs.has(Construct::FewEscapes) {
        return literal;
    }
    let marks: [(Construct, &[u8]); 9] = [
        (Construct::Tables, b"|"),
        (Construct::SmartQuotes, b"\"'"),
        (Construct::Delete, b"~"),
        (Construct::Subscript, b"~"),
        (Construct::Insert, b"^"),
        (Construct::Superscript, b"^"),
        (Construct::Mark, b"="),
        (Construct::Formulas, b"$"),
        (Construct::Emoji, b":"),
    ];
    let has = |it: &(Construct, &'static [u8])| dialect.constructs.has(it.0);
    let escaped = marks.into_iter().filter(has).flat_map(|it| it.1);
    let escaped: Vec<&u8> = escaped.chain(b"\\`*_{}[]()>#+-.!<&@").collect();
    for (byte, it) in (0_u8..).zip(&mut literal) {
        *it = byte.is_ascii_punctuation() && !escaped.contains(&&byte);
    }
    literal
}

impl<'t> Writer<'_, 't> {
    /// Writes the words at a range of the text.
    pub(crate) fn words(&mut self, mut range: Range<usize>) {
        if self.starts_with_mark(&range) {
            range.start += SENTINEL.len();
        }
        let text: &'t str = &self.text.text[range.clone()];
        let is_verbatim = self.output.quiet > 0 && self.output.is_verbatim();
        let mut done = 0;
        let mut at = 0;
        let bytes = text.as_bytes();
        while at < bytes.len() {
            if is_verbatim || !self.specials[usize::from(bytes[at])] {
                at += 1;
                continue;
            }
            match self.special(text, done, at, range.start) {
                Some(end) => {
                    done = end;
                    at = end;
                }
                None => at += 1,
            }
        }
        self.plain(&text[done..], range.start + done);
    }

    /// Whether a line starts with a mark that keeps it from being more than text.
    fn starts_with_mark(&self, range: &Range<usize>) -> bool {
        let is_mark = self.text.text[range.clone()].starts_with(SENTINEL);
        is_mark && !self.text.is_kept(range.start)
    }

    /// Writes what starts at a byte, with the words before it from `done` on; where it ends.
    fn special(&mut self, text: &'t str, done: usize, at: usize, offset: usize) -> Option<usize> {
        let has = |construct| self.output.dialect.constructs.has(construct);
        let rest = &text[at..];
        let byte = rest.as_bytes()[0];
        if byte == b':'
            && has(Construct::Emoji)
            && let Some(end) = self.picture(text, done, at, offset)
        {
            return Some(end);
        }
        let is_mark = matches!(byte, b'@' | b'w') || byte == b':' && rest.starts_with("://");
        if has(Construct::MagicLinks)
            && is_mark
            && self.output.links.is_empty()
            && let Some((found, before)) = magic_links::find(text, done, at)
        {
            self.plain(&text[done..found.start], offset + done);
            self.bare_link(offset + found.start..offset + found.end, before);
            return Some(found.end);
        }
        if has(Construct::MagicLinks)
            && self.output.links.is_empty()
            && let Some(short) = self.find_short_link(text, done, at)
        {
            let end = short.range.end;
            self.plain(&text[done..short.range.start], offset + done);
            self.short_link(short, offset);
            return Some(end);
        }
        if byte == b'\\' && has(Construct::EscapeAll) {
            let next = rest[1..].chars().next().filter(|it| *it != '\n')?;
            self.plain(&text[done..at], offset + done);
            let length = 1 + next.len_utf8();
            if next == ' ' && has(Construct::HardSpaces) {
                return Some(self.instead("\u{a0}", offset + at, length) - offset);
            }
            self.plain(&text[at + 1..at + length], offset + at + 1);
            return Some(at + length);
        }
        if byte == b'+'
            && has(Construct::Keys)
            && let Some((keys, length)) = keys::read(rest, &self.output.dialect.keys)
        {
            self.plain(&text[done..at], offset + done);
            self.keys(&keys, offset + at..offset + at + length);
            return Some(at + length);
        }
        if byte == b'('
            && let Some(length) = self.annotation(text, at)
        {
            self.plain(&text[done..at], offset + done);
            self.write_annotation(&text[at + 1..at + length - 1]);
            return Some(at + length);
        }
        if byte == b'['
            && has(Construct::WikiLinks)
            && let Some((name, length)) = wiki_links::read(rest)
        {
            self.plain(&text[done..at], offset + done);
            self.wiki_link(name, offset + at..offset + at + length);
            return Some(at + length);
        }
        if byte == b'['
            && has(Construct::ProgressBars)
            && let Some(bar) = progress_bars::read(rest)
        {
            self.plain(&text[done..at], offset + done);
            return Some(self.bar(bar, text, at, offset));
        }
        if has(Construct::SmartSymbols)
            && byte.is_ascii_digit()
            && let Some(end) = self.ordinal(text, done, at, offset)
        {
            return Some(end);
        }
        let symbol = if has(Construct::SmartSymbols) {
            smart::symbol(text, at, &self.output.dialect.plain_symbols)
        } else {
            None
        };
        let quote = || {
            let before = self.text.text[..offset].trim_end_matches(['*', '_']);
            let before = before.chars().next_back();
            if has(Construct::SmartQuotes) && matches!(byte, b'"' | b'\'' | b'.' | b'-') {
                let after = self.text.text[offset + at + 1..].chars().next();
                let after = after.filter(|it| matches!(it, '`' | '*' | '_' | '['));
                let plain = &self.output.dialect.plain_symbols;
                smart::quote(text, at, (before, after), plain)
            } else {
                None
            }
        };
        let (instead, length) = symbol.or_else(quote)?;
        self.plain(&text[done..at], offset + done);
        Some(self.instead(instead, offset + at, length) - offset)
    }

    /// Writes a number with its ending raised, with the words before it from `done` on; where it ends.
    fn ordinal(&mut self, text: &'t str, done: usize, at: usize, offset: usize) -> Option<usize> {
        let plain = &self.output.dialect.plain_symbols;
        if plain.iter().any(|it| it == "ordinal_numbers") {
            return None;
        }
        let ending = at + smart::ordinal(text, at)?;
        self.plain(&text[done..ending], offset + done);
        self.output.html("<sup>");
        self.put_words(offset + ending..offset + ending + 2);
        self.output.html("</sup>");
        Some(ending + 2)
    }

    fn find_short_link(&self, text: &str, done: usize, at: usize) -> Option<ShortLink> {
        let links = &self.output.dialect.repository_links;
        let is_mark = short_links::marks(links).contains(&text.as_bytes()[at]);
        is_mark.then(|| short_links::find(text, done, at, links))?
    }

    /// Writes something else for the bytes at an offset; where they end.
    pub(crate) fn instead(&mut self, text: &str, at: usize, length: usize) -> usize {
        let place = self.place(at..at + length);
        self.output.text(text, place);
        at + length
    }

    fn keys(&mut self, keys: &[(String, String)], range: Range<usize>) {
        let place = self.place(range);
        self.output.html("<span class=\"keys\">");
        self.output.quiet += 1;
        for (index, (shown, class)) in keys.iter().enumerate() {
            if index > 0 {
                let dialect = self.output.dialect;
                self.output.text(&dialect.keys.separator, place);
            }
            self.output.html("<kbd");
            if !class.is_empty() {
                self.output.attribute("class", class);
            }
            self.output.html(">");
            self.output.text(shown, place);
            self.output.html("</kbd>");
        }
        self.output.quiet -= 1;
        self.output.html("</span>");
    }

    /// Writes words in which only abbreviations are special.
    pub(crate) fn plain(&mut self, text: &str, offset: usize) {
        if text.is_empty() {
            return;
        }
        let quiet =
            self.output.quiet - self.output.worded_links() - self.output.headings_with_terms();
        if self.finder.is_empty() || quiet > 0 {
            self.put_words(offset..offset + text.len());
            return;
        }
        let abbreviations = std::mem::take(&mut self.output.document.abbreviations);
        let mut done = 0;
        while let Some((found, index)) = self.finder.find(text, done, &abbreviations) {
            self.put_words(offset + done..offset + found.start);
            let place = self.place(offset + found.start..offset + found.end);
            self.output.html("<abbr");
            self.output.attribute("title", &abbreviations[index].long);
            self.output.html(">");
            self.output.ensure_block(place);
            self.output.document.text.push(&text[found.clone()], place);
            escape(&mut self.output.document.html, &text[found.clone()]);
            self.output.html("</abbr>");
            done = found.end;
        }
        self.put_words(offset + done..offset + text.len());
        self.output.document.abbreviations = abbreviations;
    }

    /// Writes words in which nothing is special.
    pub(crate) fn put_words(&mut self, range: Range<usize>) {
        let mapped = self.text;
        for (part, place) in mapped.parts(range) {
            self.output.text(&mapped.text[part], place);
        }
    }
}
