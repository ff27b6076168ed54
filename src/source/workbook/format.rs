//! What a cell's number format says about its value.

use crate::value::DatePart;

/// Built-in formats that no file spells out, in their Chinese form (ECMA-376 part 1, 18.8.30):
/// `yyyy"年"m"月"`. The others from 27 to 58 show a day or a time of day.
const MONTH_FORMATS: [u32; 5] = [27, 36, 50, 52, 57];

/// The part of a number format that matters for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Format {
    /// Decimal places that the format always shows.
    pub(super) decimals: Option<u8>,
    /// Whether it shows hundredths as `%`.
    pub(super) percent: bool,
    /// The finest part of a date that it shows; `None` if it shows none. A time of day implies the
    /// day.
    pub(super) date: Option<DatePart>,
}

impl Format {
    /// Reads a cell's number format; one that is built in and has no code of its own goes by its number.
    pub(super) fn read(format: &calamine::NumberFormat) -> Self {
        let is_month = format.format_id.is_some_and(|it| MONTH_FORMATS.contains(&it));
        // calamine gives the general format where neither the file nor its own table has a code.
        if is_month && format.format_code == "General" {
            return Self { date: Some(DatePart::Month), ..Self::default() };
        }
        Self::parse(&format.format_code)
    }

    /// Reads a format code such as `0.00%` or `#,##0;[Red]-#,##0` (ECMA-376 part 1, 18.8.31). Only
    /// its first section counts, and nothing that is quoted, escaped or in brackets.
    fn parse(code: &str) -> Self {
        let tokens = tokens(code);
        let percent = tokens.contains(&'%');
        let n_points = tokens.iter().filter(|it| **it == '.').count();
        let fixed = n_points <= 1
            && tokens.contains(&'0')
            && tokens.iter().all(|it| {
                matches!(it, '0' | '#' | ',' | '.' | '%' | ' ' | '-' | '+' | '(' | ')' | '¥' | '$')
            });
        let decimals = if fixed { fixed_decimals(&tokens) } else { None };
        Self { decimals, percent, date: finest_part(&tokens) }
    }
}

/// `m` beside hours or seconds may mean minutes, but then the whole day is known anyway.
fn finest_part(tokens: &[char]) -> Option<DatePart> {
    let shows = |letters: &[char]| tokens.iter().any(|it| letters.contains(&it.to_ascii_lowercase()));
    match () {
        () if shows(&['d', 'h', 's']) => Some(DatePart::Day),
        () if shows(&['m']) => Some(DatePart::Month),
        () if shows(&['y']) => Some(DatePart::Year),
        () => None,
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
            assert_eq!(Format::parse(code), Format { decimals, percent: false, date: None }, "{code}");
        }
    }

    #[test]
    fn a_percentage_is_one_only_outside_quotes() {
        assert_eq!(Format::parse("0.00%"), Format { decimals: Some(2), percent: true, date: None });
        assert!(!Format::parse("0.0\"%\"").percent);
        assert!(!Format::parse("0;0%").percent);
    }

    #[test]
    fn a_date_format_tells_its_finest_part() {
        for (codes, part) in [
            (
                "yyyy\"年\"m\"月\"|[$-804]yyyy\"年\"m\"月\";@|yyyy年m月|yyyy.mm|YYYY\\-MM|mmm-yy",
                DatePart::Month,
            ),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"|yyyy\"年\"m\"月 (d)\"|mmmm\\d|m\"月\"", DatePart::Month),
            ("yyyy|yyyy\"年\"|[$-F800]yyyy\"md\"|yy_d", DatePart::Year),
            ("yyyy-mm-dd|m/d/yy|[$-804]yyyy\"年\"m\"月\"d\"日\";@|m\"月\"d\"日\"|ddd", DatePart::Day),
            ("yyyy-mm-dd hh:mm|h:mm AM/PM|mm:ss|mmss.0|上午/下午h\"时\"mm\"分\"", DatePart::Day),
        ] {
            for code in codes.split('|') {
                assert_eq!(Format::parse(code).date, Some(part), "{code}");
            }
        }
    }
}
