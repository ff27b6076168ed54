//! Months and quarters: which of a span have nothing to show.

use minijinja::{Error, Value};

use super::{Answer, dates, lists, undecided, unfit};
use crate::objects;
use value::{DatePart, PartialDate, Period, chinese_number};

/// The whole months of a span on none of whose days one of the dates lies, from the first on: 2024年3月.
pub(super) fn months_without(args: &[Value]) -> Answer {
    without(args, 1, |first| format!("{}年{}月", first.year(), first.month()))
}

/// The whole quarters of a span on none of whose days one of the dates lies, from the first on: 2024年第一季度.
pub(super) fn quarters_without(args: &[Value]) -> Answer {
    without(args, 3, |first| {
        let quarter = u64::from(first.month().unsigned_abs()).div_ceil(3);
        format!("{}年第{}季度", first.year(), chinese_number(quarter))
    })
}

fn without(args: &[Value], length: i32, name: fn(jiff::civil::Date) -> String) -> Answer {
    let dates = lists::items(&args[0])?.iter().map(dates::date).collect::<Result<Vec<_>, Error>>()?;
    let span = objects::period(&args[1]).ok_or_else(|| unfit(&args[1], "期间"))?;
    if let Some(vague) = dates.iter().find(|it| it.precision() == DatePart::Year) {
        return Err(undecided(format!("“{vague}”没有精确到月")));
    }
    let parts = whole_parts(span, length);
    let empty = parts.into_iter().filter(|part| !dates.iter().any(|it| part.contains(it) == Some(true)));
    Ok(empty.map(|it| Value::from(name(it.first()))).collect())
}

/// The stretches of so many months, counted from January, that lie in a span as wholes.
fn whole_parts(span: Period, length: i32) -> Vec<Period> {
    let begins = PartialDate::from_day(span.first().year(), 1, 1);
    let starts = std::iter::successors(begins, |it| it.plus_months(length));
    let parts = starts.map_while(|it| {
        let next = it.plus_months(length)?.earliest();
        Period::new(it.earliest(), next.yesterday().ok()?)
    });
    parts.skip_while(|it| it.first() < span.first()).take_while(|it| it.last() <= span.last()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Word = fn(&[Value]) -> Answer;

    /// What a word says of these days and a span, joined with 、.
    fn said(word: Word, days: &[&str], span: [&str; 2]) -> String {
        let date = |day: &str| PartialDate::parse(&value::Raw::text(day)).unwrap().value;
        let days: Value = days.iter().map(|it| objects::date_value(date(it))).collect();
        let span = Period::between(&date(span[0]), &date(span[1])).unwrap();
        let given = word(&[days, objects::period_value(span)]);
        let names = given.map(|it| it.try_iter().unwrap().map(|it| it.to_string()).collect::<Vec<_>>());
        names.map_or_else(|error| error.to_string(), |it| it.join("、"))
    }

    #[test]
    fn months_and_quarters_count_only_as_wholes() {
        for (word, days, span, expected) in [
            (
                months_without as Word,
                &["2024-01-31", "2024-03-01"][..],
                ["2024-01-01", "2024-05-30"],
                "2024年2月、2024年4月",
            ),
            (months_without, &["2024年1月"], ["2023-12-02", "2024-02-29"], "2024年2月"),
            (months_without, &["2024-01-31"], ["2024-02-02", "2024-02-29"], ""),
            (months_without, &[], ["2023-11-01", "2024-01-31"], "2023年11月、2023年12月、2024年1月"),
            (
                quarters_without,
                &["2024-03-31"],
                ["2024-01-01", "2024-12-31"],
                "2024年第二季度、2024年第三季度、2024年第四季度",
            ),
            (quarters_without, &[], ["2024-01-02", "2024-06-30"], "2024年第二季度"),
        ] {
            assert_eq!(said(word, days, span), expected, "{days:?} {span:?}");
        }
        assert!(said(months_without, &["2024年"], ["2024-01-01", "2024-12-31"]).contains("没有精确到月"));
    }
}
