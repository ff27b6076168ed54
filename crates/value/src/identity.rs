//! Resident identity numbers (GB 11643-1999), which no message shows in full.

use std::fmt;
use std::sync::Arc;

use super::text::{is_blank, is_scientific, narrow, readable, unguarded};
use super::{Fault, Parsed, PartialDate, Raw};
use finding::{Code, codes};

/// An 18-digit resident identity number with a birthday that exists and the right check digit.
///
/// Its `Debug` form is masked, so that it cannot leak through an error or a log.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityNumber {
    digits: Arc<str>,
    birthday: PartialDate,
}

impl IdentityNumber {
    /// Parses a cell. A final `x` becomes `X`; blanks, a leading apostrophe and full-width digits
    /// are put right and noted.
    ///
    /// # Errors
    /// `identity-digits-lost` for a number cell of more than 15 digits (and for what such a cell
    /// becomes in a CSV file, `1.40511E+17`), `identity-malformed`, `identity-check-digit`, and
    /// what an unreadable cell gives. No message shows the number in full.
    pub fn parse(raw: &Raw) -> Result<Parsed<Self>, Fault> {
        readable(raw)?;
        match raw {
            Raw::Text(text) => parse_text(text),
            Raw::Number { value, .. } if value.abs() >= 1e15 => Err(digits_lost()),
            _ => parse_text(&raw.display()),
        }
    }

    /// The number, with `X` in upper case.
    pub fn as_str(&self) -> &str {
        &self.digits
    }

    /// The number as messages and lists show it: the first six and the last four characters.
    pub fn masked(&self) -> String {
        mask_identity(&self.digits)
    }

    /// The birthday that the number states: positions 7 to 14.
    pub fn birthday(&self) -> PartialDate {
        self.birthday
    }

    /// Whether the number states a male: the 17th digit is odd.
    pub fn is_male(&self) -> bool {
        self.digits.as_bytes().get(16).is_some_and(|it| it % 2 == 1)
    }
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityNumber({})", self.masked())
    }
}

/// Masks an identity number, also a malformed one: of its letters and digits at most the first six
/// and the last four stay, of short ones fewer. Characters of other kinds stay.
pub fn mask_identity(text: &str) -> String {
    let secret = |c: char| c.is_ascii_alphanumeric();
    let n = text.chars().map(narrow_char).filter(|&c| secret(c)).count();
    let (head, tail) = ((n / 3).min(6), (n / 4).min(4));
    let mut seen = 0;
    let mut masked = String::new();
    for c in text.chars().map(narrow_char) {
        let hidden = secret(c) && (head..n - tail).contains(&seen);
        seen += usize::from(secret(c));
        masked.push(if hidden { '*' } else { c });
    }
    masked
}

fn narrow_char(c: char) -> char {
    match c {
        // The full-width forms of ASCII stand in the same order.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn parse_text(text: &str) -> Result<Parsed<IdentityNumber>, Fault> {
    let narrowed = narrow(text);
    let quoted = unguarded(&narrowed).unwrap_or(&narrowed);
    let written: String = quoted.chars().filter(|&c| !is_blank(c)).map(|c| c.to_ascii_uppercase()).collect();
    let refused = |code: &'static Code, what: &str, hint: &str| {
        Err(Fault::new(code, format!("“{}”{what}", mask_identity(text)), hint))
    };
    if is_scientific(&written) {
        return Err(digits_lost());
    }
    let (digits, lookalike) = with_plain_x(&written);
    let (body, check) = digits.split_at_checked(17).unwrap_or((&digits, ""));
    let only_digits = |it: &str| it.bytes().all(|b| b.is_ascii_digit());
    if digits.len() == 15 && only_digits(&digits) {
        return refused(&codes::IDENTITY_MALFORMED, "是15位号码", "15位身份证号码已停用；请填18位号码。");
    }
    if digits.len() != 18 || !only_digits(body) || !(check == "X" || only_digits(check)) {
        let what = format!("不是18位身份证号码（{}位）", digits.chars().count());
        let hint =
            match digits.chars().zip(1..).find(|it| !it.0.is_ascii_digit() && (it.0, it.1) != ('X', 18)) {
                Some((c, place)) => format!(
                    "第{place}位是“{c}”，不是数字；应为18位，前17位为数字，末位为数字或X；请对照证件核对。"
                ),
                None => "应为18位，前17位为数字，末位为数字或X；请核对。".to_owned(),
            };
        return refused(&codes::IDENTITY_MALFORMED, &what, &hint);
    }
    let Some(birthday) = read_birthday(body) else {
        return refused(&codes::IDENTITY_MALFORMED, "第7至14位不是日期", "请对照证件核对。");
    };
    if !check.starts_with(check_digit(body)) {
        let what = match lookalike {
            Some(c) => format!("的末位是“{c}”，不是字母X，读作X校验位也不符"),
            None => "的校验位不符".to_owned(),
        };
        return refused(&codes::IDENTITY_CHECK_DIGIT, &what, "号码必有错误；请对照证件核对。");
    }
    let mut parsed = tidied(text, IdentityNumber { digits: digits.into(), birthday });
    if let Some(c) = lookalike {
        let message = format!("末位是“{c}”而不是字母X，按X读入，校验相符");
        parsed.notes = vec![Fault::new(&codes::IDENTITY_TIDIED, message, "请改为英文字母X。")];
    }
    Ok(parsed)
}

/// The number with an X in place of a last sign that only looks like one, and that sign: ×, the Cyrillic Х, the Greek Χ.
fn with_plain_x(written: &str) -> (String, Option<char>) {
    match written.chars().last().filter(|it| "×✕✖хХχΧ*".contains(*it)) {
        Some(c) => (format!("{}X", written.trim_end_matches(c)), Some(c)),
        None => (written.to_owned(), None),
    }
}

fn digits_lost() -> Fault {
    Fault::new(
        &codes::IDENTITY_DIGITS_LOST,
        "号码以数字存储，末几位已丢失，无法还原",
        "请把单元格设为文本格式后重新填写。",
    )
}

fn tidied(text: &str, number: IdentityNumber) -> Parsed<IdentityNumber> {
    let changed = !text.eq_ignore_ascii_case(&number.digits);
    let mut parsed = Parsed::plain(number);
    if changed {
        let masked = parsed.value.masked();
        parsed.notes.push(Fault::new(
            &codes::IDENTITY_TIDIED,
            format!("号码中的空格等字符已去掉，读作“{masked}”"),
            "号码本身未变；请以后不要在号码中加空格。",
        ));
    }
    parsed
}

fn read_birthday(body: &str) -> Option<PartialDate> {
    let (year, month, day) = (body.get(6..10)?, body.get(10..12)?, body.get(12..14)?);
    PartialDate::from_day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// ISO 7064 MOD 11-2 over the first 17 digits (GB 11643-1999, 4.2.6 and its annex).
fn check_digit(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number of a region that does not exist, with its check digit.
    fn made_up(body: &str) -> String {
        format!("{body}{}", check_digit(body))
    }

    fn code(raw: &Raw) -> &'static str {
        IdentityNumber::parse(raw).unwrap_err().code.name
    }

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The example of GB 11643-1999.
        assert_eq!(check_digit("11010519491231002"), 'X');
        assert_eq!(check_digit("44052418800101001"), '4');
    }

    #[test]
    fn a_number_states_birthday_and_sex() {
        let parsed = IdentityNumber::parse(&Raw::text(&made_up("99999919900307123"))).unwrap();
        assert!(parsed.notes.is_empty());
        assert_eq!(parsed.value.birthday().iso(), "1990-03-07");
        assert!(parsed.value.is_male());
    }

    #[test]
    fn a_lower_case_x_is_the_same_and_blanks_are_noted() {
        let body =
            (100..999).map(|it| format!("99999919900307{it}")).find(|it| check_digit(it) == 'X').unwrap();
        let plain = IdentityNumber::parse(&Raw::text(&format!("{body}x"))).unwrap();
        assert!(plain.notes.is_empty() && plain.value.as_str().ends_with('X'));
        let spaced = format!("'{} {}ｘ", &body[..6], &body[6..]);
        let tidied = IdentityNumber::parse(&Raw::text(&spaced)).unwrap();
        assert_eq!(tidied.value, plain.value);
        assert_eq!(tidied.notes[0].code.name, "identity-tidied");
        assert!(!tidied.notes[0].message.contains(&body[6..14]));
    }

    #[test]
    fn what_looks_like_an_x_is_one_where_the_check_agrees_and_is_named() {
        let body =
            (100..999).map(|it| format!("99999919900307{it}")).find(|it| check_digit(it) == 'X').unwrap();
        for c in ['×', 'Х', 'х', 'Χ'] {
            let parsed = IdentityNumber::parse(&Raw::text(&format!("{body}{c}"))).unwrap();
            assert!(parsed.value.as_str().ends_with('X') && parsed.notes[0].message.contains(c), "{c}");
        }
        assert_eq!(code(&Raw::text("99999919900307123×")), "identity-check-digit");
        let letter = IdentityNumber::parse(&Raw::text("9999991990O3071234")).unwrap_err();
        assert!(letter.hint.is_some_and(|it| it.contains("第11位是“O”")));
    }

    #[test]
    fn each_defect_has_its_code() {
        let good = made_up("99999919900307123");
        let last = if good.ends_with('1') { '2' } else { '1' };
        assert_eq!(code(&Raw::text(&format!("{}{last}", &good[..17]))), "identity-check-digit");
        assert_eq!(code(&Raw::text(&good[..17])), "identity-malformed");
        assert_eq!(code(&Raw::text("999999900307123")), "identity-malformed");
        assert_eq!(code(&Raw::text(&made_up("99999919900230123"))), "identity-malformed");
        assert_eq!(code(&Raw::text("无身份证")), "identity-malformed");
        assert_eq!(code(&Raw::text("9.99999E+17")), "identity-digits-lost");
        let cell = |value| Raw::Number { value, decimals: None, percent: false };
        assert_eq!(code(&cell(999_999_199_003_071_230.0)), "identity-digits-lost");
        assert_eq!(code(&cell(999_999_900_307_123.0)), "identity-malformed");
    }

    #[test]
    fn no_message_shows_the_whole_number() {
        let good = made_up("99999919900307123");
        let number = IdentityNumber::parse(&Raw::text(&good)).unwrap().value;
        assert_eq!(number.masked(), format!("999999********{}", &good[14..]));
        assert_eq!(format!("{number:?}"), format!("IdentityNumber({})", number.masked()));
        for wrong in [
            good[..17].to_owned(),
            format!("{good}1"),
            good.replace("307", "337"),
            "９９９９９９９００３０７１２３".to_owned(),
        ] {
            let fault = IdentityNumber::parse(&Raw::text(&wrong)).unwrap_err();
            assert!(!fault.message.contains(&wrong) && fault.message.contains("***"), "{}", fault.message);
        }
    }
}
