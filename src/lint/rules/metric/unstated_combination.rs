//! A list of criteria that does not say whether one or all are meant.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::{Lacking, Subject};
use crate::markdown::BlockKind;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/unstated-combination",
    "HB312",
    Level::Warn,
    Group::Recommended,
    "a list of criteria does not say whether one or all are meant",
    include_str!("unstated_combination.md"),
);

/// Looks through the criteria of every severity; told once where all severities do so.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let lists = |it: &Severity| it.when.as_ref().is_some_and(has_list);
    let ranks = subject.all_ranks();
    let ranks: Vec<usize> = ranks.into_iter().filter(|it| lists(&subject.policy.severities[*it])).collect();
    let lacking = Lacking {
        rule: &RULE,
        part: "when",
        each: "does not say whether one of its criteria is enough or all have to hold",
        all: "no severity says whether one of its criteria is enough or all have to hold",
        why: "half of the readers wait for the second one",
        help: "put `any_of:` or `all_of:` before the list, or say so above it",
    };
    lacking.tell(subject, &ranks, |_| true, findings);
    for page in &subject.handbook.pages {
        let document = page.document();
        for block in document.blocks.iter().filter(|it| it.kind != BlockKind::Code && !it.is_quoted) {
            let words = document.words(block.text);
            if let Some(range) = weighing(words) {
                let span = document.span_of(block.text.within(range.clone()));
                findings.push(
                    RULE.at(format!("`{}` leaves open how the answers are put together", &words[range]), &span)
                        .why("two people with the same answers choose two severities")
                        .help("say which answer is enough, or how many of them are"),
                );
            }
        }
    }
}

/// Words that ask to weigh what was found out, in a text about how incidents are rated.
fn weighing(words: &str) -> Option<Range<usize>> {
    static WEIGHING: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "weigh the",
            "weigh up",
            "weighing the",
            "combination of factors",
            "a balance of",
            "on balance",
            "by one or more levels",
            "one or more levels",
            "one or two levels",
            "depending on scope",
            "depending on impact",
        ])
    });
    const ABOUT: [&str; 5] = ["incident", "severit", "priorit", "triage", "sev-"];
    let found = WEIGHING.find(words)?.range();
    let lower = words.to_ascii_lowercase();
    ABOUT.iter().any(|it| lower.contains(it)).then_some(found)
}

fn has_list(criteria: &Criteria) -> bool {
    let mut waiting = vec![criteria];
    while let Some(next) = waiting.pop() {
        if let Test::Unstated(list) = &next.test
            && list.len() > 1
        {
            return true;
        }
        waiting.extend(next.children());
    }
    false
}
