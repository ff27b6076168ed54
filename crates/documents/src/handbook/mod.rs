//! Books: regulations and texts under one cover, from `templates/handbooks/<id>/`, with contents, links and indexes.
//!
//! A book knows no pages: the layout finds them, the renderer reads them back, and the catalogue shows them.

mod declaration;
mod load;
mod shelf;
mod pages;
mod catalogue;
mod plan;

pub use catalogue::PageCell;
pub use declaration::Handbook;
pub use load::load_handbooks;
pub use plan::{PlannedCatalogue, PlannedHandbook, PlannedHandbooks};
pub use shelf::Library;

pub(super) use plan::{draft_all, sort_out};

use std::collections::BTreeMap;

use minijinja::Value;

use facts::project_names;
use finding::{Finding, Report, codes};
use project::Project;
use words::{Template, Unanswered};

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
