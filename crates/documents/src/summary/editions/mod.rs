//! The editions of a summary, all made from its text: pages, a workbook of its tables, the list of its figures.

mod pages;
mod script;
mod book;
mod figures;

pub(super) use book::book;
pub use figures::FigureLine;
pub(super) use figures::{figures, listed};
pub use pages::pages;
pub(super) use script::script;
