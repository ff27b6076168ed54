//! Dates: comparisons and spans, undecided where the precision does not suffice.
//!
//! A date that lacks its day or month stands for all the days that it may be. An answer is given
//! if it is the same for every one of them.

use jiff::civil::Date;
use minijinja::{Error, Value};

use super::{Answer, undecided, unfit};
use crate::objects;
use value::{DatePart, PartialDate, Period};

/// Whether `a` is an earlier day than `b`.
pub(super) fn before(args: &[Value]) -> Answer {
    compared(args, |a, b| a.before(b))
}

/// Whether `a` is `b` or an earlier day.
pub(super) fn on_or_before(args: &[Value]) -> Answer {
    compared(args, |a, b| a.on_or_before(b))
}

/// Whether `a` is a later day than `b`.
pub(super) fn after(args: &[Value]) -> Answer {
    compared(args, |a, b| b.before(a))
}

/// Whether `a` is `b` or a later day.
pub(super) fn on_or_after(args: &[Value]) -> Answer {
    compared(args, |a, b| b.on_or_before(a))
}

/// Whether both are the same day.
pub(super) fn same_day(args: &[Value]) -> Answer {
    compared(args, |a, b| a.same_day(b))
}

/// Whether a date lies in a span of days, both ends included.
pub(super) fn in_period(args: &[Value]) -> Answer {
    let (date, period) = (date(&args[0])?, period_of(&args[1])?);
    let unknown = || undecided(format!("“{date}”不够精确，不能确定是否在“{period}”之内"));
    period.contains(&date).map(Value::from).ok_or_else(unknown)
}

/// The completed years from one date to another, as ages are counted (周岁).
pub(super) fn years_between(args: &[Value]) -> Answer {
    counted(args, PartialDate::full_years_until)
}

/// The completed months from one date to another.
pub(super) fn months_between(args: &[Value]) -> Answer {
    counted(args, PartialDate::full_months_until)
}

/// The days from one to another, both counted.
pub(super) fn days(args: &[Value]) -> Answer {
    let (first, last) = days_of(args)?;
    Ok(Value::from(n_days(first, last)))
}

/// The Mondays to Fridays from one day to another, both counted. Which of them are public holidays, and which weekends
/// are worked in exchange, is decided anew each year and not known here.
pub(super) fn weekdays(args: &[Value]) -> Answer {
    let (first, last) = days_of(args)?;
    let (n_weeks, rest) = (n_days(first, last) / 7, n_days(first, last) % 7);
    let begins = u64::from(first.weekday().to_monday_zero_offset().unsigned_abs());
    let of_rest: u64 = (begins..begins + rest).map(|it| u64::from(it % 7 < 5)).sum();
    Ok(Value::from(n_weeks * 5 + of_rest))
}

/// The span of some years up to and including a day.
pub(super) fn period_back(args: &[Value]) -> Answer {
    let (date, years) = (date(&args[0])?, count(&args[1])?);
    if date.precision() != DatePart::Day {
        return Err(undecided(format!("“{date}”没有精确到日")));
    }
    given(Period::back(date.latest(), years).map(objects::period_value), &args[1])
}

/// The span from the first day that one date may be to the last that another may be; undecided if
/// the second is the earlier one.
pub(super) fn period(args: &[Value]) -> Answer {
    let (first, last) = pair(args)?;
    let span = Period::between(&first, &last).map(objects::period_value);
    span.ok_or_else(|| undecided(format!("“{last}”早于“{first}”")))
}

/// The date some years earlier, as precise as it was; from 29 February it goes to the 28th.
pub(super) fn years_before(args: &[Value]) -> Answer {
    let (date, years) = (date(&args[0])?, count(&args[1])?);
    given(years.checked_neg().and_then(|it| date.plus_years(it)).map(objects::date_value), &args[1])
}

/// The date some months earlier; it must be precise to the month.
pub(super) fn months_before(args: &[Value]) -> Answer {
    let date = date(&args[0])?;
    month_of(&date)?;
    let months = count(&args[1])?;
    given(months.checked_neg().and_then(|it| date.plus_months(it)).map(objects::date_value), &args[1])
}

/// The last day of a term of some years that begins on a date, as precise as that was. The term ends on the day of the same
/// number, or on the last of the month if there is none: from 29 February to the 28th (民法典第二百零二条).
pub(super) fn years_after(args: &[Value]) -> Answer {
    let (date, years) = (date(&args[0])?, count(&args[1])?);
    given(date.plus_years(years).map(objects::date_value), &args[1])
}

/// The last day of a term of some months that begins on a date, which must be precise to the month; as [`years_after`]. It
/// is not what [`months_before`] undoes: from 28 February one month reaches to 28 March, not to the 31st.
pub(super) fn months_after(args: &[Value]) -> Answer {
    let date = date(&args[0])?;
    month_of(&date)?;
    given(date.plus_months(count(&args[1])?).map(objects::date_value), &args[1])
}

/// The first day that a date may be, or of a span.
pub(super) fn first_day(args: &[Value]) -> Answer {
    let day = match objects::period(&args[0]) {
        Some(period) => period.first(),
        None => date(&args[0])?.earliest(),
    };
    Ok(objects::date_value(PartialDate::from(day)))
}

/// The last day that a date may be, or of a span.
pub(super) fn last_day(args: &[Value]) -> Answer {
    let day = match objects::period(&args[0]) {
        Some(period) => period.last(),
        None => date(&args[0])?.latest(),
    };
    Ok(objects::date_value(PartialDate::from(day)))
}

/// The day that is written out: `date('1949-10-01')`.
pub(super) fn written(args: &[Value]) -> Answer {
    let day = args[0].to_string().parse::<Date>();
    day.map(|it| objects::date_value(PartialDate::from(it))).map_err(|_| unfit(&args[0], "年-月-日"))
}

/// The year.
pub(super) fn year(args: &[Value]) -> Answer {
    Ok(Value::from(date(&args[0])?.year()))
}

/// The month, 1 to 12.
pub(super) fn month(args: &[Value]) -> Answer {
    month_of(&date(&args[0])?).map(Value::from)
}

/// The date in an argument.
pub(super) fn date(value: &Value) -> Result<PartialDate, Error> {
    objects::date(value).ok_or_else(|| unfit(value, "日期"))
}

fn pair(args: &[Value]) -> Result<(PartialDate, PartialDate), Error> {
    Ok((date(&args[0])?, date(&args[1])?))
}

/// Two exact days in their order.
fn days_of(args: &[Value]) -> Result<(Date, Date), Error> {
    let (first, last) = pair(args)?;
    if let Some(vague) = [first, last].iter().find(|it| it.precision() != DatePart::Day) {
        return Err(undecided(format!("“{vague}”没有精确到日")));
    }
    if last.before(&first) == Some(true) {
        return Err(undecided(format!("“{last}”早于“{first}”")));
    }
    Ok((first.earliest(), last.latest()))
}

/// The days of a span whose ends are in order, both counted.
fn n_days(first: Date, last: Date) -> u64 {
    first.duration_until(last).as_hours().unsigned_abs() / 24 + 1
}

fn period_of(value: &Value) -> Result<Period, Error> {
    objects::period(value).ok_or_else(|| unfit(value, "期间"))
}

fn count(value: &Value) -> Result<i32, Error> {
    let number = objects::number(value).and_then(|it| i32::try_from(it).ok());
    number.filter(|it| (0..=9999).contains(it)).ok_or_else(|| unfit(value, "合理的年数或月数"))
}

fn month_of(date: &PartialDate) -> Result<u8, Error> {
    date.month().ok_or_else(|| undecided(format!("“{date}”没有精确到月")))
}

fn compared(args: &[Value], compare: fn(&PartialDate, &PartialDate) -> Option<bool>) -> Answer {
    let (a, b) = pair(args)?;
    let unknown = || undecided(format!("不够精确，不能确定“{a}”与“{b}”的先后"));
    compare(&a, &b).map(Value::from).ok_or_else(unknown)
}

fn counted(args: &[Value], count: fn(&PartialDate, &PartialDate) -> Option<i32>) -> Answer {
    let (from, to) = pair(args)?;
    let unknown = || undecided(format!("不够精确，不能算出“{from}”到“{to}”的时间"));
    count(&from, &to).map(Value::from).ok_or_else(unknown)
}

fn given(result: Option<Value>, argument: &Value) -> Answer {
    result.ok_or_else(|| unfit(argument, "合理的年数或月数"))
}

#[cfg(test)]
mod tests {
    use crate::example::{value, verdict};
    use crate::{Unanswered, Verdict};

    #[test]
    fn precision_decides_what_can_be_answered() {
        // Established in July 2019; as_of is 15 July 2024.
        assert_eq!(verdict("before(branch.established, as_of)"), Verdict::Holds);
        assert_eq!(verdict("on_or_after(branch.established, as_of)"), Verdict::Fails);
        assert_eq!(verdict("after(as_of, branch.established)"), Verdict::Holds);
        assert_eq!(verdict("branch.established is on_or_before(years_before(as_of, 3))"), Verdict::Holds);
        let unknown = Verdict::Undecided("不够精确，不能确定“2019年7月”与“2019年7月15日”的先后".to_owned());
        assert_eq!(verdict("before(branch.established, years_before(as_of, 5))"), unknown);
        assert_eq!(
            verdict("on_or_before(last_day(branch.established), years_before(as_of, 5))"),
            Verdict::Fails
        );
        assert_eq!(verdict("same_day(as_of, years_before(as_of, 0))"), Verdict::Holds);
        assert_eq!(verdict("on_or_before(branch.established, date('2019-07-31'))"), Verdict::Holds);
        assert_eq!(verdict("before(branch.established, date('2019-07-01'))"), Verdict::Fails);
    }

    #[test]
    fn completed_years_are_undecided_if_the_day_matters() {
        assert_eq!(value("years_between(first_day(branch.established), as_of)").as_deref(), Ok("5"));
        assert_eq!(value("years_between(last_day(branch.established), as_of)").as_deref(), Ok("4"));
        let why = "不够精确，不能算出“2019年7月”到“2024年7月15日”的时间";
        assert_eq!(
            value("years_between(branch.established, as_of)"),
            Err(Unanswered::Undecided(why.to_owned()))
        );
        assert_eq!(value("months_between(years_before(as_of, 1), as_of)").as_deref(), Ok("12"));
    }

    #[test]
    fn periods_include_both_ends() {
        assert_eq!(value("period_back(as_of, years=3)").as_deref(), Ok("2021年7月16日至2024年7月15日"));
        assert_eq!(verdict("in_period(as_of, period_back(as_of, 1))"), Verdict::Holds);
        assert_eq!(verdict("in_period(years_before(as_of, 1), period_back(as_of, 1))"), Verdict::Fails);
        let joined =
            "branch.members|selectattr('joined', 'defined')|selectattr('joined', 'in_period', cycle)|length";
        assert_eq!(value(joined).as_deref(), Ok("0"));
        let half = "“2019年7月”不够精确，不能确定是否在“2019年7月16日至2024年7月15日”之内";
        assert_eq!(
            verdict("in_period(branch.established, period_back(as_of, 5))"),
            Verdict::Undecided(half.to_owned())
        );
        assert_eq!(value("first_day(cycle)").as_deref(), Ok("2024年1月1日"));
    }

    #[test]
    fn days_and_weekdays_count_both_ends_and_know_no_holidays() {
        // 15 July 2024 is a Monday.
        let between =
            |what: &str, from: &str, to: &str| value(&format!("{what}(first_day({from}), last_day({to}))"));
        assert_eq!(between("days", "as_of", "as_of").as_deref(), Ok("1"));
        assert_eq!(between("weekdays", "as_of", "as_of").as_deref(), Ok("1"));
        assert_eq!(between("days", "branch.established", "branch.established").as_deref(), Ok("31"));
        assert_eq!(between("weekdays", "branch.established", "branch.established").as_deref(), Ok("23"));
        assert_eq!(between("weekdays", "cycle", "cycle").as_deref(), Ok("262"));
        let vague = Unanswered::Undecided("“2019年7月”没有精确到日".to_owned());
        assert_eq!(value("weekdays(branch.established, as_of)"), Err(vague));
        assert!(between("days", "as_of", "branch.established").is_err());
    }

    #[test]
    fn a_term_ends_on_the_day_of_its_number_or_the_last_of_the_month() {
        for (from, months, last) in [
            ("2023-01-28", 1, "2023-02-28"),
            ("2023-01-31", 1, "2023-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2023-02-28", 1, "2023-03-28"),
            ("2023-02-28", 3, "2023-05-28"),
            ("2023-02-28", 6, "2023-08-28"),
            ("2023-03-31", 1, "2023-04-30"),
            ("2023-04-30", 1, "2023-05-30"),
            ("2023-08-31", 6, "2024-02-29"),
            ("2023-12-31", 12, "2024-12-31"),
        ] {
            let end = format!("months_after(date('{from}'), {months})|date_iso");
            assert_eq!(value(&end).as_deref(), Ok(last), "{from}");
        }
        assert_eq!(value("years_after(date('2024-02-29'), 1)|date_iso").as_deref(), Ok("2025-02-28"));
        assert_eq!(value("years_after(branch.established, 5)").as_deref(), Ok("2024年7月"));
        assert_eq!(value("months_after(branch.established, 6)").as_deref(), Ok("2020年1月"));
    }

    #[test]
    fn parts_of_dates_are_numbers() {
        assert_eq!(value("year(as_of) * 100 + month(branch.established)").as_deref(), Ok("202407"));
        assert_eq!(value("months_before(branch.established, 7)").as_deref(), Ok("2018年12月"));
    }
}
