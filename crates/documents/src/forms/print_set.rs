//! The print set (合订本): every form that was made, in volumes, opened by a list of those withheld.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::KIND;
use super::declaration::Form;
use super::document::page_data;
use super::pictures::{Pictures, place};
use crate::artefact::{Artefact, Body, Finished, Later, Made, Pages, Planned, Withheld};
use crate::drafts::Binder;
use crate::names::{safe_name, stem};
use crate::planning::Planning;
use finding::Finding;
use project::Fonts;

/// The most forms in one volume: layout time and memory grow with the volume, and a stapled one gets too thick.
const N_FORMS_MAX: usize = 40;

/// What a volume takes from a form.
#[derive(Debug)]
pub(super) struct FormPart {
    /// Name of the applicant.
    pub(super) name: String,
    /// The form's part of the data; marks stand for its pictures.
    pub(super) data: Json,
    /// The pictures, by their marks.
    pub(super) pictures: Pictures,
}

/// Binds the forms that are made into volumes.
#[derive(Debug)]
pub(super) struct PrintSet {
    name: Arc<str>,
    folder: String,
    form_title: Arc<str>,
    parts: BTreeMap<String, FormPart>,
    frame: Frame,
}

/// What all volumes have in common.
#[derive(Debug)]
struct Frame {
    layout: String,
    /// The data without forms.
    data: Json,
    date: Date,
}

/// A volume, composed when its forms are finished.
#[derive(Debug)]
struct Volume {
    name: String,
    /// In the order of the files that it stands after.
    parts: Vec<FormPart>,
    /// The paths of all forms, if those withheld are listed in it: at the front of the first volume.
    listed: Option<BTreeSet<String>>,
    frame: Arc<Frame>,
}

impl PrintSet {
    /// The print set of a form, as yet without parts.
    pub(super) fn of(form: &Form, name: &Arc<str>, planning: Planning<'_>) -> Self {
        let data = page_data(planning.project, planning.fonts, "", &[]);
        Self {
            name: name.clone(),
            folder: format!("forms/{}", safe_name(&form.id)),
            form_title: form.title.clone(),
            parts: BTreeMap::new(),
            frame: Frame { layout: form.layout(), data, date: planning.project.as_of },
        }
    }

    /// Adds the form of a path.
    pub(super) fn add(&mut self, path: String, part: FormPart) {
        self.parts.insert(path, part);
    }
}

impl Binder for PrintSet {
    fn bind(mut self: Box<Self>, bound: &[Arc<Artefact>]) -> Vec<Planned> {
        let paths: BTreeSet<String> = self.parts.keys().cloned().collect();
        let frame = Arc::new(self.frame);
        let n_volumes = bound.len().div_ceil(N_FORMS_MAX);
        let mut volumes = Vec::new();
        for (idx, forms) in bound.chunks(N_FORMS_MAX).enumerate() {
            let name =
                if n_volumes == 1 { self.name.to_string() } else { format!("{}-{:02}", self.name, idx + 1) };
            let title = format!("{}（{name}）", self.form_title);
            let path = format!("{}/{}.pdf", self.folder, stem(&name, &["pdf"]));
            let artefact = Artefact {
                name: title.clone(),
                title,
                records: records(forms),
                after: forms.iter().map(|it| it.path.clone()).collect(),
                ..Artefact::unplanned(path, KIND.kind)
            };
            let parts = forms.iter().filter_map(|it| self.parts.remove(&it.path)).collect();
            let listed = (idx == 0).then(|| paths.clone());
            let volume = Volume { name, parts, listed, frame: frame.clone() };
            volumes.push(Planned { artefact: Arc::new(artefact), body: Body::Later(Box::new(volume)) });
        }
        volumes
    }
}

impl Later for Volume {
    fn compose(&self, artefact: &Artefact, finished: Finished<'_>) -> Result<Option<Planned>, Box<Finding>> {
        let all = self.parts.iter().zip(finished.made);
        let made: Vec<(&FormPart, &Made)> = all.filter_map(|(part, made)| Some((part, (*made)?))).collect();
        if made.is_empty() {
            return Ok(None);
        }
        let mut parts: Vec<Json> = made.iter().map(|it| it.0.data.clone()).collect();
        let marked: Pictures = made.iter().flat_map(|it| it.0.pictures.clone()).collect();
        let pictures = place(&mut parts, &marked);
        let Frame { layout, data, date } = &*self.frame;
        let mut data = data.clone();
        data["title"] = artefact.title.as_str().into();
        data["volume"] = self.front(&made, finished);
        data["forms"] = parts.into();
        let forms: Vec<Arc<Artefact>> = made.iter().map(|it| it.1.artefact.clone()).collect();
        let artefact = Artefact { records: records(&forms), ..artefact.clone() };
        let pages = Pages { layout: layout.clone(), data, pictures, date: Some(*date) };
        Ok(Some(Planned { artefact: Arc::new(artefact), body: Body::Pages(pages) }))
    }
}

impl Volume {
    /// What stands at the front: the forms in it, and those that are missing.
    fn front(&self, made: &[(&FormPart, &Made)], Finished { withheld, fonts, .. }: Finished<'_>) -> Json {
        let is_listed =
            |it: &&Withheld| self.listed.as_ref().is_some_and(|paths| paths.contains(&it.artefact.path));
        let entry = |(part, made): &(&FormPart, &Made)| json!({ "name": part.name, "committee": made.artefact.committee.as_deref() });
        let missing = |it: &Withheld| {
            json!({
                "name": printable(&it.artefact.name, fonts),
                "committee": it.artefact.committee.as_deref().map(|it| printable(it, fonts)),
                "reasons": it.reasons.iter().map(|it| printable(it, fonts)).collect::<Vec<_>>(),
            })
        };
        json!({
            "title": self.name,
            "entries": made.iter().map(entry).collect::<Vec<_>>(),
            "withheld": withheld.iter().filter(is_listed).map(missing).collect::<Vec<_>>(),
        })
    }
}

/// The records of several forms.
fn records(forms: &[Arc<Artefact>]) -> Vec<Arc<str>> {
    forms.iter().flat_map(|it| it.records.iter().cloned()).collect()
}

/// A character outside every face becomes 〓, the printers' mark for a missing sort: what withheld one form must not
/// withhold the volume that says so.
pub(super) fn printable(text: &str, fonts: &Fonts) -> String {
    text.chars().map(|it| if it.is_whitespace() || fonts.covers(it) { it } else { '〓' }).collect()
}
