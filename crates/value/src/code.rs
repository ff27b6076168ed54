//! Codes of organisations, staff and students: digits that are not a number.

use std::sync::Arc;

use super::text::{SCIENTIFIC, guard_removed, is_scientific, narrow, readable, unguarded};
use super::{Amount, Fault, Parsed, Raw};
use finding::codes;

/// Parses a code of letters, digits and `-` `_` `.` `/`; full-width forms become half-width.
///
/// `length` is the number of characters that the field fixes. A number cell that is shorter has
/// lost leading zeros to the spreadsheet: they are put back and noted. Text is never padded. What guards a code from
/// spreadsheets goes with a note. `made_of` says how such a code is put together, to whom has written one of another length.
///
/// # Errors
/// `code-malformed`, also for a number cell of more than 15 digits, whose last ones are lost; and
/// what an unreadable cell gives.
pub fn parse_code(
    raw: &Raw,
    length: Option<usize>,
    made_of: Option<&str>,
) -> Result<Parsed<Arc<str>>, Fault> {
    readable(raw)?;
    match raw {
        Raw::Text(text) | Raw::Shown { text, .. } => parse_text(text, length, made_of),
        Raw::Number { value, percent: false, .. } => parse_number(*value, length, made_of),
        _ => Err(malformed(&raw.display(), "请把单元格设为文本格式后重新填写。".to_owned())),
    }
}

fn parse_text(text: &str, length: Option<usize>, made_of: Option<&str>) -> Result<Parsed<Arc<str>>, Fault> {
    let written = narrow(text);
    let code = unguarded(&written).unwrap_or(&written);
    if is_scientific(code) && length != Some(code.len()) {
        return Err(malformed(text, SCIENTIFIC.to_owned()));
    }
    check(code, text, length, made_of)?;
    let notes = if code == written { Vec::new() } else { vec![guard_removed(text, code)] };
    Ok(Parsed { value: code.into(), notes })
}

fn parse_number(value: f64, length: Option<usize>, made_of: Option<&str>) -> Result<Parsed<Arc<str>>, Fault> {
    let whole = Amount::from_float(value).filter(|it| it.is_whole() && !it.is_negative());
    let Some(digits) = whole.map(|it| it.to_string()) else {
        return Err(malformed(
            &value.to_string(),
            "编码应为整数；请把单元格设为文本格式后重新填写。".to_owned(),
        ));
    };
    if digits.len() > 15 {
        return Err(malformed(
            &digits,
            "编码以数字存储，末几位已丢失；请把单元格设为文本格式后重新填写。".to_owned(),
        ));
    }
    let code = "0".repeat(length.unwrap_or(0).saturating_sub(digits.len())) + &digits;
    check(&code, &digits, length, made_of)?;
    let mut parsed = Parsed::plain(code.as_str().into());
    if code != digits {
        parsed.notes.push(Fault::new(
            &codes::CODE_ZEROS_RESTORED,
            format!("“{digits}”按{}位补为“{code}”", code.len()),
            "请把该列设为文本格式，保留前面的0。",
        ));
    }
    Ok(parsed)
}

fn check(code: &str, shown: &str, length: Option<usize>, made_of: Option<&str>) -> Result<(), Fault> {
    let known = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if let Some(other) = code.chars().find(|&c| !known(c)) {
        let what = if other.is_whitespace() { "空格".to_owned() } else { format!("“{other}”") };
        return Err(malformed(shown, format!("编码中不能有{what}；请核对。")));
    }
    match length {
        Some(length) if code.len() != length => {
            // What begins with a nought has not lost one.
            let may_lack_zeros = code.len() < length && !code.starts_with('0');
            let zeros = if may_lack_zeros { "；如缺前面的0，请补上" } else { "" };
            let made_of = made_of.map(|it| format!("；{it}")).unwrap_or_default();
            Err(malformed(shown, format!("应为{length}位，现为{}位{zeros}{made_of}。", code.len())))
        }
        _ => Ok(()),
    }
}

fn malformed(shown: &str, hint: String) -> Fault {
    Fault::new(&codes::CODE_MALFORMED, format!("“{shown}”不是有效的编码"), hint)
}

#[cfg(test)]
mod tests {
    use super::super::DatePart;
    use super::*;

    fn cell(value: f64) -> Raw {
        Raw::Number { value, decimals: None, percent: false }
    }

    #[test]
    fn leading_zeros_are_kept_in_text_and_restored_in_numbers() {
        let text = parse_code(&Raw::text(" 020100"), Some(6), None).unwrap();
        assert_eq!((&*text.value, text.notes.len()), ("020100", 0));
        let number = parse_code(&cell(20100.0), Some(6), None).unwrap();
        assert_eq!(&*number.value, "020100");
        assert_eq!(number.notes[0].message, "“20100”按6位补为“020100”");
        assert_eq!(&*parse_code(&cell(20100.0), None, None).unwrap().value, "20100");
        assert_eq!(&*parse_code(&Raw::text("ＪＸ０１"), Some(4), None).unwrap().value, "JX01");
    }

    #[test]
    fn what_guards_a_code_is_taken_off_and_what_a_cell_shows_is_the_code() {
        for text in ["'020100", "=\"020100\"", "’020100"] {
            let parsed = parse_code(&Raw::text(text), Some(6), None).unwrap();
            assert_eq!((&*parsed.value, parsed.notes[0].code.name), ("020100", "guard-removed"), "{text}");
        }
        let shown = Raw::Shown { value: 103.0, text: "010103".into() };
        assert_eq!(&*parse_code(&shown, Some(6), None).unwrap().value, "010103");
        let fault = parse_code(&Raw::text("2.02301E+07"), None, None).unwrap_err();
        assert!(fault.hint.is_some_and(|it| it.contains("科学记数")));
    }

    #[test]
    fn what_is_no_code_of_that_length_is_refused() {
        for (raw, length) in [
            (Raw::text("20100"), Some(6)),
            (Raw::text("0201000"), Some(6)),
            (Raw::text("0201 00"), None),
            (Raw::text("校党〔1〕"), None),
            (Raw::text("2.02301E+07"), None),
            (Raw::text("'"), None),
            (cell(1_234_567.0), Some(6)),
            (cell(1.5), Some(6)),
            (cell(-1.0), Some(6)),
            (cell(1e15), None),
            (cell(f64::NAN), None),
            (Raw::Date { serial: 43072.0, precision: DatePart::Day }, None),
        ] {
            assert_eq!(parse_code(&raw, length, None).unwrap_err().code.name, "code-malformed", "{raw:?}");
        }
    }
}
