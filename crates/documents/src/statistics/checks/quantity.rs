//! A figure and the span of values that it stands for: printed figures have been rounded.

use super::declaration::{Band, Relation};
use value::Amount;
use words::{Figure, NoResult, Operator};

/// A figure as it is held against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quantity {
    /// The figure.
    pub(super) value: Amount,
    /// The least value that it may stand for.
    low: Amount,
    /// The greatest value that it may stand for.
    high: Amount,
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
    /// A printed figure with so many places: it stands for all that is rounded to it.
    pub(super) fn printed(value: Amount, places: u32) -> Self {
        // Where half of the last place is beyond what an amount can hold, nothing has been rounded.
        let half = Amount::half_of_last(places);
        let (low, high) = (half.and_then(|it| value.minus(it)), half.and_then(|it| value.plus(it)));
        Self { value, low: low.unwrap_or(value), high: high.unwrap_or(value), places: Some(places) }
    }

    /// Whether it may stand for zero.
    fn may_be_zero(self) -> bool {
        self.low <= Amount::ZERO && self.high >= Amount::ZERO
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
                let is_within = self.is_within(band, other);
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
        self.value == other.value || self.places.is_some_and(|it| other.value.rounded(it) == self.value)
    }

    /// Whether it is no further from another than a band allows; a distance that is too large to be held is further.
    fn is_within(self, band: Band, other: Self) -> bool {
        // The share first: of a large side the product would be too large, though its share is not.
        let share = |it: Amount| it.of_percent().and_then(|it| other.value.size().times(it));
        let reach = match band {
            Band::Percent(percent) => share(percent),
            Band::Units(units) => Some(units),
            Band::Either(percent, units) => share(percent).map(|it| it.max(units)),
        };
        let apart = self.value.minus(other.value).map(Amount::size);
        apart.zip(reach).is_some_and(|(apart, reach)| apart <= reach)
    }
}

impl Figure for Quantity {
    fn exact(value: Amount) -> Self {
        Self { value, low: value, high: value, places: None }
    }

    fn with(self, operator: Operator, other: Self) -> Result<Self, NoResult> {
        if operator == Operator::Over && other.may_be_zero() {
            return Err(NoResult::Division);
        }
        // Each operation is monotonous in either part, so its extremes lie at the corners.
        let [a, b] = [self.low, self.high].map(|it| [other.low, other.high].map(|to| it.with(operator, to)));
        let [a, b, c, d] = [a[0]?, a[1]?, b[0]?, b[1]?];
        let value = self.value.with(operator, other.value)?;
        Ok(Self { value, low: a.min(b).min(c).min(d), high: a.max(b).max(c).max(d), places: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Quantity {
        let value: Amount = text.parse().unwrap();
        Quantity::printed(value, value.places())
    }

    fn sum(texts: &[&str]) -> Quantity {
        let parts = texts.iter().map(|it| printed(it));
        parts.reduce(|a, b| a.with(Operator::Plus, b).unwrap()).unwrap()
    }

    #[test]
    fn exact_figures_are_equal_or_not() {
        let [a, b] = [2591_i64, 2592].map(|it| Quantity::exact(Amount::from(it)));
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
        let hundred = Quantity::exact(Amount::HUNDRED);
        let times = printed("2843.1").with(Operator::Times, hundred).unwrap();
        let share = times.with(Operator::Over, printed("9671.2")).unwrap();
        assert_eq!(printed("29.4").stands(Relation::Equal, share), Standing::Holds);
        assert_eq!(printed("29.5").stands(Relation::Equal, share), Standing::Fails);
        assert_eq!(times.with(Operator::Over, Quantity::exact(Amount::ZERO)), Err(NoResult::Division));
    }

    #[test]
    fn a_band_is_a_share_of_the_right_side() {
        let of = |it: i64| Quantity::exact(Amount::from(it));
        let band = Relation::Within(Band::Percent(10_i64.into()));
        assert_eq!(
            (of(110).stands(band, of(100)), of(111).stands(band, of(100))),
            (Standing::Holds, Standing::Fails)
        );
        assert_eq!(of(1).stands(band, of(0)), Standing::Fails);
        let either = Relation::Within(Band::Either(10_i64.into(), 5_i64.into()));
        assert_eq!(
            [(8, 3), (9, 3), (110, 100), (111, 100)].map(|(one, other)| of(one).stands(either, of(other))),
            [Standing::Holds, Standing::Fails, Standing::Holds, Standing::Fails]
        );
        let units = Relation::Within(Band::Units(Amount::ONE));
        assert_eq!(
            (of(7).stands(units, of(8)), of(6).stands(units, of(8))),
            (Standing::Holds, Standing::Fails)
        );
    }
}
