//! What a reader gets from a piece of HTML, as text that can be compared: words with their marks, blocks,
//! links, cells. Elements that only serve a theme leave no trace, so that two programs that mean the same
//! give the same.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Node};

/// The shape of HTML: a line a block.
pub(crate) fn shape(html: &str) -> String {
    let document = Html::parse_fragment(html);
    of(document.root_element())
}

/// The shape of what is inside an element.
pub(crate) fn of(element: ElementRef<'_>) -> String {
    let mut shape = Shape::default();
    shape.children(element);
    shape.finish()
}

/// Classes that the programs set themselves, which an author cannot mean.
const OWN_CLASSES: [&str; 40] = [
    "admonition",
    "admonition-title",
    "align-center",
    "align-left",
    "align-right",
    "annotate-done",
    "arithmatex",
    "codehilite",
    "critic",
    "block",
    "comment",
    "break",
    "emojione",
    "filename",
    "footnote",
    "footnote-ref",
    "footnotes",
    "gemoji",
    "headerlink",
    "highlight",
    "keys",
    "linenums",
    "no-pygments",
    "progress-bar",
    "progress-label",
    "table-scroll",
    "tabbed-alternate",
    "tabbed-block",
    "tabbed-content",
    "tabbed-labels",
    "tabbed-set",
    "tab",
    "tabs",
    "task",
    "task-list",
    "task-list-control",
    "task-list-indicator",
    "task-list-item",
    "twemoji",
    "whole",
];

#[derive(Default)]
struct Shape {
    text: String,
    marks: Vec<String>,
    shown: BTreeSet<String>,
    verbatim: usize,
    /// Whether white space is due before the next word.
    space: bool,
}

impl Shape {
    fn finish(self) -> String {
        let lines = self.text.lines().map(str::trim_end);
        let lines: Vec<&str> = lines.filter(|it| !it.is_empty()).collect();
        lines.join("\n")
    }

    fn children(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.words(text),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child);
                    }
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.set_marks();
            self.text.push_str(text);
            return;
        }
        for (number, word) in text.split(|it: char| it.is_ascii_whitespace()).enumerate() {
            self.space |= number > 0;
            if word.is_empty() {
                continue;
            }
            self.put_space();
            self.set_marks();
            self.text.push_str(word);
        }
    }

    fn put_space(&mut self) {
        if std::mem::take(&mut self.space) && !self.text.ends_with(['\n', ' ']) {
            self.text.push(' ');
        }
    }

    /// Says how the words are marked from here on, where that changes.
    fn set_marks(&mut self) {
        let now: BTreeSet<String> = self.marks.iter().cloned().collect();
        if now != self.shown {
            let names: Vec<&str> = now.iter().map(String::as_str).collect();
            self.text.push('⟨');
            self.text.push_str(&names.join(", "));
            self.text.push('⟩');
            self.shown = now;
        }
    }

    /// Ends the line.
    fn line(&mut self) {
        self.space = false;
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        if !self.shown.is_empty() {
            self.text.push_str("⟨⟩");
            self.shown.clear();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn put(&mut self, line: &str) {
        self.line();
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let has = |class: &str| value.classes().any(|it| it == class);
        let name = value.name();
        if name == "a" && is_back(element) {
            return;
        }
        match name {
            "input" if value.attr("type") == Some("checkbox") => {
                let mark = if value.attr("checked").is_some() {
                    "☑ "
                } else {
                    "☐ "
                };
                self.words(mark);
            }
            "script" | "style" | "button" | "template" | "title" | "meta" | "link" | "input" => {}
            "br" => {
                self.words(" ");
                self.text.push('⏎');
                self.words(" ");
            }
            "hr" if element
                .parent()
                .and_then(ElementRef::wrap)
                .is_some_and(is_footnotes) => {}
            "hr" => self.put(&format!("---{}", attributes(element))),
            "img" => self.image(element),
            "figure" if has("code") => {
                self.line();
                self.children(element);
                self.line();
            }
            "figcaption" => self.block(element, "caption"),
            "span" if has("filename") => self.block(element, "caption"),
            "pre" => self.code(element),
            "code" | "kbd" | "em" | "strong" | "del" | "ins" | "mark" | "sub" | "sup" | "b"
            | "i" | "u" | "s" | "small" | "q" | "cite" | "var" | "samp" => {
                self.marked(element, format!("{name}{}", attributes(element)));
            }
            "abbr" | "a" => {
                let whole = format!("{name}{}", attributes(element));
                self.marked(element, whole);
            }
            "span" | "div" if has("arithmatex") => self.formula(element),
            "span" | "label" | "font" => {
                let given = attributes(element);
                if given.is_empty() {
                    self.children(element);
                } else {
                    self.marked(element, format!("span{given}"));
                }
            }
            "div" | "section" | "p" | "figure" | "nav" if is_footnotes(element) => {
                self.put("footnotes");
                self.children(element);
                self.put("/footnotes");
            }
            _ if has("tabbed-set") || has("tabs") => self.tabs(element),
            "div" if has("admonition") => self.block(element, "admonition"),
            "p" if has("admonition-title") => self.block(element, "title"),
            "summary" => self.block(element, "title"),
            "p" | "div" | "tbody" | "thead" | "tfoot" | "table" | "body" | "html" | "colgroup"
            | "col" => {
                let given = attributes(element);
                let name = if given.is_empty() { "" } else { name };
                if name.is_empty() && name != "table" {
                    self.line();
                    self.children(element);
                    self.line();
                } else {
                    self.block(element, name);
                }
            }
            _ => self.block(element, name),
        }
    }

    fn marked(&mut self, element: ElementRef<'_>, mark: String) {
        self.marks.push(mark);
        self.children(element);
        self.marks.pop();
    }

    fn block(&mut self, element: ElementRef<'_>, name: &str) {
        self.put(&format!("<{name}{}>", attributes(element)));
        self.children(element);
        self.put(&format!("</{name}>"));
    }

    /// A formula without what its script looks for; it may be for a script alone.
    fn formula(&mut self, element: ElementRef<'_>) {
        let all: String = element.text().collect();
        let script = element.children().filter_map(ElementRef::wrap);
        let script = script.filter(|it| it.value().name() == "script").last();
        let formula = script.map_or(all, |it| it.text().collect());
        let formula = formula.trim();
        let bare = [("\\(", "\\)"), ("\\[", "\\]")]
            .iter()
            .find_map(|(start, end)| formula.strip_prefix(start)?.strip_suffix(end));
        if element.value().name() == "div" {
            self.line();
        }
        self.words(bare.unwrap_or(formula));
        if element.value().name() == "div" {
            self.line();
        }
    }

    fn image(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let alt = value.attr("alt").unwrap_or_default();
        let is_emoji = value
            .classes()
            .any(|it| ["emojione", "twemoji", "gemoji"].contains(&it));
        if is_emoji {
            return self.words(alt);
        }
        self.put_space();
        self.set_marks();
        self.text.push_str("⟦img");
        self.text.push_str(&attributes(element));
        self.text.push('⟧');
    }

    fn code(&mut self, element: ElementRef<'_>) {
        let text: String = element.text().collect();
        self.put("<pre>");
        self.text.push_str(text.trim_end().trim_start_matches('\n'));
        self.put("</pre>");
    }

    /// Tabs of either program: the label of each, then what it shows.
    fn tabs(&mut self, element: ElementRef<'_>) {
        let named = |name: &'static str, element: ElementRef<'_>| {
            let children = element.children().filter_map(ElementRef::wrap);
            let found = children.filter(move |it| it.value().name() == name);
            found.map(|it| it.id()).collect::<Vec<_>>()
        };
        let of_class = |class: &str| {
            let children = element.children().filter_map(ElementRef::wrap);
            let mut found = children.filter(|it| it.value().classes().any(|it| it == class));
            found.next()
        };
        let (labels, bodies) = match (of_class("tabbed-labels"), of_class("tabbed-content")) {
            (Some(labels), Some(bodies)) => (named("label", labels), named("div", bodies)),
            _ => (named("label", element), named("div", element)),
        };
        self.put("<tabs>");
        let tree = element.tree();
        let at = |id| tree.get(id).and_then(ElementRef::wrap);
        for (label, body) in labels.into_iter().zip(bodies) {
            self.put("<tab>");
            label_and_body(self, at(label), at(body));
        }
        self.put("</tabs>");
    }
}

fn label_and_body(shape: &mut Shape, label: Option<ElementRef<'_>>, body: Option<ElementRef<'_>>) {
    if let Some(label) = label {
        shape.children(label);
    }
    shape.put("</tab>");
    if let Some(body) = body {
        shape.children(body);
    }
}

/// Whether a link only leads back, or to the heading that it stands in.
fn is_back(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let own = ["headerlink", "footnote-backref", "anchor"];
    value.classes().any(|it| own.contains(&it)) || value.attr("role") == Some("doc-backlink")
}

fn is_footnotes(element: ElementRef<'_>) -> bool {
    let value = element.value();
    value
        .classes()
        .any(|it| it == "footnote" || it == "footnotes")
        && matches!(value.name(), "div" | "section")
}

/// What an author gave to an element, in a fixed order.
fn attributes(element: ElementRef<'_>) -> String {
    let value = element.value();
    let mut found = BTreeSet::new();
    for (name, text) in value.attrs() {
        let is_kept = matches!(
            name,
            "href" | "src" | "alt" | "title" | "colspan" | "rowspan" | "start" | "open"
        ) || name == "id" && !text.starts_with("__") && !text.starts_with("tab-");
        // An empty alternative text and none read the same.
        if is_kept && !(text.is_empty() && matches!(name, "alt" | "title")) {
            // `open` and `open="open"` are the same.
            let text = if name == "open" { "" } else { text.trim() };
            found.insert(format!(" {name}={text}"));
        }
    }
    let classes = value.classes().filter(|it| {
        !OWN_CLASSES.contains(it)
            && !it.starts_with("language-")
            && !it.starts_with("key-")
            && !it.starts_with("magiclink")
            && !it.starts_with("tok")
            && !it.starts_with("hl-")
    });
    let classes: Vec<&str> = classes.collect();
    if !classes.is_empty() {
        found.insert(format!(" .{}", classes.join(".")));
    }
    found.into_iter().collect()
}
