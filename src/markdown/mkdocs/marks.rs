//! `==mark==`, `^^insert^^`, `~~delete~~`, `x^2^`, `H~2~O`, and critic marks: pairs that the parser leaves as text.

use std::ops::Range;

use crate::markdown::dialect::{Construct, Constructs};
use crate::markdown::inline::{Kind, Node, Style};
use crate::markdown::mkdocs::critic::{Ends, Mark};

/// Whether any mark can be in the text.
pub(crate) fn may_be_in(text: &str, constructs: Constructs) -> bool {
    let has = |construct| constructs.has(construct);
    let equals = has(Construct::Mark);
    let caret = has(Construct::Insert) || has(Construct::Superscript);
    let tilde = has(Construct::Delete) || has(Construct::Subscript);
    let critic = has(Construct::Critic);
    text.bytes().any(|it| match it {
        b'=' => equals,
        b'^' => caret,
        b'~' => tilde,
        b'{' => critic,
        _ => false,
    })
}

/// A critic mark that goes on in the next paragraph.
#[derive(Debug)]
pub(crate) struct Carried {
    style: Style,
    /// Where it ends.
    end: usize,
}

/// Finds the pairs in a line and puts their starts and ends between the words. What is `carried` into the line is
/// marked from its start on, and what is left in it goes on in the next one.
pub(crate) fn pair<'a>(
    mut nodes: Vec<Node<'a>>,
    text: &str,
    constructs: Constructs,
    carried: &mut Option<Carried>,
    ends: &mut Ends,
) -> Vec<Node<'a>> {
    let mut finder = Finder {
        constructs,
        frames: vec![Vec::new()],
        cuts: Vec::new(),
    };
    let Some((first, last)) = nodes.first().zip(nodes.last()) else {
        return nodes;
    };
    let (start, end) = (first.range.start, last.range.end);
    if let Some(carried) = carried.take().filter(|it| it.end >= start) {
        // A box to tick is the label of all that follows it.
        let index = usize::from(matches!(nodes[0].kind, Kind::Task(_)));
        nodes.insert(index, no_words(start));
        finder.wait(carried.style, index, start..start);
    }
    for (index, node) in nodes.iter().enumerate() {
        match node.kind {
            Kind::Words => finder.words(index, node.range.clone(), text),
            Kind::Start(_) | Kind::Link { .. } | Kind::Image { .. } => {
                finder.frames.push(Vec::new());
            }
            Kind::End(_) | Kind::LinkEnd | Kind::ImageEnd => {
                finder.frames.pop();
            }
            Kind::SoftBreak | Kind::HardBreak => finder.space(),
            _ => {}
        }
    }
    if let Some((style, mark)) = finder.unfinished(text)
        && let Some(found) = ends.end(mark, text, end)
    {
        *carried = Some(Carried { style, end: found });
        nodes.push(no_words(end));
        finder.close(style, nodes.len() - 1, end..end);
    }
    cut(nodes, finder.cuts)
}

/// Nothing, at a byte of the text.
fn no_words<'a>(at: usize) -> Node<'a> {
    Node {
        kind: Kind::Words,
        range: at..at,
        list: None,
    }
}

/// A mark that is half of a pair.
struct Cut {
    node: usize,
    range: Range<usize>,
    kinds: &'static [Kind<'static>],
}

/// A mark that waits for its other half.
#[derive(Clone)]
struct Opener {
    style: Style,
    node: usize,
    range: Range<usize>,
    /// Where the old half started, behind the arrow of `{~~old~>new~~}`.
    old: Option<(usize, Range<usize>)>,
}

struct Finder {
    constructs: Constructs,
    /// What waits, for each thing that we are in; at most one of each style.
    frames: Vec<Vec<Opener>>,
    cuts: Vec<Cut>,
}

impl Finder {
    /// Nothing raised or lowered has white space in it.
    fn space(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.retain(|it| !matches!(it.style, Style::Lower | Style::Upper));
        }
    }

    fn words(&mut self, node: usize, range: Range<usize>, text: &str) {
        let bytes = &text.as_bytes()[..range.end];
        let mut at = range.start;
        while at < range.end {
            let byte = bytes[at];
            let is_escaped = at > range.start && bytes[at - 1] == b'\\';
            if byte.is_ascii_whitespace() && !is_escaped {
                self.space();
            }
            let run = match byte {
                b'=' | b'^' | b'~' | b'+' | b'-' | b'<' => {
                    bytes[at..].iter().take_while(|it| **it == byte).count()
                }
                b'{' => self.critic_start(node, at, bytes),
                _ => 1,
            };
            match byte {
                b'{' => {}
                b'~' if run == 1
                    && bytes.get(at + 1) == Some(&b'>')
                    && self.waits(Style::Removed)
                    && !self.waits(Style::Instead) =>
                {
                    self.instead(node, at..at + 2);
                }
                _ if run == 2
                    && bytes.get(at + 2) == Some(&b'}')
                    && self.critic_end(node, at, byte) =>
                {
                    at += 1;
                }
                b'=' | b'^' | b'~' => self.run(node, at..at + run, text, byte, &range),
                _ => {}
            }
            at += run;
        }
    }

    /// A critic mark that waits for its end outside of all else.
    fn unfinished(&self, text: &str) -> Option<(Style, Mark)> {
        let [frame] = &self.frames[..] else {
            return None;
        };
        frame.iter().find_map(|it| {
            let carried = match it.style {
                Style::Added => Mark::Added,
                Style::Removed => Mark::Removed,
                Style::Noted => Mark::Noted,
                Style::Remark => Mark::Remark,
                _ => return None,
            };
            let is_whole =
                it.range.is_empty() || Mark::read(&text[it.range.start..]) == Some(carried);
            is_whole.then_some((it.style, carried))
        })
    }

    fn waits(&self, style: Style) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.iter().any(|it| it.style == style))
    }

    /// The start of a critic mark; how many bytes it takes.
    fn critic_start(&mut self, node: usize, at: usize, bytes: &[u8]) -> usize {
        if !self.constructs.has(Construct::Critic) {
            return 1;
        }
        let style = match bytes.get(at + 1..at + 3) {
            Some(b"++") => Style::Added,
            Some(b"--" | b"~~") => Style::Removed,
            Some(b"==") => Style::Noted,
            Some(b">>") => Style::Remark,
            _ => return 1,
        };
        self.wait(style, node, at..at + 3);
        3
    }

    fn critic_end(&mut self, node: usize, at: usize, byte: u8) -> bool {
        let style = match byte {
            b'+' => Style::Added,
            b'~' if self.waits(Style::Instead) => Style::Instead,
            b'-' | b'~' => Style::Removed,
            b'=' => Style::Noted,
            b'<' => Style::Remark,
            _ => return false,
        };
        self.close(style, node, at..at + 3)
    }

    /// The arrow in `{~~old~>new~~}` ends the old and starts the new.
    fn instead(&mut self, node: usize, range: Range<usize>) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let Some(index) = frame.iter().rposition(|it| it.style == Style::Removed) else {
            return;
        };
        let old = Some((frame[index].node, frame[index].range.clone()));
        frame.truncate(index);
        frame.push(Opener {
            style: Style::Instead,
            node,
            range,
            old,
        });
    }

    fn run(
        &mut self,
        node: usize,
        range: Range<usize>,
        text: &str,
        byte: u8,
        words: &Range<usize>,
    ) {
        let style = match (byte, range.len()) {
            (b'=', 2) => (Construct::Mark, Style::Marked),
            (b'^', 2) => (Construct::Insert, Style::Inserted),
            (b'^', 1) => (Construct::Superscript, Style::Upper),
            (b'~', 2) => (Construct::Delete, Style::Deleted),
            (b'~', 1) => (Construct::Subscript, Style::Lower),
            _ => return,
        };
        let (construct, style) = style;
        if !self.constructs.has(construct) {
            return;
        }
        let before = text[words.start..range.start].chars().next_back();
        let after = text[range.end..words.end].chars().next();
        let is_space = |it: Option<char>| it.is_some_and(char::is_whitespace);
        let starts_line = before.is_none() && text[..range.start].ends_with(['\n', ' ']);
        let ends_line = after.is_none() && text[range.end..].starts_with(['\n', ' ']);
        let start = self.start_of(style);
        if !is_space(before) && !starts_line && self.close(style, node, range.clone()) {
            if matches!(style, Style::Upper | Style::Lower)
                && let Some((_, start)) = start.filter(|it| it.0 == node)
            {
                self.cut_escapes(node, start..range.start, text);
            }
            return;
        }
        if !is_space(after) && !ends_line {
            self.wait(style, node, range);
        }
    }

    /// Where the mark that waits starts its words: the node, and the byte of the text.
    fn start_of(&self, style: Style) -> Option<(usize, usize)> {
        let mut frame = self.frames.last()?.iter();
        let opener = frame.find(|it| it.style == style)?;
        Some((opener.node, opener.range.end))
    }

    /// Takes out the backslashes that keep white space in what is raised or lowered.
    fn cut_escapes(&mut self, node: usize, words: Range<usize>, text: &str) {
        for (at, _) in text[words.clone()].match_indices("\\ ") {
            let at = words.start + at;
            self.cuts.push(Cut {
                node,
                range: at..at + 1,
                kinds: &[],
            });
        }
    }

    fn wait(&mut self, style: Style, node: usize, range: Range<usize>) {
        if let Some(frame) = self.frames.last_mut()
            && !frame.iter().any(|it| it.style == style)
        {
            frame.push(Opener {
                style,
                node,
                range,
                old: None,
            });
        }
    }

    fn close(&mut self, style: Style, node: usize, range: Range<usize>) -> bool {
        let Some(frame) = self.frames.last_mut() else {
            return false;
        };
        let Some(index) = frame.iter().rposition(|it| it.style == style) else {
            return false;
        };
        let opener = frame[index].clone();
        let is_empty = opener.node == node && opener.range.end == range.start;
        if is_empty && opener.old.is_none() {
            return false;
        }
        frame.truncate(index);
        let kinds = if let Some((node, range)) = opener.old {
            self.cuts.push(Cut {
                node,
                range,
                kinds: start(Style::Removed),
            });
            &[Kind::End(Style::Removed), Kind::Start(Style::Instead)]
        } else {
            start(style)
        };
        self.cuts.push(Cut {
            node: opener.node,
            range: opener.range,
            kinds,
        });
        self.cuts.push(Cut {
            node,
            range,
            kinds: end(style),
        });
        true
    }
}

/// A table of the starts and ends of all styles, so that a cut holds a reference.
macro_rules! halves {
    ($name:ident, $half:ident: $($style:ident)*) => {
        fn $name(style: Style) -> &'static [Kind<'static>] {
            match style {
                $(Style::$style => &[Kind::$half(Style::$style)],)*
            }
        }
    };
}

halves!(start, Start: Emphasis Strong Deleted Inserted Marked Lower Upper Removed Added Noted Remark Instead);
halves!(end, End: Emphasis Strong Deleted Inserted Marked Lower Upper Removed Added Noted Remark Instead);

/// Cuts the words at the marks.
fn cut(nodes: Vec<Node<'_>>, mut cuts: Vec<Cut>) -> Vec<Node<'_>> {
    if cuts.is_empty() {
        return nodes;
    }
    cuts.sort_by_key(|it| (it.node, it.range.start));
    let mut cuts = cuts.into_iter().peekable();
    let mut result = Vec::with_capacity(nodes.len() + cuts.len() * 2);
    for (index, node) in nodes.into_iter().enumerate() {
        let mut rest = node.range.clone();
        let mut was_cut = false;
        while let Some(cut) = cuts.next_if(|it| it.node == index) {
            was_cut = true;
            if cut.range.start > rest.start {
                result.push(Node {
                    kind: Kind::Words,
                    range: rest.start..cut.range.start,
                    list: None,
                });
            }
            for kind in cut.kinds {
                result.push(Node {
                    kind: kind.clone(),
                    range: cut.range.clone(),
                    list: None,
                });
            }
            rest.start = cut.range.end;
        }
        if !was_cut {
            result.push(node);
        } else if !rest.is_empty() {
            result.push(Node {
                kind: Kind::Words,
                range: rest,
                list: None,
            });
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let words = Node {
            kind: Kind::Words,
            range: 0..text.len(),
            list: None,
        };
        let nodes = pair(
            vec![words],
            text,
            crate::markdown::Dialect::native().constructs,
            &mut None,
            &mut Ends::default(),
        );
        let mut shown = String::new();
        for node in nodes {
            match node.kind {
                Kind::Start(style) => shown.extend(["<", style.element(), ">"]),
                Kind::End(style) => shown.push_str(style.end_tag()),
                _ => shown.push_str(&text[node.range]),
            }
        }
        shown
    }

    #[test]
    fn pairs_are_found() {
        let cases = [
            ("a ==b== c", "a <mark>b</mark> c"),
            ("==a ^^b^^==", "<mark>a <ins>b</ins></mark>"),
            ("==a ^^b== c^^", "<mark>a ^^b</mark> c^^"),
            ("x^2^ and H~2~O", "x<sup>2</sup> and H<sub>2</sub>O"),
            ("~~gone~~ ~5 to ~10", "<del>gone</del> ~5 to ~10"),
            ("a == b == c", "a == b == c"),
            ("a = b, c === d ===", "a = b, c === d ==="),
            ("====", "===="),
            ("{++new++} {--old--}", "<ins>new</ins> <del>old</del>"),
            ("{~~old~>new~~}", "<del>old</del><ins>new</ins>"),
            ("{==note==}{>>why<<}", "<mark>note</mark><span>why</span>"),
            ("{++open", "{++open"),
            ("2^10 and 3^4", "2^10 and 3^4"),
            ("x^a\\ b^ and ^a b^", "x<sup>a b</sup> and ^a b^"),
        ];
        for (text, expected) in cases {
            assert_eq!(show(text), expected, "{text:?}");
        }
    }
}
