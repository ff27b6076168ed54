//! A sheet's cells with their absolute addresses.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{Area, FileId, Origin};
use crate::value::{Epoch, Raw};

/// A sheet: non-empty cells by absolute address, counted from zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The file it was read from.
    pub file: FileId,
    /// Its index among the file's sheets.
    pub sheet: u16,
    /// Its name; empty for CSV.
    pub name: Arc<str>,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// The day from which its workbook counts; date cells are already put right.
    pub epoch: Epoch,
    /// Non-empty cells by row, then column.
    pub rows: BTreeMap<u32, BTreeMap<u16, Raw>>,
    /// Merged areas.
    pub merges: Vec<Area>,
}

impl Grid {
    /// A sheet without cells.
    pub fn empty(file: FileId, sheet: u16, name: impl Into<Arc<str>>) -> Self {
        Self {
            file,
            sheet,
            name: name.into(),
            hidden: false,
            epoch: Epoch::USUAL,
            rows: BTreeMap::new(),
            merges: Vec::new(),
        }
    }

    /// Puts a cell in its place; an empty one leaves no trace.
    pub fn set(&mut self, row: u32, col: u16, raw: Raw) {
        if !raw.is_empty() {
            self.rows.entry(row).or_default().insert(col, raw);
        }
    }

    /// The content of a cell.
    pub fn get(&self, row: u32, col: u16) -> &Raw {
        self.rows.get(&row).and_then(|it| it.get(&col)).unwrap_or(&Raw::Empty)
    }

    /// The content that is shown at a cell: that of the first cell of its merged area, if it is in one.
    pub fn shown(&self, row: u32, col: u16) -> &Raw {
        match self.merge_at(row, col) {
            Some(area) => self.get(area.top, area.left),
            None => self.get(row, col),
        }
    }

    /// The merged area that covers a cell.
    pub fn merge_at(&self, row: u32, col: u16) -> Option<Area> {
        self.merges.iter().copied().find(|it| it.contains(row, col))
    }

    /// The place of a cell.
    pub fn origin(&self, row: u32, col: u16) -> Origin {
        Origin::cell(self.file, self.sheet, row, col)
    }

    /// The first and last column that hold anything.
    pub fn columns(&self) -> Option<(u16, u16)> {
        let first = self.rows.values().filter_map(|it| it.keys().next()).min()?;
        let last = self.rows.values().filter_map(|it| it.keys().next_back()).max()?;
        Some((*first, *last))
    }
}
