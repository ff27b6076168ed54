//! Cells of a table: text, figures, and formulas with the value that they have.

use rust_decimal::Decimal;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text; never a formula, whatever it begins with.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal, shown with its own number of places.
    Decimal(Decimal),
    /// A share, shown in percent with so many places.
    Percent {
        /// The share: 0.255 for 25.5%.
        value: Decimal,
        /// Places of the percentage that are shown.
        places: u8,
    },
    /// A formula, and what it gives.
    Formula {
        /// The formula.
        formula: Formula,
        /// Its value: a number, or [`Cell::Empty`] for a rate of nothing.
        value: Box<Cell>,
    },
    /// Nothing of its own: the cell above reaches down over it.
    Above,
}

/// A live formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// Cells added and subtracted.
    Sum(Vec<(Sign, CellRef)>),
    /// One cell divided by another, in percent; nothing if the other is nought.
    Rate {
        /// What is divided.
        part: CellRef,
        /// By what.
        whole: CellRef,
        /// Places of the percentage that are shown.
        places: u8,
    },
    /// What stands in another cell.
    Same(CellRef),
}

/// Whether a cell of a sum is added or subtracted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Added.
    Plus,
    /// Subtracted.
    Minus,
}

/// A cell of a table in the book, by indexes: of the sheet among the sheets, of the row among the table's rows, of
/// the column among its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellRef {
    /// Index of the sheet, which is a table.
    pub sheet: usize,
    /// Index of the row.
    pub row: usize,
    /// Index of the column.
    pub column: usize,
}
