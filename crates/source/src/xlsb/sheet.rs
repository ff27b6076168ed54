//! The records of one sheet's part: its cells into the grid, what stands beside them into the [`Aside`].

use super::Shared;
use super::records::{Record, Records, f64_at, text_at, u16_at, u32_at};
use crate::book::{Aside, sheet_damaged, sheet_too_large};
use crate::format::number;
use crate::struck::{Partly, Struck};
use crate::xls::records::{error_literal, packed_number};
use crate::{Grid, Limits, Refusal, too_long};
use finding::{Area, Report};
use ooxml::NumberFormat;
use value::Raw;

/// A sheet being read.
pub(super) struct XlsbSheet<'a> {
    pub(super) shared: &'a Shared,
    pub(super) limits: &'a Limits,
    pub(super) grid: &'a mut Grid,
    pub(super) report: &'a mut Report,
}

/// Where the reader stands in a sheet.
#[derive(Default)]
struct Cursor {
    row: u32,
    next_col: u32,
    n_cells: usize,
    ended: bool,
}

impl XlsbSheet<'_> {
    /// Reads a sheet's part.
    pub(super) fn read(mut self, part: &[u8]) -> Result<Aside, Refusal> {
        let mut aside = Aside::default();
        let mut place = Cursor::default();
        for record in Records::of(part) {
            let read = match record.kind {
                0 => row(record.data, &mut place, &mut aside),
                1..=18 | 62 => self.cell(record, &mut place, &mut aside.struck),
                176 => self.merge(record.data),
                146 => {
                    place.ended = true;
                    Some(())
                }
                _ => beside(record, &mut aside),
            };
            read.ok_or_else(sheet_damaged)?;
            if place.n_cells > self.limits.cells {
                return Err(sheet_too_large(self.limits.cells));
            }
        }
        if place.ended { Ok(aside) } else { Err(sheet_damaged()) }
    }

    fn cell(
        &mut self,
        Record { kind, data }: Record<'_>,
        place: &mut Cursor,
        struck: &mut Struck,
    ) -> Option<()> {
        // Short records have no column of their own: they stand right of the cell before.
        let (col, rest) = match kind {
            12..=18 => (place.next_col, data),
            _ => (u32_at(data, 0)?, data.get(4..)?),
        };
        place.next_col = col.checked_add(1)?;
        let number = (u32_at(rest, 0)? & 0x00FF_FFFF) as usize;
        let format = self.shared.formats.get(number).cloned().unwrap_or_default();
        let raw = self.content(kind, rest.get(4..)?, format)?;
        let parted = self.parted(kind, rest.get(4..)?);
        let kept = parted.as_ref().map(Partly::kept).filter(|it| !it.trim().is_empty());
        let raw = kept.as_deref().map_or(raw, Raw::text);
        (place.row < self.limits.rows && col < u32::from(self.limits.columns)).then_some(())?;
        let col = u16::try_from(col).ok()?;
        place.n_cells += usize::from(!raw.is_empty());
        if self.shared.strikes(number) || (parted.is_some() && kept.is_none()) {
            struck.whole.insert((place.row, col));
        } else if let Some(parted) = parted {
            struck.words.insert((place.row, col), parted);
        }
        if matches!(&raw, Raw::Text(text) if text.chars().nth(self.limits.text_chars).is_some()) {
            self.report.push(too_long(self.limits).at(self.grid.origin(place.row, col)));
            self.grid.set(place.row, col, Raw::Error("内容过长".into()));
        } else {
            self.grid.set(place.row, col, raw);
        }
        Some(())
    }

    fn content(&self, kind: u16, data: &[u8], format: NumberFormat) -> Option<Raw> {
        Some(match kind {
            2 | 13 => number(format, packed_number(*data.first_chunk()?), self.shared.epoch),
            3 | 11 | 14 => Raw::Error(error_literal(*data.first()?).into()),
            4 | 10 | 15 => Raw::Bool(*data.first()? != 0),
            5 | 9 | 16 => number(format, f64_at(data, 0)?, self.shared.epoch),
            6 | 8 | 17 => Raw::text(&text_at(data, 0)?.0),
            7 | 18 => Raw::text(&self.shared.strings.get(u32_at(data, 0)? as usize)?.text),
            62 => Raw::text(&text_at(data, 1)?.0),
            _ => Raw::Empty,
        })
    }

    /// The text of a cell, if some of it is struck out.
    fn parted(&self, kind: u16, data: &[u8]) -> Option<Partly> {
        let strikes = |it| self.shared.font_strikes(it);
        match kind {
            7 | 18 => self.shared.strings.get(u32_at(data, 0)? as usize)?.partly(strikes),
            62 => super::rich_text(data)?.partly(strikes),
            _ => None,
        }
    }

    fn merge(&mut self, data: &[u8]) -> Option<()> {
        let col = |at| u32_at(data, at).and_then(|it| u16::try_from(it).ok());
        let area = Area { top: u32_at(data, 0)?, bottom: u32_at(data, 4)?, left: col(8)?, right: col(12)? };
        let in_order = area.top <= area.bottom && area.left <= area.right && area.bottom < self.limits.rows;
        let several = area.top < area.bottom || area.left < area.right;
        self.grid.merges.extend((in_order && several).then_some(area));
        Some(())
    }
}

fn row(data: &[u8], place: &mut Cursor, aside: &mut Aside) -> Option<()> {
    place.row = u32_at(data, 0)?;
    place.next_col = 0;
    if *data.get(11)? & 0x10 != 0 {
        aside.hidden_rows.insert(place.row);
    }
    Some(())
}

fn beside(Record { kind, data }: Record<'_>, aside: &mut Aside) -> Option<()> {
    match kind {
        60 if u16_at(data, 16)? & 1 != 0 => {
            let col = |at| u32_at(data, at).map(|it| u16::try_from(it).unwrap_or(u16::MAX));
            aside.hidden_cols.push((col(0)?, col(4)?));
        }
        163 => aside.filtered = true,
        64 => aside.n_validations += 1,
        _ => {}
    }
    Some(())
}
