//! The workbook of what falls due: how much of it each committee has, all of it by committee and day, and the records of
//! which nobody can say when.

use std::collections::BTreeMap;

use super::judge::{Due, Open};
use super::left::left;
use super::{Found, Reminder};
use crate::book::{Align, Book, Cell, Column, Paper, Row, Sheet, Table, Weight, Zero};
use crate::captions::ReminderCaptions;
use crate::planning::Planning;
use dataset::RecordId;
use finding::{Finding, Subject};
use value::PartialDate;

/// Width of columns that name a unit or a matter, in Chinese characters.
const WIDTH_NAME: u16 = 11;
/// Width of columns of longer texts.
const WIDTH_TEXT: u16 = 20;
/// Width of a column of numbers under a long heading.
const WIDTH_COUNT: u16 = 6;

/// Describes the workbook.
pub(super) fn describe(reminders: &[Reminder], found: &Found, planning: Planning<'_>) -> Book {
    let Planning { project, captions, .. } = planning;
    let words = &captions.reminders;
    let overview = (!found.due.is_empty()).then(|| overview(reminders, found, planning));
    let is_whole = found.open.is_empty() && found.lacking.is_empty();
    let open = (!is_whole).then(|| open(reminders, found, planning));
    let sheets = overview.into_iter().chain([list(reminders, &found.due, planning)]).chain(open);
    Book {
        title: words.title.to_string(),
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        sheets: sheets.map(Sheet::Table).collect(),
        names: Vec::new(),
        captions: captions.clone(),
    }
}

fn column(heading: &str, width: Option<u16>, align: Align) -> Column {
    Column { heading: vec![heading.to_owned()], width, align }
}

fn lines(planning: Planning<'_>) -> Vec<String> {
    let as_of = PartialDate::from(planning.project.as_of).to_string();
    vec![planning.project.department.to_string(), planning.captions.reminders.as_of.filled(&[&as_of])]
}

fn title(planning: Planning<'_>, name: &str) -> String {
    format!("{}{name}", planning.project.institution)
}

/// A row for each committee, a column for each reminder that has found something.
fn overview(reminders: &[Reminder], found: &Found, planning: Planning<'_>) -> Table {
    let words = &planning.captions.reminders;
    let mut counts: BTreeMap<Option<RecordId>, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut overdue: BTreeMap<Option<RecordId>, usize> = BTreeMap::new();
    for it in &found.due {
        let committee = planning.dataset.committee(it.record);
        let n = counts.entry(committee).or_default().entry(it.reminder).or_default();
        *n = n.saturating_add(1);
        let n = overdue.entry(committee).or_default();
        *n = n.saturating_add(usize::from(it.is_overdue));
    }
    let used: Vec<usize> =
        (0..reminders.len()).filter(|at| counts.values().any(|it| it.contains_key(at))).collect();
    let numbers = |of: &[&BTreeMap<usize, usize>], n_overdue: usize| -> Vec<Cell> {
        let sum = |at: &usize| {
            of.iter().filter_map(|it| it.get(at)).fold(0_usize, |sum, it| sum.saturating_add(*it))
        };
        let each: Vec<usize> = used.iter().map(sum).collect();
        let all = each.iter().fold(0_usize, |sum, it| sum.saturating_add(*it));
        each.into_iter().chain([all, n_overdue]).map(Cell::count).collect()
    };
    let row = |name: &str, numbers: Vec<Cell>| {
        [Cell::Text(name.to_owned())].into_iter().chain(numbers).collect::<Vec<Cell>>()
    };
    let units = counts.iter().map(|(unit, of)| {
        let name = unit.map_or_else(|| words.office.clone(), |it| planning.dataset.label(it));
        Row::from(row(&name, numbers(&[of], overdue.get(unit).copied().unwrap_or_default())))
    });
    let all: Vec<&BTreeMap<usize, usize>> = counts.values().collect();
    let n_overdue = overdue.values().fold(0_usize, |sum, it| sum.saturating_add(*it));
    let total = row(&planning.captions.total, numbers(&all, n_overdue));
    let total = Row { cells: total, weight: Weight::Total, ..Row::default() };
    let [unit, sum, late] = &words.overview_columns;
    let headings = used.iter().map(|at| &*reminders[*at].title).chain([&**sum, &**late]);
    let headings = headings.map(|it| column(it, Some(WIDTH_COUNT), Align::Right));
    Table {
        name: words.overview.to_string(),
        title: title(planning, &format!("{}{}", words.title, words.overview)),
        lines: lines(planning),
        columns: [column(unit, None, Align::Left)].into_iter().chain(headings).collect(),
        rows: units.chain([total]).collect(),
        n_stub: 1,
        zero: Zero::Blank,
        notes: vec![range(reminders, words)],
        ..Table::default()
    }
}

/// How far ahead each reminder looks.
fn range(reminders: &[Reminder], words: &ReminderCaptions) -> String {
    let parts = reminders.iter().map(|it| words.ahead.filled(&[&it.title, &it.within.words(words)]));
    words.range.filled(&[&parts.collect::<Vec<_>>().join("、")])
}

/// Everything that is due, by committee and day.
fn list(reminders: &[Reminder], due: &[Due], planning: Planning<'_>) -> Table {
    let Planning { dataset, project, captions, sources, .. } = planning;
    let words = &captions.reminders;
    let [day, remaining, matter, committee, branch, whom, text, basis, source] = &words.columns;
    let row = |(idx, it): (usize, &Due)| {
        let (reminder, subject) = (&reminders[it.reminder], dataset.subject(it.record));
        let texts = [
            it.due.to_string(),
            left(it.due, project.as_of, words),
            reminder.title.to_string(),
            subject.committee.as_deref().unwrap_or(&words.office).to_owned(),
            subject.branch.as_deref().unwrap_or_default().to_owned(),
            it.whom.clone(),
            it.text.clone(),
            reminder.basis.to_string(),
            sources.display(it.place),
        ];
        let cells = [Cell::ordinal(idx)].into_iter().chain(texts.map(Cell::Text)).collect();
        let weight = if it.is_overdue { Weight::Total } else { Weight::Plain };
        Row { cells, weight, ..Row::default() }
    };
    let nothing = due.is_empty().then(|| words.nothing.to_string());
    Table {
        name: words.title.to_string(),
        title: title(planning, &words.title),
        lines: lines(planning),
        paper: Paper::A3Landscape,
        columns: vec![
            column(&captions.columns.serial, None, Align::Center),
            column(day, None, Align::Center),
            column(remaining, None, Align::Center),
            column(matter, Some(WIDTH_NAME), Align::Left),
            column(committee, Some(WIDTH_NAME), Align::Left),
            column(branch, Some(WIDTH_NAME), Align::Left),
            column(whom, Some(WIDTH_NAME), Align::Left),
            column(text, Some(WIDTH_TEXT), Align::Left),
            column(basis, Some(WIDTH_TEXT), Align::Left),
            column(source, Some(WIDTH_TEXT), Align::Left),
        ],
        rows: due.iter().enumerate().map(row).collect(),
        n_stub: 1,
        is_filtered: true,
        notes: nothing.into_iter().chain([range(reminders, words)]).collect(),
        ..Table::default()
    }
}

/// The records of which nobody can say when.
fn open(reminders: &[Reminder], found: &Found, planning: Planning<'_>) -> Table {
    let Planning { dataset, captions, sources, .. } = planning;
    let words = &captions.reminders;
    let [_, _, matter, committee, branch, whom, _, _, source] = &words.columns;
    let texts = |matter: &str, subject: &Subject, rest: [&str; 3]| {
        let committee = subject.committee.as_deref().unwrap_or(&words.office);
        let [whom, why, place] = rest;
        [matter, committee, subject.branch.as_deref().unwrap_or_default(), whom, why, place]
            .map(str::to_owned)
    };
    let record = |it: &Open| {
        let (matter, subject) = (&reminders[it.reminder].title, dataset.subject(it.record));
        texts(matter, &subject, [&it.whom, &it.why, &sources.display(it.place)])
    };
    // Whose dates a file or table would have held that is lacking, nobody knows.
    let lacking = |it: &Finding| {
        let place = it.origin.map(|it| sources.display(it)).unwrap_or_default();
        texts(&words.lacking, &it.subject, ["", &it.message, &place])
    };
    let row = |(idx, texts): (usize, [String; 6])| {
        Row::from([Cell::ordinal(idx)].into_iter().chain(texts.map(Cell::Text)).collect::<Vec<_>>())
    };
    let rows = found.open.iter().map(record).chain(found.lacking.iter().map(lacking));
    Table {
        name: words.open.to_string(),
        title: title(planning, &format!("{}（{}）", words.title, words.open)),
        lines: lines(planning),
        columns: vec![
            column(&captions.columns.serial, None, Align::Center),
            column(matter, Some(WIDTH_NAME), Align::Left),
            column(committee, Some(WIDTH_NAME), Align::Left),
            column(branch, Some(WIDTH_NAME), Align::Left),
            column(whom, Some(WIDTH_NAME), Align::Left),
            column(&words.reason, Some(WIDTH_TEXT), Align::Left),
            column(source, Some(WIDTH_TEXT), Align::Left),
        ],
        rows: rows.enumerate().map(row).collect(),
        n_stub: 1,
        is_filtered: true,
        notes: vec![words.open_note.to_string()],
        ..Table::default()
    }
}
