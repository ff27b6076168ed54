//! The tables of a summary as a workbook: a sheet for each table, one for the chronicle, and the charts.

use std::sync::Arc;

use super::super::text::{Block, Cells, ChartBlock, Phrase, Placed, Text};
use crate::book::{
    Align, Book, Cell, CellRef, Chart, Charts, Column, Paper, Row, Series, Sheet, Table, Weight,
};
use crate::captions::Captions;
use crate::planning::Planning;
use value::Amount;

/// What a sheet of the workbook shows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shows<'a> {
    /// A table of the text.
    Table(&'a Placed, &'a Cells),
    /// The figures of a chart.
    Chart(&'a Placed, &'a ChartBlock),
    /// The events of the chronicle.
    Events,
}

/// A sheet: its name, its table, and what that shows.
type Shown<'a> = (String, Table, Shows<'a>);

/// What each sheet of the workbook shows, in their order; the last one may hold the charts, and is not among them.
pub(crate) fn shows<'a>(text: &'a Text, captions: &Captions) -> Vec<Shows<'a>> {
    shown(text, captions).into_iter().map(|it| it.2).collect()
}

/// The tables of a text, the figures of its charts, and its events, in their order.
fn shown<'a>(text: &'a Text, captions: &Captions) -> Vec<Shown<'a>> {
    let mut tables: Vec<Shown<'a>> = Vec::new();
    let appended = text.appendices.iter().map(|it| (Some(it.title.as_str()), &it.blocks));
    for (title, blocks) in [(None, &text.blocks)].into_iter().chain(appended) {
        let mut heading = title.map(str::to_owned);
        for placed in blocks {
            match &placed.block {
                Block::Heading { text, .. } => heading = Some(text.text()),
                Block::Table(cells) => {
                    let own = cells.title.as_ref().map(Phrase::text);
                    let group = heading.clone().filter(|it| Some(it.as_str()) != title);
                    let name = own.or(group).or_else(|| title.map(str::to_owned));
                    let (name, table) = table(cells, name.unwrap_or_else(|| text.title.clone()));
                    tables.push((name, table, Shows::Table(placed, cells)));
                }
                Block::Chart(it) => {
                    let (name, table) = figures(it, &captions.columns.category);
                    tables.push((name, table, Shows::Chart(placed, it)));
                }
                Block::Paragraph { .. } | Block::Month(_) => {}
            }
        }
        let events = chronicle(blocks, title.unwrap_or_default(), &captions.events);
        tables.extend(events.map(|(name, table)| (name, table, Shows::Events)));
    }
    tables
}

/// The workbook of a summary; none if it has neither tables nor events nor charts.
pub(in crate::summary) fn book(text: &Text, planning: Planning<'_>) -> Option<Book> {
    let captions = planning.captions;
    let tables = shown(text, captions);
    if tables.is_empty() {
        return None;
    }
    let chart = |(at, it): (usize, &Shown<'_>)| match it.2 {
        Shows::Chart(_, block) => Some(placed_at(&block.chart, at)),
        Shows::Table(..) | Shows::Events => None,
    };
    let charts: Vec<Chart> = tables.iter().enumerate().filter_map(chart).collect();
    let marked = |(name, table, _)| Sheet::Table(Table { name, ..table });
    let mut sheets: Vec<Sheet> = tables.into_iter().map(marked).collect();
    if !charts.is_empty() {
        let name = captions.sheets.charts.to_string();
        let title = name.clone();
        sheets.push(Sheet::Charts(Charts { name, title, charts, draft: None }));
    }
    let project = planning.project;
    Some(Book {
        title: text.title.clone(),
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        sheets,
        names: Vec::new(),
        captions: captions.clone(),
    })
}

fn table(cells: &Cells, title: String) -> (String, Table) {
    let columns = cells.columns.iter().map(|it| Column {
        heading: it.title.split('/').map(str::to_owned).collect(),
        width: it.width,
        align: it.align,
    });
    let total = cells.total.iter().map(|it| Row { weight: Weight::Total, ..row(it) });
    let table = Table {
        title: title.clone(),
        paper: Paper::A4Portrait,
        columns: columns.collect(),
        rows: cells.rows.iter().map(|it| row(it)).chain(total).collect(),
        ..Table::default()
    };
    (title, table)
}

fn row(cells: &[Phrase]) -> Row {
    Row::from(cells.iter().map(cell).collect::<Vec<_>>())
}

/// A figure can be added up in the workbook; whatever else stays text.
fn cell(text: &Phrase) -> Cell {
    match text.sole_figure().and_then(|it| it.value) {
        Some(value) => figure(value),
        None if text.is_empty() => Cell::Empty,
        None => Cell::Text(text.text()),
    }
}

/// A figure with the places that it has.
fn figure(value: Amount) -> Cell {
    let whole = value.whole().filter(|_| value.places() == 0);
    whole.map_or(Cell::Decimal(value), Cell::Integer)
}

/// The figures of a chart as a table: its categories and its series.
fn figures(block: &ChartBlock, category: &str) -> (String, Table) {
    let chart = &block.chart;
    let column = |heading: String, align| Column { heading: vec![heading], width: None, align };
    let series =
        chart.series.iter().map(|it| column(format!("{}（{}）", it.title, chart.unit), Align::Right));
    let places = chart.places();
    let row = |(at, category): (usize, &String)| {
        let values = chart
            .series
            .iter()
            .map(|it| it.values[at].1.map_or(Cell::Empty, |it| figure(it.rounded(places).filled(places))));
        Row::from([Cell::Text(category.clone())].into_iter().chain(values).collect::<Vec<_>>())
    };
    let table = Table {
        title: chart.title.clone(),
        paper: Paper::A4Portrait,
        columns: [column(category.to_owned(), Align::Left)].into_iter().chain(series).collect(),
        rows: chart.categories.iter().enumerate().map(row).collect(),
        n_stub: 1,
        ..Table::default()
    };
    (chart.title.clone(), table)
}

/// The chart with the places of its figures on a sheet.
fn placed_at(chart: &Chart, sheet: usize) -> Chart {
    let moved = |it: &Series| Series {
        title: it.title.clone(),
        values: it.values.iter().map(|(at, value)| (CellRef { sheet, ..*at }, *value)).collect(),
    };
    Chart { series: chart.series.iter().map(moved).collect(), ..chart.clone() }
}

/// The events of a chronicle, each with its month and day; none where there are no months.
fn chronicle(blocks: &[Placed], title: &str, headings: &[Arc<str>; 3]) -> Option<(String, Table)> {
    let (mut month, mut rows) = (None, Vec::new());
    for placed in blocks {
        match &placed.block {
            Block::Month(text) => month = Some(text.clone()),
            Block::Paragraph { lead, text } => {
                let Some(month) = &month else { continue };
                let lead = lead.clone().unwrap_or_default();
                let text = text.text();
                let rest = text.strip_prefix(&lead).unwrap_or(&text).trim_start().to_owned();
                let cells = [month.clone(), lead, rest];
                rows.push(Row::from(cells.into_iter().map(Cell::Text).collect::<Vec<_>>()));
            }
            _ => {}
        }
    }
    month?;
    let column = |(heading, align): (&Arc<str>, Align)| Column {
        heading: vec![heading.to_string()],
        width: None,
        align,
    };
    let aligns = [Align::Center, Align::Center, Align::Left];
    let table = Table {
        title: title.to_owned(),
        paper: Paper::A4Portrait,
        columns: headings.iter().zip(aligns).map(column).collect(),
        rows,
        ..Table::default()
    };
    Some((title.to_owned(), table))
}
