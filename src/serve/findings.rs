//! What is wrong, as the panel in the browser reads it: the report's own JSON, and for each finding the page
//! and the line of text that it is about.

use std::collections::BTreeMap;
use std::str;

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::files::{Content, FilePath, Files};
use crate::report::{self, Format, Report};
use crate::span::Lines;

/// The most findings that the panel shows; nobody reads more at one time.
const LIMIT: usize = 300;

/// The longest line that is shown, in characters.
const LINE: usize = 400;

/// The findings as JSON. `pages` gives the address of the page that a file became, and whether what stands
/// there is older than the file; `trouble` says why the browser does not show the newest state.
pub(super) fn json(
    files: &Files,
    findings: &[Diagnostic],
    pages: &BTreeMap<FilePath, (String, bool)>,
    trouble: Option<&str>,
) -> String {
    let report = Report::new(files, findings);
    let shown = &findings[..findings.len().min(LIMIT)];
    let mut text = Vec::new();
    let written = report::write(&Report::new(files, shown), Format::Json, &mut text);
    let mut whole: Value = match written.map(|()| serde_json::from_slice(&text)) {
        Ok(Ok(whole)) => whole,
        _ => json!({ "findings": [] }),
    };
    whole["summary"] = json!(report.summary());
    whole["errors"] = json!(count(findings, |it| it.level == crate::diagnostic::Level::Error));
    whole["total"] = json!(findings.len());
    whole["trouble"] = json!(trouble);
    let mut sources = Sources(BTreeMap::new());
    let entries = whole["findings"].as_array_mut();
    for (entry, finding) in entries.into_iter().flatten().zip(shown) {
        let file = &finding.primary.span.file;
        entry["page"] = json!(pages.get(file).map(|(page, _)| page));
        entry["stale"] = json!(pages.get(file).is_some_and(|(_, is_stale)| *is_stale));
        let line = entry["line"]
            .as_u64()
            .and_then(|it| usize::try_from(it).ok());
        entry["source"] = json!(line.and_then(|it| sources.line(files, file, it)));
    }
    whole.to_string()
}

fn count(findings: &[Diagnostic], is_one: impl Fn(&&Diagnostic) -> bool) -> usize {
    findings.iter().filter(is_one).count()
}

/// The texts of files, each looked through once.
struct Sources<'files>(BTreeMap<FilePath, Option<(&'files str, Lines<'files>)>>);

impl<'files> Sources<'files> {
    /// A line of a file, counted from 1.
    fn line(&mut self, files: &'files Files, file: &FilePath, number: usize) -> Option<String> {
        let source = self.0.entry(file.clone()).or_insert_with(|| {
            let bytes = files.get(file.as_str()).and_then(Content::bytes)?;
            let text = str::from_utf8(bytes).ok()?;
            Some((text, Lines::new(text)))
        });
        let (text, lines) = source.as_ref()?;
        Some(text[lines.line(number)?].chars().take(LINE).collect())
    }
}
