//! The span that a summary is about, as titles and texts say it: 2024年度, 2024年1月至5月.

use jiff::civil::Date;

use value::Period;

/// A whole calendar year is named by its year; what is not over yet, or no calendar year, by its months.
pub(super) fn span(period: Period, as_of: Date) -> String {
    let (first, last) = (period.first(), period.last());
    let is_year = (first.month(), first.day(), last.month(), last.day()) == (1, 1, 12, 31)
        && first.year() == last.year();
    if is_year && as_of >= last {
        return format!("{}年度", first.year());
    }
    let end = as_of.clamp(first, last);
    let (from, to) = ((first.year(), first.month()), (end.year(), end.month()));
    match (from.0 == to.0, from.1 == to.1) {
        (true, true) => format!("{}年{}月", from.0, from.1),
        (true, false) => format!("{}年{}月至{}月", from.0, from.1, to.1),
        (false, _) => format!("{}年{}月至{}年{}月", from.0, from.1, to.0, to.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_that_is_over_is_named_by_its_number_and_one_that_is_not_by_its_months() {
        let of = |from, to, day| span(Period::new(from, to).unwrap(), day);
        let (first, last) = (date(2024, 1, 1), date(2024, 12, 31));
        assert_eq!(of(first, last, date(2025, 1, 10)), "2024年度");
        assert_eq!(of(first, last, date(2024, 5, 31)), "2024年1月至5月");
        assert_eq!(of(first, last, date(2024, 1, 31)), "2024年1月");
        assert_eq!(of(date(2023, 7, 1), date(2024, 6, 30), date(2024, 6, 30)), "2023年7月至2024年6月");
    }
}
