//! Several days in one cell: `2026-3-15—2026-3-17`, `2025.01.02-03`, `2026.3.18、2026.3.19`.

use super::parse::strict;
use super::{Fault, PartialDate};
use finding::codes;

/// The first and the last date of a text that names several; `written` has digits for numerals. `None` if it names none or one.
pub(super) fn read(written: &str) -> Option<(PartialDate, PartialDate)> {
    let text: String = written.chars().filter(|it| !it.is_whitespace()).collect();
    splits(&text).into_iter().find_map(|(first, last)| both(first, last))
}

/// The query for a text that names several dates where only the first has a place.
pub(super) fn doubt(shown: &str, first: PartialDate, last: PartialDate) -> Fault {
    Fault::new(
        &codes::DATE_SPAN,
        format!("“{shown}”写了不止一天，按第一天{first}读入，到{last}为止没有采用"),
        "此项只能填一个日期；分几次进行的请分行填写",
    )
}

/// The places at which a text may fall into two dates.
fn splits(text: &str) -> Vec<(&str, &str)> {
    const BETWEEN: [char; 7] = ['~', '至', '到', '、', '—', '–', ';'];
    let is_between = |it: char| BETWEEN.contains(&it);
    let mut found = Vec::new();
    if let Some(first) = text.find(is_between) {
        let last = text.rfind(is_between).unwrap_or(first);
        let behind = |it: usize| text[it..].trim_start_matches(is_between);
        found.push((&text[..first], behind(first)));
        found.push((&text[..first], behind(last)));
    }
    let hyphens: Vec<usize> = text.match_indices('-').map(|it| it.0).collect();
    match hyphens[..] {
        [at] if text[..at].contains(['.', '/', '年']) => found.push((&text[..at], &text[at + 1..])),
        // 2026-3-15-17 and 2026-3-15-2026-3-17.
        [_, _, at] | [_, _, at, _] | [_, _, at, _, _] => found.push((&text[..at], &text[at + 1..])),
        _ => {}
    }
    found
}

fn both(first: &str, last: &str) -> Option<(PartialDate, PartialDate)> {
    let first = whole_first(first, last)?;
    let last = whole_last(&first, last)?;
    (first != last && first.earliest() <= last.earliest()).then_some((first, last))
}

/// The first date; in `2025年3月1-3日` and `2025年1-3月` its unit stands behind the last one.
fn whole_first(first: &str, last: &str) -> Option<PartialDate> {
    let unit = last.chars().last().filter(|it| "月日号".contains(*it)).map(String::from).unwrap_or_default();
    let found = [first.to_owned(), format!("{first}{unit}")];
    found.iter().find_map(|it| strict(it).ok()).map(|it| it.0).filter(|it| it.month().is_some())
}

/// The last date, whose year and month may stand with the first.
fn whole_last(first: &PartialDate, last: &str) -> Option<PartialDate> {
    if let Ok((last, _)) = strict(last) {
        return (last.precision() == first.precision()).then_some(last);
    }
    // What follows the day is a time.
    let last = last.find('日').map_or(last, |it| &last[..it + '日'.len_utf8()]);
    let parts = last.trim_end_matches(['月', '日', '号']).split(['.', '-', '/', '月']);
    let parts: Vec<u8> = parts.map(|it| it.parse().ok()).collect::<Option<_>>()?;
    match (first.month(), first.day(), &parts[..]) {
        (Some(_), Some(_), [month, day]) => PartialDate::from_day(first.year(), *month, *day),
        (Some(month), Some(_), [day]) if !last.ends_with('月') => {
            PartialDate::from_day(first.year(), month, *day)
        }
        (Some(_), None, [month]) if !last.ends_with(['日', '号']) => {
            PartialDate::from_month(first.year(), *month)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_days_in_one_cell_are_told_apart_whatever_stands_between_them() {
        for (texts, first, last) in [
            (
                "2026-3-15—2026-3-17|2026-3-15-2026-3-17|2026.3.15至17日|2026年3月15-17日",
                "2026-03-15",
                "2026-03-17",
            ),
            ("2026.3.15~3.17|2026年3月15日—3月17日|2026-3-15-17|2026/3/15-3/17", "2026-03-15", "2026-03-17"),
            (
                "2026.3.15、2026.3.17|2026.3.15、16、17|2026年3月15日9:00—3月17日17:00",
                "2026-03-15",
                "2026-03-17",
            ),
            ("2025年1-3月|2025.1至2025.3|2025年1月—3月", "2025-01", "2025-03"),
        ] {
            for text in texts.split('|') {
                let found = read(text).map(|it| (it.0.iso(), it.1.iso()));
                assert_eq!(found, Some((first.to_owned(), last.to_owned())), "{text}");
            }
        }
        for text in ["2026-3-15", "2026.3.15、2025.3.1", "2026.3.15-2026.3", "去年至今年", "2026-3-15-15"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
