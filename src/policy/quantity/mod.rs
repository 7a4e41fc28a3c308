//! Text to a number with a unit, exactly: `25%`, `90 s`, `1.5m`, `0:01:30`, `100,000 euro`, `5/min`.

mod read;
#[cfg(test)]
mod tests;
mod unit;

use std::cmp::Ordering;
use std::fmt;

pub use self::unit::Currency;

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

impl Quantity {
    /// Reads a whole text as one quantity.
    ///
    /// # Errors
    /// When the text is no number with a unit; the problem says what to write instead.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        read::quantity(text)
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
