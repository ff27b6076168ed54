//! The workbook over all records of a form: a row for each, with the result of every condition and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::declaration::{Form, Overview};
use crate::book::{Align, Book, Cell, Column, Sheet, Table};
use crate::captions::ConditionCaptions;
use crate::leaf::cell;
use crate::names::{safe_name, stem};
use crate::planning::Planning;
use dataset::{RecordId, RecordRef, Scene};
use facts::project_names;
use project::Project;
use rules::Outcome;
use words::{Expression, Template};

/// Width of a column that holds a condition's result and reason, in Chinese characters.
const WIDTH_CONDITION: u16 = 12;

/// One record with what its conditions said.
pub(super) struct OverviewRow {
    pub(super) record: RecordRef,
    pub(super) cells: Vec<Cell>,
    pub(super) outcomes: Vec<Outcome>,
}

/// The workbook over all records of a form, with what it was made from.
#[derive(Debug)]
pub struct PlannedOverview {
    /// Its path below the output folder.
    pub path: String,
    /// How it is described.
    pub book: Arc<Book>,
    /// The record of each row.
    pub records: Vec<RecordId>,
    /// What each column shows: none of the serial number.
    pub columns: Vec<Option<Shown>>,
}

/// What a column of it shows.
#[derive(Debug, Clone)]
pub enum Shown {
    /// The value of an expression.
    Value(Expression),
    /// What a condition said: its code, what must hold, and the basis.
    Condition([Arc<str>; 3]),
}

/// Where the workbook goes.
///
/// # Errors
/// The declaration's fault, if its name cannot be made or there is none.
pub(super) fn path(form: &Form, project: &Project) -> Result<String, String> {
    let declared = form.overview.as_ref().ok_or("没有声明汇总表")?;
    let name = stem(&text(&declared.file_name, project)?, &["xlsx"]);
    Ok(format!("forms/{}/{name}.xlsx", safe_name(&form.id)))
}

/// A text over the project.
fn text(template: &Template, project: &Project) -> Result<String, String> {
    let names = minijinja::Value::from(BTreeMap::from([("project", project_names(project))]));
    template.render(&names).map_err(|why| format!("{why:?}"))
}

/// Describes the workbook.
///
/// # Errors
/// The declaration's fault, if a text of it cannot be made.
pub(super) fn plan(
    form: &Form,
    declared: &Overview,
    rows: &[OverviewRow],
    planning: Planning<'_>,
) -> Result<PlannedOverview, String> {
    let Planning { project, captions, .. } = planning;
    let text = |it: &Template| text(it, project);
    let title = text(&declared.title)?;
    let table = Table {
        name: declared.file_name.source().to_owned(),
        title: title.clone(),
        lines: declared.lines.iter().map(text).collect::<Result<_, _>>()?,
        paper: declared.paper,
        columns: columns(form, declared, &captions.columns.serial),
        rows: rows
            .iter()
            .enumerate()
            .map(|(idx, it)| row(idx, it, declared, &captions.conditions).into())
            .collect(),
        notes: notes(form, declared, &text, &captions.conditions)?,
        ..Table::default()
    };
    let book = Book {
        title: title.clone(),
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        sheets: vec![Sheet::Table(table)],
        names: Vec::new(),
        captions: captions.clone(),
    };
    Ok(PlannedOverview {
        path: path(form, project)?,
        book: book.into(),
        records: rows.iter().map(|it| it.record.id).collect(),
        columns: shown(form, declared),
    })
}

/// What the columns show.
fn shown(form: &Form, declared: &Overview) -> Vec<Option<Shown>> {
    let own = declared.columns.iter().map(|it| Some(Shown::Value(it.value.clone())));
    let conditions = form.conditions.iter().filter(|_| declared.conditions.is_some());
    let conditions =
        conditions.map(|it| Some(Shown::Condition([&it.code, &it.title, &it.basis].map(Arc::clone))));
    [None].into_iter().chain(own).chain(conditions).collect()
}

fn columns(form: &Form, declared: &Overview, serial: &str) -> Vec<Column> {
    let serial = Column { heading: vec![serial.to_owned()], width: None, align: Align::Center };
    let own = declared.columns.iter().map(|it| Column {
        heading: it.heading.clone(),
        width: it.width,
        align: it.align,
    });
    let conditions = form.conditions.iter().filter(|_| declared.conditions.is_some()).map(|it| Column {
        heading: declared.conditions.iter().map(|it| it.to_string()).chain([it.title.to_string()]).collect(),
        width: Some(WIDTH_CONDITION),
        align: Align::Left,
    });
    [serial].into_iter().chain(own).chain(conditions).collect()
}

/// The declared cells of a record's row.
///
/// # Errors
/// Why a value cannot be determined.
pub(super) fn cells(declared: &Overview, scene: &Scene) -> Result<Vec<Cell>, String> {
    declared.columns.iter().map(|it| cell(&it.value, scene)).collect()
}

fn row(idx: usize, row: &OverviewRow, declared: &Overview, captions: &ConditionCaptions) -> Vec<Cell> {
    let outcomes = row.outcomes.iter().filter(|_| declared.conditions.is_some());
    let outcomes = outcomes.map(|it| Cell::Text(outcome_text(it, captions)));
    [Cell::ordinal(idx)].into_iter().chain(row.cells.iter().cloned()).chain(outcomes).collect()
}

/// A result with its reason, as the clerk reads it.
fn outcome_text(outcome: &Outcome, captions: &ConditionCaptions) -> String {
    let [not_applicable, met, unmet, undecided, fault] = &captions.results;
    let (word, why) = match outcome {
        Outcome::NotApplicable => (not_applicable, ""),
        Outcome::Met(why) => (met, why.as_str()),
        Outcome::Unmet(why) => (unmet, why.as_str()),
        Outcome::Undecided(why) => (undecided, why.as_str()),
        Outcome::Fault(why) => (fault, why.as_str()),
    };
    if why.is_empty() { word.to_string() } else { format!("{word}：{why}") }
}

/// The declared notes, and the basis of each condition.
fn notes(
    form: &Form,
    declared: &Overview,
    text: &impl Fn(&Template) -> Result<String, String>,
    captions: &ConditionCaptions,
) -> Result<Vec<String>, String> {
    let mut notes: Vec<String> = declared.notes.iter().map(text).collect::<Result<_, _>>()?;
    if declared.conditions.is_some() {
        let bases = form.conditions.iter().map(|it| format!("{}：{}", it.title, it.basis));
        notes.push(captions.basis.filled(&[&bases.collect::<Vec<_>>().join("；")]));
    }
    Ok(notes)
}
