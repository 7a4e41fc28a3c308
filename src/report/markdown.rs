//! A Markdown summary: for the page of a workflow run, or a comment on a change.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Level};

use super::escape::visible;
use super::place::Sources;
use super::{Report, location};

/// The most bytes a summary takes. GitHub drops a whole summary over 1 MiB (1024 KiB), so there is room
/// for what other steps write.
pub const SUMMARY_LIMIT: usize = 900 * 1024;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    let mut text = format!("### Handbook: {}\n", report.summary());
    if !report.findings.is_empty() {
        text.push_str("\n| | Rule | Where | What | What to do |\n|---|---|---|---|---|\n");
    }
    let mut shown = 0;
    for finding in report.findings {
        let row = row(report, &sources, finding);
        if text.len() + row.len() + 200 > SUMMARY_LIMIT {
            break;
        }
        text.push_str(&row);
        shown += 1;
    }
    let left_out = report.findings.len() - shown;
    if left_out > 0 {
        text = format!("{text}\n{left_out} more are left out here.\n");
    }
    for note in report.notes {
        text = format!("{text}\n{}\n", inline(note));
    }
    out.write_all(text.as_bytes())
}

fn row(report: &Report<'_>, sources: &Sources<'_>, finding: &Diagnostic) -> String {
    let level = match finding.level {
        Level::Error => "\u{274c} error",
        Level::Warn => "\u{26a0}\u{fe0f} warning",
        Level::Info => "\u{2139}\u{fe0f} note",
    };
    let rule = match report.address(finding.code) {
        Some(address) => format!("[`{}`]({address})", finding.code),
        None => format!("`{}`", finding.code),
    };
    let place = code(&location(report, sources, &finding.primary.span));
    let what = inline(&finding.message);
    let help = finding.help.as_deref().map(inline).unwrap_or_default();
    format!("| {level} | {rule} | {place} | {what} | {help} |\n")
}

/// Text that Markdown shows as it is, except that words between backticks stay code.
fn inline(text: &str) -> String {
    let visible = visible(text);
    let mut parts = visible.split('`');
    let mut written = plain(parts.next().unwrap_or_default());
    while let Some(inside) = parts.next() {
        if let Some(after) = parts.next() {
            written.push_str(&code(inside));
            written.push_str(&plain(after));
        } else {
            written.push_str("\\`");
            written.push_str(&plain(inside));
        }
    }
    written
}

/// A code span that fits a table cell.
fn code(text: &str) -> String {
    let visible = visible(text).replace('`', "'").replace('|', "\\|");
    if visible.trim().is_empty() {
        return visible;
    }
    format!("`{visible}`")
}

fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '&' => written.push_str("&amp;"),
            // A mention or a reference would notify people or link away.
            '@' | '#' => written.extend([letter, '\u{2060}']),
            '\\' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => {
                written.push('\\');
                written.push(letter);
            }
            letter => written.push(letter),
        }
    }
    written
}
