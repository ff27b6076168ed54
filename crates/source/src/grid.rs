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
    /// Whether it has lost the marks of a form: beside it stand sheets that are sent out with forms, and it has none itself.
    pub has_lost_marks: bool,
    rows: Vec<Row>,
    /// If it is made of several tables of a text, where each of them begins, which it is, and how far its rows are shifted.
    stacked: Vec<(u32, u16, u32)>,
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
            has_lost_marks: false,
            rows: Vec::new(),
            stacked: Vec::new(),
        }
    }

    /// The tables of a text below each other, each under the line above it, as one; the places of their cells stay.
    pub fn stack(grids: &[Self]) -> Option<Self> {
        let first = grids.iter().find(|it| !it.is_empty())?;
        let mut whole = Self::empty(first.file, first.sheet, first.name.clone());
        whole.above.clone_from(&first.above);
        whole.epoch = first.epoch;
        let mut next = 0_u32;
        for grid in grids.iter().filter(|it| !it.is_empty()) {
            whole.stacked.push((next, grid.sheet, 0));
            if let Some(title) = grid.above.iter().flatten().next_back() {
                whole.set(next, 0, Raw::Text(title.clone()));
                next = next.saturating_add(1);
            }
            whole.stacked.push((next, grid.sheet, next));
            let shifted = |it: u32| it.saturating_add(next);
            let area = |it: &Area| Area { top: shifted(it.top), bottom: shifted(it.bottom), ..*it };
            whole.merges.extend(grid.merges.iter().map(area));
            whole.rows.extend(grid.rows.iter().map(|it| Row { number: shifted(it.number), ..it.clone() }));
            next = whole.rows.last().map_or(next, |it| it.number.saturating_add(1));
        }
        Some(whole)
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
        match self.stacked.iter().rev().find(|it| it.0 <= row) {
            Some((_, sheet, shift)) => Origin::cell(self.file, *sheet, row.saturating_sub(*shift), col),
            None => Origin::cell(self.file, self.sheet, row, col),
        }
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
    fn tables_of_a_text_stand_below_each_other_and_keep_their_places() {
        let file = Sources::default().add("a.docx");
        let grid = |sheet: u16, above: &str| {
            let mut grid = Grid::empty(file, sheet, above);
            grid.above = Some(vec!["页首".into(), above.into()]);
            grid.set(0, 0, Raw::text("甲"));
            grid.set(2, 1, Raw::text("乙"));
            grid.merges.push(Area { top: 0, left: 0, bottom: 1, right: 0 });
            grid
        };
        let whole = Grid::stack(&[grid(0, "一"), Grid::empty(file, 1, ""), grid(2, "二")]).unwrap();
        let texts: Vec<(u32, String)> =
            whole.rows().iter().map(|it| (it.number, it.cells()[0].1.display())).collect();
        let wanted = [(0, "一"), (1, "甲"), (3, "乙"), (4, "二"), (5, "甲"), (7, "乙")];
        assert_eq!(texts, wanted.map(|it| (it.0, it.1.to_owned())));
        assert_eq!(whole.origin(3, 1), Origin::cell(file, 0, 2, 1));
        assert_eq!(whole.origin(7, 1), Origin::cell(file, 2, 2, 1));
        assert_eq!(whole.merges[1].top, 5);
        assert!(Grid::stack(&[]).is_none());
    }

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
