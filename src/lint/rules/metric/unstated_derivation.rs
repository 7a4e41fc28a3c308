//! A severity that follows from two factors, and nothing says how.

use std::ops::Range;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::Word;
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/unstated-derivation",
    "HB336",
    Level::Warn,
    Group::Recommended,
    "a severity is said to follow from two factors, and nothing says how",
    include_str!("unstated_derivation.md"),
);

/// Factors that severities are put together from.
const FACTORS: [&str; 5] = ["impact", "urgency", "likelihood", "probability", "scope"];

/// Looks for the sentence on the page that states the severities, where no grid puts the factors together.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let handbook = subject.handbook;
    let Some(stated) = subject.scale_span().map(|it| it.file) else {
        return;
    };
    if !handbook.policy_files.is_empty() || subject.policy.matrix.is_some() {
        return;
    }
    for (page, block, words) in subject.prose(|text| text.contains("mpact") || text.ends_with(':'))
    {
        if page.file != stated {
            continue;
        }
        let document = page.document();
        let range = derivation(&words).filter(|_| has_steps(document));
        let Some(range) = range.or_else(|| listed(document, block, &words)) else {
            continue;
        };
        let text = document.words(block.text);
        findings.push(
            RULE.at(
                format!(
                    "`{}` does not say how they give a severity",
                    &text[range.clone()]
                ),
                &document.span_of(block.text.within(range)),
            )
            .why("two people who agree on both factors still choose two severities")
            .help(
                "add a table with one factor down, the other across, and a severity in each cell",
            ),
        );
        return;
    }
}

/// Whether two factors have steps of their own, under a heading each; others are a way to speak.
fn has_steps(document: &Document) -> bool {
    let titles = document.headings.iter();
    let titles = titles.map(|it| document.words(it.text).trim().to_lowercase());
    titles.filter(|it| FACTORS.contains(&it.as_str())).count() >= 2
}

/// `Severity is determined by:` with a list of factors behind it, and the steps of each: `Impact (low, high)`.
fn listed(document: &Document, block: &Block, words: &[Word<'_>]) -> Option<Range<usize>> {
    let ties = words.iter().any(|it| VERBS.contains(&&*it.small));
    let is_severity = |it: &Word<'_>| ["severity", "priority"].contains(&&*it.small);
    let text = document.words(block.text);
    if !ties || !text.ends_with(':') || !words.iter().any(is_severity) {
        return None;
    }
    let behind = document
        .blocks
        .iter()
        .skip_while(|it| it.place.start < block.place.end);
    let items = behind.take_while(|it| it.kind == BlockKind::Item);
    let is_stepped = |it: &&Block| {
        let item = document.words(it.text).to_lowercase();
        let steps = item
            .split_once('(')
            .is_some_and(|it| it.1.contains(", ") && it.1.contains(')'));
        steps && FACTORS.iter().any(|it| item.starts_with(it))
    };
    (items.filter(is_stepped).count() >= 2).then_some(words.first()?.range.start..text.len() - 1)
}

/// What ties a severity to factors.
const VERBS: [&str; 8] = [
    "based",
    "determined",
    "combination",
    "combining",
    "derived",
    "depends",
    "calculated",
    "function",
];

/// `based on two factors: impact and urgency`.
fn derivation(words: &[Word<'_>]) -> Option<Range<usize>> {
    let start = words.iter().position(|it| VERBS.contains(&&*it.small))?;
    let near = &words[start..(start + 10).min(words.len())];
    let is_pair = |it: &&[Word<'_>]| {
        FACTORS.contains(&&*it[0].small)
            && &*it[1].small == "and"
            && FACTORS.contains(&&*it[2].small)
    };
    let pair = near.windows(3).find(is_pair)?;
    Some(words[start].range.start..pair[2].range.end)
}
