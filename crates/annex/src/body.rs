//! The cells of a sheet as they stand, for whoever binds its rows and columns rather than place by place.

use super::address::{Address, Spot, Story};
use super::blank::{Blank, Heading};

/// A cell of a sheet. What has no frame and says nothing is none, nor is what a merged cell covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// Its first row, from 0.
    pub row: usize,
    /// Its first column, from 0.
    pub column: usize,
    /// How many rows it covers.
    pub n_rows: usize,
    /// How many columns it covers.
    pub n_columns: usize,
    /// What it says, without what a formula gives.
    pub text: String,
    /// Whether a formula stands in it.
    pub is_formula: bool,
    /// Whether it has a frame.
    pub is_framed: bool,
    /// Whether it shows its number in percent.
    pub is_percent: bool,
}

impl SheetCell {
    /// Whether nothing stands in it, and something may be put there.
    pub fn is_blank(&self) -> bool {
        !self.is_formula && self.text.trim().is_empty()
    }
}

impl Blank {
    /// The cells of a sheet, by its number in addresses; from above and from the left.
    pub fn cells_of(&self, sheet: usize) -> Vec<SheetCell> {
        let part = self.stories.iter().find(|it| it.story == Story::Sheet(sheet));
        let rows = part.and_then(|it| it.grids.first()).map_or(&[][..], |it| &it.rows);
        let cells = rows.iter().flat_map(|it| &it.cells).filter(|it| !it.goes_on);
        cells
            .map(|it| SheetCell {
                row: it.rows.start,
                column: it.columns.start,
                n_rows: it.rows.len(),
                n_columns: it.columns.len(),
                text: it.text(),
                is_formula: it.is_formula,
                is_framed: it.is_framed,
                is_percent: it.is_percent,
            })
            .collect()
    }

    /// The column of a heading of blank rows on a sheet, from 0.
    pub fn column_of(&self, rows: Address, heading: &Heading) -> Option<usize> {
        let Spot::Rows { table, first, .. } = rows.spot else { return None };
        let part = self.stories.iter().find(|it| it.story == rows.story)?;
        let row = part.grids.get(table.checked_sub(1)?)?.rows.get(first.checked_sub(1)?)?;
        Some(row.cells.get(heading.cell)?.columns.start)
    }
}
