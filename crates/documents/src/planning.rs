//! All documents are planned together, for an error that one of them finds may stand in a field of another.

use std::sync::Arc;

use super::agreement;
use super::answers;
use super::blame::Errors;
use super::captions::Captions;
use super::drafts::{Background, Drafts, Planner};
use super::gates::check_names;
use super::handbook::Library;
use super::owed;
use super::plan::Plan;
use super::statistics;
use super::summary::report_undecided;
use super::vacant;
use dataset::Dataset;
use due::Returns;
use facts::Figures;
use finding::{FileId, Report, Severity, Sources};
use project::{Answer, Fonts, GivenContent, Project, Templates};

/// What becomes of documents over many records when some field is in error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    /// They are withheld.
    No,
    /// They are made all the same, and every page and sheet of the run is marked 草稿.
    Yes,
}

/// What planning needs to know beside the declarations.
#[derive(Debug, Clone, Copy)]
pub struct Planning<'a> {
    /// The records.
    pub dataset: &'a Arc<Dataset>,
    /// Who had to return what, and what has come.
    pub returns: &'a Arc<Returns>,
    /// The facts.
    pub figures: &'a Arc<Figures>,
    /// The regulations and the texts of handbooks.
    pub library: Library<'a>,
    /// What documents call their own parts.
    pub captions: &'a Arc<Captions>,
    /// What the project was given from outside.
    pub given: &'a [GivenContent],
    /// The project.
    pub project: &'a Project,
    /// What has been answered to queries.
    pub answers: &'a [Answer],
    /// Its templates.
    pub templates: &'a Templates,
    /// The files read, for the committees of those that could not be.
    pub sources: &'a Sources,
    /// The faces, for the coverage gate.
    pub fonts: &'a Fonts,
    /// Whether this is a draft.
    pub draft: Draft,
    /// Whether queries count as errors.
    pub strict: bool,
}

impl Planning<'_> {
    /// Whether a file is a regulation or a text of a handbook: no record was lost with it.
    pub(super) fn is_text(&self, file: FileId) -> bool {
        let path = self.sources.path(file);
        self.project.regulations.iter().chain(&self.project.handbooks).any(|it| lies_in(path, it))
    }
}

/// Whether a path lies in a folder, both as they are shown.
pub(super) fn lies_in(path: &str, folder: &str) -> bool {
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))
}

/// Plans all documents; what stands in their way goes to the report.
pub fn plan_all(planners: Vec<Box<dyn Planner>>, planning: Planning<'_>, report: &mut Report) -> Plan {
    let drafted: Vec<Drafts> = planners.into_iter().map(|it| it.plan(planning, report)).collect();
    let documents = drafted.iter().flat_map(|it| &it.groups).flat_map(|it| &it.documents);
    check_names(documents.flat_map(|it| &it.names), report);
    let inputs =
        drafted.iter().flat_map(|it| &it.groups).flat_map(|it| &it.documents).map(|it| &it.inputs[..]);
    let inputs = inputs.chain(drafted.iter().flat_map(|it| &it.closing).map(|it| it.inputs()));
    let counted = owed::counted(inputs, planning.returns, planning.dataset);
    let awaited = owed::report(&counted, planning.returns, planning.dataset, report);
    let documents = drafted.iter().flat_map(|it| &it.groups).flat_map(|it| &it.documents);
    let vacant = vacant::Readers::of(documents);
    let (mut behind, mut groups, mut undecided) = (Background::default(), Vec::new(), Vec::new());
    let mut closing = Vec::new();
    for it in drafted {
        closing.extend(it.closing);
        undecided.extend(it.undecided);
        behind.extend(it.behind);
        groups.extend(it.groups);
    }
    agreement::check(&behind, planning, report);
    statistics::report_facts(planning.figures, planning.dataset, report);
    vacant.report(planning.dataset, report);
    planning.dataset.fold_causes(&planning.returns.senders, report);
    planning.dataset.add_subjects(report, &planning.returns.senders);
    answers::apply(planning.answers, planning.dataset, report);
    if planning.strict {
        report.make_queries_errors();
    }
    report_undecided(&undecided, report);
    planning.dataset.add_subjects(report, &planning.returns.senders);
    groups.extend(closing.into_iter().map(|it| it.close(planning, report)));
    let errors = Errors::new(planning.dataset, planning.sources, report);
    let mut plan = Plan::new(mark(planning, report), behind);
    (plan.awaited, plan.counted) = (awaited, counted);
    groups.into_iter().enumerate().for_each(|(number, it)| plan.add(it, number, &errors));
    plan
}

/// The mark of a draft: how many errors there are still.
fn mark(planning: Planning<'_>, report: &Report) -> Option<String> {
    let n_errors = report.count(Severity::Error);
    (planning.draft == Draft::Yes && n_errors > 0)
        .then(|| planning.captions.draft.filled(&[&n_errors.to_string()]))
}
