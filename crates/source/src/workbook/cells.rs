//! The cells of a sheet, one after the other, into its grid.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{CellErrorType, DataRef, XlsxCellReader, XlsxError};

use super::scan::{Scan, scan};
use crate::book::{sheet_damaged, sheet_too_large};
use crate::format::{number, precision};
use crate::struck::{Partly, Struck};
use crate::{Grid, Limits, Refusal, too_long};
use finding::{Finding, Report};
use ooxml::{Cell, Finest, NumberFormat, Package};
use value::{DatePart, Epoch, Raw};

/// The places of a sheet's cells, scanned only when they are first asked for.
pub(super) struct Places<'p, 'a> {
    package: &'p mut Package<'a>,
    part: &'p str,
    limits: &'p Limits,
    scan: Option<Scan>,
}

impl<'p, 'a> Places<'p, 'a> {
    /// The places of the cells in a part of the package.
    pub(super) fn new(package: &'p mut Package<'a>, part: &'p str, limits: &'p Limits) -> Self {
        Self { package, part, limits, scan: None }
    }

    fn scan(&mut self) -> Result<&Scan, Refusal> {
        if self.scan.is_none() {
            // Empty cells with a format count here too; they are several times the others at most.
            self.scan = Some(scan(self.package, self.part, self.limits.cells * 4).ok_or_else(sheet_damaged)?);
        }
        self.scan.as_ref().ok_or_else(sheet_damaged)
    }

    fn nth(&mut self, index: usize) -> Result<Cell, Refusal> {
        self.scan()?.places.get(index).copied().ok_or_else(sheet_damaged)
    }
}

/// Reads all cells into the grid.
///
/// A cell whose content calamine refuses (`#SPILL!`, for one) becomes [`Raw::Error`] and the reading
/// goes on. calamine does not say where that was, and counts the cells after it in the row wrongly
/// if they bear no address: from then on the places come from a scan of our own.
pub(super) fn read(
    mut reader: XlsxCellReader<'_, Cursor<&[u8]>>,
    places: &mut Places<'_, '_>,
    grid: &mut Grid,
) -> Result<(Report, Struck), Refusal> {
    let mut report = Report::default();
    let mut struck = Struck::default();
    let strikes: Vec<bool> =
        reader.styles().iter().map(|it| it.font.as_ref().is_some_and(|it| it.has_strikethrough())).collect();
    let formats: Vec<NumberFormat> = reader.styles().iter().map(read_format).collect();
    let mut shared = Shared::default();
    let (mut n_filled, mut trusted) = (0, true);
    for index in 0.. {
        let (raw, stated, style) = match reader.next_cell_with_style_id() {
            Ok(None) => break,
            Ok(Some((cell, style))) => {
                let format = formats.get(style).cloned().unwrap_or_default();
                let raw = match cell.get_value() {
                    DataRef::SharedString(text) => shared.read(text),
                    value => read_raw(value, format, grid.epoch),
                };
                (raw, Some(cell.get_position()), Some(style))
            }
            Err(error) => (Raw::Error(refused_literal(&error)?), None, None),
        };
        trusted = trusted && stated.is_some();
        if raw.is_empty() {
            continue;
        }
        n_filled += 1;
        if n_filled > places.limits.cells {
            return Err(sheet_too_large(places.limits.cells));
        }
        let place = if let (true, Some(place)) = (trusted, stated) { place } else { places.nth(index)? };
        let (row, col) = within(place, places.limits)?;
        let raw = check_length(raw, places.limits, |finding| report.push(finding.at(grid.origin(row, col))));
        if style.and_then(|it| strikes.get(it)).is_some_and(|it| *it) {
            struck.whole.insert((row, col));
        }
        grid.set(row, col, raw);
    }
    Ok((report, struck))
}

/// Marks the formulas without a stored result in a grid that was read before.
pub(super) fn mark_uncalculated(places: &mut Places<'_, '_>, grid: &mut Grid) -> Result<(), Refusal> {
    let limits = *places.limits;
    for place in &places.scan()?.uncalculated {
        let (row, col) = within(*place, &limits)?;
        if grid.get(row, col).is_empty() {
            grid.set(row, col, Raw::Uncalculated);
        }
    }
    Ok(())
}

/// Leaves out words that are struck out in cells that were read before.
pub(super) fn leave_out(found: Vec<(Cell, Partly)>, limits: &Limits, grid: &mut Grid, struck: &mut Struck) {
    for (place, partly) in found {
        let Ok(place) = within(place, limits) else { continue };
        let kept = partly.kept();
        if kept.trim().is_empty() {
            struck.whole.insert(place);
        } else {
            grid.set(place.0, place.1, read_text(&kept));
            struck.words.insert(place, partly);
        }
    }
}

fn within((row, col): Cell, limits: &Limits) -> Result<(u32, u16), Refusal> {
    match u16::try_from(col) {
        Ok(col) if row < limits.rows && col < limits.columns => Ok((row, col)),
        _ => Err(sheet_damaged()),
    }
}

/// calamine gives the general format where neither the file nor its own table has a code.
fn read_format(style: &calamine::Style) -> NumberFormat {
    let Some(format) = &style.number_format else { return NumberFormat::default() };
    let code = Some(format.format_code.as_ref()).filter(|it| *it != "General");
    NumberFormat::read(format.format_id, code)
}

fn read_raw(data: &DataRef<'_>, format: NumberFormat, epoch: Epoch) -> Raw {
    match data {
        DataRef::Empty => Raw::Empty,
        DataRef::String(text) => read_text(text),
        DataRef::SharedString(text) => read_text(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => read_iso(text, &format),
        #[expect(clippy::cast_precision_loss, reason = "a cell of xlsx holds a double in any case")]
        DataRef::Int(number) => read_number(*number as f64, format),
        DataRef::Float(number) => read_number(*number, format),
        DataRef::Bool(it) => Raw::Bool(*it),
        DataRef::DateTime(it) if it.is_datetime() => Raw::Date {
            serial: it.as_f64() + epoch.days(),
            precision: format.date.map_or(DatePart::Day, precision),
        },
        DataRef::DateTime(it) => read_number(it.as_f64(), NumberFormat::default()),
        DataRef::Error(CellErrorType::GettingData) => Raw::Error("#GETTING_DATA".into()),
        DataRef::Error(it) => Raw::Error(it.to_string().into()),
    }
}

/// The shared strings of a workbook that were met on a sheet, by where calamine holds them: one copy of each.
#[derive(Default)]
struct Shared(HashMap<*const u8, Raw>);

impl Shared {
    fn read(&mut self, text: &str) -> Raw {
        // Empty texts have no place of their own.
        if text.is_empty() {
            return Raw::Empty;
        }
        self.0.entry(text.as_ptr()).or_insert_with(|| read_text(text)).clone()
    }
}

fn read_text(text: &str) -> Raw {
    if text.contains('\r') {
        Raw::text(&text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Raw::text(text)
    }
}

/// A date that is stored as text. A first of the month that the cell does not show was added by the
/// program that wrote it; any other day stays.
fn read_iso(text: &str, format: &NumberFormat) -> Raw {
    let text = text.strip_suffix("T00:00:00").unwrap_or(text);
    let added = match format.date {
        Some(Finest::Year) => "-01-01",
        Some(Finest::Month) => "-01",
        _ => "",
    };
    let shown = text.strip_suffix(added).filter(|_| text.len() == "2019-07-01".len());
    Raw::text(shown.unwrap_or(text))
}

fn read_number(value: f64, format: NumberFormat) -> Raw {
    number(NumberFormat { date: None, ..format }, value, Epoch::USUAL)
}

/// The literal of a cell that calamine refuses; any other fault ends the sheet.
fn refused_literal(error: &XlsxError) -> Result<Arc<str>, Refusal> {
    match error {
        XlsxError::CellError(literal) => Ok(literal.as_str().into()),
        XlsxError::ParseFloat(_)
        | XlsxError::CellTAttribute(_)
        | XlsxError::Unrecognized { .. }
        | XlsxError::Unexpected(_)
        | XlsxError::UnexpectedNode(_) => Ok("无法读取的内容".into()),
        _ => Err(sheet_damaged()),
    }
}

fn check_length(raw: Raw, limits: &Limits, report: impl FnOnce(Finding)) -> Raw {
    match &raw {
        Raw::Text(text) if text.chars().nth(limits.text_chars).is_some() => {
            report(*too_long(limits));
            Raw::Error("内容过长".into())
        }
        _ => raw,
    }
}
