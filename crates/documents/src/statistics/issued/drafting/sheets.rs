//! Which declared table stands on a sheet of a form: by title and number, on the tab or above the headings.

use super::super::anatomy::{Anatomy, Side};
use super::super::words::Words;
use super::matching::Meant;
use crate::statistics::declaration::{Body, Sheet, Statistics};
use value::{fold, is_number_part, read_number};

/// Which table stands on a sheet.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// The table, if it is certain.
    pub(super) table: Option<&'a Sheet>,
    /// What else it may be.
    pub(super) readings: Vec<&'a Sheet>,
}

/// Which table stands on a sheet. Offices number their tables as they like, so that a title decides, and the number only
/// where several tables bear the title.
pub(super) fn table<'a>(anatomy: &Anatomy, statistics: &'a Statistics, words: &Words) -> Found<'a> {
    let said: Vec<String> =
        anatomy.above.iter().map(String::as_str).chain([&*anatomy.name]).map(fold).collect();
    let all = || statistics.sheets.iter().filter(|it| matches!(it.body, Body::Figures { .. }));
    let titled = longest(all().map(|it| (it, title_said(&said, it, words))));
    let numbered = longest(all().map(|it| (it, number_said(&said, it))));
    let both: Vec<&Sheet> =
        titled.iter().filter(|it| numbered.iter().any(|other| other.id == it.id)).copied().collect();
    let table = match (&titled[..], &both[..]) {
        ([one], _) | (_, [one]) => Some(*one),
        _ => None,
    };
    let mut readings: Vec<&Sheet> = titled;
    readings.extend(numbered);
    readings.dedup_by(|a, b| a.id == b.id);
    readings.retain(|it| table.is_none_or(|table| table.id != it.id));
    Found { table, readings }
}

/// The one table whose lines are those of a sheet: four in five of its columns, and of its rows, three columns at least.
pub(super) fn by_lines<'a>(
    anatomy: &Anatomy,
    statistics: &'a Statistics,
    words: &Words,
) -> Option<&'a Sheet> {
    const N_COLUMNS: usize = 3;
    let is_its = |table: &&Sheet| {
        let found = super::lines(anatomy, table, words);
        let (columns, rows) = (
            share(anatomy, (&anatomy.columns, &found.columns), true),
            share(anatomy, (&anatomy.rows, &found.rows), false),
        );
        let is_most = |it: (usize, usize)| it.0 * 5 >= it.1 * 4;
        columns.0 >= N_COLUMNS
            && is_most(columns)
            && is_most(rows)
            && found.blocks.iter().all(Option::is_some)
    };
    let mut all =
        statistics.sheets.iter().filter(|it| matches!(it.body, Body::Figures { .. })).filter(is_its);
    let first = all.next();
    first.filter(|_| all.next().is_none())
}

/// How many lines are known, and of how many that somebody has to fill.
fn share(anatomy: &Anatomy, (sides, meant): (&[Side], &[Meant]), is_column: bool) -> (usize, usize) {
    let asked = sides.iter().zip(meant).filter(|it| !anatomy.is_computed(it.0, is_column));
    let known = asked.clone().filter(|it| matches!(it.1, Meant::Line(_)));
    (known.count(), asked.count())
}

/// Those of whom most is said; none if nothing is.
fn longest<T>(all: impl Iterator<Item = (T, usize)>) -> Vec<T> {
    let all: Vec<(T, usize)> = all.filter(|it| it.1 > 0).collect();
    let most = all.iter().map(|it| it.1).max().unwrap_or(0);
    all.into_iter().filter(|it| it.1 == most).map(|it| it.0).collect()
}

/// How much of the title of a table is said.
fn title_said(said: &[String], sheet: &Sheet, words: &Words) -> usize {
    let whole = fold(&sheet.title);
    // 情况统计表, 情况表 and 情况 are one.
    let bare = whole.trim_end_matches('表').trim_end_matches("统计");
    let short = words.folded(bare);
    let is_said = |it: &str| it.chars().count() > 1 && said.iter().any(|text| text.contains(it));
    if is_said(&whole) {
        whole.chars().count() + 1
    } else if is_said(bare) {
        bare.chars().count()
    } else if is_said(&short) {
        short.chars().count().saturating_sub(1)
    } else {
        0
    }
}

/// How much of the number of a table is said: 表2 of 表二 党员基本情况, not of 表21, nor of 附表2.
fn number_said(said: &[String], sheet: &Sheet) -> usize {
    let number = in_digits(&fold(&sheet.number));
    let is_said = |text: &String| {
        let text = in_digits(text);
        text.match_indices(&number).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let behind = text[at + number.len()..].chars().next();
            behind.is_none_or(|it| !it.is_ascii_digit() && it != '-') && before.is_none_or(|it| it != '附')
        })
    };
    if said.iter().any(is_said) { number.chars().count() } else { 0 }
}

/// A text with all numbers that follow 表 in digits.
fn in_digits(text: &str) -> String {
    let mut parts = text.split('表');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push('表');
        let end = part.find(|it| !is_number_part(it)).unwrap_or(part.len());
        match read_number(&part[..end]) {
            Some(number) => {
                whole.push_str(&number.to_string());
                whole.push_str(&part[end..]);
            }
            None => whole.push_str(part),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_tables_are_read_in_whichever_numerals() {
        for (text, digits) in [("表二党员", "表2党员"), ("年报表", "年报表"), ("附表十一表2", "附表11表2")]
        {
            assert_eq!(in_digits(text), digits);
        }
    }
}
