//! The files of a form: which records share one, what it is called, what it is made from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::KIND;
use super::declaration::{Content, Form, Sharing, Unbound};
use super::pictures::{self, Pictures};
use super::plan::Filled;
use crate::artefact::{Body, Pages};
use crate::drafts::{Document, Edition, Group, InDraft};
use crate::gates::Named;
use crate::input::Input;
use crate::names::safe_name;
use crate::planning::Planning;
use dataset::{Dataset, FieldRef};
use finding::{Report, Target};
use project::{Fonts, Project};
use schema::FieldKind;

/// The layout of forms that are declared in blocks.
const SHARED_LAYOUT: &str = "typst/form.typ";

/// What stands in one file, by places in the list of what was filled in: in the order of its first record.
pub(super) fn shared(form: &Form, filled: &[Filled]) -> Vec<Vec<usize>> {
    if form.sharing == Sharing::Single {
        return (0..filled.len()).map(|it| vec![it]).collect();
    }
    let mut files: Vec<Vec<usize>> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, it) in filled.iter().enumerate() {
        let idx = *at.entry(&it.path).or_insert(files.len());
        match files.get_mut(idx) {
            Some(file) => file.push(number),
            None => files.push(vec![number]),
        }
    }
    files
}

/// The path of the nth further copy of a form: what stands before its ending is marked.
fn continued(path: &str, number: usize) -> String {
    match path.rsplit_once('.') {
        Some((stem, ending)) if number > 0 => format!("{stem}（续表{number}）.{ending}"),
        _ => path.to_owned(),
    }
}

/// A form that cannot be filled in at all: what is wrong with it withholds the whole of it, and nothing else.
pub(super) fn unfilled(Unbound { id, title, report: own }: Unbound, report: &mut Report) -> Group {
    let path = format!("forms/{}", safe_name(&id));
    report.append_about(own, |_| Some(Target::Document(path.as_str().into())));
    let title = format!("{title}（全部）");
    // Nothing is written for it: its findings are errors.
    let editions = vec![Edition::new(path.clone(), title, Body::Json(Json::Null))];
    let inputs = vec![Input::Itself(path)];
    let document = Document { editions, inputs, in_draft: InDraft::Withheld, ..Document::new(KIND.kind) };
    Group { documents: vec![document], binders: Vec::new() }
}

/// The pages of a form that has a layout.
pub(super) fn pages(form: &Form, filled: &[&Filled], planning: Planning<'_>) -> Body {
    let title = format!("{}——{}", form.title, file_label(form, filled));
    let mut parts: Vec<Json> = filled.iter().map(|it| it.part.clone()).collect();
    let marked: Pictures = filled.iter().flat_map(|it| pictures::read(planning.dataset, &it.reads)).collect();
    let placed = pictures::place(&mut parts, &marked);
    let data = page_data(planning.project, planning.fonts, &title, &parts);
    Body::Pages(Pages { layout: form.layout(), data, pictures: placed, date: Some(planning.project.as_of) })
}

/// The document of a record, or of those that share a file, with its editions: more than one if its rows go on in further
/// copies.
pub(super) fn document(
    form: &Form,
    filled: &[&Filled],
    bodies: Vec<Body>,
    planning: Planning<'_>,
) -> Document {
    let dataset = planning.dataset;
    let about = |it: &Filled| (dataset.record(it.record.id).origin, dataset.subject(it.record.id));
    let name = file_label(form, filled);
    let path = filled.first().map(|it| it.path.clone()).unwrap_or_default();
    let title = format!("{}——{name}", form.title);
    let committees: BTreeSet<_> = filled.iter().map(|it| about(it).1.committee).collect();
    let mut inputs: Vec<Input> = Vec::new();
    // A list over several committees may have lost the records of any.
    let committee = committees.first().filter(|_| committees.len() == 1).cloned().flatten();
    for it in filled {
        inputs.push(Input::Reads(it.reads.clone(), committee.clone().into()));
        inputs.push(Input::Record(it.record.id));
    }
    inputs.push(Input::Itself(path.clone()));
    let titled = |number| if number == 0 { title.clone() } else { format!("{title}（续表{number}）") };
    let edition = |(number, body)| Edition::new(continued(&path, number), titled(number), body);
    let editions = bodies.into_iter().enumerate().map(edition).collect();
    let name_is_unknown = name.is_empty();
    let named = filled.first().map(|it| about(it)).map(|(origin, subject)| Named {
        path: path.clone(),
        name: name.clone(),
        origin,
        subject,
    });
    Document {
        editions,
        // Of whom nobody knows the name, the list names the form; what is named after them is withheld, and meets nobody.
        name: Some(name).filter(|it| !it.is_empty()),
        committee,
        origin: named.as_ref().filter(|_| filled.len() == 1).map(|it| it.origin),
        records: filled.iter().map(|it| it.key.as_str().into()).collect(),
        inputs,
        names: named.filter(|_| !(name_is_unknown && is_lost(filled, dataset))).into_iter().collect(),
        in_draft: InDraft::Withheld,
        ..Document::new(KIND.kind)
    }
}

/// Whether a reference that forms have read leads nowhere, which is an error of its own.
fn is_lost(filled: &[&Filled], dataset: &Dataset) -> bool {
    let is_lost = |at: &FieldRef| {
        let is_reference = matches!(dataset.field(at.column()).kind, FieldKind::Reference(_));
        is_reference && dataset.cell(*at).value.is_present() && !dataset.is_usable(*at)
    };
    filled.iter().flat_map(|it| &it.reads.fields).any(is_lost)
}

/// What lists call a file: its record, or, where several may share it, as the file is called.
pub(super) fn file_label(form: &Form, filled: &[&Filled]) -> String {
    let Some(first) = filled.first() else { return String::new() };
    match form.sharing {
        Sharing::Single => first.name.clone(),
        Sharing::Shared => {
            let file = first.path.rsplit('/').next().unwrap_or_default();
            file.rsplit_once('.').map_or(file, |it| it.0).to_owned()
        }
    }
}

/// The data that every layout of forms gets.
pub(super) fn page_data(project: &Project, fonts: &Fonts, title: &str, forms: &[Json]) -> Json {
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
        "draft": Json::Null,
        "volume": Json::Null,
        "forms": forms,
    })
}

impl Form {
    /// The virtual path of the form's layout.
    pub(super) fn layout(&self) -> String {
        match self.content {
            Content::Data(_) => format!("forms/{}/layout.typ", self.id),
            Content::Body(_) | Content::Blank(_) => SHARED_LAYOUT.to_owned(),
        }
    }
}
