//! Text to a quantity.

use super::unit::{magnitude, unit, unknown_unit};
use super::{Currency, Dimension, Form, MAX_DIGITS, Problem, Quantity};
use crate::policy::decimal::Decimal;

/// Reads a whole text as one quantity.
pub(super) fn quantity(text: &str) -> Result<Quantity, Problem> {
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
    Quantity::checked(base, dimension, form, text)
}

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
