//! A list of severities that leaves one out.

use std::collections::BTreeSet;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document, Part};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/partial-list",
    "HB128",
    Level::Info,
    Group::Strict,
    "a list or a table goes through the severities and leaves some out",
    include_str!("partial_list.md"),
);

/// Looks at the lists and the tables of the page that states the severities.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let page = subject
        .scale_span()
        .and_then(|it| subject.handbook.page_of(&it.file));
    let Some(page) = page.filter(|_| subject.policy.severities.len() > 2) else {
        return;
    };
    let document = page.document();
    for series in series(document) {
        let named: Vec<Option<usize>> = series
            .iter()
            .map(|it| headed(subject, document.words(*it)))
            .collect();
        let Some(ranks) = named.iter().copied().collect::<Option<Vec<usize>>>() else {
            continue;
        };
        let in_order =
            ranks.windows(2).all(|it| it[0] < it[1]) || ranks.windows(2).all(|it| it[0] > it[1]);
        let ranks: BTreeSet<usize> = ranks.into_iter().collect();
        let missing: Vec<String> = (0..subject.policy.severities.len())
            .filter(|it| !ranks.contains(it))
            .map(|it| format!("`{}`", subject.policy.severities[it].id.value))
            .collect();
        if missing.is_empty() || ranks.len() < 2 || missing.len() > ranks.len() || !in_order {
            continue;
        }
        let [start, .., end] = series.as_slice() else {
            continue;
        };
        findings.push(
            RULE.at(
                format!("nothing stands here for {}", missing.join(", ")),
                &document.span_of(*end),
            )
            .label(document.span_of(*start), "starts here")
            .why("who looks it up finds nothing, and takes a neighbor")
            .help("say what holds for it, or why it is left out"),
        );
    }
}

/// The items of each list and the first cells of each table, in order.
fn series(document: &Document) -> Vec<Vec<Part>> {
    let together = |one: &Block, other: &Block| {
        let is_item = one.kind == BlockKind::Item && other.kind == BlockKind::Item;
        is_item && one.depth == other.depth && one.heading == other.heading
    };
    let lists = document.blocks.chunk_by(together);
    let lists = lists.map(|it| it.iter().map(|it| it.text).collect());
    let columns = document
        .tables
        .iter()
        .filter_map(|it| it.columns().into_iter().next());
    lists
        .chain(columns)
        .filter(|it: &Vec<Part>| it.len() > 1)
        .collect()
}

/// The severity that a text starts with, and no other behind it.
fn headed(subject: &Subject<'_>, text: &str) -> Option<usize> {
    let (rank, range) = subject.severity_in(text)?;
    let before = &text[..range.start];
    let rest = &text[range.end..];
    let is_first = !before.contains(char::is_alphanumeric);
    let is_joined = rest
        .trim_start()
        .starts_with(['/', '-', '&', '+', '\u{2013}', '\u{2192}'])
        && subject.severity_in(rest).is_some();
    (is_first && !is_joined).then_some(rank)
}
