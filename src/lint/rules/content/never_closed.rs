//! A note or tab whose title or end is missing.

use crate::book::page::Page;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Construct};
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/never-closed",
    "HB640",
    Level::Warn,
    Group::Recommended,
    "a note or tab is never closed",
    include_str!("never_closed.md"),
);

/// What a line that opens a note or tab starts with.
const MARKS: [(&str, Construct); 3] = [
    ("!!!", Construct::Admonitions),
    ("???", Construct::Details),
    ("===", Construct::Tabs),
];

/// Looks for titles without their second quotation mark; the reading tells blocks without an end.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let constructs = subject.handbook.settings.dialect.constructs;
    for page in &subject.handbook.pages {
        let paragraphs = page.document().blocks.iter();
        for block in paragraphs.filter(|it| it.kind == BlockKind::Paragraph) {
            let Some((span, line)) = first_line(page, block) else {
                continue;
            };
            let opens = MARKS
                .iter()
                .any(|(mark, it)| constructs.has(*it) && line.starts_with(mark));
            if opens && line.contains('"') && !line.ends_with('"') {
                findings.push(
                    RULE.at("the title of this line is never closed", &span)
                        .says("and so the line and those below it are plain text")
                        .help("write `\"` behind the title, and nothing else"),
                );
            }
        }
    }
}

fn first_line<'page>(page: &'page Page, block: &Block) -> Option<(Span, &'page str)> {
    let span = page.document().span(block.place);
    if span.file != page.file {
        return None;
    }
    let line = page
        .source
        .text
        .get(span.start..)?
        .lines()
        .next()?
        .trim_end();
    let end = span.start + line.len();
    Some((Span::new(&page.file, span.start..end), line))
}
