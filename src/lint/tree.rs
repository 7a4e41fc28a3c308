//! A block of code that draws a decision in, its questions and the severities that they lead to out.
//!
//! Trees of lines (`├─ YES → SEV-1`) and flow charts in Mermaid are read.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::markdown::{Code, Document};
use crate::span::Span;

use super::subject::Subject;

/// From how many questions on a way is not followed: no person follows it either.
const LONGEST: usize = 50;

/// A decision with its outcomes.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// What is asked.
    pub(super) questions: Vec<Question>,
    /// Where it ends in a severity.
    pub(super) ends: Vec<End>,
    /// The ranks of all severities that it names, in whatever way.
    pub(super) named: BTreeSet<usize>,
}

/// A question, and the answer that leads to it.
#[derive(Debug)]
pub(super) struct Question {
    /// Its words.
    pub(super) text: String,
    /// Where they are written.
    pub(super) span: Span,
    /// The question before it, and whether that was answered with yes; `None` for the first.
    pub(super) before: Option<(usize, bool)>,
}

/// A severity at the end of a way.
#[derive(Debug)]
pub(super) struct End {
    /// Its rank in the scale.
    pub(super) rank: usize,
    /// Where it is written.
    pub(super) span: Span,
    /// The last question, and whether it was answered with yes.
    pub(super) before: (usize, bool),
}

/// The decisions that a page draws, each with at least two outcomes.
pub(super) fn trees(subject: &Subject<'_>, document: &Document) -> Vec<Tree> {
    let read = |code: &Code| match code.language.as_deref() {
        Some("mermaid") => Some(chart(subject, document, code)),
        None | Some("text" | "txt" | "plain" | "plaintext") => Some(lines(subject, document, code)),
        _ => None,
    };
    let drawn = |code: &Code| {
        let mut tree = read(code).filter(|it| it.ends.len() > 1)?;
        let lines = document.words(code.text).lines();
        let named = lines.filter_map(|it| subject.severity_in(it));
        tree.named = named.map(|it| it.0).collect();
        Some(tree)
    };
    document.codes.iter().filter_map(drawn).collect()
}

impl Tree {
    /// The questions that are answered with yes on the way to an end, the last first.
    pub(super) fn agreed(&self, end: &End) -> Vec<&Question> {
        let mut agreed = Vec::new();
        let mut next = Some(end.before);
        for _ in 0..LONGEST {
            let Some((at, is_yes)) = next else { break };
            let question = &self.questions[at];
            if is_yes {
                agreed.push(question);
            }
            next = question.before;
        }
        agreed
    }
}

/// A tree whose answers are indented under their questions.
fn lines(subject: &Subject<'_>, document: &Document, code: &Code) -> Tree {
    let mut tree = Tree::default();
    // The questions that are open, with how far they are indented.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for line in document.words(code.text).split_inclusive('\n') {
        let from = start;
        start += line.len();
        let Some(indent) = line.find(char::is_alphanumeric) else {
            continue;
        };
        let words = line[indent..].trim_end();
        let place = |range: Range<usize>| {
            let part = code.text.within(from + range.start..from + range.end);
            document.span_of(part)
        };
        let answer = answer(words);
        while answer.is_some() && open.last().is_some_and(|it| it.1 >= indent) {
            open.pop();
        }
        let before = open
            .last()
            .map(|it| it.0)
            .zip(answer.as_ref().map(|it| it.0));
        let at = indent + answer.as_ref().map_or(0, |it| it.1);
        let rest = line[at..].trim_end();
        if let Some(mark) = rest.find('?') {
            if answer.is_none() {
                open.clear();
            }
            let range = at..=at + mark;
            tree.questions.push(Question {
                text: line[range.clone()].to_owned(),
                span: place(*range.start()..*range.end() + 1),
                before,
            });
            open.push((tree.questions.len() - 1, indent));
        } else if let (Some((rank, range)), Some(before)) = (subject.severity_in(rest), before) {
            tree.ends.push(End {
                rank,
                span: place(at + range.start..at + range.end),
                before,
            });
        }
    }
    tree
}

/// Whether a line starts with yes or no, and where the words behind it start.
fn answer(words: &str) -> Option<(bool, usize)> {
    let length = words.find(|it: char| !it.is_alphabetic())?;
    let is_yes = match words[..length].to_lowercase().as_str() {
        "yes" | "y" => true,
        "no" | "n" | "otherwise" | "else" => false,
        _ => return None,
    };
    let behind = words[length..].find(|it: char| it.is_alphanumeric())?;
    Some((is_yes, length + behind))
}

/// A node of a flow chart.
struct Node {
    text: String,
    span: Span,
}

/// A flow chart: `A{Is data lost?} -->|Yes| B[SEV-1]`.
fn chart(subject: &Subject<'_>, document: &Document, code: &Code) -> Tree {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let mut arrows: Vec<Arrow> = Vec::new();
    let mut start = 0;
    for line in document.words(code.text).split_inclusive('\n') {
        let from = start;
        start += line.len();
        let Some(arrow) = line.find("-->") else {
            continue;
        };
        let (left, right) = (&line[..arrow], &line[arrow + 3..]);
        let (left, said) = left.split_once("--").unwrap_or((left, ""));
        let shift = right.len() - right.trim_start().len();
        let labelled = right.trim_start().strip_prefix('|');
        let labelled = labelled.and_then(|it| Some((it, it.find('|')?)));
        let said = labelled.map_or(said, |(it, end)| &it[..end]);
        let behind = labelled.map_or(0, |(_, end)| shift + end + 2);
        let mut node = |text: &str, at: usize| -> Option<String> {
            let (id, label) = node(text)?;
            if let Some(label) = label {
                let part = code.text.within(at + label.start..at + label.end);
                let words = text[label].replace("<br>", " ").replace("<br/>", " ");
                let span = document.span_of(part);
                nodes
                    .entry(id.clone())
                    .or_insert(Node { text: words, span });
            }
            Some(id)
        };
        let ends = node(left, from).zip(node(&right[behind..], from + arrow + 3 + behind));
        let said = said.trim().trim_matches('"').to_lowercase();
        if let Some((one, other)) = ends {
            arrows.push((one, other, said.starts_with('y')));
        }
    }
    follow(subject, nodes, &arrows)
}

/// The name of a node and where its words stand: `B` and `Is it?` in `B{"Is it?"}`.
fn node(text: &str) -> Option<(String, Option<Range<usize>>)> {
    let start = text.find(|it: char| it.is_alphanumeric())?;
    let length = text[start..].find(|it: char| !it.is_alphanumeric() && it != '_');
    let end = length.map_or(text.len(), |it| start + it);
    let marks = ['[', ']', '{', '}', '(', ')', '"', ' ', '\n', '\r', ';'];
    let label = text[end..].trim_start_matches(marks);
    let from = text.len() - label.len();
    let is_labelled = text[end..].trim_start().starts_with(['[', '{', '(']);
    let until = text[from..].find([']', '}', ')', '"']).map(|it| from + it);
    let label = until.filter(|_| is_labelled).map(|it| from..it);
    Some((text[start..end].to_owned(), label))
}

/// An arrow: from which node, to which, and whether it stands for a yes.
type Arrow = (String, String, bool);

fn follow(subject: &Subject<'_>, nodes: BTreeMap<String, Node>, arrows: &[Arrow]) -> Tree {
    let mut tree = Tree::default();
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let mut ends = Vec::new();
    let left: HashSet<&str> = arrows.iter().map(|it| it.0.as_str()).collect();
    let mut into: HashMap<&str, Vec<&Arrow>> = HashMap::new();
    for arrow in arrows {
        into.entry(&arrow.1).or_default().push(arrow);
    }
    let into = |id: &String| into.get(id.as_str()).map_or(&[][..], Vec::as_slice);
    for (id, node) in nodes {
        let is_last = !left.contains(id.as_str());
        if let Some((rank, _)) = subject.severity_in(&node.text).filter(|_| is_last) {
            ends.push((id, rank, node.span));
            continue;
        }
        asked.insert(id, tree.questions.len());
        tree.questions.push(Question {
            text: node.text,
            span: node.span,
            before: None,
        });
    }
    for (id, at) in &asked {
        let first = into(id)
            .iter()
            .find_map(|it| Some((*asked.get(&it.0)?, it.2)));
        tree.questions[*at].before = first.filter(|it| it.0 != *at);
    }
    for (id, rank, span) in ends {
        for arrow in into(&id) {
            let Some(from) = asked.get(&arrow.0) else {
                continue;
            };
            tree.ends.push(End {
                rank,
                span: span.clone(),
                before: (*from, arrow.2),
            });
        }
    }
    tree
}
