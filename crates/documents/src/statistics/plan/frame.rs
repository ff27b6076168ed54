//! The period and day that statistics are about.

use jiff::civil::Date;

use crate::statistics::{Span, Wanted};
use facts::Frame;
use finding::{Finding, Report, Target, codes};
use project::Project;
use value::{PartialDate, Period};

/// The frame of statistics: what the project says of them, else their own yearly span, else the project's period.
///
/// A span that they have of their own is judged as of its last day, but never as of a day later than the project's:
/// nobody has returned anything about that. Where the two days differ, and the project does not say which is meant, it
/// is asked. If it says the day and not the period, the span is the one in which the day lies; a day outside its period is
/// an error.
pub(super) fn frame(wanted: &Wanted, project: &Project, report: &mut Report) -> Frame {
    let own = wanted.statistics.period.and_then(|it| match wanted.as_of {
        Some(day) => span_around(it, day),
        None => last_span(it, project.period.last()),
    });
    let period = wanted.period.or(own);
    let cut_off = wanted.as_of.or_else(|| period.map(|it| it.last())).unwrap_or(project.as_of);
    if project.as_of < cut_off {
        report.push(before_cut_off(wanted, cut_off, project.as_of));
    } else if cut_off < project.as_of && wanted.as_of.is_none() {
        report.push(after_cut_off(wanted, cut_off, project.as_of));
    }
    let (period, day) = (period.unwrap_or(project.period), cut_off.min(project.as_of));
    if day < period.first() || period.last() < day {
        report.push(outside(wanted, period, day));
    }
    Frame::new(project, period, day)
}

/// What stood on a day says nothing of a period in which it does not lie: who joined in a year that had not begun?
fn outside(wanted: &Wanted, period: Period, day: Date) -> Finding {
    let (first, last) = (written(period.first()), written(period.last()));
    let title = &wanted.statistics.title;
    let message = format!("《{title}》的截止日期{}不在统计期间（{first}至{last}）之内", written(day));
    let finding = Finding::new(&codes::CUT_OFF_OUTSIDE_PERIOD, message).at(wanted.origin);
    let id = &wanted.statistics.id;
    finding.about(Target::Declaration(wanted.statistics.origin)).hint(format!(
        "请改正 huibian.yaml 的 period 与 as_of，或在统计名称后写明，如 {{id: {id}, as_of: {}}}",
        period.last()
    ))
}

/// The returns are of a day before the cut-off.
fn before_cut_off(wanted: &Wanted, cut_off: Date, as_of: Date) -> Finding {
    let (id, [end, day]) = (&wanted.statistics.id, [cut_off, as_of].map(written));
    let message = format!(
        "《{}》应截止{end}，项目的截止日期是{day}，表上的截止日期按{day}填写",
        wanted.statistics.title
    );
    differing(wanted, message).hint(format!(
        "请在{end}以后收齐材料，把 huibian.yaml 的 as_of 改为收齐的日期再生成；现在就要按{day}的情况填报的，请写明 {{id: {id}, as_of: {as_of}}}"
    ))
}

/// The returns are of a day after the cut-off.
fn after_cut_off(wanted: &Wanted, cut_off: Date, as_of: Date) -> Finding {
    let (id, [end, day]) = (&wanted.statistics.id, [cut_off, as_of].map(written));
    let message = format!(
        "《{}》截止{end}，项目的截止日期是{day}，{end}以后入党、转入、转正的已按当时的情况统计，转出、去世、换届的不能还原",
        wanted.statistics.title
    );
    differing(wanted, message).hint(format!(
        "请核对{end}以后的变动，或者改用当时的名册；核对无误的写明 {{id: {id}, as_of: {cut_off}}}，要按{day}的情况填报的写明 {{id: {id}, as_of: {as_of}}}"
    ))
}

fn differing(wanted: &Wanted, message: String) -> Finding {
    let about = Target::Declaration(wanted.statistics.origin);
    Finding::new(&codes::CUT_OFF_DIFFERS, message).at(wanted.origin).about(about)
}

fn written(day: Date) -> PartialDate {
    PartialDate::from(day)
}

/// The last yearly span that ends on a day or before it.
fn last_span(span: Span, day: Date) -> Option<Period> {
    let last = last_before(span.ends, day)?;
    Period::new(last_before(span.starts, last)?, last)
}

/// The yearly span in which a day lies.
fn span_around(span: Span, day: Date) -> Option<Period> {
    let first = last_before(span.starts, day)?;
    let years = [Some(first.year()), first.year().checked_add(1)].into_iter().flatten();
    let mut ends = years.filter_map(|it| Date::new(it, span.ends.0, span.ends.1).ok());
    Period::new(first, ends.find(|it| first <= *it)?)
}

/// The last day of this month and day of the month that is not after another.
fn last_before((month, day): (i8, i8), until: Date) -> Option<Date> {
    let years = [Some(until.year()), until.year().checked_sub(1)].into_iter().flatten();
    years.filter_map(|it| Date::new(it, month, day).ok()).find(|it| *it <= until)
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

    #[test]
    fn the_span_around_a_day_begins_before_it_and_ends_after_it() {
        let calendar = Span { starts: (1, 1), ends: (12, 31) };
        let school = Span { starts: (7, 1), ends: (6, 30) };
        let cases = [
            (calendar, date(2024, 5, 31), (date(2024, 1, 1), date(2024, 12, 31))),
            (calendar, date(2024, 12, 31), (date(2024, 1, 1), date(2024, 12, 31))),
            (school, date(2024, 6, 30), (date(2023, 7, 1), date(2024, 6, 30))),
            (school, date(2024, 7, 1), (date(2024, 7, 1), date(2025, 6, 30))),
        ];
        for (span, day, expected) in cases {
            assert_eq!(span_around(span, day).map(|it| (it.first(), it.last())), Some(expected), "{day}");
        }
    }
}
