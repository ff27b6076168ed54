//! Invisible characters, and blanks other than the ordinary one.

/// The text without characters that show nothing: zero-width ones, marks of direction, controls.
/// A joiner between emoji goes with them.
pub(super) fn removed(text: &str) -> Option<String> {
    text.contains(is_invisible).then(|| text.chars().filter(|it| !is_invisible(*it)).collect())
}

/// The text with ordinary blanks.
pub(super) fn plain_blanks(text: &str) -> Option<String> {
    text.contains(is_odd_blank)
        .then(|| text.chars().map(|it| if is_odd_blank(it) { ' ' } else { it }).collect())
}

/// A character as a message shows it.
pub(super) fn visible(c: char) -> String {
    match c {
        '\n' => "↵".to_owned(),
        _ if is_invisible(c) || is_odd_blank(c) || matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}') => {
            format!("‹U+{:04X}›", u32::from(c))
        }
        _ => c.to_string(),
    }
}

/// Not U+200D, which joins emoji and is met again with them.
fn is_invisible(c: char) -> bool {
    let is_control = c.is_control() && !matches!(c, '\n' | '\t');
    let is_format = matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}');
    is_control || is_format
}

fn is_odd_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_nothing_goes_and_blanks_become_ordinary() {
        assert_eq!(removed("党\u{200B}员\u{FEFF}大\u{AD}会\u{202D}\u{7}").as_deref(), Some("党员大会"));
        assert_eq!(plain_blanks("甲\u{A0}乙\u{3000}丙\t丁\u{2003}戊").as_deref(), Some("甲 乙 丙 丁 戊"));
        assert_eq!((removed("党员 大会\n"), plain_blanks("党员 大会\n")), (None, None));
    }
}
