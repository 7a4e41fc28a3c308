//! Azure Pipelines logging commands; it knows errors and warnings, a note is a plain line.

use std::io::{self, Write};

use crate::diagnostic::Level;

use super::escape::{harmless, visible};
use super::{Report, location};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    for finding in report.findings {
        let span = &finding.primary.span;
        let message = visible(&finding.message);
        let kind = match finding.level {
            Level::Error => "error",
            Level::Warn => "warning",
            Level::Info => {
                let place = location(report, &sources, span);
                let line = format!("info: {place}: {message} [{}]", finding.code);
                writeln!(out, "{}", harmless(&line))?;
                continue;
            }
        };
        let start = sources.region(span).start;
        writeln!(
            out,
            "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={}]{}",
            escaped(&report.path(&span.file)),
            start.line,
            start.column,
            escaped(finding.code.0),
            harmless(&message.replace('%', "%AZP25")),
        )?;
    }
    Ok(())
}

/// Escapes the value of a property (azure-pipelines-agent, `docs/preview/outputvariable.md`).
fn escaped(text: &str) -> String {
    harmless(&visible(text))
        .replace('%', "%AZP25")
        .replace(';', "%3B")
        .replace(']', "%5D")
}
