//! Names of units and currencies, and what they measure.

use std::fmt;

use super::{Dimension, Problem, SECONDS_A_WEEK};
use crate::policy::decimal::Decimal;

/// A currency by its three letters, as ISO 4217 has them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// What a unit measures, and how many base units it is; `None` where it is no single unit.
pub(super) fn unit(words: &str) -> Option<(Dimension, Decimal)> {
    if words.is_empty() {
        return Some((Dimension::Count, Decimal::ONE));
    }
    if let Some((_, dimension, mantissa, scale)) = find_unit(words) {
        return Some((*dimension, Decimal::new(*mantissa, *scale)?));
    }
    if let Some(currency) = Currency::named(words) {
        return Some((Dimension::Money(currency), Decimal::ONE));
    }
    if let Some(rate) = rate(words) {
        return Some((Dimension::Rate, rate));
    }
    is_noun(words).then_some((Dimension::Count, Decimal::ONE))
}

fn find_unit(words: &str) -> Option<&'static Named> {
    let lower = words.to_lowercase();
    UNITS.iter().find(|(names, ..)| {
        names.contains(&words) || (words.len() > 2 && names.contains(&lower.as_str()))
    })
}

/// How many things a week `/s`, `requests per minute` and the like are one of.
fn rate(words: &str) -> Option<Decimal> {
    let parts = words.split_once('/').or_else(|| words.split_once("per "));
    let (things, time) = match parts {
        Some((things, time)) => (things.trim(), time.trim()),
        None if words == "rps" || words == "qps" => (words, "s"),
        None if words == "rpm" => (words, "m"),
        None => return None,
    };
    let (_, dimension, seconds, scale) = find_unit(time)?;
    if *dimension != Dimension::Time || *scale > 0 || !(things.is_empty() || is_words(things)) {
        return None;
    }
    Some(Decimal::whole(SECONDS_A_WEEK / seconds))
}

/// Reads `k`, `million` and the like behind a number.
pub(super) fn magnitude(rest: &str) -> Result<(i128, &str), Problem> {
    let words = rest.trim_start();
    let first = words
        .find(|it: char| !it.is_alphabetic())
        .unwrap_or(words.len());
    let (word, after) = words.split_at(first);
    if word == "M" {
        return Err(Problem::Ambiguous(word.to_owned()));
    }
    let known = MAGNITUDES.iter().find(|(name, _)| *name == word);
    Ok(known.map_or((1, rest), |(_, factor)| (*factor, after)))
}

/// Whether words can name what is counted. A single short word more likely is a unit that is wrong.
fn is_noun(words: &str) -> bool {
    words.chars().count() > 3 && near_unit(words).is_none() && is_words(words)
}

fn is_words(text: &str) -> bool {
    text.chars()
        .all(|it| it.is_alphabetic() || matches!(it, ' ' | '-' | '_'))
}

fn near_unit(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let names = UNITS.iter().flat_map(|(names, ..)| names.iter().copied());
    names
        .filter(|name| name.len() > 3)
        .find(|name| strsim::damerau_levenshtein(name, &lower) <= 2)
}

pub(super) fn unknown_unit(words: &str) -> Problem {
    Problem::Unit(words.to_owned(), near_unit(words))
}

impl Currency {
    /// The currency of a sign, a word or a code.
    pub fn named(name: &str) -> Option<Self> {
        let known = CURRENCIES
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(name));
        let code = match known {
            Some((_, code)) => code,
            None => CODES.iter().find(|it| **it == name)?,
        };
        code.as_bytes().try_into().ok().map(Self)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(std::str::from_utf8(&self.0).unwrap_or("???"))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// A unit: its names, the one to write first; what it measures; how many base units it is, as a mantissa
/// and decimal places.
type Named = (&'static [&'static str], Dimension, i128, u32);

const UNITS: [Named; 14] = [
    (
        &["%", "percent", "per cent", "pct", "％"],
        Dimension::Percent,
        1,
        0,
    ),
    (
        &["s", "sec", "secs", "second", "seconds"],
        Dimension::Time,
        1,
        0,
    ),
    (
        &["m", "min", "mins", "minute", "minutes"],
        Dimension::Time,
        60,
        0,
    ),
    (
        &["h", "hr", "hrs", "hour", "hours"],
        Dimension::Time,
        3_600,
        0,
    ),
    (&["d", "day", "days"], Dimension::Time, 86_400, 0),
    (
        &["w", "wk", "week", "weeks"],
        Dimension::Time,
        SECONDS_A_WEEK,
        0,
    ),
    (
        &["ms", "msec", "msecs", "millisecond", "milliseconds"],
        Dimension::Time,
        1,
        3,
    ),
    (
        &["us", "µs", "μs", "microsecond", "microseconds"],
        Dimension::Time,
        1,
        6,
    ),
    (&["mo", "month", "months"], Dimension::Months, 1, 0),
    (&["quarter", "quarters"], Dimension::Months, 3, 0),
    (&["y", "yr", "year", "years"], Dimension::Months, 12, 0),
    (
        &[
            "bd",
            "business day",
            "business days",
            "working day",
            "working days",
        ],
        Dimension::BusinessDays,
        1,
        0,
    ),
    (
        &[
            "bh",
            "business hour",
            "business hours",
            "working hour",
            "working hours",
        ],
        Dimension::BusinessHours,
        1,
        0,
    ),
    (&["x", "×", "times", "fold"], Dimension::Multiple, 1, 0),
];

/// Signs and words for money, and the currency they mean.
const CURRENCIES: [(&str, &str); 14] = [
    ("€", "EUR"),
    ("$", "USD"),
    ("US$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("yen", "JPY"),
    ("francs", "CHF"),
];

/// Words and letters behind a number that make it larger.
const MAGNITUDES: [(&str, i128); 7] = [
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("k", 1_000),
    ("K", 1_000),
    ("bn", 1_000_000_000),
    ("mn", 1_000_000),
];

/// Three-letter codes that are taken for a currency.
const CODES: [&str; 24] = [
    "EUR", "USD", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "INR", "CNY", "KRW", "BRL", "MXN", "ZAR", "SGD", "HKD", "TRY", "ILS",
];
