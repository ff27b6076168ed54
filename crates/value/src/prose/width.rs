//! Letters and digits in half width.

/// The text with half-width letters and digits, and half-width marks inside numbers (`３．５％`).
pub(super) fn halved(text: &str) -> Option<String> {
    let mut halved = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after_digit = halved.ends_with(|it: char| it.is_ascii_digit());
        let before_digit = chars.peek().is_some_and(|it| it.is_ascii_digit() || matches!(it, '０'..='９'));
        let narrow = match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => true,
            '％' => after_digit,
            '．' | '，' | '：' | '／' | '－' => after_digit && before_digit && (c != '，' && c != '：'),
            _ => false,
        };
        halved.push(if narrow { char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) } else { c });
    }
    (halved != text).then_some(halved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_marks_inside_numbers_become_half_width() {
        assert_eq!(halved("ＱＱ群２个，占３．５％（全）").as_deref(), Some("QQ群2个，占3.5%（全）"));
        assert_eq!(halved("２０１９／７／１").as_deref(), Some("2019/7/1"));
        assert_eq!(halved("第一，第二：好。1，2"), None);
    }
}
