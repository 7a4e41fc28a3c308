//! GitLab Code Quality: one JSON array.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Level;

use super::{Report, fingerprints, write_json};

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Range,
}

#[derive(Serialize)]
struct Range {
    begin: usize,
    end: usize,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    // GitLab shows only the first of two entries with one fingerprint; ours are all different.
    let prints = fingerprints(report.files, report.findings);
    let entries = report.findings.iter().zip(prints).map(|(finding, print)| {
        let region = sources.region(&finding.primary.span);
        let description = match &finding.help {
            Some(help) => format!("{} ({help})", finding.message),
            None => finding.message.clone(),
        };
        Entry {
            description,
            check_name: finding.code.0,
            fingerprint: print.digits(),
            severity: match finding.level {
                Level::Error => "major",
                Level::Warn => "minor",
                Level::Info => "info",
            },
            location: Location {
                path: report.path(&finding.primary.span.file),
                lines: Range {
                    begin: region.start.line,
                    end: region.end.line,
                },
            },
        }
    });
    let entries: Vec<Entry<'_>> = entries.collect();
    write_json(&entries, out)
}
