//! What the program itself has sent out comes back: sheets with forms, which say in a hidden row what each column holds, and
//! sheets beside them that explain or list what may be chosen.

use super::{Grid, Row};
use value::Raw;

/// Begins the first cell of the row that says what each column of a form holds.
pub const FORM_MARK: &str = "huibian-form|";
/// Begins a cell near the top of a sheet that goes with forms and holds nothing that is filled in.
pub const PAGE_MARK: &str = "huibian-page|";
/// The mark of such a sheet stands in one of so many rows: lines may have been put above it.
const N_ROWS: u32 = 10;

/// Takes out the sheets that go with forms. The others were forms, so that those without marks have lost them.
pub(super) fn take_pages(grids: &mut Vec<Grid>) {
    let n_all = grids.len();
    grids.retain(|it| !is_page(it));
    if grids.len() < n_all {
        grids.iter_mut().for_each(|it| it.has_lost_marks = it.n_marks() == 0);
    }
}

/// Whether a sheet goes with forms.
pub(super) fn is_page(grid: &Grid) -> bool {
    grid.rows_within(0..=N_ROWS).iter().any(|it| begins(it, PAGE_MARK))
}

impl Row {
    /// Whether the row says what the columns of a form hold.
    pub fn is_mark(&self) -> bool {
        begins(self, FORM_MARK)
    }
}

impl Grid {
    /// How many cells say what the columns of a form hold; 0 if the sheet is no form.
    pub(super) fn n_marks(&self) -> usize {
        self.rows().iter().find(|it| it.is_mark()).map_or(0, |it| it.cells().len())
    }
}

fn begins(row: &Row, mark: &str) -> bool {
    matches!(row.cells().first(), Some((_, Raw::Text(text))) if text.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    #[test]
    fn sheets_that_go_with_forms_are_known_by_their_mark_and_forms_by_theirs() {
        let file = Sources::default().add("a.xlsx");
        let sheet = |at: u16, row: u32, text: &str| {
            let mut grid = Grid::empty(file, at, "填写说明");
            grid.set(row, at, Raw::text(text));
            grid.set(row, at + 1, Raw::text("name"));
            grid
        };
        let mut grids = vec![
            sheet(0, 0, "huibian-page|guide"),
            sheet(1, 3, "huibian-form|1|members"),
            sheet(2, 2, "huibian-page|lists"),
            sheet(3, 40, "huibian-page|lists"),
        ];
        take_pages(&mut grids);
        let left: Vec<_> = grids.iter().map(|it| (it.sheet, it.n_marks(), it.has_lost_marks)).collect();
        assert_eq!(left, [(1, 2, false), (3, 0, true)]);
    }
}
