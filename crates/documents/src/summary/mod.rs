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
mod undecided;
mod plan;

pub use declaration::{Editions, Summary};
pub use editions::{FigureLine, pages};
pub(crate) use editions::{Shows, of_drawn, of_text, shows};
pub use load::load_all;
pub use plan::PlannedText;
pub use text::{Appendix, Block, CellColumn, Cells, ChartBlock, Figure, Phrase, Placed, Text};
pub(crate) use undecided::{Undecided, report as report_undecided};

use std::sync::Arc;

use super::artefact::Kind;
use super::drafts::{Drafts, Planner};
use super::kinds::KindOfDocument;
use super::planning::Planning;
use finding::Report;
use project::Wants;

/// The kind.
pub(super) const KIND: KindOfDocument = KindOfDocument {
    kind: Kind::new("summaries"),
    title: "总结",
    wants: Wants::Ids,
    load: |wanted, declaring, report| Ok(Box::new(Summaries(load_all(wanted, declaring, report)?))),
};

/// The summaries that a project wants.
#[derive(Debug)]
struct Summaries(Vec<Arc<Summary>>);

impl Planner for Summaries {
    fn plan(self: Box<Self>, planning: Planning<'_>, report: &mut Report) -> Drafts {
        plan::draft_all(&self.0, planning, report)
    }
}
