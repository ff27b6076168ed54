//! A sheet of a file, which gives cells their places.

use finding::{FileId, Origin};

/// A sheet of a file, which gives cells their places.
#[derive(Debug, Clone, Copy)]
pub(in crate::sheet) struct Page {
    /// The file.
    pub(in crate::sheet) file: FileId,
    /// Index of the sheet.
    pub(in crate::sheet) sheet: u16,
}

impl Page {
    /// The place of a cell.
    pub(in crate::sheet) fn origin(self, row: u32, col: u16) -> Origin {
        Origin::cell(self.file, self.sheet, row, col)
    }
}
