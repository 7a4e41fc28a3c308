//! The scale, the matrix, the metrics and the modifiers before and after, compared.

use super::{Change, Class, Difference, Pair, class, severity, words};
use crate::policy::adjust::{Escalation, Modifier};
use crate::policy::criteria::Criteria;
use crate::policy::evaluate::asks_the_same;
use crate::policy::matrix::Matrix;
use crate::policy::metric::Metric;
use crate::policy::{Outcome, Policy, Text, WhenUnsure};
use crate::span::Span;

/// Adds what changed in the rules that stand outside of the severities.
pub(super) fn compare(pair: &Pair<'_>, difference: &mut Difference) {
    let Difference { changes, undecided } = difference;
    changes.extend(major_line(pair));
    changes.extend(when_unsure(pair));
    changes.extend(default(pair));
    match (&pair.before.matrix, &pair.after.matrix) {
        (Some(before), Some(after)) if same_axes(before, after) => {
            changes.extend(cells(pair, before, after));
        }
        (None, None) => {}
        _ => undecided.push("what the matrix does now that its axes changed"),
    }
    for after in &pair.after.metrics {
        let before = pair.before.metric(&after.id);
        changes.extend(before.into_iter().flat_map(|it| metric(it, after)));
    }
    changes.extend(escalations(pair));
    if !same_list(&pair.before.modifiers, &pair.after.modifiers, same_modifier) {
        undecided.push("what the changed modifiers do");
    }
}

fn change(class: Class, about: &str, before: Option<Text>, after: Option<Text>) -> Change {
    Change {
        class,
        about: about.to_owned(),
        before,
        after,
        duties: Vec::new(),
        witness: None,
    }
}

/// The place in the common order of the mildest severity that is always major.
fn major_line(pair: &Pair<'_>) -> Option<Change> {
    let old = pair.before.major_line();
    let new = pair.after.major_line();
    let old_place = pair
        .order
        .iter()
        .position(|it| old.is_some() && it.before == old);
    let new_place = pair
        .order
        .iter()
        .position(|it| new.is_some() && it.after == new);
    if old_place == new_place {
        return None;
    }
    // The milder the line, the more incidents are major.
    let class = if old_place < new_place {
        Class::Escalates
    } else {
        Class::Relaxes
    };
    let before = severity(pair.before, old);
    let after = severity(pair.after, new);
    Some(change(
        class,
        "major incidents: the mildest severity that is one",
        before,
        after,
    ))
}

fn when_unsure(pair: &Pair<'_>) -> Option<Change> {
    let stated = |policy: &Policy| policy.scale.when_unsure.clone();
    let (old, new) = (stated(pair.before), stated(pair.after));
    if old.as_ref().map(|it| it.value) == new.as_ref().map(|it| it.value) {
        return None;
    }
    let class = match new.as_ref().map(|it| it.value) {
        Some(WhenUnsure::Higher) => Class::Escalates,
        _ => Class::Relaxes,
    };
    let words = |it: WhenUnsure| match it {
        WhenUnsure::Higher => "higher".to_owned(),
        WhenUnsure::Lower => "lower".to_owned(),
    };
    let before = old.map(|it| it.map(words));
    let after = new.map(|it| it.map(words));
    Some(change(
        class,
        "which severity to assume when unsure",
        before,
        after,
    ))
}

fn default(pair: &Pair<'_>) -> Option<Change> {
    let rank = |policy: &Policy| match &policy.scale.default.as_ref()?.value {
        Outcome::None => None,
        Outcome::Severity(name) => policy.rank(name),
    };
    let (old, new) = (rank(pair.before), rank(pair.after));
    let old_place = pair
        .order
        .iter()
        .position(|it| old.is_some() && it.before == old);
    let new_place = pair
        .order
        .iter()
        .position(|it| new.is_some() && it.after == new);
    if old_place == new_place {
        return None;
    }
    let before = severity(pair.before, old);
    let after = severity(pair.after, new);
    let about = "incidents that meet no criteria";
    Some(change(class(old_place, new_place), about, before, after))
}

/// After how long an incident becomes worse by itself.
fn escalations(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let stated = |policy: &Policy| -> Vec<(String, Option<Text>)> {
        let escalations = policy.escalate.iter();
        escalations.map(escalation).collect()
    };
    let (before, after) = (stated(pair.before), stated(pair.after));
    for (about, new) in &after {
        let old = before.iter().find(|(it, _)| it == about);
        let old = old.and_then(|(_, it)| it.clone());
        if old.as_ref().map(|it| &it.value) != new.as_ref().map(|it| &it.value) {
            changes.push(change(Class::Response, about, old, new.clone()));
        }
    }
    for (about, old) in before {
        if !after.iter().any(|(it, _)| *it == about) {
            changes.push(change(Class::Response, &about, old, None));
        }
    }
    changes
}

/// What an escalation is about, and after how long it comes.
fn escalation(escalation: &Escalation) -> (String, Option<Text>) {
    let name = |it: &Option<Text>| it.as_ref().map_or_else(String::new, |it| it.value.clone());
    let stage = escalation.without.as_ref().map(|it| it.value.name());
    let about = format!(
        "{} not {} becomes {}",
        name(&escalation.from),
        stage.unwrap_or("over"),
        name(&escalation.to)
    );
    let time = escalation.after.as_ref();
    let time = time.and_then(|it| Some(words(it.time.quantity()?.text(), &it.time.span)));
    (about, time)
}

fn same_axes(before: &Matrix, after: &Matrix) -> bool {
    same_list(&before.axes, &after.axes, |one, other| {
        let same_step = |one: &crate::policy::matrix::Step, other: &crate::policy::matrix::Step| {
            *one.id == *other.id && same_criteria(one.when.as_ref(), other.when.as_ref())
        };
        *one.id == *other.id && same_list(&one.steps, &other.steps, same_step)
    })
}

fn cells(pair: &Pair<'_>, before: &Matrix, after: &Matrix) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut all: Vec<&[usize]> = before.cells.iter().map(|it| it.at.as_slice()).collect();
    all.extend(after.cells.iter().map(|it| it.at.as_slice()));
    all.sort_unstable();
    all.dedup();
    for at in all {
        let rank = |policy: &Policy, matrix: &Matrix| match &matrix.cell(at)?.outcome.value {
            Outcome::None => None,
            Outcome::Severity(name) => policy.rank(name),
        };
        let (old, new) = (rank(pair.before, before), rank(pair.after, after));
        let old_place = pair
            .order
            .iter()
            .position(|it| old.is_some() && it.before == old);
        let new_place = pair
            .order
            .iter()
            .position(|it| new.is_some() && it.after == new);
        if old_place == new_place {
            continue;
        }
        let steps = after.axes.iter().zip(at).map(|(axis, step)| {
            let step = axis.steps.get(*step).map_or("", |it| it.shown());
            format!("{}: {step}", axis.shown())
        });
        let about: Vec<String> = steps.collect();
        let response = |policy: &Policy, rank: Option<usize>| {
            rank.and_then(|it| policy.severities[it].response.clone())
        };
        let (old_response, new_response) = (response(pair.before, old), response(pair.after, new));
        changes.push(Change {
            duties: super::duty::duties(old_response.as_ref(), new_response.as_ref()),
            ..change(
                class(old_place, new_place),
                &about.join(", "),
                severity(pair.before, old),
                severity(pair.after, new),
            )
        });
    }
    changes
}

/// What a metric measures, where that changed.
fn metric(before: &Metric, after: &Metric) -> Vec<Change> {
    let mut changes = Vec::new();
    let window = |it: &Metric| it.window.as_ref().map(|it| it.value.clone());
    for ((what, old), (_, new)) in meaning(before).into_iter().zip(meaning(after)) {
        let is_same_text = old.as_ref().map(|it| &it.value) == new.as_ref().map(|it| &it.value);
        if is_same_text || (what == "window" && window(before) == window(after)) {
            continue;
        }
        let class = match &old {
            None => Class::Clarifies,
            Some(_) => Class::Wording,
        };
        let about = format!("{}: {what}", after.shown());
        changes.push(change(class, &about, old, new));
    }
    changes
}

/// What the numbers of a metric mean, one by one.
fn meaning(metric: &Metric) -> [(&'static str, Option<Text>); 5] {
    let text = |value: String, span: &Span| words(value, span);
    let window = metric.window.as_ref();
    let statistic = metric.statistic.as_ref();
    let unit = metric.unit.as_ref();
    let worse = metric.worse.as_ref();
    [
        (
            "unit",
            unit.map(|it| text(it.value.name().to_owned(), &it.span)),
        ),
        ("population", metric.population.clone()),
        (
            "window",
            window.map(|it| text(it.value.text().to_owned(), &it.span)),
        ),
        (
            "statistic",
            statistic.map(|it| text(it.value.to_string(), &it.span)),
        ),
        (
            "worse",
            worse.map(|it| text(format!("{:?}", it.value).to_lowercase(), &it.span)),
        ),
    ]
}

fn same_modifier(one: &Modifier, other: &Modifier) -> bool {
    one.effect.value == other.effect.value && same_criteria(one.when.as_ref(), other.when.as_ref())
}

/// Whether two trees have the same form and ask the same. They are at most
/// [`crate::policy::criteria::MAX_DEPTH`] deep.
fn same_criteria(one: Option<&Criteria>, other: Option<&Criteria>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return one.is_none() && other.is_none();
    };
    if one.is_leaf() || other.is_leaf() {
        return asks_the_same(one, other);
    }
    let same_kind = std::mem::discriminant(&one.test) == std::mem::discriminant(&other.test);
    same_kind
        && one.needed() == other.needed()
        && same_list(one.children(), other.children(), |one, other| {
            same_criteria(Some(one), Some(other))
        })
}

fn same_list<T>(one: &[T], other: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(one, other)| same(one, other))
}
