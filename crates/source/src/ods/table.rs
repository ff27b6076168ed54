//! One sheet of an OpenDocument workbook: rows and cells with their repetitions.

use std::collections::BTreeSet;

use super::cell::Cell;
use super::styles::Styles;
use crate::book::{Aside, sheet_damaged};
use crate::{Grid, Limits, Refusal, too_long};
use finding::{Area, Report};
use ooxml::{NumberFormat, Start, attribute};
use value::Raw;

/// A sheet being read.
pub(super) struct Table {
    /// Its cells so far.
    pub(super) grid: Grid,
    /// What stands beside them.
    pub(super) aside: Aside,
    /// Other files that its formulas refer to.
    pub(super) links: BTreeSet<String>,
    /// Why it cannot be used.
    pub(super) refused: Option<Refusal>,
    /// First and last column, and the format of cells that have none of their own.
    columns: Vec<(u32, u32, NumberFormat)>,
    validations: BTreeSet<String>,
    row: OdsRow,
    next_row: u32,
    next_col: u32,
    next_column: u32,
    cell: Option<Cell>,
}

/// A row being read.
#[derive(Default)]
struct OdsRow {
    repeated: u32,
    format: Option<NumberFormat>,
    visibility: Option<String>,
    /// Cells that hold anything: first column, how many columns, content.
    cells: Vec<(u32, u32, Raw)>,
}

impl Table {
    /// A sheet without cells.
    pub(super) fn new(grid: Grid) -> Self {
        Self {
            grid,
            aside: Aside::default(),
            links: BTreeSet::new(),
            refused: None,
            columns: Vec::new(),
            validations: BTreeSet::new(),
            row: OdsRow::default(),
            next_row: 0,
            next_col: 0,
            next_column: 0,
            cell: None,
        }
    }

    /// Takes in an element within the sheet.
    pub(super) fn begin(&mut self, element: &Start<'_>, styles: &Styles, limits: &Limits) {
        let count = |name| attribute(element, name).and_then(|it| it.parse::<u32>().ok()).unwrap_or(1);
        match (element.local_name().as_ref(), &mut self.cell) {
            ("table-column", _) => self.column(element, count("number-columns-repeated"), styles),
            ("table-row", _) => {
                self.next_col = 0;
                self.row = OdsRow {
                    repeated: count("number-rows-repeated"),
                    format: attribute(element, "default-cell-style-name").map(|it| styles.format(&it)),
                    visibility: visibility(element, styles),
                    cells: Vec::new(),
                };
            }
            ("table-cell" | "covered-table-cell", _) => self.cell = Some(Cell::new(element)),
            (_, Some(cell)) => cell.begin(element, styles, limits.text_chars),
            (_, None) => {}
        }
    }

    /// Takes in text.
    pub(super) fn text(&mut self, text: &str, most: usize) {
        if let Some(cell) = &mut self.cell {
            cell.text(text, most);
        }
    }

    /// Takes in the end of an element within the sheet, rows and the sheet itself excepted.
    pub(super) fn end(&mut self, name: &str, styles: &Styles, limits: &Limits) {
        if !matches!(name, "table-cell" | "covered-table-cell") {
            self.cell.iter_mut().for_each(Cell::end);
            return;
        }
        let Some(mut cell) = self.cell.take() else { return };
        let col = self.next_col;
        self.next_col = col.saturating_add(cell.n_cols);
        self.validations.extend(cell.validation.clone());
        self.aside.n_validations = self.validations.len();
        self.links.extend(cell.formula.as_deref().and_then(linked_file));
        self.merge(&cell, col, limits);
        let format = match &cell.style {
            Some(style) => styles.format(style),
            None => self.row.format.clone().unwrap_or_else(|| self.column_format(col)),
        };
        let n_cols = cell.n_cols;
        let strikes = cell.is_struck() || cell.style.as_deref().is_some_and(|it| styles.strikes(it));
        let words = cell.struck_words();
        let raw = cell.raw(format);
        if !raw.is_empty() {
            self.row.cells.push((col, n_cols, raw));
            match (words, u16::try_from(col)) {
                (Some(words), Ok(col)) => {
                    self.aside.struck.words.insert((self.next_row, col), words);
                }
                (None, Ok(col)) if strikes => {
                    self.aside.struck.whole.insert((self.next_row, col));
                }
                _ => {}
            }
        }
    }

    /// Puts the row into the grid, as often as it is repeated; gives the number of cells, `None` if
    /// it would be more than `most`.
    pub(super) fn end_row(&mut self, most: usize, limits: &Limits, report: &mut Report) -> Option<usize> {
        let row = std::mem::take(&mut self.row);
        let first = self.next_row;
        self.next_row = first.saturating_add(row.repeated);
        if row.cells.is_empty() {
            return Some(0);
        }
        let n_wide: u64 = row.cells.iter().map(|it| u64::from(it.1)).sum();
        let n_cells = n_wide.checked_mul(u64::from(row.repeated)).and_then(|it| usize::try_from(it).ok());
        let n_cells = n_cells.filter(|it| *it <= most)?;
        let last_col = row.cells.last().map_or(0, |it| it.0.saturating_add(it.1));
        if self.next_row > limits.rows || last_col > u32::from(limits.columns) {
            self.refused = Some(sheet_damaged());
            return Some(0);
        }
        for at in first..self.next_row {
            if let Some(visibility) = &row.visibility {
                self.aside.hidden_rows.insert(at);
                self.aside.filtered |= visibility == "filter";
            }
            for (col, n_cols, raw) in &row.cells {
                for col in *col..col + n_cols {
                    self.set(at, u16::try_from(col).unwrap_or(u16::MAX), raw, (limits, report));
                }
            }
        }
        Some(n_cells)
    }

    fn set(&mut self, row: u32, col: u16, raw: &Raw, (limits, report): (&Limits, &mut Report)) {
        if matches!(raw, Raw::Text(text) if text.chars().nth(limits.text_chars).is_some()) {
            report.push(too_long(limits).at(self.grid.origin(row, col)));
            self.grid.set(row, col, Raw::Error("内容过长".into()));
        } else {
            self.grid.set(row, col, raw.clone());
        }
    }

    fn column(&mut self, element: &Start<'_>, repeated: u32, styles: &Styles) {
        let first = self.next_column;
        self.next_column = first.saturating_add(repeated);
        let Ok(from) = u16::try_from(first) else { return };
        let last = self.next_column.saturating_sub(1);
        let format = attribute(element, "default-cell-style-name").map(|it| styles.format(&it));
        self.columns.extend(format.map(|it| (first, last, it)));
        if visibility(element, styles).is_some() {
            self.aside.hidden_cols.push((from, u16::try_from(last).unwrap_or(u16::MAX)));
        }
    }

    fn column_format(&self, col: u32) -> NumberFormat {
        let at = self.columns.partition_point(|it| it.1 < col);
        self.columns.get(at).filter(|it| it.0 <= col).map(|it| it.2.clone()).unwrap_or_default()
    }

    fn merge(&mut self, cell: &Cell, col: u32, limits: &Limits) {
        let (n_rows, n_cols) = cell.span;
        let (Ok(left), true) = (u16::try_from(col), n_rows > 1 || n_cols > 1) else { return };
        let right = col.saturating_add(n_cols.saturating_sub(1)).min(u32::from(limits.columns) - 1);
        let bottom = self.next_row.saturating_add(n_rows.saturating_sub(1)).min(limits.rows - 1);
        let right = u16::try_from(right).unwrap_or(u16::MAX);
        if left <= right && self.next_row <= bottom {
            self.grid.merges.push(Area { top: self.next_row, left, bottom, right });
        }
    }
}

/// How a row or column is kept from sight: as it says, or by having no size.
fn visibility(element: &Start<'_>, styles: &Styles) -> Option<String> {
    let said = attribute(element, "visibility").filter(|it| it != "visible");
    let style = || attribute(element, "style-name").filter(|it| styles.leaves_no_room(it));
    said.or_else(|| style().map(|_| "collapse".to_owned()))
}

/// The file within `of:=['file:///D:/预算.ods'#$Sheet1.A1]`.
fn linked_file(formula: &str) -> Option<String> {
    let start = formula.find("'file:")?;
    formula[start + 1..].split('\'').next().map(str::to_owned)
}
