//! Text as clerks type it: trimming, folding for comparison, counting characters.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::{Fault, Parsed, Raw};
use finding::codes;

/// Parses plain text: number cells take the form in which the clerk sees them, line ends become
/// LF.
///
/// # Errors
/// `missing-value`, `error-cell`, `formula-not-calculated`.
pub fn parse_text(raw: &Raw) -> Result<Parsed<Arc<str>>, Fault> {
    readable(raw)?;
    if let Raw::Text(text) = raw
        && !text.contains('\r')
    {
        return Ok(Parsed::plain(text.clone()));
    }
    let shown = raw.display();
    let text: Arc<str> = shown.replace("\r\n", "\n").replace('\r', "\n").into();
    let mut parsed = Parsed::plain(text);
    if matches!(raw, Raw::Date { .. }) {
        // Spreadsheets turn a typed “3-1” into a date; what was typed cannot be known any more.
        parsed.notes.push(Fault::new(
            &codes::TEXT_FROM_DATE,
            format!("单元格为日期格式，按“{shown}”读入"),
            "如果原本不是日期，请把单元格设为文本格式后重新填写。",
        ));
    }
    Ok(parsed)
}

/// Counts the characters of a text as the 字数 of WPS and Word does: every Chinese character and
/// every Chinese punctuation mark is one, a run of Western letters, digits and marks without white
/// space (`GB/T`, `9704-2012`, `25.5%`) is one; white space and invisible characters do not count.
pub fn count_characters(text: &str) -> usize {
    let mut count = 0;
    let mut in_run = false;
    for c in text.chars().filter(|&c| !is_invisible(c)) {
        let western = is_western(c);
        let continues_run = western && in_run;
        if !c.is_whitespace() && !continues_run {
            count += 1;
        }
        in_run = western;
    }
    count
}

/// Brings a text into the form in which choices and names of organisations are compared: NFKC
/// (full-width forms become half-width), no white space at all, lower case.
pub fn fold(text: &str) -> String {
    folded(text).into_owned()
}

/// [`fold`], without a copy of what is folded already: most cells of Chinese text are.
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.chars().all(stays_folded) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().filter(|&c| !is_blank(c)).flat_map(char::to_lowercase).collect())
}

/// Whether [`fold`] leaves a character as it is, whatever stands beside it.
fn stays_folded(c: char) -> bool {
    matches!(c, '!'..='@' | '['..='~' | '、' | '。' | '\u{4E00}'..='\u{9FFF}')
}

/// Brings a heading into the form in which headings are compared: [`fold`], without `*`, `★`, `:`
/// and `、`, without quotes (双带头人 is “双带头人”), and without brackets; what stands inside these stays: “身份证号（18位）” becomes `身份证号18位`.
pub fn fold_label(label: &str) -> String {
    fold_marked_label(label, &[])
}

/// [`fold_label`] of a heading that may bear one of these marks, folded: without “（必填）”, brackets and all.
pub fn fold_marked_label(label: &str, marks: &[String]) -> String {
    let mut folded = fold(label);
    if !folded.contains(LABEL_NOISE) {
        return folded;
    }
    for mark in marks {
        folded = folded.replace(mark.as_str(), "");
    }
    folded.retain(|c| !LABEL_NOISE.contains(&c));
    folded
}

/// Refuses a cell that holds nothing to parse: an empty one (the caller settles beforehand whether
/// that is allowed), an error, a formula without a result, a picture. Every parser begins with it.
pub(crate) fn readable(raw: &Raw) -> Result<(), Fault> {
    filled(raw)?;
    match raw {
        Raw::Picture(_) => Err(Fault::new(
            &codes::PICTURE_UNEXPECTED,
            "单元格里是图片，不是文字",
            "请直接填入内容；图片中的文字程序不识别。",
        )),
        _ => Ok(()),
    }
}

/// What a formula shows that has no result.
const ERRORS: [&str; 8] = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!"];

fn in_error(literal: &str) -> Fault {
    Fault::new(&codes::ERROR_CELL, format!("单元格为错误值“{literal}”"), "请改正公式或直接填入内容。")
}

/// Refuses a cell in which nothing was given: an empty one, an error, a formula without a result.
pub(crate) fn filled(raw: &Raw) -> Result<(), Fault> {
    match raw {
        Raw::Empty => Err(Fault::new(&codes::MISSING_VALUE, "没有填写", "请补填。")),
        Raw::Error(literal) => Err(in_error(literal)),
        // Separated text, web pages and tables that were pasted keep of a formula's error what it shows.
        Raw::Text(text) if ERRORS.contains(&&**text) => Err(in_error(text)),
        Raw::Uncalculated => Err(Fault::new(
            &codes::FORMULA_NOT_CALCULATED,
            "公式没有保存计算结果",
            "请用 WPS 或 Excel 打开该文件，保存后重新提交。",
        )),
        Raw::Text(text) | Raw::Shown { text, .. } if is_hashes(text) => Err(Fault::new(
            &codes::ERROR_CELL,
            format!("“{text}”是列太窄时显示的符号，单元格的内容没有保存下来"),
            "请对照原表补填；从原表另存时，请先把列加宽。",
        )),
        Raw::Text(_)
        | Raw::Number { .. }
        | Raw::Shown { .. }
        | Raw::Date { .. }
        | Raw::Bool(_)
        | Raw::Picture(_) => Ok(()),
    }
}

/// What spreadsheet programs show where a column is too narrow, and save as text: `########`.
fn is_hashes(text: &str) -> bool {
    const FEWEST: usize = 3;
    text.len() >= FEWEST && text.bytes().all(|it| it == b'#')
}

/// What programs put around digits so that no other program makes a number of them: `'0201`, `="0201"`. `None` if nothing of
/// the kind stands there.
pub(crate) fn unguarded(text: &str) -> Option<&str> {
    let wrapped = text.strip_prefix("=\"").and_then(|it| it.strip_suffix('"'));
    let marked = || text.trim_start_matches(['\'', '’', '‘', '`', '′']);
    let bare = trim(wrapped.unwrap_or_else(marked));
    (bare != text && !bare.is_empty()).then_some(bare)
}

/// Whether a text is what spreadsheet programs make of a long number: `2.02301E+07`.
pub(crate) fn is_scientific(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    whole.len() == 1 && exponent.len() <= 2 && [whole, fraction, exponent].into_iter().all(is_digits)
}

/// What to do about a number that was saved in that form.
pub(crate) const SCIENTIFIC: &str =
    "表格软件把它改成了科学记数，后面的几位可能已丢失；请把该列设为文本格式后对照原件重新填写。";

/// The note on what was put around a code.
pub(crate) fn guard_removed(text: &str, bare: &str) -> Fault {
    let message = format!("“{text}”中防止改写的符号已去掉，读作“{bare}”");
    Fault::new(&codes::GUARD_REMOVED, message, "内容未变；直接设为文本格式即可，不必加引号。")
}

/// Removes outer white space: Unicode White_Space (with U+00A0 and U+3000) and the invisible
/// characters that are pasted along with it.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Whether a character is white space or invisible.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// NFKC without outer white space: full-width digits, letters and marks become half-width.
pub(crate) fn narrow(text: &str) -> String {
    let narrow: String = text.nfkc().filter(|&c| !is_invisible(c)).collect();
    trim(&narrow).to_owned()
}

const LABEL_NOISE: [char; 32] = [
    '(', ')', '[', ']', '{', '}', '<', '>', '【', '】', '〔', '〕', '〖', '〗', '*', '★', '☆', '※', ':',
    '、', '⁎', '∗', '“', '”', '‘', '’', '"', '\'', '「', '」', '『', '』',
];

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Western scripts and their marks stand below U+2000; “ ” … — and all that follows counts singly.
fn is_western(c: char) -> bool {
    c < '\u{2000}' && !c.is_whitespace() && c != '·'
}

#[cfg(test)]
mod tests {
    use super::super::DatePart;
    use super::*;

    fn text(raw: &Raw) -> String {
        parse_text(raw).unwrap().value.to_string()
    }

    fn number(value: f64) -> Raw {
        Raw::Number { value, decimals: None, percent: false }
    }

    #[test]
    fn outer_blanks_of_every_kind_are_trimmed() {
        assert_eq!(trim("\u{3000}\u{A0}\u{FEFF} 张三\u{200B}\t\r\n"), "张三");
        assert_eq!(Raw::text(" \u{3000}\u{200B}"), Raw::Empty);
    }

    #[test]
    fn numbers_become_the_text_that_the_clerk_sees() {
        assert_eq!(text(&number(3.0)), "3");
        assert_eq!(text(&number(2021.0)), "2021");
        assert_eq!(text(&number(2.5)), "2.5");
        assert_eq!(text(&Raw::text("一\r\n二\r三")), "一\n二\n三");
    }

    #[test]
    fn a_date_cell_in_a_text_field_is_noted() {
        let parsed = parse_text(&Raw::Date { serial: 43647.0, precision: DatePart::Day }).unwrap();
        assert_eq!(&*parsed.value, "2019-07-01");
        assert_eq!(parsed.notes[0].code.name, "text-from-date");
    }

    #[test]
    fn unreadable_cells_say_why() {
        let code = |raw: &Raw| parse_text(raw).unwrap_err().code.name;
        assert_eq!(code(&Raw::Error("#N/A".into())), "error-cell");
        assert_eq!(code(&Raw::text(" #REF! ")), "error-cell");
        assert_eq!(code(&Raw::Uncalculated), "formula-not-calculated");
        assert_eq!(code(&Raw::Empty), "missing-value");
    }

    #[test]
    fn what_was_saved_as_hashes_is_no_content() {
        let fault = parse_text(&Raw::text("########")).unwrap_err();
        assert!(fault.code.name == "error-cell" && fault.message.contains("列太窄"), "{fault:?}");
        assert_eq!(text(&Raw::text("##")), "##");
    }

    #[test]
    fn guards_and_long_numbers_of_spreadsheets_are_known() {
        for (text, bare) in
            [("'0201", Some("0201")), ("=\"0201\"", Some("0201")), ("0201", None), ("'", None)]
        {
            assert_eq!(unguarded(text), bare, "{text}");
        }
        for text in ["2.02301E+07", "1.4E17", "3E+10"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["2E1B", "12E+3", "E+3", "JX2E", "1.2.3E4"] {
            assert!(!is_scientific(text), "{text}");
        }
    }

    #[test]
    fn folding_forgets_width_space_and_case() {
        assert_eq!(fold(" 正 式\u{3000}党员 "), "正式党员");
        assert_eq!(fold("ＧＢ（２）Ｋ"), "gb(2)k");
    }

    #[test]
    fn what_needs_no_folding_is_the_same_as_if_it_had_been_folded() {
        let every = (0..=0xFFFF).filter_map(char::from_u32).filter(|it| stays_folded(*it));
        for text in every.map(|it| format!("中{it}甲1")) {
            let thoroughly: String =
                text.nfkc().filter(|&c| !is_blank(c)).flat_map(char::to_lowercase).collect();
            assert_eq!(folded(&text), thoroughly);
        }
        assert!(matches!(folded("第一党支部"), Cow::Borrowed(_)));
    }

    #[test]
    fn headings_are_compared_without_decoration_and_marks() {
        for (label, folded) in [
            ("考核结果 ", "考核结果"),
            ("党支部 名称", "党支部名称"),
            ("所在党支部（全称）", "所在党支部全称"),
            ("*姓  名（必填）", "姓名"),
            ("身份证号\n（18位）", "身份证号18位"),
            ("联系电话：", "联系电话"),
            ("★【必填】性别", "性别"),
        ] {
            let marks = ["(必填)", "【必填】"].map(str::to_owned);
            assert_eq!(fold_marked_label(label, &marks), folded, "{label}");
        }
    }

    #[test]
    fn characters_are_counted_as_in_the_office_suite() {
        for (text, count) in [
            ("", 0),
            ("党支部，共产党员。", 9),
            ("GB/T 9704-2012 标准", 4),
            ("达到25.5%以上", 5),
            ("“三会一课”……", 8),
            ("第 一\n条\u{3000}", 3),
            ("阿不都·热合曼", 7),
        ] {
            assert_eq!(count_characters(text), count, "{text}");
        }
    }
}
