//! Forms are planned: one document for each record, the volumes that bind them, and the workbook over all of them.

use serde_json::{Value as Json, json};

use super::KIND;
use super::bundles::Bundles;
use super::declaration::{Content, Form, Forms, Overview, Sharing};
use super::document::{document, file_label, pages, shared, unfilled};
use super::overview::{self, PlannedOverview};
use super::pictures;
use super::prescribed::{Annex, CheckSheet, FilledIn, PlannedForm, fill as fill_blank};
use super::print_set::{FormPart, PrintSet};
use crate::artefact::Body;
use crate::book::Cell;
use crate::drafts::{Binder, Document, Drafts, Edition, Group, Place};
use crate::gates::check_coverage;
use crate::input::{Input, Whose};
use crate::leaf::leaf;
use crate::names::{safe_name, stem};
use crate::order::Rank;
use crate::planning::Planning;
use dataset::{Reads, RecordId, RecordRef, Scene};
use facts::Asker;
use finding::{ByRecord, Finding, Report, Severity, Target, codes};
use rules::{Outcome, condition_scene, is_explained};
use words::Verdict;

/// A form filled in for a record.
pub(super) struct Filled {
    pub(super) record: RecordRef,
    pub(super) path: String,
    pub(super) name: String,
    pub(super) key: String,
    pub(super) part: Json,
    /// What goes where in its blank, if others have issued it; of records that share one, with the first.
    blank: Option<FilledIn>,
    pub(super) reads: Reads,
    outcomes: Vec<Outcome>,
    /// What could not be judged, with the record and what was read of it.
    open: Vec<(Finding, RecordRef)>,
    overview_cells: Vec<Cell>,
    overview_rank: Rank,
    overview_reads: Reads,
}

/// Drafts all forms; findings of their conditions and of the gates go to the report.
pub(super) fn draft_all(
    Forms { forms, unbound }: Forms,
    planning: Planning<'_>,
    report: &mut Report,
) -> Drafts {
    let mut drafts = Drafts::default();
    drafts.groups.extend(unbound.into_iter().map(|it| unfilled(it, report)));
    for form in forms {
        let (group, overview) = draft(&form, planning, (&mut drafts.behind.forms, report));
        drafts.groups.push(group);
        drafts.behind.overviews.extend(overview);
        drafts.behind.conditions.extend(form.conditions);
    }
    drafts
}

fn draft(
    form: &Form,
    planning: Planning<'_>,
    (behind, report): (&mut Vec<PlannedForm>, &mut Report),
) -> (Group, Option<PlannedOverview>) {
    let records = planning.dataset.rows_of(form.of);
    let mut filled: Vec<Filled> = records.filter_map(|it| fill(form, planning, it, report)).collect();
    if let Some(annex) = form.content.blank() {
        fill_blanks((form, annex), &mut filled, planning, report);
    }
    let open = filled.iter_mut().flat_map(|it| std::mem::take(&mut it.open)).collect();
    report_open(open, report);
    check_coverage(filled.iter().map(|it| &it.reads), (planning.dataset, planning.fonts), report);
    let overview = form.overview.as_ref().and_then(|it| over_all(form, it, &filled, planning, report));
    let (over_all, overview) = overview.unzip();
    let mut documents: Vec<Document> = over_all.into_iter().collect();
    let mut binders: Vec<Box<dyn Binder>> = Vec::new();
    let own = match &form.content {
        Content::Blank(annex) => prescribed((form, annex), filled, planning, (behind, &mut binders)),
        Content::Data(_) | Content::Body(_) => laid_out(form, filled, planning, &mut binders),
    };
    documents.extend(own);
    let bundles = Bundles::of(form, documents.iter().flat_map(|it| &it.editions), planning.captions);
    binders.extend(bundles.map(|it| Box::new(it) as Box<dyn Binder>));
    (Group { documents, binders }, overview)
}

/// Asks about what could not be judged, unless an error has said why: the one is a consequence of the other.
fn report_open(open: Vec<(Finding, RecordRef)>, report: &mut Report) {
    let errors = ByRecord::new(report.findings().iter().filter(|it| it.severity == Severity::Error));
    let asked: Vec<Finding> =
        open.into_iter().filter(|it| !is_explained(&it.1, &errors)).map(|it| it.0).collect();
    asked.into_iter().for_each(|it| report.push(it));
}

/// The workbook over all records; nothing, with a finding, if it cannot be described.
fn over_all(
    form: &Form,
    declared: &Overview,
    filled: &[Filled],
    planning: Planning<'_>,
    report: &mut Report,
) -> Option<(Document, PlannedOverview)> {
    let row = |it: &'_ Filled| overview::OverviewRow {
        record: it.record.clone(),
        cells: it.overview_cells.clone(),
        outcomes: it.outcomes.clone(),
    };
    let mut ordered: Vec<&Filled> = filled.iter().collect();
    ordered.sort_by(|a, b| a.overview_rank.compare(&b.overview_rank));
    let rows: Vec<overview::OverviewRow> = ordered.into_iter().map(row).collect();
    match overview::plan(form, declared, &rows, planning) {
        Ok(planned) => {
            let body = Body::Book(planned.book.clone());
            let edition = Edition::new(planned.path.clone(), planned.book.title.clone(), body);
            let mut reads = Reads::default();
            filled.iter().for_each(|it| reads.extend(&it.overview_reads));
            let inputs = vec![Input::Reads(reads, Whose::All), Input::Itself(edition.path.clone())];
            let records = rows.iter().map(|it| it.record.dataset.key_text(it.record.id));
            let (records, editions) = (records.collect(), vec![edition]);
            let document =
                Document { editions, records, inputs, place: Place::Last, ..Document::new(KIND.kind) };
            Some((document, planned))
        }
        Err(why) => {
            let message = format!("“{}”的汇总表不能生成：{why}", form.title);
            let finding = Finding::new(&codes::FORM_UNDECIDED, message);
            let finding = finding.about(Target::Declaration(declared.title.origin()));
            report.push(finding.hint("请工程师检查汇总表的声明"));
            None
        }
    }
}

/// The documents of a form that has a layout, and the volumes that bind them.
fn laid_out(
    form: &Form,
    filled: Vec<Filled>,
    planning: Planning<'_>,
    binders: &mut Vec<Box<dyn Binder>>,
) -> Vec<Document> {
    let own = |it: Vec<usize>| it.into_iter().map(|it| &filled[it]).collect::<Vec<_>>();
    let files = shared(form, &filled).into_iter().map(own);
    let documents = files.map(|it| document(form, &it, vec![pages(form, &it, planning)], planning)).collect();
    if let Some(name) = &form.print_set {
        let mut print_set = PrintSet::of(form, name, planning);
        for it in filled {
            let pictures = pictures::read(planning.dataset, &it.reads);
            print_set.add(it.path, FormPart { name: it.name, data: it.part, pictures });
        }
        binders.push(Box::new(print_set));
    }
    documents
}

/// Fills the blank of a form that others have issued, once for all records that share it.
fn fill_blanks(
    (form, annex): (&Form, &Annex),
    filled: &mut [Filled],
    planning: Planning<'_>,
    report: &mut Report,
) {
    for own in shared(form, filled) {
        let records: Vec<RecordId> = own.iter().map(|it| filled[*it].record.id).collect();
        let first = &mut filled[own[0]];
        let origin = planning.dataset.record(records[0]).origin;
        let mut blank = fill_blank((annex, &form.empty), planning, &records);
        if form.sharing == Sharing::Shared {
            // Records that are lost are lost to whatever lists them.
            blank.reads.tables.insert(form.of);
        }
        let blank = blank.reported(form, (&first.path, origin), report);
        first.reads.extend(&blank.reads);
        first.blank = Some(blank);
    }
}

/// The documents of a form that others have issued, and the sheet by which they are checked.
fn prescribed(
    (form, annex): (&Form, &Annex),
    mut filled: Vec<Filled>,
    planning: Planning<'_>,
    (behind, binders): (&mut Vec<PlannedForm>, &mut Vec<Box<dyn Binder>>),
) -> Vec<Document> {
    let mut sheet = CheckSheet::of(form, annex, planning);
    let mut documents = Vec::new();
    for own in shared(form, &filled) {
        let Some(mut blank) = filled[own[0]].blank.take() else { continue };
        let own: Vec<&Filled> = own.iter().map(|it| &filled[*it]).collect();
        let body = |it| Body::Prescribed(Box::new(it));
        let bodies = annex.bodies(&mut blank).into_iter().map(body).collect();
        let document = document(form, &own, bodies, planning);
        let Filled { path, record, .. } = own[0];
        sheet.add(path.clone(), (&file_label(form, &own), document.editions.len()), &blank.entries, planning);
        behind.push(PlannedForm {
            path: path.clone(),
            title: form.title.to_string(),
            files: document.editions.iter().map(|it| it.path.clone()).collect(),
            printed: annex.is_printed.then(|| annex.blank.clone()),
            record: record.id,
            places: blank.entries,
        });
        documents.push(document);
    }
    binders.push(Box::new(sheet));
    documents
}

impl Form {
    /// Whether a form is meant for the record of a scene at all.
    fn is_meant(&self, scene: &Scene) -> Verdict {
        let verdicts = self.wheres.iter().map(|it| it.test(&scene.context()));
        verdicts.into_iter().find(|it| !matches!(it, Verdict::Holds)).unwrap_or(Verdict::Holds)
    }
}

fn scene(planning: Planning<'_>, record: RecordId) -> Scene {
    condition_scene(record, planning.figures, Asker::Document, planning.project)
}

/// Fills in a form for a record; nothing if it is not meant for it.
fn fill(form: &Form, planning: Planning<'_>, record: RecordId, report: &mut Report) -> Option<Filled> {
    let own = scene(planning, record);
    let unsure = match form.is_meant(&own) {
        Verdict::Holds => None,
        Verdict::Fails => return None,
        Verdict::Undecided(why) | Verdict::Fault(why) => Some(why),
    };
    let for_overview = scene(planning, record);
    let (mut outcomes, mut open, mut judged) = (Vec::new(), Vec::new(), Reads::default());
    for condition in &form.conditions {
        let own = scene(planning, record);
        let judgement = condition.judge(&own, planning.project);
        judged.extend(&own.record.trace.reads());
        match (&judgement.outcome, judgement.finding) {
            (Outcome::Undecided(_), Some(finding)) => open.push((finding, own.record)),
            (_, finding) => finding.into_iter().for_each(|it| report.push(it)),
        }
        outcomes.push(judgement.outcome);
    }
    let overview = form.overview.as_ref().map(|it| overview::cells(it, &for_overview));
    let rank = form.overview.as_ref().map(|it| it.order.rank_or_given(&for_overview));
    judged.extend(&for_overview.record.trace.reads());
    let text = |value| leaf(value, &own, "").unwrap_or_default();
    let (name, key) = (text(&form.name), text(&form.key));
    let fields = form.content.fill(&own, &form.empty);
    let origin = planning.dataset.record(record).origin;
    let path = path(form, &own, &name);
    if let Some(why) = unsure {
        open.push((not_known_whether(form, &why, &path).at(origin), own.record.clone()));
    } else if let Err(why) = &fields {
        open.push((undecided(form, why, &path).at(origin), own.record.clone()));
    }
    let of_overview =
        [overview.as_ref().and_then(|it| it.as_ref().err()), rank.as_ref().and_then(|it| it.as_ref().err())];
    for why in of_overview.into_iter().flatten() {
        let path = overview::path(form, planning.project).unwrap_or_default();
        report.push(undecided(form, why, &path).at(origin));
    }
    Some(Filled {
        path,
        part: json!({
            "key": key,
            "title": format!("{}——{name}", form.title),
            "name": name,
            "fields": fields.unwrap_or_default(),
        }),
        reads: own.record.trace.reads(),
        blank: None,
        name,
        key,
        overview_cells: overview.and_then(Result::ok).unwrap_or_default(),
        overview_rank: rank.and_then(Result::ok).unwrap_or_default(),
        overview_reads: judged,
        outcomes,
        open,
        record: for_overview.record,
    })
}

/// What is said of a document that cannot be filled in for a record.
pub(super) fn undecided(form: &Form, why: &str, path: &str) -> Finding {
    let message = format!("“{}”中有内容不能确定：{why}", form.title);
    let finding = Finding::new(&codes::FORM_UNDECIDED, message).about(Target::Document(path.into()));
    finding.hint("请补全所说的值（如写明日期），或请工程师检查表单声明")
}

/// What is said of a record of which it is open whether the form is meant for it.
fn not_known_whether(form: &Form, why: &str, path: &str) -> Finding {
    let message = format!("是否应有“{}”不能确定：{why}", form.title);
    let finding = Finding::new(&codes::FORM_UNDECIDED, message).about(Target::Document(path.into()));
    finding.hint("请补全所说的值；本来可以不填的，请工程师在表单声明的 where 中写明不填时如何")
}

/// Where the document goes. A name whose values are missing or invalid stands for a document that will be withheld.
fn path(form: &Form, scene: &Scene, name: &str) -> String {
    let context = scene.context();
    let folder = form.folder.render(&context).unwrap_or_else(|_| "未能确定单位".to_owned());
    let file = form.file_name.render(&context).unwrap_or_else(|_| format!("{}-{name}", form.title));
    let ending = match &form.content {
        Content::Blank(annex) => annex.ending(),
        Content::Data(_) | Content::Body(_) => "pdf",
    };
    format!("forms/{}/{}/{}.{ending}", safe_name(&form.id), safe_name(&folder), stem(&file, &[ending]))
}
