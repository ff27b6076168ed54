//! Workbooks: a description becomes an xlsx file that prints as an official table.

mod charts;
mod cover;
mod formula;
mod plan;
mod style;
mod rows;
mod table;
mod undated;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use thiserror::Error;

use self::formula::Atlas;
use self::undated::undated;
use documents::{Book, Sheet};

/// Excel's longest text in a cell, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Why a workbook could not be written: its description is at fault, never the clerk's file.
#[derive(Debug, Error)]
pub enum BookFault {
    /// A text that no cell can hold.
    #[error("工作表“{sheet}”{cell} 有 {length} 个字符，单元格最多容纳 {LONGEST} 个")]
    TooLong {
        /// The name on the tab.
        sheet: String,
        /// The cell as A1.
        cell: String,
        /// Its length in UTF-16 units, as Excel counts.
        length: usize,
    },
    /// A row that has more or fewer cells than the table has columns.
    #[error("工作表“{sheet}”第 {row} 行有 {cells} 个单元格，表格有 {columns} 列")]
    Ragged {
        /// The name on the tab.
        sheet: String,
        /// The row of the data, counted from one.
        row: usize,
        /// How many cells it has.
        cells: usize,
        /// How many columns the table has.
        columns: usize,
    },
    /// More rows or columns than a sheet has.
    #[error("工作表“{sheet}”放不下：{rows} 行、{columns} 列")]
    TooLarge {
        /// The name on the tab.
        sheet: String,
        /// Rows of data.
        rows: usize,
        /// Columns.
        columns: usize,
    },
    /// A formula or a name that refers to a cell that is not there.
    #[error("公式或名称引用了不存在的单元格（第 {} 张表，第 {} 行，第 {} 列）", .sheet + 1, .row + 1, .column + 1)]
    Dangling {
        /// Index of the sheet.
        sheet: usize,
        /// Index of the row.
        row: usize,
        /// Index of the column.
        column: usize,
    },
    /// What the writer refused for another reason.
    #[error("写不出工作簿：{0}")]
    Writer(#[from] XlsxError),
    /// What the writer made cannot be read again.
    #[error("写不出工作簿：写好的文件不能再读")]
    Unreadable,
    /// The package cannot be put together again.
    #[error("写不出工作簿：{0}")]
    Package(#[from] ooxml::WriteFault),
}

/// Writes the workbook; the same description gives the same bytes.
///
/// # Errors
///
/// A description that no xlsx file can hold; see [`BookFault`].
pub fn workbook(book: &Book) -> Result<Vec<u8>, BookFault> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&style::default(), style::ROW_PIXELS, style::COLUMN_PIXELS)?;
    workbook.set_properties(&properties(book)?);
    let atlas = Atlas::new(book, book.tabs());
    for (index, sheet) in book.sheets.iter().enumerate() {
        let paper = workbook.add_worksheet();
        match sheet {
            Sheet::Table(it) => table::write(paper, it, &atlas, index)?,
            Sheet::Cover(it) => cover::write(paper, it, &atlas, index)?,
            Sheet::Charts(it) => charts::write(paper, it, &atlas, index)?,
        }
    }
    for name in &book.names {
        workbook.define_name(&*name.name, &format!("={}", atlas.area(name.cell, name.to)?))?;
    }
    let bytes = workbook.save_to_buffer()?;
    if book.date.is_some() { Ok(bytes) } else { undated(&bytes) }
}

/// The properties with the book's own date. The writer would otherwise ask the clock: it is given the first day of its
/// calendar where there is none, which [`undated()`] takes out again.
fn properties(book: &Book) -> Result<DocProperties, BookFault> {
    let date = book.date.unwrap_or(Date::constant(1900, 1, 1));
    let [month, day] = [date.month().unsigned_abs(), date.day().unsigned_abs()];
    let date = ExcelDateTime::from_ymd(date.year().unsigned_abs(), month, day)?;
    let properties = DocProperties::new().set_title(&book.title).set_author(&book.author);
    Ok(properties.set_creation_datetime(&date))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use jiff::civil::Date;

    use super::*;
    use documents::{Align, Captions, Cell, Column, Paper, Row, Table};

    fn column(heading: &[&str], align: Align) -> Column {
        Column { heading: heading.iter().map(ToString::to_string).collect(), width: None, align }
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn sheet() -> Table {
        Table {
            name: "申报/汇总".to_owned(),
            title: "样板支部申报汇总表".to_owned(),
            lines: vec!["填报单位：示例理工大学".to_owned(), "填报日期：2024年12月31日".to_owned()],
            paper: Paper::A4Landscape,
            columns: vec![
                column(&["序号"], Align::Center),
                column(&["党支部名称"], Align::Left),
                column(&["党员数", "正式"], Align::Right),
                column(&["党员数", "预备"], Align::Right),
                column(&["经费"], Align::Right),
            ],
            rows: vec![
                Row::from(vec![
                    Cell::Integer(1),
                    text("=1+1"),
                    text("007"),
                    Cell::Integer(2),
                    Cell::Decimal("12.50".parse().unwrap()),
                ]),
                Row::from(vec![
                    Cell::Integer(i64::MAX),
                    text("设计系\n教师党支部"),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                ]),
            ],
            notes: vec!["注：数据与申报书一致。".to_owned()],
            ..Table::default()
        }
    }

    fn book(tables: Vec<Table>) -> Book {
        let date = Some(Date::constant(2024, 12, 31));
        let sheets = tables.into_iter().map(Sheet::Table).collect();
        let [title, author] = ["汇总表", "示例理工大学"].map(ToOwned::to_owned);
        let captions = Captions { footer: "第 &P 页 共 &N 页".into(), ..Captions::default() };
        Book { title, author, date, sheets, names: Vec::new(), captions: captions.into() }
    }

    fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(bytes)).unwrap()
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    }

    #[test]
    fn what_is_described_is_read_back() {
        let mut xlsx = open(workbook(&book(vec![sheet()])).unwrap());
        let range = xlsx.worksheet_range("申报／汇总").unwrap();
        let at = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(at(0, 0), Data::String("样板支部申报汇总表".into()));
        assert_eq!(at(1, 4), Data::String("填报日期：2024年12月31日".into()));
        assert_eq!([at(2, 2), at(3, 3)], [Data::String("党员数".into()), Data::String("预备".into())]);
        assert_eq!(at(4, 1), Data::String("=1+1".into()), "never a formula");
        assert_eq!(at(4, 2), Data::String("007".into()), "text stays text");
        assert_eq!([at(4, 0), at(4, 4)], [Data::Float(1.0), Data::Float(12.5)]);
        assert_eq!(at(5, 0), Data::String("9223372036854775807".into()), "no digit is lost to a float");
        assert_eq!(at(6, 0), Data::String("注：数据与申报书一致。".into()));
        assert!(xlsx.worksheet_formula("申报／汇总").unwrap().is_empty());
    }

    #[test]
    fn headings_are_merged_across_groups_and_downwards() {
        let mut xlsx = open(workbook(&book(vec![sheet()])).unwrap());
        let mut merged: Vec<_> = xlsx.merge_cells_by_sheet_name("申报／汇总").unwrap();
        merged.sort_by_key(|it| (it.start, it.end));
        let merged: Vec<_> = merged.into_iter().map(|it| (it.start, it.end)).collect();
        assert_eq!(
            merged,
            [
                ((0, 0), (0, 4)),
                ((2, 0), (3, 0)),
                ((2, 1), (3, 1)),
                ((2, 2), (2, 3)),
                ((2, 4), (3, 4)),
                ((6, 0), (6, 4)),
            ]
        );
    }

    #[test]
    fn the_page_is_set_up_and_a_draft_says_so() {
        let draft = Table { draft: Some("草稿：尚有 12 处错误".to_owned()), ..sheet() };
        let bytes = workbook(&book(vec![sheet(), draft])).unwrap();
        let [first, second] = [1, 2].map(|at| part(&bytes, &format!("xl/worksheets/sheet{at}.xml")));
        for expected in [
            "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"",
            "<pane ySplit=\"4\" topLeftCell=\"A5\"",
            "第 &amp;P 页 共 &amp;N 页",
        ] {
            assert!(first.contains(expected), "{expected} in {first}");
        }
        let workbook = part(&bytes, "xl/workbook.xml");
        assert!(workbook.contains("'申报／汇总'!$3:$4"), "the headings repeat: {workbook}");
        assert!(workbook.contains("name=\"申报／汇总（2）\""));
        assert!(!first.contains("草稿") && second.contains("尚有 12 处错误</oddHeader>"));
        assert!(part(&bytes, "xl/sharedStrings.xml").contains("草稿：尚有 12 处错误"));
    }

    #[test]
    fn the_same_book_gives_the_same_bytes_and_bears_its_own_date() {
        let bytes = workbook(&book(vec![sheet()])).unwrap();
        assert_eq!(bytes, workbook(&book(vec![sheet()])).unwrap());
        assert!(part(&bytes, "docProps/core.xml").contains("2024-12-31T00:00:00Z"));
    }

    #[test]
    fn a_book_without_a_date_states_none_and_is_whole() {
        let undated = Book { date: None, ..book(vec![sheet()]) };
        let bytes = workbook(&undated).unwrap();
        assert_eq!(bytes, workbook(&undated).unwrap());
        let properties = part(&bytes, "docProps/core.xml");
        assert!(properties.contains("示例理工大学</dc:creator>"), "{properties}");
        assert!(!properties.contains("dcterms:") && !properties.contains("1900-"), "{properties}");
        assert!(part(&bytes, "[Content_Types].xml").contains("/docProps/core.xml"));
        let mut xlsx = open(bytes);
        assert_eq!(xlsx.worksheet_range("申报／汇总").unwrap().get_size(), (7, 5));
    }

    #[test]
    fn a_description_that_does_not_fit_is_refused() {
        let mut ragged = sheet();
        ragged.rows[1].cells.pop();
        let fault = workbook(&book(vec![ragged])).unwrap_err().to_string();
        assert_eq!(fault, "工作表“申报/汇总”第 2 行有 4 个单元格，表格有 5 列");
        let mut long = sheet();
        long.rows[1].cells[1] = text(&"长".repeat(32_768));
        let fault = workbook(&book(vec![long])).unwrap_err().to_string();
        assert_eq!(fault, "工作表“申报/汇总”B6 有 32768 个字符，单元格最多容纳 32767 个");
    }

    #[test]
    fn an_almost_empty_sheet_is_written_too() {
        let columns = vec![column(&[], Align::Left)];
        let bare =
            Table { columns, rows: vec![], lines: vec![], notes: vec![], title: String::new(), ..sheet() };
        let none = Table { columns: vec![], ..bare.clone() };
        assert!(workbook(&book(vec![bare, none])).is_ok());
    }
}
