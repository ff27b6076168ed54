//! Forms are planned: one document for each record, unless a field that it reads is in error.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::artefact::{Artefact, Body, Kind, Pages, Withheld};
use super::blame::Errors;
use super::data::leaf;
use super::declaration::Form;
use super::gates::{Named, check_coverage};
use super::names::{safe_name, stem};
use super::order::Rank;
use super::overview;
use super::pictures::{self, Pictures};
use super::planning::{Planning, mark};
use dataset::{Reads, RecordId, RecordRef, Scene};
use facts::Asker;
use finding::{Finding, Report, Target, codes};
use project::{Fonts, Project};
use rules::{Outcome, condition_scene};

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
    /// The form's part of the data, for the print set; marks stand for its pictures.
    pub part: Json,
    /// The pictures that it has read, by their marks.
    pub(super) pictures: Pictures,
    /// Name of the applicant, for the print set's list.
    pub name: String,
    /// The committee, for the report and for withholding it later.
    pub committee: Option<Arc<str>>,
    /// Where its record stands.
    pub origin: finding::Origin,
}

/// A form filled in, before it is known whether it may be made.
pub(super) struct Filled {
    pub(super) record: RecordRef,
    pub(super) path: String,
    pub(super) name: String,
    pub(super) key: String,
    pub(super) part: Json,
    pub(super) reads: Reads,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) overview_cells: Vec<super::book::Cell>,
    pub(super) overview_rank: Rank,
    pub(super) overview_reads: Reads,
}

impl Filled {
    pub(super) fn named(&self) -> Named {
        let RecordRef { dataset, id, .. } = &self.record;
        Named {
            path: self.path.clone(),
            name: self.name.clone(),
            origin: dataset.record(*id).origin,
            subject: dataset.subject(*id),
        }
    }
}

/// Fills in a form for every record; findings of its conditions and of the gates go to the report.
pub(super) fn fill_all(form: &Form, planning: Planning<'_>, report: &mut Report) -> Vec<Filled> {
    let records = planning.dataset.rows_of(form.of);
    let filled: Vec<Filled> = records.map(|it| fill(form, planning, it, report)).collect();
    check_coverage(filled.iter().map(|it| &it.reads), planning, report);
    filled
}

/// Divides the filled forms into those to be made and those withheld.
pub(super) fn sort_out(
    form: &Form,
    filled: Vec<Filled>,
    planning: Planning<'_>,
    report: &mut Report,
) -> Planned {
    let draft = mark(planning, report);
    let overview = plan_overview(form, &filled, planning, draft.clone(), report);
    let errors = Errors::new(planning, report);
    let mut planned =
        Planned { forms: Vec::new(), overview: None, withheld: Vec::new(), draft: draft.clone() };
    if let Some(artefact) = overview {
        let mut reads = Reads::default();
        filled.iter().for_each(|it| reads.extend(&it.overview_reads));
        let mut blame = errors.behind(&reads, None);
        blame.add(errors.of_document(&artefact.path));
        if blame.is_empty() || draft.is_some() {
            planned.overview = Some(artefact);
        } else {
            planned.withheld.push(blame.withhold(Kind::Forms, (artefact.path, artefact.title), None));
        }
    }
    for it in filled {
        let committee = planning.dataset.subject(it.record.id).committee;
        let mut blame = errors.behind(&it.reads, committee.as_ref());
        blame.add(errors.of_record(it.record.id));
        blame.add(errors.of_document(&it.path));
        if blame.is_empty() {
            planned.forms.push(planned_form(form, it, committee, planning, draft.as_ref()));
        } else {
            planned.withheld.push(blame.withhold(Kind::Forms, (it.path, it.name), committee));
        }
    }
    planned
}

fn plan_overview(
    form: &Form,
    filled: &[Filled],
    planning: Planning<'_>,
    draft: Option<String>,
    report: &mut Report,
) -> Option<Artefact> {
    let declared = form.overview.as_ref()?;
    let row = |it: &'_ Filled| overview::Row {
        record: it.record.clone(),
        cells: it.overview_cells.clone(),
        outcomes: it.outcomes.clone(),
    };
    let mut ordered: Vec<&Filled> = filled.iter().collect();
    ordered.sort_by(|a, b| a.overview_rank.compare(&b.overview_rank));
    let rows: Vec<overview::Row> = ordered.into_iter().map(row).collect();
    match overview::plan(form, declared, &rows, planning.project, draft) {
        Ok(artefact) => Some(artefact),
        Err(why) => {
            let message = format!("“{}”的汇总表不能生成：{why}", form.title);
            let finding = Finding::new(&codes::FORM_UNDECIDED, message);
            let finding = finding.about(Target::Declaration(declared.title.origin()));
            report.push(finding.hint("请工程师检查汇总表的声明"));
            None
        }
    }
}

fn planned_form(
    form: &Form,
    filled: Filled,
    committee: Option<Arc<str>>,
    planning: Planning<'_>,
    draft: Option<&String>,
) -> PlannedForm {
    let title = format!("{}——{}", form.title, filled.name);
    let pictures = pictures::read(planning.dataset, &filled.reads);
    let mut parts = [filled.part.clone()];
    let placed = pictures::place(&mut parts, &pictures);
    let data = page_data(planning.project, planning.fonts, &title, draft, &parts);
    let pages = Pages { layout: form.layout(), data, pictures: placed, date: Some(planning.project.as_of) };
    PlannedForm {
        artefact: Artefact {
            path: filled.path,
            kind: Kind::Forms,
            title,
            records: vec![filled.key.into()],
            body: Body::Pages(pages),
        },
        part: filled.part,
        pictures,
        name: filled.name,
        committee,
        origin: filled.record.dataset.record(filled.record.id).origin,
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
    let as_of = value::PartialDate::from(project.as_of);
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

fn scene(planning: Planning<'_>, record: RecordId) -> Scene {
    condition_scene(record, planning.figures, Asker::Document, planning.project)
}

fn fill(form: &Form, planning: Planning<'_>, record: RecordId, report: &mut Report) -> Filled {
    let for_overview = scene(planning, record);
    let mut outcomes = Vec::new();
    for condition in &form.conditions {
        let judgement = condition.judge(&for_overview, planning.project);
        judgement.finding.into_iter().for_each(|it| report.push(it));
        outcomes.push(judgement.outcome);
    }
    let overview = form.overview.as_ref().map(|it| overview::cells(it, &for_overview));
    let rank = form.overview.as_ref().map(|it| it.order.rank_or_given(&for_overview));
    let scene = scene(planning, record);
    let text = |value| leaf(value, &scene, "").unwrap_or_default();
    let (name, key) = (text(&form.name), text(&form.key));
    let fields = form.data.fill(&scene, &form.empty);
    let origin = planning.dataset.record(record).origin;
    let path = path(form, &scene, &name);
    if let Err(why) = &fields {
        report.push(undecided(form, why, &path).at(origin));
    }
    let of_overview =
        [overview.as_ref().and_then(|it| it.as_ref().err()), rank.as_ref().and_then(|it| it.as_ref().err())];
    for why in of_overview.into_iter().flatten() {
        let path = overview::path(form, planning.project).unwrap_or_default();
        report.push(undecided(form, why, &path).at(origin));
    }
    Filled {
        path,
        part: json!({
            "key": key,
            "title": format!("{}——{name}", form.title),
            "name": name,
            "fields": fields.unwrap_or_default(),
        }),
        name,
        key,
        reads: scene.record.trace.reads(),
        overview_cells: overview.and_then(Result::ok).unwrap_or_default(),
        overview_rank: rank.and_then(Result::ok).unwrap_or_default(),
        overview_reads: for_overview.record.trace.reads(),
        outcomes,
        record: for_overview.record,
    }
}

/// What is said of a document that cannot be filled in for a record.
fn undecided(form: &Form, why: &str, path: &str) -> Finding {
    let message = format!("“{}”中有内容不能确定：{why}", form.title);
    let finding = Finding::new(&codes::FORM_UNDECIDED, message).about(Target::Document(path.into()));
    finding.hint("请补全所说的值（如写明日期），或请工程师检查表单声明")
}

/// Where the document goes. A name whose values are missing or invalid stands for a document that will be withheld.
fn path(form: &Form, scene: &Scene, name: &str) -> String {
    let context = scene.context();
    let folder = form.folder.render(&context).unwrap_or_else(|_| "未能确定单位".to_owned());
    let file = form.file_name.render(&context).unwrap_or_else(|_| format!("{}-{name}", form.title));
    format!("forms/{}/{}/{}.pdf", safe_name(&form.id), safe_name(&folder), stem(&file, &["pdf"]))
}
