//! Whole numbers, decimals and percentages.
//!
//! A number cell is read as its fifteen significant digits, which is all that spreadsheets show
//! and keep: the 0.30000000000000004 that a formula leaves behind is 0.3. Text never passes
//! through binary floating point.

use super::text::{narrow, readable};
use super::{Amount, Fault, Parsed, Raw};
use finding::{Code, codes};

/// Parses a whole number: `12`, `1,200`, `１２`, and `12人` if `unit` is `人`.
///
/// # Errors
/// `not-an-integer`, `number-out-of-range` beyond 64 bits, and what an unreadable cell gives.
pub fn parse_integer(raw: &Raw, unit: Option<&str>) -> Result<Parsed<i64>, Fault> {
    let number = parse_exact(raw, unit, &codes::NOT_AN_INTEGER)?;
    match number.whole() {
        Some(it) => Ok(Parsed::plain(it)),
        None if number.is_whole() => Err(too_long(raw)),
        None => Err(Fault::new(&codes::NOT_AN_INTEGER, format!("“{}”不是整数", raw.display()), "请填整数。")),
    }
}

/// Parses an exact decimal: `3000.50`, `3,000.50`, and `3,000元` if `unit` is `元`.
///
/// # Errors
/// `not-a-number`, `number-out-of-range` beyond 28 digits, and what an unreadable cell gives.
pub fn parse_decimal(raw: &Raw, unit: Option<&str>) -> Result<Parsed<Amount>, Fault> {
    parse_exact(raw, unit, &codes::NOT_A_NUMBER).map(Parsed::plain)
}

/// Parses a percentage; the value is the fraction, 0.255 for 25.5%.
///
/// `25.5%` and a cell with a percentage format are taken as they stand. In plain text and plain
/// number cells what is greater than 1 (or less than −1) is per cent, the rest is the fraction:
/// 25.5 and 0.255 are both 25.5%, and 1 is 100%.
///
/// # Errors
/// `not-a-number`, `number-out-of-range` beyond 28 digits, and what an unreadable cell gives.
pub fn parse_percent(raw: &Raw) -> Result<Parsed<Amount>, Fault> {
    readable(raw)?;
    let refused =
        || Fault::new(&codes::NOT_A_NUMBER, format!("“{}”不是百分比", raw.display()), "请写成“25.5%”。");
    let written = |text: &str| match read_digits(text) {
        Some(digits) => digits.parse().map(Some).map_err(|_| too_long(raw)),
        None => Ok(None),
    };
    let number: Option<Amount> = match raw {
        Raw::Number { value, percent: true, .. } => Amount::from_float(*value),
        Raw::Number { value, .. } | Raw::Shown { value, .. } => {
            Amount::from_float(*value).and_then(per_cent_or_fraction)
        }
        Raw::Text(text) => match narrow(text).strip_suffix('%') {
            Some(number) => written(number.trim_end())?.and_then(Amount::of_percent),
            None => written(&narrow(text))?.and_then(per_cent_or_fraction),
        },
        _ => None,
    };
    number.map(|it| Parsed::plain(it.trimmed())).ok_or_else(refused)
}

/// A number as its cell shows it, except that no stored digit is rounded away: `2019.10` where the
/// format fixes two decimal places, but `3.7` and not `4` where it fixes none.
pub(crate) fn display(value: f64, decimals: Option<u8>, percent: bool) -> String {
    let stored = Amount::from_float(value);
    let shown = if percent { stored.and_then(Amount::in_percent) } else { stored };
    let Some(shown) = shown.map(|it| it.trimmed().filled(u32::from(decimals.unwrap_or(0)))) else {
        return value.to_string();
    };
    if percent { format!("{shown}%") } else { shown.to_string() }
}

/// The digits of a number with an optional sign, thousands separators and a fraction, without the separators; `None` if
/// the text is something else.
fn read_digits(text: &str) -> Option<String> {
    let text = text.replace('−', "-");
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(&text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(a, b)| (a, Some(b)));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    if !digits(first) || (grouped && first.len() > 3) || !groups.all(|it| digits(it) && it.len() == 3) {
        return None;
    }
    if fraction.is_some_and(|it| !digits(it)) {
        return None;
    }
    Some(text.replace([',', '+'], ""))
}

fn parse_exact(raw: &Raw, unit: Option<&str>, code: &'static Code) -> Result<Amount, Fault> {
    readable(raw)?;
    let kind = if code == &codes::NOT_AN_INTEGER { "整数" } else { "数字" };
    let refused = |hint: String| Fault::new(code, format!("“{}”不是{kind}", raw.display()), hint);
    match raw {
        // Beyond fifteen digits a number cell has lost its last ones.
        Raw::Number { value, percent: false, .. } | Raw::Shown { value, .. } if value.abs() < 1e15 => {
            Amount::from_float(*value).ok_or_else(|| refused("请填数字。".to_owned()))
        }
        Raw::Number { percent: true, .. } => {
            Err(refused("单元格为百分比格式；请改为常规格式后重新填写。".to_owned()))
        }
        Raw::Number { .. } | Raw::Shown { .. } => Err(refused("数字过大，末几位已丢失；请核对。".to_owned())),
        Raw::Date { .. } => Err(refused("单元格为日期格式；请改为常规格式后重新填写。".to_owned())),
        Raw::Text(text) => {
            let digits = read_with_unit(&narrow(text), unit).ok_or_else(|| refused(hint(unit)))?;
            digits.parse().map_err(|_| too_long(raw))
        }
        _ => Err(refused(hint(unit))),
    }
}

fn read_with_unit(text: &str, unit: Option<&str>) -> Option<String> {
    let unit = unit.map(narrow).unwrap_or_default();
    let mut number = text;
    if !unit.is_empty() {
        number = number.strip_suffix(unit.as_str()).unwrap_or(number).trim_end();
        if unit == "元" {
            // NFKC has already turned the full-width sign into this one.
            number = number.strip_prefix('¥').unwrap_or(number).trim_start();
        }
    }
    read_digits(number)
}

fn hint(unit: Option<&str>) -> String {
    match unit {
        Some(unit) if !unit.is_empty() => format!("请只填数字，单位为“{unit}”。"),
        _ => "请只填数字，不要写单位。".to_owned(),
    }
}

fn per_cent_or_fraction(number: Amount) -> Option<Amount> {
    if number.size() > Amount::ONE { number.of_percent() } else { Some(number) }
}

/// The fault of a number with more digits than can be held.
fn too_long(raw: &Raw) -> Fault {
    Fault::new(&codes::NUMBER_OUT_OF_RANGE, format!("“{}”位数过多", raw.display()), "请核对，并减少位数。")
}

#[cfg(test)]
mod tests {
    use super::super::DatePart;
    use super::*;

    fn cell(value: f64) -> Raw {
        Raw::Number { value, decimals: None, percent: false }
    }

    fn percent_cell(value: f64) -> Raw {
        Raw::Number { value, decimals: Some(1), percent: true }
    }

    #[test]
    fn whole_numbers_are_read_in_every_spelling() {
        for (raw, unit, value) in [
            (Raw::text("12"), None, 12),
            (Raw::text("１２"), None, 12),
            (Raw::text("1,200"), None, 1200),
            (Raw::text("12 人"), Some("人"), 12),
            (Raw::text("-3"), None, -3),
            (Raw::text("12.0"), None, 12),
            (cell(12.0), Some("人"), 12),
        ] {
            assert_eq!(parse_integer(&raw, unit).unwrap().value, value, "{raw:?}");
        }
    }

    #[test]
    fn what_is_no_whole_number_is_refused() {
        for (raw, unit) in [
            (Raw::text("12人"), None),
            (Raw::text("12个"), Some("人")),
            (Raw::text("12.5"), None),
            (Raw::text("1,20"), None),
            (Raw::text("1234,567"), None),
            (Raw::text("约12"), None),
            (Raw::text("十二"), None),
            (Raw::text("-"), None),
            (Raw::Bool(true), None),
            (Raw::Date { serial: 43072.0, precision: DatePart::Day }, None),
            (cell(3.7), None),
            (cell(f64::NAN), None),
            (cell(f64::INFINITY), None),
            (cell(1.40511e17), None),
        ] {
            assert_eq!(parse_integer(&raw, unit).unwrap_err().code.name, "not-an-integer", "{raw:?}");
        }
    }

    #[test]
    fn what_has_too_many_digits_is_a_number_that_is_too_long() {
        let most = "79228162514264337593543950335";
        let more = "79228162514264337593543950336";
        let endless = "0.33333333333333333333333333333333";
        for (outcome, is_too_long) in [
            (parse_decimal(&Raw::text(most), None).map(drop), false),
            (parse_decimal(&Raw::text(more), None).map(drop), true),
            (parse_decimal(&Raw::text(endless), None).map(drop), true),
            (parse_integer(&Raw::text("9223372036854775807"), None).map(drop), false),
            (parse_integer(&Raw::text("9223372036854775808"), None).map(drop), true),
            (parse_integer(&Raw::text(most), None).map(drop), true),
            (parse_percent(&Raw::text(most)).map(drop), false),
            (parse_percent(&Raw::text(more)).map(drop), true),
            (parse_percent(&Raw::text(&format!("{more}%"))).map(drop), true),
        ] {
            let code = outcome.err().map(|it| it.code.name);
            assert_eq!(code, is_too_long.then_some("number-out-of-range"));
        }
    }

    #[test]
    fn decimals_are_exact() {
        let read = |raw: &Raw, unit| parse_decimal(raw, unit).unwrap().value.to_string();
        assert_eq!(read(&Raw::text("3,000元"), Some("元")), "3000");
        assert_eq!(read(&Raw::text("￥3,000.50"), Some("元")), "3000.50");
        assert_eq!(read(&Raw::text("0.1000000000000000055"), None), "0.1000000000000000055");
        assert_eq!(read(&cell(0.1 + 0.2), None), "0.3");
        assert_eq!(parse_decimal(&Raw::text("3.5万元"), Some("元")).unwrap_err().code.name, "not-a-number");
    }

    #[test]
    fn percentages_are_fractions() {
        for (raw, fraction) in [
            (Raw::text("25.5%"), "0.255"),
            (Raw::text("25.5 ％"), "0.255"),
            (Raw::text("0.5%"), "0.005"),
            (Raw::text("25.5"), "0.255"),
            (Raw::text("0.255"), "0.255"),
            (percent_cell(0.255), "0.255"),
            (percent_cell(1.2), "1.2"),
            (cell(0.255), "0.255"),
            (cell(25.5), "0.255"),
            (cell(1.0), "1"),
        ] {
            assert_eq!(parse_percent(&raw).unwrap().value.to_string(), fraction, "{raw:?}");
        }
        assert_eq!(parse_percent(&Raw::text("三成")).unwrap_err().code.name, "not-a-number");
    }

    #[test]
    fn numbers_are_shown_as_in_their_cells_but_whole() {
        assert_eq!(display(3.0, None, false), "3");
        assert_eq!(display(2019.1, Some(2), false), "2019.10");
        assert_eq!(display(3.7, Some(0), false), "3.7");
        assert_eq!(display(0.07, None, true), "7%");
        assert_eq!(display(0.255, Some(2), true), "25.50%");
        assert_eq!(display(140511199001010000.0, None, false), "140511199001010000");
    }
}
