//! Old workbooks (xls, WPS et; BIFF5 to BIFF8), read record by record.
//!
//! calamine reads this format too, but it reserves memory for whatever extent a file claims, follows
//! chains of sectors without end, and keeps no number formats: without them `2019年7月`, stored as
//! the first of July, would become a day that nobody gave.

pub(super) mod records;
pub(super) mod strings;
pub(super) mod shared;
mod globals;
mod cells;

use self::globals::Globals;
use self::records::Records;
use super::book::{Book, not_a_worksheet};
use super::compound::Compound;
use super::package::damaged;
use super::sniff::encrypted;
use super::{Grid, Limits, Refusal};
use finding::{FileId, Finding, Origin, Report, codes};

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
    let reading = XlsReader { stream: &stream, file, limits };
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

struct XlsReader<'a> {
    stream: &'a [u8],
    file: FileId,
    limits: &'a Limits,
}

impl XlsReader<'_> {
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
            grid.epoch = globals.epoch;
            let mut records = Records::from(self.stream, sheet.offset);
            let before = records.n_bytes();
            let read =
                cells::XlsSheet::new(&mut globals, self.limits, &mut grid, &mut report).read(&mut records);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compound::tests::compound;
    use finding::Sources;
    use value::{Epoch, Raw};

    fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
        let data = parts.concat();
        [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), &data].concat()
    }

    /// A BIFF5 book with one sheet; the globals may be given further records.
    fn book(more: &[u8], cells: &[Vec<u8>]) -> Vec<u8> {
        book_of(1, more, cells)
    }

    /// A book in which one sheet is listed several times.
    fn book_of(n_sheets: usize, more: &[u8], cells: &[Vec<u8>]) -> Vec<u8> {
        let (name, _, _) = encoding_rs::GB18030.encode("党支部");
        let begin = record(0x0809, &[&[0, 5, 5, 0]]);
        let globals = |offset: u32| {
            let sheet = [&offset.to_le_bytes()[..], &[0, 0, 6], &name].concat();
            let format = record(0x041E, &[&[164, 0, 7], b"yyyy.mm"]);
            let xfs = [record(0x00E0, &[&[0, 0, 0, 0]]), record(0x00E0, &[&[0, 0, 164, 0]])].concat();
            [
                &begin[..],
                more,
                &format,
                &xfs,
                &record(0x0085, &[&sheet]).repeat(n_sheets),
                &record(0x000A, &[]),
            ]
            .concat()
        };
        let offset = u32::try_from(globals(0).len()).unwrap();
        [globals(offset), begin.clone(), cells.concat(), record(0x000A, &[])].concat()
    }

    fn label(row: u8, text: &str) -> Vec<u8> {
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        record(0x0204, &[&[row, 0, 0, 0, 0, 0, u8::try_from(bytes.len()).unwrap(), 0], &bytes])
    }

    fn read_stream(stream: &[u8]) -> (Result<Book, Refusal>, Report) {
        let mut report = Report::default();
        let bytes = compound(&[("Book", stream)]);
        // What is beyond the stream within its sectors is no record.
        (read(&bytes, Sources::default().add("a.xls"), &Limits::standard(), &mut report), report)
    }

    #[test]
    fn gbk_is_recognised_where_the_code_page_is_wrong_or_missing_and_said() {
        let wrong = record(0x0042, &[&1252_u16.to_le_bytes()]);
        let right = record(0x0042, &[&936_u16.to_le_bytes()]);
        for (code_page, n_notes) in [(&[][..], 1), (&wrong, 1), (&right, 0)] {
            let (book, report) = read_stream(&book(code_page, &[label(0, "姓名"), label(1, "欧阳示例")]));
            let book = book.unwrap();
            assert_eq!((&*book.names[0], book.grids[0].get(1, 0).display().as_str()), ("党支部", "欧阳示例"));
            assert_eq!(report.findings().len(), n_notes);
            assert!(report.findings().iter().all(|it| it.code == "code-page-corrected"));
        }
    }

    #[test]
    fn numbers_take_their_format_and_days_may_count_from_1904() {
        let number = |format: u8| record(0x0203, &[&[0, 0, format, 0, format, 0], &42185_f64.to_le_bytes()]);
        let epoch = record(0x0022, &[&[1, 0]]);
        let truth = record(0x0205, &[&[0, 0, 2, 0, 0, 0, 1, 0]]);
        let error = record(0x0205, &[&[0, 0, 3, 0, 0, 0, 0x7F, 1]]);
        let (book, _) = read_stream(&book(&epoch, &[number(0), number(1), truth, error]));
        let grid = book.unwrap().grids.remove(0);
        let shown: Vec<_> = (0..4).map(|col| grid.get(0, col).display()).collect();
        assert_eq!(grid.epoch, Epoch::MAC);
        assert_eq!(shown, ["42185", "2019-07", "TRUE", "无法读取的内容"]);
    }

    #[test]
    fn what_is_encrypted_or_breaks_off_is_refused_and_sheets_over_one_another_too() {
        let code = |it: (Result<Book, Refusal>, Report)| it.0.unwrap_err().code.into_owned();
        assert_eq!(code(read_stream(&book(&record(0x002F, &[&[0; 6]]), &[]))), "file-encrypted");
        assert_eq!(code(read_stream(b"")), "file-damaged");
        let whole = book(&[], &[label(0, "姓名")]);
        let (cut, report) = read_stream(&whole[..whole.len() - 4]);
        assert!(cut.unwrap().grids.is_empty());
        assert!(report.findings().iter().any(|it| it.code == "sheet-damaged"));
        let cells: Vec<_> = (0..200).map(|row| label(row, "姓名")).collect();
        assert_eq!(code(read_stream(&book_of(40, &[], &cells))), "file-damaged");
    }

    #[test]
    fn a_formula_keeps_its_result_and_one_of_xlwt_has_none() {
        let formula = |result: [u8; 8]| record(0x0006, &[&[0, 0, 0, 0, 0, 0], &result, &[0; 8]]);
        let blank = [3, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        let owner = record(0x005C, &[b"\x04None"]);
        let result = |more: &[u8], cells: &[Vec<u8>]| {
            read_stream(&book(more, cells)).0.unwrap().grids[0].get(0, 0).clone()
        };
        assert_eq!(result(&[], &[formula(blank)]), Raw::Empty);
        assert_eq!(result(&owner, &[formula(blank)]), Raw::Uncalculated);
        assert_eq!(result(&[], &[formula(13_f64.to_le_bytes())]).display(), "13");
        let text = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        assert_eq!(result(&[], &[formula(text), record(0x0207, &[&[2, 0], b"ab"])]), Raw::Text("ab".into()));
        assert_eq!(result(&[], &[formula([2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF])]), Raw::Error("#N/A".into()));
    }
}
