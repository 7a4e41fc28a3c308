//! JSON, whole or a line a finding. The shape stays: fields are only ever added.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Fix, Label, Level, Safety};
use crate::span::Span;

use super::escape;
use super::place::Sources;
use super::{Report, fingerprints, write_json};

#[derive(Serialize)]
struct Whole<'a> {
    version: u8,
    summary: Summary,
    findings: Vec<Finding<'a>>,
    suppressed: Vec<Excused<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    files: usize,
    fixable: usize,
    suppressed: usize,
    in_baseline: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<Place<'a>>,
    why: Option<&'a str>,
    help: Option<&'a str>,
    fixes: Vec<Change<'a>>,
    anchor: &'a str,
    fingerprint: String,
}

#[derive(Serialize)]
struct Excused<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    reason: &'a str,
}

/// Lines and columns count from 1, columns in characters; the end is after the last character.
#[derive(Serialize)]
struct Place<'a> {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

#[derive(Serialize)]
struct Change<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    let excused = report.suppressed.iter().map(|it| &it.diagnostic);
    let excused = findings(report, &sources, excused)
        .into_iter()
        .zip(report.suppressed)
        .map(|(finding, it)| Excused {
            finding,
            reason: &it.reason,
        });
    let whole = Whole {
        version: 1,
        summary: Summary {
            errors: report.count(Level::Error),
            warnings: report.count(Level::Warn),
            notes: report.count(Level::Info),
            files: report.checked.len(),
            fixable: report.fixable(),
            suppressed: report.suppressed.len(),
            in_baseline: report.in_baseline,
        },
        findings: findings(report, &sources, report.findings),
        suppressed: excused.collect(),
        notes: report.notes,
    };
    write_json(&whole, out)
}

pub(super) fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in findings(report, &report.sources(), report.findings) {
        let text = serde_json::to_string(&finding)?;
        writeln!(out, "{}", escape::json(&text))?;
    }
    Ok(())
}

fn findings<'a>(
    report: &Report<'_>,
    sources: &Sources<'_>,
    diagnostics: impl IntoIterator<Item = &'a Diagnostic> + Clone,
) -> Vec<Finding<'a>> {
    let prints = fingerprints(report.files, diagnostics.clone());
    let finding = |(diagnostic, print): (&'a Diagnostic, super::Fingerprint)| Finding {
        rule: diagnostic.code.0,
        level: diagnostic.level.name(),
        message: &diagnostic.message,
        place: labelled(report, sources, &diagnostic.primary),
        labels: diagnostic
            .labels
            .iter()
            .map(|it| labelled(report, sources, it))
            .collect(),
        why: diagnostic.why.as_deref(),
        help: diagnostic.help.as_deref(),
        fixes: diagnostic
            .fixes
            .iter()
            .map(|it| change(report, sources, it))
            .collect(),
        anchor: &diagnostic.anchor,
        fingerprint: print.digits(),
    };
    diagnostics.into_iter().zip(prints).map(finding).collect()
}

fn labelled<'a>(report: &Report<'_>, sources: &Sources<'_>, label: &'a Label) -> Place<'a> {
    Place {
        label: &label.text,
        ..place(report, sources, &label.span)
    }
}

fn place<'a>(report: &Report<'_>, sources: &Sources<'_>, span: &Span) -> Place<'a> {
    let region = sources.region(span);
    Place {
        file: report.path(&span.file),
        line: region.start.line,
        column: region.start.column,
        end_line: region.end.line,
        end_column: region.end.column,
        label: "",
    }
}

fn change<'a>(report: &Report<'_>, sources: &Sources<'_>, fix: &'a Fix) -> Change<'a> {
    let edit = |(span, text): &'a (Span, String)| Edit {
        place: place(report, sources, span),
        text,
    };
    Change {
        title: &fix.title,
        safe: fix.safety == Safety::Safe,
        edits: fix.edits.iter().map(edit).collect(),
    }
}
