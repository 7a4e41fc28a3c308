//! What is wrong, as the panel in the browser reads it: the report's own JSON, and for each finding the page
//! and the line of text that it is about.

use std::collections::BTreeMap;
use std::str;

use serde_json::{Value, json};

use super::past::Past;
use super::state::State;
use crate::diagnostic::{Diagnostic, Level};
use crate::files::{Content, FilePath, Files};
use crate::pipeline::Built;
use crate::report::{self, Format, Report};
use crate::span::{Lines, Position, Span};

/// The most findings that the panel shows; nobody reads more at one time.
const LIMIT: usize = 300;

/// The longest line that is shown, in characters.
const LINE: usize = 400;

/// The findings of a build as JSON, next to what the browser shows `now`. `editor` is the address of a place
/// in the author's editor; `past` is what the policy is compared with.
pub(super) fn json(
    built: &Built,
    findings: &[Diagnostic],
    now: &State,
    editor: Option<&str>,
    past: &Past,
) -> String {
    let files = &built.handbook.files;
    let report = Report::new(files, findings);
    let shown = &findings[..findings.len().min(LIMIT)];
    let mut text = Vec::new();
    let written = report::write(&Report::new(files, shown), Format::Json, &mut text);
    let mut whole: Value = match written.map(|()| serde_json::from_slice(&text)) {
        Ok(Ok(whole)) => whole,
        _ => json!({ "findings": [] }),
    };
    let errors = findings.iter().filter(|it| it.level == Level::Error);
    whole["summary"] = json!(report.summary());
    whole["errors"] = json!(errors.count());
    whole["total"] = json!(findings.len());
    whole["trouble"] = json!(now.trouble);
    whole["editor"] = json!(editor);
    whole["policy"] = json!(past.differences(built, now));
    let mut sources = Sources::default();
    let entries = whole["findings"].as_array_mut();
    for (entry, finding) in entries.into_iter().flatten().zip(shown) {
        let span = &finding.primary.span;
        let place = place(built, now, span);
        entry["page"] = json!(place.as_ref().map(|it| &it.page));
        entry["anchor"] = json!(place.as_ref().and_then(|it| it.anchor.as_ref()));
        entry["stale"] = json!(place.is_some_and(|it| it.is_stale));
        let line = entry["line"]
            .as_u64()
            .and_then(|it| usize::try_from(it).ok());
        entry["source"] = json!(line.and_then(|it| sources.line(files, &span.file, it)));
    }
    whole.to_string()
}

/// Where in the site something that is written in a file is shown.
pub(super) struct Place {
    /// The address of the page, from the top.
    pub(super) page: String,
    /// The anchor in the page; `None` where the file is the page's own.
    pub(super) anchor: Option<String>,
    /// Whether what stands there is older than the file.
    is_stale: bool,
}

/// The page that a file became, or the one that shows a part of the policy.
pub(super) fn place(built: &Built, now: &State, span: &Span) -> Option<Place> {
    let pages = &built.handbook.pages;
    let own = pages.binary_search_by(|it| it.file.cmp(&span.file)).ok();
    let (page, anchor) = match own {
        Some(page) => (page, None),
        None => built.site.shows(span)?,
    };
    let address = &pages[page].address;
    Some(Place {
        page: format!("/{}", address.url),
        anchor,
        is_stale: now.stale.contains_key(&address.file),
    })
}

/// The texts of files, each looked through once.
#[derive(Default)]
pub(super) struct Sources<'files>(BTreeMap<FilePath, Option<(&'files str, Lines<'files>)>>);

impl<'files> Sources<'files> {
    /// A line of a file, counted from 1.
    fn line(&mut self, files: &'files Files, file: &FilePath, number: usize) -> Option<String> {
        let (text, lines) = self.of(files, file)?;
        Some(text[lines.line(number)?].chars().take(LINE).collect())
    }

    /// Where something starts.
    pub(super) fn position(&mut self, files: &'files Files, span: &Span) -> Option<Position> {
        let (_, lines) = self.of(files, &span.file)?;
        Some(lines.position(span.start))
    }

    fn of(
        &mut self,
        files: &'files Files,
        file: &FilePath,
    ) -> Option<&(&'files str, Lines<'files>)> {
        let source = self.0.entry(file.clone()).or_insert_with(|| {
            let bytes = files.get(file.as_str()).and_then(Content::bytes)?;
            let text = str::from_utf8(bytes).ok()?;
            Some((text, Lines::new(text)))
        });
        source.as_ref()
    }
}
