//! Old workbooks (xls, WPS et; BIFF5 to BIFF8), read record by record.
//!
//! calamine reads this format too, but it reserves memory for whatever extent a file claims, follows
//! chains of sectors without end, and keeps no number formats: without them `2019年7月`, stored as
//! the first of July, would become a day that nobody gave.

pub(super) mod compound;
pub(super) mod records;
pub(super) mod strings;
mod shared;
mod globals;
mod cells;

use self::compound::Compound;
use self::globals::Globals;
use self::records::Records;
use super::book::{Book, not_a_worksheet};
use super::sniff::encrypted;
use super::workbook::package::damaged;
use super::{Grid, Limits, Refusal};
use crate::finding::{FileId, Finding, Origin, Report, codes};

/// Why the workbook's own records cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Encrypted,
    Damaged,
}

/// Reads an old workbook. The finding says why nothing could be read at all; what is wrong with
/// single sheets goes into the report.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let compound = Compound::open(bytes).ok_or_else(not_whole)?;
    let stream = compound.stream("Workbook").or_else(|| compound.stream("Book")).ok_or_else(not_whole)?;
    let reading = Reading { stream: &stream, file, limits };
    let (mut book, mut found, should_be_gbk) = reading.read(false)?;
    if should_be_gbk {
        (book, found, _) = reading.read(true)?;
        let finding = Finding::new(&codes::CODE_PAGE_CORRECTED, "文件没有正确写明文字编码，已按 GBK 读取")
            .hint("请抽查几处文字；另存为 xlsx 格式可免去此提示");
        report.push(finding.at(Origin::file(file)));
    }
    report.append(found);
    book.has_macros = compound.has("_VBA_PROJECT_CUR");
    Ok(book)
}

fn not_whole() -> Refusal {
    damaged("文件不完整或内部的数据有误，无法读取")
}

struct Reading<'a> {
    stream: &'a [u8],
    file: FileId,
    limits: &'a Limits,
}

impl Reading<'_> {
    /// The book, what is to be said about its sheets, and whether its text must be read as GBK.
    fn read(&self, as_gbk: bool) -> Result<(Book, Report, bool), Refusal> {
        let mut globals = Globals::read(self.stream, as_gbk).map_err(|it| match it {
            Refused::Encrypted => encrypted(),
            Refused::Damaged => not_whole(),
        })?;
        let mut report = Report::default();
        let sheets = std::mem::take(&mut globals.sheets);
        let names = sheets.iter().map(|it| it.name.as_str().into()).collect();
        let mut unread = self.stream.len();
        let mut book = Book { names, n_links: globals.n_links, ..Book::default() };
        for (index, sheet) in (0_u16..).zip(&sheets) {
            let origin = Origin::sheet(self.file, index);
            if !sheet.is_worksheet {
                report.push(not_a_worksheet(origin));
                continue;
            }
            let mut grid = Grid::empty(self.file, index, sheet.name.as_str());
            grid.hidden = sheet.hidden;
            let mut records = Records::from(self.stream, sheet.offset);
            let before = records.n_bytes();
            let read =
                cells::Sheet::new(&mut globals, self.limits, &mut grid, &mut report).read(&mut records);
            // Sheets that lie over one another would be read again and again.
            unread = unread.checked_sub(before - records.n_bytes()).ok_or_else(not_whole)?;
            match read {
                Ok(aside) => {
                    book.asides.push((index, aside));
                    book.grids.push(grid);
                }
                Err(finding) => report.push(finding.at(origin)),
            }
        }
        Ok((book, report, globals.texts.should_be_gbk()))
    }
}
