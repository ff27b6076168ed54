//! huibian 汇编: a folder of returned spreadsheets and YAML goes in; checked, print-ready documents come out.
//!
//! # The way of the data
//!
//! ```text
//! project folder ─ source ─▶ located cells ─ schema ─▶ records ─ dataset ─▶ related records
//!                                                           │
//!     findings ◀── every stage adds findings, none stops at the first ──┤
//!                                                           ▼
//!                       facts, rules ─ documents ─▶ planned artefacts ─ render ─▶ bytes ─ publish ─▶ output/
//! ```
//!
//! One direction, no way back. [`check`] goes as far as the planned artefacts, [`build`] to the end. The
//! modules below stand in reading order, and each uses only those above it. What changes from year to
//! year (fields, rules, forms, layouts, wording) are files under `templates/`; the code is the engine
//! that reads them.

pub use dataset;
pub use documents;
pub use facts;
pub use finding;
pub use ooxml;
pub use project;
pub use publish;
pub use regulations;
pub use render;
pub use rules;
pub use schema;
pub use source;
pub use value;
pub use words;
pub mod cli;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dataset::Dataset;
use documents::handbook::Library;
use documents::{Captions, Declaring, Draft, Kind, Made, Plan, Planner, Planning, Withheld};
use facts::{Catalogue, Figures, Frame, Sieve};
use finding::{Report, Reported, Sources, arrange};
use project::{OpenError, Setup};
use publish::{About, Edition, PublishError, Published, Scope};
use regulations::{Collection, HandbookText, Regulation};
use render::{Press, RunPage, TableCount, Workshop};
use rules::Condition;
use source::{Folders, SourceError};

/// How data are judged.
#[derive(Debug, Clone)]
pub struct Judging {
    /// Whether documents over many records are made in spite of errors, marked as drafts.
    pub draft: Draft,
    /// Whether queries count as errors.
    pub strict: bool,
    /// The output folder, if it lies within the project: it is not read.
    pub excluded: Vec<PathBuf>,
}

/// What a build makes and where.
#[derive(Debug, Clone)]
pub struct Building {
    /// How data are judged.
    pub judging: Judging,
    /// The output folder.
    pub out: PathBuf,
    /// The one kind of documents wanted; all if none is named.
    pub only: Option<Kind>,
    /// How many threads print.
    pub jobs: NonZeroUsize,
}

/// Hears how far a run has come: the stage, what is done, and what there is to do.
pub type Progress<'a> = dyn Fn(Stage, usize, usize) + Sync + 'a;

/// The stages that take time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read.
    Reading,
    /// Documents are printed.
    Printing,
}

/// Why a run could not be made at all; faults of the data are findings instead.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The project cannot be opened; the report says what is wrong with it.
    #[error("{0}")]
    Open(OpenError),
    /// A template is wrong; the report says what.
    #[error("模板有误，不能继续")]
    Templates,
    /// A source folder cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The report page cannot be made from its template.
    #[error("报告页模板有误：{0}")]
    Page(#[from] minijinja::Error),
    /// A workbook cannot be written.
    #[error(transparent)]
    Book(#[from] render::BookFault),
    /// The findings cannot be written as JSON.
    #[error("检查结果不能写成 JSON：{0}")]
    Json(#[from] serde_json::Error),
    /// The output folder cannot be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
}

/// A run: its files and what was found; it grows as the stages go by, and survives a failure.
#[derive(Debug, Default)]
pub struct Run {
    /// The files read.
    pub sources: Sources,
    /// The findings.
    pub report: Report,
}

/// What was read and checked, ready to be made into documents.
#[derive(Debug)]
pub struct Checked {
    /// The project.
    pub setup: Setup,
    /// The related records.
    pub dataset: Arc<Dataset>,
    /// The facts.
    pub figures: Arc<Figures>,
    /// The rules that the records were put to.
    pub rules: Vec<Condition>,
    /// What is planned.
    pub plan: Plan,
    /// The regulations, proof-read.
    pub regulations: Vec<Regulation>,
    /// The texts of the handbooks, proof-read.
    pub texts: Vec<HandbookText>,
    /// How many files the source folders and those of the regulations and handbooks held.
    pub n_files: usize,
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// How many documents were made, the report not counted.
    pub n_documents: usize,
    /// What was not made.
    pub withheld: Vec<Withheld>,
    /// What happened in the output folder.
    pub published: Published,
}

/// Reads a project and checks everything in it; plans its documents but makes none.
///
/// # Errors
/// If the project cannot be used at all; the run's report then says why.
pub fn check(
    folder: &Path,
    judging: &Judging,
    run: &mut Run,
    progress: &Progress<'_>,
) -> Result<Checked, Failure> {
    let Run { sources, report } = run;
    let setup = project::open(folder, &documents::wanted_keys(), sources, report).map_err(Failure::Open)?;
    let schemas =
        schema::load(&setup.templates.trees("schemas", report), report).map_err(|_| Failure::Templates)?;
    let catalogue = Catalogue::load(&setup.templates.trees("facts", report), &schemas, report);
    let rules = rules::load(&setup.templates.trees("rules", report), &schemas, &catalogue, report);
    catalogue.report_unused(&setup.templates, report);
    let declared = declared(&setup, (&schemas, &catalogue), report).map_err(|_| Failure::Templates)?;
    let captions = Captions::load(&setup.templates, report).map_err(|_| Failure::Templates)?;
    let captions = Arc::new(captions);
    let reading = reading(&setup, report).map_err(|_| Failure::Templates)?;
    if report.has_errors() {
        return Err(Failure::Templates);
    }
    let given = project::given_contents(&setup.project, folder, sources, report);
    // With `sources: [.]` the project's own files lie among the returns.
    let own = [project::FILE_NAME, "templates", "fonts"].map(PathBuf::from);
    let mut excluded: Vec<PathBuf> = judging.excluded.iter().cloned().chain(own).collect();
    let project = &setup.project;
    let Collection { regulations, texts, references, n_files: n_texts } =
        regulations::collect((folder, &excluded), (project, &reading), sources, report)?;
    let folders = project.regulations.iter().chain(&project.handbooks);
    excluded.extend(folders.map(|it| PathBuf::from(&**it)));
    let folders = Folders { root: folder, wanted: &setup.project.sources, excluded: &excluded };
    let collected =
        source::collect(folders, sources, report, &|done, all| progress(Stage::Reading, done, all))?;
    let earlier = project::earlier_files(&setup.project, report);
    let expected = schema::Expected { period: setup.project.period, earlier: &earlier };
    let records = schema::bind(collected.files, &schemas, &expected, report);
    let dataset = Arc::new(Dataset::new(Arc::new(schemas), records, report));
    let sieve = Sieve::new(dataset.clone(), Frame::of_project(&setup.project));
    let figures = Arc::new(Figures::new(Arc::new(catalogue), sieve));
    rules::check(&rules, &figures, &setup.project, report);
    let library = Library {
        regulations: &regulations,
        texts: &texts,
        of_regulations: &references.of_regulations,
        of_texts: &references.of_texts,
        reading: &reading,
    };
    let planning = Planning {
        library,
        dataset: &dataset,
        figures: &figures,
        given: &given,
        sources,
        captions: &captions,
        project: &setup.project,
        templates: &setup.templates,
        fonts: &setup.fonts,
        draft: judging.draft,
        strict: judging.strict,
    };
    let plan = documents::plan_all(declared, planning, report);
    arrange(report);
    let n_files = collected.n_files + n_texts;
    Ok(Checked { setup, dataset, figures, rules, plan, regulations, texts, n_files })
}

/// Reads what is declared about regulations.
fn reading(setup: &Setup, report: &mut Report) -> Result<regulations::Reading, Reported> {
    regulations::Reading::load(&setup.templates, report)
}

/// Reads the declarations of all documents that the project wants.
fn declared(
    setup: &Setup,
    (schemas, catalogue): (&schema::Schemas, &Catalogue),
    report: &mut Report,
) -> Result<Vec<Box<dyn Planner>>, Reported> {
    let declaring = Declaring { templates: &setup.templates, schemas, catalogue };
    documents::load_declared(&setup.project, declaring, report)
}

/// Makes what was planned and publishes it, with the report of the run.
///
/// # Errors
/// If the output folder cannot be written; every file in it is then old or new.
pub fn build(
    checked: &mut Checked,
    building: &Building,
    run: &mut Run,
    progress: &Progress<'_>,
) -> Result<Built, Failure> {
    let Checked { setup, plan, dataset, .. } = &mut *checked;
    let workshop = Workshop {
        press: Press::new(&setup.templates, &setup.fonts),
        jobs: building.jobs,
        fonts: &setup.fonts,
        step: &|done, all| progress(Stage::Printing, done, all),
    };
    let made = workshop.make(plan, building.only, &mut run.report);
    drop(workshop);
    dataset.add_subjects(&mut run.report, &run.sources);
    arrange(&mut run.report);
    publish_all(checked, made, building, run)
}

fn publish_all(
    checked: &Checked,
    mut made: Vec<Made>,
    building: &Building,
    run: &Run,
) -> Result<Built, Failure> {
    let wanted = |it: &&Withheld| building.only.is_none_or(|kind| it.artefact.kind == kind);
    let withheld: Vec<Withheld> = checked.plan.withheld().iter().filter(wanted).cloned().collect();
    let page = report_page(checked, &made, &withheld, run)?;
    let findings = render::findings_json(&run.report, &run.sources)?;
    let n_documents = made.len();
    let own = |path: &str, text: String| Made::unplanned(path, Kind::REPORT, text.into_bytes());
    made.extend([own("report.html", page), own("findings.json", findings)]);
    let project = &checked.setup.project;
    let edition = Edition {
        about: Some(About {
            project: checked.setup.name.as_deref(),
            institution: &project.institution,
            period: (project.period.first(), project.period.last()),
        }),
        documents: made,
        withheld: &withheld,
        is_complete: !run.report.has_errors(),
        scope: building.only.map_or(Scope::Everything, Scope::Only),
    };
    let published = publish::publish(&building.out, &edition)?;
    Ok(Built { n_documents, withheld, published })
}

fn report_page(
    checked: &Checked,
    made: &[Made],
    withheld: &[Withheld],
    run: &Run,
) -> Result<String, Failure> {
    let Checked { setup, dataset, plan, regulations, n_files, .. } = checked;
    let template =
        setup.templates.get("report/page.html").map(|it| String::from_utf8_lossy(&it.bytes).into_owned());
    let committees = committees(dataset);
    let schemas = &dataset.schemas.tables;
    let tables = schemas.with_ids().filter(|(_, it)| it.parent.is_none());
    let page = RunPage {
        institution: &setup.project.institution,
        department: &setup.project.department,
        period: (setup.project.period.first(), setup.project.period.last()),
        as_of: setup.project.as_of,
        draft: plan.draft(),
        files_read: *n_files,
        tables: tables
            .map(|(table, it)| TableCount { title: &it.title, records: dataset.n_rows(table) })
            .collect(),
        regulations: regulations.len(),
        committees: committees.iter().map(|it| &**it).collect(),
        documents: made,
        withheld,
        report: &run.report,
        sources: &run.sources,
    };
    Ok(render::page(&template.unwrap_or_default(), &page)?)
}

/// The committees in the order of their records: organisations as given.
fn committees(dataset: &Dataset) -> Vec<Arc<str>> {
    let mut committees: Vec<Arc<str>> = Vec::new();
    let mut seen = BTreeSet::new();
    for record in dataset.rows() {
        let committee = dataset.subject(record).committee;
        committees.extend(committee.filter(|it| seen.insert(it.clone())));
    }
    committees
}
