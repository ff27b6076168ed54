//! A figure and the span of values that it stands for: printed figures have been rounded.

use rust_decimal::{Decimal, RoundingStrategy};

use super::declaration::{Band, Relation};
use crate::words::Operator;

/// A figure as it is held against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quantity {
    /// The figure.
    pub(super) value: Decimal,
    /// The least value that it may stand for.
    low: Decimal,
    /// The greatest value that it may stand for.
    high: Decimal,
    /// The places it was printed with, if it is a single printed figure.
    places: Option<u32>,
}

/// How two quantities stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// As they must.
    Holds,
    /// Not as they must, but rounding alone may be the reason.
    WithinRounding,
    /// Not as they must.
    Fails,
}

impl Quantity {
    /// A figure that is exactly what it says.
    pub(super) fn exact(value: Decimal) -> Self {
        Self { value, low: value, high: value, places: None }
    }

    /// A printed figure with so many places: it stands for all that is rounded to it.
    pub(super) fn printed(value: Decimal, places: u32) -> Self {
        let half = Decimal::new(5, places + 1);
        Self { value, low: value - half, high: value + half, places: Some(places) }
    }

    /// Reckons; `None` if something is divided by what may be nought, or the result is out of reach.
    pub(super) fn reckon(self, operator: Operator, other: Self) -> Option<Self> {
        let reckon = |a: Decimal, b: Decimal| match operator {
            Operator::Plus => a.checked_add(b),
            Operator::Minus => a.checked_sub(b),
            Operator::Times => a.checked_mul(b),
            Operator::Over => a.checked_div(b),
        };
        if operator == Operator::Over && other.low <= Decimal::ZERO && other.high >= Decimal::ZERO {
            return None;
        }
        // Each operation is monotonous in either part, so its extremes lie at the corners.
        let corners =
            [(self.low, other.low), (self.low, other.high), (self.high, other.low), (self.high, other.high)];
        let corners: Option<Vec<Decimal>> = corners.into_iter().map(|(a, b)| reckon(a, b)).collect();
        let corners = corners?;
        let (low, high) = (*corners.iter().min()?, *corners.iter().max()?);
        Some(Self { value: reckon(self.value, other.value)?, low, high, places: None })
    }

    /// How it stands to another.
    pub(super) fn stands(self, relation: Relation, other: Self) -> Standing {
        let (holds, may_hold) = match relation {
            Relation::Equal => {
                (self.shows(other) || other.shows(self), self.low <= other.high && other.low <= self.high)
            }
            Relation::AtMost => (self.value <= other.value, self.low <= other.high),
            Relation::AtLeast => (self.value >= other.value, self.high >= other.low),
            Relation::Within(band) => {
                let reach = match band {
                    Band::Percent(percent) => (other.value.abs() * percent) / Decimal::ONE_HUNDRED,
                    Band::Units(units) => units,
                };
                let is_within = (self.value - other.value).abs() <= reach;
                (is_within, is_within)
            }
        };
        match (holds, may_hold) {
            (true, _) => Standing::Holds,
            (false, true) => Standing::WithinRounding,
            (false, false) => Standing::Fails,
        }
    }

    /// Whether it is the other, or what the other is printed as with its places.
    fn shows(self, other: Self) -> bool {
        let rounded =
            |places| other.value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        self.value == other.value || self.places.is_some_and(|it| rounded(it) == self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Quantity {
        let value: Decimal = text.parse().unwrap();
        Quantity::printed(value, value.scale())
    }

    fn sum(texts: &[&str]) -> Quantity {
        let parts = texts.iter().map(|it| printed(it));
        parts.reduce(|a, b| a.reckon(Operator::Plus, b).unwrap()).unwrap()
    }

    #[test]
    fn exact_figures_are_equal_or_not() {
        let [a, b] = [2591, 2592].map(|it| Quantity::exact(Decimal::from(it)));
        assert_eq!(a.stands(Relation::Equal, a), Standing::Holds);
        assert_eq!(a.stands(Relation::Equal, b), Standing::Fails);
        assert_eq!(
            (a.stands(Relation::AtMost, b), b.stands(Relation::AtMost, a)),
            (Standing::Holds, Standing::Fails)
        );
        assert_eq!(a.stands(Relation::AtLeast, b), Standing::Fails);
    }

    #[test]
    fn printed_figures_may_differ_by_what_rounding_has_taken() {
        let parts = sum(&["1262.4", "1153.5", "978.0"]);
        assert_eq!(parts.stands(Relation::Equal, printed("3393.9")), Standing::Holds);
        assert_eq!(parts.stands(Relation::Equal, printed("3394.0")), Standing::WithinRounding);
        assert_eq!(parts.stands(Relation::Equal, printed("3394.2")), Standing::Fails);
    }

    #[test]
    fn a_printed_share_holds_if_it_is_the_quotient_rounded() {
        let hundred = Quantity::exact(Decimal::ONE_HUNDRED);
        let times = printed("2843.1").reckon(Operator::Times, hundred).unwrap();
        let share = times.reckon(Operator::Over, printed("9671.2")).unwrap();
        assert_eq!(printed("29.4").stands(Relation::Equal, share), Standing::Holds);
        assert_eq!(printed("29.5").stands(Relation::Equal, share), Standing::Fails);
        assert_eq!(times.reckon(Operator::Over, Quantity::exact(Decimal::ZERO)), None);
    }

    #[test]
    fn a_band_is_a_share_of_the_right_side() {
        let of = |it: i64| Quantity::exact(Decimal::from(it));
        let band = Relation::Within(Band::Percent(Decimal::TEN));
        assert_eq!(
            (of(110).stands(band, of(100)), of(111).stands(band, of(100))),
            (Standing::Holds, Standing::Fails)
        );
        assert_eq!(of(1).stands(band, of(0)), Standing::Fails);
        let units = Relation::Within(Band::Units(Decimal::ONE));
        assert_eq!(
            (of(7).stands(units, of(8)), of(6).stands(units, of(8))),
            (Standing::Holds, Standing::Fails)
        );
    }
}
