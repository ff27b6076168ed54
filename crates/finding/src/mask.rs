//! Personal numbers are masked in whatever a finding says, wherever they came from.
//!
//! A number in the wrong column, in a remark or in the message of a rule is nobody's sensitive field; so the
//! last gate before a report is here, and it looks at digits only.

use super::Finding;

/// Digits of a resident identity number without its check character; the old form had all of them.
const N_IDENTITY: usize = 15;
/// Digits of a mobile number, which begins with 1.
const N_MOBILE: usize = 11;

/// Masks the numbers in all texts of a finding.
pub(super) fn mask(finding: &mut Finding) {
    let texts = [Some(&mut finding.message), finding.value.as_mut(), finding.hint.as_mut()];
    for text in texts.into_iter().flatten() {
        if let Some(masked) = masked(text) {
            *text = masked;
        }
    }
    for related in &mut finding.related {
        if let Some(masked) = masked(&related.label) {
            related.label = masked;
        }
    }
}

/// A text with every long digit run masked, for whatever is shown without being a finding.
pub fn mask_text(text: &str) -> String {
    masked(text).unwrap_or_else(|| text.to_owned())
}

/// The text with every long digit run masked; `None` if it has none.
fn masked(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    let mut is_changed = false;
    while start < chars.len() {
        let n_digits = chars[start..].iter().take_while(|it| is_digit(**it)).count();
        if n_digits == 0 {
            out.push(chars[start]);
            start += 1;
            continue;
        }
        let run = &chars[start..start + n_digits];
        let (head, tail) = match n_digits {
            N_MOBILE if matches!(run[0], '1' | '１') => (3, 4),
            n if n >= N_IDENTITY => (6, 3),
            n => (n, 0),
        };
        is_changed |= head + tail < n_digits;
        out.extend(&run[..head]);
        out.extend(std::iter::repeat_n('*', n_digits - head - tail));
        out.extend(&run[n_digits - tail..]);
        start += n_digits;
    }
    is_changed.then_some(out)
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_and_mobile_numbers_are_masked_in_any_text() {
        let shown = |text: &str| masked(text).unwrap_or_else(|| text.to_owned());
        assert_eq!(shown("姓名填了99999919830506740X"), "姓名填了999999********740X");
        assert_eq!(
            shown("电话13900001234，备用１３９００００１２３４"),
            "电话139****1234，备用１３９****１２３４"
        );
        assert_eq!(shown("999999830506740"), "999999******740");
    }

    #[test]
    fn codes_dates_and_amounts_stay() {
        for text in ["020100", "2024年5月31日", "1234567890", "23900001234", "12,345.67", "139****1234"] {
            assert_eq!(masked(text), None, "{text}");
        }
    }
}
