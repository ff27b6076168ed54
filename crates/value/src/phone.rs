//! Telephone numbers, which messages show masked.

use std::sync::Arc;

use super::text::{SCIENTIFIC, guard_removed, is_blank, is_scientific, narrow, readable, unguarded};
use super::{Fault, Parsed, Raw};
use finding::codes;

/// Parses a field of telephone numbers: mobile numbers as 11 digits, landlines as `010-62345678`
/// or `010-62345678-123`, service numbers as `400-810-8888`; several are joined by `、`.
///
/// Blanks, dashes, brackets and the prefix +86 are spelling, not content, and are not noted.
///
/// # Errors
/// `phone-malformed`, with the number masked, and what an unreadable cell gives.
pub fn parse_phone(raw: &Raw) -> Result<Parsed<Arc<str>>, Fault> {
    readable(raw)?;
    let shown = raw.display();
    let written = narrow(&shown);
    let bare = unguarded(&written).unwrap_or(&written);
    let phones = match raw {
        Raw::Text(_) | Raw::Shown { .. } | Raw::Number { percent: false, .. } => read_all(bare),
        _ => None,
    };
    let Some(phones) = phones else {
        let hint = match is_scientific(bare) {
            true => SCIENTIFIC,
            false => "手机号应为11位数字；固定电话请写区号，如“010-62345678”。",
        };
        return Err(Fault::new(
            &codes::PHONE_MALFORMED,
            format!("“{}”不是电话号码", mask_phone(&written)),
            hint,
        ));
    };
    let guards = (bare != written).then(|| guard_removed(&mask_phone(&written), &mask_phone(bare)));
    Ok(Parsed { value: phones.join("、").into(), notes: guards.into_iter().collect() })
}

/// Masks telephone numbers, also malformed ones: `138****8000`, `010-****5678`. Of the digits of
/// each number the last four and at most the first four stay, of short ones only the last two.
pub fn mask_phone(text: &str) -> String {
    let mut masked = String::new();
    for part in text.split_inclusive(is_separator) {
        mask_one(part, &mut masked);
    }
    masked
}

fn mask_one(part: &str, masked: &mut String) {
    let n = part.chars().filter(char::is_ascii_digit).count();
    let kept = if n < 8 { n.saturating_sub(2)..n } else { n - 4..n };
    let head = if n < 8 { 0 } else { (n - 8).clamp(3, 4) };
    let mut seen = 0;
    for c in part.chars() {
        let hidden = c.is_ascii_digit() && seen >= head && !kept.contains(&seen);
        seen += usize::from(c.is_ascii_digit());
        masked.push(if hidden { '*' } else { c });
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '、' | ',' | ';' | '；' | '，' | '\n' | '\r' | '或' | '\\')
}

fn read_all(text: &str) -> Option<Vec<String>> {
    let fields = text.split(is_separator).map(str::trim).filter(|it| !it.is_empty());
    let phones = fields.map(read_field).collect::<Option<Vec<_>>>()?.concat();
    (!phones.is_empty()).then_some(phones)
}

/// One number, or several with nothing but blanks between them.
fn read_field(text: &str) -> Option<Vec<String>> {
    if let Some(phone) = read_one(text) {
        return Some(vec![phone]);
    }
    let parts = text.split(is_blank).filter(|it| !it.is_empty());
    parts.map(read_one).collect::<Option<Vec<_>>>()
}

fn read_one(text: &str) -> Option<String> {
    let text: String = text.replace(['－', '—', '–', '―', '(', ')', '转'], "-");
    let groups: Vec<String> = text.split('-').map(digits_or_plus).filter(|it| !it.is_empty()).collect();
    let joined = groups.concat();
    let national = ["+86", "0086"].iter().find_map(|it| joined.strip_prefix(it)).unwrap_or(&joined);
    let national = if joined.len() == 13 { joined.strip_prefix("86").unwrap_or(national) } else { national };
    if !national.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    mobile(national).or_else(|| service(national)).or_else(|| landline(national, &groups))
}

/// Blanks go; any other character makes the number malformed and is kept to be found.
fn digits_or_plus(group: &str) -> String {
    group.chars().filter(|&c| !is_blank(c)).collect()
}

fn mobile(digits: &str) -> Option<String> {
    let second = digits.as_bytes().get(1)?;
    (digits.len() == 11 && digits.starts_with('1') && (b'3'..=b'9').contains(second))
        .then(|| digits.to_owned())
}

fn service(digits: &str) -> Option<String> {
    let known = digits.starts_with("400") || digits.starts_with("800");
    (known && digits.len() == 10).then(|| format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]))
}

/// An area code of three digits (010, 02x) or four, a number of seven or eight; an extension only
/// where a mark sets it off.
fn landline(digits: &str, groups: &[String]) -> Option<String> {
    let digits = if digits.starts_with('0') { digits.to_owned() } else { format!("0{digits}") };
    // Without its zero an area code is one only behind +86.
    let abroad = groups.first().is_some_and(|it| it.starts_with("+86") || it.starts_with("0086"));
    if !abroad && !groups.first()?.starts_with('0') {
        return None;
    }
    let area = if matches!(digits.as_bytes().get(1), Some(b'1' | b'2')) { 3 } else { 4 };
    let extension = match groups.last() {
        Some(last) if groups.len() > 2 && last.len() <= 6 => last.as_str(),
        _ => "",
    };
    let number = digits.get(area..digits.len().checked_sub(extension.len())?)?;
    let dash = if extension.is_empty() { "" } else { "-" };
    matches!(number.len(), 7 | 8).then(|| format!("{}-{number}{dash}{extension}", &digits[..area]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(text: &str) -> String {
        parse_phone(&Raw::text(text)).unwrap().value.to_string()
    }

    #[test]
    fn numbers_in_every_spelling_become_one() {
        for text in [
            "13800138000",
            "138-0013-8000",
            "138 0013 8000",
            "+86 13800138000",
            "8613800138000",
            "１３８００１３８０００",
        ] {
            assert_eq!(phone(text), "13800138000", "{text}");
        }
        for text in ["010-62345678", "(010)62345678", "01062345678", "（010） 6234 5678", "+86-10-62345678"]
        {
            assert_eq!(phone(text), "010-62345678", "{text}");
        }
        assert_eq!(phone("0571-87654321转802"), "0571-87654321-802");
        assert_eq!(phone("4008108888"), "400-810-8888");
        let cell = Raw::Number { value: 13_800_138_000.0, decimals: None, percent: false };
        assert_eq!(&*parse_phone(&cell).unwrap().value, "13800138000");
    }

    #[test]
    fn two_numbers_in_one_cell_are_kept() {
        for text in ["13800138000/13900139000", "13800138000、13900139000", "13800138000 13900139000"] {
            assert_eq!(phone(text), "13800138000、13900139000", "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused_without_being_shown() {
        for text in [
            "1380013800",
            "138001380001",
            "62345678",
            "1062345678",
            "12800138000",
            "13800138000/1390",
            "同上",
            "/",
        ] {
            let fault = parse_phone(&Raw::text(text)).unwrap_err();
            assert_eq!(fault.code.name, "phone-malformed", "{text}");
            assert!(!fault.message.contains("1380013"), "{}", fault.message);
        }
        assert_eq!(parse_phone(&Raw::Bool(true)).unwrap_err().code.name, "phone-malformed");
    }

    #[test]
    fn masks_leave_too_little_to_dial() {
        assert_eq!(mask_phone("13800138000"), "138****8000");
        assert_eq!(mask_phone("010-62345678"), "010-****5678");
        assert_eq!(mask_phone("13800138000、13900139000"), "138****8000、139****9000");
        assert_eq!(mask_phone("62345"), "***45");
    }
}
