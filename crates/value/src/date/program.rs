//! Dates as programs abroad write them, with the names of months: `Thu Mar 05 00:00:00 CST 2026`, `5 March 2026`.

use jiff::civil::Weekday;

use super::{PartialDate, Refusal};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// A date and the weekday that stands beside it.
pub(super) struct Named {
    pub(super) date: PartialDate,
    pub(super) weekday: Option<Weekday>,
    /// Whether a time of day other than midnight stands beside it.
    pub(super) has_time: bool,
}

/// Reads a date that names its month; `None` if it names none.
pub(super) fn read(text: &str) -> Option<Result<Named, Refusal>> {
    let words = text.split(|it: char| it.is_whitespace() || ",-/.".contains(it)).filter(|it| !it.is_empty());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    let month = words.iter().find_map(|it| place(it, MONTHS.iter().copied()))?;
    let month = u8::try_from(month).ok()?.checked_add(1)?;
    let weekday =
        words.iter().find_map(|it| place(it, WEEKDAYS.iter().map(|it| it.0))).map(|it| WEEKDAYS[it].1);
    let has_time = words.iter().any(|it| it.contains(':') && it.chars().any(|it| ('1'..='9').contains(&it)));
    let numbers: Vec<&str> =
        words.iter().map(String::as_str).filter(|it| it.bytes().all(|it| it.is_ascii_digit())).collect();
    let year = numbers.iter().find(|it| it.len() == 4).and_then(|it| it.parse().ok());
    let day = numbers.iter().find(|it| it.len() <= 2).and_then(|it| it.parse::<u8>().ok());
    let date = match (year, day, &numbers[..]) {
        (Some(year), Some(day), [_, _]) => PartialDate::from_day(year, month, day).ok_or(Refusal::Impossible),
        (Some(year), None, [_]) => PartialDate::from_month(year, month).ok_or(Refusal::Impossible),
        (None, Some(day), [_]) => Err(Refusal::Ambiguous(format!(
            "可能是某年{month}月{day}日，也可能是某年{month}月；请写明年月日。"
        ))),
        _ => Err(Refusal::NotADate(None)),
    };
    Some(date.map(|date| Named { date, weekday, has_time }))
}

/// Which of these names a word is, whole or by its first three letters.
fn place(word: &str, names: impl Iterator<Item = &'static str>) -> Option<usize> {
    let mut names = names;
    names.position(|it| {
        word == it || word.len() == 3 && it.starts_with(word) || word == "sept" && it.starts_with(word)
    })
}
