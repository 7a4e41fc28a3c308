//! Emoji and icons in running text, with the attribute list behind them.

use crate::diagnostic::{Code, Level};
use crate::markdown::dialect::Construct;
use crate::markdown::mkdocs::icons::{self, Icon};
use crate::markdown::mkdocs::{attribute_lists, emoji};
use crate::markdown::writer::Writer;

/// An icon that has no picture here.
const UNSHOWN: Code = Code("content/unshown-icon");

/// How far around an icon its line is looked at, in bytes.
const REACH: usize = 200;

impl<'t> Writer<'_, 't> {
    /// Writes the picture that starts at a byte, with the words before it from `done` on; where it ends.
    pub(crate) fn picture(
        &mut self,
        text: &'t str,
        done: usize,
        at: usize,
        offset: usize,
    ) -> Option<usize> {
        let rest = &text[at..];
        let icon = icons::read(rest);
        let (shown, length) = match &icon {
            Some(icon) => (icon.picture.unwrap_or(&icon.words), icon.length),
            None => emoji::read(rest)?,
        };
        let has_lists = self
            .output
            .dialect
            .constructs
            .has(Construct::AttributeLists);
        let list = attribute_lists::read(&rest[length..]).filter(|_| has_lists);
        let end = at + length + list.as_ref().map_or(0, |it| it.1);
        self.plain(&text[done..at], offset + done);
        if let Some(icon) = icon.as_ref().filter(|it| it.picture.is_none()) {
            self.tell_unshown(icon, offset + at);
            if self.is_decoration(offset + at, offset + end) {
                return Some(end);
            }
        }
        let start = self.output.document.text.len();
        let Some((list, _)) = list else {
            self.instead(shown, offset + at, length);
            self.output.picture_since(start);
            return Some(end);
        };
        let place = self.place(offset + at..offset + end);
        self.output.html("<span");
        self.put_list(Some(list), place);
        self.output.html(">");
        self.instead(shown, offset + at, length);
        self.output.picture_since(start);
        self.output.html("</span>");
        Some(end)
    }

    /// Whether what is written at a range is only there for the eye: in its cell, link or line there are words
    /// on one side of it.
    fn is_decoration(&self, start: usize, end: usize) -> bool {
        let text = &self.text.text;
        let before = &text[text.floor_char_boundary(start.saturating_sub(REACH))..start];
        let before = before.rsplit(['\n', '|', '[']).next().unwrap_or_default();
        let after = &text[end..text.ceil_char_boundary((end + REACH).min(text.len()))];
        let after = after.split(['\n', '|', ']']).next().unwrap_or_default();
        // The number of a list item is no word.
        let item = before.trim_start_matches([' ', '>']);
        let before = match item.trim_start_matches(|it: char| it.is_ascii_digit()) {
            words if words.starts_with(['.', ')']) => words,
            _ => item,
        };
        icons::is_decoration(before, after)
    }

    /// Says once a page that an icon has no picture.
    fn tell_unshown(&mut self, icon: &Icon<'_>, at: usize) {
        if self.unshown.iter().any(|it| it == icon.name) {
            return;
        }
        self.unshown.push(icon.name.to_owned());
        let place = self.place(at..at + icon.length);
        self.output.tell(
            UNSHOWN,
            Level::Info,
            format!("the icon `{}` has no picture here", icon.name),
            place,
            "use an emoji, or say it in words",
        );
    }
}
