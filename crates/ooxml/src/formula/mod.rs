//! Formulas of cells: read word by word, moved with the cells that they refer to, and computed.

mod tokens;
mod reference;
mod moved;
mod expression;
mod value;
mod number;
mod criterion;
mod functions;
mod evaluate;
mod workbook;

pub use self::moved::Stuck;
pub(crate) use self::moved::{Insertion, copied, is_same};
pub(crate) use self::number::is_close;
pub(crate) use self::reference::{LAST, Part};
pub use self::value::{CellValue, NotComputed};
pub(crate) use self::workbook::Workbook;

#[cfg(test)]
mod tests;
