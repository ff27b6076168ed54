//! 收表进度.xlsx: a sheet with the tables of every committee, and one with what is still owed.

use std::sync::Arc;

use super::{Owed, Progress, ProgressLine};
use crate::book::{Align, Book, Cell, Column, Paper, Sheet, Table};
use crate::captions::Captions;
use project::Project;
use value::PartialDate;

/// Width of a column that names a unit, in Chinese characters.
const WIDTH_UNIT: u16 = 18;
/// Width of a column that says how far a table has come.
const WIDTH_TABLE: u16 = 6;

/// Describes the workbook.
pub fn progress_book(progress: &Progress, project: &Project, captions: &Arc<Captions>) -> Book {
    let title = &captions.progress.title;
    let sheets = [overview(progress, project, captions), owed(progress, project, captions)];
    Book {
        title: title.to_string(),
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        sheets: sheets.into_iter().map(Sheet::Table).collect(),
        names: Vec::new(),
        captions: captions.clone(),
    }
}

fn column(heading: &str, width: Option<u16>, align: Align) -> Column {
    Column { heading: vec![heading.to_owned()], width, align }
}

fn lines(project: &Project, captions: &Captions) -> Vec<String> {
    let as_of = PartialDate::from(project.as_of).to_string();
    vec![format!("{}{}", project.institution, project.department), captions.progress.as_of.filled([&as_of])]
}

fn overview(progress: &Progress, project: &Project, captions: &Captions) -> Table {
    let words = &captions.progress;
    let [unit, due, complete] = &words.columns;
    let mut columns = vec![
        column(unit, Some(WIDTH_UNIT), Align::Left),
        column(due, None, Align::Right),
        column(complete, None, Align::Right),
    ];
    columns.extend(progress.tables.iter().map(|it| column(it, Some(WIDTH_TABLE), Align::Center)));
    let row = |line: &ProgressLine| {
        let (n_due, n_complete) = line.counts();
        let tables = line.cells.iter().map(|it| match it {
            Some(standing) => Cell::Text(standing.text.clone()),
            None => Cell::Empty,
        });
        let counts = [n_due, n_complete].map(Cell::count);
        [Cell::Text(line.unit.to_string())].into_iter().chain(counts).chain(tables).collect::<Vec<_>>().into()
    };
    Table {
        name: words.title.to_string(),
        title: format!("{}{}", project.institution, words.title),
        lines: lines(project, captions),
        paper: Paper::A3Landscape,
        columns,
        rows: progress.lines.iter().map(row).collect(),
        n_stub: 1,
        ..Table::default()
    }
}

fn owed(progress: &Progress, project: &Project, captions: &Captions) -> Table {
    let words = &captions.progress;
    let [committee, branch, table, state, due] = &words.owed_columns;
    let columns = vec![
        column(&captions.columns.serial, None, Align::Center),
        column(committee, Some(WIDTH_UNIT), Align::Left),
        column(branch, Some(WIDTH_UNIT), Align::Left),
        column(table, None, Align::Left),
        column(state, None, Align::Center),
        column(due, None, Align::Center),
    ];
    let row = |(idx, it): (usize, &Owed)| {
        let day = it.due.map(|it| PartialDate::from(it).to_string()).unwrap_or_default();
        let state =
            if it.is_overdue { format!("{}{}", words.overdue, it.state) } else { it.state.to_string() };
        let branch = it.branch.as_deref().unwrap_or_default();
        let texts = [&*it.committee, branch, &it.table, &state, &day].map(|it| Cell::Text(it.to_owned()));
        [Cell::ordinal(idx)].into_iter().chain(texts).collect::<Vec<_>>().into()
    };
    Table {
        name: words.owed.to_string(),
        title: format!("{}{}", project.institution, words.owed),
        lines: lines(project, captions),
        paper: Paper::A4Landscape,
        columns,
        rows: progress.owed.iter().enumerate().map(row).collect(),
        ..Table::default()
    }
}
