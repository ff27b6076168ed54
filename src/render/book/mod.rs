//! Workbooks: a description becomes an xlsx file that prints as an official table.

mod heading;
mod measure;
mod plan;
mod style;
mod table;
mod tab;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use thiserror::Error;

use crate::documents::Book;

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
    /// What the writer refused for another reason.
    #[error("写不出工作簿：{0}")]
    Writer(#[from] XlsxError),
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
    for (sheet, name) in book.sheets.iter().zip(tab::names(&book.sheets)) {
        table::write(workbook.add_worksheet(), sheet, name)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The properties with the book's own date: the writer would otherwise ask the clock.
fn properties(book: &Book) -> Result<DocProperties, BookFault> {
    let [month, day] = [book.date.month().unsigned_abs(), book.date.day().unsigned_abs()];
    let date = ExcelDateTime::from_ymd(book.date.year().unsigned_abs(), month, day)?;
    let properties = DocProperties::new().set_title(&book.title).set_author(&book.author);
    Ok(properties.set_creation_datetime(&date))
}
