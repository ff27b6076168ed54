//! What an old workbook says before its first sheet: formats, sheets, shared texts, the epoch.

use std::collections::BTreeMap;

use super::Refused;
use super::records::{Record, Records, u16_at, u32_at};
use super::shared::{self, SharedText};
use super::strings::TextReader;
use ooxml::NumberFormat;
use value::Epoch;

/// The workbook's own records.
#[derive(Debug)]
pub(super) struct Globals {
    /// Reads text.
    pub(super) texts: TextReader,
    /// The shared texts.
    pub(super) strings: Vec<SharedText>,
    /// The number format of each cell format.
    pub(super) formats: Vec<NumberFormat>,
    /// Whether each cell format strikes its text out.
    pub(super) strikes: Vec<bool>,
    /// Whether each font does.
    struck_fonts: Vec<bool>,
    /// The sheets in their order.
    pub(super) sheets: Vec<ListedSheet>,
    /// The day from which days count.
    pub(super) epoch: Epoch,
    /// Other workbooks that formulas refer to.
    pub(super) n_links: usize,
    /// Whether the file was written by a program that leaves formulas uncalculated.
    pub(super) leaves_formulas: bool,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct ListedSheet {
    /// Its name.
    pub(super) name: String,
    /// Where its records begin in the stream.
    pub(super) offset: usize,
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// Whether it is a table of cells: no chart, no macros.
    pub(super) is_worksheet: bool,
}

/// What is known of number formats before all have been read.
#[derive(Default)]
struct FormatsSeen {
    codes: BTreeMap<u16, String>,
    cell_formats: Vec<u16>,
    cell_fonts: Vec<u16>,
}

impl Globals {
    /// Reads the workbook's records.
    pub(super) fn read(stream: &[u8], as_gbk: bool) -> Result<Self, Refused> {
        let mut globals = Self {
            texts: TextReader::new(as_gbk),
            strings: Vec::new(),
            formats: Vec::new(),
            strikes: Vec::new(),
            struck_fonts: Vec::new(),
            sheets: Vec::new(),
            epoch: Epoch::USUAL,
            n_links: 0,
            leaves_formulas: false,
        };
        let mut written = FormatsSeen::default();
        let mut records = Records::from(stream, 0);
        let mut ended = false;
        while let Some(record) = records.next() {
            if record.kind == 0x000A {
                ended = true;
                break;
            }
            globals.take(record, &mut records, &mut written)?;
        }
        if !ended || globals.sheets.is_empty() {
            return Err(Refused::Damaged);
        }
        let read =
            |id: &u16| NumberFormat::read(Some(u32::from(*id)), written.codes.get(id).map(String::as_str));
        globals.formats = written.cell_formats.iter().map(read).collect();
        globals.strikes = written.cell_fonts.iter().map(|it| globals.font_strikes(*it)).collect();
        Ok(globals)
    }

    /// Whether a font strikes its text out. There is none of the number four.
    pub(super) fn font_strikes(&self, font: u16) -> bool {
        let place = usize::from(if font > 4 { font.saturating_sub(1) } else { font });
        self.struck_fonts.get(place).copied().unwrap_or_default()
    }

    fn take(
        &mut self,
        it: Record<'_>,
        rest: &mut Records<'_>,
        written: &mut FormatsSeen,
    ) -> Result<(), Refused> {
        match it.kind {
            // The book's version stands in its first record: 0x0600 is BIFF8, 0x0500 BIFF5 or 7.
            0x0809 => self.texts.wide = u16_at(it.data, 0).is_none_or(|it| it >= 0x0600),
            0x002F => return Err(Refused::Encrypted),
            0x0042 => self.texts.declared = u16_at(it.data, 0),
            0x0022 if u16_at(it.data, 0) == Some(1) => self.epoch = Epoch::MAC,
            // xlwt writes its owner as “None” and every formula without its result.
            0x005C => self.leaves_formulas = it.data.windows(4).take(4).any(|it| it == b"None"),
            0x041E => {
                let length_bytes = if self.texts.wide { 2 } else { 1 };
                let id = u16_at(it.data, 0).ok_or(Refused::Damaged)?;
                let code = it.data.get(2..).and_then(|it| self.texts.read(it, length_bytes));
                written.codes.extend(code.map(|code| (id, code)));
            }
            0x00E0 => {
                written.cell_fonts.push(u16_at(it.data, 0).ok_or(Refused::Damaged)?);
                written.cell_formats.push(u16_at(it.data, 2).ok_or(Refused::Damaged)?);
            }
            0x0031 => self.struck_fonts.push(u16_at(it.data, 2).is_some_and(|it| it & 0x08 != 0)),
            0x0085 => {
                let sheet = self.sheet(it.data).ok_or(Refused::Damaged)?;
                self.sheets.push(sheet);
            }
            0x00FC => {
                let parts: Vec<&[u8]> = std::iter::once(it.data).chain(rest.continued()).collect();
                self.strings = shared::read(&parts, &mut self.texts);
            }
            // A supporting book: this book itself and add-ins have marks instead of a path.
            0x01AE => {
                let own = matches!(u16_at(it.data, 2), Some(0x0401 | 0x3A01));
                self.n_links += usize::from(!own && u16_at(it.data, 0).is_some_and(|it| it > 0));
            }
            _ => {}
        }
        Ok(())
    }

    fn sheet(&mut self, data: &[u8]) -> Option<ListedSheet> {
        let name = self.texts.read(data.get(6..)?, 1)?;
        Some(ListedSheet {
            name: name.replace('\0', ""),
            offset: usize::try_from(u32_at(data, 0)?).ok()?,
            hidden: data[4] & 3 != 0,
            is_worksheet: data[5] == 0,
        })
    }
}
