//! Date cells: serial numbers of days, as spreadsheets store them.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::super::Raw;
use super::super::number::display;
use super::clock::time_dropped;
use super::refusal::{Refusal, YEARS};
use super::{DatePart, Fault, Parsed, PartialDate};
use finding::codes;

/// The day from which a workbook counts its days. A date cell is put right when it is read; a number
/// in a cell without a date format is not, for only its field says that it is a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Epoch(Date);

impl From<Epoch> for String {
    fn from(epoch: Epoch) -> Self {
        epoch.0.to_string()
    }
}

impl TryFrom<String> for Epoch {
    type Error = jiff::Error;

    fn try_from(day: String) -> Result<Self, Self::Error> {
        day.parse().map(Self)
    }
}

impl Epoch {
    /// The usual day, 30 December 1899.
    pub const USUAL: Self = Self(date(1899, 12, 30));
    /// 1 January 1904, as in workbooks that were begun on a Mac.
    pub const MAC: Self = Self(date(1904, 1, 1));

    /// Parses a day in ISO 8601, `1904-01-01`; `None` if the text is anything else.
    pub fn of_day(day: &str) -> Option<Self> {
        day.parse().ok().map(Self)
    }

    /// Days since 30 December 1899: what has to be added to the workbook's own numbers.
    pub fn days(self) -> f64 {
        self.0.since(Self::USUAL.0).map_or(0.0, |it| f64::from(it.get_days()))
    }

    /// What a message adds where the days count from another day than usual.
    pub(super) fn remark(self) -> String {
        if self == Self::USUAL {
            String::new()
        } else {
            format!("（该工作簿的日期从{}年数起）", self.0.year())
        }
    }
}

impl Default for Epoch {
    fn default() -> Self {
        Self::USUAL
    }
}

/// A date cell as `2019-07-01`, with its time of day if it has one, or as `2019-07` or `2019` if that
/// is what it shows; a serial beyond the calendar as the number that it is.
pub(crate) fn display_serial(serial: f64, precision: DatePart) -> String {
    let Some(day) = serial_day(serial) else { return display(serial, None, false) };
    if precision < DatePart::Day {
        return PartialDate::from(day).truncated(precision).iso();
    }
    let minutes = serial_minutes(serial);
    if minutes == 0 { day.to_string() } else { format!("{day} {:02}:{:02}", minutes / 60, minutes % 60) }
}

/// Parses a date cell to the part that it shows. What it holds beyond that is dropped, and noted
/// unless it is what a spreadsheet adds by itself: the first of the month, the first of January.
pub(super) fn parse_serial(
    serial: f64,
    precision: DatePart,
    epoch: Epoch,
) -> Result<Parsed<PartialDate>, Fault> {
    let shown = display_serial(serial, precision);
    if let Some(typed) = typed_into_date_cell(serial - epoch.days()) {
        return Err(Fault::new(
            &codes::DATE_OUT_OF_RANGE,
            format!("单元格为日期格式，其中的数字“{typed}”显示为另一个日期“{shown}”"),
            "疑在日期格式的单元格中直接填了年份、年月或数字；请把单元格设为文本格式后重新填写。",
        ));
    }
    let day = serial_day(serial).filter(|it| YEARS.contains(&i32::from(it.year())));
    let day = day.ok_or_else(|| Refusal::OutOfRange.fault(&shown))?;
    let value = PartialDate::from(day).truncated(precision);
    let mut parsed = Parsed::plain(value);
    if value.earliest() != day {
        parsed.notes.push(part_not_shown(serial, &value));
    } else if serial_minutes(serial) != 0 {
        parsed.notes.push(time_dropped(&display_serial(serial, DatePart::Day), &value));
    }
    Ok(parsed)
}

fn part_not_shown(serial: f64, value: &PartialDate) -> Fault {
    let stored = display_serial(serial, DatePart::Day);
    let finest = if value.precision() == DatePart::Month { "年月" } else { "年份" };
    Fault::new(
        &codes::DATE_PART_NOT_SHOWN,
        format!("单元格中存有“{stored}”，但只显示{finest}，按{value}读入"),
        "如应采用完整日期，请把单元格格式改为显示年月日。",
    )
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

#[expect(clippy::cast_possible_truncation, reason = "the range of days is checked first")]
/// The day of a serial number; `None` beyond the years 1899 to 9999.
fn serial_day(serial: f64) -> Option<Date> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let minutes = (serial * 1440.0).round();
    let days = (minutes / 1440.0).floor() as i32;
    date(1899, 12, 30).checked_add(days.days()).ok()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only the time of a day that has been found"
)]
/// Minutes since midnight, rounded: a time of day is a fraction that binary numbers seldom hit.
fn serial_minutes(serial: f64) -> u32 {
    ((serial * 1440.0).round() % 1440.0) as u32
}

/// The serial numbers of 1950 to 2099: what a date cell shows once its format is set to general.
const SERIALS: std::ops::RangeInclusive<f64> = 18_264.0..=73_050.0;

/// A number cell that only lost its date format: no year, month or day is written in so few digits.
pub(super) fn from_serial(value: f64, epoch: Epoch, raw: &Raw) -> Option<Parsed<PartialDate>> {
    let day = PartialDate::from(day_of(value, epoch)?);
    let note = Fault::new(
        &codes::DATE_FROM_SERIAL,
        format!("“{}”是日期的序列数{}，按{day}读入", raw.display(), epoch.remark()),
        format!("请核对；把单元格设为日期格式，或写成“{}”，可免去此提示。", day.iso()),
    );
    Some(Parsed { value: day, notes: vec![note] })
}

fn day_of(value: f64, epoch: Epoch) -> Option<Date> {
    let serial = value + epoch.days();
    SERIALS.contains(&serial).then(|| serial_day(serial)).flatten()
}

/// What text of five digits may once have been; `None` for any other text.
pub(super) fn serial_hint(text: &str, epoch: Epoch) -> Option<String> {
    let digits = Some(text.trim()).filter(|it| it.len() == 5 && it.bytes().all(|it| it.is_ascii_digit()))?;
    let day = PartialDate::from(day_of(digits.parse().ok()?, epoch)?);
    Some(format!("可能是{day}，单元格格式被改成了常规；请把单元格设为日期格式，或写成“{}”。", day.iso()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(serial: f64, precision: DatePart) -> String {
        match parse_serial(serial, precision, Epoch::USUAL) {
            Ok(parsed) if parsed.notes.is_empty() => parsed.value.iso(),
            Ok(parsed) => format!("{} + {}", parsed.value.iso(), parsed.notes[0].code.name),
            Err(fault) => fault.code.name.to_owned(),
        }
    }

    #[test]
    fn date_cells_are_shown_with_their_time_of_day() {
        assert_eq!(display_serial(43647.0, DatePart::Day), "2019-07-01");
        assert_eq!(display_serial(43_499.604_166_67, DatePart::Day), "2019-02-03 14:30");
        assert_eq!(display_serial(43_499.604_166_67, DatePart::Month), "2019-02");
        assert_eq!(display_serial(43647.0, DatePart::Year), "2019");
        assert_eq!(display_serial(-5.0, DatePart::Month), "-5");
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
            assert_eq!(outcome(serial, DatePart::Day), expected, "{serial}");
        }
        let fault = parse_serial(201_907.0, DatePart::Day, Epoch::USUAL).unwrap_err();
        assert!(fault.message.contains("“201907”"), "{}", fault.message);
    }

    #[test]
    fn a_year_typed_into_a_date_cell_is_told_whatever_day_the_workbook_counts_from() {
        assert_eq!((Epoch::MAC.days(), Epoch::of_day("1904-01-01")), (1462.0, Some(Epoch::MAC)));
        let mut parsed =
            [2019.0, 201_907.0, 7.0].map(|it| parse_serial(it + 1462.0, DatePart::Day, Epoch::MAC));
        assert!(parsed.iter().all(Result::is_err), "{parsed:?}");
        parsed[0] = parse_serial(2019.0 + 1462.0, DatePart::Day, Epoch::USUAL);
        assert_eq!(parsed[0].as_ref().unwrap().value.iso(), "1909-07-12");
    }

    #[test]
    fn a_day_that_the_cell_does_not_show_is_not_taken_and_is_noted_unless_it_is_the_first() {
        for (serial, precision, expected) in [
            (43647.0, DatePart::Month, "2019-07"),
            (43661.0, DatePart::Month, "2019-07 + date-part-not-shown"),
            (43466.0, DatePart::Year, "2019"),
            (43647.0, DatePart::Year, "2019 + date-part-not-shown"),
            (43647.5, DatePart::Month, "2019-07 + date-time-dropped"),
            (201_907.0, DatePart::Month, "date-out-of-range"),
        ] {
            assert_eq!(outcome(serial, precision), expected, "{serial} {precision:?}");
        }
        let note = &parse_serial(43661.0, DatePart::Month, Epoch::USUAL).unwrap().notes[0];
        assert!(
            note.message.contains("“2019-07-15”") && note.message.contains("按2019年7月读入"),
            "{note:?}"
        );
    }
}
