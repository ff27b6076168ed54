//! How much time is left until a day, or how long it is over: as precise as the day was written, so that no day is invented.

use jiff::civil::Date;

use super::declaration::Span;
use crate::captions::ReminderCaptions;
use value::{DatePart, PartialDate};

/// Whether the last day that a date may mean is over.
pub(super) fn is_over(due: PartialDate, as_of: Date) -> bool {
    due.latest() < as_of
}

impl Span {
    /// Whether a date may fall on a day within the span.
    pub(super) fn reaches(self, due: PartialDate, as_of: Date) -> bool {
        let first = due.earliest();
        match self {
            Self::Months(n) => {
                PartialDate::from(as_of).plus_months(n).is_none_or(|limit| first <= limit.latest())
            }
            Self::Days(n) => days(as_of, first) <= i64::from(n),
        }
    }

    /// In words: 6个月.
    pub(super) fn words(self, words: &ReminderCaptions) -> String {
        match self {
            Self::Months(n) => words.months.filled(&[&n.to_string()]),
            Self::Days(n) => words.days.filled(&[&n.to_string()]),
        }
    }
}

/// In words: 42天, 3个月, 已过期12天.
pub(super) fn left(due: PartialDate, as_of: Date, words: &ReminderCaptions) -> String {
    let (count, unit, now) = match due.precision() {
        DatePart::Day => (days(as_of, due.earliest()), &words.days, &words.today),
        DatePart::Month => (months(as_of, due.earliest()), &words.months, &words.this_month),
        DatePart::Year => {
            (i64::from(due.year()).saturating_sub(i64::from(as_of.year())), &words.years, &words.this_year)
        }
    };
    let span = unit.filled(&[&count.unsigned_abs().to_string()]);
    match count {
        0 => now.to_string(),
        1.. => span,
        _ => words.overdue.filled(&[&span]),
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

fn months(from: Date, to: Date) -> i64 {
    let number = |it: Date| i64::from(it.year()).saturating_mul(12).saturating_add(i64::from(it.month()));
    number(to).saturating_sub(number(from))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::captions::Pattern;

    fn words() -> ReminderCaptions {
        ReminderCaptions {
            days: Pattern::of("{}天"),
            months: Pattern::of("{}个月"),
            years: Pattern::of("{}年"),
            today: "当天".into(),
            this_month: "当月".into(),
            this_year: "当年".into(),
            overdue: Pattern::of("已过期{}"),
            ..ReminderCaptions::default()
        }
    }

    #[test]
    fn what_is_left_is_as_precise_as_the_day_that_was_written() {
        let as_of = date(2024, 5, 31);
        let day = |y, m, d| PartialDate::from(date(y, m, d));
        let month = |y, m| PartialDate::from_month(y, m).unwrap();
        for (due, said, is_late) in [
            (day(2024, 5, 31), "当天", false),
            (day(2024, 6, 1), "1天", false),
            (day(2024, 5, 30), "已过期1天", true),
            (day(2025, 5, 31), "365天", false),
            (month(2024, 5), "当月", false),
            (month(2024, 11), "6个月", false),
            (month(2024, 4), "已过期1个月", true),
            (PartialDate::from_year(2024).unwrap(), "当年", false),
            (PartialDate::from_year(2022).unwrap(), "已过期2年", true),
        ] {
            assert_eq!((left(due, as_of, &words()).as_str(), is_over(due, as_of)), (said, is_late), "{due}");
        }
    }

    #[test]
    fn a_span_reaches_whatever_may_fall_within_it() {
        let as_of = date(2024, 5, 31);
        let reaches = |span: Span, y, m, d| span.reaches(PartialDate::from(date(y, m, d)), as_of);
        assert!(reaches(Span::Months(6), 2024, 11, 30) && !reaches(Span::Months(6), 2024, 12, 1));
        assert!(reaches(Span::Days(30), 2024, 6, 30) && !reaches(Span::Days(30), 2024, 7, 1));
        assert!(reaches(Span::Days(0), 2020, 1, 1), "what is over is within any span");
        let month = PartialDate::from_month(2024, 11).unwrap();
        assert!(Span::Months(6).reaches(month, as_of), "its first day is");
        assert_eq!(Span::Months(6).words(&words()), "6个月");
    }
}
