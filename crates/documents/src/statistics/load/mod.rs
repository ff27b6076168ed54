//! Declarations of statistics are read and checked: every fault is reported with its place, all in one run.

mod entry;
mod axis;
mod formula;
mod lines;
mod sheet;
mod list;
mod extras;
mod checks;
mod workbook;

pub(super) use sheet::book_template;
pub use workbook::{load_all, load_statistics};
