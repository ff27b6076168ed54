//! What prose has lost on the way: dates their 年 or 月 (`520日`, `2009115日`), words a character that was not saved.

use crate::Fault;
use finding::codes;

/// Reports the dates of a text that cannot be read any more.
pub(super) fn dates(text: &str) -> Option<Fault> {
    const N_SHOWN_MAX: usize = 5;
    if !text.contains(['日', '月']) {
        return None;
    }
    let found: Vec<String> = places(text).into_iter().map(|it| it.1).collect();
    if found.is_empty() {
        return None;
    }
    let shown = found[..found.len().min(N_SHOWN_MAX)].join("、");
    let more = if found.len() > N_SHOWN_MAX { format!("等{}处", found.len()) } else { String::new() };
    Some(fault(&format!("{shown}{more}")))
}

/// Reports characters that were not saved: programs put another in their place.
pub(super) fn characters(text: &str) -> Option<Fault> {
    const IN_PLACE: char = '\u{FFFD}';
    const N_AROUND: usize = 6;
    let chars: Vec<char> = text.chars().collect();
    let at = chars.iter().position(|it| *it == IN_PLACE)?;
    let n = chars.iter().filter(|it| **it == IN_PLACE).count();
    let end = chars.len().min(at.saturating_add(N_AROUND));
    let around: String = chars[at.saturating_sub(N_AROUND)..end].iter().collect();
    Some(Fault::new(
        &codes::CHARACTER_LOST,
        format!("有{n}个字没有存下来（{IN_PLACE}）：“{around}”"),
        "请对照原件补上",
    ))
}

/// Each date of a text that cannot be read any more: the index of its first character, and what it seems to lack.
pub(super) fn places(text: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = text.chars().collect();
    (1..chars.len()).filter_map(|at| lost_at(&chars, at)).collect()
}

/// What is said about such dates.
pub(super) fn fault(shown: &str) -> Fault {
    Fault::new(
        &codes::DATE_INCOMPLETE_IN_TEXT,
        format!("日期疑有残缺：{shown}"),
        "程序不作猜测。请对照原始材料补全“年”“月”；数字无误的，请说明理由。",
    )
}

/// The date that ends here with 日 or 月: where it begins, and what it seems to lack.
fn lost_at(chars: &[char], at: usize) -> Option<(usize, String)> {
    let unit = chars[at];
    if !matches!(unit, '日' | '月') {
        return None;
    }
    let n_digits = chars[..at].iter().rev().take_while(|it| digit(**it).is_some()).count();
    let start = at - n_digits;
    let digits: Vec<u32> = chars[start..at].iter().filter_map(|it| digit(*it)).collect();
    let before = start.checked_sub(1).map(|it| chars[it]);
    let lacks = match unit {
        '日' if !counts_days(before, &chars[at + 1..]) => lacking_of_day(&digits, before),
        '月' => (matches!(n_digits, 5 | 6) && is_year(&digits) && is_month(&digits[4..])).then_some("年"),
        _ => None,
    }?;
    let year =
        if before == Some('年') { chars[..start].iter().rev().skip(1).take(4).count() + 1 } else { 0 };
    let written: String = chars[start - year..=at].iter().collect();
    Some((start - year, format!("“{written}”疑缺“{lacks}”")))
}

fn lacking_of_day(digits: &[u32], before: Option<char>) -> Option<&'static str> {
    let (is_short_date, after_year) = (is_month_and_day(digits), before == Some('年'));
    match digits.len() {
        // `2019年15日`: no month at all.
        1 | 2 if after_year => Some("月"),
        3 | 4 if is_short_date => Some("月"),
        6..=8 if is_year(digits) => {
            // `201905日` may lack its day or its month: what it lacks is not known.
            Some(if is_month_and_day(&digits[4..]) { "年”“月" } else { "年”或“月" })
        }
        5 if is_year(digits) => Some("年”或“月"),
        _ => None,
    }
}

/// `100日内`, `2000日元`, `第120日`: no date is meant.
fn counts_days(before: Option<char>, after: &[char]) -> bool {
    before == Some('第') || after.first().is_some_and(|it| "内以元报本语龄均常夜志历".contains(*it))
}

/// `520` as 5 月 20 日, `1213` as 12 月 13 日.
fn is_month_and_day(digits: &[u32]) -> bool {
    let split = |at: usize| is_month(&digits[..at]) && (1..=31).contains(&number(&digits[at..]));
    match digits.len() {
        3 => split(1) || (digits[0] == 1 && split(2)),
        4 => split(2),
        _ => false,
    }
}

fn is_month(digits: &[u32]) -> bool {
    (1..=12).contains(&number(digits))
}

fn is_year(digits: &[u32]) -> bool {
    (1900..=2099).contains(&number(digits.get(..4).unwrap_or_default()))
}

fn number(digits: &[u32]) -> u32 {
    digits.iter().fold(0, |number, it| number * 10 + it)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_without_year_or_month_are_found() {
        for (text, found) in [
            ("请于520日上午10时前报送", "“520日”疑缺“月”"),
            ("（2009115日审议批准）", "“2009115日”疑缺“年”“月”"),
            ("2010813日发布", "“2010813日”疑缺“年”“月”"),
            ("2021226日修订", "“2021226日”疑缺“年”“月”"),
            ("２０２１２２６日修订", "“２０２１２２６日”疑缺“年”“月”"),
            ("2019年720日", "“2019年720日”疑缺“月”"),
            ("2019年15日", "“2019年15日”疑缺“月”"),
            ("20185月20日", "“20185月”疑缺“年”"),
            ("20191105日、1213日", "“20191105日”疑缺“年”“月”、“1213日”疑缺“月”"),
        ] {
            let fault = dates(text).unwrap();
            assert_eq!(fault.message, format!("日期疑有残缺：{found}"), "{text}");
            assert_eq!(fault.code.name, "date-incomplete-in-text");
        }
    }

    #[test]
    fn whole_dates_and_counts_of_days_are_no_concern() {
        for text in [
            "2019年5月20日",
            "5月20日至6月1日",
            "30日内",
            "100日攻坚",
            "365日",
            "520日元",
            "第120日",
            "每月5日",
            "2019-05-20",
            "12个月",
            "2019年12月",
            "今日",
        ] {
            assert_eq!(dates(text), None, "{text}");
        }
    }
}
