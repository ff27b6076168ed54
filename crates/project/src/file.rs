//! The project file `huibian.yaml`: whose project it is, for which period, from which sources, which documents.
#![expect(clippy::disallowed_methods, reason = "the files of a project are looked at here")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::fonts::Style;
use super::given::{self, GivenFile};
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, Node, NodeKind};
use value::{PartialDate, Period, Raw};

/// The name of the project file.
pub const FILE_NAME: &str = "huibian.yaml";

/// A project: what its file says.
#[derive(Debug, Clone)]
pub struct Project {
    /// The university.
    pub institution: Arc<str>,
    /// The department that issues the documents.
    pub department: Arc<str>,
    /// The period reported on: the calendar year for 党内统计, 1 July – 30 June for the ministry.
    pub period: Period,
    /// The day as of which everything is judged; it is also the date of the documents.
    pub as_of: Date,
    /// Last year's project folder, relative to this one.
    pub previous: Option<PathBuf>,
    /// Folders and files with the returned data, relative to the project folder.
    pub sources: Vec<Arc<str>>,
    /// Folders with the regulations, relative to the project folder.
    pub regulations: Vec<Arc<str>>,
    /// Folders with the texts of handbooks, a folder for each book in them; relative to the project folder.
    pub handbooks: Vec<Arc<str>>,
    /// Ids of the forms to make, with their places.
    pub forms: Vec<LocatedText>,
    /// The statistics to make.
    pub statistics: Vec<WantedStatistics>,
    /// Ids of the summaries to make, with their places.
    pub summaries: Vec<LocatedText>,
    /// Ids of the books to make, with their places.
    pub books: Vec<LocatedText>,
    /// Files of figures from outside.
    pub given: Vec<GivenFile>,
    /// The office's own faces by style, put before the bundled ones.
    pub fonts: Vec<(Style, LocatedText)>,
}

/// Statistics that a project wants.
#[derive(Debug, Clone)]
pub struct WantedStatistics {
    /// Their id, with its place.
    pub id: LocatedText,
    /// Their period, if it is neither their own yearly span nor the project's.
    pub period: Option<Period>,
    /// The day as of which they are judged, if it is said; else the last of their period.
    pub as_of: Option<Date>,
}

/// The documents that a project wants.
#[derive(Default)]
struct Documents {
    forms: Vec<LocatedText>,
    statistics: Vec<WantedStatistics>,
    summaries: Vec<LocatedText>,
    books: Vec<LocatedText>,
}

impl Project {
    /// A project without sources, for the examples that rules carry.
    pub fn example(as_of: Date) -> Self {
        Self {
            institution: "示例理工大学".into(),
            department: "党委组织部".into(),
            period: Period::back(as_of, 1).unwrap_or_else(|| Period::of_day(as_of)),
            as_of,
            previous: None,
            sources: Vec::new(),
            regulations: Vec::new(),
            handbooks: Vec::new(),
            forms: Vec::new(),
            statistics: Vec::new(),
            summaries: Vec::new(),
            books: Vec::new(),
            given: Vec::new(),
            fonts: Vec::new(),
        }
    }
}

/// Reads the project file's tree.
///
/// # Errors
/// If anything in it is wrong; everything that is wrong has been reported.
pub(super) fn load(root: &Node, folder: &Path, report: &mut Report) -> Result<Project, Reported> {
    let mut fields = Fields::new(root, "项目文件", report)?;
    let (institution, department) = (fields.required_text("institution"), fields.required_text("department"));
    let period = fields.required_node("period").and_then(|it| period(it, fields.report()));
    let as_of = fields.required_text("as_of").and_then(|it| day(&it, fields.report()));
    let previous = fields.text("previous").map(|it| existing(&it, folder, fields.report())).transpose();
    let sources = fields.required_node("sources").map(|_| fields.texts("sources"));
    let (regulations, handbooks) = (fields.texts("regulations"), fields.texts("handbooks"));
    let documents = fields.node("documents").map(|it| documents(it, fields.report())).transpose();
    let given = fields.list("given");
    let given = given::load(given, fields.report());
    let fonts = fields.node("fonts").map(|it| styles(it, fields.report())).transpose();
    // Before anything is given up: a misspelt key is why another one is missing.
    fields.finish();
    let (period, as_of) = (period?, as_of?);
    let documents = documents?.unwrap_or_default();
    Ok(Project {
        institution: institution?.text,
        department: department?.text,
        period,
        as_of,
        previous: previous?,
        sources: sources?.into_iter().map(|it| it.text).collect(),
        regulations: regulations.into_iter().map(|it| it.text).collect(),
        handbooks: handbooks.into_iter().map(|it| it.text).collect(),
        forms: documents.forms,
        statistics: documents.statistics,
        summaries: documents.summaries,
        books: documents.books,
        given: given?,
        fonts: fonts?.unwrap_or_default(),
    })
}

fn day(written: &LocatedText, report: &mut Report) -> Result<Date, Reported> {
    let date = PartialDate::parse(&Raw::text(&written.text)).ok().map(|it| it.value);
    match date.filter(|it| it.day().is_some()) {
        Some(date) => Ok(date.earliest()),
        None => {
            let message = format!("“{}”不是完整的日期", written.text);
            let finding = Finding::new(&codes::WRONG_KIND, message).at(written.origin);
            Err(report.error(finding.hint("请写成 2024-05-31")))
        }
    }
}

fn period(node: &Node, report: &mut Report) -> Result<Period, Reported> {
    let mut fields = Fields::new(node, "period", report)?;
    let (from, to) = (fields.required_text("from"), fields.required_text("to"));
    fields.finish();
    let (from, to) = (from?, to?);
    let (first, last) = (day(&from, report), day(&to, report));
    let (first, last) = (first?, last?);
    Period::new(first, last).ok_or_else(|| {
        let finding = Finding::new(&codes::WRONG_KIND, "期间的开始日期晚于结束日期").at(to.origin);
        report.error(finding.hint("请核对 from 与 to"))
    })
}

fn existing(written: &LocatedText, folder: &Path, report: &mut Report) -> Result<PathBuf, Reported> {
    let path = folder.join(&*written.text);
    if path.join(FILE_NAME).is_file() {
        return Ok(path);
    }
    let message = format!("previous 所指的“{}”不是项目文件夹", written.text);
    let finding = Finding::new(&codes::PREVIOUS_NOT_FOUND, message).at(written.origin);
    Err(report.error(finding.hint(format!("请写上年项目文件夹的相对路径，其中应有 {FILE_NAME}"))))
}

fn documents(node: &Node, report: &mut Report) -> Result<Documents, Reported> {
    let mut fields = Fields::new(node, "documents", report)?;
    let (forms, summaries) = (fields.texts("forms"), fields.texts("summaries"));
    let books = fields.texts("handbooks");
    let statistics = fields.list("statistics");
    let statistics: Vec<_> = statistics.iter().map(|it| wanted_statistics(it, fields.report())).collect();
    fields.finish();
    let statistics = statistics.into_iter().collect::<Result<_, _>>()?;
    Ok(Documents { forms, statistics, summaries, books })
}

/// An id, or `{id, period, as_of}`.
fn wanted_statistics(node: &Node, report: &mut Report) -> Result<WantedStatistics, Reported> {
    if let NodeKind::Scalar(text) = &node.kind {
        let id = LocatedText { text: text.clone(), origin: node.origin };
        return Ok(WantedStatistics { id, period: None, as_of: None });
    }
    let mut fields = Fields::new(node, "statistics", report)?;
    let id = fields.required_text("id");
    let own_period = fields.node("period").map(|it| period(it, fields.report())).transpose();
    let as_of = fields.text("as_of").map(|it| day(&it, fields.report())).transpose();
    fields.finish();
    Ok(WantedStatistics { id: id?, period: own_period?, as_of: as_of? })
}

fn styles(node: &Node, report: &mut Report) -> Result<Vec<(Style, LocatedText)>, Reported> {
    let mut fields = Fields::new(node, "fonts", report)?;
    let mut styles = Vec::new();
    for style in Style::ALL {
        styles.extend(fields.texts(style.id()).into_iter().map(|it| (style, it)));
    }
    fields.finish();
    Ok(styles)
}
