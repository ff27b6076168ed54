//! The records of one sheet: its cells into the grid, what stands beside them into the [`Aside`].

use super::globals::Globals;
use super::records::{Record, Records, error_literal, f64_at, packed_number, u16_at};
use crate::book::{Aside, sheet_damaged, sheet_too_large};
use crate::format::number;
use crate::{Grid, Limits, Refusal, too_long};
use finding::{Area, Report};
use ooxml::NumberFormat;
use value::Raw;

/// A sheet being read.
pub(super) struct XlsSheet<'a> {
    globals: &'a mut Globals,
    limits: &'a Limits,
    grid: &'a mut Grid,
    report: &'a mut Report,
    aside: Aside,
    n_cells: usize,
    /// The formula whose text comes in a record of its own.
    awaited: Option<(u32, u16)>,
}

impl<'a> XlsSheet<'a> {
    /// A sheet into a grid.
    pub(super) fn new(
        globals: &'a mut Globals,
        limits: &'a Limits,
        grid: &'a mut Grid,
        report: &'a mut Report,
    ) -> Self {
        Self { globals, limits, grid, report, aside: Aside::default(), n_cells: 0, awaited: None }
    }

    /// Reads the records to the sheet's end; charts within it are passed over.
    pub(super) fn read(mut self, records: &mut Records<'_>) -> Result<Aside, Refusal> {
        let mut depth = 0_usize;
        for record in records {
            match record.kind {
                0x0809 => depth += 1,
                0x000A if depth <= 1 => return Ok(self.aside),
                0x000A => depth -= 1,
                _ if depth == 1 => self.take(record)?,
                _ => {}
            }
        }
        // Every sheet has its end; without it something was cut off.
        Err(sheet_damaged())
    }

    fn take(&mut self, record: Record<'_>) -> Result<(), Refusal> {
        let data = record.data;
        let read = match record.kind {
            0x0203 => self.cell(data, |_, format| Some((f64_at(data, 6)?, format).into())),
            0x027E => self
                .cell(data, |_, format| Some((packed_number(*data.get(6..)?.first_chunk()?), format).into())),
            0x00BD => self.packed_row(data),
            0x00FD => self.shared_text(data),
            0x0204 | 0x00D6 => self.cell(data, |sheet, _| {
                Some(Content::Raw(Raw::text(&sheet.globals.texts.read(data.get(6..)?, 2)?)))
            }),
            0x0205 => self.cell(data, |_, _| Some(Content::Raw(truth_or_error(data.get(6..8)?)))),
            0x0006 => self.formula(data),
            0x0207 => self.formula_text(data),
            0x00E5 => self.merges(data),
            _ => self.beside(record),
        };
        read.ok_or_else(sheet_damaged)?;
        if self.n_cells > self.limits.cells {
            return Err(sheet_too_large(self.limits.cells));
        }
        Ok(())
    }

    /// A record of one cell: row, column, cell format, content.
    fn cell(
        &mut self,
        data: &[u8],
        content: impl FnOnce(&mut Self, NumberFormat) -> Option<Content>,
    ) -> Option<()> {
        let (row, col) = (u32::from(u16_at(data, 0)?), u16_at(data, 2)?);
        let index = u16_at(data, 4)?;
        let format = self.format(index);
        let content = content(self, format)?;
        if self.globals.strikes.get(usize::from(index)).is_some_and(|it| *it) {
            self.aside.struck.whole.insert((row, col));
        }
        self.set(row, col, content)
    }

    /// A shared text, without the words that are struck out.
    fn shared_text(&mut self, data: &[u8]) -> Option<()> {
        let (row, col) = (u32::from(u16_at(data, 0)?), u16_at(data, 2)?);
        let shared = self.globals.strings.get(super::records::u32_at(data, 6)? as usize)?;
        let parted = shared.partly(|it| self.globals.font_strikes(it));
        let kept = parted.as_ref().map(|it| it.kept()).filter(|it| !it.trim().is_empty());
        let raw = Raw::text(kept.as_ref().unwrap_or(&shared.text));
        match parted {
            Some(_) if kept.is_none() => {
                self.aside.struck.whole.insert((row, col));
            }
            Some(it) => {
                self.aside.struck.words.insert((row, col), it);
            }
            None => {}
        }
        self.cell(data, |_, _| Some(Content::Raw(raw)))
    }

    fn format(&self, index: u16) -> NumberFormat {
        self.globals.formats.get(usize::from(index)).cloned().unwrap_or_default()
    }

    fn set(&mut self, row: u32, col: u16, content: Content) -> Option<()> {
        let raw = match content {
            Content::Raw(raw) => raw,
            Content::Number(value, format) => number(format, value, self.globals.epoch),
        };
        (row < self.limits.rows && col < self.limits.columns).then_some(())?;
        if matches!(&raw, Raw::Text(text) if text.chars().nth(self.limits.text_chars).is_some()) {
            self.report.push(too_long(self.limits).at(self.grid.origin(row, col)));
            self.grid.set(row, col, Raw::Error("内容过长".into()));
        } else {
            self.n_cells += usize::from(!raw.is_empty());
            self.grid.set(row, col, raw);
        }
        Some(())
    }

    /// Several packed numbers in one row.
    fn packed_row(&mut self, data: &[u8]) -> Option<()> {
        let (row, first) = (u32::from(u16_at(data, 0)?), u16_at(data, 2)?);
        let cells = data.get(4..data.len().checked_sub(2)?)?;
        for (col, cell) in (first..).zip(cells.chunks_exact(6)) {
            let format = self.format(u16_at(cell, 0)?);
            self.set(row, col, (packed_number(*cell[2..].first_chunk()?), format).into())?;
        }
        Some(())
    }

    /// A formula with its result: a number, or a mark (two bytes of ones) and what the result is.
    fn formula(&mut self, data: &[u8]) -> Option<()> {
        let result = data.get(6..14)?;
        let place = (u32::from(u16_at(data, 0)?), u16_at(data, 2)?);
        self.awaited = None;
        let raw = match (result[0], result[6..] == [0xFF, 0xFF]) {
            (_, false) => return self.cell(data, |_, format| Some((f64_at(data, 6)?, format).into())),
            (0, true) => {
                self.awaited = Some(place);
                return Some(());
            }
            (1, true) => Raw::Bool(result[2] != 0),
            (2, true) => Raw::Error(error_literal(result[2]).into()),
            (_, true) if self.globals.leaves_formulas => Raw::Uncalculated,
            (_, true) => Raw::Empty,
        };
        self.set(place.0, place.1, Content::Raw(raw))
    }

    fn formula_text(&mut self, data: &[u8]) -> Option<()> {
        let Some((row, col)) = self.awaited.take() else { return Some(()) };
        // A very long text continues in records of its own, and is too long to be used anyhow.
        let text = self.globals.texts.read(data, 2);
        let raw = text.map_or(Raw::Error("内容过长".into()), |it| Raw::text(&it));
        self.set(row, col, Content::Raw(raw))
    }

    fn merges(&mut self, data: &[u8]) -> Option<()> {
        let n = usize::from(u16_at(data, 0)?);
        for area in data.get(2..)?.chunks_exact(8).take(n) {
            let [top, bottom, left, right] = [0, 2, 4, 6].map(|at| u16_at(area, at));
            let (top, bottom, left, right) = (top?, bottom?, left?, right?);
            let area = Area {
                top: u32::from(top.min(bottom)),
                left: left.min(right),
                bottom: u32::from(top.max(bottom)),
                right: left.max(right),
            };
            self.grid.merges.extend((area.top < area.bottom || area.left < area.right).then_some(area));
        }
        Some(())
    }

    fn beside(&mut self, Record { kind, data }: Record<'_>) -> Option<()> {
        match kind {
            // Hidden, or without height.
            0x0208 if *data.get(12)? & 0x20 != 0 || u16_at(data, 6)? & 0x7FFF == 0 => {
                self.aside.hidden_rows.insert(u32::from(u16_at(data, 0)?));
            }
            0x007D if *data.get(8)? & 1 != 0 || u16_at(data, 4)? == 0 => {
                self.aside.hidden_cols.push((u16_at(data, 0)?, u16_at(data, 2)?));
            }
            0x009B => self.aside.filtered = true,
            0x001C => self.aside.n_notes += 1,
            0x01BE => self.aside.n_validations += 1,
            _ => {}
        }
        Some(())
    }
}

/// The content of a cell before its format is applied.
enum Content {
    Raw(Raw),
    Number(f64, NumberFormat),
}

impl From<(f64, NumberFormat)> for Content {
    fn from((value, format): (f64, NumberFormat)) -> Self {
        Self::Number(value, format)
    }
}

fn truth_or_error(data: &[u8]) -> Raw {
    match data {
        [value, 0] => Raw::Bool(*value != 0),
        [value, ..] => Raw::Error(error_literal(*value).into()),
        [] => Raw::Empty,
    }
}
