//! A table and its data in, what of the table is not in the data out.

use std::ops::Range;

use super::page::{heads, holds, is_head};
use super::passage::on_one_line;
use crate::book::Handbook;
use crate::book::page::Page;
use crate::markdown::{Cell, Document, Link, LinkForm, Part, Row, Table};
use crate::policy::Text;
use crate::policy::severity::Severity;
use crate::yaml::{self, Limits, Node};

/// Finds what of a table is not in the data.
pub(super) struct Remains<'book> {
    handbook: &'book Handbook,
    page: &'book Page,
    /// Every text of the data, in bare words.
    carried: Vec<String>,
    /// The words that state times, in bare words.
    times: Vec<String>,
}

impl<'book> Remains<'book> {
    /// For a table of `page`, the data of which is the YAML in `severities`.
    pub(super) fn new(handbook: &'book Handbook, page: &'book Page, severities: &str) -> Self {
        let (yaml, _) = yaml::parse(&page.file, severities, 0, Limits::FILE);
        let mut carried = Vec::new();
        let mut open: Vec<&Node> = yaml.root.iter().collect();
        while let Some(node) = open.pop() {
            carried.extend(node.text().map(bare));
            open.extend(node.items());
            open.extend(node.entries().iter().map(|it| &it.value));
        }
        let mut times = Vec::new();
        for response in handbook
            .policy
            .severities
            .iter()
            .filter_map(|it| it.response.as_ref())
        {
            let updates = response.updates.iter().map(|it| &it.every);
            for target in response.targets().map(|(_, it)| it).chain(updates) {
                let span = &target.time.span;
                let text = handbook
                    .text(&span.file)
                    .and_then(|it| it.get(span.range()));
                times.extend(
                    text.filter(|_| target.time.value.quantity().is_some())
                        .map(bare),
                );
            }
        }
        times.sort_by_key(|it| std::cmp::Reverse(it.len()));
        Self {
            handbook,
            page,
            carried,
            times,
        }
    }

    /// What of a table is not in the data: a paragraph for each row without columns, then one list. `None`
    /// where that is more than a line for each row.
    pub(super) fn of(&self, table: &Table) -> Option<Vec<String>> {
        let heads = heads(self.page.document(), table);
        let mut paragraphs = Vec::new();
        let mut items: Vec<(String, Vec<String>)> = Vec::new();
        let mut count = 0;
        let body = table.rows.iter().filter(|it| !is_head(it));
        for row in body.clone() {
            let name = self.name(row);
            for (column, cell) in row.cells.iter().enumerate() {
                for words in self.left(row, cell) {
                    count += 1;
                    if column == 0 {
                        paragraphs.push(words);
                        continue;
                    }
                    let head = heads.get(column).filter(|it| !it.is_empty());
                    let head = head.map_or_else(String::new, |it| format!("{}: ", escape(it)));
                    let words = format!("{head}{words}");
                    match items.iter_mut().find(|(it, _)| *it == words) {
                        Some((_, names)) => names.push(name.clone()),
                        None => items.push((words, vec![name.clone()])),
                    }
                }
            }
        }
        let lines: Vec<String> = items
            .into_iter()
            .map(|(words, names)| format!("- {}, {words}", names.join(", ")))
            .collect();
        if !lines.is_empty() {
            paragraphs.push(lines.join("\n"));
        }
        (count <= body.count()).then_some(paragraphs)
    }

    /// What a row is about: the severity that it defines, else its first cell.
    fn name(&self, row: &Row) -> String {
        match (self.severity(row), row.cells.first()) {
            (Some(severity), _) => escape(&severity.id),
            (None, Some(cell)) => self.inline(cell.text),
            (None, None) => String::new(),
        }
    }

    /// The severity that a row defines.
    fn severity(&self, row: &Row) -> Option<&'book Severity> {
        let place = self.page.document().span(row.place);
        let severities = &self.handbook.policy.severities;
        severities.iter().find(|it| holds(&place, &it.span))
    }

    /// What of a cell is not in the data, each part as Markdown of one line.
    fn left(&self, row: &Row, cell: &Cell) -> Vec<String> {
        let document = self.page.document();
        let mut left: Vec<String> = parts(document, cell)
            .into_iter()
            .filter(|it| {
                self.links(*it).next().is_some() || !self.is_carried(row, document.words(*it))
            })
            .map(|it| self.inline(it))
            .collect();
        let inside = |it: &Range<usize>| {
            cell.place.range().start <= it.start && it.end <= cell.place.range().end
        };
        let images = document
            .images
            .iter()
            .filter(|it| inside(&it.place.range()));
        left.extend(images.map(|it| {
            let alt = escape(it.alt.as_deref().unwrap_or_default());
            format!("![{alt}]({})", it.source)
        }));
        left
    }

    fn is_carried(&self, row: &Row, words: &str) -> bool {
        /// Words that only lead to a time or a name.
        const SMALL: [&str; 14] = [
            "within", "in", "every", "at", "most", "up", "to", "less", "than", "under", "the", "a",
            "max", "of",
        ];
        let words = bare(words);
        if self.carried.iter().any(|it| it.contains(&words)) {
            return true;
        }
        let mut rest = words;
        for known in self
            .names(row)
            .iter()
            .map(|it| bare(it))
            .chain(self.times.iter().cloned())
        {
            rest = rest.replace(&known, " ");
        }
        rest.split_whitespace().all(|it| SMALL.contains(&it))
    }

    /// The names of the severity that a row defines, the longest first.
    fn names(&self, row: &Row) -> Vec<&'book Text> {
        let own = self.severity(row).into_iter();
        let mut names: Vec<&Text> = own
            .flat_map(|it| it.name.iter().chain(&it.aliases).chain([&it.id]))
            .collect();
        names.sort_by_key(|it| std::cmp::Reverse(it.len()));
        names
    }

    fn links(&self, part: Part) -> impl Iterator<Item = &'book Link> {
        let links = self.page.document().links.iter();
        links.filter(move |it| {
            !it.text.is_empty() && part.start <= it.text.start && it.text.end <= part.end
        })
    }

    /// Words as Markdown of one line, with what is code or a link there.
    fn inline(&self, part: Part) -> String {
        let document = self.page.document();
        let inside = |it: &&Part| part.start <= it.start && it.end <= part.end;
        let codes = document.code_words.iter().filter(inside);
        let mut marks: Vec<(Part, String)> = codes
            .map(|it| (*it, format!("`{}`", document.words(*it))))
            .collect();
        marks.extend(self.links(part).map(|it| {
            let words = escape(document.words(it.text));
            let link = match it.form {
                LinkForm::Html => format!(
                    "<a href=\"{}\">{words}</a>",
                    it.destination.replace('"', "&quot;")
                ),
                _ => format!("[{words}](<{}>)", it.destination),
            };
            (it.text, link)
        }));
        marks.sort_by_key(|(it, _)| (it.start, std::cmp::Reverse(it.end)));
        let mut line = String::new();
        let mut start = part.start;
        for (mark, written) in marks {
            if mark.start >= start {
                line.push_str(&escape(document.words(Part {
                    start,
                    end: mark.start,
                })));
                line.push_str(&written);
                start = mark.end;
            }
        }
        line.push_str(&escape(document.words(Part {
            start,
            end: part.end,
        })));
        on_one_line(&line)
    }
}

/// The list items of a cell and the lines between them.
fn parts(document: &Document, cell: &Cell) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = cell.text.start;
    let ends = cell.items.iter().copied();
    let last = Part {
        start: cell.text.end,
        end: cell.text.end,
    };
    for item in ends.chain([last]) {
        let between = Part {
            start,
            end: item.start,
        };
        let mut at = 0;
        for line in document.words(between).split_inclusive('\n') {
            parts.push(between.within(at..at + line.len()));
            at += line.len();
        }
        parts.push(item);
        start = item.end.max(start);
    }
    parts.retain(|it| !document.words(*it).trim().is_empty());
    parts
}

/// Letters and digits in small letters, a space before, between and behind the words.
fn bare(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|it: char| !it.is_alphanumeric());
    let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Plain words as Markdown.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
