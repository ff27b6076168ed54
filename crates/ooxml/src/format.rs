//! What a cell's number format says about its value.

use std::sync::Arc;

use super::Shape;

/// The finest part of a date that a format shows; a finer one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finest {
    /// Only the year.
    Year,
    /// Year and month, or a month alone.
    Month,
    /// A day, or a time of day.
    Day,
}

/// Built-in formats that no file spells out, in their Chinese form (ECMA-376 part 1, 18.8.30):
/// `yyyy"年"m"月"`. The others from 27 to 58 show a day or a time of day.
const MONTH_FORMATS: [u32; 5] = [27, 36, 50, 52, 57];

/// The part of a number format that matters for reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberFormat {
    /// Decimal places that the format always shows.
    pub decimals: Option<u8>,
    /// Whether it shows hundredths as `%`.
    pub percent: bool,
    /// The finest part of a date that it shows; `None` if it shows none. A time of day implies the
    /// day.
    pub date: Option<Finest>,
    /// What it shows beside the digits of the number.
    pub shape: Option<Arc<Shape>>,
}

impl NumberFormat {
    /// Reads a cell's number format by its number and its code, of which one may be missing.
    pub fn read(id: Option<u32>, code: Option<&str>) -> Self {
        match (id, code.or_else(|| built_in(id?))) {
            (_, Some(code)) => Self::parse(code),
            (Some(id), None) if MONTH_FORMATS.contains(&id) => Self::of_date(Finest::Month),
            (Some(27..=36 | 50..=58), None) => Self::of_date(Finest::Day),
            _ => Self::default(),
        }
    }

    fn of_date(part: Finest) -> Self {
        Self { date: Some(part), ..Self::default() }
    }

    /// Reads a format code such as `0.00%` or `#,##0;[Red]-#,##0` (ECMA-376 part 1, 18.8.31). Only
    /// its first section counts, and nothing that is quoted, escaped or in brackets.
    fn parse(code: &str) -> Self {
        let (tokens, elapsed) = tokens(code);
        let percent = tokens.contains(&'%');
        let n_points = tokens.iter().filter(|it| **it == '.').count();
        let fixed = n_points <= 1
            && tokens.contains(&'0')
            && tokens.iter().all(|it| {
                matches!(it, '0' | '#' | ',' | '.' | '%' | ' ' | '-' | '+' | '(' | ')' | '¥' | '$')
            });
        let decimals = if fixed { fixed_decimals(&tokens) } else { None };
        let date = if elapsed { None } else { finest_part(&tokens) };
        let shape = Shape::read(code).filter(|_| date.is_none() && !elapsed);
        Self { decimals, percent, date, shape }
    }
}

/// `m` beside hours or seconds may mean minutes, but then the whole day is known anyway.
fn finest_part(tokens: &[char]) -> Option<Finest> {
    let shows = |letters: &[char]| tokens.iter().any(|it| letters.contains(&it.to_ascii_lowercase()));
    match () {
        () if shows(&['d', 'h', 's']) => Some(Finest::Day),
        () if shows(&['m']) => Some(Finest::Month),
        () if shows(&['y']) => Some(Finest::Year),
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

/// The characters of the first section that are neither quoted, escaped, padding nor in brackets,
/// and whether it shows a span of time: `[h]:mm`.
fn tokens(code: &str) -> (Vec<char>, bool) {
    let mut tokens = Vec::new();
    let mut elapsed = false;
    let mut chars = code.chars();
    while let Some(it) = chars.next() {
        match it {
            ';' => break,
            '"' => drop(chars.by_ref().find(|it| *it == '"')),
            '[' => {
                let inner: String = chars.by_ref().take_while(|it| *it != ']').collect();
                let unit = inner.to_ascii_lowercase();
                elapsed |= ["h", "hh", "m", "mm", "s", "ss"].contains(&unit.as_str());
            }
            '\\' | '_' | '*' => drop(chars.next()),
            _ => tokens.push(it),
        }
    }
    (tokens, elapsed)
}

/// The codes of the built-in formats that all programs share (ECMA-376 part 1, 18.8.30).
fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 | 37 | 38 => "0",
        2 => "0.00",
        3 | 41 | 42 => "#,##0",
        4 | 39 | 40 | 43 | 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18..=21 | 45 | 47 => "h:mm",
        22 => "m/d/yy h:mm",
        46 => "[h]:mm:ss",
        49 => "@",
        _ => return None,
    })
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
            let format = NumberFormat::parse(code);
            assert_eq!((format.decimals, format.percent, format.date), (decimals, false, None), "{code}");
        }
    }

    #[test]
    fn a_percentage_is_one_only_outside_quotes() {
        assert_eq!(
            NumberFormat::parse("0.00%"),
            NumberFormat { decimals: Some(2), percent: true, ..NumberFormat::default() }
        );
        assert!(!NumberFormat::parse("0.0\"%\"").percent);
        assert!(!NumberFormat::parse("0;0%").percent);
    }

    #[test]
    fn a_date_format_tells_its_finest_part() {
        for (codes, part) in [
            (
                "yyyy\"年\"m\"月\"|[$-804]yyyy\"年\"m\"月\";@|yyyy年m月|yyyy.mm|YYYY\\-MM|mmm-yy",
                Finest::Month,
            ),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"|yyyy\"年\"m\"月 (d)\"|mmmm\\d|m\"月\"", Finest::Month),
            ("yyyy|yyyy\"年\"|[$-F800]yyyy\"md\"|yy_d", Finest::Year),
            ("yyyy-mm-dd|m/d/yy|[$-804]yyyy\"年\"m\"月\"d\"日\";@|m\"月\"d\"日\"|ddd", Finest::Day),
            ("yyyy-mm-dd hh:mm|h:mm AM/PM|mm:ss|mmss.0|上午/下午h\"时\"mm\"分\"", Finest::Day),
        ] {
            for code in codes.split('|') {
                assert_eq!(NumberFormat::parse(code).date, Some(part), "{code}");
            }
        }
    }
}
