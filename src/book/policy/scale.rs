//! The scale as a whole, and the calendars.

use super::check::{self, INVALID};
use super::shape::{Map, text};
use super::tables;
use crate::diagnostic::{Diagnostic, Level};
use crate::policy::calendar::Calendar;
use crate::policy::quantity::Quantity;
use crate::policy::{Direction, Major, Outcome, Scale, ScaleReview, WhenUnsure};
use crate::span::Spanned;

/// The scale of a policy; empty where none is stated.
pub(super) fn decode(policy: Map<'_>) -> Scale {
    let Some(map) = policy.one("scale", &tables::SCALE) else {
        return Scale::default();
    };
    Scale {
        direction: map.read("direction", direction),
        when_unsure: map.read("when_unsure", when_unsure),
        default: map.text("default").map(outcome),
        major: map.one("major", &tables::MAJOR).map(|it| Major {
            at_or_above: it.text("at_or_above"),
            also: it.texts("also"),
            span: it.span(),
        }),
        owner: map.text("owner"),
        review: map
            .one("review", &tables::SCALE_REVIEW)
            .map(|it| ScaleReview {
                last: it.read("last", check::date),
                every: time(it, "every"),
                span: it.span(),
            }),
        span: Some(map.span()),
    }
}

fn direction(text: &str) -> Option<Direction> {
    Some(match text {
        "lower_is_worse" => Direction::LowerIsWorse,
        "higher_is_worse" => Direction::HigherIsWorse,
        "worst_first" => Direction::WorstFirst,
        "worst_last" => Direction::WorstLast,
        _ => return None,
    })
}

fn when_unsure(text: &str) -> Option<WhenUnsure> {
    match text {
        "higher" => Some(WhenUnsure::Higher),
        "lower" => Some(WhenUnsure::Lower),
        _ => None,
    }
}

/// A severity, or `none`.
pub(super) fn outcome(name: Spanned<String>) -> Spanned<Outcome> {
    name.map(|name| match name.as_str() {
        "none" | "None" => Outcome::None,
        _ => Outcome::Severity(name),
    })
}

/// A number with a unit.
pub(super) fn quantity(text: &str) -> Option<Quantity> {
    Quantity::parse(text).ok()
}

/// A time.
pub(super) fn time(map: Map<'_>, name: &str) -> Option<Spanned<Quantity>> {
    map.read(name, quantity)
        .filter(|it| it.dimension().is_time())
}

/// The calendars. Days that are none are told here, for a list of texts may hold any.
pub(super) fn calendars(policy: Map<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Calendar> {
    let maps = policy.named("calendars", &tables::CALENDAR);
    let calendars = maps.into_iter().filter_map(|map| {
        Some(Calendar {
            id: map.id()?,
            title: map.text("title"),
            days: days(
                map,
                "days",
                check::weekday,
                "mon, tue, wed, thu, fri, sat or sun",
                diagnostics,
            ),
            hours: map.read("hours", check::hours),
            zone: map.text("zone"),
            holidays: days(
                map,
                "holidays",
                check::date,
                "a date such as 2026-12-25",
                diagnostics,
            ),
            span: map.span(),
        })
    });
    calendars.collect()
}

fn days<T>(
    map: Map<'_>,
    name: &str,
    read: fn(&str) -> Option<T>,
    wanted: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Spanned<T>> {
    let mut days = Vec::new();
    let Some(node) = map.get(name) else {
        return days;
    };
    for day in super::shape::list(node).iter().filter_map(text) {
        if let Some(value) = read(&day) {
            days.push(Spanned::new(value, day.span));
        } else {
            let message = format!("`{}` in `{name}` is no day", day.value);
            diagnostics.push(
                Diagnostic::new(INVALID, Level::Error, message, day.span)
                    .help(format!("write {wanted}")),
            );
        }
    }
    days
}
