//! The page with the severity table in, the same page with a link to the data out.

use super::passage::on_one_line;
use super::remains::Remains;
use super::{Own, ShownTable};
use crate::book::Handbook;
use crate::book::page::Page;
use crate::markdown::{Document, Row, Table};
use crate::policy::criteria::Test;
use crate::policy::severity::Severity;
use crate::span::Span;

/// The page that tells of the severities, with a link to the data in `severities`, a text of YAML. `None` where
/// no page tells of two.
pub(super) fn with_link(handbook: &Handbook, severities: &str) -> Option<(ShownTable, String)> {
    match table(handbook) {
        Some((page, table)) => instead(handbook, page, table, severities),
        None => above(handbook),
    }
}

/// The page with a link where its table was. What of the table is not in the data follows the link; where that is
/// much, the table itself.
fn instead(
    handbook: &Handbook,
    page: &Page,
    table: &Table,
    severities: &str,
) -> Option<(ShownTable, String)> {
    let span = page.document().span(table.place);
    let text = handbook.text(&page.file)?;
    let place = span.start..end_of(text, span.end);
    let written = text.get(place)?.trim_end();
    // From the end of its last line on.
    let after = &text[span.start + written.len()..];
    let start = text[..span.start].rfind('\n').map_or(0, |it| it + 1);
    // What stands before the table on its line: the spaces of a list, the `>` of a quotation.
    let margin = &text[start..span.start];
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = String::from(&text[..start]);
    if !new.lines().next_back().is_none_or(is_blank) {
        new.extend([margin.trim_end(), end]);
    }
    let link = address(page);
    let mut paragraphs = vec![format!("[Severity levels]({link})")];
    let remains = Remains::new(handbook, page, severities).of(table);
    let is_kept = remains.is_none();
    if let Some(remains) = remains {
        paragraphs.extend(cards(handbook, &link));
        paragraphs.extend(remains);
    }
    let mut lines = Vec::new();
    for paragraph in &paragraphs {
        lines.extend(paragraph.lines().map(|it| format!("{margin}{it}")));
        lines.push(margin.trim_end().to_owned());
    }
    let is_apart = after.lines().nth(1).is_none_or(is_blank);
    if is_apart && !is_kept {
        lines.pop();
    }
    new.push_str(&lines.join(end));
    if is_kept {
        new.extend([end, &text[start..]]);
    } else {
        new.push_str(after);
    }
    let own = if is_kept { Own::Table } else { Own::Replaced };
    Some((ShownTable { place: span, own }, new))
}

/// The page that tells of most severities in sections or a list, with a link above the first of them.
fn above(handbook: &Handbook) -> Option<(ShownTable, String)> {
    let severities = &handbook.policy.severities;
    let told = |page: &Page| {
        severities
            .iter()
            .filter(|it| it.span.file == page.file)
            .count()
    };
    let pages = handbook.pages.iter().rev();
    let page = pages.max_by_key(|it| told(it)).filter(|it| told(it) > 1)?;
    let spans = severities.iter().map(|it| &it.span);
    let first = spans
        .filter(|it| it.file == page.file)
        .min_by_key(|it| it.start)?;
    let text = handbook.text(&page.file)?;
    let start = start_of(text, first.start);
    let (before, after) = text.split_at(start);
    let margin_end = after.find(|it: char| !matches!(it, ' ' | '\t' | '>'))?;
    if after[margin_end..].starts_with('<') {
        return None;
    }
    let margin = &after[..margin_end];
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let link = format!("{margin}[Severity levels]({})", address(page));
    let is_apart = before.lines().next_back().is_none_or(is_blank);
    let gap = if is_apart { "" } else { end };
    let new = [before, gap, &link, end, margin.trim_end(), end, after].concat();
    let place = first.clone();
    Some((
        ShownTable {
            place,
            own: Own::Words,
        },
        new,
    ))
}

/// Where the lines begin that are one block with a place, after an empty line.
fn start_of(text: &str, place: usize) -> usize {
    let mut start = text[..place].rfind('\n').map_or(0, |it| it + 1);
    while start > 0 && !text[start..].starts_with('#') {
        let above = text[..start - 1].rfind('\n').map_or(0, |it| it + 1);
        let line = &text[above..start];
        if is_blank(line.trim_end()) || line.starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// Whether a line says nothing, but that it is part of a quotation.
fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '\t', '>']).is_empty()
}

/// The link from a page to the data.
fn address(page: &Page) -> String {
    let up = "../".repeat(page.path.as_str().matches('/').count());
    format!("{up}policy/severities.yml")
}

/// Where a table ends that has words up to a place: behind its end tag, where it has one.
fn end_of(text: &str, end: usize) -> usize {
    const TAG: &str = "</table>";
    let rest = &text[end..];
    let space = rest.len() - rest.trim_start().len();
    let tag = rest.trim_start().get(..TAG.len());
    if tag.is_some_and(|it| it.eq_ignore_ascii_case(TAG)) {
        return end + space + TAG.len();
    }
    end
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
                best = Some((&**page, table));
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

/// Whether a row holds the heads of columns.
pub(super) fn is_head(row: &Row) -> bool {
    row.is_head || row.cells.len() > 1 && row.cells.iter().all(|it| it.is_header)
}

/// Whether one place is inside another.
pub(super) fn holds(outer: &Span, inner: &Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// A link for each severity, where any has something that only its card shows.
fn cards(handbook: &Handbook, link: &str) -> Vec<String> {
    let policy = &handbook.policy;
    if !policy.severities.iter().any(is_more_than_a_row) {
        return Vec::new();
    }
    let severities = policy
        .written
        .iter()
        .map(|it| &policy.severities[*it].id.value);
    severities
        .map(|id| format!("[{id}]({link}#{})", id.replace(' ', "%20")))
        .collect()
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
