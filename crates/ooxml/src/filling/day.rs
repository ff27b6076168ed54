//! Days as workbooks count them (ECMA-376 part 1, 18.17.4).

/// The number of a day: 1 is the first of January 1900, or 0 that of 1904. `None` if there is no such day, or if it comes
/// before the first.
pub(super) fn number((year, month, day): (u16, u8, u8), is_from_1904: bool) -> Option<u32> {
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *lengths.get(usize::from(month.checked_sub(1)?))?;
    let first = if is_from_1904 { 1904 } else { 1900 };
    if year < first || year > 9999 || !(1..=length).contains(&day) {
        return None;
    }
    let years: u32 = (first..year).map(|it| 365 + u32::from(is_leap(it))).sum();
    let months: u32 = lengths.iter().take(usize::from(month) - 1).map(|it| u32::from(*it)).sum();
    let days = years + months + u32::from(day);
    Some(match (is_from_1904, days) {
        (true, days) => days - 1,
        // Spreadsheets take 1900 for a leap year.
        (false, days) if days > 59 => days + 1,
        (false, days) => days,
    })
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        let cases = [
            ((1900, 1, 1), false, Some(1)),
            ((1900, 2, 28), false, Some(59)),
            ((1900, 3, 1), false, Some(61)),
            ((2024, 2, 29), false, Some(45_351)),
            ((2026, 1, 1), false, Some(46_023)),
            ((1904, 1, 1), true, Some(0)),
            ((2026, 1, 1), true, Some(44_561)),
            ((1899, 12, 31), false, None),
            ((2025, 2, 29), false, None),
            ((2025, 13, 1), false, None),
            ((2025, 0, 1), false, None),
            ((2025, 4, 31), false, None),
        ];
        for (day, is_from_1904, wanted) in cases {
            assert_eq!(number(day, is_from_1904), wanted, "{day:?}");
        }
    }
}
