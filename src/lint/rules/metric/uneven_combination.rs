//! Lists of criteria of which some say that one is enough, and others do not.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document};
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/uneven-combination",
    "HB334",
    Level::Warn,
    Group::Recommended,
    "some lists of criteria say whether one or all are meant, and others do not",
    include_str!("uneven_combination.md"),
);

/// Longer texts announce no list.
const LONGEST: usize = 100;

/// Compares what announces the lists of criteria on the page that states the severities.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(page) = subject.policy_page() else {
        return;
    };
    let document = page.document();
    let (says, silent): (Vec<_>, Vec<_>) = announcements(document).partition(|it| it.says);
    let Some(example) = says.first() else {
        return;
    };
    // Only what is headed alike is meant alike.
    let silent = silent.into_iter().filter(|it| it.label == example.label);
    let silent: Vec<Announcement> = silent.collect();
    let Some(first) = silent.first() else {
        return;
    };
    let mut finding = RULE
        .at(
            "this list does not say whether one of its criteria is enough",
            &first.span,
        )
        .label(example.span.clone(), "this one does")
        .why("who has read the other takes the silence for a difference")
        .help("say `any of` or `all of` here too");
    for more in &silent[1..] {
        finding = finding.label(more.span.clone(), "nor does this");
    }
    findings.push(finding);
}

/// What stands before a list of criteria.
struct Announcement {
    /// Its words up to a bracket, in small letters: `criteria` for `Criteria (any one is enough):`.
    label: String,
    /// Whether it says how many of them are meant.
    says: bool,
    span: Span,
}

fn announcements(document: &Document) -> impl Iterator<Item = Announcement> {
    const MEANT: [&str; 9] = [
        "any", "all", "one", "either", "each", "every", "both", "two", "and",
    ];
    let announced = document
        .blocks
        .windows(3)
        .filter(|it| announces(document, it));
    announced.map(|it| {
        let text = document.words(it[0].text);
        let label = text.split(['(', ':']).next().unwrap_or_default();
        let words = prose::words(text);
        Announcement {
            label: label.trim().to_lowercase(),
            says: words.iter().any(|it| MEANT.contains(&&*it.small)),
            span: document.span_of(it[0].text),
        }
    })
}

/// Whether the first of three blocks announces criteria, and the others are the first of them.
fn announces(document: &Document, blocks: &[Block]) -> bool {
    let [first, second, third] = blocks else {
        return false;
    };
    let text = document.words(first.text);
    let is_label = matches!(first.kind, BlockKind::Heading | BlockKind::Paragraph)
        && text.len() <= LONGEST
        && text.to_lowercase().contains("criteria");
    let are_items = [second, third]
        .iter()
        .all(|it| it.kind == BlockKind::Item && !it.is_quoted);
    let is_about_end = [
        "exit",
        "closure",
        "resol",
        "success",
        "acceptance",
        "downgrade",
    ]
    .iter()
    .any(|it| text.to_lowercase().contains(it));
    is_label && are_items && !is_about_end
}
