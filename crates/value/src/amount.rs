//! Exact decimals without operators: methods return `None` where there is no result, and no conversion loses digits.
#![expect(clippy::disallowed_types, reason = "the one file that knows what carries the digits")]

use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// An exact decimal with its number of places, such as 12.50; 12.5 is equal to it. It holds 28 digits. Operators would
/// panic where a result has more before the point, so it has none but these methods, which give `None` there; what a result
/// has behind the point beyond them is rounded, as of every quotient that does not come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

/// The text is no decimal of at most 28 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no decimal of at most 28 digits")]
pub struct NotAnAmount;

impl Amount {
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// One.
    pub const ONE: Self = Self(Decimal::ONE);
    /// A hundred.
    pub const HUNDRED: Self = Self(Decimal::ONE_HUNDRED);
    /// How many digits before the point a number from outside may have, unless its field declares a limit. Sums of
    /// all that a university could return, and products of two such numbers, are far from what an amount can hold.
    pub const N_DIGITS: u32 = 12;

    /// The decimal that a floating point number stands for, to its fifteen significant digits, without trailing zeros;
    /// `None` if it is not finite, or needs more than 28 digits.
    pub fn from_float(value: f64) -> Option<Self> {
        // `{:e}` writes `inf` and `NaN` too; neither is read back.
        Decimal::from_scientific(&format!("{value:.14e}")).ok().map(|it| Self(it.normalize()))
    }

    /// Half a unit in the last of `places` places: the most by which rounding changes a number. `None` beyond 27 places.
    pub fn half_of_last(places: u32) -> Option<Self> {
        Decimal::try_new(5, places.checked_add(1)?).ok().map(Self)
    }

    /// The sum; `None` if it is too large.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; `None` if it is too large.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The product; `None` if it is too large.
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// The quotient; `None` if the divisor is zero, or the quotient too large.
    pub fn over(self, other: Self) -> Option<Self> {
        self.0.checked_div(other.0).map(Self)
    }

    /// A share in percent: 25.5 for 0.255; `None` if that is too large.
    pub fn in_percent(self) -> Option<Self> {
        self.times(Self::HUNDRED)
    }

    /// A percentage as a share: 0.255 for 25.5.
    pub fn of_percent(self) -> Option<Self> {
        self.over(Self::HUNDRED)
    }

    /// The number with its sign reversed.
    #[expect(clippy::arithmetic_side_effects, reason = "the sign is a bit of its own")]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// The absolute value.
    pub fn size(self) -> Self {
        Self(self.0.abs())
    }

    /// Rounded to `places` places, half away from zero; a number with fewer places is unchanged.
    pub fn rounded(self, places: u32) -> Self {
        Self(self.0.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    }

    /// Filled with zeros to `places` places, as far as 28 digits allow: 12.50 for 12.5 and two.
    pub fn filled(self, places: u32) -> Self {
        let mut filled = self.0;
        if filled.scale() < places {
            filled.rescale(places);
        }
        Self(filled)
    }

    /// Without zeros at the end of its places.
    pub fn trimmed(self) -> Self {
        Self(self.0.normalize())
    }

    /// How many places it has, trailing zeros included.
    pub fn places(self) -> u32 {
        self.0.scale()
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is less than zero.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// Whether it is a whole number: only zeros behind the point.
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// Whether it has more than [`Amount::N_DIGITS`] digits before the point, the limit for numbers from outside.
    pub fn is_out_of_reach(self) -> bool {
        self.0.trunc().abs() >= Decimal::from(10_u64.pow(Self::N_DIGITS))
    }

    /// The number as an integer; `None` if it has a fraction, or does not fit.
    pub fn whole(self) -> Option<i64> {
        self.0.to_i64().filter(|_| self.0.is_integer())
    }

    /// The nearest floating point number, for charts and workbooks, which know no other.
    pub fn nearest_float(self) -> f64 {
        // Read back from its text, which gives the nearest.
        self.0.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Its text with exactly `places` places: `12.50` for two, `13` for none.
    pub fn fixed(self, places: u32) -> String {
        let mut text = self.rounded(places).to_string();
        let written = text.split_once('.').map_or(0, |it| it.1.len());
        // The crate's own formatting panics if the zeros do not fit into its buffer.
        let missing = usize::try_from(places).unwrap_or(usize::MAX).saturating_sub(written);
        if missing > 0 && written == 0 {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', missing));
        text
    }
}

impl From<i64> for Amount {
    fn from(number: i64) -> Self {
        Self(Decimal::from(number))
    }
}

impl From<usize> for Amount {
    fn from(number: usize) -> Self {
        Self(Decimal::from(number))
    }
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    /// Reads digits with an optional sign and fraction; a number with too many digits is refused, not rounded.
    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        Decimal::from_str_exact(text).map(Self).map_err(|_| NotAnAmount)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest that there is.
    const MOST: &str = "79228162514264337593543950335";

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_too_large_or_divided_by_zero_has_no_result() {
        let (most, one) = (amount(MOST), Amount::ONE);
        let least = Amount::ZERO.minus(most).unwrap();
        assert_eq!(most.plus(one), None);
        assert_eq!(least.minus(one), None);
        assert_eq!((most.times(most), most.in_percent()), (None, None));
        assert_eq!((most.over(amount("0.1")), most.over(Amount::ZERO)), (None, None));
        assert_eq!(amount("0.1").plus(amount("0.2")), Some(amount("0.3")));
        assert_eq!(one.over(amount("8")).map(|it| it.to_string()).as_deref(), Some("0.125"));
        assert_eq!(most.of_percent().map(|it| it.rounded(0)), Some(amount("792281625142643375935439503")));
    }

    #[test]
    fn a_whole_number_is_given_only_for_a_whole_amount() {
        for (text, whole) in [
            ("12", Some(12)),
            ("12.00", Some(12)),
            ("-3", Some(-3)),
            ("12.5", None),
            ("0.9999999999999999999999999999", None),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            (MOST, None),
        ] {
            assert_eq!(amount(text).whole(), whole, "{text}");
        }
    }

    #[test]
    fn a_text_with_more_digits_than_there_are_is_refused_and_not_rounded() {
        for text in ["79228162514264337593543950336", "0.12345678901234567890123456789", "", "1e5", "1,200"] {
            assert_eq!(text.parse::<Amount>(), Err(NotAnAmount), "{text}");
        }
    }

    #[test]
    fn a_number_is_written_with_the_places_asked_for_however_many_digits_it_has() {
        for (text, places, written) in [
            ("2.345", 2, "2.35"),
            ("-2.345", 2, "-2.35"),
            ("12", 2, "12.00"),
            ("12.5", 0, "13"),
            ("0", 3, "0.000"),
            ("1.5", 30, "1.500000000000000000000000000000"),
            (MOST, 0, MOST),
            (MOST, 3, "79228162514264337593543950335.000"),
            ("-0.0000000000000000000000000001", 28, "-0.0000000000000000000000000001"),
        ] {
            assert_eq!(amount(text).fixed(places), written, "{text}");
        }
        assert_eq!(format!("{:.3}", amount(MOST)), MOST, "places are asked for by `fixed` alone");
    }

    #[test]
    fn places_are_filled_and_halved_as_far_as_the_digits_suffice() {
        assert_eq!(amount("30").filled(1).to_string(), "30.0");
        assert_eq!(amount("30.25").filled(1).to_string(), "30.25");
        assert_eq!(amount(MOST).filled(5).to_string(), MOST);
        assert_eq!(Amount::half_of_last(1), Some(amount("0.05")));
        assert_eq!((Amount::half_of_last(28), Amount::half_of_last(u32::MAX)), (None, None));
    }

    #[test]
    fn a_number_of_more_than_twelve_digits_is_out_of_reach() {
        for (text, is_out) in [
            ("999999999999.99", false),
            ("-999999999999", false),
            ("1000000000000", true),
            ("-1000000000000", true),
            (MOST, true),
            ("0.0000000000000000000000000001", false),
        ] {
            assert_eq!(amount(text).is_out_of_reach(), is_out, "{text}");
        }
    }

    #[test]
    fn floats_are_read_to_fifteen_digits_and_given_back() {
        for (float, text) in [(0.1 + 0.2, "0.3"), (25.5, "25.5"), (-0.0, "0"), (1e15, "1000000000000000")] {
            assert_eq!(Amount::from_float(float), Some(amount(text)));
        }
        for float in [f64::NAN, f64::INFINITY, f64::MAX, 1e30, f64::MIN_POSITIVE, 1e-30] {
            assert_eq!(Amount::from_float(float), None, "{float}");
        }
        assert_eq!(amount("0.1").nearest_float().to_bits(), 0.1_f64.to_bits());
        assert_eq!(
            amount(MOST).nearest_float().to_bits(),
            79_228_162_514_264_337_593_543_950_335_f64.to_bits()
        );
    }
}
