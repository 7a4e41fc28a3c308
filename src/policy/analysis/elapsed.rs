//! A target to the longest time that can pass until it is due, so that working time and the clock compare.
//!
//! Four working hours that start on Friday at five are due on Monday at one. Holidays are left out:
//! they move all targets of a calendar alike.

use jiff::civil::Weekday;

use crate::policy::Policy;
use crate::policy::calendar::Calendar;
use crate::policy::decimal::Decimal;
use crate::policy::quantity::{Dimension, Quantity};
use crate::policy::response::{Deadline, Target};

const MINUTE: i128 = 60;
const DAY: i128 = 86_400;
const WEEK: i128 = 7 * DAY;
/// The seconds of a day that count where no calendar says otherwise: nine to five.
const USUAL_HOURS: (i128, i128) = (9 * 3_600, 17 * 3_600);

/// The longest time until a target is due, in seconds; `None` where it is not a time, or too long.
pub fn longest(target: &Target, policy: &Policy) -> Option<Decimal> {
    let Deadline::Within(time) = &target.time.value else {
        return None;
    };
    let named = target.calendar.as_ref().map(|it| it.value.as_str());
    let calendar = named.and_then(|it| policy.calendar(it));
    let base = time.base();
    match time.dimension() {
        Dimension::Time if named.is_none() => Some(base),
        Dimension::Time if is_in_days(time) => {
            let days = base.checked_div(Decimal::whole(DAY))?;
            working(days.checked_mul(Decimal::whole(day(calendar)))?, calendar)
        }
        Dimension::Time => working(base, calendar),
        Dimension::Months => base.checked_mul(Decimal::whole(31 * DAY)),
        Dimension::BusinessDays => {
            working(base.checked_mul(Decimal::whole(day(calendar)))?, calendar)
        }
        Dimension::BusinessHours => working(base.checked_mul(Decimal::whole(3_600))?, calendar),
        _ => None,
    }
}

/// Whether a time is written in days or weeks, which in a calendar means its working days.
fn is_in_days(time: &Quantity) -> bool {
    let unit = time.unit().and_then(Decimal::to_whole);
    unit.is_some_and(|it| it % DAY == 0)
}

/// How many seconds of a working day count.
fn day(calendar: Option<&Calendar>) -> i128 {
    let (start, end) = hours(calendar);
    end - start
}

fn hours(calendar: Option<&Calendar>) -> (i128, i128) {
    let Some(calendar) = calendar else {
        return USUAL_HOURS;
    };
    match calendar.hours.as_ref().map(|it| it.value) {
        Some(hours) if hours.start_min < hours.end_min => (
            i128::from(hours.start_min) * MINUTE,
            i128::from(hours.end_min) * MINUTE,
        ),
        _ => (0, DAY),
    }
}

/// The working days as days from Monday, in order; Monday to Friday where none are stated.
fn days(calendar: Option<&Calendar>) -> Vec<i128> {
    let stated = calendar.map_or(&[][..], |it| &it.days);
    let mut days: Vec<i128> = stated.iter().map(|it| from_monday(it.value)).collect();
    if days.is_empty() {
        days = (0..5).collect();
    }
    days.sort_unstable();
    days.dedup();
    days
}

fn from_monday(day: Weekday) -> i128 {
    i128::from(day.to_monday_zero_offset())
}

/// The longest time in which so many working seconds pass: it starts when work stops.
fn working(seconds: Decimal, calendar: Option<&Calendar>) -> Option<Decimal> {
    let days = days(calendar);
    let (start, end) = hours(calendar);
    let length = end - start;
    let a_week = Decimal::whole(length * i128::try_from(days.len()).ok()?);
    // The last week is walked through, so that it ends when the work is done and not a weekend later.
    let part = Decimal::new(1, 12)?;
    let weeks = seconds.checked_sub(part)?.whole_times(a_week)?.max(0);
    let rest = seconds.checked_sub(a_week.checked_mul(Decimal::whole(weeks))?)?;
    let walked = days
        .iter()
        .filter_map(|day| walk(rest, day * DAY + end, &days, (start, end)));
    let walked = walked.max()?;
    walked.checked_add(Decimal::whole(weeks.checked_mul(WEEK)?))
}

/// How long it takes until so many working seconds, at most those of a week, have passed since `from`,
/// a time of the week at which work stops.
fn walk(
    mut rest: Decimal,
    from: i128,
    days: &[i128],
    (start, end): (i128, i128),
) -> Option<Decimal> {
    let length = Decimal::whole(end - start);
    let openings =
        (0..2).flat_map(|week| days.iter().map(move |day| week * WEEK + day * DAY + start));
    for opening in openings.filter(|it| *it >= from) {
        if rest <= length {
            return Decimal::whole(opening - from).checked_add(rest);
        }
        rest = rest.checked_sub(length)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours_of(time: i128) -> Option<Decimal> {
        working(Decimal::whole(time * 3_600), None)
    }

    #[test]
    fn working_time_waits_for_the_weekend() {
        assert_eq!(
            hours_of(4),
            Some(Decimal::whole(68 * 3_600)),
            "Friday 17:00 to Monday 13:00"
        );
        assert_eq!(
            hours_of(8),
            Some(Decimal::whole(72 * 3_600)),
            "to Monday 17:00"
        );
        assert_eq!(hours_of(40), Some(Decimal::whole(WEEK)), "to Friday 17:00");
        assert_eq!(hours_of(48), Some(Decimal::whole(WEEK + 72 * 3_600)));
    }
}
