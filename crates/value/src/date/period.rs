//! Spans of days: the year of a report, the three years before a deadline.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use super::PartialDate;

/// A span of days, both ends included; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    first: Date,
    last: Date,
}

impl Period {
    /// The days from `first` to `last`; `None` if `last` is earlier.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// One day.
    pub fn of_day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// From the first day of `first` to the last day of `last`: 2022 to 2024-06
    /// is 1 January 2022 to 30 June 2024. `None` if that is empty.
    pub fn between(first: &PartialDate, last: &PartialDate) -> Option<Self> {
        Self::new(first.earliest(), last.latest())
    }

    /// The `years` years that end with `last`: three years back from 31 December 2024 begin on
    /// 1 January 2022. `None` for less than one year, or beyond the years 1 to 9999.
    pub fn back(last: Date, years: i32) -> Option<Self> {
        let before = PartialDate::from(last).plus_years(years.checked_neg()?)?.earliest();
        Self::new(before.checked_add(1.day()).ok()?, last)
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Date {
        self.last
    }

    /// Whether the date lies within; undecided (`None`) if only some of its days do.
    pub fn contains(&self, date: &PartialDate) -> Option<bool> {
        if date.latest() < self.first || date.earliest() > self.last {
            Some(false)
        } else if date.earliest() >= self.first && date.latest() <= self.last {
            Some(true)
        } else {
            None
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}至{}", PartialDate::from(self.first), PartialDate::from(self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_period_knows_what_it_contains() {
        let year = Period::new(date(2024, 1, 1), date(2024, 12, 31)).unwrap();
        let contains = |y, m, d| year.contains(&PartialDate::from_day(y, m, d).unwrap());
        assert_eq!(contains(2024, 1, 1), Some(true));
        assert_eq!(contains(2024, 12, 31), Some(true));
        assert_eq!(contains(2025, 1, 1), Some(false));
        assert_eq!(year.contains(&PartialDate::from_year(2024).unwrap()), Some(true));
        let school = Period::new(date(2023, 7, 1), date(2024, 6, 30)).unwrap();
        assert_eq!(school.contains(&PartialDate::from_year(2024).unwrap()), None);
        assert_eq!(school.contains(&PartialDate::from_month(2024, 6).unwrap()), Some(true));
    }

    #[test]
    fn three_years_back_are_three_whole_years() {
        let period = Period::back(date(2024, 12, 31), 3).unwrap();
        assert_eq!(period.to_string(), "2022年1月1日至2024年12月31日");
        assert_eq!(Period::back(date(2024, 2, 29), 1).unwrap().first(), date(2023, 3, 1));
        assert_eq!(Period::back(date(2024, 2, 29), 0), None);
    }

    #[test]
    fn a_period_is_never_empty() {
        assert_eq!(Period::new(date(2024, 1, 2), date(2024, 1, 1)), None);
    }
}
