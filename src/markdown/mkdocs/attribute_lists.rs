//! `{#id .class key=value}`: names and values behind the thing that they belong to.

use crate::markdown::document::Attributes;

/// An attribute list, and what in it was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    /// What is safe.
    pub(crate) attributes: Attributes,
    /// A `title`, which is a field of its own in links and images.
    pub(crate) title: Option<String>,
    /// Names that are not allowed.
    pub(crate) refused: Vec<String>,
}

/// Reads a list at the start of a text, and how many bytes it takes; `None` where there is none.
/// Every word must be one that a list can have, so that other text in braces stays text; a list that starts with
/// `:`, `#` or `.` may hold words that mean nothing.
pub(crate) fn read(text: &str) -> Option<(List, usize)> {
    let rest = text.strip_prefix('{')?;
    let is_marked = rest.starts_with([':', '#', '.']) || rest.trim_start().starts_with(['#', '.']);
    let mut rest = rest.strip_prefix(':').unwrap_or(rest);
    let mut list = List::default();
    let mut is_empty = true;
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(behind) = rest.strip_prefix('}') {
            return (!is_empty).then(|| (list, text.len() - behind.len()));
        }
        rest = match list.read_word(rest) {
            Some(behind) => behind,
            None if is_marked => list.pass_word(rest)?,
            None => return None,
        };
        is_empty = false;
    }
}

impl List {
    fn read_word<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let end = text.find([' ', '=', '}', '\n'])?;
        let (name, rest) = text.split_at(end);
        if let Some(value) = rest.strip_prefix('=') {
            let (value, rest) = value_at(value)?;
            self.set(name, value)?;
            return Some(rest);
        }
        if rest.starts_with('\n') {
            return None;
        }
        if let Some(class) = name.strip_prefix('.').filter(|it| is_name(it)) {
            self.attributes.classes.push(class.to_owned());
        } else if let Some(id) = name.strip_prefix('#').filter(|it| !it.is_empty()) {
            self.attributes.id = Some(id.to_owned());
        } else if is_flag(name) {
            self.set(name, "")?;
        } else {
            return None;
        }
        Some(rest)
    }

    /// Passes over a plain word, which Python-Markdown makes an attribute that nothing reads.
    fn pass_word<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let end = text.find([' ', '}', '\n'])?;
        let (word, rest) = text.split_at(end);
        let is_word = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_');
        if word.is_empty() || !word.bytes().all(is_word) {
            return None;
        }
        self.refused.push(word.to_ascii_lowercase());
        Some(rest)
    }

    /// Takes a name and its value; `None` where the name is none.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Option<()> {
        if !name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b':'))
            || name.is_empty()
        {
            return None;
        }
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "id" => self.attributes.id = Some(value.to_owned()),
            "class" => {
                let classes = value.split_whitespace().map(str::to_owned);
                self.attributes.classes = classes.collect();
            }
            "title" => self.title = Some(value.to_owned()),
            _ if is_allowed(&name) => {
                self.attributes.others.retain(|(key, _)| *key != name);
                self.attributes.others.push((name, value.to_owned()));
            }
            _ => self.refused.push(name),
        }
        Some(())
    }
}

/// The value that a text starts with, in quotes or up to a space.
fn value_at(text: &str) -> Option<(&str, &str)> {
    if let Some(quote @ ('"' | '\'')) = text.chars().next() {
        let (value, rest) = text[1..].split_once(quote)?;
        return (!value.contains('\n')).then_some((value, rest));
    }
    let end = text.find([' ', '}', '=', '\n'])?;
    (end > 0).then(|| text.split_at(end))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['"', '\'', '<', '>', '&', '{', '.', '#'])
}

/// Attributes that stand without a value.
fn is_flag(name: &str) -> bool {
    matches!(
        name,
        "open" | "hidden" | "download" | "reversed" | "disabled" | "checked"
    ) || name.starts_with("data-")
}

/// Attributes that change how something is shown or read, but run nothing.
fn is_allowed(name: &str) -> bool {
    matches!(
        name,
        "target"
            | "rel"
            | "width"
            | "height"
            | "loading"
            | "lang"
            | "dir"
            | "role"
            | "download"
            | "hreflang"
            | "start"
            | "reversed"
            | "hidden"
            | "open"
            | "align"
            | "linenums"
            | "hl_lines"
    ) || (name.starts_with("aria-") || name.starts_with("data-")) && name.len() > 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Option<String> {
        let (list, length) = read(text)?;
        let attributes = list.attributes;
        let id = attributes.id.map(|it| format!("#{it}"));
        let classes = attributes.classes.iter().map(|it| format!(".{it}"));
        let others = attributes
            .others
            .iter()
            .map(|(key, value)| format!("{key}={value}"));
        let title = list.title.map(|it| format!("title:{it}"));
        let refused = list.refused.iter().map(|it| format!("-{it}"));
        let words: Vec<_> = id
            .into_iter()
            .chain(classes)
            .chain(others)
            .chain(title)
            .chain(refused)
            .collect();
        Some(format!("{}|{}", words.join(" "), &text[length..]))
    }

    #[test]
    fn a_list_is_read() {
        let cases = [
            ("{#a .b .c key}", Some("#a .b .c -key|")),
            ("{: words }", Some("-words|")),
            ("{: it's }", None),
            ("{#a .b .c}x", Some("#a .b .c|x")),
            ("{: .b target=\"_blank\" }", Some(".b target=_blank|")),
            ("{:target=_blank}", Some("target=_blank|")),
            ("{title='a b' width=300}", Some("width=300 title:a b|")),
            (
                "{data-x=\"1\" onclick=\"x\" style='y'}",
                Some("data-x=1 -onclick -style|"),
            ),
            ("{class=\"a b\"}", Some(".a .b|")),
            ("{}", None),
            ("{ text }", None),
            ("{.a", None),
            ("{\"a\": 1}", None),
            ("{.a\n}", None),
        ];
        for (text, expected) in cases {
            assert_eq!(show(text).as_deref(), expected, "{text:?}");
        }
    }
}
