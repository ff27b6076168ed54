//! 收表进度.xlsx: a sheet with the tables of every committee, and one with what is still owed, if anything is.

use std::sync::Arc;

use super::{Owed, Progress, ProgressLine};
use crate::book::{Align, Book, Cell, Column, Paper, Row, Sheet, Table, Weight};
use crate::captions::Captions;
use project::Project;
use value::PartialDate;

/// Width of a column that names a unit, in Chinese characters.
const WIDTH_UNIT: u16 = 18;
/// Width of a column that says how far tables have come.
const WIDTH_STANDING: u16 = 7;

/// Describes the workbook.
pub fn progress_book(progress: &Progress, project: &Project, captions: &Arc<Captions>) -> Book {
    let title = &captions.progress.title;
    // A list of nothing would be a page with headings alone.
    let list = (!progress.owed.is_empty()).then(|| owed(progress, project, captions));
    let sheets = [overview(progress, project, captions)].into_iter().chain(list);
    Book {
        title: title.to_string(),
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

fn lines(project: &Project, captions: &Captions) -> Vec<String> {
    let as_of = PartialDate::from(project.as_of).to_string();
    vec![format!("{}{}", project.institution, project.department), captions.progress.as_of.filled(&[&as_of])]
}

/// A row for each table, a column for each unit: there are more tables than units, and their names are shorter.
fn overview(progress: &Progress, project: &Project, captions: &Captions) -> Table {
    let words = &captions.progress;
    let [table, due, complete] = &words.columns;
    let units = progress.lines.iter().map(|it| column(&it.unit, Some(WIDTH_STANDING), Align::Center));
    let columns = [column(table, None, Align::Left)].into_iter().chain(units).collect();
    let counts = |title: &str, of: &dyn Fn((usize, usize)) -> usize| {
        let cells = progress.lines.iter().map(|it| Cell::count(of(it.counts())));
        [Cell::Text(title.to_owned())].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let row = |(at, title): (usize, &Arc<str>)| {
        let standing = |it: &ProgressLine| match it.cells.get(at).and_then(Option::as_ref) {
            Some(standing) => Cell::Text(standing.text.clone()),
            None => Cell::Empty,
        };
        let cells = progress.lines.iter().map(standing);
        [Cell::Text(title.to_string())].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let totals = [counts(due, &|it| it.0), counts(complete, &|it| it.1)];
    let total = |cells: Vec<Cell>| Row { cells, weight: Weight::Total, ..Row::default() };
    let rows = progress.tables.iter().enumerate().map(row).map(Row::from);
    Table {
        name: words.title.to_string(),
        title: format!("{}{}", project.institution, words.title),
        lines: lines(project, captions),
        paper: Paper::A3Landscape,
        columns,
        rows: totals.map(total).into_iter().chain(rows).collect(),
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
