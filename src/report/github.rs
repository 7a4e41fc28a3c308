//! Workflow commands that GitHub shows as annotations beside the changed lines.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Level};

use super::Report;
use super::escape::visible;
use super::place::Sources;

/// GitHub shows ten annotations of each kind for a step and drops the rest without a word.
const SHOWN: usize = 10;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    let mut left_out = 0;
    for level in [Level::Error, Level::Warn] {
        let of_level = report.findings.iter().filter(|it| it.level == level);
        let of_level: Vec<&Diagnostic> = of_level.collect();
        left_out += of_level.len().saturating_sub(SHOWN);
        for finding in of_level.iter().take(SHOWN) {
            annotation(report, &sources, finding, out)?;
        }
    }
    let notes = report.findings.iter().filter(|it| it.level == Level::Info);
    let notes: Vec<&Diagnostic> = notes.collect();
    let shown = match left_out + notes.len().saturating_sub(SHOWN) {
        0 => SHOWN,
        _ => SHOWN - 1,
    };
    left_out += notes.len().saturating_sub(shown);
    for finding in notes.iter().take(shown) {
        annotation(report, &sources, finding, out)?;
    }
    if left_out > 0 {
        writeln!(out, "::notice::{left_out} more in the summary")?;
    }
    Ok(())
}

fn annotation(
    report: &Report<'_>,
    sources: &Sources<'_>,
    finding: &Diagnostic,
    out: &mut dyn Write,
) -> io::Result<()> {
    let command = match finding.level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "notice",
    };
    let span = &finding.primary.span;
    let region = sources.region(span);
    let path = property(&report.path(&span.file));
    let (line, end_line) = (region.start.line, region.end.line);
    write!(
        out,
        "::{command} file={path},line={line},endLine={end_line}"
    )?;
    if line == end_line {
        // Columns are only allowed where both ends are on one line.
        let (column, end_column) = (region.start.column, region.end.column);
        write!(out, ",col={column},endColumn={end_column}")?;
    }
    let title = property(finding.code.0);
    let mut text = visible(&finding.message).into_owned();
    for more in [&finding.why, &finding.help].into_iter().flatten() {
        text.push('\n');
        text.push_str(&visible(more));
    }
    writeln!(out, ",title={title}::{}", message(&text))
}

/// Escapes the text of a command (actions/toolkit, `core/src/command.ts`).
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    message(&visible(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}
