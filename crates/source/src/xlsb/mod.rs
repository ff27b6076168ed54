//! Binary workbooks (xlsb), read record by record, for the same reasons as the older `xls`.

mod records;
mod sheet;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::records::{Records, text_at, u16_at, u32_at};
use super::book::{Aside, Book, not_a_worksheet, sheet_damaged};
use super::package::{self, damaged};
use super::xls::shared::SharedText;
use super::{Grid, Limits, Refusal};
use finding::{FileId, Origin, Report};
use ooxml::{NumberFormat, Package, Relation};
use value::Epoch;

/// The part of the workbook itself.
const WORKBOOK: &str = "xl/workbook.bin";

/// What all sheets share.
#[derive(Default)]
struct Shared {
    strings: Vec<SharedText>,
    formats: Vec<NumberFormat>,
    /// Whether each font strikes its text out, and which font each cell format has.
    struck_fonts: Vec<bool>,
    fonts: Vec<u16>,
    epoch: Epoch,
}

impl Shared {
    /// Whether a font strikes its text out.
    fn font_strikes(&self, font: u16) -> bool {
        self.struck_fonts.get(usize::from(font)).copied().unwrap_or_default()
    }

    /// Whether a cell format does.
    fn strikes(&self, format: usize) -> bool {
        self.fonts.get(format).is_some_and(|it| self.font_strikes(*it))
    }
}

/// A sheet as the workbook lists it.
struct Listed {
    name: Arc<str>,
    relation: String,
    hidden: bool,
}

/// Reads a binary workbook. The finding says why nothing could be read at all; what is wrong with
/// single sheets goes into the report.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let mut package = package::open(bytes, limits)?;
    let (shared, listed) = read_globals(&mut package).ok_or_else(not_whole)?;
    let related = package.relations(WORKBOOK).ok_or_else(not_whole)?;
    let mut book = Book { names: listed.iter().map(|it| it.name.clone()).collect(), ..Book::default() };
    for name in package.names().map(|it| it.to_ascii_lowercase()) {
        book.n_links += usize::from(name.starts_with("xl/externallinks/externallink"));
        book.has_macros |= name.ends_with("/vbaproject.bin");
    }
    for (index, sheet) in (0_u16..).zip(listed) {
        let origin = Origin::sheet(file, index);
        let Some(relation) = related.get(&sheet.relation).filter(|it| it.is("worksheet")) else {
            report.push(not_a_worksheet(origin));
            continue;
        };
        let mut grid = Grid::empty(file, index, sheet.name);
        grid.hidden = sheet.hidden;
        grid.epoch = shared.epoch;
        let reader = sheet::XlsbSheet { shared: &shared, limits, grid: &mut grid, report };
        match read_sheet(&mut package, relation, reader) {
            Ok(aside) => {
                book.asides.push((index, aside));
                book.grids.push(grid);
            }
            Err(finding) => report.push(finding.at(origin)),
        }
    }
    Ok(book)
}

fn not_whole() -> Refusal {
    damaged("文件不完整或内部的数据有误，无法读取")
}

fn read_sheet(
    package: &mut Package<'_>,
    relation: &Relation,
    reader: sheet::XlsbSheet<'_>,
) -> Result<Aside, Refusal> {
    let part = relation.part.as_deref().ok_or_else(sheet_damaged)?;
    let mut aside = reader.read(&package.bytes(part).ok_or_else(sheet_damaged)?)?;
    aside.n_notes = n_notes(package, part).unwrap_or(0);
    Ok(aside)
}

fn n_notes(package: &mut Package<'_>, part: &str) -> Option<usize> {
    let notes = package.relations(part)?.of_kind("comments")?.part.clone()?;
    Some(Records::of(&package.bytes(&notes)?).filter(|it| it.kind == 635).count())
}

fn read_globals(package: &mut Package<'_>) -> Option<(Shared, Vec<Listed>)> {
    let mut shared = Shared::default();
    let mut listed = Vec::new();
    let workbook = package.bytes(WORKBOOK)?;
    let mut records = Records::of(&workbook);
    for record in records.by_ref() {
        match record.kind {
            153 if u32_at(record.data, 0)? & 1 != 0 => shared.epoch = Epoch::MAC,
            156 => {
                let (relation, next) = text_at(record.data, 8)?;
                let name = text_at(record.data, next)?.0.into();
                listed.push(Listed { name, relation, hidden: u32_at(record.data, 0)? & 3 != 0 });
            }
            _ => {}
        }
    }
    (records.is_at_end() && !listed.is_empty()).then_some(())?;
    // Books without text have no part for it, and books without formats need none.
    let strings = package.bytes("xl/sharedStrings.bin").unwrap_or_default();
    let items = Records::of(&strings).filter(|it| it.kind == 19);
    shared.strings = items.map(|it| rich_text(it.data)).collect::<Option<_>>()?;
    read_formats(&package.bytes("xl/styles.bin").unwrap_or_default(), &mut shared)?;
    Some((shared, listed))
}

/// A text with the fonts of its parts ([MS-XLSB] 2.5.121).
fn rich_text(data: &[u8]) -> Option<SharedText> {
    let (text, next) = text_at(data, 1)?;
    let is_rich = data.first()? & 1 != 0;
    // What is cut off behind the text takes its looks, not the text.
    let n_runs = if is_rich { u32_at(data, next).unwrap_or(0) as usize } else { 0 };
    let run = |it: &[u8]| Some((usize::from(u16_at(it, 0)?), u16_at(it, 2)?));
    let runs = data.get(next..)?.chunks_exact(4).skip(1).take(n_runs);
    Some(SharedText { text, runs: runs.map_while(run).collect() })
}

/// The number format of each cell format, and its font.
fn read_formats(part: &[u8], shared: &mut Shared) -> Option<()> {
    let mut codes = BTreeMap::new();
    let mut of_cells = false;
    for record in Records::of(part) {
        match record.kind {
            44 => drop(codes.insert(u16_at(record.data, 0)?, text_at(record.data, 2)?.0)),
            43 => shared.struck_fonts.push(u16_at(record.data, 2)? & 0x08 != 0),
            617 => of_cells = true,
            618 => of_cells = false,
            47 if of_cells => {
                let id = u16_at(record.data, 2)?;
                let code = codes.get(&id).map(String::as_str);
                shared.formats.push(NumberFormat::read(Some(u32::from(id)), code));
                shared.fonts.push(u16_at(record.data, 4)?);
            }
            _ => {}
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_font_strikes_out_are_told_apart_and_so_are_cell_formats() {
        let mut shared = Shared::default();
        // Two fonts, the second with a line through it, and two cell formats, one of each font.
        let styles =
            b"\x2b\x04\0\0\0\0\x2b\x04\0\0\x08\0\xe9\x04\0\x2f\x06\0\0\0\0\0\0\x2f\x06\0\0\0\0\x01\0\xea\x04\0";
        read_formats(styles, &mut shared).unwrap();
        assert_eq!([0, 1, 2].map(|it| shared.strikes(it)), [false, true, false]);
        let text = b"\x01\x04\0\0\0\x8b\x73\x3a\x5f\x4e\x67\x0e\x66\x02\0\0\0\0\0\0\0\x02\0\x01\0";
        let parted = rich_text(text).unwrap().partly(|it| shared.font_strikes(it)).unwrap();
        assert_eq!(parted.parts().collect::<Vec<_>>(), [("王强", false), ("李明", true)]);
        assert!(rich_text(&text[..13]).is_some_and(|it| it.runs.is_empty()));
    }
}
