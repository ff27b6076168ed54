//! The period and day that statistics are about.

use jiff::civil::Date;

use crate::documents::statistics::{Span, Wanted};
use crate::facts::Frame;
use crate::project::Project;
use crate::value::Period;

/// The frame of statistics: what the project says of them, else their own yearly span, else the project's period.
pub(super) fn frame(wanted: &Wanted, project: &Project) -> Frame {
    let own = wanted.statistics.period.and_then(|it| last_span(it, project.period.last()));
    let period = wanted.period.or(own);
    // A span that the statistics have of their own is judged as of its last day.
    let as_of = wanted.as_of.or_else(|| period.map(|it| it.last())).unwrap_or(project.as_of);
    Frame::new(project, period.unwrap_or(project.period), as_of)
}

/// The last yearly span that ends on a day or before it.
fn last_span(span: Span, day: Date) -> Option<Period> {
    let ends = |year| Date::new(year, span.ends.0, span.ends.1).ok();
    let last = [day.year(), day.year() - 1].into_iter().filter_map(ends).find(|it| *it <= day)?;
    let starts = |year| Date::new(year, span.starts.0, span.starts.1).ok();
    let first = [last.year(), last.year() - 1].into_iter().filter_map(starts).find(|it| *it <= last)?;
    Period::new(first, last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_last_span_is_the_one_that_has_ended() {
        let calendar = Span { starts: (1, 1), ends: (12, 31) };
        let school = Span { starts: (7, 1), ends: (6, 30) };
        let span = |span, day| last_span(span, day).map(|it| (it.first(), it.last()));
        assert_eq!(span(calendar, date(2024, 12, 31)), Some((date(2024, 1, 1), date(2024, 12, 31))));
        assert_eq!(span(calendar, date(2024, 12, 30)), Some((date(2023, 1, 1), date(2023, 12, 31))));
        assert_eq!(span(school, date(2024, 12, 31)), Some((date(2023, 7, 1), date(2024, 6, 30))));
        assert_eq!(span(school, date(2024, 6, 29)), Some((date(2022, 7, 1), date(2023, 6, 30))));
    }
}
