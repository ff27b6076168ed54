//! What stands behind a date: a time of day, a weekday.

use super::super::text::is_blank;
use super::{Fault, PartialDate};
use finding::codes;

/// The note on a time of day or a weekday that was left out.
pub(super) fn time_dropped(shown: &str, value: &PartialDate) -> Fault {
    Fault::new(
        &codes::DATE_TIME_DROPPED,
        format!("“{shown}”中日期以外的内容未采用，按{value}读入"),
        "该字段只需日期，无须处理。",
    )
}

/// Splits off a time of day or a weekday: what follows the date proper. What follows and is
/// neither stays with the date, which is then refused.
pub(super) fn split_time(text: &str) -> (&str, &str) {
    const WORDS: [&str; 10] = ["上午", "下午", "中午", "早上", "晚上", "凌晨", "星期", "(星期", "周", "(周"];
    let by_word = WORDS.iter().filter_map(|it| text.find(it)).min();
    let by_clock = text.find([':', '时', '点']).map(|clock| {
        let hour = text[..clock].trim_end_matches(|c: char| c.is_ascii_digit());
        hour.strip_suffix(['T', 't']).unwrap_or(hour).len()
    });
    match by_word.into_iter().chain(by_clock).min() {
        Some(at) if at > 0 && text[at..].chars().all(may_tell_time) && !names_day(&text[at..]) => {
            text.split_at(at)
        }
        _ => (text, ""),
    }
}

/// Whether a second day stands in what follows the first: 9:00至17日11:00.
fn names_day(text: &str) -> bool {
    let before = text.split('日').next().filter(|it| it.len() < text.len());
    before.is_some_and(|it| it.ends_with(|c: char| c.is_ascii_digit()))
}

fn may_tell_time(c: char) -> bool {
    c.is_ascii_digit()
        || is_blank(c)
        || "TtZz:.-+~—–至到()上下中午早晚凌晨星期周一二三四五六日天时点分秒整半许".contains(c)
}

/// Midnight is what programs write when they know no time; dropping it loses nothing, nor does the zone.
pub(super) fn has_time(time: &str) -> bool {
    let time = time.split('+').next().unwrap_or_default();
    time.chars().any(|c| matches!(c, '1'..='9' | '午' | '晚' | '早' | '晨'))
}
