//! Dates with the precision that was given: `2019年7月` has no day, and none is invented.

mod parse;
mod clock;
mod refusal;
mod numerals;
mod serial;
mod weekday;
mod program;
mod span;
mod likely;
mod period;

pub use period::Period;
pub use serial::Epoch;

pub(super) use numerals::digit as numeral_digit;
use refusal::Refusal;
pub(crate) use serial::display_serial;

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Fault, Parsed, Raw};

/// How precise a date is; a finer one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DatePart {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// A full day.
    Day,
}

/// A year, a year and month, or a full day, in the years 1 to 9999.
///
/// It stands for all days that it includes. A comparison on which these days differ is
/// undecided (`None`). `==` compares what was written, not the days: two persons born in 2019年7月
/// have equal dates, but [`PartialDate::compare`] does not know who is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// A year; `None` outside 1 to 9999.
    pub fn from_year(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: None, day: None })
    }

    /// A month; `None` if there is no such month.
    pub fn from_month(year: i16, month: u8) -> Option<Self> {
        let known = Self::from_year(year)?;
        (1..=12).contains(&month).then_some(Self { month: Some(month), ..known })
    }

    /// A day; `None` if there is no such day.
    pub fn from_day(year: i16, month: u8, day: u8) -> Option<Self> {
        let known = Self::from_month(year, month)?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Self { day: Some(day), ..known })
    }

    /// Parses a cell: every spelling that clerks use, numbers such as 20190701, and date cells.
    ///
    /// A time of day is dropped and noted. What has one likely reading, or names several days, is read with a query; what may
    /// be two dates, or lacks a part, is refused.
    ///
    /// # Errors
    /// `not-a-date`, `date-incomplete`, `date-ambiguous`, `date-impossible`, `date-out-of-range`
    /// (before 1900, after 2100), and what an unreadable cell gives.
    pub fn parse(raw: &Raw) -> Result<Parsed<Self>, Fault> {
        parse::parse(raw, Epoch::USUAL)
    }

    /// Parses a cell of a workbook that counts its days from the given one: a serial number that lost
    /// its date format is the day that it was.
    ///
    /// # Errors
    /// As [`PartialDate::parse`].
    pub fn parse_since(raw: &Raw, epoch: Epoch) -> Result<Parsed<Self>, Fault> {
        parse::parse(raw, epoch)
    }

    /// The last of the days that a cell names, if it names several.
    pub fn last_of_span(raw: &Raw) -> Option<Self> {
        let Raw::Text(text) = raw else { return None };
        Some(parse::span_of(text)?.1)
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, if known.
    pub fn month(&self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if known.
    pub fn day(&self) -> Option<u8> {
        self.day
    }

    /// How precise it is.
    pub fn precision(&self) -> DatePart {
        match (self.month, self.day) {
            (None, _) => DatePart::Year,
            (Some(_), None) => DatePart::Month,
            (Some(_), Some(_)) => DatePart::Day,
        }
    }

    /// The same date without what is finer than the given part.
    pub fn truncated(self, precision: DatePart) -> Self {
        Self {
            year: self.year,
            month: self.month.filter(|_| precision >= DatePart::Month),
            day: self.day.filter(|_| precision >= DatePart::Day),
        }
    }

    /// The first day that it includes.
    pub fn earliest(&self) -> Date {
        civil(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that it includes.
    pub fn latest(&self) -> Date {
        let month = self.month.unwrap_or(12);
        match self.day {
            Some(day) => civil(self.year, month, day),
            None => civil(self.year, month, 1).last_of_month(),
        }
    }

    /// Which of two dates comes first. Equal are only two full days; two dates that are merely
    /// written alike, such as 2019年7月 twice, are undecided.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self.before(other), other.before(self)) {
            (Some(true), _) => Some(Ordering::Less),
            (_, Some(true)) => Some(Ordering::Greater),
            (Some(false), Some(false)) => Some(Ordering::Equal),
            _ => None,
        }
    }

    /// Whether this date is earlier than the other.
    pub fn before(&self, other: &Self) -> Option<bool> {
        if self.latest() < other.earliest() {
            Some(true)
        } else if self.earliest() >= other.latest() {
            Some(false)
        } else {
            None
        }
    }

    /// Whether this date is earlier than the other, or the same day.
    pub fn on_or_before(&self, other: &Self) -> Option<bool> {
        other.before(self).map(|it| !it)
    }

    /// Whether both are the same day.
    pub fn same_day(&self, other: &Self) -> Option<bool> {
        if self.latest() < other.earliest() || other.latest() < self.earliest() {
            return Some(false);
        }
        (self.precision() == DatePart::Day && self == other).then_some(true)
    }

    /// Completed years from this date to the other, as ages are counted (周岁); negative if the
    /// other is earlier. Whoever was born on 29 February completes a year on 1 March in other years.
    pub fn full_years_until(&self, other: &Self) -> Option<i32> {
        self.decided(other, |from, to| months_between(from, to).div_euclid(12))
    }

    /// Completed months from this date to the other; negative if the other is earlier.
    pub fn full_months_until(&self, other: &Self) -> Option<i32> {
        self.decided(other, months_between)
    }

    /// The date so many months later, or earlier if negative, in the same precision. A day that
    /// the month lacks becomes its last one. `None` if a mere year is moved by less than whole
    /// years, or beyond the years 1 to 9999.
    pub fn plus_months(&self, months: i32) -> Option<Self> {
        if self.month.is_none() && months % 12 != 0 {
            return None;
        }
        let moved = month_index(self.year, self.month.unwrap_or(1)).checked_add(months)?;
        let year = i16::try_from(moved.div_euclid(12)).ok()?;
        let month = u8::try_from(moved.rem_euclid(12)).ok()? + 1;
        match (self.month, self.day) {
            (None, _) => Self::from_year(year),
            (Some(_), None) => Self::from_month(year, month),
            (Some(_), Some(day)) => {
                let last = Self::from_month(year, month)?.latest().day();
                Self::from_day(year, month, day.min(last.unsigned_abs()))
            }
        }
    }

    /// The date so many years later, or earlier if negative; as [`PartialDate::plus_months`].
    pub fn plus_years(&self, years: i32) -> Option<Self> {
        self.plus_months(years.checked_mul(12)?)
    }

    /// The form of interchange: `2019-07-01`, `2019-07` or `2019`. Its order as text is the order
    /// of the dates; a coarser date stands before the finer ones within it.
    pub fn iso(&self) -> String {
        match (self.month, self.day) {
            (None, _) => format!("{:04}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
        }
    }

    /// A count that grows with `to` and shrinks with `from` is known if both extremes agree.
    fn decided(&self, other: &Self, count: fn(Date, Date) -> i32) -> Option<i32> {
        let least = count(self.latest(), other.earliest());
        let most = count(self.earliest(), other.latest());
        (least == most).then_some(least)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年", self.year)?;
        if let Some(month) = self.month {
            write!(f, "{month}月")?;
        }
        if let Some(day) = self.day {
            write!(f, "{day}日")?;
        }
        Ok(())
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        // A jiff date before year 1 cannot arise from cells; it is held at the first day.
        let day = Self::from_day(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs());
        day.unwrap_or(Self { year: 1, month: Some(1), day: Some(1) })
    }
}

/// The constructors admit only days that exist, so the fallback is never taken.
fn civil(year: i16, month: u8, day: u8) -> Date {
    let part = |it: u8| i8::try_from(it).unwrap_or(1);
    Date::new(year, part(month), part(day)).unwrap_or(Date::ZERO)
}

/// The months since the beginning of the year 0.
#[expect(clippy::arithmetic_side_effects, reason = "a year has at most four digits")]
fn month_index(year: i16, month: u8) -> i32 {
    i32::from(year) * 12 + i32::from(month) - 1
}

#[expect(clippy::arithmetic_side_effects, reason = "both are months of years of at most four digits")]
fn months_between(from: Date, to: Date) -> i32 {
    let index = |it: Date| month_index(it.year(), it.month().unsigned_abs());
    index(to) - index(from) - i32::from(to.day() < from.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(&Raw::text(text)).unwrap().value
    }

    #[test]
    fn days_that_do_not_exist_cannot_be_made() {
        assert_eq!(PartialDate::from_day(2023, 2, 29), None);
        assert_eq!(PartialDate::from_month(2023, 13), None);
        assert_eq!(PartialDate::from_year(0), None);
        assert_eq!(date("2024-02").latest().day(), 29);
    }

    #[test]
    fn each_precision_has_its_spelling() {
        for (text, shown, iso) in [
            ("2019", "2019年", "2019"),
            ("2019.7", "2019年7月", "2019-07"),
            ("2019.7.1", "2019年7月1日", "2019-07-01"),
        ] {
            assert_eq!((date(text).to_string(), date(text).iso()), (shown.to_owned(), iso.to_owned()));
        }
    }

    #[test]
    fn comparisons_beyond_the_precision_are_undecided() {
        for (a, b, order) in [
            ("2019-07", "2019-08-01", Some(Ordering::Less)),
            ("2019-07", "2019-07-03", None),
            ("2019-07", "2019-07", None),
            ("2020", "2019-12-31", Some(Ordering::Greater)),
            ("2019-07-01", "2019-07-01", Some(Ordering::Equal)),
        ] {
            assert_eq!(date(a).compare(&date(b)), order, "{a} {b}");
        }
        assert_eq!(date("2019-07").before(&date("2019-07-01")), Some(false));
        assert_eq!(date("2019-07-01").on_or_before(&date("2019-07")), Some(true));
        assert_eq!(date("2019-07-02").on_or_before(&date("2019-07")), None);
        assert_eq!(date("2019-07").same_day(&date("2019-07")), None);
        assert_eq!(date("2019-07").same_day(&date("2019-08")), Some(false));
    }

    #[test]
    fn years_and_months_are_counted_when_completed() {
        for (from, to, years) in [
            ("2000-07-01", "2019-06-30", Some(18)),
            ("2000-07-01", "2019-07-01", Some(19)),
            ("2000-07", "2019-06-30", Some(18)),
            ("2000-07", "2019-07-15", None),
            ("2000", "2019-12-31", Some(19)),
            ("2000", "2019-12-30", None),
            ("2004-02-29", "2023-02-28", Some(18)),
            ("2004-02-29", "2023-03-01", Some(19)),
            ("2019-07-02", "2019-07-01", Some(-1)),
        ] {
            assert_eq!(date(from).full_years_until(&date(to)), years, "{from} {to}");
        }
        assert_eq!(date("2024-01-31").full_months_until(&date("2024-02-29")), Some(0));
        assert_eq!(date("2024-01-31").full_months_until(&date("2024-03-31")), Some(2));
    }

    #[test]
    fn dates_move_in_their_precision() {
        assert_eq!(date("2024-02-29").plus_years(-1), Some(date("2023-02-28")));
        assert_eq!(date("2024-01").plus_months(-1), Some(date("2023-12")));
        assert_eq!(date("2024").plus_years(2), Some(date("2026")));
        assert_eq!(date("2024").plus_months(1), None);
    }
}
