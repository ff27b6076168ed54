//! Books: regulations and texts under one cover, from `templates/handbooks/<id>/`, with contents, links and indexes.
//!
//! A book knows no pages: the layout finds them, the renderer reads them back, and the catalogue shows them.

mod declaration;
mod load;
mod shelf;
mod pages;
mod catalogue;
mod plan;

pub use declaration::Handbook;
pub use load::load_handbooks;
pub use shelf::Library;

use std::collections::BTreeMap;

use minijinja::Value;

use super::artefact::Kind;
use super::drafts::{Drafts, Planner};
use super::kinds::KindOfDocument;
use super::planning::Planning;
use facts::project_names;
use finding::{Finding, Report, codes};
use project::{Project, Wants};
use words::{Template, Unanswered};

/// The kind.
pub(super) const KIND: KindOfDocument = KindOfDocument {
    kind: Kind::new("handbooks"),
    title: "汇编",
    wants: Wants::Ids,
    load: |wanted, declaring, report| Ok(Box::new(Handbooks(load_handbooks(wanted, declaring, report)?))),
};

/// The books that a project wants.
#[derive(Debug)]
struct Handbooks(Vec<Handbook>);

impl Planner for Handbooks {
    fn plan(self: Box<Self>, planning: Planning<'_>, report: &mut Report) -> Drafts {
        plan::draft_all(&self.0, planning, report)
    }
}

/// A text over the project, such as the name of a file; one that cannot be made is reported at its template.
fn text(template: &Template, project: &Project, report: &mut Report) -> Option<String> {
    let names = Value::from(BTreeMap::from([("project", project_names(project))]));
    match template.render(&names) {
        Ok(text) => Some(text),
        Err(why) => {
            let message = format!("“{}”不能确定：{}", template.source(), reason(why));
            let finding = Finding::new(&codes::FORM_UNDECIDED, message).at(template.origin());
            report.push(finding.hint("请工程师检查汇编声明"));
            None
        }
    }
}

/// Why a text could not be made.
fn reason(unanswered: Unanswered) -> String {
    let (Unanswered::Missing(why) | Unanswered::Undecided(why) | Unanswered::Fault(why)) = unanswered;
    why
}
