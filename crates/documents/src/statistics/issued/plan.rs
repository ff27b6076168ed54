//! Workbooks that others have issued are planned: each is filled with the figures of the statistics that it is bound to, and
//! withheld by whatever withholds these.

use std::collections::BTreeMap;

use super::bound::Bound;
use super::filling::{BoundText, Filling, Spot, fill};
use super::proof::{MARK, prove};
use super::{declaration, sheet};
use crate::artefact::{Body, Prescribed};
use crate::book::pages_of;
use crate::drafts::{Document, Edition, InDraft};
use crate::gates::Named;
use crate::input::{Input, Whose};
use crate::kinds::Declaring;
use crate::names::{safe_name, stem};
use crate::planning::Planning;
use crate::statistics::KIND;
use crate::statistics::filled::{CellId, Computed};
use crate::statistics::plan::BookTexts;
use finding::{Origin, Report, Target};
use source::LocatedText;
use value::Amount;

/// A workbook that others have issued, filled: what stands behind its cells.
#[derive(Debug)]
pub struct PlannedIssued {
    /// Its path below the output folder.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// The path of our own workbook of the same figures.
    pub workbook: String,
    /// The names of its sheets, by the numbers in addresses.
    pub sheets: Vec<(usize, String)>,
    /// What stands in its cells.
    pub cells: BTreeMap<IssuedSpot, IssuedFigure>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A cell of a filled workbook.
pub type IssuedSpot = Spot;

/// What stands in a cell of a filled workbook.
#[derive(Debug, Clone)]
pub enum IssuedFigure {
    /// Figures of one of our own tables, by its index among those worked out: one, or several that are added up; and what they
    /// come to, as it stands in the cell.
    Figures(usize, Vec<CellId>, Option<Amount>),
    /// A text: what it says, and what is declared for it.
    Text(String, String),
}

/// The statistics that workbooks are bound to.
pub(in crate::statistics) struct Own<'a> {
    /// Worked out.
    pub(in crate::statistics) computed: &'a Computed,
    /// The path of our own workbook, with its ending.
    pub(in crate::statistics) path: String,
    /// What withholds it.
    pub(in crate::statistics) inputs: Vec<Input>,
}

/// Plans the workbooks that a project wants to be filled from its statistics.
pub(in crate::statistics) fn draft_issued(
    ids: &[LocatedText],
    own: &Own<'_>,
    planning: Planning<'_>,
    report: &mut Report,
) -> (Vec<Document>, Vec<PlannedIssued>) {
    let (mut documents, mut behind) = (Vec::new(), Vec::new());
    for id in ids {
        let (document, planned) = draft(id, own, planning, report);
        documents.push(document);
        behind.extend(planned);
    }
    (documents, behind)
}

fn draft(
    id: &LocatedText,
    own: &Own<'_>,
    planning: Planning<'_>,
    report: &mut Report,
) -> (Document, Option<PlannedIssued>) {
    let statistics = &own.computed.statistics;
    let folder = format!("statistics/{}/{}", safe_name(&statistics.id), safe_name(&id.text));
    let (schemas, catalogue) = (&*planning.dataset.schemas, planning.figures.catalogue());
    let declaring = Declaring { templates: planning.templates, schemas, catalogue };
    // What is wrong with a binding concerns this workbook alone.
    let mut found = Report::default();
    let bound = declaration::load(id, statistics, declaring, &mut found);
    let mut texts = BookTexts::new(own.computed, None, planning);
    let name = bound.as_ref().map(|it| texts.one(&it.file_name)).ok().filter(|it| !it.trim().is_empty());
    let path = format!("{folder}/{}", stem(name.as_deref().unwrap_or(&id.text), &["xlsx"]));
    let filled = bound.ok().map(|it| {
        let filling = fill(&it, own.computed, &mut texts);
        prove(&it, &filling, own.computed, &mut found);
        (it, filling)
    });
    report.append_about(found, |_| Some(Target::Document(path.as_str().into())));
    let title = filled.as_ref().map_or_else(|| id.text.to_string(), |it| it.0.title.to_string());
    let origin = filled.as_ref().map_or(id.origin, |it| it.0.origin);
    let mut inputs = own.inputs.clone();
    inputs.push(Input::Reads(texts.trace.reads(), Whose::All));
    inputs.push(Input::Itself(path.clone()));
    let names = vec![Named { path: path.clone(), name: title.clone(), origin, subject: Default::default() }];
    let planned = filled.as_ref().map(|(bound, filling)| behind(bound, filling, own, &path));
    let editions = editions((title, path), filled, own, planning);
    let in_draft = InDraft::Withheld;
    (Document { editions, inputs, names, in_draft, ..Document::new(KIND.kind) }, planned)
}

/// The filled workbook and the sheet by which it is checked.
fn editions(
    (title, path): (String, String),
    filled: Option<(Bound, Filling)>,
    own: &Own<'_>,
    planning: Planning<'_>,
) -> Vec<Edition> {
    let file = format!("{path}.xlsx");
    let Some((bound, filling)) = filled else {
        return vec![Edition::new(file, title, Body::Later(Box::new(sheet::Unbound)))];
    };
    let project = planning.project;
    let tables = sheet::check_tables(&bound, &filling, own.computed);
    let heading = format!("{title}填表核对单");
    let author = format!("{}{}", project.institution, project.department);
    let book = sheet::book(heading.clone(), author, (project.as_of, planning.captions), tables);
    let pages = pages_of(&book, &planning.fonts.styles);
    let form = Prescribed {
        blank: bound.blank,
        wanted: filling.wanted,
        mark: MARK.to_owned(),
        // They have been compared already, with the places that rows which were put in have moved them to.
        expected: Vec::new(),
    };
    let folder = path.rsplit_once('/').map_or("", |it| it.0);
    let check = Body::Later(Box::new(sheet::CheckSheet(pages)));
    let mut check = Edition::new(format!("{folder}/填表核对单.pdf"), heading, check);
    check.after.push(file.clone());
    vec![Edition::new(file, title, Body::Prescribed(Box::new(form))), check]
}

fn behind(bound: &Bound, filling: &Filling, own: &Own<'_>, path: &str) -> PlannedIssued {
    let figures = filling
        .figures
        .iter()
        .map(|(spot, it)| (spot.clone(), IssuedFigure::Figures(it.sheet, it.cells.clone(), it.number)));
    let text = |it: &BoundText| IssuedFigure::Text(it.value.clone(), it.declared.clone());
    let texts = filling.texts.iter().map(|(spot, it)| (spot.clone(), text(it)));
    PlannedIssued {
        path: format!("{path}.xlsx"),
        title: bound.title.to_string(),
        workbook: own.path.clone(),
        sheets: bound.blank.sheets().into_iter().map(|it| (it.0, it.1.to_owned())).collect(),
        cells: figures.chain(texts).collect(),
        origin: bound.origin,
    }
}
