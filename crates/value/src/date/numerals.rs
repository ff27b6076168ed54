//! Chinese numerals within dates.

/// Chinese numerals within a date as digits: 二〇一九年十二月二十一日 → 2019年12月21日.
pub(super) fn arabic(text: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (idx, &c) in chars.iter().enumerate() {
        let next_is_digit = chars.get(idx + 1).is_some_and(|&it| digit(it).is_some());
        let after_digit = idx > 0 && digit(chars[idx - 1]).is_some();
        match (digit(c), c) {
            (Some(it), _) => out.push(it),
            (None, 'O' | 'o') if after_digit || next_is_digit => out.push('0'),
            (None, '十') => out.push_str(ten((after_digit, next_is_digit))),
            (None, '元') if chars.get(idx + 1) == Some(&'月') => out.push('1'),
            _ => out.push(c),
        }
    }
    out
}

/// What 十 contributes, by whether a digit stands before and after it: 十 → 10, 十二 → 1·2, 二十 → 2·0, 二十一 → 2··1.
fn ten(between_digits: (bool, bool)) -> &'static str {
    match between_digits {
        (false, false) => "10",
        (false, true) => "1",
        (true, false) => "0",
        (true, true) => "",
    }
}

/// The digit that a numeral stands for, as an ASCII character.
pub(crate) fn digit(c: char) -> Option<char> {
    let value = match c {
        '〇' | '○' | '◯' | '零' => '0',
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => return None,
    };
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_days_become_digits_and_other_text_stays() {
        for (chinese, digits) in [
            ("二〇一九年十二月二十一日", "2019年12月21日"),
            ("二○二○年十月十日", "2020年10月10日"),
            ("二O二O年十月", "2020年10月"),
            ("二0二六年三月二十日", "2026年3月20日"),
            ("一九九九年元月三十日", "1999年1月30日"),
            ("2019年7月", "2019年7月"),
            ("去年", "去年"),
        ] {
            assert_eq!(arabic(chinese), digits);
        }
    }
}
