//! A session: all that can be done with a project, without a terminal. The command line shows what it gives, and tests and
//! benchmarks ask it too.
//!
//! [`Session::check`] goes as far as the plan, and is [`Session::open`], [`Session::read`] and [`Session::plan`] in turn;
//! [`Session::make`] goes to the end. What was found stays in the session, also when a step fails.

mod open;
mod check;
mod make;
mod office;
mod report;
mod explain;
mod diff;
mod compare;
mod import;
mod brought;
mod import_form;
mod import_statistics;
mod init;
mod synonyms;
mod answers;
mod since;
mod collect;

pub use brought::BroughtFault;
pub use check::{Checked, Judging, Related};
pub use collect::{Collection, Forms, Source};
pub use compare::{CompareFault, Comparing, Reconciled, Told};
pub use diff::Compared;
pub use explain::{Answer, Question};
pub use import::{ImportFault, Imported};
pub use import_form::{FormDrafted, FormFault, FormWanted};
pub use import_statistics::{BindingDrafted, BindingFault, BindingWanted};
pub use init::{InitFault, init};
pub use make::{Built, Making, Reported};
pub use open::{Declared, Opened};
pub use since::earlier_findings;
pub use synonyms::{Written, write_synonyms};

use finding::{Report, Sources};
use project::{OpenError, Templates};
use publish::PublishError;
use source::SourceError;

/// A session: its files and what was found; it grows as the steps go by, and survives a failure.
pub struct Session<'p> {
    /// The files read.
    pub sources: Sources,
    /// The findings.
    pub report: Report,
    progress: &'p Progress<'p>,
}

/// Hears how far a session has come: the stage, what is done, and what there is to do.
pub type Progress<'p> = dyn Fn(Stage, usize, usize) + Sync + 'p;

/// The stages that take time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read.
    Reading,
    /// Documents are made.
    Printing,
}

/// Why a step could not be made at all; faults of the data are findings instead.
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
    /// The findings of an earlier run are not where they were said to be.
    #[error(
        "“{0}”中没有上次的检查结果（findings.json），或已不是原样。请写上次 check --out 或 build 的输出文件夹"
    )]
    Earlier(std::path::PathBuf),
    /// Forms cannot be written.
    #[error(transparent)]
    Forms(#[from] collection::Fault),
    /// Nobody owes anything, so that there is nothing to send out.
    #[error(
        "没有要下发的表：项目要生成的文件用不到各单位报送的表，或登记中还没有报送单位。空白表样可用 --blank 生成"
    )]
    NothingToSend,
    /// The findings cannot be written as JSON.
    #[error("检查结果不能写成 JSON：{0}")]
    Json(#[from] serde_json::Error),
    /// The output folder cannot be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
}

impl<'p> Session<'p> {
    /// A session whose progress is heard by somebody.
    pub fn new(progress: &'p Progress<'p>) -> Self {
        Self { sources: Sources::default(), report: Report::default(), progress }
    }
}

impl Default for Session<'_> {
    /// A session whose progress nobody hears.
    fn default() -> Self {
        Self::new(&|_, _, _| ())
    }
}

/// A template of the report's pages as text; empty if there is none.
fn page_template(templates: &Templates, name: &str) -> String {
    let found = templates.get(&format!("report/{name}"));
    found.map(|it| String::from_utf8_lossy(&it.bytes).into_owned()).unwrap_or_default()
}
