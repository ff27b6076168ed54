//! Summaries (总结): texts written from the year's records, from `templates/summaries/<id>/`.
//!
//! A declaration says which blocks a text has and how each is worded; what is written of the records is one [`Text`], and
//! every edition (pages, a document to be edited, a workbook) is made from it. A figure in it is a fact, and stands in the
//! list of figures with its sentence.

mod declaration;
mod text;
mod punctuation;
mod span;
mod load;
mod compose;
mod limits;
mod editions;
mod plan;

pub use declaration::{Editions, Summary};
pub use editions::FigureLine;
pub use load::load_all;
pub use plan::{PlannedSummaries, PlannedText};
pub use text::{Appendix, Block, CellColumn, Cells, ChartBlock, Figure, Phrase, Placed, Text};

pub(super) use plan::{draft_all, sort_out};
