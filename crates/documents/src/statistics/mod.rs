//! Statistics: workbooks of tables whose cells are tallied from records, from `templates/statistics/<id>/`.

mod declaration;
mod line;
mod load;
mod filled;
mod tally;
mod behind;
mod checks;
mod outside;
mod plan;
pub mod issued;

pub use behind::{Behind, behind};
pub(crate) use checks::apart;
pub use checks::{
    Apart, Band, Borrowed, CellAt, Check, EachOf, Judged, JudgedLine, Meant, Only, Outcome, Proof, Proving,
    Relation, Side, Weighed, prove,
};
pub(crate) use checks::{bare, full_title};
pub use declaration::{
    Body, ChartSpec, Comparison, ComparisonFigure, Cover, List, ListColumn, ListValue, Sheet, Span,
    Statistics, Wanted,
};
pub use filled::{
    CellId, Computed, Figure, FigureMade, Filled, FilledBody, FilledLine, FilledList, GivenFrom, Grid,
};
pub use line::{CellSource, Each, Given, Line, LineKind, Sources};
pub use load::{load_all, load_statistics};
pub use outside::{Outside, load_outside};
pub use plan::PlannedWorkbook;
pub use tally::{Counting, Supplied, Supply, compute};

pub(super) use plan::report_facts;

use super::artefact::Kind;
use super::drafts::{Drafts, Planner};
use super::kinds::KindOfDocument;
use super::planning::Planning;
use finding::Report;
use project::Wants;

/// The kind.
pub(super) const KIND: KindOfDocument = KindOfDocument {
    kind: Kind::new("statistics"),
    title: "统计表",
    wants: Wants::IdsWithDays,
    load: |wanted, declaring, report| Ok(Box::new(Declared(load_all(wanted, declaring, report)?))),
};

/// The statistics that a project wants.
#[derive(Debug)]
struct Declared(Vec<Wanted>);

impl Planner for Declared {
    fn plan(self: Box<Self>, planning: Planning<'_>, report: &mut Report) -> Drafts {
        let known = (&*planning.dataset.schemas, planning.figures.catalogue());
        let outside = load_outside(planning.given, &self.0, planning.templates, known, report);
        plan::draft_all(&self.0, &outside, planning, report)
    }
}
