//! A severity that follows from two factors, and nothing says how.

use std::ops::Range;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::Word;
use crate::lint::subject::Subject;

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
    for (page, block, words) in subject.prose(|text| text.contains("mpact")) {
        let Some(range) = derivation(&words).filter(|_| page.file == stated) else {
            continue;
        };
        let document = page.document();
        // Only factors with steps of their own are put together; others are a way to speak.
        let titles = document.headings.iter();
        let titles = titles.map(|it| document.words(it.text).trim().to_lowercase());
        let stepped = titles.filter(|it| FACTORS.contains(&it.as_str())).count();
        if stepped < 2 {
            continue;
        }
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

/// `based on two factors: impact and urgency`.
fn derivation(words: &[Word<'_>]) -> Option<Range<usize>> {
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
