//! Times that a response promises: `within 15 min`, `every 2 hours`, `next business day`, `daily`.

use super::amount::{Amount, Cursor, Time, TimeUnit, Unit};
use super::measure;
use super::words::Word;
use crate::policy::decimal::Decimal;

/// A time to do something by, or between two times that it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// How long; where a range is given, the longer end.
    pub time: Amount,
    /// Once, or again and again.
    pub pace: Pace,
    /// Whether the author says `about` or `approximately`.
    pub approximate: bool,
}

/// Once, or again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// By then.
    Once,
    /// So often.
    Every,
}

/// All targets in a text, in the order they stand.
pub(super) fn targets(words: &[Word<'_>]) -> Vec<Target> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut measures = measure::measures(words).into_iter().peekable();
    while at < words.len() {
        let cursor = Cursor { words, at };
        let here = words[at].start;
        while measures.next_if(|it| it.range.end <= here).is_some() {}
        if let Some((target, after)) = phrase(cursor) {
            found.push(target);
            at = after.at;
        } else if let Some(it) = measures.next_if(|it| it.range.start <= here) {
            let end = it.range.end;
            // `P1 (5m window)` says how a burn rate is measured.
            let mut behind = words[at..].iter().skip_while(|it| it.start < end);
            let is_window = behind.next().is_some_and(|it| it.is("window"));
            let is_bracketed = at > 0 && words[at - 1].is_sign('(');
            let is_measured = behind.take(4).any(|it| it.among(&["burn", "rate"]));
            let is_window = is_window && (is_bracketed || is_measured);
            if let Some(mut target) = timed(it).filter(|_| !is_window) {
                target.pace = pace(cursor);
                target.approximate |= is_about(cursor);
                if office_hours(&words[at..]) {
                    business(&mut target.time.unit);
                }
                found.push(target);
            }
            while words.get(at).is_some_and(|it| it.start < end) {
                at += 1;
            }
        } else {
            at += 1;
        }
    }
    found
}

/// A comparison of time as a target; one without an upper end is none.
fn timed(measure: measure::Measure) -> Option<Target> {
    let edge = measure.high?;
    matches!(measure.unit, Unit::Time(_)).then_some(Target {
        time: Amount {
            number: edge.number,
            unit: measure.unit,
            range: measure.range,
        },
        pace: Pace::Once,
        approximate: measure.approximate,
    })
}

/// Whether the words before an amount make it a rhythm.
fn pace(at: Cursor<'_, '_>) -> Pace {
    let before = &at.words[at.at.saturating_sub(3)..at.at];
    let every = before.iter().any(|it| {
        it.among(&[
            "every",
            "each",
            "per",
            "interval",
            "intervals",
            "toutes",
            "alle",
            "cada",
        ])
    });
    let after = at.words[at.at..].iter().take(6);
    let mut interval = after.filter(|it| it.among(&["interval", "intervals", "cadence"]));
    if every || interval.next().is_some() {
        Pace::Every
    } else {
        Pace::Once
    }
}

/// Whether the author says so loosely before `every`: `roughly every 30 minutes`.
fn is_about(at: Cursor<'_, '_>) -> bool {
    let before = &at.words[at.at.saturating_sub(2)..at.at];
    let [about, every] = before else {
        return false;
    };
    let loose = [
        "roughly",
        "about",
        "approximately",
        "around",
        "usually",
        "approx",
    ];
    every.is("every") && about.among(&loose)
}

/// Targets that are phrases: `next business day`, `hourly`, `twice a day`.
fn phrase<'words, 'text>(start: Cursor<'words, 'text>) -> Option<(Target, Cursor<'words, 'text>)> {
    const RHYTHMS: [(&str, i128, TimeUnit); 34] = [
        ("toutes les heures", 1, TimeUnit::Hour),
        ("st\u{fc}ndlich", 1, TimeUnit::Hour),
        ("cada hora", 1, TimeUnit::Hour),
        ("quotidien", 1, TimeUnit::Day),
        ("quotidienne", 1, TimeUnit::Day),
        ("t\u{e4}glich", 1, TimeUnit::Day),
        ("diario", 1, TimeUnit::Day),
        ("diaria", 1, TimeUnit::Day),
        ("w\u{f6}chentlich", 1, TimeUnit::Week),
        ("hebdomadaire", 1, TimeUnit::Week),
        ("bi-hourly", 2, TimeUnit::Hour),
        ("half-hourly", 30, TimeUnit::Minute),
        ("hourly", 1, TimeUnit::Hour),
        ("every hour", 1, TimeUnit::Hour),
        ("once an hour", 1, TimeUnit::Hour),
        ("once per hour", 1, TimeUnit::Hour),
        ("every other hour", 2, TimeUnit::Hour),
        ("twice an hour", 30, TimeUnit::Minute),
        ("twice a day", 12, TimeUnit::Hour),
        ("twice per day", 12, TimeUnit::Hour),
        ("twice daily", 12, TimeUnit::Hour),
        ("two times a day", 12, TimeUnit::Hour),
        ("every other day", 2, TimeUnit::Day),
        ("daily", 1, TimeUnit::Day),
        ("once a day", 1, TimeUnit::Day),
        ("once per day", 1, TimeUnit::Day),
        ("every day", 1, TimeUnit::Day),
        ("weekly", 1, TimeUnit::Week),
        ("once a week", 1, TimeUnit::Week),
        ("every week", 1, TimeUnit::Week),
        ("monthly", 1, TimeUnit::Month),
        ("every month", 1, TimeUnit::Month),
        ("quarterly", 1, TimeUnit::Quarter),
        ("every quarter", 1, TimeUnit::Quarter),
    ];
    const ONCE: [(&str, TimeUnit, bool); 14] = [
        ("today", TimeUnit::Day, false),
        ("same working day", TimeUnit::Day, true),
        ("same-day", TimeUnit::Day, false),
        ("day of request", TimeUnit::Day, false),
        ("day of the request", TimeUnit::Day, false),
        ("next-business-day", TimeUnit::Day, true),
        ("next business week", TimeUnit::Week, true),
        ("same business day", TimeUnit::Day, true),
        ("same day", TimeUnit::Day, false),
        ("next business day", TimeUnit::Day, true),
        ("next working day", TimeUnit::Day, true),
        ("following business day", TimeUnit::Day, true),
        ("next day", TimeUnit::Day, false),
        ("next week", TimeUnit::Week, false),
    ];
    let made = |number, unit, business, pace, after: Cursor<'words, 'text>| {
        let range = start.peek(0)?.start..after.end();
        let before = start.at.checked_sub(1).map(|it| &start.words[it]);
        let target = Target {
            time: Amount {
                number: Decimal::whole(number),
                unit: Unit::Time(Time { unit, business }),
                range,
            },
            pace,
            approximate: before.is_some_and(|it| it.among(&["approximately", "about", "roughly"])),
        };
        Some((target, after))
    };
    let workdays = [
        "every business day",
        "each business day",
        "every working day",
    ];
    if let Some(after) = start.past_any(&workdays) {
        return made(1, TimeUnit::Day, true, Pace::Every, after);
    }
    for (phrase, number, unit) in RHYTHMS {
        if let Some(after) = start.past(phrase) {
            return made(number, unit, false, Pace::Every, after);
        }
    }
    let (phrase, unit, business) = ONCE
        .iter()
        .find(|(phrase, ..)| start.past(phrase).is_some())?;
    made(1, *unit, *business, Pace::Once, start.past(phrase)?)
}

/// Whether the words behind a time say that only working hours count.
fn office_hours(words: &[Word<'_>]) -> bool {
    let clause = words.iter().take_while(|it| !it.is_sign(';')).take(10);
    let clause: Vec<&Word<'_>> = clause.collect();
    let says =
        |one: &str, other: &str| clause.windows(2).any(|it| it[0].is(one) && it[1].is(other));
    let hours = says("business", "hours") || says("office", "hours") || says("working", "hours");
    hours && !says("of", "hours") && !says("out", "of") && !clause.iter().any(|it| it.is("outside"))
}

fn business(unit: &mut Unit) {
    if let Unit::Time(time) = unit {
        time.business = true;
    }
}
