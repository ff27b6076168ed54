//! What a cell's number format says about its value.

/// The part of a number format that matters for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Format {
    /// Decimal places that the format always shows.
    pub(super) decimals: Option<u8>,
    /// Whether it shows hundredths as `%`.
    pub(super) percent: bool,
}

impl Format {
    /// Reads a format code such as `0.00%` or `#,##0;[Red]-#,##0` (ECMA-376 part 1, 18.8.31). Only
    /// its first section counts, and nothing that is quoted, escaped or in brackets.
    pub(super) fn parse(code: &str) -> Self {
        let tokens = tokens(code);
        let percent = tokens.contains(&'%');
        let n_points = tokens.iter().filter(|it| **it == '.').count();
        let fixed = n_points <= 1
            && tokens.contains(&'0')
            && tokens.iter().all(|it| {
                matches!(it, '0' | '#' | ',' | '.' | '%' | ' ' | '-' | '+' | '(' | ')' | '¥' | '$')
            });
        Self { decimals: if fixed { fixed_decimals(&tokens) } else { None }, percent }
    }
}

/// Zeros after the point; `None` if a `#` makes their number depend on the value, or if a comma at
/// the end scales it by a thousand.
fn fixed_decimals(tokens: &[char]) -> Option<u8> {
    let digits: Vec<char> = tokens.iter().copied().filter(|it| matches!(it, '0' | '#' | ',' | '.')).collect();
    if digits.last() == Some(&',') {
        return None;
    }
    let Some(point) = digits.iter().position(|it| *it == '.') else { return Some(0) };
    let fraction = &digits[point + 1..];
    fraction.iter().all(|it| *it == '0').then(|| u8::try_from(fraction.len()).ok())?
}

/// The characters of the first section that are neither quoted, escaped, padding nor in brackets.
fn tokens(code: &str) -> Vec<char> {
    let mut tokens = Vec::new();
    let mut chars = code.chars();
    while let Some(it) = chars.next() {
        match it {
            ';' => break,
            '"' => drop(chars.by_ref().find(|it| *it == '"')),
            '[' => drop(chars.by_ref().find(|it| *it == ']')),
            '\\' | '_' | '*' => drop(chars.next()),
            _ => tokens.push(it),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_count_only_where_the_format_fixes_them() {
        let cases = [
            ("General", None),
            ("@", None),
            ("0", Some(0)),
            ("0.00", Some(2)),
            ("#,##0.0", Some(1)),
            ("0.0#", None),
            ("0,", None),
            ("# ?/?", None),
            ("0.00E+00", None),
            ("0\"人\"", Some(0)),
            ("0000\\.00", Some(0)),
            ("[Red]0.000;-0", Some(3)),
            ("_(* #,##0.00_);_(* (#,##0.00)", Some(2)),
            ("¥#,##0.00", Some(2)),
            ("[DBNum2]General", None),
        ];
        for (code, decimals) in cases {
            assert_eq!(Format::parse(code), Format { decimals, percent: false }, "{code}");
        }
    }

    #[test]
    fn a_percentage_is_one_only_outside_quotes() {
        assert_eq!(Format::parse("0.00%"), Format { decimals: Some(2), percent: true });
        assert!(!Format::parse("0.0\"%\"").percent);
        assert!(!Format::parse("0;0%").percent);
    }
}
