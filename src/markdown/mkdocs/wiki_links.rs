//! `[[Page name]]`: a link to an address made from its words.

/// How addresses are made (the options of Python-Markdown's `wikilinks`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WikiLinks {
    /// What stands before the name.
    pub base: String,
    /// What stands behind it.
    pub end: String,
    /// The class of the links; empty where they have none.
    pub class: String,
}

impl Default for WikiLinks {
    fn default() -> Self {
        Self {
            base: "/".to_owned(),
            end: "/".to_owned(),
            class: "wikilink".to_owned(),
        }
    }
}

impl WikiLinks {
    /// The address of a name: white space becomes `_`.
    pub(crate) fn address(&self, name: &str) -> String {
        let parts: Vec<&str> = name.split(' ').filter(|it| !it.is_empty()).collect();
        format!("{}{}{}", self.base, parts.join("_"), self.end)
    }
}

/// The words of the link that a text starts with, perhaps none, and how many bytes it takes.
pub(crate) fn read(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix("[[")?;
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | ' ' | '-');
    let length = inside.find(|it| !is_part(it))?;
    let is_closed = length > 0 && inside[length..].starts_with("]]");
    is_closed.then(|| (&inside[..length], length + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_and_addressed() {
        assert_eq!(read("[[Who calls]] x"), Some(("Who calls", 13)));
        assert_eq!(read("[[ ]]"), Some((" ", 5)));
        for text in ["[[]]", "[[a.b]]", "[[a]", "[a]"] {
            assert_eq!(read(text), None, "{text}");
        }
        let links = WikiLinks::default();
        assert_eq!(links.address(" Who  calls_first "), "/Who_calls_first/");
    }
}
