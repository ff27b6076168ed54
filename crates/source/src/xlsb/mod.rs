//! Binary workbooks (xlsb), read record by record, for the same reasons as the older `xls`.

mod records;
mod sheet;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::records::{Records, text_at, u16_at, u32_at};
use super::book::{Aside, Book, not_a_worksheet, sheet_damaged};
use super::package::{self, damaged};
use super::{Grid, Limits, Refusal};
use finding::{FileId, Origin, Report};
use ooxml::{NumberFormat, Package, Relation};
use value::Epoch;

/// The part of the workbook itself.
const WORKBOOK: &str = "xl/workbook.bin";

/// What all sheets share.
#[derive(Default)]
struct Shared {
    strings: Vec<Arc<str>>,
    formats: Vec<NumberFormat>,
    epoch: Epoch,
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
    shared.strings = items.map(|it| Some(text_at(it.data, 1)?.0.into())).collect::<Option<_>>()?;
    shared.formats = read_formats(&package.bytes("xl/styles.bin").unwrap_or_default())?;
    Some((shared, listed))
}

/// The number format of each cell format.
fn read_formats(part: &[u8]) -> Option<Vec<NumberFormat>> {
    let mut codes = BTreeMap::new();
    let mut formats = Vec::new();
    let mut of_cells = false;
    for record in Records::of(part) {
        match record.kind {
            44 => drop(codes.insert(u16_at(record.data, 0)?, text_at(record.data, 2)?.0)),
            617 => of_cells = true,
            618 => of_cells = false,
            47 if of_cells => {
                let id = u16_at(record.data, 2)?;
                formats.push(NumberFormat::read(Some(u32::from(id)), codes.get(&id).map(String::as_str)));
            }
            _ => {}
        }
    }
    Some(formats)
}
