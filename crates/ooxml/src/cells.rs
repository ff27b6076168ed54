//! Rows and cells of a sheet with their numbers, and the areas that are merged.

use super::{Cell, Element, Tree, area, cell};

/// The merged areas of a sheet: what is said of a cell within one is said of its first.
#[derive(Debug, Clone, Default)]
pub struct Merges(Vec<[Cell; 2]>);

impl Merges {
    /// Reads them.
    pub fn read(tree: &Tree) -> Self {
        let merges = tree.root().child("x:mergeCells");
        let areas =
            merges.into_iter().flat_map(Element::children).filter_map(|it| area(&it.attribute("ref")?));
        Self(areas.map(in_order).collect())
    }

    /// The cell that stands for a cell.
    pub fn first(&self, (row, col): Cell) -> Cell {
        let covers = |it: &&[Cell; 2]| {
            let [from, to] = it;
            (from.0..=to.0).contains(&row) && (from.1..=to.1).contains(&col)
        };
        self.0.iter().find(covers).map_or((row, col), |it| it[0])
    }

    /// All of them, each with its upper left corner first.
    pub fn areas(&self) -> &[[Cell; 2]] {
        &self.0
    }
}

/// An area by its upper left and its lower right corner.
pub(super) fn in_order([a, b]: [Cell; 2]) -> [Cell; 2] {
    [(a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1))]
}

/// The rows of a sheet's data with their numbers from zero; one that does not say its number follows the one before.
pub fn rows(data: Element<'_>) -> impl Iterator<Item = (u32, Element<'_>)> {
    numbered(data, "row", |it| it.parse::<u32>().ok()?.checked_sub(1))
}

/// The cells of a row with the numbers of their columns from zero.
pub fn cells(row: Element<'_>) -> impl Iterator<Item = (u32, Element<'_>)> {
    numbered(row, "c", |it| Some(cell(it)?.1))
}

fn numbered<'t>(
    within: Element<'t>,
    local: &'static str,
    read: impl Fn(&str) -> Option<u32>,
) -> impl Iterator<Item = (u32, Element<'t>)> {
    let mut next = 0_u32;
    within.children().filter(move |it| it.local() == local).map(move |it| {
        let number = it.attribute("r").and_then(|it| read(&it)).unwrap_or(next);
        next = number.saturating_add(1);
        (number, it)
    })
}

/// The cell format of a row for cells that are not there, if it has one of its own.
pub fn style_of_row(row: Element<'_>) -> Option<u32> {
    row.attribute("customFormat").filter(|it| is_on(it))?;
    row.attribute("s")?.parse().ok()
}

/// The cell format of a column for cells that are not there, if it has one of its own.
pub fn style_of_column(sheet: &Tree, col: u32) -> Option<u32> {
    let number = |it: Element<'_>, name| it.attribute(name)?.parse::<u32>().ok();
    let columns = sheet.root().child("x:cols")?;
    let own = columns.children().find(|it| {
        let (min, max) = (number(*it, "min").unwrap_or(u32::MAX), number(*it, "max").unwrap_or(0));
        (min..=max).contains(&col.saturating_add(1))
    })?;
    number(own, "style")
}

/// Whether an attribute says yes.
pub(super) fn is_on(value: &str) -> bool {
    matches!(value, "1" | "true")
}
