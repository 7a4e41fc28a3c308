//! A heading with nothing under it.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::Document;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/empty-section",
    "HB607",
    Level::Warn,
    Group::Recommended,
    "a heading has nothing under it",
    include_str!("empty_section.md"),
);

/// Looks at what stands between headings, comments left aside.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        let document = page.document();
        for (index, heading) in document.headings.iter().enumerate() {
            let next = document.headings.get(index + 1);
            if next.is_some_and(|it| it.level > heading.level) {
                continue;
            }
            // Some give the title of a page the level of its sections.
            let is_beside = index == 0 && next.is_some_and(|it| it.level == heading.level);
            let span = document.span(heading.place);
            let next = next.map(|it| document.span(it.place));
            let text = subject.handbook.text_around(page, &span);
            // Where the next heading stands in another part, something leads there.
            let is_parted = next.as_ref().is_some_and(|it| it.file != span.file);
            let end = next.as_ref().map_or(text.len(), |it| it.start);
            let is_title = heading.level == 1 && next.is_none() || is_beside;
            if is_title
                || is_parted
                || has_content(document, text, &Span::new(&span.file, span.end..end))
            {
                continue;
            }
            if is_metadata(text.get(span.range()).unwrap_or_default()) {
                continue;
            }
            let words = document.words(heading.text).trim();
            findings.push(
                RULE.at(format!("there is nothing under `{words}`"), &span)
                    .why("a reader expects an answer here and finds none")
                    .help("write the section, or take the heading out"),
            );
        }
    }
}

fn has_content(document: &Document, text: &str, place: &Span) -> bool {
    let mut rest = text.get(place.range()).unwrap_or_default().to_owned();
    let comments = document.comments.iter().map(|it| document.span(it.place));
    for comment in comments.filter(|it| it.file == place.file) {
        if let Some(text) = text.get(comment.range()) {
            rest = rest.replace(text, "");
        }
    }
    // A heading that is underlined may end behind its words, and an anchor is no content.
    rest.lines().any(|line| {
        let line = line.trim();
        !line.is_empty() && !line.chars().all(|it| matches!(it, '=' | '-' | '#'))
    })
}

/// Whether a heading is only lines of `name: value` with a line of dashes below, as front matter that does
/// not stand at the very top becomes one.
fn is_metadata(written: &str) -> bool {
    let lines: Vec<&str> = written
        .lines()
        .filter(|it| !it.trim_matches(['-', ' ']).is_empty())
        .collect();
    let is_pair = |it: &&str| {
        it.split_once(": ")
            .is_some_and(|(name, _)| name.split_whitespace().count() <= 3)
    };
    lines.len() > 1 && lines.iter().all(is_pair)
}
