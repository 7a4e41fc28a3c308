//! Text to a number with a unit, exactly: `25%`, `90 s`, `1.5m`, `0:01:30`, `100,000 euro`, `5/min`.

use std::cmp::Ordering;
use std::fmt;

use super::decimal::Decimal;

/// A number with a unit, and the words in which it was written.
///
/// Two quantities are equal when they measure the same, however they are written; those of two
/// dimensions are never equal and have no order.
#[derive(Clone, Debug)]
pub struct Quantity {
    base: Decimal,
    dimension: Dimension,
    form: Form,
    text: String,
}

/// What a quantity measures. Only quantities of one dimension compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// A part of a whole, in hundredths.
    Percent,
    /// Whole or other things, one by one.
    Count,
    /// Elapsed time, in seconds.
    Time,
    /// Months of unequal length; a year has 12.
    Months,
    /// Working days, in days.
    BusinessDays,
    /// Working hours, in hours.
    BusinessHours,
    /// Money of one currency, in its main unit.
    Money(Currency),
    /// How many in a time, in things a week (so that all rates are exact).
    Rate,
    /// How many times something else.
    Multiple,
}

/// A currency by its three letters, as ISO 4217 has them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// How a quantity was written, so that others can be written alike.
#[derive(Clone, Debug)]
struct Form {
    /// What stands before the number.
    prefix: String,
    /// What stands behind it.
    suffix: String,
    /// How many base units one of the written units is; `None` where several units were written.
    factor: Option<Decimal>,
}

/// Why a text is no quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no number at its start.
    NoNumber,
    /// It is written with an exponent.
    Exponent,
    /// It has more than 28 digits, or is too large in its base unit.
    TooLong,
    /// A comma, space or `_` that does not part thousands.
    Separator,
    /// A unit that is not known, and one that looks like it.
    Unit(String, Option<&'static str>),
    /// `5M` may be minutes, months or millions.
    Ambiguous(String),
    /// A time below zero.
    Negative,
    /// A time of day or a clock without seconds, such as `1:30`.
    Clock,
}

/// The most digits that a number may be written with.
const MAX_DIGITS: usize = 28;
const SECONDS_A_WEEK: i128 = 604_800;

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

impl Quantity {
    /// Reads a whole text as one quantity.
    ///
    /// # Errors
    /// When the text is no number with a unit; the problem says what to write instead.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if let Some(clock) = clock(text)? {
            return Ok(clock);
        }
        let (prefix, currency, rest) = money_before(text);
        let number = number(rest)?;
        let (magnitude, rest) = magnitude(number.rest)?;
        let value = number
            .value
            .checked_mul(Decimal::whole(magnitude))
            .ok_or(Problem::TooLong)?;
        let suffix = &text[text.len() - number.rest.len()..];
        let words = rest.trim();
        let (dimension, factor) = match currency {
            Some(currency) if words.is_empty() || Currency::named(words) == Some(currency) => {
                (Dimension::Money(currency), Decimal::ONE)
            }
            Some(_) => return Err(unknown_unit(words)),
            None => match unit(words) {
                Some(unit) => unit,
                None => return several(text, words),
            },
        };
        let form = Form {
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            factor: factor.checked_mul(Decimal::whole(magnitude)),
        };
        let base = value.checked_mul(factor).ok_or(Problem::TooLong)?;
        Self::checked(base, dimension, form, text)
    }

    fn checked(
        base: Decimal,
        dimension: Dimension,
        form: Form,
        text: &str,
    ) -> Result<Self, Problem> {
        if base.is_negative() && dimension.is_time() {
            return Err(Problem::Negative);
        }
        Ok(Self {
            base,
            dimension,
            form,
            text: text.to_owned(),
        })
    }

    /// A quantity of the same dimension, written in the same unit where that is exact, else in the
    /// smaller units that are.
    #[must_use]
    pub fn alike(&self, base: Decimal) -> Self {
        let number = self.form.factor.and_then(|it| base.checked_div(it));
        let text = match number {
            Some(number) if number.to_string().len() <= 12 => {
                format!("{}{number}{}", self.form.prefix, self.form.suffix)
            }
            _ => written(base, self.dimension),
        };
        Self {
            base,
            text,
            ..self.clone()
        }
    }

    /// A quantity in base units, written in units that people use.
    pub fn of(base: Decimal, dimension: Dimension) -> Self {
        let text = written(base, dimension);
        let form = Form {
            prefix: String::new(),
            suffix: String::new(),
            factor: None,
        };
        Self {
            base,
            dimension,
            form,
            text,
        }
    }

    /// How many base units one of the units is that it is written in; `None` where there are several.
    pub fn unit(&self) -> Option<Decimal> {
        self.form.factor
    }

    /// The number in base units of its dimension: seconds, percent, things a week, …
    pub fn base(&self) -> Decimal {
        self.base
    }

    /// What it measures.
    pub fn dimension(&self) -> Dimension {
        self.dimension
    }

    /// The same number as another dimension; for a bare number where the metric says its unit.
    #[must_use]
    pub fn as_dimension(&self, dimension: Dimension) -> Self {
        Self {
            dimension,
            ..self.clone()
        }
    }

    /// Whether it is a number without any unit.
    pub fn is_bare(&self) -> bool {
        self.dimension == Dimension::Count
            && !self
                .text
                .contains(|it: char| it.is_alphabetic() || it == '%')
    }

    /// One spelling for everything that is equal: the number in base units, then the dimension.
    pub fn canonical(&self) -> String {
        format!("{} {}", self.base, self.dimension)
    }

    /// The author's words.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.dimension == other.dimension && self.base == other.base
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.dimension == other.dimension).then(|| self.base.cmp(&other.base))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Dimension {
    /// Whether it is a kind of time: elapsed, in months, or in working hours.
    pub fn is_time(self) -> bool {
        matches!(
            self,
            Self::Time | Self::Months | Self::BusinessDays | Self::BusinessHours
        )
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent => formatter.write_str("percent"),
            Self::Count => formatter.write_str("count"),
            Self::Time => formatter.write_str("seconds"),
            Self::Months => formatter.write_str("months"),
            Self::BusinessDays => formatter.write_str("business days"),
            Self::BusinessHours => formatter.write_str("business hours"),
            Self::Money(currency) => fmt::Display::fmt(currency, formatter),
            Self::Rate => formatter.write_str("a week"),
            Self::Multiple => formatter.write_str("times"),
        }
    }
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

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNumber => formatter.write_str("there is no number; write one with its unit, such as `25%` or `10m`"),
            Self::Exponent => formatter.write_str("an exponent is not read; write all digits"),
            Self::TooLong => write!(formatter, "the number is too long; {MAX_DIGITS} digits are the most"),
            Self::Separator => formatter.write_str("`,`, `_` and spaces may only part thousands, as in `100,000`; write a decimal point as `.`"),
            Self::Unit(unit, Some(near)) => write!(formatter, "`{unit}` is no known unit; did you mean `{near}`?"),
            Self::Unit(unit, None) => write!(formatter, "`{unit}` is no known unit"),
            Self::Ambiguous(unit) => write!(formatter, "`{unit}` may be minutes, months or millions; write `m`, `mo` or `million`"),
            Self::Negative => formatter.write_str("a time is never below zero"),
            Self::Clock => formatter.write_str("a clock needs hours, minutes and seconds, as in `0:01:30`; or write `90s`, `1h30m`"),
        }
    }
}

impl std::error::Error for Problem {}

/// A number at the start of a text, and what follows it.
struct Number<'text> {
    value: Decimal,
    rest: &'text str,
}

/// Reads a number: digits with a point, thousands parted by `,`, `_` or a space.
fn number(text: &str) -> Result<Number<'_>, Problem> {
    let unsigned = text.strip_prefix(['-', '−', '+']).unwrap_or(text);
    let negative = unsigned.len() < text.len() && !text.starts_with('+');
    let mut rest = unsigned;
    let mut digits = take_digits(&mut rest).to_owned();
    while let Some(separator) = rest.chars().next().filter(|it| is_separator(*it)) {
        let mut after = &rest[separator.len_utf8()..];
        let group = take_digits(&mut after);
        if group.is_empty() && separator != ',' && separator != '_' {
            break;
        }
        if group.len() != 3 || digits.is_empty() {
            return Err(Problem::Separator);
        }
        digits.push_str(group);
        rest = after;
    }
    let mut scale = 0;
    if let Some(mut after) = rest.strip_prefix('.') {
        let part = take_digits(&mut after);
        if part.is_empty() {
            return Err(Problem::NoNumber);
        }
        digits.push_str(part);
        scale = part.len();
        rest = after;
    }
    if digits.is_empty() {
        return Err(Problem::NoNumber);
    }
    let after = rest.strip_prefix(['e', 'E']).unwrap_or("");
    if after.starts_with(|it: char| it.is_ascii_digit() || it == '-' || it == '+') {
        return Err(Problem::Exponent);
    }
    if digits.trim_start_matches('0').len() > MAX_DIGITS || scale > MAX_DIGITS {
        return Err(Problem::TooLong);
    }
    let mantissa: i128 = digits.parse().map_err(|_| Problem::TooLong)?;
    let scale = u32::try_from(scale).map_err(|_| Problem::TooLong)?;
    let mantissa = if negative { -mantissa } else { mantissa };
    let value = Decimal::new(mantissa, scale).ok_or(Problem::TooLong)?;
    Ok(Number { value, rest })
}

fn take_digits<'text>(rest: &mut &'text str) -> &'text str {
    let end = rest
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    *rest = after;
    digits
}

/// Whether a character may part thousands: comma, `_`, apostrophe and the spaces of several widths.
fn is_separator(character: char) -> bool {
    matches!(
        character,
        ',' | '_' | '\'' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'
    )
}

/// Reads `k`, `million` and the like behind a number.
fn magnitude(rest: &str) -> Result<(i128, &str), Problem> {
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

/// Reads a currency in front of a number: sign or code, what is taken, the rest.
fn money_before(text: &str) -> (&str, Option<Currency>, &str) {
    let end = text
        .find(|it: char| it.is_ascii_digit() || matches!(it, '-' | '+' | '.'))
        .unwrap_or(0);
    let (prefix, rest) = text.split_at(end);
    match Currency::named(prefix.trim()) {
        Some(currency) => (prefix, Some(currency), rest),
        None => ("", None, text),
    }
}

/// What a unit measures, and how many base units it is; `None` where it is no single unit.
fn unit(words: &str) -> Option<(Dimension, Decimal)> {
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

fn unknown_unit(words: &str) -> Problem {
    Problem::Unit(words.to_owned(), near_unit(words))
}

/// Reads several times in a row, `1h30m`, each unit smaller than the one before.
fn several(text: &str, words: &str) -> Result<Quantity, Problem> {
    let problem = || unknown_unit(words);
    let mut rest = text;
    let mut sum = Decimal::ZERO;
    let mut last = Decimal::whole(i128::MAX);
    while !rest.is_empty() {
        let number = number(rest).map_err(|_| problem())?;
        let after = number.rest.trim_start();
        let end = after
            .find(|it: char| it.is_ascii_digit() || it.is_whitespace())
            .unwrap_or(after.len());
        let (name, after) = after.split_at(end);
        let (dimension, factor) = unit(name).ok_or_else(problem)?;
        if dimension != Dimension::Time || factor >= last || number.value.is_negative() {
            return Err(problem());
        }
        let part = number.value.checked_mul(factor).ok_or(Problem::TooLong)?;
        sum = sum.checked_add(part).ok_or(Problem::TooLong)?;
        last = factor;
        rest = after.trim_start();
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    let form = Form {
        prefix: String::new(),
        suffix: String::new(),
        factor: None,
    };
    Quantity::checked(sum, Dimension::Time, form, text)
}

/// Reads `0:01:30`; `None` where the text is no clock at all.
fn clock(text: &str) -> Result<Option<Quantity>, Problem> {
    let parts: Vec<&str> = text.split(':').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    if parts.len() < 2 || !parts.iter().all(digits) {
        return Ok(None);
    }
    let [hours, minutes, seconds] = parts[..] else {
        return Err(Problem::Clock);
    };
    if minutes.len() != 2 || seconds.len() != 2 || minutes >= "60" || seconds >= "60" {
        return Err(Problem::Clock);
    }
    several(&format!("{hours}h{minutes}m{seconds}s"), text)
        .map_err(|_| Problem::TooLong)
        .map(|it| {
            Some(Quantity {
                text: text.to_owned(),
                ..it
            })
        })
}

/// A number in base units in the words of people.
fn written(base: Decimal, dimension: Dimension) -> String {
    match dimension {
        Dimension::Percent => format!("{base}%"),
        Dimension::Count => base.to_string(),
        Dimension::Time => written_time(base),
        Dimension::Months => format!("{base}mo"),
        Dimension::BusinessDays => format!("{base}bd"),
        Dimension::BusinessHours => format!("{base}bh"),
        Dimension::Money(currency) => format!("{base} {currency}"),
        Dimension::Rate => written_rate(base),
        Dimension::Multiple => format!("{base}x"),
    }
}

fn written_time(base: Decimal) -> String {
    let mut words = String::new();
    let mut rest = base;
    for (name, seconds) in [("d", 86_400), ("h", 3_600), ("m", 60)] {
        let count = rest.floor() / seconds;
        let part = Decimal::whole(count * seconds);
        if count > 0 {
            words.extend([count.to_string(), name.to_owned()]);
            rest = rest.checked_sub(part).unwrap_or(rest);
        }
    }
    if rest != Decimal::ZERO || words.is_empty() {
        words.extend([rest.to_string(), "s".to_owned()]);
    }
    words
}

fn written_rate(base: Decimal) -> String {
    let times = [
        ("s", SECONDS_A_WEEK),
        ("min", 10_080),
        ("h", 168),
        ("day", 7),
    ];
    for (name, factor) in times {
        if let Some(number) = base.checked_div(Decimal::whole(factor)) {
            return format!("{number}/{name}");
        }
    }
    format!("{base}/week")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(text: &str) -> String {
        match Quantity::parse(text) {
            Ok(quantity) => quantity.canonical(),
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn one_quantity_has_many_spellings() {
        let cases: [(&str, &[&str]); 14] = [
            (
                "90 seconds",
                &[
                    "90s",
                    "90 s",
                    "1.5m",
                    "1.5 min",
                    "0:01:30",
                    "1m30s",
                    "1 m 30 s",
                    "90000ms",
                    "90 Seconds",
                ],
            ),
            ("86400 seconds", &["1d", "24h", "24 hours", "1 day"]),
            ("604800 seconds", &["1w", "7 days", "1 week"]),
            ("0.0005 seconds", &["500us", "0.5 ms", "500 µs"]),
            ("25 percent", &["25%", "25 %", "25.0 percent", "025%"]),
            (
                "100000 count",
                &[
                    "100000",
                    "100,000",
                    "100_000",
                    "100 000",
                    "100k",
                    "100,000 clients",
                    "0.1 million clients",
                ],
            ),
            (
                "100000 EUR",
                &[
                    "€100,000",
                    "100000 euro",
                    "100 000 EUR",
                    "EUR 100k",
                    "100k €",
                ],
            ),
            ("5000000 USD", &["$5 million", "USD 5,000,000", "US$5000k"]),
            ("6 months", &["6mo", "0.5y", "2 quarters", "6 months"]),
            (
                "1 business days",
                &["1bd", "1 business day", "1 working day"],
            ),
            ("4 business hours", &["4bh", "4 business hours"]),
            ("5 times", &["5x", "5×", "5 times"]),
            (
                "3024000 a week",
                &[
                    "5/s",
                    "5 req/s",
                    "300 requests per minute",
                    "5 rps",
                    "300rpm",
                ],
            ),
            ("-2 percent", &["-2%", "−2 %"]),
        ];
        for (expected, spellings) in cases {
            for spelling in spellings {
                assert_eq!(canonical(spelling), expected, "{spelling}");
            }
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused_with_the_reason() {
        let cases = [
            ("", Problem::NoNumber),
            ("NaN", Problem::NoNumber),
            (".inf", Problem::NoNumber),
            ("five minutes", Problem::NoNumber),
            ("5.", Problem::NoNumber),
            ("1e3", Problem::Exponent),
            ("1E-3%", Problem::Exponent),
            ("99,9%", Problem::Separator),
            ("1,0000", Problem::Separator),
            (",5", Problem::Separator),
            ("12345678901234567890123456789", Problem::TooLong),
            ("0.00000000000000000000000000001", Problem::TooLong),
            ("5M", Problem::Ambiguous("M".into())),
            ("-5m", Problem::Negative),
            ("17:00", Problem::Clock),
            ("0:61:00", Problem::Clock),
            (
                "10 mintues",
                Problem::Unit("mintues".into(), Some("minute")),
            ),
            ("10 q", Problem::Unit("q".into(), None)),
            ("30m1h", Problem::Unit("m1h".into(), None)),
            ("€5 %", Problem::Unit("%".into(), None)),
            ("5%%", Problem::Unit("%%".into(), None)),
        ];
        for (text, problem) in cases {
            assert_eq!(Quantity::parse(text), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn a_witness_is_written_as_the_author_writes() {
        let alike = |text: &str, mantissa, scale| {
            let quantity = Quantity::parse(text).expect("a quantity");
            let base = Decimal::new(mantissa, scale).expect("a small scale");
            quantity.alike(base).to_string()
        };
        assert_eq!(alike("60 %", 595, 1), "59.5 %");
        assert_eq!(alike("60%", 595, 1), "59.5%");
        assert_eq!(alike("10m", 330, 0), "5.5m");
        assert_eq!(alike("10m", 61, 0), "1m1s");
        assert_eq!(alike("€100k", 99_999, 0), "€99.999k");
        assert_eq!(alike("500 customers", 499, 0), "499 customers");
        assert_eq!(
            alike("2 requests per second", 604_800, 0),
            "1 requests per second"
        );
        assert_eq!(alike("0:01:30", 90_061, 0), "1d1h1m1s");
    }

    #[test]
    fn dimensions_never_mix() {
        let parse = |text| Quantity::parse(text).expect("a quantity");
        assert_eq!(parse("5%").partial_cmp(&parse("5")), None);
        assert_ne!(parse("5%"), parse("5"));
        assert_eq!(parse("€5").partial_cmp(&parse("$5")), None);
        assert!(parse("1bd") != parse("1d") && parse("60m") < parse("2h"));
    }

    proptest! {
        #[test]
        fn any_text_gives_an_answer(text in ".{0,40}") {
            if let Ok(quantity) = Quantity::parse(&text) {
                prop_assert_eq!(quantity.to_string(), text.trim());
            }
        }

        #[test]
        fn what_is_written_reads_back(base in 0_i128..1_000_000_000, scale in 0_u32..6, kind in 0_usize..8) {
            let euro = Currency::named("EUR").expect("a known code");
            let kinds = [
                Dimension::Percent, Dimension::Count, Dimension::Time, Dimension::Months,
                Dimension::BusinessDays, Dimension::BusinessHours, Dimension::Money(euro), Dimension::Multiple,
            ];
            let base = Decimal::new(base, scale).expect("a small scale");
            let quantity = Quantity::of(base, kinds[kind]);
            prop_assert_eq!(Quantity::parse(quantity.text()), Ok(quantity));
        }

        #[test]
        fn alike_keeps_the_value(number in 1_u32..10_000, base in 0_i128..10_000_000, unit in 0_usize..6) {
            let units = ["%", " min", "h", "k customers", "/min", " EUR"];
            let quantity = Quantity::parse(&format!("{number}{}", units[unit])).expect("a quantity");
            let other = quantity.alike(Decimal::whole(base));
            prop_assert_eq!(Quantity::parse(other.text()).map(|it| it.base()), Ok(Decimal::whole(base)));
        }
    }
}
