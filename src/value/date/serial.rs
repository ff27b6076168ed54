//! Date cells: serial numbers of days, as spreadsheets store them.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::super::number::display;
use super::parse::{Refusal, YEARS, time_dropped};
use super::{Fault, Parsed, PartialDate};
use crate::finding::codes;

/// A date cell as `2019-07-01`, with its time of day if it has one; a serial beyond the calendar
/// as the number that it is.
pub(crate) fn display_serial(serial: f64) -> String {
    let Some(day) = serial_day(serial) else { return display(serial, None, false) };
    let minutes = serial_minutes(serial);
    if minutes == 0 { day.to_string() } else { format!("{day} {:02}:{:02}", minutes / 60, minutes % 60) }
}

/// Parses a date cell. Its day is taken as written; a time of day is dropped and noted.
pub(super) fn parse_serial(serial: f64) -> Result<Parsed<PartialDate>, Fault> {
    let shown = display_serial(serial);
    if let Some(typed) = typed_into_date_cell(serial) {
        return Err(Fault::new(
            &codes::DATE_OUT_OF_RANGE,
            format!("单元格为日期格式，其中的数字“{typed}”显示为另一个日期“{shown}”"),
            "疑在日期格式的单元格中直接填了年份、年月或数字；请把单元格设为文本格式后重新填写。",
        ));
    }
    let day = serial_day(serial).filter(|it| YEARS.contains(&i32::from(it.year())));
    let value = PartialDate::from(day.ok_or_else(|| Refusal::OutOfRange.fault(&shown))?);
    let mut parsed = Parsed::plain(value);
    if serial_minutes(serial) != 0 {
        parsed.notes.push(time_dropped(&shown, &value));
    }
    Ok(parsed)
}

/// A date cell whose stored number is itself a year (2019), a month (2019.07, 201907), a day
/// (20190701) or a small number: it was typed, and the format made another date of it.
fn typed_into_date_cell(serial: f64) -> Option<String> {
    let whole = serial.trunc();
    let typed = (0.0..366.0).contains(&serial)
        || (1900.0..2101.0).contains(&whole)
        || (190_001.0..=210_012.0).contains(&whole)
        || (19_000_101.0..=21_001_231.0).contains(&whole);
    typed.then(|| display(serial, None, false))
}

/// The day of a serial number; `None` beyond the years 1899 to 9999.
pub(super) fn serial_day(serial: f64) -> Option<Date> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let minutes = (serial * 1440.0).round();
    // The range check above keeps the number of days well within an i32.
    let days = (minutes / 1440.0).floor() as i32;
    date(1899, 12, 30).checked_add(days.days()).ok()
}

/// Minutes since midnight, rounded: a time of day is a fraction that binary numbers seldom hit.
fn serial_minutes(serial: f64) -> u32 {
    ((serial * 1440.0).round() % 1440.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(serial: f64) -> String {
        match parse_serial(serial) {
            Ok(parsed) if parsed.notes.is_empty() => parsed.value.iso(),
            Ok(parsed) => format!("{} + {}", parsed.value.iso(), parsed.notes[0].code.name),
            Err(fault) => fault.code.name.to_owned(),
        }
    }

    #[test]
    fn date_cells_are_shown_with_their_time_of_day() {
        assert_eq!(display_serial(43647.0), "2019-07-01");
        assert_eq!(display_serial(43_499.604_166_67), "2019-02-03 14:30");
        assert_eq!(display_serial(-5.0), "-5");
    }

    #[test]
    fn date_cells_hold_serial_numbers_within_reason() {
        for (serial, expected) in [
            (43072.0, "2017-12-03"),
            (43970.0, "2020-05-19"),
            (43_499.604_166_67, "2019-02-03 + date-time-dropped"),
            (201_907.0, "date-out-of-range"),
            (20_190_701.0, "date-out-of-range"),
            (2019.07, "date-out-of-range"),
            (7.0, "date-out-of-range"),
            (-5.0, "date-out-of-range"),
            (1e300, "date-out-of-range"),
            (f64::NAN, "date-out-of-range"),
        ] {
            assert_eq!(outcome(serial), expected, "{serial}");
        }
        let fault = parse_serial(201_907.0).unwrap_err();
        assert!(fault.message.contains("“201907”"), "{}", fault.message);
    }
}
