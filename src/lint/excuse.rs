//! Comments that excuse findings: `handbook: allow(rule) reason: … until=2027-03-31`.
//!
//! A comment covers a node, never a line: in Markdown the block that it stands in or before (with
//! `allow-section` the section of a heading), in YAML the entry or list item that it stands in or before.

use jiff::civil::Date;
use std::collections::HashSet;

use crate::book::Handbook;
use crate::book::page::Page;
use crate::diagnostic::{Diagnostic, Suppressed};
use crate::files::FilePath;
use crate::span::{Span, Spanned};
use crate::yaml::{self, Limits, Node};

use super::levels::Levels;
use super::rules;
use super::subject::Subject;

/// One comment that excuses findings of one rule.
pub(super) struct Excuse {
    /// The rule as written.
    pub(super) rule: Spanned<String>,
    /// Why; a comment without a reason excuses nothing.
    pub(super) reason: Option<String>,
    /// The last day on which it holds, as written.
    pub(super) until: Option<Spanned<String>>,
    /// The whole comment.
    pub(super) comment: Span,
    /// What it covers.
    pub(super) covers: Span,
    /// What to take out to remove the comment, its line included where nothing else stands on it.
    pub(super) removal: Span,
}

/// A comment that was read, before it is known what it covers.
struct Reading {
    rules: Vec<Spanned<String>>,
    reason: Option<String>,
    until: Option<Spanned<String>>,
    is_section: bool,
}

/// Parts the findings into those that stand and those that are excused, and adds what is odd about the
/// excuses themselves.
pub(super) fn apply(
    subject: &Subject<'_>,
    levels: &Levels<'_>,
    findings: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    let excuses = all(subject);
    let mut used = vec![false; excuses.len()];
    let mut standing = Vec::new();
    let mut suppressed = Vec::new();
    for finding in findings {
        let excuse = excuses
            .iter()
            .position(|it| it.holds_for(&finding, subject.today));
        match excuse {
            None => standing.push(finding),
            Some(index) => {
                used[index] = true;
                suppressed.push(Suppressed {
                    diagnostic: finding,
                    reason: excuses[index].reason.clone().unwrap_or_default(),
                    comment: excuses[index].comment.clone(),
                });
            }
        }
    }
    let mut odd = Vec::new();
    for (excuse, used) in excuses.iter().zip(used) {
        odd.extend(oddity(excuse, used, subject.today, levels));
    }
    levels.apply(&mut odd);
    standing.append(&mut odd);
    (standing, suppressed)
}

/// What is wrong with an excuse itself.
fn oddity(
    excuse: &Excuse,
    is_used: bool,
    today: Option<Date>,
    levels: &Levels<'_>,
) -> Option<Diagnostic> {
    let Some(rule) = rules::find(&excuse.rule) else {
        return Some(rules::suppress::unknown_rule::unknown(
            &excuse.rule,
            &excuse.rule.span,
        ));
    };
    if excuse.reason.is_none() {
        return Some(rules::suppress::missing_reason::missing(excuse));
    }
    if excuse.is_expired(today) {
        return Some(rules::suppress::expired::expired(excuse));
    }
    let is_needless = !is_used && levels.is_on(rule.code, &excuse.comment.file);
    is_needless.then(|| rules::suppress::unused::unused(excuse))
}

impl Excuse {
    fn holds_for(&self, finding: &Diagnostic, today: Option<Date>) -> bool {
        let span = &finding.primary.span;
        finding.code.family() != "suppress"
            && span.file == self.covers.file
            && span.start >= self.covers.start
            && span.start < self.covers.end.max(self.covers.start + 1)
            && self.reason.is_some()
            && !self.is_expired(today)
            && rules::find(&self.rule).is_some_and(|it| it.code == finding.code)
    }

    /// Whether its last day is before `today`.
    pub(super) fn is_expired(&self, today: Option<Date>) -> bool {
        let last = self.until.as_ref().and_then(|it| it.parse::<Date>().ok());
        last.zip(today).is_some_and(|(last, today)| last < today)
    }
}

fn all(subject: &Subject<'_>) -> Vec<Excuse> {
    let handbook = subject.handbook;
    let mut excuses = Vec::new();
    for page in &handbook.pages {
        of_page(handbook, page, &mut excuses);
    }
    // A part of several pages is read with each of them.
    let mut seen = HashSet::new();
    excuses.retain(|it| seen.insert((it.comment.clone(), it.rule.span.clone())));
    let settings = handbook.settings.file.iter();
    for file in handbook.policy_files.iter().chain(settings) {
        if let Some(text) = handbook.text(file) {
            of_yaml(file, text, 0, Limits::FILE, &mut excuses);
        }
    }
    excuses
}

fn of_page(handbook: &Handbook, page: &Page, excuses: &mut Vec<Excuse>) {
    let document = page.document();
    if let Some(matter) = &document.front_matter {
        of_yaml(
            &page.file,
            &matter.text,
            matter.offset,
            Limits::FRONT_MATTER,
            excuses,
        );
    }
    for comment in &document.comments {
        let span = document.span(comment.place);
        let text = handbook.text_around(page, &span);
        let written = text.get(span.range()).unwrap_or_default();
        let Some(reading) = read(&comment.text, written, &span) else {
            continue;
        };
        let covers = if reading.is_section {
            section(page, text, &span)
        } else {
            block(page, &span)
        };
        let removal = removal(text, &span);
        add(reading, &span, &covers, &removal, excuses);
    }
}

fn add(reading: Reading, comment: &Span, covers: &Span, removal: &Span, excuses: &mut Vec<Excuse>) {
    for rule in reading.rules {
        excuses.push(Excuse {
            rule,
            reason: reading.reason.clone(),
            until: reading.until.clone(),
            comment: comment.clone(),
            covers: covers.clone(),
            removal: removal.clone(),
        });
    }
}

/// The block that holds the comment, else the next one; a row of a table, or the table after it.
fn block(page: &Page, comment: &Span) -> Span {
    let document = page.document();
    for table in &document.tables {
        let row = table.rows.iter().map(|it| document.span(it.place));
        let around = row.into_iter().find(|it| holds(it, comment));
        if let Some(row) = around {
            return row;
        }
    }
    let blocks = document.blocks.iter().map(|it| document.span(it.place));
    let blocks: Vec<Span> = blocks.filter(|it| it.file == comment.file).collect();
    if let Some(inner) = blocks
        .iter()
        .filter(|it| holds(it, comment))
        .max_by_key(|it| it.start)
    {
        return inner.clone();
    }
    let next = blocks
        .iter()
        .filter(|it| it.start >= comment.end)
        .min_by_key(|it| it.start);
    let tables = document.tables.iter().map(|it| document.span(it.place));
    let mut tables = tables.filter(|it| it.start >= comment.end);
    match (next, tables.next()) {
        (Some(next), Some(table)) if table.start <= next.start => table,
        (Some(next), _) => next.clone(),
        (None, _) => comment.clone(),
    }
}

fn holds(outer: &Span, inner: &Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// The section of the heading that follows the comment at once, else of the one that it stands under.
fn section(page: &Page, text: &str, comment: &Span) -> Span {
    let document = page.document();
    let headings = document.headings.iter();
    let starts: Vec<(usize, u8)> = headings
        .map(|it| (document.span(it.place), it.level))
        .filter(|(span, _)| span.file == comment.file)
        .map(|(span, level)| (span.start, level))
        .collect();
    let is_next = |start: usize| {
        let between = text.get(comment.end..start);
        between.is_some_and(|it| it.trim().is_empty())
    };
    let heading = starts
        .iter()
        .position(|(start, _)| *start >= comment.end && is_next(*start))
        .or_else(|| starts.iter().rposition(|(start, _)| *start < comment.start));
    let Some(heading) = heading else {
        return Span::new(
            &comment.file,
            0..starts.first().map_or(text.len(), |it| it.0),
        );
    };
    let (start, level) = starts[heading];
    let next = starts[heading + 1..]
        .iter()
        .find(|(_, other)| *other <= level);
    Span::new(&comment.file, start..next.map_or(text.len(), |it| it.0))
}

fn of_yaml(file: &FilePath, text: &str, offset: usize, limits: Limits, excuses: &mut Vec<Excuse>) {
    if !text.contains("allow(") {
        return;
    }
    let (tree, _) = yaml::parse(file, text, offset, limits);
    for comment in &tree.comments {
        let words = comment.value.trim_start_matches('#');
        let Some(reading) = read(words, &comment.value, &comment.span) else {
            continue;
        };
        let covers = tree
            .root
            .as_ref()
            .and_then(|it| node(it, text, offset, &comment.span));
        let covers = covers.unwrap_or_else(|| comment.span.clone());
        let local = Span::new(file, comment.span.start - offset..comment.span.end - offset);
        let removal = removal(text, &local);
        let removal = Span::new(file, removal.start + offset..removal.end + offset);
        add(reading, &comment.span, &covers, &removal, excuses);
    }
}

/// The outermost entry or item that starts on the comment's line before it, else the next one after it.
fn node(root: &Node, text: &str, offset: usize, comment: &Span) -> Option<Span> {
    let before = text.get(..comment.start - offset)?;
    let line = before.rfind('\n').map_or(0, |it| it + 1) + offset;
    let mut nodes = Vec::new();
    collect(root, &mut nodes);
    let longest = |span: &&Span| (std::cmp::Reverse(span.start), span.end);
    let on_line = nodes
        .iter()
        .filter(|it| it.start >= line && it.start < comment.start);
    let after = nodes.iter().filter(|it| it.start >= comment.end);
    on_line
        .max_by_key(longest)
        .or_else(|| after.max_by_key(longest))
        .cloned()
}

/// Every entry, from its key to the end of its value, and every item of a list.
fn collect(root: &Node, spans: &mut Vec<Span>) {
    let mut waiting = vec![root];
    while let Some(next) = waiting.pop() {
        for entry in next.entries() {
            let end = entry.value.span.end.max(entry.key.span.end);
            spans.push(Span::new(&entry.key.span.file, entry.key.span.start..end));
            waiting.push(&entry.value);
        }
        for item in next.items() {
            spans.push(item.span.clone());
            waiting.push(item);
        }
    }
}

/// The comment with the line that it stands on alone, or with the spaces before it.
fn removal(text: &str, comment: &Span) -> Span {
    let before = &text[..comment.start];
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let after = &text[comment.end..];
    let rest = after.find('\n').map_or(after, |it| &after[..it]);
    let spaces = before.len() - before.trim_end_matches([' ', '\t']).len();
    if before.len() - spaces == line && rest.trim().is_empty() {
        let end = comment.end + rest.len() + usize::from(after.len() > rest.len());
        return Span::new(&comment.file, line..end);
    }
    Span::new(&comment.file, comment.start - spaces..comment.end)
}

/// Reads the words of a comment; `None` where they are about something else. `written` is the comment
/// with its marks, for the places in it.
fn read(words: &str, written: &str, span: &Span) -> Option<Reading> {
    let rest = words.trim().strip_prefix("handbook:")?.trim_start();
    let is_section = rest.starts_with("allow-section");
    let rest = rest
        .strip_prefix("allow-section")
        .or_else(|| rest.strip_prefix("allow"))?;
    let (names, rest) = rest.trim_start().strip_prefix('(')?.split_once(')')?;
    let place = |words: &str| {
        let start = written.find(words).unwrap_or_default();
        Span::new(
            &span.file,
            span.start + start..span.start + start + words.len(),
        )
    };
    let names = names.split(',').map(str::trim).filter(|it| !it.is_empty());
    let rules = names.map(|it| Spanned::new(it.to_owned(), place(it)));
    let (before, until) = match rest.split_once("until=") {
        Some((before, after)) => (before, after.split_whitespace().next()),
        None => (rest, None),
    };
    let after = until
        .and_then(|it| rest.split_once(it))
        .map_or("", |(_, after)| after);
    let reason = format!("{} {}", before.trim(), after.trim());
    let reason = reason.trim().strip_prefix("reason:").map(str::trim);
    Some(Reading {
        rules: rules.collect(),
        reason: reason.filter(|it| !it.is_empty()).map(str::to_owned),
        until: until.map(|it| Spanned::new(it.to_owned(), place(it))),
        is_section,
    })
}
