//! Diagnostics in, a report in one of many formats out.

mod agent;
mod azure;
mod checkstyle;
mod escape;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod place;
mod rdjson;
mod sarif;
mod text;

use std::fmt;
use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Level, Rule, Safety, Suppressed};
use crate::files::{FilePath, Files};
use crate::span::Span;

pub use escape::visible;
pub use fingerprint::{Fingerprint, fingerprints};
pub use markdown::SUMMARY_LIMIT;

use place::Sources;

/// What is to be told, and what a format may need to tell it.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The files that the spans point into.
    pub files: &'a Files,
    /// The findings, in the order in which they are told.
    pub findings: &'a [Diagnostic],
    /// Findings that the handbook excuses.
    pub suppressed: &'a [Suppressed],
    /// The rules that were checked, in the order of their names.
    pub rules: &'a [Rule],
    /// The pages and policy files that were checked, in order.
    pub checked: &'a [FilePath],
    /// The folder of the handbook as the reader sees it, without a `/` at its end; empty where the
    /// reader stands in it. It comes before every path.
    pub folder: &'a str,
    /// How many findings the baseline holds back.
    pub in_baseline: usize,
    /// How long it took; `None` keeps it out of the report.
    pub elapsed: Option<Duration>,
    /// More to say under the summary, a line each.
    pub notes: &'a [String],
    /// The address of the rule pages, to which the rule's name is added; `None` makes no links.
    pub rules_address: Option<&'a str>,
    /// The revision that was checked, where it is known.
    pub revision: Option<Revision<'a>>,
    /// Whether the text format is coloured.
    pub paint: Paint,
}

/// Where the checked files come from.
#[derive(Clone, Copy, Debug)]
pub struct Revision<'a> {
    /// The address of the repository.
    pub repository: &'a str,
    /// The commit.
    pub commit: &'a str,
}

/// Whether text is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// Letters only.
    #[default]
    Plain,
    /// With the escape codes of a terminal.
    Ansi,
}

impl<'a> Report<'a> {
    /// A report of findings with nothing known about the rest.
    pub fn new(files: &'a Files, findings: &'a [Diagnostic]) -> Self {
        Self {
            files,
            findings,
            suppressed: &[],
            rules: &[],
            checked: &[],
            folder: "",
            in_baseline: 0,
            elapsed: None,
            notes: &[],
            rules_address: None,
            revision: None,
            paint: Paint::Plain,
        }
    }

    fn path(&self, file: &FilePath) -> String {
        if self.folder.is_empty() {
            file.to_string()
        } else {
            format!("{}/{file}", self.folder)
        }
    }

    fn address(&self, code: Code) -> Option<String> {
        self.rules_address.map(|it| format!("{it}{code}"))
    }

    fn count(&self, level: Level) -> usize {
        let of_level = |it: &&Diagnostic| it.level == level;
        self.findings.iter().filter(of_level).count()
    }

    fn fixable(&self) -> usize {
        let safe = |it: &&Diagnostic| it.fixes.iter().any(|fix| fix.safety == Safety::Safe);
        self.findings.iter().filter(safe).count()
    }

    fn sources(&self) -> Sources<'a> {
        let suppressed = self.suppressed.iter().map(|it| &it.diagnostic);
        Sources::new(self.files, self.findings.iter().chain(suppressed))
    }

    /// One sentence: how many findings of which level, and how many were held back.
    pub fn summary(&self) -> String {
        let mut counts = Vec::new();
        for (level, one, many) in [
            (Level::Error, "error", "errors"),
            (Level::Warn, "warning", "warnings"),
            (Level::Info, "note", "notes"),
        ] {
            match self.count(level) {
                0 => {}
                1 => counts.push(format!("1 {one}")),
                count => counts.push(format!("{count} {many}")),
            }
        }
        if counts.is_empty() {
            counts.push("nothing wrong".to_owned());
        }
        let mut sentence = counts.join(", ");
        match self.checked.len() {
            0 => {}
            1 => sentence = format!("{sentence} in 1 file"),
            count => sentence = format!("{sentence} in {count} files"),
        }
        let held_back = [
            (self.fixable(), "fixable with --fix"),
            (self.suppressed.len(), "suppressed"),
            (self.in_baseline, "in the baseline"),
        ];
        let held_back: Vec<String> = held_back
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if !held_back.is_empty() {
            sentence = format!("{sentence} ({})", held_back.join(", "));
        }
        if let Some(elapsed) = self.elapsed {
            sentence = format!("{sentence} in {:.2} s", elapsed.as_secs_f64());
        }
        sentence
    }
}

/// A way to write a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For people, with the lines in question.
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands that become annotations on GitHub.
    Github,
    /// GitLab Code Quality.
    Gitlab,
    /// `JUnit`, for test reports.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// Reviewdog's diagnostic format.
    Rdjson,
    /// Azure Pipelines logging commands.
    Azure,
    /// A Markdown summary.
    Markdown,
    /// One line a finding, for programs that read text.
    Agent,
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Self; 12] = [
        Self::Text,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
        Self::Rdjson,
        Self::Azure,
        Self::Markdown,
        Self::Agent,
    ];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
            Self::Rdjson => "rdjson",
            Self::Azure => "azure",
            Self::Markdown => "markdown",
            Self::Agent => "agent",
        }
    }

    /// The format of that name; `None` where there is none.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Writes the report.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report<'_>, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, out),
        Format::Json => json::write(report, out),
        Format::Jsonl => json::write_lines(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Checkstyle => checkstyle::write(report, out),
        Format::Rdjson => rdjson::write(report, out),
        Format::Azure => azure::write(report, out),
        Format::Markdown => markdown::write(report, out),
        Format::Agent => agent::write(report, out),
    }
}

fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", escape::json(&text))
}

/// Where a span is, as a person reads it: `severity.md:12:5`.
fn location(report: &Report<'_>, sources: &Sources<'_>, span: &Span) -> String {
    let start = sources.region(span).start;
    let path = report.path(&span.file);
    let path = escape::visible(&path);
    format!("{path}:{}:{}", start.line, start.column)
}
