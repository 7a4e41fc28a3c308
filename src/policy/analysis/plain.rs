//! Two numbers to the plainest number between them: 59.5 between 59 and 60, 20 between 10 and 25.

use crate::policy::decimal::Decimal;

use super::space::Grain;

/// The least step that is tried, as a power of ten; so fine that all numbers of a policy differ by more.
const FINEST: u32 = 30;
/// The largest step that is tried, as a power of ten.
const COARSEST: u32 = 28;

/// A number strictly between two, in as coarse steps as there is one; `None` as an end means no end,
/// as an answer that there is no such number.
pub(super) fn between(
    low: Option<Decimal>,
    high: Option<Decimal>,
    grain: Grain,
) -> Option<Decimal> {
    let unit = match grain {
        Grain::Dense(unit) => unit,
        Grain::Whole => Decimal::ONE,
    };
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, beyond(low, unit)?),
        (None, Some(high)) => (
            high.negative()
                .and_then(|it| beyond(it, unit))?
                .negative()?,
            high,
        ),
        (None, None) => return Some(Decimal::ZERO),
    };
    let mut steps = steps(unit).filter(|step| match grain {
        Grain::Dense(_) => true,
        Grain::Whole => step.is_whole(),
    });
    steps.find_map(|step| multiple(low, high, step))
}

/// A number above one, about twice as large.
fn beyond(low: Decimal, unit: Decimal) -> Option<Decimal> {
    let two = Decimal::whole(2).checked_mul(unit)?;
    let most = if low < unit { unit } else { low };
    most.checked_add(most)?.checked_add(two)
}

/// Steps that people count in, the coarsest first: 50, 10, 5, 1, a half, a tenth, … units.
fn steps(unit: Decimal) -> impl Iterator<Item = Decimal> {
    let coarse = (0..=COARSEST)
        .rev()
        .filter_map(|power| Some(Decimal::whole(10_i128.checked_pow(power)?)));
    let fine = (1..=FINEST).filter_map(|power| Decimal::new(1, power));
    let powers = coarse.chain(fine);
    powers
        .flat_map(|power| [power.checked_mul(Decimal::whole(5)), Some(power)])
        .filter_map(move |step| step?.checked_mul(unit))
}

/// The middle one of the multiples of a step that lie strictly between two numbers.
fn multiple(low: Decimal, high: Decimal, step: Decimal) -> Option<Decimal> {
    let first = low.whole_times(step)?.checked_add(1)?;
    let last = high
        .negative()?
        .whole_times(step)?
        .checked_add(1)?
        .checked_neg()?;
    if first > last {
        return None;
    }
    let middle = first.checked_add((last - first) / 2)?;
    Decimal::whole(middle).checked_mul(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<Decimal> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits: i128 = format!("{whole}{part}").parse().ok()?;
        Decimal::new(digits, u32::try_from(part.len()).ok()?)
    }

    #[test]
    fn the_plainest_number_lies_between() {
        let cases = [
            ("59", "60", 1, "59.5"),
            ("10", "25", 1, "20"),
            ("0", "100", 1, "50"),
            ("180", "300", 60, "240"),
            ("900", "3600", 60, "3000"),
            ("0.1", "0.2", 1, "0.15"),
            ("99.9", "99.95", 1, "99.92"),
            ("-3", "-2", 1, "-2.5"),
        ];
        for (low, high, unit, expected) in cases {
            let grain = Grain::Dense(Decimal::whole(unit));
            assert_eq!(
                between(number(low), number(high), grain),
                number(expected),
                "{low} {high}"
            );
        }
        assert_eq!(between(number("59"), number("60"), Grain::Whole), None);
        assert_eq!(between(number("2"), number("5"), Grain::Whole), number("3"));
        assert!(between(number("25"), None, Grain::Whole) > number("25"));
        assert!(between(None, number("25"), Grain::Whole) < number("25"));
    }

    #[test]
    fn long_numbers_that_are_close_have_something_between() {
        let grain = Grain::Dense(Decimal::ONE);
        let (low, high) = (
            Decimal::new(10_i128.pow(27), 27),
            Decimal::new(10_i128.pow(27) + 1, 27),
        );
        let found = between(low, high, grain);
        assert!(low < found && found < high);
    }
}
