//! The page with the policy in, the words that it gives a number for beside its criteria out.

use super::Subject;
use crate::book::reading::english::{self, Unit};
use crate::markdown::BlockKind;

/// Words that the page says a number for: `Major | more than 20% of orders`, `**Major**: more than 20% of orders`.
pub(super) fn words(subject: &Subject<'_>) -> Vec<String> {
    let Some(page) = subject.policy_page() else {
        return Vec::new();
    };
    let document = page.document();
    let rows = document.tables.iter().flat_map(|it| &it.rows);
    let rows = rows.filter_map(|it| match &it.cells[..] {
        [name, means, ..] if !it.is_head => {
            Some((document.words(name.text), document.words(means.text)))
        }
        _ => None,
    });
    let items = document
        .blocks
        .iter()
        .filter(|it| matches!(it.kind, BlockKind::Item | BlockKind::Paragraph));
    let items = items.filter_map(|it| document.words(it.text).split_once(':'));
    rows.chain(items)
        .filter(|(name, means)| is_word(subject, name) && is_measured(means))
        .map(|it| it.0.trim().to_lowercase())
        .collect()
}

/// Whether a name may be a word that criteria use, and is no severity.
fn is_word(subject: &Subject<'_>, name: &str) -> bool {
    let is_plain = |it: char| it.is_alphabetic() || it.is_whitespace() || it == '-';
    let is_short = (1..=3).contains(&name.split_whitespace().count());
    is_short && name.chars().all(is_plain) && subject.severity_of(name).is_none()
}

/// Whether words hold a number that is no time.
pub(in crate::lint) fn is_measured(words: &str) -> bool {
    let measures = english::sentence(words).measures;
    measures.iter().any(|it| !matches!(it.unit, Unit::Time(_)))
}
