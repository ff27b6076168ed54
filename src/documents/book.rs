//! The description of a workbook: what stands where; how it is written is the renderer's business.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// Title in the document's properties.
    pub title: String,
    /// Who issues it: institution and department.
    pub author: String,
    /// Creation date in the document's properties; no clock is asked.
    pub date: Date,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
}

/// A sheet with one table: title, a line below it, headings of one or more levels, rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// Title above the table.
    pub title: String,
    /// Texts of the line between title and headings (填报单位, 填报日期 …), spread over the width.
    pub lines: Vec<String>,
    /// Paper and orientation.
    pub paper: Paper,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows; each has one cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// Notes below the table, one a row.
    pub notes: Vec<String>,
    /// The mark of a draft, printed in the header, with the number of errors.
    pub draft: Option<String>,
}

/// Paper size and orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A4 upright.
    A4Portrait,
    /// A4 on its side.
    A4Landscape,
    /// A3 on its side.
    A3Landscape,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its headings from the top level down; neighbours that share the upper ones are merged there,
    /// and a column with fewer levels than others is merged downwards.
    pub heading: Vec<String>,
    /// Width in Chinese characters; computed from the content if none is given.
    pub width: Option<u16>,
    /// How its cells stand.
    pub align: Align,
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left; long texts.
    Left,
    /// In the middle; names, dates, short words.
    Center,
    /// At the right; numbers.
    Right,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text; never a formula, whatever it begins with.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal, shown with its own number of places.
    Decimal(Decimal),
}
