//! Critic marks that are more than a part of a line: those over several paragraphs, those around nothing but an
//! empty line, and all of them where a project shows its pages with its changes accepted or rejected.

use std::ops::Range;

use crate::markdown::mapped::Mapped;

/// What becomes of changes that are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CriticView {
    /// They are shown as changes.
    #[default]
    Marked,
    /// What is added is there, and what is removed is gone.
    Accepted,
    /// What is added is gone, and what is removed is there.
    Rejected,
}

/// What a mark says about the words in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `{++a++}`.
    Added,
    /// `{--a--}`.
    Removed,
    /// `{~~a~>b~~}`.
    Replaced,
    /// `{==a==}`.
    Noted,
    /// `{>>a<<}`.
    Remark,
}

/// How many bytes start a mark, and how many end it.
pub(crate) const WIDTH: usize = 3;

/// What stands between the old and the new of [`Mark::Replaced`].
const ARROW: &str = "~>";

/// Stands for an empty line that is added or removed.
const BREAK: &str = "\u{a0}";

impl Mark {
    /// The mark that a text starts with.
    pub(crate) fn read(text: &str) -> Option<Self> {
        match text.get(..WIDTH)? {
            "{++" => Some(Self::Added),
            "{--" => Some(Self::Removed),
            "{~~" => Some(Self::Replaced),
            "{==" => Some(Self::Noted),
            "{>>" => Some(Self::Remark),
            _ => None,
        }
    }

    /// What ends it.
    fn end(self) -> &'static str {
        match self {
            Self::Added => "++}",
            Self::Removed => "--}",
            Self::Replaced => "~~}",
            Self::Noted => "==}",
            Self::Remark => "<<}",
        }
    }
}

/// Where a mark and its parts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// What it says.
    pub(crate) mark: Mark,
    /// What is in it; the old half of [`Mark::Replaced`].
    pub(crate) inside: Range<usize>,
    /// The new half.
    pub(crate) instead: Option<Range<usize>>,
}

impl Found {
    /// Where it ends.
    pub(crate) fn end(&self) -> usize {
        self.instead.as_ref().unwrap_or(&self.inside).end + WIDTH
    }
}

/// Looks for ends of marks; what was found once is not looked for again.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    /// The last answer for each sign: from where it was looked for, and where it is.
    known: Vec<(&'static str, usize, Option<usize>)>,
}

impl Ends {
    /// The mark at a byte of the text; `None` where there is none, or where it has no end.
    pub(crate) fn find(&mut self, text: &str, at: usize) -> Option<Found> {
        let mark = Mark::read(&text[at..])?;
        let start = at + WIDTH;
        if mark != Mark::Replaced {
            let inside = start..self.next(mark.end(), text, start)?;
            return Some(Found {
                mark,
                inside,
                instead: None,
            });
        }
        let arrow = self.next(ARROW, text, start)?;
        let behind = arrow + ARROW.len();
        let end = self.next(mark.end(), text, behind)?;
        Some(Found {
            mark,
            inside: start..arrow,
            instead: Some(behind..end),
        })
    }

    /// Where a mark ends, from a byte of the text on.
    pub(crate) fn end(&mut self, mark: Mark, text: &str, from: usize) -> Option<usize> {
        self.next(mark.end(), text, from)
    }

    fn next(&mut self, sign: &'static str, text: &str, from: usize) -> Option<usize> {
        let known = self.known.iter_mut().find(|it| it.0 == sign);
        if let Some((_, asked, found)) = &known
            && *asked <= from
            && found.is_none_or(|it| it >= from)
        {
            return *found;
        }
        let found = text[from..].find(sign).map(|it| from + it);
        match known {
            Some(known) => *known = (sign, from, found),
            None => self.known.push((sign, from, found)),
        }
        found
    }
}

/// Accepts or rejects the changes of a text. Where they are shown, empty lines that are changes become something
/// that shows.
pub(crate) fn settle(text: Mapped<'_>, view: CriticView) -> Mapped<'_> {
    let source: &str = &text.text;
    let mut ends = Ends::default();
    let mut settled = Mapped::empty();
    let mut done = 0;
    let mut at = 0;
    while let Some(start) = source[at..].find('{').map(|it| at + it) {
        at = start + 1;
        let Some(found) = ends.find(source, start) else {
            continue;
        };
        let is_break = |it: &Range<usize>| is_break(&source[it.clone()]);
        let has_break = is_break(&found.inside) || found.instead.as_ref().is_some_and(is_break);
        let is_line = matches!(found.mark, Mark::Added | Mark::Removed | Mark::Replaced);
        if view == CriticView::Marked && !(has_break && is_line) {
            continue;
        }
        at = found.end();
        settled.keep(&text, done..start);
        done = at;
        if view == CriticView::Marked {
            put_breaks(&mut settled, &text, &found);
        } else if let Some(kept) = kept(&found, view) {
            settled.keep(&text, kept);
        }
    }
    if done == 0 {
        return text;
    }
    settled.keep(&text, done..source.len());
    settled
}

/// What is left of a mark.
fn kept(found: &Found, view: CriticView) -> Option<Range<usize>> {
    let is_accepted = view == CriticView::Accepted;
    match found.mark {
        Mark::Added => is_accepted.then(|| found.inside.clone()),
        Mark::Removed => (!is_accepted).then(|| found.inside.clone()),
        Mark::Remark => None,
        Mark::Replaced if is_accepted => found.instead.clone(),
        Mark::Noted | Mark::Replaced => Some(found.inside.clone()),
    }
}

/// Whether a text is nothing but an empty line.
fn is_break(text: &str) -> bool {
    text.len() > 1 && text.bytes().all(|it| it == b'\n')
}

/// Writes a mark whose halves may be empty lines: two paragraphs became one where such a line is removed, and one
/// became two where it is added.
fn put_breaks(settled: &mut Mapped<'static>, text: &Mapped<'_>, found: &Found) {
    let (removed, added) = match found.mark {
        Mark::Removed => (Some(&found.inside), None),
        Mark::Added => (None, Some(&found.inside)),
        _ => (Some(&found.inside), found.instead.as_ref()),
    };
    let mut put = |signs: (&str, &str), words: &Range<usize>| {
        let source = text.offset(words.start);
        settled.put(signs.0, source);
        if is_break(&text.text[words.clone()]) {
            settled.put(BREAK, source);
        } else {
            settled.keep(text, words.clone());
        }
        settled.put(signs.1, text.offset(words.end));
    };
    if let Some(words) = removed {
        put(("{--", "--}"), words);
    }
    if let Some(words) = added {
        if is_break(&text.text[words.clone()]) {
            put(("\n\n{++", "++}\n\n"), words);
        } else {
            put(("{++", "++}"), words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(text: &str, view: CriticView) -> String {
        settle(Mapped::kept(text, 0), view).text.into_owned()
    }

    #[test]
    fn changes_are_accepted_or_rejected() {
        let cases = [
            ("a {++b++} c", "a b c", "a  c"),
            ("a {--b\n\nc--} d", "a  d", "a b\n\nc d"),
            ("{~~old~>new~~}!", "new!", "old!"),
            ("{==a==}{>>why\n\nnot<<}", "a", "a"),
            ("{++a --} {--b--}", "{++a --} ", "{++a --} b"),
            ("{~~a~~} {~>b", "{~~a~~} {~>b", "{~~a~~} {~>b"),
            ("ä{++ö++}{", "äö{", "ä{"),
        ];
        for (text, accepted, rejected) in cases {
            assert_eq!(settled(text, CriticView::Accepted), accepted, "{text:?}");
            assert_eq!(settled(text, CriticView::Rejected), rejected, "{text:?}");
        }
    }

    #[test]
    fn empty_lines_that_are_changes_are_shown() {
        let cases = [
            ("a{--\n\n--}b", "a{--\u{a0}--}b"),
            ("a{++\n\n++}b", "a\n\n{++\u{a0}++}\n\nb"),
            ("a{~~\n\n~> ~~}b", "a{--\u{a0}--}{++ ++}b"),
            ("a{~~ ~>\n\n~~}b", "a{-- --}\n\n{++\u{a0}++}\n\nb"),
            ("a{++\n\nb\n\n++}", "a{++\n\nb\n\n++}"),
            ("a{==\n\n==}b", "a{==\n\n==}b"),
        ];
        for (text, expected) in cases {
            assert_eq!(settled(text, CriticView::Marked), expected, "{text:?}");
        }
    }

    #[test]
    fn many_marks_without_an_end_are_looked_for_once() {
        let text = "{++{--{~~{==".repeat(20_000);
        assert_eq!(settled(&text, CriticView::Accepted), text);
    }
}
