//! Cells of a table: text, figures, and formulas with the value that they have.

use super::table::Zero;
use value::Amount;
pub use words::Sign;

/// What stands for a figure that cannot be shown, as in a spreadsheet.
const TOO_LARGE: &str = "####";

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
    Decimal(Amount),
    /// A share, shown in percent with so many places.
    Percent {
        /// The share: 0.255 for 25.5%.
        value: Amount,
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
    /// One cell divided by another, in percent; nothing if the other is zero.
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

impl Cell {
    /// The number of a row, whose index is counted from zero.
    pub fn ordinal(idx: usize) -> Self {
        Self::Integer(i64::try_from(idx.saturating_add(1)).unwrap_or(i64::MAX))
    }

    /// How many there are.
    pub fn count(n: usize) -> Self {
        Self::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// A number: whole if it is whole, and without zeros at its end.
    pub fn number(value: Amount) -> Self {
        value.whole().map_or(Self::Decimal(value.trimmed()), Self::Integer)
    }

    /// What the cell shows: the same text in the workbook, by its number format, and on paper.
    pub fn shown(&self, zero: Zero) -> String {
        if self.is_zero() {
            match zero {
                Zero::Shown => {}
                Zero::Blank => return String::new(),
                Zero::Dash => return "—".to_owned(),
            }
        }
        match self {
            Self::Empty | Self::Above => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Percent { value, places } => percent(*value, *places),
            Self::Formula { value, .. } => value.shown(zero),
        }
    }

    /// Whether it is a figure of zero.
    fn is_zero(&self) -> bool {
        match self {
            Self::Empty | Self::Above | Self::Text(_) => false,
            Self::Integer(number) => *number == 0,
            Self::Decimal(value) | Self::Percent { value, .. } => value.is_zero(),
            Self::Formula { value, .. } => value.is_zero(),
        }
    }
}

/// A share in percent, rounded half away from zero as a spreadsheet shows it.
fn percent(value: Amount, places: u8) -> String {
    let percent = value.in_percent().map(|it| it.fixed(u32::from(places)));
    percent.map_or_else(|| TOO_LARGE.to_owned(), |it| format!("{it}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_shown_as_declared_in_a_formula_too_and_a_rate_is_rounded() {
        let rate = |part: i64, places| Cell::Formula {
            formula: Formula::Sum(Vec::new()),
            value: Box::new(Cell::Percent {
                value: Amount::from(part).over(10_000_i64.into()).unwrap(),
                places,
            }),
        };
        assert_eq!([Zero::Shown, Zero::Blank, Zero::Dash].map(|it| rate(0, 1).shown(it)), ["0.0%", "", "—"]);
        assert_eq!(
            [rate(2545, 1), rate(2545, 0), rate(4, 1)].map(|it| it.shown(Zero::Blank)),
            ["25.5%", "25%", "0.0%"]
        );
        assert_eq!(Cell::Decimal("12.50".parse().unwrap()).shown(Zero::Dash), "12.50");
        assert_eq!(Cell::Text("0".to_owned()).shown(Zero::Blank), "0");
        let most = "79228162514264337593543950335".parse().unwrap();
        assert_eq!(Cell::Percent { value: most, places: 1 }.shown(Zero::Blank), "####");
    }
}
