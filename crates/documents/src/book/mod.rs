//! The description of a workbook: what stands where; how it is written is the renderer's business.
//!
//! The same description gives the xlsx file and its PDF edition.

mod cell;
mod chart;
mod heading;
pub mod measure;
mod pages;
mod tab;
mod table;
mod widths;

use std::sync::Arc;

use jiff::civil::Date;

use super::captions::Captions;
pub use cell::{Cell, CellRef, Formula, Sign};
pub use chart::{Chart, ChartKind, Charts, Series};
pub use heading::{Block, blocks};
pub use pages::pages_of;
pub(crate) use pages::{align as align_word, chart as chart_data};
pub use tab::tab_name;
pub use table::{Align, Column, Numbering, Paper, Protection, Row, Table, Weight, Zero};
pub use widths::LEVEL_UNITS;

/// A workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// Title in the document's properties.
    pub title: String,
    /// Who issues it: institution and department.
    pub author: String,
    /// Creation date in the document's properties, which state none if none is known; no clock is asked.
    pub date: Option<Date>,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
    /// Names for cells and areas, under which formulas of other workbooks can ask for them.
    pub names: Vec<DefinedName>,
    /// What its parts are called.
    pub captions: Arc<Captions>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Sheet {
    /// The cover of a report.
    Cover(Cover),
    /// A table.
    Table(Table),
    /// Charts over figures of the tables.
    Charts(Charts),
}

/// A cover: title, a line below it, and who reports when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cover {
    /// Name on the tab.
    pub name: String,
    /// The report's title.
    pub title: String,
    /// The line below it (the year), or nothing.
    pub subtitle: String,
    /// Lines at the foot (填报单位：…), one a row.
    pub lines: Vec<String>,
    /// The mark of a draft.
    pub draft: Option<String>,
}

/// A name for an area of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinedName {
    /// The name, as Excel allows it: letters, digits, `_` and `.`, not like a cell's address.
    pub name: String,
    /// Its first cell.
    pub cell: CellRef,
    /// Its last cell; the first one again for a single cell.
    pub to: CellRef,
}

impl Sheet {
    /// Name on the tab.
    pub fn name(&self) -> &str {
        match self {
            Self::Cover(it) => &it.name,
            Self::Table(it) => &it.name,
            Self::Charts(it) => &it.name,
        }
    }

    /// The table on it, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match self {
            Self::Table(it) => Some(it),
            Self::Cover(_) | Self::Charts(_) => None,
        }
    }

    /// The charts on it, if it is a sheet of these.
    pub fn charts(&self) -> Option<&Charts> {
        match self {
            Self::Charts(it) => Some(it),
            Self::Cover(_) | Self::Table(_) => None,
        }
    }
}

impl Book {
    /// The table cell that a reference means, or `None` if there is none.
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.sheets.get(at.sheet)?.table()?.rows.get(at.row)?.cells.get(at.column)
    }
}
