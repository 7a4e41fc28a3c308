//! Responses to where they do not become more urgent as the severity becomes worse.

use std::cmp::Ordering;

use crate::policy::Policy;
use crate::policy::decimal::Decimal;
use crate::policy::response::{Deadline, Response, Target};
use crate::policy::severity::Severity;
use crate::span::Span;

use super::elapsed::longest;
use super::finding::{
    Disorder, Duty, Obligation, ObligationLost, ResponseOrder, TargetOrder, Task,
};

/// Tasks that do not get slower, and those that do; in the order of the tasks.
pub(super) fn order(policy: &Policy) -> Vec<ResponseOrder> {
    let mut found = Vec::new();
    for task in tasks(policy) {
        for (rank, response) in responses(policy) {
            let better = responses(policy).filter(|(it, _)| *it > rank);
            let better = better.filter_map(|(at, it)| Some((at, target(it, &task)?)));
            let better: Vec<(usize, &Target)> = better.collect();
            found.extend(compare(policy, &task, (rank, response), &better));
        }
    }
    found
}

/// What a response lacks that a better severity's has; in the order of the ranks.
pub(super) fn lost(policy: &Policy) -> Vec<ObligationLost> {
    let mut found: Vec<ObligationLost> = Vec::new();
    for (rank, response) in responses(policy) {
        let own = obligations(response);
        for (better, other) in responses(policy).filter(|(it, _)| *it > rank) {
            for (obligation, span) in obligations(other) {
                let is_told =
                    |it: &ObligationLost| it.worse.rank == rank && it.obligation == obligation;
                let has = own.iter().any(|(it, _)| *it == obligation);
                if !has && !found.iter().any(is_told) {
                    found.push(ObligationLost {
                        obligation,
                        worse: duty(policy, rank, "", &response.span),
                        better: duty(policy, better, "", span),
                    });
                }
            }
        }
    }
    found
}

/// Tasks of one severity that are due before what they follow: ack, engage, first public update; and
/// updates that come only when all is over.
pub(super) fn within(policy: &Policy) -> Vec<TargetOrder> {
    let mut found = Vec::new();
    for (rank, response) in responses(policy) {
        let chain = [Task::Acknowledge, Task::Engage, Task::FirstPublicUpdate];
        let stated: Vec<_> = chain
            .into_iter()
            .filter_map(|task| Some((target(response, &task)?, task)))
            .collect();
        let mut pairs: Vec<_> = stated
            .windows(2)
            .map(|it| (it[0].clone(), it[1].clone()))
            .collect();
        if let Some(resolve) = &response.resolve {
            let updates = response.updates.iter();
            pairs.extend(updates.map(|it| {
                let task = Task::Update(it.audience.value.clone());
                ((&it.every, task), (resolve, Task::Resolve))
            }));
        }
        for ((first, first_task), (then, then_task)) in pairs {
            if elapsed(first, policy).partial_cmp(&elapsed(then, policy)) == Some(Ordering::Greater)
            {
                found.push(TargetOrder {
                    first: (first_task, timed(policy, rank, first)),
                    then: (then_task, timed(policy, rank, then)),
                });
            }
        }
    }
    found
}

/// Compares a response with those of better severities that set a time for the task, the nearest first.
fn compare(
    policy: &Policy,
    task: &Task,
    (rank, response): (usize, &Response),
    better: &[(usize, &Target)],
) -> Option<ResponseOrder> {
    let found = |disorder, worse: Duty, (at, target): (usize, &Target)| ResponseOrder {
        task: task.clone(),
        disorder,
        worse,
        better: timed(policy, at, target),
    };
    let is_time = |(_, it): &&(usize, &Target)| matches!(elapsed(it, policy), Urgency::Within(_));
    let Some(own) = target(response, task) else {
        let missing = duty(policy, rank, "", &response.span);
        let other = better.iter().find(is_time)?;
        return Some(found(Disorder::Missing, missing, *other));
    };
    let own_time = elapsed(own, policy);
    if own_time == Urgency::Unknown {
        let is_slow = matches!(&own.time.value, Deadline::Words(words) if !is_soon(words));
        let other = better.iter().find(is_time).filter(|_| is_slow)?;
        return Some(found(Disorder::Words, timed(policy, rank, own), *other));
    }
    for (at, other) in better {
        let disorder = match own_time.partial_cmp(&elapsed(other, policy)) {
            Some(Ordering::Greater) => Disorder::Slower,
            Some(Ordering::Equal) if *at == rank + 1 && own_time != Urgency::Never => Disorder::Tie,
            _ => continue,
        };
        return Some(found(disorder, timed(policy, rank, own), (*at, other)));
    }
    None
}

/// How soon something has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Urgency {
    Within(Decimal),
    Never,
    Unknown,
}

impl PartialOrd for Urgency {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => None,
            (Self::Within(one), Self::Within(other)) => Some(one.cmp(other)),
            (Self::Within(_), Self::Never) => Some(Ordering::Less),
            (Self::Never, Self::Within(_)) => Some(Ordering::Greater),
            (Self::Never, Self::Never) => Some(Ordering::Equal),
        }
    }
}

fn elapsed(target: &Target, policy: &Policy) -> Urgency {
    match &target.time.value {
        Deadline::Never => Urgency::Never,
        Deadline::Within(_) | Deadline::Words(_) => {
            longest(target, policy).map_or(Urgency::Unknown, Urgency::Within)
        }
    }
}

/// Whether words promise more than any number.
fn is_soon(words: &str) -> bool {
    let words = words.to_lowercase();
    let soon = [
        "immediate",
        "instant",
        "at once",
        "asap",
        "as soon as",
        "continuous",
        "real time",
        "real-time",
        "now",
        "constant",
    ];
    soon.iter().any(|it| words.contains(it))
}

/// The responses of the scale with their ranks, the worst first.
fn responses(policy: &Policy) -> impl Iterator<Item = (usize, &Response)> {
    let severities = policy.severities.iter().enumerate();
    severities.filter_map(|(rank, it)| Some((rank, it.response.as_ref()?)))
}

/// All tasks that some response sets a time for; audiences in the order of their names.
fn tasks(policy: &Policy) -> Vec<Task> {
    let mut tasks = vec![
        Task::Acknowledge,
        Task::Engage,
        Task::Mitigate,
        Task::Resolve,
        Task::FirstPublicUpdate,
        Task::Review,
    ];
    let updates = responses(policy).flat_map(|(_, it)| &it.updates);
    tasks.extend(updates.map(|it| Task::Update(it.audience.value.clone())));
    tasks.sort();
    tasks.dedup();
    tasks
}

fn target<'policy>(response: &'policy Response, task: &Task) -> Option<&'policy Target> {
    match task {
        Task::Acknowledge => response.ack.as_ref(),
        Task::Engage => response.engage.as_ref(),
        Task::Mitigate => response.mitigate.as_ref(),
        Task::Resolve => response.resolve.as_ref(),
        Task::FirstPublicUpdate => response.first_public_update.as_ref(),
        Task::Review => response.review.as_ref()?.within.as_ref(),
        Task::Update(audience) => {
            let mut updates = response.updates.iter();
            let update = updates.find(|it| it.audience.value == *audience)?;
            Some(&update.every)
        }
    }
}

/// What a response makes people do, and where it says so.
fn obligations(response: &Response) -> Vec<(Obligation, &Span)> {
    let mut found = Vec::new();
    if let Some(page) = &response.page {
        found.push((Obligation::Page, &page.span));
        if let Some(hours) = page.hours.as_ref().filter(|it| it.value == "always") {
            found.push((Obligation::PageAlways, &hours.span));
        }
    }
    let roles = response.roles.required.iter();
    found.extend(roles.map(|it| (Obligation::Role(it.value.clone()), &it.span)));
    let required = response.review.as_ref().and_then(|it| it.required.as_ref());
    found.extend(
        required
            .filter(|it| it.value)
            .map(|it| (Obligation::Review, &it.span)),
    );
    found
}

fn timed(policy: &Policy, rank: usize, target: &Target) -> Duty {
    let words = match &target.time.value {
        Deadline::Within(quantity) => quantity.text(),
        Deadline::Words(words) => words,
        Deadline::Never => "never",
    };
    duty(policy, rank, words, &target.span)
}

fn duty(policy: &Policy, rank: usize, words: &str, span: &Span) -> Duty {
    let id = |it: &Severity| it.id.value.clone();
    Duty {
        rank,
        severity: policy.severities.get(rank).map_or_else(String::new, id),
        words: words.to_owned(),
        span: span.clone(),
    }
}
