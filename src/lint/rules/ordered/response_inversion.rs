//! A worse severity with more time.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::policy::analysis::finding::{Disorder, Obligation, ResponseOrder, Task};
use crate::policy::quantity::Quantity;
use crate::policy::response::{Deadline, Response};

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
    let is_read = subject.handbook.policy_files.is_empty();
    let is_business = |words: &str| words.ends_with("bh") || words.ends_with("bd");
    let mut told: Vec<(&Task, usize)> = Vec::new();
    for order in &subject.analysis.order {
        let (worse, better) = (&order.worse, &order.better);
        let task = wording::task(&order.task);
        let message = match order.disorder {
            // A page that writes `2 office hours` and `1 day` hardly means a day without work.
            Disorder::Slower
                if is_read
                    && is_business(&worse.words)
                    && better.words.ends_with('d')
                    && !is_business(&better.words) =>
            {
                continue;
            }
            // Nobody counts the weekend against `1 business day` where the next one has `48 hours`.
            Disorder::Slower
                if is_read
                    && is_business(&worse.words) != is_business(&better.words)
                    && is_nominally_faster(&worse.words, &better.words) =>
            {
                continue;
            }
            // A plan may leave out what another has.
            Disorder::Slower
                if is_read && worse.words == "never" && !subject.policy.variants.is_empty() =>
            {
                continue;
            }
            Disorder::Slower => format!(
                "`{}` has more time than `{}` {task}",
                worse.severity, better.severity
            ),
            Disorder::Missing if is_review_lost(subject, order) => continue,
            // Who hears every hour is not always named the same way in sentences.
            Disorder::Missing if is_read && is_told_otherwise(subject, order) => continue,
            // One time in a sentence of a page is no column that the others leave empty.
            Disorder::Missing if is_read && holders(subject, &order.task) < 2 => continue,
            // Words that are no time are told as such.
            Disorder::Missing if is_read && is_hasty(subject, worse.rank) => continue,
            Disorder::Missing => {
                // That several have no time where one has is told once, for the worst.
                if told.contains(&(&order.task, better.rank)) {
                    continue;
                }
                told.push((&order.task, better.rank));
                format!(
                    "`{}` has no time {task} and `{}` has",
                    worse.severity, better.severity
                )
            }
            Disorder::Words | Disorder::Tie => continue,
        };
        let words = |words: &str| {
            if words.is_empty() {
                "none".to_owned()
            } else {
                words.to_owned()
            }
        };
        findings.push(
            RULE.at(message, &worse.span)
                .says(format!("{}: {}", worse.severity, words(&worse.words)))
                .label(
                    better.span.clone(),
                    format!("{}: {}", better.severity, words(&better.words)),
                )
                .why("the worse incident waits longer")
                .help(format!(
                    "give `{}` {} or less",
                    worse.severity, better.words
                ))
                .anchor(format!("severity:{}/response {task}", worse.severity)),
        );
    }
}

/// Whether a severity promises something in words that are no time, such as `immediately`.
fn is_hasty(subject: &Subject<'_>, rank: usize) -> bool {
    let severity = subject.policy.severities.get(rank);
    let response = severity.and_then(|it| it.response.as_ref());
    let mut targets = response.into_iter().flat_map(Response::targets);
    targets.any(|(_, it)| matches!(it.time.value, Deadline::Words(_)))
}

/// Whether a time is shorter than another by its number and unit, whichever hours count.
fn is_nominally_faster(worse: &str, better: &str) -> bool {
    let plain = |it: &str| Quantity::parse(&it.replace('b', "")).ok();
    let times = plain(worse).zip(plain(better));
    times.is_some_and(|(worse, better)| worse.base() <= better.base())
}

/// Whether the worse severity has no review at all, which `ordered/obligation-regression` tells.
fn is_review_lost(subject: &Subject<'_>, order: &ResponseOrder) -> bool {
    let mut lost = subject.analysis.lost.iter();
    order.task == Task::Review
        && lost.any(|it| it.obligation == Obligation::Review && it.worse.rank == order.worse.rank)
}

/// Whether the worse severity, which has no updates for the people of the better one, has some for others.
fn is_told_otherwise(subject: &Subject<'_>, order: &ResponseOrder) -> bool {
    let worse = subject.policy.severities.get(order.worse.rank);
    let response = worse.and_then(|it| it.response.as_ref());
    matches!(order.task, Task::Update(_)) && response.is_some_and(|it| !it.updates.is_empty())
}

/// How many severities have a time for something.
fn holders(subject: &Subject<'_>, task: &Task) -> usize {
    let responses = subject
        .policy
        .severities
        .iter()
        .filter_map(|it| it.response.as_ref());
    let has = |it: &&Response| match task {
        Task::Acknowledge => it.ack.is_some(),
        Task::Engage => it.engage.is_some(),
        Task::Mitigate => it.mitigate.is_some(),
        Task::Resolve => it.resolve.is_some(),
        Task::FirstPublicUpdate => it.first_public_update.is_some(),
        Task::Update(audience) => it.updates.iter().any(|it| it.audience.value == *audience),
        Task::Review => it.review.as_ref().is_some_and(|it| it.within.is_some()),
    };
    responses.filter(has).count()
}
