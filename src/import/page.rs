//! The page with the severity table in, the same page with a link to the data out.

use std::ops::Range;

use super::passage::on_one_line;
use crate::book::Handbook;
use crate::book::page::Page;
use crate::markdown::{Cell, Document, LinkForm, Part, Row, Table};
use crate::policy::Text;
use crate::policy::criteria::Test;
use crate::policy::severity::Severity;
use crate::span::Span;
use crate::yaml::{self, Limits, Node};

/// A page whose severity table became a link.
pub(super) struct Linked {
    /// Where the table was.
    pub(super) table: Span,
    /// The new text of the page.
    pub(super) text: String,
}

/// The page with the severity table, which is now a link to the data in `severities`, a text of YAML. What
/// of the table is not in the data follows the link. `None` where no table tells of two severities.
pub(super) fn with_link(handbook: &Handbook, severities: &str) -> Option<Linked> {
    let (page, table) = table(handbook)?;
    let document = page.document();
    let text = handbook.text(&page.file)?;
    let span = document.span(table.place);
    let (before, rest) = text.split_at_checked(span.start)?;
    let written = rest.get(..span.end - span.start)?.trim_end();
    let after = &rest[written.len()..];
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    // What stands before the table on its line: the spaces of a list, the `>` of a quotation.
    let margin = &before[start..];
    let above = before[..start].trim_end_matches('\n').len() + 1 < start || start == 0;
    let mut new = String::from(&text[..start]);
    if !above {
        new.push_str(margin.trim_end());
        new.push('\n');
    }
    let paragraphs = paragraphs(handbook, page, table, severities).join("\n\n");
    for line in paragraphs.lines() {
        new.push_str(format!("{margin}{line}").trim_end());
        new.push('\n');
    }
    let after = after.strip_prefix('\n').unwrap_or(after);
    if !after.trim_start_matches([' ', '>']).starts_with('\n') && !after.is_empty() {
        new.push_str(margin.trim_end());
        new.push('\n');
    }
    new.push_str(after);
    Some(Linked {
        table: span,
        text: new,
    })
}

/// The table in which most severities are defined, two at least.
pub(super) fn table(handbook: &Handbook) -> Option<(&Page, &Table)> {
    let mut best = None;
    let mut most = 1;
    for page in &handbook.pages {
        for table in &page.document().tables {
            let place = page.document().span(table.place);
            let own = place.file == page.file;
            let inside = handbook
                .policy
                .severities
                .iter()
                .filter(|it| own && holds(&place, &it.span));
            let count = inside.count();
            if count > most {
                most = count;
                best = Some((page, table));
            }
        }
    }
    best
}

/// The words at the heads of its columns.
pub(super) fn heads(document: &Document, table: &Table) -> Vec<String> {
    let head = table.rows.iter().find(|it| is_head(it));
    let cells = head.map(|it| it.cells.as_slice()).unwrap_or_default();
    let words = cells.iter().map(|it| on_one_line(document.words(it.text)));
    words.collect()
}

fn is_head(row: &Row) -> bool {
    row.is_head || row.cells.len() > 1 && row.cells.iter().all(|it| it.is_header)
}

fn holds(outer: &Span, inner: &Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// The link, the cards where the table of the data shows less than they do, and what is not data.
fn paragraphs(handbook: &Handbook, page: &Page, table: &Table, severities: &str) -> Vec<String> {
    let up = "../".repeat(page.path.as_str().matches('/').count());
    let link = format!("{up}policy/severities.yml");
    let mut paragraphs = vec![format!("[Severity levels]({link})")];
    let policy = &handbook.policy;
    if policy.severities.iter().any(is_more_than_a_row) {
        for rank in &policy.written {
            let id = &policy.severities[*rank].id;
            let fragment = id.replace(' ', "%20");
            paragraphs.push(format!("[{}]({link}#{fragment})", id.value));
        }
    }
    paragraphs.extend(Remains::new(handbook, page, severities).of(table));
    paragraphs
}

/// Whether a severity has anything that only its card shows.
fn is_more_than_a_row(severity: &Severity) -> bool {
    let leaves = severity
        .when
        .as_ref()
        .map(|it| it.leaves())
        .unwrap_or_default();
    let has_words = leaves
        .iter()
        .any(|it| it.words.is_some() && matches!(it.test, Test::Metric(_)));
    let response = severity.response.as_ref();
    has_words
        || !severity.examples.is_empty()
        || !severity.aliases.is_empty()
        || response.is_some_and(|it| it.review.is_some() || it.authority.is_some())
}

/// Finds what of a table is not in the data.
struct Remains<'book> {
    handbook: &'book Handbook,
    page: &'book Page,
    /// Every text of the data, in bare words.
    carried: Vec<String>,
    /// The words that state times, in bare words.
    times: Vec<String>,
}

impl<'book> Remains<'book> {
    fn new(handbook: &'book Handbook, page: &'book Page, severities: &str) -> Self {
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

    /// What of a table is not in the data: a paragraph for each row without columns, then one list.
    fn of(&self, table: &Table) -> Vec<String> {
        let document = self.page.document();
        let heads = heads(document, table);
        let mut paragraphs = Vec::new();
        let mut items: Vec<(String, Vec<String>)> = Vec::new();
        for row in table.rows.iter().filter(|it| !is_head(it)) {
            let name = row
                .cells
                .first()
                .map_or_else(String::new, |it| self.inline(it.text));
            for (column, cell) in row.cells.iter().enumerate() {
                for words in self.left(row, cell) {
                    if row.cells.len() == 1 {
                        paragraphs.push(words);
                        continue;
                    }
                    let head = heads.get(column).filter(|it| column > 0 && !it.is_empty());
                    let words = head.map_or(words.clone(), |it| format!("{}: {words}", escape(it)));
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
        paragraphs
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

    /// The names of the severity that a row defines.
    fn names(&self, row: &Row) -> Vec<&'book Text> {
        let place = self.page.document().span(row.place);
        let severities = &self.handbook.policy.severities;
        let own = severities.iter().find(|it| holds(&place, &it.span));
        let mut names: Vec<&Text> = own
            .into_iter()
            .flat_map(|it| it.name.iter().chain(&it.aliases).chain([&it.id]))
            .collect();
        names.sort_by_key(|it| std::cmp::Reverse(it.len()));
        names
    }

    fn links(&self, part: Part) -> impl Iterator<Item = &'book crate::markdown::Link> {
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
