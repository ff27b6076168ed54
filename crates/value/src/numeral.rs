//! Whole numbers in Chinese numerals, written and read: 105 is 一百零五.

use super::date::numeral_digit;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A digit as it is written in a year: 〇, 一 … 九. Of a number above 9 the last digit.
pub fn chinese_digit(digit: u32) -> char {
    DIGITS[(digit % 10) as usize]
}

/// A number in Chinese numerals: 12 is 十二, 105 is 一百零五, 0 is 零.
pub fn chinese_number(number: u64) -> String {
    let numeral = numeral(number);
    let short = numeral.strip_prefix("一十").map(|rest| format!("十{rest}"));
    short.unwrap_or(numeral)
}

/// Reads a number below 10 000 in Chinese numerals (二十一, 一百零五) or in digits of either width;
/// `None` if the text is anything else.
pub fn read_number(text: &str) -> Option<u32> {
    let digits: Option<String> = text.chars().map(arabic).collect();
    match digits {
        Some(digits) => digits.parse().ok(),
        None => read_chinese(text),
    }
}

/// Whether a character can stand in such a number.
pub fn is_number_part(c: char) -> bool {
    arabic(c).is_some() || numeral_digit(c).is_some() || unit(c).is_some()
}

fn arabic(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => c.is_ascii_digit().then_some(c),
    }
}

fn read_chinese(text: &str) -> Option<u32> {
    let (mut total, mut last): (u32, Option<u32>) = (0, None);
    // Units must become smaller: 百十 is no number.
    let mut least = 10_000;
    for c in text.chars() {
        match (numeral_digit(c).and_then(|it| it.to_digit(10)), unit(c)) {
            (Some(0), _) if last.is_none() => {}
            (Some(digit), _) if last.is_none() => last = Some(digit),
            (None, Some(unit)) if unit < least => {
                total += last.take().unwrap_or(1) * unit;
                least = unit;
            }
            _ => return None,
        }
    }
    let number = total + last.unwrap_or(0);
    (number > 0).then_some(number)
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn numeral(number: u64) -> String {
    for (size, unit) in [(100_000_000, "亿"), (10_000, "万")] {
        if number >= size {
            let rest = number % size;
            let gap = if rest > 0 && rest < size / 10 { "零" } else { "" };
            let tail = if rest > 0 { numeral(rest) } else { String::new() };
            return format!("{}{unit}{gap}{tail}", numeral(number / size));
        }
    }
    below_ten_thousand(number)
}

fn below_ten_thousand(number: u64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (size, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (number / size % 10) as usize;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push('零');
        }
        text.push(DIGITS[digit]);
        text.push_str(unit);
    }
    if text.is_empty() { "零".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for number in 1..2500 {
            assert_eq!(read_number(&chinese_number(number)), u32::try_from(number).ok(), "{number}");
        }
        for (text, number) in [("一百一十", 110), ("12", 12), ("１２", 12), ("〇", 0), ("二十", 20)]
        {
            assert_eq!(read_number(text).unwrap_or(0), number, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in ["", "百千", "一二", "二十一二", "十1", "甲", "99999999999"] {
            assert_eq!(read_number(text), None, "{text}");
        }
    }
}
