//! The project file `huibian.yaml`: whose project it is, for which period, from which sources, which documents.
#![expect(clippy::disallowed_methods, reason = "the files of a project are looked at here")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::fonts::Style;
use super::given::GivenFile;
use super::returns::ReturnLine;
use finding::{Finding, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node, NodeKind, Parts, all, nearest};
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
    /// How many digits the codes of registers have, where the schemas say otherwise: by the name of the table.
    pub code_lengths: Vec<(LocatedText, usize)>,
    /// What it says of who has to return what.
    pub returns: Vec<ReturnLine>,
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
    /// Workbooks that others have issued and that are filled from it, by the names of their bindings.
    pub issued: Vec<LocatedText>,
    /// Whether the documents of each committee are wanted in a bundle as well.
    pub is_bundled: bool,
}

/// How a project names what it wants of a kind of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// By ids.
    Ids,
    /// By ids, or with days, and with workbooks that are filled from it: `{id, period, as_of, issued}`.
    IdsWithDays,
    /// By ids, or with bundles: `{id, bundles: true}`.
    IdsWithBundles,
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
            code_lengths: Vec::new(),
            returns: Vec::new(),
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
        Self { id, period: None, as_of: None, issued: Vec::new(), is_bundled: false }
    }
}

/// What a project file is read within.
pub(super) struct Within<'a> {
    /// The project's folder.
    pub(super) folder: &'a Path,
    /// The kinds of documents that there are, by their keys.
    pub(super) kinds: &'a [(&'a str, Wants)],
}

impl Declared<Within<'_>> for Project {
    const WHAT: &'static str = "项目文件";

    fn declared(fields: &mut Fields<'_, '_>, within: &Within<'_>) -> Result<Self, Reported> {
        let names = ["institution", "department"].map(|it| fields.required_string(it));
        let period = fields.required_node("period").and_then(|it| period(it, fields.report()));
        let as_of = fields.required_as("as_of", day);
        let previous = fields.text_as("previous", |it, report| existing(it, within.folder, report));
        let here = |it: &LocatedText, report: &mut Report| present(it, within.folder, report);
        let sources = fields.required_list("sources").and_then(|_| fields.texts_as("sources", here));
        let [regulations, handbooks] = ["regulations", "handbooks"].map(|it| fields.texts_as(it, here));
        let documents = fields.node("documents").map(|it| documents(it, within.kinds, fields.report()));
        let code_lengths = fields.node("codes").map(|it| code_lengths(it, fields.report())).transpose();
        let (returns, given) = (fields.parts("returns", &()), fields.parts("given", &()));
        let fonts = fields.part("fonts", &());
        // Before anything is given up: a misspelt key is why another one is missing.
        let days = (period, as_of);
        let parts = (
            names,
            days,
            previous,
            (sources, regulations, handbooks, code_lengths),
            documents.transpose(),
            returns,
            given,
            fonts,
        );
        let parts = fields.whole(parts)?;
        let ([institution, department], days, previous, sources, documents, returns, given, fonts) = parts;
        let (period, as_of) = days;
        let (sources, regulations, handbooks, code_lengths) = sources;
        let code_lengths = code_lengths.unwrap_or_default();
        let (documents, Styles(fonts)) = (documents.unwrap_or_default(), fonts.unwrap_or_default());
        Ok(Self {
            institution,
            department,
            period,
            as_of,
            previous,
            sources,
            regulations,
            handbooks,
            code_lengths,
            returns,
            documents,
            given,
            fonts,
        })
    }
}

pub(super) fn day(written: &LocatedText, report: &mut Report) -> Result<Date, Reported> {
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
    let ends = ["from", "to"].map(|it| fields.required_text(it));
    let [from, to] = fields.whole(ends)?;
    let [first, last] = [&from, &to].map(|it| day(it, report)).whole()?;
    Period::new(first, last).ok_or_else(|| {
        let finding = Finding::new(&codes::WRONG_KIND, "期间的开始日期晚于结束日期").at(to.origin);
        report.error(finding.hint("请核对 from 与 to"))
    })
}

/// `codes: {党支部: 9}`: so many digits beside the name of a table.
fn code_lengths(node: &Node, report: &mut Report) -> Result<Vec<(LocatedText, usize)>, Reported> {
    const LONGEST: usize = 30;
    let shape = "请写成“codes: {党支部: 9}”，表名后面写编码的位数";
    let NodeKind::Map(entries) = &node.kind else {
        let finding = Finding::new(&codes::WRONG_KIND, "“codes”应为键值").at(node.origin);
        return Err(report.error(finding.hint(shape)));
    };
    all(entries.iter().map(|it| {
        let digits = match &it.value.kind {
            NodeKind::Scalar(text) => text.parse().ok().filter(|it| (1..=LONGEST).contains(it)),
            _ => None,
        };
        let name = LocatedText { text: it.key.as_ref().into(), origin: it.key_origin };
        digits.map(|it| (name, it)).ok_or_else(|| {
            let message = format!("“{}”的编码位数应为1至{LONGEST}的整数", it.key);
            report.error(Finding::new(&codes::WRONG_KIND, message).at(it.value.origin).hint(shape))
        })
    }))
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

/// A folder or file that the project names, if it is there.
fn present(written: &LocatedText, folder: &Path, report: &mut Report) -> Result<Arc<str>, Reported> {
    if folder.join(&*written.text).exists() {
        return Ok(written.text.clone());
    }
    let beside = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = beside.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let hint = match nearest(&written.text, names.iter().map(String::as_str)) {
        _ if written.text.starts_with('-') => "“-”后面要有一个空格".to_owned(),
        Some(near) => format!("是否应为“{near}”？"),
        None => "请核对名称（相对于项目文件夹），或把它放进项目文件夹；不用的，删去这一项".to_owned(),
    };
    let message = format!("项目文件夹中没有“{}”", written.text);
    Err(report.error(Finding::new(&codes::SOURCE_NOT_FOUND, message).at(written.origin).hint(hint)))
}

/// A list of what is wanted under the key of each kind.
fn documents(
    node: &Node,
    kinds: &[(&str, Wants)],
    report: &mut Report,
) -> Result<BTreeMap<Arc<str>, Vec<Wanted>>, Reported> {
    let mut fields = Fields::new(node, "documents", report)?;
    let wanted = kinds.iter().map(|(key, wants)| {
        let wanted = match wants {
            Wants::Ids => Ok(fields.texts(key).into_iter().map(Wanted::of).collect()),
            Wants::IdsWithDays | Wants::IdsWithBundles => {
                let items = fields.list(key).iter();
                all(items.map(|it| wanted_with_more(it, (key, *wants), fields.report())))
            }
        };
        Ok((Arc::from(*key), wanted?))
    });
    let wanted = all(wanted);
    Ok(fields.whole(wanted)?.into_iter().collect())
}

/// An id, or `{id, period, as_of, issued}`, or `{id, bundles}`.
fn wanted_with_more(
    node: &Node,
    (key, wants): (&str, Wants),
    report: &mut Report,
) -> Result<Wanted, Reported> {
    if let NodeKind::Scalar(text) = &node.kind {
        return Ok(Wanted::of(LocatedText { text: text.clone(), origin: node.origin }));
    }
    let mut fields = Fields::new(node, key, report)?;
    let id = fields.required_text("id");
    if wants == Wants::IdsWithBundles {
        let is_bundled = fields.flag("bundles").unwrap_or_default();
        return Ok(Wanted { is_bundled, ..Wanted::of(fields.whole(id)?) });
    }
    let period = fields.node("period").map(|it| period(it, fields.report())).transpose();
    let as_of = fields.text_as("as_of", day);
    let issued = fields.texts("issued");
    let (id, period, as_of) = fields.whole((id, period, as_of))?;
    Ok(Wanted { period, as_of, issued, ..Wanted::of(id) })
}

/// The office's own faces by style.
#[derive(Default)]
struct Styles(Vec<(Style, LocatedText)>);

impl Declared for Styles {
    const WHAT: &'static str = "fonts";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let faces = |style: Style| fields.texts(style.id()).into_iter().map(move |it| (style, it));
        let styles = Style::ALL.into_iter().flat_map(faces).collect();
        fields.finish();
        Ok(Self(styles))
    }
}
