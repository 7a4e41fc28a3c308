//! Two versions of a policy in, what the change means out.
//!
//! Words are never guessed at: where only words changed, the effect is said to be unknown.

mod duty;
mod rules;
mod wording;

pub use self::duty::Duty;

use super::analysis::moves::{self, Move, Place};
use super::analysis::stretch::{Stretch, Subject};
use super::facts::FactSet;
use super::{Policy, Text};
use crate::span::{Span, Spanned};

/// What a change of a policy means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// What changed: incidents that change their severity first, then duties, then words. With none, and
    /// nothing undecided, the two mean the same.
    pub changes: Vec<Change>,
    /// What was too large or too different to compare.
    pub undecided: Vec<&'static str>,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What kind of change it is.
    pub class: Class,
    /// What it is about: “Customers affected: 5% to below 10%”, “SEV-2: ack”.
    pub about: String,
    /// What was so, and where it is written; `None` where there was nothing.
    pub before: Option<Text>,
    /// What is so now, and where it is written; `None` where there is nothing.
    pub after: Option<Text>,
    /// What else must be done now, or need not be done any more, because of it.
    pub duties: Vec<Duty>,
    /// Facts with which the change can be checked.
    pub witness: Option<FactSet>,
}

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Incidents have no severity any more.
    Uncovers,
    /// Incidents have a milder severity.
    Relaxes,
    /// Incidents have a worse severity.
    Escalates,
    /// Incidents that had no severity have one.
    Covers,
    /// The same severity, other duties.
    Response,
    /// Words became measurable.
    Clarifies,
    /// Words changed; what that does is not known.
    Wording,
}

impl Class {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Uncovers => "uncovers",
            Self::Relaxes => "relaxes",
            Self::Escalates => "escalates",
            Self::Covers => "covers",
            Self::Response => "response",
            Self::Clarifies => "clarifies",
            Self::Wording => "wording",
        }
    }
}

/// What the change from one version of a policy to another means, for the policy and its variants.
pub fn diff(before: &Policy, after: &Policy) -> Difference {
    let mut difference = compare(before, after);
    for variant in &after.variants {
        let Some(old) = before.variant(&variant.id) else {
            difference.undecided.push("what the new variant asks for");
            continue;
        };
        let own = compare(&before.in_variant(old), &after.in_variant(variant));
        let title = variant.title.as_ref().unwrap_or(&variant.id);
        for mut change in own.changes {
            if !difference.changes.contains(&change) {
                change.about = format!("{}: {}", title.value, change.about);
                difference.changes.push(change);
            }
        }
    }
    let is_left = |it: &super::adjust::Variant| after.variant(&it.id).is_some();
    if !before.variants.iter().all(is_left) {
        difference
            .undecided
            .push("what was left out with a variant");
    }
    difference.changes.sort_by_key(|it| it.class);
    difference
}

fn compare(before: &Policy, after: &Policy) -> Difference {
    let pair = Pair {
        before,
        after,
        order: order(before, after),
    };
    let mut difference = Difference::default();
    match moves::moves(before, after, &pair.order) {
        Some(moves) => difference
            .changes
            .extend(moves.iter().map(|it| pair.moved(it))),
        None => difference
            .undecided
            .push("which incidents change their severity"),
    }
    rules::compare(&pair, &mut difference);
    for place in &pair.order {
        duty::compare(&pair, *place, &mut difference);
        wording::compare(&pair, *place, &mut difference);
    }
    difference
}

/// The two versions, and their severities in a common order.
struct Pair<'policy> {
    before: &'policy Policy,
    after: &'policy Policy,
    order: Vec<Place>,
}

impl Pair<'_> {
    fn moved(&self, moved: &Move) -> Change {
        let (before, after) = (
            moved.before.map(|it| self.order[it]),
            moved.after.map(|it| self.order[it]),
        );
        let response = |policy: &Policy, rank: Option<usize>| {
            rank.and_then(|it| policy.severities[it].response.clone())
        };
        let old = response(self.before, before.and_then(|it| it.before));
        let new = response(self.after, after.and_then(|it| it.after));
        Change {
            class: class(moved.before, moved.after),
            about: self.stretches(&moved.stretches),
            before: before.and_then(|it| severity(self.before, it.before)),
            after: after.and_then(|it| severity(self.after, it.after)),
            duties: duty::duties(old.as_ref(), new.as_ref()),
            witness: moved.witness.clone(),
        }
    }

    /// “Customers affected: 5% to below 10%, Is data exposed?: yes”.
    fn stretches(&self, stretches: &[Stretch]) -> String {
        if stretches.is_empty() {
            return "every incident".to_owned();
        }
        let words: Vec<String> = stretches.iter().map(|it| self.stretch(it)).collect();
        words.join(", ")
    }

    fn stretch(&self, stretch: &Stretch) -> String {
        let name = stretch.subject.name();
        let metric = || {
            let metric = self.after.metric(name).or_else(|| self.before.metric(name));
            metric.map_or(name, |it| it.shown())
        };
        match &stretch.subject {
            Subject::Value(..) => format!("{}: {stretch}", metric()),
            Subject::Times(_, of) => format!("{}: {stretch} of {of}", metric()),
            Subject::Lasting(..) => format!("for {stretch}"),
            Subject::Condition(id) => {
                let condition = self
                    .after
                    .condition(id)
                    .or_else(|| self.before.condition(id));
                let question = condition.map_or(name, |it| it.shown());
                format!("{question} {}", yes_or_no(stretch))
            }
            Subject::Answer(_) | Subject::Step(_) => format!("{name}: {}", yes_or_no(stretch)),
        }
    }
}

/// A yes-or-no axis is 0 for no and 1 for yes.
fn yes_or_no(stretch: &Stretch) -> &'static str {
    match stretch.low {
        std::ops::Bound::Unbounded => "no",
        _ => "yes",
    }
}

/// The id of a severity, with a word on whether it is a major one; the place is that of the id.
fn severity(policy: &Policy, rank: Option<usize>) -> Option<Text> {
    let rank = rank?;
    let id = &policy.severities[rank].id;
    let major = if policy.is_major(rank) {
        " (major)"
    } else {
        ""
    };
    Some(Spanned::new(
        format!("{}{major}", id.value),
        id.span.clone(),
    ))
}

/// What kind of change it is to go from one place in the common order to another.
fn class(before: Option<usize>, after: Option<usize>) -> Class {
    match (before, after) {
        (Some(_), None) => Class::Uncovers,
        (None, Some(_)) => Class::Covers,
        (before, after) if before < after => Class::Relaxes,
        _ => Class::Escalates,
    }
}

/// The severities of both, the worst first: those of the second, and after the one that stood before it
/// each of the first that the second has no more.
fn order(before: &Policy, after: &Policy) -> Vec<Place> {
    let twin = |rank: usize| {
        let severity = &before.severities[rank];
        let mut names = [&severity.id].into_iter().chain(&severity.aliases);
        names.find_map(|it| after.rank(it))
    };
    let twins: Vec<Option<usize>> = (0..before.severities.len()).map(twin).collect();
    let mut order: Vec<Place> = (0..after.severities.len())
        .map(|rank| Place {
            before: twins.iter().position(|it| *it == Some(rank)),
            after: Some(rank),
        })
        .collect();
    for (rank, twin) in twins.iter().enumerate() {
        let is_placed = order.iter().any(|it| it.before == Some(rank));
        if is_placed && twin.is_some() {
            continue;
        }
        let neighbor = order
            .iter()
            .position(|it| rank > 0 && it.before == Some(rank - 1));
        let place = Place {
            before: Some(rank),
            after: None,
        };
        order.insert(neighbor.map_or(0, |it| it + 1), place);
    }
    order
}

/// Words of the model, at a place.
fn words(text: impl Into<String>, span: &Span) -> Text {
    Spanned::new(text.into(), span.clone())
}
