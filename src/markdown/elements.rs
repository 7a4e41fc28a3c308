//! The elements and attributes of raw HTML that a page may have; all others are left out.

/// An element that a page may have.
pub(crate) struct Element {
    /// Its name.
    pub(crate) name: &'static str,
    /// How it behaves.
    pub(crate) kind: Kind,
    /// Attributes beside those that every element may have.
    attributes: &'static [&'static str],
}

/// How an element behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Ends a paragraph.
    Block,
    /// Part of a line.
    Inline,
    /// Part of a line whose text is no prose.
    Verbatim,
    /// Has no content and no end tag.
    Void,
    /// `p`.
    Paragraph,
    /// `h1` to `h6`.
    Heading(u8),
    /// `ul`, `ol`.
    List,
    /// `li`.
    Item,
    /// `dt`, `dd`.
    Term,
    /// `table`.
    Table,
    /// `thead`, `tbody`, `tfoot`.
    Rows,
    /// `tr`.
    Row,
    /// `td`, `th`.
    Cell,
    /// `a`.
    Link,
    /// `img`.
    Image,
    /// A box to tick, which is all that is left of forms.
    Input,
}

/// What happens to an element that a page may not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It goes with all that is in it.
    WithContent,
    /// Its tag goes; what is in it stays.
    TagOnly,
    /// It shows something from elsewhere: a link takes its place.
    Frame,
    /// HTML has no such element: the author meant the text, as in `<user>`.
    Text,
}

impl Element {
    /// Whether it is part of a line.
    pub(crate) fn is_inline(&self) -> bool {
        matches!(
            self.kind,
            Kind::Inline | Kind::Verbatim | Kind::Void | Kind::Link
        )
    }

    /// Whether it may have an attribute, in lower case.
    pub(crate) fn allows(&self, attribute: &str) -> bool {
        const EVERYWHERE: &[&str] = &[
            "id",
            "class",
            "title",
            "lang",
            "dir",
            "role",
            "translate",
            "hidden",
        ];
        EVERYWHERE.contains(&attribute)
            || self.attributes.contains(&attribute)
            || attribute
                .strip_prefix("aria-")
                .or_else(|| attribute.strip_prefix("data-"))
                .is_some_and(|it| {
                    !it.is_empty()
                        && it
                            .bytes()
                            .all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_')
                })
    }
}

/// The element of a name in lower case, or what becomes of it.
pub(crate) fn element(name: &str) -> Result<&'static Element, Refusal> {
    if let Ok(index) = ELEMENTS.binary_search_by(|it| it.name.cmp(name)) {
        return Ok(&ELEMENTS[index]);
    }
    Err(match name {
        "script" | "style" | "template" | "svg" | "math" | "object" | "textarea" | "select"
        | "title" | "head" | "xmp" | "noembed" | "noframes" | "noscript" | "plaintext"
        | "frameset" | "canvas" | "applet" | "portal" | "fencedframe" => Refusal::WithContent,
        "iframe" | "video" | "audio" | "frame" => Refusal::Frame,
        "base" | "link" | "meta" | "embed" | "param" | "track" | "area" | "keygen" | "bgsound"
        | "basefont" | "body" | "html" | "form" | "button" | "fieldset" | "legend" | "option"
        | "optgroup" | "datalist" | "output" | "map" | "center" | "font" | "big" | "tt"
        | "strike" | "marquee" | "blink" | "nobr" | "acronym" | "dir" | "menu" | "dialog"
        | "main" | "slot" | "command" | "menuitem" | "image" | "isindex" | "listing"
        | "multicol" | "spacer" | "hgroup" | "search" => Refusal::TagOnly,
        _ => Refusal::Text,
    })
}

const fn e(name: &'static str, kind: Kind, attributes: &'static [&'static str]) -> Element {
    Element {
        name,
        kind,
        attributes,
    }
}

/// Sorted by name.
static ELEMENTS: &[Element] = &[
    e(
        "a",
        Kind::Link,
        &["href", "target", "rel", "download", "hreflang", "name"],
    ),
    e("abbr", Kind::Verbatim, &[]),
    e("address", Kind::Block, &[]),
    e("article", Kind::Block, &[]),
    e("aside", Kind::Block, &[]),
    e("b", Kind::Inline, &[]),
    e("bdi", Kind::Inline, &[]),
    e("bdo", Kind::Inline, &[]),
    e("blockquote", Kind::Block, &[]),
    e("br", Kind::Void, &[]),
    e("caption", Kind::Block, &[]),
    e("cite", Kind::Inline, &[]),
    e("code", Kind::Verbatim, &[]),
    e("col", Kind::Void, &["span"]),
    e("colgroup", Kind::Block, &["span"]),
    e("data", Kind::Inline, &["value"]),
    e("dd", Kind::Term, &[]),
    e("del", Kind::Inline, &["datetime"]),
    e("details", Kind::Block, &["open", "name"]),
    e("dfn", Kind::Verbatim, &[]),
    e("div", Kind::Block, &["align"]),
    e("dl", Kind::Block, &[]),
    e("dt", Kind::Term, &[]),
    e("em", Kind::Inline, &[]),
    e("figcaption", Kind::Block, &[]),
    e("figure", Kind::Block, &[]),
    e("footer", Kind::Block, &[]),
    e("h1", Kind::Heading(1), &["align"]),
    e("h2", Kind::Heading(2), &["align"]),
    e("h3", Kind::Heading(3), &["align"]),
    e("h4", Kind::Heading(4), &["align"]),
    e("h5", Kind::Heading(5), &["align"]),
    e("h6", Kind::Heading(6), &["align"]),
    e("header", Kind::Block, &[]),
    e("hr", Kind::Void, &[]),
    e("i", Kind::Inline, &[]),
    e(
        "img",
        Kind::Image,
        &["src", "alt", "width", "height", "loading", "align"],
    ),
    e("input", Kind::Input, &["type", "checked", "disabled"]),
    e("ins", Kind::Inline, &["datetime"]),
    e("kbd", Kind::Verbatim, &[]),
    e("label", Kind::Inline, &["for"]),
    e("li", Kind::Item, &["value"]),
    e("mark", Kind::Inline, &[]),
    e(
        "meter",
        Kind::Verbatim,
        &["value", "min", "max", "low", "high", "optimum"],
    ),
    e("nav", Kind::Block, &[]),
    e("ol", Kind::List, &["start", "type", "reversed"]),
    e("p", Kind::Paragraph, &["align"]),
    e("picture", Kind::Inline, &[]),
    e("pre", Kind::Block, &[]),
    e("progress", Kind::Verbatim, &["value", "max"]),
    e("q", Kind::Inline, &[]),
    e("rp", Kind::Inline, &[]),
    e("rt", Kind::Inline, &[]),
    e("ruby", Kind::Inline, &[]),
    e("s", Kind::Inline, &[]),
    e("samp", Kind::Verbatim, &[]),
    e("section", Kind::Block, &[]),
    e("small", Kind::Inline, &[]),
    e(
        "source",
        Kind::Void,
        &["srcset", "media", "sizes", "type", "width", "height"],
    ),
    e("span", Kind::Inline, &[]),
    e("strong", Kind::Inline, &[]),
    e("sub", Kind::Inline, &[]),
    e("summary", Kind::Block, &[]),
    e("sup", Kind::Inline, &[]),
    e("table", Kind::Table, &["align"]),
    e("tbody", Kind::Rows, &[]),
    e(
        "td",
        Kind::Cell,
        &["colspan", "rowspan", "headers", "align"],
    ),
    e("tfoot", Kind::Rows, &[]),
    e(
        "th",
        Kind::Cell,
        &["colspan", "rowspan", "headers", "scope", "abbr", "align"],
    ),
    e("thead", Kind::Rows, &[]),
    e("time", Kind::Inline, &["datetime"]),
    e("tr", Kind::Row, &["align"]),
    e("u", Kind::Inline, &[]),
    e("ul", Kind::List, &[]),
    e("var", Kind::Verbatim, &[]),
    e("wbr", Kind::Void, &[]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_elements_are_sorted_and_none_runs_code() {
        assert!(ELEMENTS.is_sorted_by_key(|it| it.name));
        for element in ELEMENTS {
            for attribute in [
                "style",
                "onclick",
                "onload",
                "srcdoc",
                "formaction",
                "xlink:href",
                "data-",
                "aria-",
            ] {
                assert!(!element.allows(attribute), "{} {attribute}", element.name);
            }
        }
        assert_eq!(element("script").err(), Some(Refusal::WithContent));
        assert_eq!(element("user").err(), Some(Refusal::Text));
    }
}
