//! Exact decimal numbers, never rounded.

use std::cmp::Ordering;
use std::fmt;

/// The most digits behind the point that a result may have; 10 to this power still fits the mantissa.
const MAX_SCALE: u32 = 37;

/// An exact decimal number: `mantissa` divided by 10 to the power `scale`.
///
/// Always in lowest terms: the mantissa does not end in 0 unless the scale is 0. So equal numbers are
/// equal field by field. The scale is at most 37.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number.
    pub const fn whole(number: i128) -> Self {
        Self {
            mantissa: number,
            scale: 0,
        }
    }

    /// `mantissa` divided by 10 to the power `scale`; `None` where that has more than 37 decimal places.
    pub fn new(mantissa: i128, scale: u32) -> Option<Self> {
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale = if mantissa == 0 { 0 } else { scale - 1 };
        }
        (scale <= MAX_SCALE).then_some(Self { mantissa, scale })
    }

    /// Whether it has no decimal places.
    pub fn is_whole(self) -> bool {
        self.scale == 0
    }

    /// Whether it is below 0.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The number, where it is whole.
    pub fn to_whole(self) -> Option<i128> {
        self.is_whole().then_some(self.mantissa)
    }

    /// The largest whole number that is not above it.
    pub fn floor(self) -> i128 {
        self.mantissa.div_euclid(10_i128.pow(self.scale))
    }

    /// The sum; `None` where it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let sum = self.scaled(scale)?.checked_add(other.scaled(scale)?)?;
        Self::new(sum, scale)
    }

    /// The difference; `None` where it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negative()?)
    }

    /// The product; `None` where it does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = self.mantissa.checked_mul(other.mantissa)?;
        Self::new(product, self.scale + other.scale)
    }

    /// The quotient; `None` where it is no finite decimal number, or does not fit.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        let mut dividend = self
            .mantissa
            .checked_mul(10_i128.checked_pow(other.scale)?)?;
        let mut scale = self.scale;
        while dividend.checked_rem(other.mantissa)? != 0 {
            dividend = dividend.checked_mul(10)?;
            scale += 1;
        }
        Self::new(dividend.checked_div(other.mantissa)?, scale)
    }

    /// How many whole times the other, which is above 0, fits in; rounded down. `None` where that is
    /// too large to compute.
    pub fn whole_times(self, other: Self) -> Option<i128> {
        let scale = self.scale.max(other.scale);
        let part = other.scaled(scale)?;
        self.scaled(scale)?.checked_div_euclid(part)
    }

    /// The number half-way between two; `None` where it does not fit.
    pub fn midpoint(self, other: Self) -> Option<Self> {
        self.checked_add(other)?.checked_mul(Self {
            mantissa: 5,
            scale: 1,
        })
    }

    /// The number with its sign changed; `None` where it does not fit.
    pub fn negative(self) -> Option<Self> {
        Some(Self {
            mantissa: self.mantissa.checked_neg()?,
            scale: self.scale,
        })
    }

    /// The mantissa that the number would have at a larger scale.
    fn scaled(self, scale: u32) -> Option<i128> {
        let factor = 10_i128.checked_pow(scale.checked_sub(self.scale)?)?;
        self.mantissa.checked_mul(factor)
    }

    /// What is above [`Decimal::floor`], in units of 10 to the power minus 37.
    fn fraction(self) -> i128 {
        let part = self.mantissa.rem_euclid(10_i128.pow(self.scale));
        part * 10_i128.pow(MAX_SCALE - self.scale)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let floors = self.floor().cmp(&other.floor());
        floors.then_with(|| self.fraction().cmp(&other.fraction()))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = self.scale as usize;
        if scale == 0 {
            return write!(formatter, "{sign}{digits}");
        }
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        write!(formatter, "{sign}{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal() -> impl Strategy<Value = Decimal> {
        (-10_i128.pow(9)..10_i128.pow(9), 0_u32..8)
            .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).expect("a small scale"))
    }

    #[test]
    fn a_quotient_that_does_not_fit_is_none() {
        let one = Decimal {
            mantissa: -1_812_767_831_576,
            scale: 0,
        };
        let other = Decimal {
            mantissa: 938_571_307_511_041,
            scale: 11,
        };
        let product = one.checked_mul(other).expect("small numbers");
        assert_eq!(product.checked_div(other), None);
        assert!(one < one.midpoint(other).expect("small numbers"));
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_difference(one in decimal(), other in decimal()) {
            let difference = one.checked_sub(other).expect("small numbers");
            prop_assert_eq!(one.cmp(&other), difference.cmp(&Decimal::ZERO));
        }

        #[test]
        fn a_midpoint_lies_between(one in decimal(), other in decimal()) {
            let middle = one.midpoint(other).expect("small numbers");
            prop_assert!(one.min(other) <= middle && middle <= one.max(other));
            prop_assert_eq!(middle == one, one == other);
        }

        #[test]
        fn division_undoes_multiplication(one in decimal(), other in decimal()) {
            prop_assume!(other != Decimal::ZERO);
            let product = one.checked_mul(other).expect("small numbers");
            prop_assert_eq!(product.checked_div(other), Some(one));
        }

        #[test]
        fn arithmetic_of_any_size_never_panics(one: i128, a in 0_u32..60, other: i128, b in 0_u32..60) {
            let (Some(one), Some(other)) = (Decimal::new(one, a), Decimal::new(other, b)) else {
                return Ok(());
            };
            let _ = (one.cmp(&other), one.floor(), one.to_string());
            let _ = (one.checked_add(other), one.checked_sub(other), one.midpoint(other));
            let _ = (one.checked_mul(other), one.checked_div(other));
        }
    }

    #[test]
    fn a_number_is_written_in_lowest_terms() {
        let written = |mantissa, scale| Decimal::new(mantissa, scale).map(|it| it.to_string());
        assert_eq!(written(500, 2).as_deref(), Some("5"));
        assert_eq!(written(-5, 2).as_deref(), Some("-0.05"));
        assert_eq!(written(0, 9).as_deref(), Some("0"));
        assert_eq!(written(1, 38), None);
        assert_eq!(Decimal::whole(1).checked_div(Decimal::whole(3)), None);
        assert_eq!(Decimal::whole(1).checked_div(Decimal::ZERO), None);
    }
}
