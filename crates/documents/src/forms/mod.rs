//! Forms (申报书、登记表、审批表): one for each record, bound into a print set, with a workbook over all of them; from
//! `templates/forms/<id>/`.

mod declaration;
mod data;
mod body;
mod table;
mod cell;
mod listed;
mod pictures;
mod overview;
mod bundles;
mod print_set;
mod document;
mod plan;
pub mod prescribed;

pub use declaration::{Form, Forms, load_forms};
pub use overview::{PlannedOverview, Shown};
pub use prescribed::{FilledPlace, PlannedForm};

use super::artefact::Kind;
use super::drafts::{Drafts, Planner};
use super::kinds::KindOfDocument;
use super::planning::Planning;
use finding::Report;
use project::Wants;

/// The kind.
pub(super) const KIND: KindOfDocument = KindOfDocument {
    kind: Kind::new("forms"),
    title: "申报书及其合订本、汇总表、压缩包",
    wants: Wants::IdsWithBundles,
    load: |wanted, declaring, report| Ok(Box::new(load_forms(wanted, declaring, report)?)),
};

impl Planner for Forms {
    fn plan(self: Box<Self>, planning: Planning<'_>, report: &mut Report) -> Drafts {
        plan::draft_all(*self, planning, report)
    }
}
