//! The tables of a blank: which cell covers which part of the grid.

use std::ops::Range;

use ooxml::Element;

use super::text::Paragraph;

/// Word itself has no more columns.
const N_COLUMNS_MAX: usize = 63;

/// A table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// Its rows.
    pub(crate) rows: Vec<Row>,
    /// The widths of its columns in twentieths of a point; none where the blank does not say.
    pub(crate) widths: Vec<u32>,
    /// Whether its cells are named by their columns, as on a sheet, and not by their places in the row.
    pub(crate) by_column: bool,
}

/// A row.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Its bytes, with its tags.
    pub(crate) range: Range<usize>,
    /// Its cells, from the left; those that only go on with a cell above are among them.
    pub(crate) cells: Vec<Cell>,
    /// Its height in twentieths of a point, if the blank says so.
    pub(crate) height: Option<u32>,
    /// The same, if it never grows.
    pub(crate) exact: Option<u32>,
}

/// A cell.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// The columns that it covers, from 0.
    pub(crate) columns: Range<usize>,
    /// The rows that it covers, from 0: one, unless cells below it go on with it.
    pub(crate) rows: Range<usize>,
    /// Whether it only goes on with a cell above.
    pub(crate) goes_on: bool,
    /// Whether a formula stands in it.
    pub(crate) is_formula: bool,
    /// Whether it has a frame; cells of a document do.
    pub(crate) is_framed: bool,
    /// Whether it shows its number in percent.
    pub(crate) is_percent: bool,
    /// Whether a control or a table of its own stands in it, which is not filled.
    pub(crate) is_closed: bool,
    /// Its own paragraphs, not those of a table within it.
    pub(crate) paragraphs: Vec<Paragraph>,
}

impl Cell {
    /// What it says, a line for each paragraph.
    pub(crate) fn text(&self) -> String {
        self.paragraphs.iter().map(Paragraph::text).collect::<Vec<_>>().join("\n")
    }

    /// Whether nothing can be seen in it.
    pub(crate) fn is_blank(&self) -> bool {
        !self.is_formula && self.paragraphs.iter().all(Paragraph::is_blank)
    }
}

impl Grid {
    /// Reads a table; tables within its cells are read by themselves.
    pub(crate) fn read(element: Element<'_>) -> Self {
        let width = |it: Element<'_>| it.attribute("w").and_then(|it| it.parse().ok()).unwrap_or_default();
        let columns = element.child("w:tblGrid").into_iter().flat_map(Element::children);
        let mut grid = Self { rows: Vec::new(), widths: columns.map(width).collect(), by_column: false };
        let mut rows = Vec::new();
        within(element, "w:tr", &mut rows);
        for row in rows {
            grid.row(row);
        }
        grid.merge();
        grid
    }

    /// The cell that covers a row and a column, by its row and its place in it; not one that only goes on with another.
    pub(crate) fn at(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        (0..=row).rev().find_map(|above| {
            let cells = &self.rows.get(above)?.cells;
            let place = cells.iter().position(|it| it.columns.contains(&column))?;
            (!cells[place].goes_on && cells[place].rows.contains(&row)).then_some((above, place))
        })
    }

    /// The number by which addresses name a cell.
    pub(crate) fn number(&self, (row, place): (usize, usize)) -> usize {
        if self.by_column { self.rows[row].cells[place].columns.start + 1 } else { place + 1 }
    }

    /// The cell that an address names, by its row and its place in it.
    pub(crate) fn named(&self, row: usize, number: usize) -> Option<(usize, usize)> {
        let (row, number) = (row.checked_sub(1)?, number.checked_sub(1)?);
        let cells = &self.rows.get(row)?.cells;
        let by_column = || cells.iter().position(|it| it.columns.start == number && it.rows.start == row);
        let place = if self.by_column { by_column() } else { (number < cells.len()).then_some(number) };
        place.map(|it| (row, it))
    }

    /// A cell by its row and its place in it.
    pub(crate) fn cell(&self, (row, place): (usize, usize)) -> &Cell {
        &self.rows[row].cells[place]
    }

    /// How wide a cell is, in twentieths of a point; `None` if the blank does not say.
    pub(crate) fn width(&self, cell: &Cell) -> Option<u32> {
        let widths = self.widths.get(cell.columns.clone())?;
        Some(widths.iter().sum()).filter(|it| *it > 0)
    }

    fn row(&mut self, element: Element<'_>) {
        let properties = element.child("w:trPr");
        let gap = properties.and_then(|it| it.value("w:gridBefore")).and_then(|it| it.parse().ok());
        let height = properties.and_then(|it| it.child("w:trHeight"));
        let never_grows = height.is_some_and(|it| it.attribute("hRule").as_deref() == Some("exact"));
        let height = height.and_then(|it| it.attribute("val")?.parse().ok());
        let exact = height.filter(|_| never_grows);
        let (number, mut column) = (self.rows.len(), gap.unwrap_or(0).min(N_COLUMNS_MAX));
        let mut found = Vec::new();
        within(element, "w:tc", &mut found);
        let mut cells = Vec::new();
        for cell in found {
            let own = cell.child("w:tcPr");
            let span = own.and_then(|it| it.value("w:gridSpan")).and_then(|it| it.parse().ok());
            let end = (column + span.unwrap_or(1).clamp(1, N_COLUMNS_MAX)).min(N_COLUMNS_MAX + 1);
            let merged = own.and_then(|it| it.child("w:vMerge"));
            let goes_on = merged.is_some_and(|it| it.attribute("val").as_deref() != Some("restart"));
            let mut paragraphs = Vec::new();
            within(cell, "w:p", &mut paragraphs);
            cells.push(Cell {
                columns: column..end,
                rows: number..number + 1,
                goes_on,
                is_formula: false,
                is_framed: true,
                is_percent: false,
                is_closed: super::reading::any(cell, &|it| {
                    matches!(it.name(), "w:tbl" | "w:ffData" | "w:control")
                }),
                paragraphs: paragraphs.into_iter().map(Paragraph::read).collect(),
            });
            column = end;
        }
        self.rows.push(Row { range: element.range(), cells, height, exact });
    }

    /// Lets every cell know how far those below go on with it.
    fn merge(&mut self) {
        for row in 1..self.rows.len() {
            for place in 0..self.rows[row].cells.len() {
                let Cell { goes_on: true, columns, .. } = &self.rows[row].cells[place] else { continue };
                let start = columns.start;
                let above = (0..row).rev().find_map(|it| {
                    let cells = &self.rows[it].cells;
                    let place = cells.iter().position(|it| it.columns.start == start)?;
                    (!cells[place].goes_on).then_some((it, place))
                });
                match above {
                    Some((it, place)) if self.rows[it].cells[place].rows.end == row => {
                        self.rows[it].cells[place].rows.end = row + 1;
                    }
                    // It goes on with nothing, and so stands by itself.
                    _ => self.rows[row].cells[place].goes_on = false,
                }
            }
        }
    }
}

/// The elements of a name that stand in another, also within content controls; not those of tables within it.
fn within<'t>(element: Element<'t>, name: &str, found: &mut Vec<Element<'t>>) {
    for child in element.children() {
        match child.name() {
            it if it == name => found.push(child),
            "w:tbl" | "w:sdtPr" | "w:tblPr" | "w:trPr" | "w:tcPr" => {}
            _ => within(child, name, found),
        }
    }
}
