//! The weekday that clerks write behind a date: 2026年5月9日（星期六）.

use jiff::civil::Weekday;

use super::{DatePart, Fault, PartialDate};
use finding::codes;

/// The weekdays: as they are printed, and as they stand in a text whose Chinese numerals have become digits.
const DAYS: [(char, &str, Weekday); 7] = [
    ('一', "1", Weekday::Monday),
    ('二', "2", Weekday::Tuesday),
    ('三', "3", Weekday::Wednesday),
    ('四', "4", Weekday::Thursday),
    ('五', "5", Weekday::Friday),
    ('六', "6", Weekday::Saturday),
    ('日', "日天7", Weekday::Sunday),
];

/// What to say if what follows a day names another weekday than its own; the day stays as it was written.
pub(super) fn contradiction(day: &PartialDate, behind: &str) -> Option<Fault> {
    doubt(day, named(behind)?)
}

/// The same for a weekday that is known.
pub(super) fn doubt(day: &PartialDate, named: Weekday) -> Option<Fault> {
    let own = day.earliest().weekday();
    (day.precision() == DatePart::Day && named != own).then(|| {
        Fault::new(
            &codes::WEEKDAY_DIFFERS,
            format!("{day}是星期{}，不是星期{}", printed(own), printed(named)),
            "日期和星期必有一个写错，请对照记录核对",
        )
    })
}

/// The weekday in what follows a date, behind 星期 or 周.
fn named(behind: &str) -> Option<Weekday> {
    let (_, rest) = behind.split_once("星期").or_else(|| behind.split_once('周'))?;
    let first = rest.chars().next()?;
    DAYS.iter().find(|it| it.1.contains(first)).map(|it| it.2)
}

fn printed(day: Weekday) -> char {
    DAYS.iter().find(|it| it.2 == day).map_or('日', |it| it.0)
}
