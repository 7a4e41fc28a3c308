//! Numbers with their unit: `10 %`, `$5k`, `90 s`, `3 business days`, `500 users`, `2x`.

use std::ops::Range;

use super::noun::noun_at;
use super::number;
use super::words::{Kind, Word};
use crate::policy::decimal::Decimal;

/// A number and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub number: Decimal,
    /// What it counts.
    pub unit: Unit,
    /// The bytes of the number and its unit.
    pub range: Range<usize>,
}

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Hundredths.
    Percent,
    /// A length of time.
    Time(Time),
    /// A sum of money, with the sign or the letters of its currency.
    Money(&'static str),
    /// How many times something else: `2x`.
    Multiple,
    /// Things, by their name in lower case and the plural: `users`.
    Count(String),
    /// Nothing is said: `> 50`.
    Bare,
}

/// A unit of time, and whether only working time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The unit.
    pub unit: TimeUnit,
    /// Only working hours or days count.
    pub business: bool,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// A thousandth of a second.
    Millisecond,
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

/// A reader of words from left to right.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'words, 'text> {
    /// All words of the sentence.
    pub(super) words: &'words [Word<'text>],
    /// The next word.
    pub(super) at: usize,
}

impl<'words, 'text> Cursor<'words, 'text> {
    /// The word `ahead` places after the next one.
    pub(super) fn peek(&self, ahead: usize) -> Option<&'words Word<'text>> {
        self.words.get(self.at + ahead)
    }

    /// The same reader, `count` words later.
    pub(super) fn skip(&self, count: usize) -> Self {
        Self {
            words: self.words,
            at: self.at + count,
        }
    }

    /// The reader behind a phrase of words or signs parted by spaces, if it stands here.
    pub(super) fn past(&self, phrase: &str) -> Option<Self> {
        // Most phrases do not stand here, and most of those do not even begin with this letter.
        let letter = self.peek(0)?.text.as_bytes().first()?;
        if letter.is_ascii() && !phrase.as_bytes().first()?.eq_ignore_ascii_case(letter) {
            return None;
        }
        let mut at = *self;
        for part in phrase.split(' ') {
            if !at.peek(0)?.is(part) {
                return None;
            }
            at = at.skip(1);
        }
        Some(at)
    }

    /// The reader behind the first phrase of a list that stands here.
    pub(super) fn past_any(&self, phrases: &[&str]) -> Option<Self> {
        phrases.iter().find_map(|it| self.past(it))
    }

    /// Whether the next word is one of a list.
    pub(super) fn sees(&self, list: &[&str]) -> bool {
        self.peek(0).is_some_and(|it| it.among(list))
    }

    /// The byte after the last word that was read.
    pub(super) fn end(&self) -> usize {
        let last = self.at.checked_sub(1).and_then(|it| self.words.get(it));
        last.map_or(0, |it| it.end)
    }
}

/// Which way a number is open: `10 %+`, `30 minutes or less`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// This much or more.
    Up,
    /// This much or less.
    Down,
}

/// Reads an amount that starts at the cursor; gives it, which way it is open, and the reader behind it.
pub(super) fn amount<'words, 'text>(
    start: Cursor<'words, 'text>,
) -> Option<(Amount, Option<Open>, Cursor<'words, 'text>)> {
    let first = start.peek(0)?;
    if let Some((number, unit, at)) = fraction(start) {
        let range = first.start..at.end();
        return Some((
            Amount {
                number,
                unit,
                range,
            },
            None,
            at,
        ));
    }
    let currency = currency_before(first);
    let (mut number, mut at) = number_at(start.skip(usize::from(currency.is_some())))?;
    while let Some(factor) = at.peek(0).and_then(|it| number::multiplier(it.text)) {
        number = number.checked_mul(factor)?;
        at = at.skip(1);
    }
    let (early, at) = open(at);
    let (unit, at) = match currency {
        Some(sign) => (Unit::Money(sign), past_code(at)),
        None => unit_at(at),
    };
    let (late, at) = if early.is_some() {
        (None, at)
    } else {
        open(at)
    };
    let range = first.start..at.end();
    let amount = Amount {
        number,
        unit,
        range,
    };
    Some((amount, early.or(late), at))
}

/// `half of`, `half an hour`, `a quarter of`.
fn fraction<'words, 'text>(
    start: Cursor<'words, 'text>,
) -> Option<(Decimal, Unit, Cursor<'words, 'text>)> {
    let minutes = Unit::Time(Time {
        unit: TimeUnit::Minute,
        business: false,
    });
    if let Some(at) = start.past_any(&["half an hour", "half hour"]) {
        return Some((Decimal::whole(30), minutes, at));
    }
    let percent = [
        ("half of", 50),
        ("half the", 50),
        ("half our", 50),
        ("a quarter of", 25),
        ("one quarter of", 25),
        ("three quarters of", 75),
    ];
    let (at, value) = percent
        .iter()
        .find_map(|(phrase, value)| Some((start.past(phrase)?, *value)))?;
    // The last word belongs to what is counted.
    let at = Cursor {
        words: at.words,
        at: at.at - 1,
    };
    Some((Decimal::whole(value), Unit::Percent, at))
}

/// The words behind a number that open it to one side.
fn open<'words, 'text>(at: Cursor<'words, 'text>) -> (Option<Open>, Cursor<'words, 'text>) {
    const UP: &[&str] = &[
        "+",
        "or more",
        "or greater",
        "or above",
        "or higher",
        "or longer",
        "or over",
        "or worse",
        "or larger",
        "and above",
        "and over",
        "and up",
        "and more",
        "minimum",
    ];
    const DOWN: &[&str] = &[
        "or less",
        "or fewer",
        "or below",
        "or lower",
        "or under",
        "or shorter",
        "or sooner",
        "or faster",
        "and below",
        "and under",
        "maximum",
        "max",
        "at most",
    ];
    // `5% and under 30%` goes on to another number.
    let ends = |it: &Cursor<'words, 'text>| number_at(*it).is_none();
    if let Some(after) = at.past_any(UP).filter(ends) {
        (Some(Open::Up), after)
    } else if let Some(after) = at.past_any(DOWN).filter(ends) {
        (Some(Open::Down), after)
    } else {
        (None, at)
    }
}

/// A number in digits or words; `a` and `an` are one before a unit of time.
fn number_at<'words, 'text>(at: Cursor<'words, 'text>) -> Option<(Decimal, Cursor<'words, 'text>)> {
    let word = at.peek(0)?;
    if let Kind::Number(number) = word.kind {
        return Some((number, at.skip(1)));
    }
    if word.among(&["a", "an"]) {
        let next = at.skip(1);
        let counts = next.peek(0).is_some_and(|it| {
            time_unit(it.text).is_some() || number::multiplier(it.text).is_some()
        });
        return counts.then_some((Decimal::whole(1), next));
    }
    let number = number::spelled(word.text)?;
    // `one (1) hour` says it twice.
    let again = at.peek(1).is_some_and(|it| it.is_sign('('))
        && at.peek(2).is_some_and(|it| it.kind == Kind::Number(number))
        && at.peek(3).is_some_and(|it| it.is_sign(')'));
    Some((number, at.skip(if again { 4 } else { 1 })))
}

fn currency_before(word: &Word<'_>) -> Option<&'static str> {
    match word.text {
        "$" | "US$" => Some("USD"),
        "\u{20ac}" => Some("EUR"),
        "\u{a3}" => Some("GBP"),
        "\u{a5}" => Some("JPY"),
        other => currency_code(other),
    }
}

fn currency_code(word: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 10] = [
        ("usd", "USD"),
        ("dollars", "USD"),
        ("dollar", "USD"),
        ("eur", "EUR"),
        ("euro", "EUR"),
        ("euros", "EUR"),
        ("gbp", "GBP"),
        ("pounds", "GBP"),
        ("chf", "CHF"),
        ("inr", "INR"),
    ];
    let known = CODES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    known.map(|(_, code)| *code)
}

/// Skips the letters of a currency that repeat its sign, as in `$5,000 USD`.
fn past_code<'words, 'text>(at: Cursor<'words, 'text>) -> Cursor<'words, 'text> {
    match at.peek(0) {
        Some(word) if currency_code(word.text).is_some() => at.skip(1),
        _ => at,
    }
}

/// The unit that follows a number, `Bare` where none does.
fn unit_at<'words, 'text>(at: Cursor<'words, 'text>) -> (Unit, Cursor<'words, 'text>) {
    let bare = (Unit::Bare, at);
    let Some(word) = at.peek(0) else {
        return bare;
    };
    if let Some(after) = at.past_any(&["%", "percent", "per cent", "pct", "percentage points"]) {
        return (Unit::Percent, after);
    }
    let hyphen = usize::from(word.is_sign('-'));
    if let Some((time, after)) = time_at(at.skip(hyphen)) {
        return (Unit::Time(time), after);
    }
    if let Some(code) = currency_code(word.text) {
        return (Unit::Money(code), at.skip(1));
    }
    if let Some(after) = at.past_any(&["x", "times", "fold"]) {
        return (Unit::Multiple, after);
    }
    noun_at(at).map_or(bare, |(noun, after)| (Unit::Count(noun), after))
}

/// `min`, `business days`, `working hours`, `hours (business)`, `calendar days`.
fn time_at<'words, 'text>(start: Cursor<'words, 'text>) -> Option<(Time, Cursor<'words, 'text>)> {
    const WORKDAYS: &[&str] = &[
        "bd",
        "bds",
        "wd",
        "wds",
        "arbeitstag",
        "arbeitstage",
        "arbeitstagen",
        "werktag",
        "werktage",
        "werktagen",
    ];
    const BUSINESS: &[&str] = &[
        "business", "working", "work", "office", "week", "bus", "biz", "support",
    ];
    const ELAPSED: &[&str] = &[
        "calendar",
        "elapsed",
        "clock",
        "consecutive",
        "continuous",
        "full",
    ];
    let first = start.peek(0)?;
    let business = |unit, after| {
        Some((
            Time {
                unit,
                business: true,
            },
            after,
        ))
    };
    if let Some(after) = start.past_any(&["w . d .", "w . d", "b . d .", "b . d"]) {
        return business(TimeUnit::Day, after);
    }
    if first.among(&["bh", "bhs", "bhr", "bhrs"]) {
        return business(TimeUnit::Hour, start.skip(1));
    }
    if first.among(WORKDAYS) {
        return business(TimeUnit::Day, start.skip(1));
    }
    // `3 regular business hours`, `1 business work day`
    let is_usual = first.among(&["regular", "normal", "standard", "business"])
        && start.peek(1).is_some_and(|it| it.among(BUSINESS));
    let start = start.skip(usize::from(is_usual));
    let first = start.peek(0)?;
    let qualified = |list: &[&str]| {
        first.among(list) && start.peek(1).is_some_and(|it| time_unit(it.text).is_some())
    };
    let is_business = qualified(BUSINESS);
    let at = start.skip(usize::from(is_business || qualified(ELAPSED)));
    // `4 business work day hours` are hours.
    let is_of_day = is_business && at.peek(0).is_some_and(|it| it.is("day"));
    let hours = at.peek(1).filter(|it| is_of_day && it.is("hours"));
    let at = at.skip(usize::from(hours.is_some()));
    let unit = time_unit(at.peek(0)?.text)?;
    let at = at.skip(1);
    let working = [
        "( business )",
        "( working )",
        "of business",
        "ouvr\u{e9}s",
        "ouvrables",
        "h\u{e1}biles",
        "laborables",
        "\u{fa}teis",
    ];
    if let Some(after) = at.past_any(&working) {
        return business(unit, after);
    }
    let time = Time {
        unit,
        business: is_business,
    };
    Some((time, at))
}

/// The unit that a word names.
pub(super) fn time_unit(word: &str) -> Option<TimeUnit> {
    let unit = match word.to_lowercase().as_str() {
        "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => TimeUnit::Millisecond,
        "s" | "sec" | "secs" | "second" | "seconds" => TimeUnit::Second,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minutos" => TimeUnit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" | "stunde" | "stunden" | "heure" | "heures"
        | "hora" | "horas" => TimeUnit::Hour,
        "d" | "day" | "days" | "weekdays" | "tag" | "tage" | "tagen" | "jour" | "jours" | "dia"
        | "día" | "días" | "dias" => TimeUnit::Day,
        "w" | "wk" | "wks" | "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines"
        | "semana" | "semanas" => TimeUnit::Week,
        "mo" | "month" | "months" => TimeUnit::Month,
        "quarter" | "quarters" => TimeUnit::Quarter,
        "y" | "yr" | "yrs" | "year" | "years" => TimeUnit::Year,
        _ => return None,
    };
    Some(unit)
}
