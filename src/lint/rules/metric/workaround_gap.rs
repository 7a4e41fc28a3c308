//! Cases without a workaround that fall between two severities.

use std::collections::BTreeSet;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::{Sentence, Subject};
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

/// What a criterion says of a way around the fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Workaround {
    None,
    Some,
    Unsaid,
}

/// Words around a workaround that leave both open.
const OPEN: [&str; 6] = ["may", "might", "whether", "regardless", "or", "even"];

/// Words that say nothing of what is broken.
const TIES: [&str; 26] = [
    "a", "an", "the", "is", "are", "and", "or", "of", "for", "to", "in", "on", "with", "it", "its", "that", "there", "but", "any",
    "has", "have", "no", "without", "available", "exists", "workaround",
];

/// Compares each severity with the next: both have to hang on a workaround, on having none and on having one.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let criteria = subject.all_criteria();
    for pair in subject.policy.severities.windows(2) {
        let (one, other) = (&pair[0].id, &pair[1].id);
        let of = |id: &Text| -> Vec<&Sentence<'_>> { criteria.iter().filter(|it| it.severity.id == *id).collect() };
        let without = of(one).into_iter().find(|it| workaround(it.text) == Workaround::None);
        let with = of(other);
        let Some((worse, better)) = without.zip(with.first()) else {
            continue;
        };
        let all_have_none = of(one).iter().all(|it| workaround(it.text) == Workaround::None);
        if !all_have_none || with.iter().any(|it| workaround(it.text) != Workaround::Some) {
            continue;
        }
        let (said, covered) = (meaning(worse.text), meaning(better.text));
        if said.is_subset(&covered) {
            continue;
        }
        let message = format!("without a workaround and short of `{}`, a case has no severity", one.value);
        findings.push(
            RULE.at(message, &better.span())
                .says(format!("{} asks for a workaround", other.value))
                .label(worse.span(), format!("{} asks for more than having none", one.value))
                .why("the milder of the two cannot be chosen, and the worse one is not reached")
                .help(format!("say at `{}` what holds when there is no workaround", other.value))
                .anchor(format!("severity:{}/when", other.value)),
        );
    }
}

fn workaround(text: &str) -> Workaround {
    let words = prose::words(text);
    let is_it = |at: usize| {
        let (word, next) = (&*words[at].small, words.get(at + 1).map_or("", |it| &*it.small));
        ["workaround", "work-around"].iter().any(|it| word.starts_with(it)) || word == "work" && next == "around"
    };
    let Some(at) = (0..words.len()).find(|it| is_it(*it)) else {
        return Workaround::Unsaid;
    };
    let near = &words[at.saturating_sub(4)..(at + 4).min(words.len())];
    let before = &words[at.saturating_sub(4)..at];
    let is_none = before.iter().any(|it| matches!(&*it.small, "no" | "without" | "lack" | "lacks" | "lacking"))
        || words[at..(at + 4).min(words.len())].iter().any(|it| matches!(&*it.small, "not" | "unavailable" | "impossible"));
    let is_needless = near.iter().any(|it| it.small.starts_with("need") || it.small.starts_with("requir"));
    match is_none {
        _ if is_needless || near.iter().any(|it| OPEN.contains(&&*it.small)) => Workaround::Unsaid,
        true => Workaround::None,
        false => Workaround::Some,
    }
}

/// The words that say what is broken and for whom.
fn meaning(text: &str) -> BTreeSet<String> {
    let words = prose::words(text).into_iter().map(|it| it.small.into_owned());
    words.filter(|it| !TIES.contains(&it.as_str())).collect()
}
