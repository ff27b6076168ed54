//! 填表核对单: what was written where on every form that was made, from which cell, and what is left to sign and to seal.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::Annex;
use super::filling::FilledPlace;
use crate::artefact::{Artefact, Body, Finished, Later, Made, Pages, Planned};
use crate::drafts::Binder;
use crate::forms::KIND;
use crate::forms::declaration::Form;
use crate::forms::document::page_data;
use crate::names::safe_name;
use crate::planning::Planning;
use finding::{FileId, Finding, Origin, Place};
use project::Project;

/// The layout.
const LAYOUT: &str = "typst/filled.typ";
/// More sources of one place are told by the area that holds them.
const N_SOURCES_MAX: usize = 3;

/// What the check sheet takes from a form.
#[derive(Debug, Clone)]
struct Part {
    name: String,
    /// How many files it is: more than one if its rows go on in further copies.
    n_files: usize,
    entries: Vec<Shown>,
}

/// A place as the sheet shows it.
#[derive(Debug, Clone)]
struct Shown {
    at: String,
    label: String,
    value: String,
    source: String,
    left: Option<String>,
}

/// The check sheet of a batch: put together once it is known which forms are made.
#[derive(Debug, Clone)]
pub(in crate::forms) struct CheckSheet {
    path: String,
    title: String,
    copies: Option<usize>,
    /// Whether each form has one of its own as well.
    is_for_each: bool,
    data: Json,
    date: jiff::civil::Date,
    /// By the path of the form.
    parts: BTreeMap<String, Part>,
}

impl CheckSheet {
    /// The sheet of a form, as yet without parts.
    pub(in crate::forms) fn of(form: &Form, annex: &Annex, planning: Planning<'_>) -> Self {
        let Project { as_of, .. } = planning.project;
        let title = format!("{}填表核对单", form.title);
        Self {
            path: format!("forms/{}/填表核对单.pdf", safe_name(&form.id)),
            data: page_data(planning.project, planning.fonts, &title, &[]),
            title,
            copies: annex.copies,
            is_for_each: annex.has_sheets,
            date: *as_of,
            parts: BTreeMap::new(),
        }
    }

    /// Adds the form of a path, of so many files.
    pub(in crate::forms) fn add(
        &mut self,
        path: String,
        (name, n_files): (&str, usize),
        entries: &[FilledPlace],
        planning: Planning<'_>,
    ) {
        let shown = |it: &FilledPlace| Shown {
            at: it.at.to_string(),
            label: it.label.clone(),
            value: it.value.clone(),
            source: sources(it, planning),
            left: it.left.clone(),
        };
        let entries = entries.iter().map(shown).collect();
        self.parts.insert(path, Part { name: name.to_owned(), n_files, entries });
    }

    /// The sheet of one form alone.
    fn of_one(&self, (path, part): (&String, &Part)) -> Self {
        let stem = path.rsplit_once('.').map_or(&**path, |it| it.0);
        let title = format!("{}：{}", self.title, part.name);
        let mut data = self.data.clone();
        data["title"] = title.clone().into();
        let parts = BTreeMap::from([(path.clone(), part.clone())]);
        Self {
            path: format!("{stem}（核对单）.pdf"), title, is_for_each: false, data, parts, ..self.clone()
        }
    }

    /// The sheet as a file that stands after its forms; nothing if none of them is made.
    fn planned(self, bound: &[Arc<Artefact>]) -> Option<Planned> {
        let own: Vec<_> = bound.iter().filter(|it| self.parts.contains_key(&it.path)).collect();
        let artefact = Artefact {
            name: self.title.clone(),
            title: self.title.clone(),
            records: own.iter().flat_map(|it| it.records.iter().cloned()).collect(),
            after: own.iter().map(|it| it.path.clone()).collect(),
            ..Artefact::unplanned(self.path.clone(), KIND.kind)
        };
        let is_wanted = !own.is_empty();
        is_wanted.then(|| Planned { artefact: Arc::new(artefact), body: Body::Later(Box::new(self)) })
    }
}

/// Where a value stands: `returns/机械/党员.xlsx!党员!C4`; of many cells of a sheet the area that holds them.
fn sources(entry: &FilledPlace, planning: Planning<'_>) -> String {
    if entry.value.is_empty() {
        return String::new();
    }
    let origins: BTreeSet<Origin> =
        entry.sources.iter().map(|it| planning.dataset.cell(*it).origin).collect();
    let mut by_sheet: BTreeMap<(FileId, Option<u16>), Vec<Origin>> = BTreeMap::new();
    for it in origins {
        let sheet = if let Place::Cell { sheet, .. } = it.place { Some(sheet) } else { None };
        by_sheet.entry((it.file, sheet)).or_default().push(it);
    }
    let lines: Vec<String> = by_sheet.into_values().flat_map(|it| of_sheet(&it, planning)).collect();
    if lines.is_empty() { "项目文件或声明".to_owned() } else { lines.join("\n") }
}

/// The places of one sheet or file, each, or if they are many from the first to the last.
fn of_sheet(origins: &[Origin], planning: Planning<'_>) -> Vec<String> {
    let shown = |it: &Origin| planning.sources.display(*it).to_string();
    if origins.len() <= N_SOURCES_MAX {
        return origins.iter().map(shown).collect();
    }
    let (mut first, mut last) = (origins[0], origins[origins.len() - 1]);
    for it in origins {
        if let (Place::Cell { col, .. }, Place::Cell { col: from, .. }, Place::Cell { col: to, .. }) =
            (it.place, &mut first.place, &mut last.place)
        {
            (*from, *to) = (col.min(*from), col.max(*to));
        }
    }
    let end = planning.sources.locate(last);
    let end = end.cell.or_else(|| end.line.map(|it| format!("第{it}行"))).unwrap_or_default();
    vec![format!("{}至{end}，{}处", shown(&first), origins.len())]
}

impl Binder for CheckSheet {
    fn bind(self: Box<Self>, bound: &[Arc<Artefact>]) -> Vec<Planned> {
        let each = self.parts.iter().filter(|_| self.is_for_each).map(|it| self.of_one(it));
        let mut all: Vec<Self> = each.collect();
        all.push(*self);
        all.into_iter().filter_map(|it| it.planned(bound)).collect()
    }
}

impl Later for CheckSheet {
    fn compose(&self, artefact: &Artefact, finished: Finished<'_>) -> Result<Option<Planned>, Box<Finding>> {
        let made: Vec<&Made> = finished.made.iter().flatten().copied().collect();
        let parts: Vec<&Part> = made.iter().filter_map(|it| self.parts.get(&it.artefact.path)).collect();
        if parts.is_empty() {
            return Ok(None);
        }
        let printable = |text: &str| crate::forms::print_set::printable(text, finished.fonts);
        let entry = |it: &Shown| {
            json!({
                "at": it.at, "label": it.label, "value": printable(&it.value), "source": printable(&it.source), "left": it.left,
            })
        };
        let form = |it: &&Part| {
            let entries: Vec<Json> = it.entries.iter().map(entry).collect();
            json!({ "name": it.name, "files": it.n_files, "empty": it.empty(), "entries": entries })
        };
        let mut data = self.data.clone();

        data["copies"] = self.copies.map_or(Json::Null, Json::from);
        data["seals"] = seals(&parts, self.copies.unwrap_or(1)).into();
        data["forms"] = parts.iter().map(form).collect::<Vec<_>>().into();
        let records = made.iter().flat_map(|it| it.artefact.records.iter().cloned()).collect();
        let artefact = Artefact { records, ..artefact.clone() };
        let pages =
            Pages { layout: LAYOUT.to_owned(), data, pictures: BTreeMap::new(), date: Some(self.date) };
        Ok(Some(Planned { artefact: Arc::new(artefact), body: Body::Pages(pages) }))
    }
}

impl Part {
    /// The labels of the places for which there was no value and that nobody is to fill by hand: whether they may stay empty
    /// only a person can say.
    fn empty(&self) -> Vec<&str> {
        let is_empty = |it: &&Shown| it.value.is_empty() && it.left.is_none();
        self.entries.iter().filter(is_empty).map(|it| it.label.as_str()).collect()
    }
}

/// What is to be signed and sealed, in the order of the form: by label, with the number of all copies of all files.
fn seals(parts: &[&Part], copies: usize) -> Vec<Json> {
    let mut all: Vec<(&str, &str, usize)> = Vec::new();
    for (part, it) in parts.iter().flat_map(|part| part.entries.iter().map(move |it| (part, it))) {
        let Some(why) = &it.left else { continue };
        let count = copies * part.n_files;
        match all.iter_mut().find(|known| (known.0, known.1) == (it.label.as_str(), why.as_str())) {
            Some(known) => known.2 += count,
            None => all.push((&it.label, why, count)),
        }
    }
    all.into_iter().map(|(label, why, count)| json!({ "label": label, "why": why, "count": count })).collect()
}
