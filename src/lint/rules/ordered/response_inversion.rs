//! A worse severity with more time.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::policy::analysis::finding::{Disorder, Obligation, ResponseOrder, Task};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/response-inversion",
    "HB202",
    Level::Error,
    Group::Recommended,
    "a worse severity has more time than a better one",
    include_str!("response_inversion.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut told: Vec<(&Task, usize)> = Vec::new();
    for order in &subject.analysis.order {
        let (worse, better) = (&order.worse, &order.better);
        let task = wording::task(&order.task);
        let message = match order.disorder {
            Disorder::Slower => format!("`{}` has more time than `{}` {task}", worse.severity, better.severity),
            Disorder::Missing if is_review_lost(subject, order) => continue,
            Disorder::Missing => {
                // That several have no time where one has is told once, for the worst.
                if told.contains(&(&order.task, better.rank)) {
                    continue;
                }
                told.push((&order.task, better.rank));
                format!("`{}` has no time {task} and `{}` has", worse.severity, better.severity)
            }
            Disorder::Words | Disorder::Tie => continue,
        };
        let words = |words: &str| if words.is_empty() { "none".to_owned() } else { words.to_owned() };
        findings.push(
            RULE.at(message, &worse.span)
                .says(format!("{}: {}", worse.severity, words(&worse.words)))
                .label(better.span.clone(), format!("{}: {}", better.severity, words(&better.words)))
                .why("the worse incident waits longer")
                .help(format!("give `{}` {} or less", worse.severity, better.words))
                .anchor(format!("severity:{}/response {task}", worse.severity)),
        );
    }
}

/// Whether the worse severity has no review at all, which `ordered/obligation-regression` tells.
fn is_review_lost(subject: &Subject<'_>, order: &ResponseOrder) -> bool {
    let mut lost = subject.analysis.lost.iter();
    order.task == Task::Review
        && lost.any(|it| it.obligation == Obligation::Review && it.worse.rank == order.worse.rank)
}
