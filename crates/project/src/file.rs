//! The project file `huibian.yaml`: whose project it is, for which period, from which sources, which documents.
#![expect(clippy::disallowed_methods, reason = "the files of a project are looked at here")]

use std::collections::BTreeMap;
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
    /// The documents to make, by kind: the key under `documents:`.
    pub documents: BTreeMap<Arc<str>, Vec<Wanted>>,
    /// Files of figures from outside.
    pub given: Vec<GivenFile>,
    /// The office's own faces by style, put before the bundled ones.
    pub fonts: Vec<(Style, LocatedText)>,
}

/// A declaration whose documents a project wants.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its id, with its place.
    pub id: LocatedText,
    /// The period of its documents, if it is neither their own yearly span nor the project's.
    pub period: Option<Period>,
    /// The day as of which they are judged, if it is said; else the last of their period.
    pub as_of: Option<Date>,
}

/// How a project names what it wants of a kind of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// By ids.
    Ids,
    /// By ids, or with days: `{id, period, as_of}`.
    IdsWithDays,
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
            documents: BTreeMap::new(),
            given: Vec::new(),
            fonts: Vec::new(),
        }
    }

    /// What it wants of a kind of documents.
    pub fn wanted(&self, kind: &str) -> &[Wanted] {
        self.documents.get(kind).map_or(&[], |it| it)
    }
}

impl Wanted {
    /// A declaration that is wanted by its id alone.
    pub fn of(id: LocatedText) -> Self {
        Self { id, period: None, as_of: None }
    }
}

/// Reads the project file's tree. `kinds` are the kinds of documents that there are, by their keys.
///
/// # Errors
/// If anything in it is wrong; everything that is wrong has been reported.
pub(super) fn load(
    root: &Node,
    folder: &Path,
    kinds: &[(&str, Wants)],
    report: &mut Report,
) -> Result<Project, Reported> {
    let mut fields = Fields::new(root, "项目文件", report)?;
    let (institution, department) = (fields.required_text("institution"), fields.required_text("department"));
    let period = fields.required_node("period").and_then(|it| period(it, fields.report()));
    let as_of = fields.required_text("as_of").and_then(|it| day(&it, fields.report()));
    let previous = fields.text("previous").map(|it| existing(&it, folder, fields.report())).transpose();
    let sources = fields.required_node("sources").map(|_| fields.texts("sources"));
    let (regulations, handbooks) = (fields.texts("regulations"), fields.texts("handbooks"));
    let documents = fields.node("documents").map(|it| documents(it, kinds, fields.report())).transpose();
    let given = fields.list("given");
    let given = given::load(given, fields.report());
    let fonts = fields.node("fonts").map(|it| styles(it, fields.report())).transpose();
    // Before anything is given up: a misspelt key is why another one is missing.
    fields.finish();
    let (period, as_of) = (period?, as_of?);
    Ok(Project {
        institution: institution?.text,
        department: department?.text,
        period,
        as_of,
        previous: previous?,
        sources: sources?.into_iter().map(|it| it.text).collect(),
        regulations: regulations.into_iter().map(|it| it.text).collect(),
        handbooks: handbooks.into_iter().map(|it| it.text).collect(),
        documents: documents?.unwrap_or_default(),
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

/// A list of what is wanted under the key of each kind.
fn documents(
    node: &Node,
    kinds: &[(&str, Wants)],
    report: &mut Report,
) -> Result<BTreeMap<Arc<str>, Vec<Wanted>>, Reported> {
    let mut fields = Fields::new(node, "documents", report)?;
    let mut documents = Vec::new();
    for (key, wants) in kinds {
        let wanted = match wants {
            Wants::Ids => Ok(fields.texts(key).into_iter().map(Wanted::of).collect()),
            Wants::IdsWithDays => {
                let items = fields.list(key).iter();
                let items: Vec<_> = items.map(|it| wanted_with_days(it, key, fields.report())).collect();
                items.into_iter().collect::<Result<_, _>>()
            }
        };
        documents.push(wanted.map(|it| (Arc::from(*key), it)));
    }
    fields.finish();
    documents.into_iter().collect()
}

/// An id, or `{id, period, as_of}`.
fn wanted_with_days(node: &Node, key: &str, report: &mut Report) -> Result<Wanted, Reported> {
    if let NodeKind::Scalar(text) = &node.kind {
        return Ok(Wanted::of(LocatedText { text: text.clone(), origin: node.origin }));
    }
    let mut fields = Fields::new(node, key, report)?;
    let id = fields.required_text("id");
    let own_period = fields.node("period").map(|it| period(it, fields.report())).transpose();
    let as_of = fields.text("as_of").map(|it| day(&it, fields.report())).transpose();
    fields.finish();
    Ok(Wanted { id: id?, period: own_period?, as_of: as_of? })
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
