//! Quotations, and what was made into quotations: admonitions, foldable parts and tabs.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use crate::diagnostic::{Code, Level};
use crate::markdown::blocks::{Form, Opening};
use crate::markdown::document::{Admonition, AdmonitionForm, Attributes, BlockKind, Part, Place};
use crate::markdown::mkdocs::attribute_lists::List;
use crate::markdown::writer::{MAX_DEPTH, Writer};

/// A container without a body.
const EMPTY: Code = Code("content/empty-admonition");
/// A container without an end.
const NEVER_CLOSED: Code = Code("content/never-closed");

/// A quotation that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// A quotation of Markdown.
    Quote,
    /// A quotation that is too deep to be written.
    Deep,
    /// Nothing but what is in it.
    Bare,
    /// An element of HTML.
    Element {
        /// What ends it.
        end: &'static str,
    },
    /// A caption.
    Caption {
        /// The piece that its figure starts with.
        block: usize,
        /// The piece that it starts with itself.
        start: usize,
        /// Whether it goes before what it belongs to.
        is_above: bool,
        /// Its number, as long as that is yet to come.
        prefix: Option<String>,
    },
    /// Terms and what they mean.
    Definitions,
    /// An admonition and the like.
    Admonition {
        /// Its number.
        index: usize,
        /// What ends it.
        end: &'static str,
        /// Its title is yet to come.
        awaits_title: bool,
    },
    /// A tab.
    Tab {
        /// Its set, its number in it, and whether it is shown first.
        set: usize,
        /// Its number in the set.
        number: usize,
        /// Whether it is shown first.
        is_first: bool,
        /// Its title is yet to come.
        awaits_title: bool,
    },
}

impl Writer<'_, '_> {
    pub(crate) fn begin_quote(&mut self, kind: Option<BlockQuoteKind>, range: Range<usize>) {
        self.flush_bare();
        while self.openings.next_if(|it| it.at < range.start).is_some() {}
        let opening = self.openings.next_if(|it| it.at == range.start);
        let form = opening.as_ref().map(|it| it.form);
        self.close_tabs_before(form);
        if !matches!(form, Some(Form::Caption(_))) {
            self.output.before_block();
        }
        self.output.end_block();
        if self.containers.len() >= MAX_DEPTH {
            self.containers.push(Container::Deep);
            return;
        }
        match (opening, kind) {
            (Some(opening), _) => self.begin_ours(opening, range),
            (None, Some(kind)) => self.begin_alert(kind, range),
            (None, None) => {
                self.output.quotes += 1;
                self.output.html("<blockquote>\n");
                self.output.begin("blockquote");
                self.containers.push(Container::Quote);
            }
        }
    }

    fn begin_ours(&mut self, opening: Opening, range: Range<usize>) {
        if !opening.has_body {
            let message = "nothing belongs to this line".to_owned();
            let help = if opening.slashes > 0 {
                "write something between it and the line that ends it"
            } else {
                "indent the lines behind it by four spaces"
            };
            self.output
                .tell(EMPTY, Level::Warn, message, opening.place, help);
        }
        let is_change = matches!(opening.form, Form::Change { .. });
        if (opening.slashes > 0 || is_change) && !opening.is_closed {
            let message = if is_change {
                "this mark does not end in the block that it starts in"
            } else {
                "this block is never closed"
            };
            let help = if is_change {
                "let it end in the same list item or container"
            } else {
                "write as many slashes on a line of their own where it ends"
            };
            let place = opening.place;
            self.output
                .tell(NEVER_CLOSED, Level::Warn, message.to_owned(), place, help);
        }
        match opening.form {
            Form::Admonition(form) => self.begin_admonition(form, opening, range),
            Form::Tab { is_first, .. } => self.begin_tab(is_first, &opening),
            Form::Element { start, end } => {
                self.begin_element(start, start.trim_start_matches('<'), end, opening);
            }
            Form::Change { start, end } => self.begin_element(start, "div", end, opening),
            Form::List(..) => self.containers.push(Container::Bare),
            Form::Caption(caption) => self.begin_caption(caption, opening),
            Form::Definitions => {
                self.begin_element("<dl", "dl", "</dl>\n", opening);
                self.containers.pop();
                self.containers.push(Container::Definitions);
            }
        }
    }

    /// Starts an element of HTML that stands for `name` among those that are open.
    fn begin_element(
        &mut self,
        start: &'static str,
        name: &'static str,
        end: &'static str,
        opening: Opening,
    ) {
        self.output.block_tag(start, opening.place);
        let attributes = Attributes {
            id: opening.id,
            classes: opening.classes,
            others: opening.list.attributes.others,
        };
        let list = List {
            attributes,
            ..opening.list
        };
        self.put_list(Some(list), opening.place);
        self.output.html(">\n");
        self.output.begin(name);
        self.containers.push(Container::Element { end });
    }

    fn begin_admonition(&mut self, form: AdmonitionForm, opening: Opening, range: Range<usize>) {
        self.begin_annotated(&opening.classes, range.end);
        let index = self.output.document.admonitions.len();
        let kind = opening.classes.first().cloned().unwrap_or_default();
        let place = Place {
            start: opening.place.start,
            end: self.place_of_block(range).end.max(opening.place.end),
        };
        let (tag, end) = match form {
            AdmonitionForm::Folded | AdmonitionForm::Open => ("<details", "</details>\n"),
            _ => ("<div", "</div>\n"),
        };
        self.output.block_tag(tag, place);
        if let Some(id) = opening.id.as_deref()
            && self.output.take_id(id, place)
        {
            self.output.attribute("id", id);
        }
        self.output.classes(&opening.classes, "admonition");
        self.output.html(if form == AdmonitionForm::Open {
            " open>\n"
        } else {
            ">\n"
        });
        self.output.begin("div");
        self.output.admonitions.push(index);
        let heading = self.output.under();
        let has_words = self.starts_with_title(&opening);
        self.output.document.admonitions.push(Admonition {
            kind,
            classes: opening.classes,
            title: None,
            form,
            place,
            heading,
        });
        if !has_words && (opening.title.is_none() || end == "</details>\n") {
            let title = opening.default_title.as_deref();
            self.write_default_title(index, title, opening.kind_place, end);
        }
        self.containers.push(Container::Admonition {
            index,
            end,
            awaits_title: has_words,
        });
    }

    /// Whether the first paragraph of the container is its title.
    fn starts_with_title(&self, opening: &Opening) -> bool {
        let rest = &self.text.text[opening.at..];
        rest.strip_prefix("> ")
            .is_some_and(|it| it.starts_with(super::line::SENTINEL))
            && opening.title.is_some()
    }

    /// Without a title of its own, an admonition shows what kind it is.
    fn write_default_title(&mut self, index: usize, title: Option<&str>, place: Place, end: &str) {
        let kind = &self.output.document.admonitions[index].kind;
        let mut letters = kind.chars();
        let first = letters.next().map(char::to_uppercase);
        let of_kind: String = first.into_iter().flatten().chain(letters).collect();
        let title = title.unwrap_or(&of_kind);
        let is_details = end == "</details>\n";
        self.output.html(if is_details {
            "<summary>"
        } else {
            "<p class=\"admonition-title\">"
        });
        self.output.begin_block(BlockKind::Title, place);
        self.output.quiet += 1;
        let start = self.output.document.text.len();
        self.output.text(title, place);
        self.output.quiet -= 1;
        let part = self.output.document.text.since(start);
        self.output.document.admonitions[index].title = Some(part).filter(|it| !it.is_empty());
        self.output.end_block();
        self.output
            .html(if is_details { "</summary>\n" } else { "</p>\n" });
    }

    fn begin_alert(&mut self, kind: BlockQuoteKind, range: Range<usize>) {
        let kind = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let mark = self.text.text[range.clone()]
            .find("[!")
            .map_or(range.start, |it| range.start + it + 2);
        let kind_place = self.place(mark..(mark + kind.len()).min(range.end));
        let index = self.output.document.admonitions.len();
        let place = self.place_of_block(range);
        let heading = self.output.under();
        self.output.block_tag("<div", place);
        self.output.html(" class=\"admonition ");
        self.output.html(kind);
        self.output.html("\">\n");
        self.output.begin("div");
        self.output.admonitions.push(index);
        self.output.document.admonitions.push(Admonition {
            kind: kind.to_owned(),
            classes: vec![kind.to_owned()],
            title: None,
            form: AdmonitionForm::Alert,
            place,
            heading,
        });
        self.write_default_title(index, None, kind_place, "</div>\n");
        self.containers.push(Container::Admonition {
            index,
            end: "</div>\n",
            awaits_title: false,
        });
    }

    fn begin_tab(&mut self, is_first: bool, opening: &Opening) {
        let depth = self.containers.len();
        let (set, number) = if let Some((set, count, _)) = self.open_tabs.take() {
            (set, count + 1)
        } else {
            self.tab_sets += 1;
            self.output.html("<div class=\"tabs\">\n");
            self.output.begin("div");
            (self.tab_sets, 1)
        };
        let is_shown = is_first || number == 1 && !self.another_is_first(depth);
        let awaits_title = self.starts_with_title(opening);
        let tab = Container::Tab {
            set,
            number,
            is_first: is_shown,
            awaits_title,
        };
        if !awaits_title {
            self.begin_tab_label(set, number, is_shown);
            self.end_tab_label();
        }
        self.containers.push(tab);
    }

    /// Whether a later tab of the set that starts here asks to be shown first.
    fn another_is_first(&mut self, _depth: usize) -> bool {
        let mut later = self.openings.clone();
        let found = later.by_ref().take(32).find_map(|it| match it.form {
            Form::Tab {
                starts_set: true, ..
            } => Some(false),
            Form::Tab { is_first: true, .. } => Some(true),
            _ => None,
        });
        found.unwrap_or(false)
    }

    fn begin_tab_label(&mut self, set: usize, number: usize, is_shown: bool) {
        let id = format!("tab-{set}-{number}");
        self.output.taken.take(&id);
        self.output.html("<input type=\"radio\"");
        self.output.attribute("name", &format!("tab-{set}"));
        self.output.attribute("id", &id);
        self.output.html(if is_shown { " checked>" } else { ">" });
        self.output.html("<label");
        self.output.attribute("for", &id);
        self.output.html(">");
    }

    fn end_tab_label(&mut self) {
        self.output.html("</label>\n<div class=\"tab\">\n");
        self.output.begin("div");
    }

    /// Starts the title that the current paragraph is; `false` where it is none.
    pub(crate) fn begin_title(&mut self, place: Place) -> bool {
        match self.containers.last_mut() {
            Some(Container::Admonition {
                end, awaits_title, ..
            }) if *awaits_title => {
                *awaits_title = false;
                let tag = if *end == "</div>\n" {
                    "<p class=\"admonition-title\">"
                } else {
                    "<summary>"
                };
                self.output.html(tag);
            }
            Some(Container::Tab {
                set,
                number,
                is_first,
                awaits_title,
            }) if *awaits_title => {
                *awaits_title = false;
                let (set, number, is_first) = (*set, *number, *is_first);
                self.begin_tab_label(set, number, is_first);
            }
            _ => return false,
        }
        self.output.begin("summary");
        self.output.begin_block(BlockKind::Title, place);
        self.output.quiet += 1;
        true
    }

    /// Ends the title, whose words are `part`.
    pub(crate) fn end_title(&mut self, part: Part) {
        self.output.quiet -= 1;
        self.output.end_block();
        let was_open = self.output.end();
        match self.containers.last() {
            Some(Container::Admonition { index, end, .. }) => {
                self.output.document.admonitions[*index].title =
                    Some(part).filter(|it| !it.is_empty());
                let tag = if *end == "</div>\n" {
                    "</p>\n"
                } else {
                    "</summary>\n"
                };
                if was_open {
                    self.output.html(tag);
                }
            }
            Some(Container::Tab { .. }) => self.end_tab_label(),
            _ => {}
        }
    }

    pub(crate) fn end_quote(&mut self, _range: Range<usize>) {
        self.flush_bare();
        self.close_tabs_before(None);
        self.output.end_block();
        match self.containers.pop() {
            Some(Container::Quote) => {
                self.output.quotes -= 1;
                self.output.end_tag("</blockquote>\n");
            }
            Some(Container::Admonition { end, .. }) => {
                self.end_annotated();
                self.output.admonitions.pop();
                self.output.end_tag(end);
            }
            Some(Container::Tab {
                set,
                number,
                is_first,
                awaits_title,
            }) => {
                if awaits_title {
                    // Its title was taken for the term of a definition.
                    self.begin_tab_label(set, number, is_first);
                    self.end_tab_label();
                }
                self.output.end_tag("</div>\n");
                self.open_tabs = Some((set, number, self.containers.len()));
            }
            Some(Container::Element { end }) => self.output.end_tag(end),
            Some(Container::Definitions) => self.output.end_tag("</dl>\n"),
            Some(Container::Caption {
                block,
                start,
                is_above,
                prefix,
            }) => self.end_caption(block, start, is_above, prefix),
            Some(Container::Deep | Container::Bare) | None => {}
        }
    }

    /// Ends a set of tabs, unless what follows is one more of them.
    pub(crate) fn close_tabs_before(&mut self, next: Option<Form>) {
        let goes_on = matches!(
            next,
            Some(Form::Tab {
                starts_set: false,
                ..
            })
        );
        if self.open_tabs.is_some() && !goes_on {
            self.open_tabs = None;
            self.output.end_tag("</div>\n");
        }
    }
}
