//! A sheet as the clerk sees it: what merged cells show, and which rows are banners.

use std::collections::{BTreeMap, BTreeSet};

use super::customs::Customs;
use finding::{Area, Origin};
use source::Grid;
use value::Raw;

/// A merged cell over this share of the used width is a title or a note, not a heading.
const BANNER_SHARE: f64 = 0.6;
/// A row with a banner has at most this many cells; more of them make it a heading or a record.
const N_CELLS_BESIDE_BANNER_MAX: usize = 2;

/// A grid with its merged areas at hand by row.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// The cells.
    pub(super) grid: &'a Grid,
    /// How tables are written around their records.
    pub(super) customs: &'a Customs,
    /// First and last column that hold anything.
    pub(super) columns: (u16, u16),
    merges: BTreeMap<u32, Vec<Area>>,
}

impl<'a> Layout<'a> {
    /// Looks at a grid; `None` if nothing is in it.
    pub(super) fn new(grid: &'a Grid, customs: &'a Customs) -> Option<Self> {
        let columns = grid.columns()?;
        let mut merges: BTreeMap<u32, Vec<Area>> = BTreeMap::new();
        for area in &grid.merges {
            for row in grid.rows_within(area.top..=area.bottom) {
                merges.entry(row.number).or_default().push(*area);
            }
        }
        Some(Self { grid, customs, columns, merges })
    }

    /// The content of a cell.
    pub(super) fn get(&self, row: u32, col: u16) -> &'a Raw {
        self.grid.get(row, col)
    }

    /// The content that is shown at a cell: that of the first cell of its merged area, if it is in one.
    pub(super) fn shown(&self, row: u32, col: u16) -> &'a Raw {
        match self.merge_at(row, col) {
            Some(area) => self.grid.get(area.top, area.left),
            None => self.grid.get(row, col),
        }
    }

    /// The merged area that covers a cell of a row that holds anything.
    pub(super) fn merge_at(&self, row: u32, col: u16) -> Option<Area> {
        self.merges(row).iter().copied().find(|it| it.contains(row, col))
    }

    /// The merged areas that touch a row.
    pub(super) fn merges(&self, row: u32) -> &[Area] {
        self.merges.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The place of a cell.
    pub(super) fn origin(&self, row: u32, col: u16) -> Origin {
        self.grid.origin(row, col)
    }

    /// The cells of a row that hold anything, between two columns.
    pub(super) fn cells(&self, row: u32, between: (u16, u16)) -> impl Iterator<Item = (u16, &'a Raw)> {
        let cells = self.grid.row(row).map_or(&[][..], |it| it.within(between));
        cells.iter().map(|(col, raw)| (*col, raw))
    }

    /// How many cells of a row hold anything.
    pub(super) fn n_cells(&self, row: u32) -> usize {
        self.grid.row(row).map_or(0, |it| it.cells().len())
    }

    /// The rows that [`Layout::is_banner`] says so of.
    pub(super) fn banners(&self) -> BTreeSet<u32> {
        self.merges.keys().copied().filter(|it| self.is_banner(*it)).collect()
    }

    /// Whether a merged cell covers most of the sheet's width, and hardly anything stands beside it: no label that
    /// goes on below, as beside the upper level of a heading.
    pub(super) fn is_banner(&self, row: u32) -> bool {
        let width = f64::from(self.columns.1 - self.columns.0) + 1.0;
        let n_cells = self.n_cells(row);
        let is_wide = |it: &Area| f64::from(it.n_cols()) >= BANNER_SHARE * width;
        let goes_on = |it: &Area| !is_wide(it) && it.bottom > row;
        let merges = self.merges(row);
        let may_be_one = width > 2.0 && n_cells <= N_CELLS_BESIDE_BANNER_MAX;
        may_be_one && merges.iter().any(is_wide) && !merges.iter().any(goes_on)
    }
}
