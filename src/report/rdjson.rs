//! Reviewdog's diagnostic format; columns count UTF-8 bytes from 1, as its definition says.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Level};
use crate::span::{Position, Span};

use super::place::Sources;
use super::{Report, write_json};

#[derive(Serialize)]
struct Whole<'a> {
    source: Source<'a>,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(rename = "relatedLocations", skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    let entries = report.findings.iter();
    let whole = Whole {
        source: Source { name: "handbook" },
        diagnostics: entries.map(|it| entry(report, &sources, it)).collect(),
    };
    write_json(&whole, out)
}

fn entry<'a>(report: &Report<'_>, sources: &Sources<'_>, finding: &'a Diagnostic) -> Entry<'a> {
    let mut message = finding.message.clone();
    for (name, more) in [("why", &finding.why), ("help", &finding.help)] {
        if let Some(text) = more {
            message = format!("{message}\n{name}: {text}");
        }
    }
    let suggestions = finding.fixes.iter().take(1).flat_map(|it| &it.edits);
    let suggestions = suggestions
        // A suggestion is about the file that the comment stands on.
        .filter(|(span, _)| span.file == finding.primary.span.file)
        .map(|(span, text)| Suggestion {
            range: range(sources, span),
            text,
        });
    let related = finding.labels.iter().map(|it| Related {
        message: &it.text,
        location: location(report, sources, &it.span),
    });
    Entry {
        message,
        location: location(report, sources, &finding.primary.span),
        severity: match finding.level {
            Level::Error => "ERROR",
            Level::Warn => "WARNING",
            Level::Info => "INFO",
        },
        code: Code {
            value: finding.code.0,
            url: report.address(finding.code),
        },
        suggestions: suggestions.collect(),
        related_locations: related.collect(),
    }
}

fn location(report: &Report<'_>, sources: &Sources<'_>, span: &Span) -> Location {
    Location {
        path: report.path(&span.file),
        range: range(sources, span),
    }
}

fn range(sources: &Sources<'_>, span: &Span) -> Range {
    let point = |position: Position| Point {
        line: position.line,
        column: position.column,
    };
    Range {
        start: point(sources.byte_position(span, span.start)),
        end: point(sources.byte_position(span, span.end.max(span.start))),
    }
}
