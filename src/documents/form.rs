//! Forms are planned: one document for each record, unless a field that it reads is in error.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::artefact::{Artefact, Body, Kind, Pages, Withheld};
use super::data::leaf;
use super::declaration::Form;
use super::names::safe_name;
use super::overview;
use crate::dataset::{Dataset, FieldRef, RecordRef, Scene, Trace};
use crate::finding::{Finding, Report, Severity, codes};
use crate::project::{Fonts, Project};
use crate::rules::{Outcome, project_names};

/// What becomes of documents over many records when some field is in error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    /// They are withheld.
    No,
    /// They are made all the same, and every page and sheet of the run is marked 草稿.
    Yes,
}

/// What planning needs to know beside the form.
#[derive(Debug, Clone, Copy)]
pub struct Planning<'a> {
    /// The records.
    pub dataset: &'a Arc<Dataset>,
    /// The project.
    pub project: &'a Project,
    /// The faces, for the coverage gate.
    pub fonts: &'a Fonts,
    /// Whether this is a draft.
    pub draft: Draft,
    /// Whether queries count as errors.
    pub strict: bool,
}

/// All documents of one form.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The forms to be made.
    pub forms: Vec<PlannedForm>,
    /// The workbook over all records.
    pub overview: Option<Artefact>,
    /// What is not made.
    pub withheld: Vec<Withheld>,
    /// The mark of a draft.
    pub draft: Option<String>,
}

/// One form to be made.
#[derive(Debug, Clone)]
pub struct PlannedForm {
    /// What is to be rendered, and where it goes.
    pub artefact: Artefact,
    /// The form's part of the data, for the print set.
    pub part: Json,
    /// Name of the applicant, for the print set's list.
    pub name: String,
    /// The committee, for the report and for withholding it later.
    pub committee: Option<Arc<str>>,
    /// Where its record stands.
    pub origin: crate::finding::Origin,
}

/// A form filled in, before it is known whether it may be made.
struct Filled {
    record: RecordRef,
    path: String,
    name: String,
    key: String,
    part: Json,
    reads: Vec<FieldRef>,
    outcomes: Vec<Outcome>,
    overview_cells: Vec<super::book::Cell>,
    overview_reads: Vec<FieldRef>,
}

/// Plans the documents of every form.
pub fn plan_all(forms: Vec<Form>, planning: Planning<'_>, report: &mut Report) -> Vec<(Form, Planned)> {
    forms
        .into_iter()
        .map(|form| {
            let planned = plan(&form, planning, report);
            (form, planned)
        })
        .collect()
}

/// Plans every document of a form; findings of its conditions and of the coverage gate go to the report.
fn plan(form: &Form, planning: Planning<'_>, report: &mut Report) -> Planned {
    let dataset = planning.dataset;
    let mut filled = Vec::new();
    for row in 0..dataset.n_rows(form.of) {
        filled.push(fill(form, planning, row, report));
    }
    check_coverage(&filled, planning, report);
    check_collisions(&filled, report);
    if planning.strict {
        report
            .findings_mut()
            .iter_mut()
            .filter(|it| it.severity == Severity::Query)
            .for_each(|it| it.severity = Severity::Error);
    }
    sort_out(form, filled, planning, report)
}

/// Divides the filled forms into those to be made and those withheld.
fn sort_out(form: &Form, filled: Vec<Filled>, planning: Planning<'_>, report: &Report) -> Planned {
    let errors = Errors::new(report);
    let n_errors = report.count(Severity::Error);
    let draft =
        (planning.draft == Draft::Yes && n_errors > 0).then(|| format!("草稿：尚有{n_errors}处错误未处理"));
    let mut planned =
        Planned { forms: Vec::new(), overview: None, withheld: Vec::new(), draft: draft.clone() };
    if let Some(declared) = &form.overview {
        let reads: BTreeSet<FieldRef> =
            filled.iter().flat_map(|it| it.overview_reads.iter().copied()).collect();
        let blame = errors.behind(planning.dataset, reads);
        let rows: Vec<overview::Row<'_>> = filled
            .iter()
            .map(|it| overview::Row { record: &it.record, cells: &it.overview_cells, outcomes: &it.outcomes })
            .collect();
        match overview::plan(form, declared, &rows, planning.project, draft.clone()) {
            Ok(artefact) if blame.is_empty() || draft.is_some() => planned.overview = Some(artefact),
            Ok(artefact) => planned.withheld.push(blame.withhold(artefact.path, artefact.title, None)),
            Err(_) => {}
        }
    }
    for it in filled {
        let (table, row) = (it.record.table, it.record.row);
        let committee = planning.dataset.subject(table, row).committee;
        let mut blame = errors.behind(planning.dataset, it.reads.iter().copied());
        blame.add(errors.at(planning.dataset.record(table, row).origin));
        if blame.is_empty() {
            planned.forms.push(planned_form(form, it, committee, planning, draft.as_ref()));
        } else {
            planned.withheld.push(blame.withhold(it.path, it.name, committee));
        }
    }
    planned
}

fn planned_form(
    form: &Form,
    filled: Filled,
    committee: Option<Arc<str>>,
    planning: Planning<'_>,
    draft: Option<&String>,
) -> PlannedForm {
    let title = format!("{}——{}", form.title, filled.name);
    let data = page_data(planning.project, planning.fonts, &title, draft, std::slice::from_ref(&filled.part));
    let pages = Pages { layout: form.layout(), data, date: planning.project.as_of };
    PlannedForm {
        artefact: Artefact {
            path: filled.path,
            kind: Kind::Forms,
            title,
            records: vec![filled.key.into()],
            body: Body::Pages(pages),
        },
        part: filled.part,
        name: filled.name,
        committee,
        origin: filled.record.dataset.record(filled.record.table, filled.record.row).origin,
    }
}

/// The data that every layout of forms gets.
pub(super) fn page_data(
    project: &Project,
    fonts: &Fonts,
    title: &str,
    draft: Option<&String>,
    forms: &[Json],
) -> Json {
    let as_of = crate::value::PartialDate::from(project.as_of);
    json!({
        "title": title,
        "language": "zh-CN",
        "faces": fonts.styles,
        "project": {
            "institution": &*project.institution,
            "department": &*project.department,
            "as_of": as_of.to_string(),
            "period": project.period.to_string(),
        },
        "draft": draft,
        "volume": Json::Null,
        "forms": forms,
    })
}

impl Form {
    /// The virtual path of the form's layout.
    pub(super) fn layout(&self) -> String {
        format!("forms/{}/layout.typ", self.id)
    }
}

fn scene(planning: Planning<'_>, table: usize, row: usize) -> Scene {
    let trace = Arc::new(Trace::default());
    let record = RecordRef { dataset: planning.dataset.clone(), table, row, trace };
    Scene::new(record).with("project", project_names(planning.project))
}

fn fill(form: &Form, planning: Planning<'_>, row: usize, report: &mut Report) -> Filled {
    let for_overview = scene(planning, form.of, row);
    let mut outcomes = Vec::new();
    for condition in &form.conditions {
        let judgement = condition.judge(&for_overview, planning.project);
        judgement.finding.into_iter().for_each(|it| report.push(it));
        outcomes.push(judgement.outcome);
    }
    let overview = form.overview.as_ref().map(|it| overview::cells(it, &for_overview));
    let scene = scene(planning, form.of, row);
    let text = |value| leaf(value, &scene, "").unwrap_or_default();
    let (name, key) = (text(&form.name), text(&form.key));
    let fields = form.data.fill(&scene, &form.empty);
    let origin = planning.dataset.record(form.of, row).origin;
    for why in
        [fields.as_ref().err(), overview.as_ref().and_then(|it| it.as_ref().err())].into_iter().flatten()
    {
        let message = format!("“{}”中有内容不能确定：{why}", form.title);
        let finding = Finding::new(&codes::FORM_UNDECIDED, message).at(origin);
        report.push(finding.hint("请补全所说的值（如写明日期），或请工程师检查表单声明"));
    }
    Filled {
        path: path(form, &scene, &name),
        part: json!({
            "key": key,
            "title": format!("{}——{name}", form.title),
            "name": name,
            "fields": fields.unwrap_or_default(),
        }),
        name,
        key,
        reads: scene.record.trace.fields(),
        overview_cells: overview.and_then(Result::ok).unwrap_or_default(),
        overview_reads: for_overview.record.trace.fields(),
        outcomes,
        record: for_overview.record,
    }
}

/// Where the document goes. A name whose values are missing or invalid stands for a document that will be withheld.
fn path(form: &Form, scene: &Scene, name: &str) -> String {
    let context = scene.context();
    let folder = form.folder.render(&context).unwrap_or_else(|_| "未能确定单位".to_owned());
    let file = form.file_name.render(&context).unwrap_or_else(|_| format!("{}-{name}", form.title));
    format!("forms/{}/{}/{}.pdf", form.id, safe_name(&folder), safe_name(&file))
}

/// The coverage gate: every character of every value that a form reads must be in some face.
fn check_coverage(filled: &[Filled], planning: Planning<'_>, report: &mut Report) {
    let reads: BTreeSet<FieldRef> = filled.iter().flat_map(|it| it.reads.iter().copied()).collect();
    for at in reads {
        let cell = planning.dataset.cell(at);
        let text = cell.value.display();
        let missing: BTreeSet<char> =
            text.chars().filter(|it| !is_ignorable(*it) && !planning.fonts.covers(*it)).collect();
        if missing.is_empty() {
            continue;
        }
        let field = &planning.dataset.schema(at.table).fields[at.field];
        let shown: Vec<String> =
            missing.iter().map(|it| format!("“{it}”（U+{:04X}）", u32::from(*it))).collect();
        let mut finding =
            Finding::new(&codes::CHARACTER_NOT_PRINTABLE, format!("现有字体中没有{}字", shown.join("、")))
                .at(cell.origin)
                .field(field.title.clone())
                .subject(planning.dataset.subject(at.table, at.row))
                .hint("请核对用字；确为此字的，请在项目的 fonts 文件夹放入含有该字的字体");
        if !field.sensitive {
            finding = finding.value(text.chars().take(40).collect::<String>());
        }
        report.push(finding);
    }
}

/// Characters that are not drawn, so need no glyph.
fn is_ignorable(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Two records whose documents would have the same file name: an error at both.
fn check_collisions(filled: &[Filled], report: &mut Report) {
    let mut first: BTreeMap<String, &Filled> = BTreeMap::new();
    for it in filled {
        let origin = |it: &Filled| it.record.dataset.record(it.record.table, it.record.row).origin;
        // Windows does not tell upper and lower case apart.
        let Some(earlier) = first.insert(it.path.to_lowercase(), it) else { continue };
        for (this, other) in [(it, earlier), (earlier, it)] {
            let message = format!("与“{}”的文件名相同：{}", other.name, this.path);
            report.push(
                Finding::new(&codes::FILE_NAME_COLLISION, message)
                    .at(origin(this))
                    .related(origin(other), "另一条记录")
                    .subject(this.record.dataset.subject(this.record.table, this.record.row))
                    .hint("请使两者的名称有所区别，或在表单声明的 file_name 中加入编码"),
            );
        }
    }
}

/// The errors of a report by place.
struct Errors<'a> {
    by_field: BTreeMap<(crate::finding::Origin, Option<Arc<str>>), Vec<&'a Finding>>,
}

/// The errors that withhold a document.
#[derive(Default)]
struct Blame<'a> {
    findings: Vec<&'a Finding>,
}

impl<'a> Errors<'a> {
    fn new(report: &'a Report) -> Self {
        let mut by_field: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
        for finding in report.findings().iter().filter(|it| it.severity == Severity::Error) {
            if let Some(origin) = finding.origin {
                by_field.entry((origin, finding.field.clone())).or_default().push(finding);
            }
        }
        Self { by_field }
    }

    fn behind(&self, dataset: &Dataset, reads: impl IntoIterator<Item = FieldRef>) -> Blame<'a> {
        let mut blame = Blame::default();
        for at in reads {
            let title = dataset.schema(at.table).fields[at.field].title.clone();
            blame.add(
                self.by_field.get(&(dataset.cell(at).origin, Some(title))).map_or(&[][..], Vec::as_slice),
            );
        }
        blame
    }

    fn at(&self, origin: crate::finding::Origin) -> Vec<&'a Finding> {
        self.by_field
            .iter()
            .filter(|((it, _), _)| *it == origin)
            .flat_map(|(_, it)| it.iter().copied())
            .collect()
    }
}

impl<'a> Blame<'a> {
    fn add<'b>(&mut self, findings: impl AsRef<[&'a Finding]>)
    where
        'a: 'b,
    {
        for finding in findings.as_ref() {
            if !self.findings.iter().any(|it| std::ptr::eq(*it, *finding)) {
                self.findings.push(finding);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    fn withhold(&self, path: String, title: String, committee: Option<Arc<str>>) -> Withheld {
        let codes: BTreeSet<String> = self.findings.iter().map(|it| it.code.to_string()).collect();
        let reasons = self.findings.iter().map(|it| match &it.field {
            Some(field) => format!("{field}：{}", it.message),
            None => it.message.clone(),
        });
        let reasons: Vec<String> = reasons.collect();
        Withheld { path, kind: Kind::Forms, title, committee, codes: codes.into_iter().collect(), reasons }
    }
}
