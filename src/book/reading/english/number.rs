//! Exact decimal numbers, in digits and in words.

use std::cmp::Ordering;
use std::fmt;

/// A decimal: `units` divided by ten to the power of `scale`. Equal numbers are equal values, because
/// trailing zeros of the fraction are never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    units: i128,
    scale: u32,
}

impl Number {
    /// A whole number.
    pub fn whole(value: u32) -> Self {
        Self {
            units: i128::from(value),
            scale: 0,
        }
    }

    /// Reads digits that may be grouped and may have a fraction, times ten to the power of `power`.
    /// `None` if there are more than eighteen digits.
    pub(super) fn read(text: &str, power: u32) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = || {
            whole
                .chars()
                .chain(fraction.chars())
                .filter(char::is_ascii_digit)
        };
        let count = digits().count();
        if count == 0 || count > 18 {
            return None;
        }
        let mut units = 0_i128;
        for digit in digits() {
            units = units * 10 + i128::from(digit.to_digit(10)?);
        }
        let scale = u32::try_from(fraction.len()).ok()?;
        let raised = power.saturating_sub(scale);
        Some(Self::reduced(
            units * 10_i128.pow(raised),
            scale.saturating_sub(power),
        ))
    }

    /// This number times a whole number.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        Self::reduced(self.units.saturating_mul(i128::from(factor)), self.scale)
    }

    fn reduced(mut units: i128, mut scale: u32) -> Self {
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        Self { units, scale }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        let at = |it: &Self| {
            it.units
                .saturating_mul(10_i128.saturating_pow(scale - it.scale))
        };
        at(self).cmp(&at(other))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = 10_i128.saturating_pow(self.scale);
        write!(formatter, "{}", self.units / power)?;
        if self.scale > 0 {
            let width = self.scale as usize;
            write!(formatter, ".{:0width$}", self.units % power)?;
        }
        Ok(())
    }
}

/// The number that a word says, from `one` to `ninety`, with `dozen`.
pub(super) fn spelled(word: &str) -> Option<Number> {
    const WORDS: [(&str, u32); 30] = [
        ("zero", 0),
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("seventeen", 17),
        ("eighteen", 18),
        ("nineteen", 19),
        ("twenty", 20),
        ("twenty-four", 24),
        ("thirty", 30),
        ("forty", 40),
        ("forty-eight", 48),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy-two", 72),
        ("ninety", 90),
        ("dozen", 12),
    ];
    let known = WORDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    known.map(|(_, value)| Number::whole(*value))
}

/// What a following word multiplies a number by.
pub(super) fn multiplier(word: &str) -> Option<u32> {
    match word.to_lowercase().as_str() {
        "hundred" => Some(100),
        "thousand" => Some(1_000),
        "million" | "millions" => Some(1_000_000),
        "billion" => Some(1_000_000_000),
        "dozen" => Some(12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_exact() {
        let cases = [
            ("1,000", 0, "1000"),
            ("100 000", 0, "100000"),
            ("99.90", 0, "99.9"),
            ("0.05", 0, "0.05"),
            ("1.5", 3, "1500"),
            ("1.2345", 3, "1234.5"),
            ("007", 0, "7"),
        ];
        for (text, power, expected) in cases {
            let number = Number::read(text, power).expect("these are numbers");
            assert_eq!(number.to_string(), expected, "{text}");
        }
        assert_eq!(Number::read("1234567890123456789", 0), None);
        assert_eq!(Number::read("", 0), None);
    }

    #[test]
    fn order_is_by_value() {
        let number = |text| Number::read(text, 0).expect("these are numbers");
        assert!(number("59.5") < number("60"));
        assert!(number("0.5") > number("0.49"));
        assert_eq!(number("1.50").cmp(&number("1.5")), Ordering::Equal);
    }
}
