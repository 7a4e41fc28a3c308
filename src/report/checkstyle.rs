//! Checkstyle XML, which many older viewers read.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Level};
use crate::files::FilePath;

use super::Report;
use super::escape::xml;
use super::place::Sources;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<checkstyle version=\"4.3\">")?;
    let mut file: Option<&FilePath> = None;
    for finding in report.findings {
        let path = &finding.primary.span.file;
        if file != Some(path) {
            if file.is_some() {
                writeln!(out, "  </file>")?;
            }
            writeln!(out, "  <file name=\"{}\">", xml(&report.path(path)))?;
            file = Some(path);
        }
        entry(&sources, finding, out)?;
    }
    if file.is_some() {
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

fn entry(sources: &Sources<'_>, finding: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let start = sources.region(&finding.primary.span).start;
    let severity = match finding.level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "info",
    };
    writeln!(
        out,
        "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"handbook.{}\"/>",
        start.line,
        start.column,
        xml(&finding.message),
        xml(finding.code.0),
    )
}
