//! A sheet's cells with their absolute addresses.

use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use finding::{Area, FileId, Origin};
use value::{Epoch, Raw};

/// A sheet: non-empty cells by absolute address, counted from zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// The last lines above it, if it is a table in a text.
    pub above: Option<Vec<Arc<str>>>,
    /// Merged areas.
    pub merges: Vec<Area>,
    rows: Vec<Row>,
}

/// The non-empty cells of one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its number on the sheet, from zero.
    pub number: u32,
    cells: Vec<(u16, Raw)>,
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
            above: None,
            merges: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Puts a cell in its place; an empty one leaves no trace. Readers come from the top left, which costs nothing.
    pub fn set(&mut self, row: u32, col: u16, raw: Raw) {
        if raw.is_empty() {
            return;
        }
        let place = match self.rows.last() {
            Some(last) if last.number == row => self.rows.len() - 1,
            Some(last) if last.number > row => match self.rows.binary_search_by_key(&row, |it| it.number) {
                Ok(place) => place,
                Err(place) => {
                    self.rows.insert(place, Row { number: row, cells: Vec::new() });
                    place
                }
            },
            _ => {
                // A row is about as full as the one above it.
                let n_cells = self.rows.last().map_or(0, |it| it.cells.len());
                self.rows.push(Row { number: row, cells: Vec::with_capacity(n_cells) });
                self.rows.len() - 1
            }
        };
        self.rows[place].set(col, raw);
    }

    /// The content of a cell.
    pub fn get(&self, row: u32, col: u16) -> &Raw {
        self.row(row).map_or(&Raw::Empty, |it| it.get(col))
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows that hold anything, from the top down.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows that hold anything, to be changed in place.
    pub(super) fn rows_mut(&mut self) -> &mut [Row] {
        &mut self.rows
    }

    /// A row, if it holds anything.
    pub fn row(&self, row: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&row, |it| it.number).ok().map(|it| &self.rows[it])
    }

    /// The rows of a stretch that hold anything.
    pub fn rows_within(&self, stretch: RangeInclusive<u32>) -> &[Row] {
        &self.rows[self.places(&stretch)]
    }

    /// Takes the rows of a stretch out, one after the other: what was taken is let go as soon as it was used.
    pub fn take_within(&mut self, stretch: RangeInclusive<u32>) -> impl Iterator<Item = Row> {
        let places = self.places(&stretch);
        self.rows[places].iter_mut().map(|it| Row { number: it.number, cells: std::mem::take(&mut it.cells) })
    }

    fn places(&self, stretch: &RangeInclusive<u32>) -> std::ops::Range<usize> {
        let first = self.rows.partition_point(|it| it.number < *stretch.start());
        let end = self.rows.partition_point(|it| it.number <= *stretch.end());
        first..end.max(first)
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
        let first = self.rows.iter().filter_map(|it| it.cells.first()).map(|it| it.0).min()?;
        let last = self.rows.iter().filter_map(|it| it.cells.last()).map(|it| it.0).max()?;
        Some((first, last))
    }
}

impl Row {
    /// The content of a cell.
    pub fn get(&self, col: u16) -> &Raw {
        self.cells.binary_search_by_key(&col, |it| it.0).map_or(&Raw::Empty, |it| &self.cells[it].1)
    }

    /// The cells that hold anything, from left to right.
    pub fn cells(&self) -> &[(u16, Raw)] {
        &self.cells
    }

    /// The cells between two columns, both included.
    pub fn within(&self, (left, right): (u16, u16)) -> &[(u16, Raw)] {
        let first = self.cells.partition_point(|it| it.0 < left);
        let end = self.cells.partition_point(|it| it.0 <= right);
        &self.cells[first..end.max(first)]
    }

    /// What the cells hold, to be changed in place.
    pub(super) fn contents_mut(&mut self) -> impl Iterator<Item = &mut Raw> {
        self.cells.iter_mut().map(|it| &mut it.1)
    }

    fn set(&mut self, col: u16, raw: Raw) {
        match self.cells.last() {
            Some(last) if last.0 >= col => match self.cells.binary_search_by_key(&col, |it| it.0) {
                Ok(place) => self.cells[place].1 = raw,
                Err(place) => self.cells.insert(place, (col, raw)),
            },
            _ => self.cells.push((col, raw)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    #[test]
    fn cells_find_their_places_in_whatever_order_they_come() {
        let mut grid = Grid::empty(Sources::default().add("a.xlsx"), 0, "甲");
        for (row, col) in [(5, 3), (2, 1), (5, 1), (9, 0), (2, 4), (5, 2)] {
            grid.set(row, col, Raw::text(&format!("{row}/{col}")));
        }
        grid.set(5, 2, Raw::text("later"));
        grid.set(7, 7, Raw::Empty);
        let places: Vec<(u32, Vec<u16>)> =
            grid.rows().iter().map(|it| (it.number, it.cells().iter().map(|it| it.0).collect())).collect();
        assert_eq!(places, [(2, vec![1, 4]), (5, vec![1, 2, 3]), (9, vec![0])]);
        assert_eq!((grid.get(5, 2), grid.get(5, 9)), (&Raw::text("later"), &Raw::Empty));
        assert_eq!(grid.columns(), Some((0, 4)));
        assert_eq!(grid.row(5).map(|it| it.within((2, 9)).len()), Some(2));
        let taken: Vec<u32> = grid.take_within(3..=u32::MAX).map(|it| it.number).collect();
        assert_eq!((taken, grid.get(5, 2), grid.get(2, 1)), (vec![5, 9], &Raw::Empty, &Raw::text("2/1")));
    }
}
