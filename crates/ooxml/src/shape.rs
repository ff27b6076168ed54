//! Number formats that show other characters than those of the number: `"20230"0` shows 1 as 202301.

use std::sync::Arc;

/// What a format shows beside the digits of the number, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    /// One section for all numbers, or those for positive, negative and zero.
    sections: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// `0` stands for a digit in any case, `#` for one that counts.
    Digit {
        always: bool,
    },
    Point,
    Grouping,
    Text(String),
    /// The number as it is.
    General,
}

impl Shape {
    /// Reads a format code; `None` if the format shows the number as it is, or in a way that is not followed here: dates,
    /// fractions, exponents, percentages, numbers scaled or written in Chinese.
    pub(crate) fn read(code: &str) -> Option<Arc<Self>> {
        let mut sections = vec![Vec::new()];
        let mut chars = code.chars().peekable();
        while let Some(it) = chars.next() {
            let section = sections.last_mut()?;
            match it {
                ';' => sections.push(Vec::new()),
                '"' => push_text(section, &chars.by_ref().take_while(|it| *it != '"').collect::<String>()),
                '\\' | '!' => push_text(section, &chars.next()?.to_string()),
                '_' | '*' => drop(chars.next()),
                '[' => {
                    let inner: String = chars.by_ref().take_while(|it| *it != ']').collect();
                    // Conditions, elapsed time and Chinese numerals; colours and currencies change no digit.
                    let is_colour =
                        inner.starts_with('$') || inner.chars().all(|it| it.is_ascii_alphabetic());
                    let is_time = ["h", "hh", "m", "mm", "s", "ss"].contains(&&*inner.to_ascii_lowercase());
                    if !is_colour || is_time {
                        return None;
                    }
                }
                '0' | '#' => section.push(Piece::Digit { always: it == '0' }),
                '.' => section.push(Piece::Point),
                ',' => section.push(Piece::Grouping),
                '?' | '%' | '/' | 'e' | 'E' | 'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                    return None;
                }
                'G' | 'g' => {
                    let rest: String = std::iter::once(it).chain(chars.by_ref().take(6)).collect();
                    if !rest.eq_ignore_ascii_case("general") {
                        return None;
                    }
                    section.push(Piece::General);
                }
                '@' => section.push(Piece::General),
                other => push_text(section, &other.to_string()),
            }
        }
        let shape = Self { sections };
        shape.sections.iter().any(|it| changes(it)).then(|| Arc::new(shape))
    }

    /// The number as its cell shows it; `None` if digits would be rounded away, or if that is not followed here.
    pub fn show(&self, value: f64) -> Option<String> {
        let [first, others @ ..] = &self.sections[..] else { return None };
        let (section, signed) = match others {
            [negative, ..] if value < 0.0 => (negative, false),
            [_, zero, ..] if value == 0.0 => (zero, false),
            _ => (first, value < 0.0),
        };
        if section.is_empty() {
            return None;
        }
        let plain = value.abs().to_string();
        let shown =
            fill(section, &plain).filter(|_| plain.bytes().all(|it| it.is_ascii_digit() || it == b'.'))?;
        Some(if signed { format!("-{shown}") } else { shown })
    }
}

fn push_text(section: &mut Vec<Piece>, text: &str) {
    match section.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => section.push(Piece::Text(text.to_owned())),
    }
}

/// Whether a section shows letters or digits of its own, or zeros in front.
fn changes(section: &[Piece]) -> bool {
    let has_words = |it: &Piece| matches!(it, Piece::Text(text) if text.chars().any(char::is_alphanumeric));
    let whole = section.iter().take_while(|it| **it != Piece::Point);
    let n_zeros = whole.filter(|it| **it == Piece::Digit { always: true }).count();
    section.iter().any(has_words) || n_zeros > 1
}

/// The digits in the places of a section; `None` if there are too many behind the point, or thousands among texts.
fn fill(section: &[Piece], plain: &str) -> Option<String> {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let point = section.iter().position(|it| *it == Piece::Point).unwrap_or(section.len());
    let (before, behind) = section.split_at(point);
    let is_digit = |it: &Piece| matches!(it, Piece::Digit { .. });
    if before.contains(&Piece::General) || !section.iter().any(is_digit) {
        let shown = |it: &Piece| match it {
            Piece::Text(text) => Some(text.clone()),
            Piece::General => Some(plain.to_owned()),
            _ => None,
        };
        return section.iter().map(shown).collect();
    }
    if behind.iter().filter(|it| is_digit(it)).count() < fraction.len() {
        return None;
    }
    // A comma that no digit follows scales the number.
    let last = section.iter().rposition(is_digit)?;
    if section[last..].contains(&Piece::Grouping) {
        return None;
    }
    Some(fill_whole(before, whole)? + &fill_fraction(behind, fraction))
}

fn fill_whole(places: &[Piece], whole: &str) -> Option<String> {
    let grouped = places.contains(&Piece::Grouping);
    let first = places.iter().position(|it| matches!(it, Piece::Digit { .. }))?;
    let mut digits: Vec<char> = whole.trim_start_matches('0').chars().collect();
    let mut shown: Vec<String> = Vec::new();
    let mut n = 0_usize;
    for (place, piece) in places.iter().enumerate().rev() {
        let Piece::Digit { always } = piece else {
            if let Piece::Text(text) = piece {
                shown.push(text.clone());
            }
            continue;
        };
        let mut put = |digit: char| {
            if grouped && n > 0 && n.is_multiple_of(3) {
                shown.push(",".to_owned());
            }
            n = n.saturating_add(1);
            shown.push(digit.to_string());
        };
        match digits.pop() {
            Some(digit) => put(digit),
            None if *always => put('0'),
            None => {}
        }
        if place == first {
            while let Some(digit) = digits.pop() {
                put(digit);
            }
        }
    }
    shown.reverse();
    Some(shown.concat())
}

fn fill_fraction(places: &[Piece], fraction: &str) -> String {
    let mut digits = fraction.chars();
    let shown = places.iter().map(|it| match it {
        Piece::Digit { always } => {
            digits.next().or(always.then_some('0')).map(String::from).unwrap_or_default()
        }
        Piece::Point => ".".to_owned(),
        Piece::Text(text) => text.clone(),
        Piece::Grouping | Piece::General => String::new(),
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_format_adds_is_shown_and_nothing_is_rounded() {
        for (code, value, shown) in [
            ("\"20230\"0", 1.0, Some("202301")),
            ("\"0101\"00", 3.0, Some("010103")),
            ("000000", 103.0, Some("000103")),
            ("0\"人\"", 12.0, Some("12人")),
            ("#,##0\"元\"", 1_234_567.0, Some("1,234,567元")),
            ("0.00\"元\"", 12.5, Some("12.50元")),
            ("0.00\"元\"", 12.555, None),
            ("\"第\"0\"号\";\"负\"0;\"无\"", -2.0, Some("负2")),
            ("\"第\"0\"号\";\"负\"0;\"无\"", 0.0, Some("无")),
            ("0000\"年\"00\"月\"", 202_301.0, Some("2023年01月")),
            ("\"No.\"General", 7.5, Some("No.7.5")),
            ("000\\-0000\\-0000", 13_800_001_234.0, Some("138-0000-1234")),
            ("[Red]\"Q\"0", 3.0, Some("Q3")),
            ("0.0,\"千\"", 12_345.0, None),
        ] {
            assert_eq!(Shape::read(code).and_then(|it| it.show(value)).as_deref(), shown, "{code} {value}");
        }
        for code in [
            "General",
            "0",
            "0.00",
            "#,##0.00",
            "0%",
            "yyyy\"年\"m\"月\"",
            "@",
            "[DBNum1]0",
            "_(* #,##0_)",
            "0.00E+00",
        ] {
            assert_eq!(Shape::read(code), None, "{code}");
        }
    }
}
