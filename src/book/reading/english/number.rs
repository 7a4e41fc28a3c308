//! Exact decimal numbers, in digits and in words.

use crate::policy::decimal::Decimal;

/// Reads digits that may be grouped and may have a fraction, times ten to the power of `power`.
/// `None` if there are more than eighteen digits.
pub(super) fn read(text: &str, power: u32) -> Option<Decimal> {
    // `10.000` parts thousands as much of the world does; nobody counts ten so exactly.
    let decimal_dot = text.split_once('.').filter(|it| it.1 != "000");
    let parted = decimal_dot.or_else(|| decimal_comma(text));
    let (whole, fraction) = parted.unwrap_or((text, ""));
    let digits = || {
        let all = whole.chars().chain(fraction.chars());
        all.filter_map(|it| it.to_digit(10))
    };
    let count = digits().count();
    if count == 0 || count > 18 {
        return None;
    }
    let units = digits().fold(0_i128, |units, digit| units * 10 + i128::from(digit));
    let scale = u32::try_from(fraction.len()).ok()?;
    let raised = units * 10_i128.pow(power.saturating_sub(scale));
    Decimal::new(raised, scale.saturating_sub(power))
}

/// `1,5`: a comma before one or two digits parts no thousands.
fn decimal_comma(text: &str) -> Option<(&str, &str)> {
    text.rsplit_once(',')
        .filter(|it| matches!(it.1.len(), 1 | 2))
}

/// The number that a word says, from `one` to `ninety`, with `dozen`.
pub(super) fn spelled(word: &str) -> Option<Decimal> {
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
    known.map(|(_, value)| Decimal::whole(i128::from(*value)))
}

/// What a following word multiplies a number by.
pub(super) fn multiplier(word: &str) -> Option<Decimal> {
    match word.to_lowercase().as_str() {
        "hundred" => Some(Decimal::whole(100)),
        "thousand" => Some(Decimal::whole(1_000)),
        "million" | "millions" => Some(Decimal::whole(1_000_000)),
        "billion" => Some(Decimal::whole(1_000_000_000)),
        "dozen" => Some(Decimal::whole(12)),
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
            ("10.000", 0, "10000"),
            ("99.999", 0, "99.999"),
            ("99.90", 0, "99.9"),
            ("0.05", 0, "0.05"),
            ("1.5", 3, "1500"),
            ("1.2345", 3, "1234.5"),
            ("1,5", 0, "1.5"),
            ("007", 0, "7"),
        ];
        for (text, power, expected) in cases {
            let number = read(text, power).expect("these are numbers");
            assert_eq!(number.to_string(), expected, "{text}");
        }
        assert_eq!(read("1234567890123456789", 0), None);
        assert_eq!(read("", 0), None);
    }
}
