//! Dates of which one reading is far likelier than any other: they are read with a query that says how.

use super::parse::strict;
use super::refusal::{Refusal, YEARS};
use super::{Fault, Parsed, PartialDate};
use finding::codes;

/// Two digits up to this stand for a year of this century.
const LAST_SHORT_YEAR: i16 = 40;
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// How far the clock of the country is ahead of that of programs.
const AHEAD: i64 = 8 * 3_600_000;
/// The years in which what programs note has happened.
const YEARS_OF_PROGRAMS: std::ops::RangeInclusive<i16> = 1990..=2060;

/// What a text most likely means that is no date as it stands; `shown` is what the clerk sees.
pub(super) fn read(written: &str, shown: &str) -> Option<Result<Parsed<PartialDate>, Refusal>> {
    let text: String = written.chars().filter(|it| !it.is_whitespace()).collect();
    let (day, why) = match timestamp(&text).or_else(|| lost_day(&text)).or_else(|| short_year(&text)) {
        Some(found) => found,
        None => match unordered(&text)? {
            Ok(found) => found,
            Err(why) => return Some(Err(why)),
        },
    };
    Some(Ok(doubted(day, shown, &why)))
}

fn doubted(day: PartialDate, shown: &str, why: &str) -> Parsed<PartialDate> {
    let message = format!("“{shown}”{why}，暂按{day}读入");
    let hint = format!("请对照原始材料核对，写成“{}”", day.iso());
    Parsed { value: day, notes: vec![Fault::new(&codes::DATE_LIKELY, message, hint)] }
}

/// Seconds or milliseconds since 1970, as programs count them.
fn timestamp(text: &str) -> Option<(PartialDate, String)> {
    let number: i64 = text.parse().ok().filter(|_| text.bytes().all(|it| it.is_ascii_digit()))?;
    let milliseconds = match text.len() {
        13 => number,
        10 => number.checked_mul(1000)?,
        _ => return None,
    };
    let days = i32::try_from(milliseconds.checked_add(AHEAD)?.div_euclid(DAY)).ok()?;
    let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::ToSpan::days(days)).ok()?;
    let why = "像是程序用的时间戳（从1970年起的毫秒数或秒数）".to_owned();
    YEARS_OF_PROGRAMS.contains(&day.year()).then(|| (PartialDate::from(day), why))
}

/// `2026年3月27`.
fn lost_day(text: &str) -> Option<(PartialDate, String)> {
    let (_, day) = text.split_once('月').filter(|it| text.contains('年') && !it.1.is_empty())?;
    let is_day = day.len() <= 2 && day.bytes().all(|it| it.is_ascii_digit());
    let (date, _) = strict(&format!("{text}日")).ok().filter(|_| is_day)?;
    Some((date, "末尾缺“日”字".to_owned()))
}

/// `26年3月12日`, `26年3月`.
fn short_year(text: &str) -> Option<(PartialDate, String)> {
    let (year, rest) = text.split_once('年')?;
    let (date, _) = strict(&format!("{}年{rest}", whole_year(year)?)).ok()?;
    Some((date, "的年份只写了两位".to_owned()))
}

/// Three numbers without a year of four digits in front: `26.3.12`, `3/11/26`, `3/11/2026`.
fn unordered(text: &str) -> Option<Result<(PartialDate, String), Refusal>> {
    let mark = text.chars().find(|it| "./-".contains(*it))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |it: &str| it.parse::<u8>().ok().filter(|_| (1..=2).contains(&it.len()));
    let (a, b) = (number(first)?, number(second)?);
    let last_as_year = match third.len() {
        4 => third.parse().ok().filter(|it: &i16| YEARS.contains(&i32::from(*it))),
        _ => whole_year(third),
    };
    let month_first = last_as_year.and_then(|year| PartialDate::from_day(year, a, b));
    let day_first = last_as_year.and_then(|year| PartialDate::from_day(year, b, a));
    let year_first = number(third)
        .and_then(|day| PartialDate::from_day(whole_year(first).filter(|_| first.len() == 2)?, b, day));
    let as_american = "像是“月/日/年”的写法".to_owned();
    Some(Ok(match (year_first, month_first, day_first) {
        (Some(one), Some(other), _) if mark != '/' && one != other => {
            return Some(Err(Refusal::Ambiguous(format!(
                "可能是{one}，也可能是{other}；请写成“{}”的样子。",
                one.iso()
            ))));
        }
        (Some(day), None, _) => (day, "的年份只写了两位".to_owned()),
        (_, Some(day), Some(other)) if day != other => {
            (day, format!("{as_american}（按“日/月/年”则是{other}）"))
        }
        (_, Some(day), _) => (day, as_american),
        (_, None, Some(day)) => (day, "像是“日/月/年”的写法".to_owned()),
        (None, None, None) => return None,
    }))
}

/// The year that two digits stand for.
fn whole_year(text: &str) -> Option<i16> {
    let short: i16 = text.parse().ok().filter(|_| text.len() == 2)?;
    short.checked_add(if short <= LAST_SHORT_YEAR { 2000 } else { 1900 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Raw;

    #[test]
    fn what_has_one_likely_reading_is_read_with_a_query_that_says_how() {
        for (text, iso, says) in [
            ("26.3.12", "2026-03-12", "只写了两位"),
            ("98-3-12", "1998-03-12", "只写了两位"),
            ("26年3月12日", "2026-03-12", "只写了两位"),
            ("19年7月", "2019-07", "只写了两位"),
            ("3/11/26", "2026-03-11", "“月/日/年”"),
            ("3/11/26", "2026-03-11", "2026年11月3日"),
            ("3/21/2026", "2026-03-21", "“月/日/年”"),
            ("21/3/2026", "2026-03-21", "“日/月/年”"),
            ("1773072000000", "2026-03-10", "时间戳"),
            ("1773072000", "2026-03-10", "时间戳"),
            ("2026年03月27", "2026-03-27", "缺“日”字"),
        ] {
            let parsed = PartialDate::parse(&Raw::text(text)).unwrap();
            assert_eq!((&*parsed.value.iso(), parsed.notes[0].code), (iso, &codes::DATE_LIKELY), "{text}");
            assert!(parsed.notes[0].message.contains(says), "{}", parsed.notes[0].message);
        }
        let cell = Raw::Number { value: 1_773_072_000_000.0, decimals: None, percent: false };
        assert_eq!(PartialDate::parse(&cell).unwrap().value.iso(), "2026-03-10");
    }
}
