//! For people: what is wrong, the lines in question, why it matters and what to do.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level as Tone, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Label, Level};
use crate::files::FilePath;
use crate::span::Position;

use super::escape::{harmless, visible};
use super::place::{Source, Sources};
use super::{Paint, Report};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    let renderer = match report.paint {
        Paint::Plain => Renderer::plain(),
        Paint::Ansi => Renderer::styled(),
    };
    for finding in report.findings {
        let group = group(report, &sources, finding);
        let text = renderer.render(&[group]);
        writeln!(out, "{}\n", harmless(&text))?;
    }
    writeln!(out, "{}", report.summary())?;
    for note in report.notes {
        writeln!(out, "{}", harmless(&visible(note)))?;
    }
    Ok(())
}

fn group<'a>(report: &Report<'_>, sources: &Sources<'_>, finding: &Diagnostic) -> Group<'a> {
    let tone = match finding.level {
        Level::Error => Tone::ERROR,
        Level::Warn => Tone::WARNING,
        Level::Info => Tone::INFO,
    };
    let title = format!("{} [{}]", visible(&finding.message), finding.code);
    let mut group = Group::with_title(tone.primary_title(title));
    for file in files_of(finding) {
        group = group.element(excerpt(report, sources, finding, file));
    }
    if let Some(why) = &finding.why {
        group = group.element(
            Tone::NOTE
                .with_name("why")
                .message(visible(why).into_owned()),
        );
    }
    if let Some(help) = &finding.help {
        group = group.element(Tone::HELP.message(visible(help).into_owned()));
    }
    group
}

/// The files of all places, the main one first, each once.
fn files_of(finding: &Diagnostic) -> Vec<&FilePath> {
    let mut files = vec![&finding.primary.span.file];
    for label in &finding.labels {
        if !files.contains(&&label.span.file) {
            files.push(&label.span.file);
        }
    }
    files
}

/// A line of more bytes is no line that somebody reads; only its place is told.
const LONGEST_LINE: usize = 10_000;

/// The lines in question of one file, or where they are.
fn excerpt<'a>(
    report: &Report<'_>,
    sources: &Sources<'_>,
    finding: &Diagnostic,
    file: &FilePath,
) -> Element<'a> {
    let path = visible(&report.path(file)).into_owned();
    let Some(source) = sources.get(file) else {
        return Snippet::<annotate_snippets::Annotation<'_>>::source("")
            .path(path)
            .into();
    };
    let primary = [(&finding.primary, AnnotationKind::Primary)];
    let context = finding
        .labels
        .iter()
        .map(|it| (it, AnnotationKind::Context));
    let places: Vec<(&Label, AnnotationKind)> = primary
        .into_iter()
        .chain(context)
        .filter(|(label, _)| label.span.file == *file)
        .collect();
    let starts = places
        .iter()
        .map(|(label, _)| source.lines.position(label.span.start));
    let starts: Vec<Position> = starts.collect();
    let is_long = |it: &Position| {
        let line = source.lines.line(it.line);
        line.is_some_and(|it| it.len() > LONGEST_LINE)
    };
    if let Some(first) = starts.first().filter(|_| starts.iter().any(is_long)) {
        let origin = Origin::path(path).line(first.line);
        return origin.char_column(first.column).into();
    }
    let window = Window::new(source, &starts);
    let annotations = places.iter().map(|(label, kind)| {
        let annotation = kind.span(window.range(source, label));
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(visible(&label.text).into_owned())
        }
    });
    let annotations: Vec<_> = annotations.collect();
    Snippet::source(window.text.clone())
        .line_start(window.first)
        .path(path)
        .annotations(annotations)
        .into()
}

/// The lines around some places, cleaned character by character so that columns stay.
struct Window {
    first: usize,
    text: String,
    starts: Vec<usize>,
}

/// So many lines around a place may be shown.
const NEAR: usize = 3;

impl Window {
    /// From the line before the first place to the line after the last. What stands far from all places is
    /// not shown, and left empty.
    fn new(source: &Source<'_>, places: &[Position]) -> Self {
        let numbers = || places.iter().map(|it| it.line);
        let first = numbers().min().map_or(1, |it| it.saturating_sub(1).max(1));
        let last = numbers().max().map_or(1, |it| it + 1);
        let mut text = String::new();
        let mut starts = Vec::new();
        for number in first..=last {
            let Some(range) = source.lines.line(number) else {
                break;
            };
            starts.push(text.len());
            if numbers().any(|it| it.abs_diff(number) <= NEAR) {
                let line = source.text[range].trim_start_matches('\u{feff}');
                text.push_str(&visible(line));
            }
            text.push('\n');
        }
        Self {
            first,
            text,
            starts,
        }
    }

    /// A place in the window's text; one that goes on over several lines ends with its first.
    fn range(&self, source: &Source<'_>, label: &Label) -> Range<usize> {
        let start = source.lines.position(label.span.start);
        let end = source.lines.position(label.span.end.max(label.span.start));
        let from = self.offset(start);
        let to = if end.line == start.line {
            self.offset(end)
        } else {
            self.line_end(start.line)
        };
        from..to.max(from)
    }

    fn offset(&self, position: Position) -> usize {
        let index = position.line.saturating_sub(self.first);
        let start = self.starts.get(index).copied().unwrap_or(self.text.len());
        let line = &self.text[start..self.line_end(position.line)];
        let in_line = line.char_indices().nth(position.column - 1);
        start + in_line.map_or(line.len(), |(offset, _)| offset)
    }

    fn line_end(&self, number: usize) -> usize {
        let next = (number + 1).saturating_sub(self.first);
        match self.starts.get(next) {
            Some(start) => start - 1,
            None => self
                .text
                .trim_end_matches('\n')
                .len()
                .max(self.starts.last().copied().unwrap_or_default()),
        }
    }
}
