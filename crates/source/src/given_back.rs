//! What the program itself has put into a file that it gave back: it is no return, and is known whatever it is called.

use super::Grid;
use finding::{Finding, Report, codes};
use value::Raw;

/// Stands in a cell near the top of a sheet that lists what is wrong with the file.
pub const LIST_MARK: &str = "huibian-return-list";
/// The author of notes that say what is wrong with their cells.
pub const NOTE_AUTHOR: &str = "huibian";
/// The mark stands in one of so many rows: lines may have been put above it.
const N_ROWS: u32 = 10;

/// Takes the lists out.
pub(super) fn take_lists(grids: &mut Vec<Grid>, report: &mut Report) -> Vec<Grid> {
    let (taken, rest): (Vec<Grid>, Vec<Grid>) = std::mem::take(grids).into_iter().partition(is_list);
    *grids = rest;
    for it in &taken {
        let message = "该页是本程序退回时附上的清单，除“说明”栏外没有读取";
        let finding = Finding::new(&codes::SHEET_SKIPPED, message).hint("无需处理，也可以删去该页");
        report.push(finding.at(finding::Origin::sheet(it.file, it.sheet)));
    }
    taken
}

/// Whether a sheet is such a list.
pub(super) fn is_list(grid: &Grid) -> bool {
    let is_mark = |it: &Raw| matches!(it, Raw::Text(text) if &**text == LIST_MARK);
    grid.rows_within(0..=N_ROWS).iter().flat_map(|it| it.cells()).any(|it| is_mark(&it.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    #[test]
    fn a_list_is_known_by_its_mark_and_not_by_its_name() {
        let file = Sources::default().add("a.xlsx");
        let sheet = |at: u16, name: &str, text: &str| {
            let mut grid = Grid::empty(file, at, name);
            grid.set(u32::from(at), 3, Raw::text(text));
            grid
        };
        let mut grids =
            vec![sheet(0, "清单", LIST_MARK), sheet(1, "退改清单", "姓名"), sheet(2, "x", LIST_MARK)];
        let mut report = Report::default();
        let taken: Vec<u16> = take_lists(&mut grids, &mut report).iter().map(|it| it.sheet).collect();
        assert_eq!(taken, [0, 2]);
        assert_eq!((grids.len(), &*grids[0].name), (1, "退改清单"));
        assert!(
            report.findings().iter().all(|it| it.code == codes::SHEET_SKIPPED.name && !report.has_errors())
        );
        let mut low = vec![Grid::empty(file, 0, "a")];
        low[0].set(40, 0, Raw::text(LIST_MARK));
        assert!(take_lists(&mut low, &mut report).is_empty());
    }
}
