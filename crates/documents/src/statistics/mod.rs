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

pub use behind::{Behind, behind};
pub(crate) use checks::apart;
pub(crate) use checks::full_title;
pub use checks::{
    Apart, Band, Borrowed, CellAt, Check, EachOf, Judged, JudgedLine, Meant, Only, Outcome, PROVED, Proof,
    Proving, Relation, Side, Weighed, prove,
};
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
pub use plan::{PlannedStatistics, PlannedWorkbook};
pub use tally::{Counting, Supplied, Supply, compute};

pub(super) use plan::{draft_all, report_facts, sort_out};
