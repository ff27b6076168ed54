//! The editions of a summary, all made from its text: pages, a workbook of its tables, the list of its figures.

mod pages;
mod script;
mod book;
mod figures;

pub(super) use book::book;
pub(crate) use book::{Shows, shows};
pub use figures::FigureLine;
pub(super) use figures::{figures, listed};
pub(crate) use figures::{of_drawn, of_text};
pub use pages::pages;
pub(super) use script::script;
