//! A telephone number on a page.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::BlockKind;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/personal-data",
    "HB612",
    Level::Warn,
    Group::Strict,
    "a page shows a telephone number",
    include_str!("personal_data.md"),
);

/// Looks for numbers with a country code.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        let document = page.document();
        for block in document
            .blocks
            .iter()
            .filter(|it| it.kind != BlockKind::Code)
        {
            let words = document.words(block.text);
            let Some(range) = number(words) else {
                continue;
            };
            findings.push(
                RULE.at(
                    "a telephone number stands here",
                    &document.span_of(block.text.within(range)),
                )
                .why("a private number on a public page rings for years")
                .help("link to the schedule that knows who is on call"),
            );
        }
    }
}

/// `+` and 9 to 15 digits, with spaces, dots, brackets and hyphens between them (E.164 allows 15).
fn number(text: &str) -> Option<std::ops::Range<usize>> {
    for (start, _) in text.match_indices('+') {
        let mut digits = 0;
        let mut end = start + 1;
        for (offset, letter) in text[start + 1..].char_indices() {
            match letter {
                '0'..='9' => {
                    digits += 1;
                    end = start + 1 + offset + 1;
                }
                ' ' | '-' | '.' | '(' | ')' | '\u{a0}' if offset > 0 => {}
                _ => break,
            }
        }
        if (9..=15).contains(&digits) {
            return Some(start..end);
        }
    }
    None
}
