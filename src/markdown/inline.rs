//! A line of Markdown as a list of nodes, which constructs of their own may still change before it is written.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::markdown::mkdocs::attribute_lists::{self, List};

/// A part of a line.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    /// What it is.
    pub(crate) kind: Kind<'a>,
    /// Where it is in the prepared text.
    pub(crate) range: Range<usize>,
    /// The attribute list behind it; for what has an end, at its start.
    pub(crate) list: Option<Box<List>>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Kind<'a> {
    /// The words at its range.
    Words,
    /// Words that are written otherwise, or that mean only themselves.
    Text(CowStr<'a>),
    /// Code.
    Code(CowStr<'a>),
    /// A raw tag or comment.
    Html,
    /// The start of emphasis and the like.
    Start(Style),
    /// Its end.
    End(Style),
    /// The start of a link.
    Link {
        /// How it is written.
        kind: LinkType,
        /// Where it leads.
        destination: CowStr<'a>,
        /// What shows on hover, or nothing.
        title: CowStr<'a>,
        /// The label of a reference.
        label: CowStr<'a>,
    },
    /// Its end.
    LinkEnd,
    /// The start of an image, with the same fields.
    Image {
        /// How it is written.
        kind: LinkType,
        /// Where it is.
        source: CowStr<'a>,
        /// What shows on hover, or nothing.
        title: CowStr<'a>,
        /// The label of a reference.
        label: CowStr<'a>,
    },
    /// Its end.
    ImageEnd,
    /// A line end.
    SoftBreak,
    /// A line end that stays.
    HardBreak,
    /// A reference to a footnote.
    Note(CowStr<'a>),
    /// A box to tick.
    Task(bool),
    /// A formula, on its own or in a line.
    Formula(CowStr<'a>),
}

/// What emphasis is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `*a*`.
    Emphasis,
    /// `**a**`.
    Strong,
    /// `~~a~~`.
    Deleted,
    /// `^^a^^`.
    Inserted,
    /// `==a==`.
    Marked,
    /// `~a~`.
    Lower,
    /// `^a^`.
    Upper,
    /// `{--a--}`.
    Removed,
    /// `{++a++}`.
    Added,
    /// `{==a==}`.
    Noted,
    /// `{>>a<<}`.
    Remark,
    /// The new half of `{~~a~>b~~}`.
    Instead,
}

impl Style {
    /// The element that it becomes.
    pub(crate) fn element(self) -> &'static str {
        match self {
            Self::Emphasis => "em",
            Self::Strong => "strong",
            Self::Deleted | Self::Removed => "del",
            Self::Inserted | Self::Added | Self::Instead => "ins",
            Self::Marked | Self::Noted => "mark",
            Self::Lower => "sub",
            Self::Upper => "sup",
            Self::Remark => "span",
        }
    }

    /// The class that tells critic marks from others.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Removed | Self::Added | Self::Instead | Self::Noted => "critic",
            Self::Remark => "critic comment",
            _ => "",
        }
    }

    /// Its end tag.
    pub(crate) fn end_tag(self) -> &'static str {
        match self.element() {
            "em" => "</em>",
            "strong" => "</strong>",
            "del" => "</del>",
            "ins" => "</ins>",
            "mark" => "</mark>",
            "sub" => "</sub>",
            "sup" => "</sup>",
            _ => "</span>",
        }
    }
}

/// Whether an event is part of a line.
pub(crate) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image
        ),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

/// Adds an event to a line; words that follow one another in the text become one node. A backslash before a
/// `literal` character stays.
pub(crate) fn add<'a>(
    nodes: &mut Vec<Node<'a>>,
    event: Event<'a>,
    range: Range<usize>,
    text: &str,
    literal: &[bool; 128],
) {
    let kind = match event {
        Event::Text(words) => return add_text(nodes, words, range, text, literal),
        Event::Code(code) => Kind::Code(code),
        Event::InlineMath(formula) | Event::DisplayMath(formula) => Kind::Formula(formula),
        Event::InlineHtml(_) => Kind::Html,
        Event::SoftBreak => Kind::SoftBreak,
        Event::HardBreak => Kind::HardBreak,
        Event::FootnoteReference(label) => Kind::Note(label),
        Event::TaskListMarker(done) => Kind::Task(done),
        Event::Start(Tag::Emphasis) => Kind::Start(Style::Emphasis),
        Event::Start(Tag::Strong) => Kind::Start(Style::Strong),
        Event::Start(Tag::Link {
            link_type: kind,
            dest_url: destination,
            title,
            id: label,
        }) => Kind::Link {
            kind,
            destination,
            title,
            label,
        },
        Event::Start(Tag::Image {
            link_type: kind,
            dest_url: source,
            title,
            id: label,
        }) => Kind::Image {
            kind,
            source,
            title,
            label,
        },
        Event::End(TagEnd::Emphasis) => Kind::End(Style::Emphasis),
        Event::End(TagEnd::Strong) => Kind::End(Style::Strong),
        Event::End(TagEnd::Link) => Kind::LinkEnd,
        Event::End(TagEnd::Image) => Kind::ImageEnd,
        _ => return,
    };
    nodes.push(Node {
        kind,
        range,
        list: None,
    });
}

fn add_text<'a>(
    nodes: &mut Vec<Node<'a>>,
    words: CowStr<'a>,
    mut range: Range<usize>,
    text: &str,
    literal: &[bool; 128],
) {
    if text.get(range.clone()) != Some(&*words) {
        nodes.push(Node {
            kind: Kind::Text(words),
            range,
            list: None,
        });
        return;
    }
    let is_escaped = range.start > 0 && text.as_bytes()[range.start - 1] == b'\\';
    let first = usize::from(words.as_bytes().first().copied().unwrap_or_default());
    if is_escaped && literal.get(first) == Some(&true) {
        range.start -= 1;
    }
    let last = nodes.last_mut();
    let follows = last.as_ref().is_some_and(|it| it.range.end == range.start);
    if let Some(last) = last.filter(|it| follows && matches!(it.kind, Kind::Words)) {
        last.range.end = range.end;
        return;
    }
    let is_escaped = !follows && range.start > 0 && text.as_bytes()[range.start - 1] == b'\\';
    let first = text[range.clone()].chars().next();
    if let Some(first) = first.filter(|_| is_escaped) {
        let end = range.start + first.len_utf8();
        let kind = Kind::Text(first.into());
        nodes.push(Node {
            kind,
            range: range.start..end,
            list: None,
        });
        range.start = end;
    }
    if !range.is_empty() {
        nodes.push(Node {
            kind: Kind::Words,
            range,
            list: None,
        });
    }
}

/// Gives attribute lists to what stands before them.
pub(crate) fn take_lists(nodes: &mut [Node<'_>], text: &str) {
    let mut starts = Vec::new();
    for index in 0..nodes.len() {
        let owner = match nodes[index].kind {
            Kind::Start(_) | Kind::Link { .. } | Kind::Image { .. } => {
                starts.push(index);
                continue;
            }
            Kind::End(_) | Kind::LinkEnd | Kind::ImageEnd => starts.pop(),
            Kind::Code(_) => Some(index),
            _ => None,
        };
        let Some(owner) = owner else { continue };
        let Some(next) = nodes.get_mut(index + 1) else {
            return;
        };
        if !matches!(next.kind, Kind::Words) {
            continue;
        }
        let Some((list, length)) = attribute_lists::read(&text[next.range.clone()]) else {
            continue;
        };
        next.range.start += length;
        nodes[owner].list = Some(Box::new(list));
    }
}

/// Makes one link of `[words] [label]`, as Python-Markdown reads it; the label alone is a link already. A line may
/// end between the two.
pub(crate) fn join_spaced(nodes: &mut [Node<'_>], text: &str) {
    for index in 1..nodes.len().saturating_sub(2) {
        let [link, words, end] = &nodes[index..index + 3] else {
            return;
        };
        let is_label = matches!(
            link.kind,
            Kind::Link {
                kind: LinkType::Shortcut,
                ..
            }
        ) && matches!((&words.kind, &end.kind), (Kind::Words, Kind::LinkEnd));
        let is_break = matches!(nodes[index - 1].kind, Kind::SoftBreak);
        let Some(before) = index.checked_sub(1 + usize::from(is_break)) else {
            continue;
        };
        let range = nodes[before].range.clone();
        let is_words = matches!(nodes[before].kind, Kind::Words) && is_label;
        let found = is_words.then(|| opening_bracket(&text[range.clone()], is_break));
        let Some((open, close)) = found.flatten() else {
            continue;
        };
        nodes[index + 1].range = range.start + open + 1..range.start + close;
        nodes[before].range.end = range.start + open;
        nodes[index].range.start = range.start + open;
        if is_break {
            // The line end is none of the words.
            nodes[index - 1].kind = Kind::Text(CowStr::Borrowed(""));
        }
    }
}

/// Where the brackets start and end that a text ends with, before one space or before a line end.
fn opening_bracket(text: &str, is_break: bool) -> Option<(usize, usize)> {
    let end = if is_break { "]" } else { "] " };
    let inside = text.strip_suffix(end)?;
    let open = inside.rfind(['[', ']'])?;
    let before = inside[..open].bytes().next_back();
    let is_plain = !matches!(before, Some(b'!' | b'\\' | b']'));
    let is_open = is_plain && inside[open..].starts_with('[') && open + 1 < inside.len();
    is_open.then_some((open, inside.len()))
}

/// Takes the attribute list of a paragraph, which is its last line.
pub(crate) fn take_line_list(nodes: &mut Vec<Node<'_>>, text: &str) -> Option<List> {
    let [.., before, last] = &nodes[..] else {
        return None;
    };
    if !matches!((&before.kind, &last.kind), (Kind::SoftBreak, Kind::Words)) {
        return None;
    }
    let words = text[last.range.clone()].trim();
    let (found, length) = attribute_lists::read(words)?;
    if length < words.len() {
        return None;
    }
    nodes.truncate(nodes.len() - 2);
    Some(found)
}

/// Takes the marks off that close a heading, where a list of attributes stood behind them.
pub(crate) fn trim_closing(nodes: &mut [Node<'_>], text: &str) {
    let Some(last) = nodes.last_mut().filter(|it| matches!(it.kind, Kind::Words)) else {
        return;
    };
    let words = text[last.range.clone()].trim_end();
    let bare = words.trim_end_matches('#');
    if bare.len() < words.len() && bare.ends_with([' ', '\t']) {
        last.range.end = last.range.start + bare.trim_end().len();
    }
}

/// How many braces may open where an attribute list ends.
const MOST_BRACES: usize = 8;

/// Takes the attribute list at the end of a heading or a cell.
pub(crate) fn take_end_list(nodes: &mut Vec<Node<'_>>, text: &str) -> Option<List> {
    let last = nodes
        .last_mut()
        .filter(|it| matches!(it.kind, Kind::Words))?;
    let words = text[last.range.clone()].trim_end();
    if !words.ends_with('}') {
        return None;
    }
    // A value may hold braces of its own.
    let mut starts = words.rmatch_indices('{').take(MOST_BRACES);
    let (start, found) = starts.find_map(|(start, _)| {
        let (found, length) = attribute_lists::read(&words[start..])?;
        (start + length == words.len()).then_some((start, found))
    })?;
    let before = words[..start].trim_end();
    if before.len() == start && start > 0 {
        return None;
    }
    last.range.end = last.range.start + before.len();
    if last.range.is_empty() {
        nodes.pop();
    }
    Some(found)
}
