//! All documents are planned together, for an error that one of them finds may stand in a field of another.

use std::sync::Arc;

use super::artefact::Withheld;
use super::blame::Errors;
use super::declaration::Form;
use super::form::{self, Planned};
use super::gates::check_names;
use super::handbook::{self, Handbook, Library, PlannedHandbooks};
use super::statistics::{self, Outside, PlannedStatistics, Wanted};
use super::summary::{self, PlannedSummaries, Summary};
use dataset::Dataset;
use facts::Figures;
use finding::{FileId, Report, Severity, Sources};
use project::{Fonts, Project};

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
    /// The facts.
    pub figures: &'a Arc<Figures>,
    /// The regulations and the texts of handbooks.
    pub library: Library<'a>,
    /// The figures from outside.
    pub outside: &'a Outside,
    /// The project.
    pub project: &'a Project,
    /// The files read, for the committees of those that could not be.
    pub sources: &'a Sources,
    /// The faces, for the coverage gate.
    pub fonts: &'a Fonts,
    /// Whether this is a draft.
    pub draft: Draft,
    /// Whether queries count as errors.
    pub strict: bool,
}

/// The documents that a project wants.
#[derive(Debug, Default)]
pub struct Declared {
    /// The forms.
    pub forms: Vec<Form>,
    /// The statistics.
    pub statistics: Vec<Wanted>,
    /// The summaries.
    pub summaries: Vec<Arc<Summary>>,
    /// The books.
    pub handbooks: Vec<Handbook>,
}

/// What is planned of all documents.
#[derive(Debug)]
pub struct Plans {
    /// The forms with what is planned of each.
    pub forms: Vec<(Form, Planned)>,
    /// The statistics.
    pub statistics: PlannedStatistics,
    /// The summaries.
    pub summaries: PlannedSummaries,
    /// The books.
    pub handbooks: PlannedHandbooks,
    /// The mark of a draft, if this is one.
    pub draft: Option<String>,
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

impl Plans {
    /// What is not made, of every kind.
    pub fn withheld(&self) -> impl Iterator<Item = &Withheld> {
        let of_forms = self.forms.iter().flat_map(|(_, it)| &it.withheld);
        let of_figures = self.statistics.withheld.iter().chain(&self.summaries.withheld);
        of_forms.chain(of_figures).chain(&self.handbooks.withheld)
    }
}

/// Plans all documents; what stands in their way goes to the report.
pub fn plan_all(declared: Declared, planning: Planning<'_>, report: &mut Report) -> Plans {
    let filled: Vec<_> = declared.forms.iter().map(|it| form::fill_all(it, planning, report)).collect();
    let drafted = statistics::draft_all(&declared.statistics, planning, report);
    let written = summary::draft_all(&declared.summaries, planning, report);
    let books = handbook::draft_all(&declared.handbooks, planning, report);
    let named = filled.iter().flatten().map(|it| it.named());
    let named = named.chain(drafted.iter().map(|it| it.named(planning)));
    let named = named.chain(written.iter().map(|it| it.named(planning)));
    check_names(named.chain(books.iter().flat_map(|it| it.named())), report);
    statistics::report_facts(planning.figures, planning.dataset, report);
    if planning.strict {
        report.make_queries_errors();
    }
    planning.dataset.add_subjects(report, planning.sources);
    let planned = |(form, filled): (Form, _)| {
        let planned = form::sort_out(&form, filled, planning, report);
        (form, planned)
    };
    let forms = declared.forms.into_iter().zip(filled).map(planned).collect();
    let draft = mark(planning, report);
    let errors = Errors::new(planning, report);
    let statistics = statistics::sort_out(drafted, draft.as_ref(), &errors, planning);
    let summaries = summary::sort_out(written, draft.as_ref(), &errors, planning);
    let handbooks = handbook::sort_out(books, draft.as_ref(), &errors, planning.sources);
    Plans { forms, statistics, summaries, handbooks, draft }
}

/// The mark of a draft: how many errors there are still.
pub(super) fn mark(planning: Planning<'_>, report: &Report) -> Option<String> {
    let n_errors = report.count(Severity::Error);
    (planning.draft == Draft::Yes && n_errors > 0).then(|| format!("草稿：尚有{n_errors}处错误未处理"))
}
