//! Cases without a workaround that fall between two severities.

use std::collections::BTreeSet;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::{Sentence, Subject};
use crate::lint::workaround::{Workaround, workaround};
use crate::policy::Text;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/workaround-gap",
    "HB326",
    Level::Warn,
    Group::Recommended,
    "a case without a workaround falls between two severities",
    include_str!("workaround_gap.md"),
);

/// Words that say nothing of what is broken.
const TIES: [&str; 26] = [
    "a",
    "an",
    "the",
    "is",
    "are",
    "and",
    "or",
    "of",
    "for",
    "to",
    "in",
    "on",
    "with",
    "it",
    "its",
    "that",
    "there",
    "but",
    "any",
    "has",
    "have",
    "no",
    "without",
    "available",
    "exists",
    "workaround",
];

/// Compares each severity with the next: both hang on a workaround, on having none and on having one; or the
/// milder one asks for a workaround, and no other says what holds without.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.answers().tell_workaround() {
        return;
    }
    let criteria = subject.all_criteria();
    let of = |id: &Text| -> Vec<&Sentence<'_>> {
        criteria.iter().filter(|it| it.severity.id == *id).collect()
    };
    for (rank, pair) in subject.policy.severities.windows(2).enumerate() {
        let (next, with) = (of(&pair[0].id), of(&pair[1].id));
        let others = subject.policy.severities[..=rank + 1]
            .iter()
            .flat_map(|it| of(&it.id));
        // What is milder than all else has the next worse one to go to.
        let is_last = rank + 2 == subject.policy.severities.len();
        let gap = between(&next, &with).or_else(|| beside(&with, others).filter(|_| !is_last));
        let Some((kind, better)) = gap else { continue };
        let Some(worse) = next.first() else { continue };
        let (one, other) = (&pair[0].id.value, &pair[1].id.value);
        let (message, label) = match kind {
            Gap::Between => (
                format!("without a workaround and short of `{one}`, a case has no severity"),
                "asks for more than having none",
            ),
            Gap::Beside => (
                format!("without a workaround, a case of `{other}` has no severity"),
                "asks for more",
            ),
        };
        findings.push(
            RULE.at(message, &better.span())
                .says(format!("{other} asks for a workaround"))
                .label(worse.span(), format!("{one} {label}"))
                .why("the milder of the two cannot be chosen, and the worse one is not reached")
                .help(format!(
                    "say at `{other}` what holds when there is no workaround"
                ))
                .anchor(format!("severity:{other}/when")),
        );
    }
}

/// Where a case without a workaround belongs nowhere.
#[derive(Clone, Copy)]
enum Gap {
    Between,
    Beside,
}

type Found<'s, 'a> = (Gap, &'s Sentence<'a>);

/// All of the worse criteria are about having none, and all of the milder ones about having one.
fn between<'s, 'a>(worse: &[&Sentence<'_>], with: &[&'s Sentence<'a>]) -> Option<Found<'s, 'a>> {
    let all = |list: &[&Sentence<'_>], wanted| list.iter().all(|it| workaround(it.text) == wanted);
    let (first, better) = (worse.first()?, with.first()?);
    let is_split = all(worse, Workaround::None) && all(with, Workaround::Some);
    let is_covered = meaning(first.text).is_subset(&meaning(better.text));
    (is_split && !is_covered).then_some((Gap::Between, *better))
}

/// All of the criteria speak of one, the first asks for it, and no other one holds for the same without.
fn beside<'s, 'a>(
    with: &[&'s Sentence<'a>],
    mut others: impl Iterator<Item = &'s Sentence<'a>>,
) -> Option<Found<'s, 'a>> {
    let better = with
        .first()
        .filter(|it| workaround(it.text) == Workaround::Some)?;
    if !with.iter().all(|it| {
        prose::words(it.text)
            .iter()
            .any(|it| it.small.starts_with("work"))
    }) {
        return None;
    }
    let said = meaning(better.text);
    let is_covered =
        others.any(|it| !std::ptr::eq(it, *better) && meaning(it.text).is_subset(&said));
    (!is_covered).then_some((Gap::Beside, *better))
}

/// The words that say what is broken and for whom.
fn meaning(text: &str) -> BTreeSet<String> {
    let words = prose::words(text)
        .into_iter()
        .map(|it| it.small.into_owned());
    words.filter(|it| !TIES.contains(&it.as_str())).collect()
}
