//! Workbooks (xlsx, xlsm): their sheets as grids with absolute addresses.

mod promises;
mod scan;
mod cells;
pub(super) mod pictures;
mod rich;
mod struck;

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Reader as _, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use self::pictures::Pictures;
use self::promises::Noticed;
use super::book::{Aside, Book, not_a_worksheet, sheet_damaged};
use super::package::damaged;
use super::sniff::encrypted;
use super::struck::Partly;
use super::{Grid, Limits, Refusal, refusal};
use finding::{Area, FileId, Origin, Report, codes};
use ooxml::{Cell, Package};
use value::Epoch;

/// Reads a workbook. The finding says why nothing could be read at all; what is wrong with single
/// sheets goes into the report.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let (mut package, noticed) = promises::open(bytes, limits)?;
    let strings = noticed.striking.iter().find(|it| it.ends_with("sharedstrings.xml"));
    let strings =
        strings.and_then(|it| package.names().find(|name| name.eq_ignore_ascii_case(it)).map(str::to_owned));
    let struck = strings.map(|it| struck::shared(&mut package, &it)).unwrap_or_default();
    let book = Xlsx::new(Cursor::new(bytes)).map_err(|it| refuse(&it))?;
    let (book, found) =
        XlsxReader { book, package, noticed, pictures: Pictures::default(), struck, file, limits }.read();
    report.append(found);
    Ok(book)
}

fn refuse(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => encrypted(),
        XlsxError::Unrecognized { typ: "sheet:type", .. } => refusal(
            &codes::FORMAT_NOT_SUPPORTED,
            "文件中有宏表等特殊的工作表，程序无法读取",
            "请用 WPS 或 Excel 打开该文件，删去宏表，另存为 xlsx 后重新提交",
        ),
        _ => damaged("文件内部的数据有误，无法读取"),
    }
}

/// A workbook being read.
struct XlsxReader<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
    package: Package<'a>,
    noticed: Noticed,
    pictures: Pictures,
    /// Shared texts of which something is struck out.
    struck: HashMap<usize, Partly>,
    file: FileId,
    limits: &'a Limits,
}

impl XlsxReader<'_> {
    fn read(mut self) -> (Book, Report) {
        let mut report = Report::default();
        let sheets: Vec<Sheet> = self.book.sheets_metadata().to_vec();
        let parts = scan::sheet_parts(&mut self.package);
        let names = sheets.iter().map(|it| it.name.as_str().into()).collect();
        let mut book = Book { names, ..Book::default() };
        for name in self.package.names().map(|it| it.to_ascii_lowercase()) {
            book.n_links += usize::from(name.starts_with("xl/externallinks/externallink"));
            book.has_macros |= name.ends_with("/vbaproject.bin");
        }
        for (index, sheet) in (0_u16..).zip(&sheets) {
            let origin = Origin::sheet(self.file, index);
            if sheet.typ != SheetType::WorkSheet {
                report.push(not_a_worksheet(origin));
                continue;
            }
            let mut grid = Grid::empty(self.file, index, sheet.name.as_str());
            grid.hidden = sheet.visible != SheetVisible::Visible;
            let part = parts.get(&sheet.name).map_or("", String::as_str);
            match self.fill(&mut grid, part, &mut report) {
                Ok(aside) => {
                    book.asides.push((index, aside));
                    book.grids.push(grid);
                }
                Err(finding) => report.push(finding.at(origin)),
            }
        }
        (book, report)
    }

    fn fill(&mut self, grid: &mut Grid, part: &str, report: &mut Report) -> Result<Aside, Refusal> {
        let name = part.to_ascii_lowercase();
        let has_formulas = self.noticed.formulas.contains(&name);
        let hides = self.noticed.hiding.contains(&name);
        let mut beside = scan::beside(&mut self.package, part, hides).ok_or_else(sheet_damaged)?;
        grid.merges = self.in_order(beside.merges);
        grid.epoch = if self.book.has_1904_epoch() { Epoch::MAC } else { Epoch::USUAL };
        let reader = self.book.worksheet_cells_reader(&grid.name).map_err(|_| sheet_damaged())?;
        let mut places = cells::Places::new(&mut self.package, part, self.limits);
        let (found, mut struck) = cells::read(reader, &mut places, grid)?;
        report.append(found);
        if has_formulas {
            cells::mark_uncalculated(&mut places, grid)?;
        }
        if !self.struck.is_empty() || self.noticed.striking.contains(&name) {
            let found = struck::cells(&mut self.package, part, &self.struck);
            cells::leave_out(found, self.limits, grid, &mut struck);
        }
        beside.aside.struck = struck;
        self.pictures.place(grid, &mut self.package, self.limits);
        self.pictures.place_rich(grid, part, &mut self.package, self.limits);
        Ok(beside.aside)
    }

    /// The merged areas with their corners in order, within the sheet's bounds; single cells are left out.
    fn in_order(&self, merges: Vec<[Cell; 2]>) -> Vec<Area> {
        let row = |it: u32| it.min(self.limits.rows - 1);
        let col = |it: u32| u16::try_from(it).unwrap_or(u16::MAX).min(self.limits.columns - 1);
        let areas = merges.into_iter().map(|[from, to]| Area {
            top: row(from.0.min(to.0)),
            left: col(from.1.min(to.1)),
            bottom: row(from.0.max(to.0)),
            right: col(from.1.max(to.1)),
        });
        areas.filter(|it| it.top < it.bottom || it.left < it.right).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
    use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

    use super::*;
    use finding::Sources;
    use value::{DatePart, Raw};

    const SHEET: &str = "xl/worksheets/sheet1.xml";

    fn build(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(book.add_worksheet());
        book.save_to_buffer().unwrap()
    }

    /// The same package with one part changed.
    fn patch(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
        let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..from.len() {
            let mut file = from.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            to.start_file(&*name, SimpleFileOptions::default()).unwrap();
            to.write_all(if name == part { change(text) } else { text }.as_bytes()).unwrap();
        }
        to.finish().unwrap().into_inner()
    }

    /// A sheet whose `sheetData` is the given XML.
    fn raw_sheet(xml: &str) -> Vec<u8> {
        let bytes = build(|it| drop(it.write(0, 0, "x")));
        patch(&bytes, SHEET, |text| {
            let (head, rest) = text.split_once("<sheetData>").unwrap();
            format!("{head}<sheetData>{xml}</sheetData>{}", rest.split_once("</sheetData>").unwrap().1)
        })
    }

    fn read_book(bytes: &[u8]) -> (Result<Book, Refusal>, Report) {
        let mut report = Report::default();
        (read(bytes, Sources::default().add("a.xlsx"), &Limits::standard(), &mut report), report)
    }

    fn grid(bytes: &[u8]) -> Grid {
        let (book, report) = read_book(bytes);
        assert!(report.findings().is_empty(), "{report:?}");
        book.unwrap().grids.remove(0)
    }

    fn number(value: f64, decimals: Option<u8>, percent: bool) -> Raw {
        Raw::Number { value, decimals, percent }
    }

    fn date(serial: f64, precision: DatePart) -> Raw {
        Raw::Date { serial, precision }
    }

    #[test]
    fn what_is_struck_out_is_told_and_struck_words_are_left_out() {
        let struck = Format::new().set_font_strikethrough();
        let bytes = build(|it| {
            it.write_with_format(0, 0, "甲", &struck).unwrap();
            it.write_rich_string(1, 0, &[(&Format::default(), "李明"), (&struck, "王强")]).unwrap();
            it.write_rich_string(2, 0, &[(&Format::default(), "李明"), (&Format::new().set_bold(), "王强")])
                .unwrap();
        });
        let mut book = read_book(&bytes).0.unwrap();
        let (_, aside) = book.asides.remove(0);
        assert_eq!(aside.struck.whole, [(0, 0)].into());
        let words: Vec<_> =
            aside.struck.words.iter().map(|(at, it)| (*at, it.parts().collect::<Vec<_>>())).collect();
        assert_eq!(words, [((1, 0), vec![("李明", false), ("王强", true)])]);
        let texts = [1, 2].map(|it| book.grids[0].get(it, 0).display());
        assert_eq!(texts, ["李明", "李明王强"]);
    }

    #[test]
    fn cells_come_with_absolute_addresses_their_kinds_and_their_formats() {
        let grid = grid(&build(|it| {
            it.write(2, 2, "  姓\u{3000}名\u{3000}").unwrap();
            it.write(2, 3, 13.0).unwrap();
            it.write_with_format(2, 4, 0.255, &Format::new().set_num_format("0.0%")).unwrap();
            let date = ExcelDateTime::from_ymd(2019, 7, 1).unwrap();
            it.write_with_format(3, 2, &date, &Format::new().set_num_format("yyyy/m/d")).unwrap();
            it.write_with_format(3, 3, 2019.1, &Format::new().set_num_format("0.00")).unwrap();
            it.write(4, 2, true).unwrap();
            it.write(5, 2, " ").unwrap();
        }));
        assert_eq!(grid.get(2, 2), &Raw::Text("姓\u{3000}名".into()));
        assert_eq!(grid.get(2, 3), &number(13.0, None, false));
        assert_eq!(grid.get(2, 4), &number(0.255, Some(1), true));
        assert_eq!(grid.get(3, 2), &date(43647.0, DatePart::Day));
        assert_eq!(grid.get(3, 3), &number(2019.1, Some(2), false));
        assert_eq!(grid.get(4, 2), &Raw::Bool(true));
        assert_eq!(grid.rows().iter().map(|it| it.number).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn a_date_of_a_1904_workbook_is_the_same_day() {
        let bytes = build(|it| {
            let format = Format::new().set_num_format("yyyy-mm-dd");
            it.write_with_format(0, 0, 42185.0, &format).unwrap();
        });
        let bytes =
            patch(&bytes, "xl/workbook.xml", |it| it.replace("<workbookPr ", "<workbookPr date1904=\"1\" "));
        let grid = grid(&bytes);
        assert_eq!((grid.get(0, 0), grid.epoch), (&date(43647.0, DatePart::Day), Epoch::MAC));
    }

    #[test]
    fn a_date_cell_is_as_precise_as_its_format_shows() {
        let bytes = build(|it| {
            let codes = ["yyyy\"年\"m\"月\"", "[$-804]yyyy\"年\"m\"月\";@", "yyyy.mm", "yyyy", "yyyy-mm-dd"];
            let written = codes.map(|it| Format::new().set_num_format(it));
            // 17 is mmm-yy, 57 yyyy年m月, 58 m月d日, 14 the local date.
            let built_in = [17, 57, 58, 14].map(|it| Format::new().set_num_format_index(it));
            for (col, format) in (0..).zip(written.iter().chain(&built_in)) {
                it.write_with_format(0, col, 43647, format).unwrap();
            }
        });
        let grid = grid(&bytes);
        let parts: String = (0..9)
            .map(|col| match grid.get(0, col) {
                Raw::Date { precision: DatePart::Year, .. } => 'y',
                Raw::Date { precision: DatePart::Month, .. } => 'm',
                Raw::Date { precision: DatePart::Day, .. } => 'd',
                _ => '?',
            })
            .collect();
        assert_eq!(parts, "mmmydmmdd");
    }

    #[test]
    fn a_date_stored_as_text_loses_the_first_of_a_month_that_is_not_shown() {
        let bytes = build(|it| {
            let month = Format::new().set_num_format("yyyy.mm");
            for col in 0..3 {
                it.write_with_format(0, col, 1, &month).unwrap();
            }
        });
        let bytes = patch(&bytes, SHEET, |mut it| {
            for iso in ["2019-07-01T00:00:00", "2019-07-15", "2019-07"] {
                it = it.replacen("><v>1</v>", &format!(" t=\"d\"><v>{iso}</v>"), 1);
            }
            it
        });
        let grid = grid(&bytes);
        let texts: Vec<String> = (0..3).map(|col| grid.get(0, col).display()).collect();
        assert_eq!(texts, ["2019-07", "2019-07-15", "2019-07"]);
    }

    #[test]
    fn an_error_that_calamine_refuses_costs_its_own_cell_only_even_without_addresses() {
        let addressed = "<row r=\"2\"><c r=\"B2\" t=\"e\"><v>#SPILL!</v></c><c r=\"C2\"><v>5</v></c><c r=\"D2\" t=\"e\"><v>#N/A</v></c></row>";
        let bare = "<row/><row><c/><c t=\"e\"><v>#名称?</v></c><c><v>5</v></c><c t=\"b\"><v>甲</v></c></row>";
        let grids = [grid(&raw_sheet(addressed)), grid(&raw_sheet(bare))];
        assert_eq!(grids[0].get(1, 1), &Raw::Error("#SPILL!".into()));
        assert_eq!(grids[0].get(1, 3), &Raw::Error("#N/A".into()));
        assert_eq!(grids[1].get(1, 1), &Raw::Error("#名称?".into()));
        assert_eq!(grids[1].get(1, 3), &Raw::Error("无法读取的内容".into()));
        assert!(grids.iter().all(|it| it.get(1, 2) == &number(5.0, None, false)));
    }

    #[test]
    fn a_formula_without_a_result_is_told_from_one_whose_result_is_empty() {
        let xml = "<row r=\"1\"><c r=\"A1\"><f>B1</f><v></v></c><c r=\"B1\"><f>1+1</f></c>\
                   <c r=\"C1\" t=\"str\"><f>B9</f><v></v></c><c r=\"D1\"><f>1+1</f><v>2</v></c><c r=\"E1\"/></row>";
        let sheet = grid(&raw_sheet(xml));
        let row: Vec<_> = (0..5).map(|col| sheet.get(0, col).clone()).collect();
        assert_eq!(
            row,
            [Raw::Uncalculated, Raw::Uncalculated, Raw::Empty, number(2.0, None, false), Raw::Empty]
        );
        let whole = grid(&build(|it| drop(it.write(0, 0, Formula::new("1+1").set_result("2")))));
        assert_eq!(whole.get(0, 0), &number(2.0, None, false));
    }

    #[test]
    fn merges_are_put_in_order_and_hidden_sheets_are_flagged() {
        let bytes = build(|it| {
            it.merge_range(0, 0, 1, 3, "标题", &Format::new()).unwrap();
        });
        let bytes =
            patch(&bytes, SHEET, |it| it.replace("mergeCell ref=\"A1:D2\"", "mergeCell ref=\"D2:A1\""));
        let bytes =
            patch(&bytes, "xl/workbook.xml", |it| it.replace("<sheet ", "<sheet state=\"veryHidden\" "));
        let grid = grid(&bytes);
        assert_eq!(grid.merges, [Area { top: 0, left: 0, bottom: 1, right: 3 }]);
        assert_eq!(grid.shown(1, 2), &Raw::Text("标题".into()));
        assert!(grid.hidden);
    }

    #[test]
    fn a_sheet_that_cannot_be_read_is_left_out_and_the_others_stay() {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("坏").unwrap().write(0, 0, 1).unwrap();
        book.add_worksheet().set_name("好").unwrap().write(0, 0, 1).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        for xml in [
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c>",
            "<row r=\"2000000\"><c r=\"A2000000\"><v>1</v></c></row></sheetData></worksheet>",
        ] {
            let broken = patch(&bytes, SHEET, |it| {
                format!("{}<sheetData>{xml}", it.split_once("<sheetData>").unwrap().0)
            });
            let (book, report) = read_book(&broken);
            let book = book.unwrap();
            assert_eq!(report.findings()[0].code, "sheet-damaged");
            assert_eq!(report.findings()[0].origin, Some(Origin::sheet(book.grids[0].file, 0)));
            assert_eq!((&*book.names[0], &*book.grids[0].name, book.grids[0].sheet), ("坏", "好", 1));
        }
    }

    #[test]
    fn packages_that_would_exhaust_the_machine_are_refused() {
        let code = |bytes: &[u8]| read_book(bytes).0.err().map(|it| it.code.into_owned());
        let good = build(|it| drop(it.write(0, 0, "甲")));
        assert_eq!(code(&good), None);
        assert_eq!(code(&good[..good.len() / 2]).as_deref(), Some("file-damaged"));
        let promise = patch(&good, "xl/sharedStrings.xml", |it| {
            it.replace("uniqueCount=\"1\"", "uniqueCount=\"1000000000000\"")
        });
        assert_eq!(code(&promise).as_deref(), Some("file-unsafe"));
        let bomb = patch(&good, SHEET, |it| it + &" ".repeat(20 << 20));
        assert_eq!(code(&bomb).as_deref(), Some("file-unsafe"));
        let overflow = raw_sheet("<row r=\"1\"><c r=\"ZZZZZZZZ1\"><v>1</v></c></row>");
        // calamine's arithmetic is checked and panics.
        let file = Sources::default().add("a.xlsx");
        let reading = crate::read(&overflow, "a.xlsx", file, &Limits::standard());
        assert_eq!(reading.report.findings()[0].code, "file-damaged");
        let far = raw_sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1048576\"><v>2</v></c></row>");
        assert_eq!(grid(&far).get(1_048_575, 16_383), &number(2.0, None, false));
    }

    #[test]
    fn a_bit_turned_over_in_a_part_is_noticed() {
        let mut bytes = build(|it| drop(it.write(0, 0, "甲".repeat(2000))));
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        assert_eq!(read_book(&bytes).0.err().map(|it| it.code.into_owned()).as_deref(), Some("file-damaged"));
    }
}
