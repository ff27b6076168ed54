//! The pages of a workbook's PDF edition: the same tables, texts and figures, as data for the layout.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{
    Align, Book, Cell, Chart, ChartKind, Charts, Cover, Numbering, Paper, Row, Sheet, Table, Weight, blocks,
};
use crate::Pages;
use project::Faces;
use value::Amount;

/// The layout of all statistics.
const LAYOUT: &str = "typst/statistics.typ";

/// Greatest and least size of type in tables, in points: a table of many columns is set smaller, down to what can still be
/// read.
const SIZES: (f64, f64) = (10.5, 5.0);

/// Width of a character of the default face, in sizes of its type: 8 pixels of 96 an inch at 11 points.
const CHARACTER: f64 = 6.0 / 11.0;

/// What the workbook leaves of the paper's width against rounding is given to the columns.
const STRETCH: f64 = 1.1;

/// Points to a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// The PDF edition of a workbook, set in these faces.
pub fn pages_of(book: &Book, faces: &Faces) -> Pages {
    let data = json!({
        "title": book.title,
        "author": book.author,
        "language": "zh-CN",
        "faces": faces,
        "sheets": book.sheets.iter().map(sheet).collect::<Vec<_>>(),
    });
    Pages { layout: LAYOUT.to_owned(), data, pictures: BTreeMap::new(), date: book.date }
}

fn sheet(sheet: &Sheet) -> Json {
    match sheet {
        Sheet::Cover(it) => cover(it),
        Sheet::Table(it) => table(it),
        Sheet::Charts(it) => charts(it),
    }
}

fn cover(cover: &Cover) -> Json {
    json!({
        "kind": "cover",
        "paper": paper(Paper::A4Landscape),
        "title": cover.title,
        "subtitle": cover.subtitle,
        "lines": cover.lines,
        "draft": cover.draft,
    })
}

fn table(table: &Table) -> Json {
    let (size, widths) = measures(table);
    let columns = table.columns.iter().zip(widths);
    json!({
        "kind": "table",
        "paper": paper(table.paper),
        "title": table.title,
        "lines": table.lines,
        "size": size,
        "columns": columns.map(|(it, width)| json!({ "width": width, "align": align(it.align) })).collect::<Vec<_>>(),
        "n_stub": table.n_stub,
        "levels": table.levels(),
        "head": blocks(table).into_iter().map(|it| json!({
            "x": it.columns.0,
            "y": it.rows.0,
            "columns": it.columns.1 - it.columns.0 + 1,
            "rows": it.rows.1 - it.rows.0 + 1,
            "text": it.text,
        })).collect::<Vec<_>>(),
        "numbers": match table.numbering {
            Numbering::None => None,
            Numbering::Letters => table.numbers(),
        },
        "rows": table.rows.iter().enumerate().map(|(at, it)| row(table, at, it)).collect::<Vec<_>>(),
        "signatures": table.signatures,
        "notes": table.notes,
        "draft": table.draft,
    })
}

/// A row: its cells with what they show, without those that a cell above covers.
fn row(table: &Table, at: usize, row: &Row) -> Json {
    let cell = |(column, cell): (usize, &Cell)| match table.depth(at, column) {
        0 => None,
        depth => Some(json!({
            "x": column,
            "rows": depth,
            "text": table.shown(column, cell),
            "level": if table.label() == Some(column) { row.level } else { 0 },
        })),
    };
    json!({
        "total": row.weight == Weight::Total,
        "cells": row.cells.iter().enumerate().filter_map(cell).collect::<Vec<_>>(),
    })
}

/// The size of type and the width of each column, in points: the widths of the workbook, smaller together with the type if
/// the paper is too narrow for them.
fn measures(table: &Table) -> (f64, Vec<f64>) {
    let widths = table.widths();
    let whole = widths.iter().sum::<f64>() * CHARACTER;
    let room = (table.paper.size().0 - 2.0 * table.paper.margin()) * POINTS;
    let size = (room / whole.max(1.0)).clamp(SIZES.1, SIZES.0);
    let scale = (room / (whole * size).max(1.0)).min(STRETCH);
    (rounded(size), widths.iter().map(|it| rounded(it * CHARACTER * size * scale)).collect())
}

fn charts(sheet: &Charts) -> Json {
    json!({
        "kind": "charts",
        "paper": paper(Paper::A4Landscape),
        "title": sheet.title,
        "charts": sheet.charts.iter().map(chart).collect::<Vec<_>>(),
        "draft": sheet.draft,
    })
}

/// A chart as `charts.typ` draws it.
pub(crate) fn chart(chart: &Chart) -> Json {
    let kind = match chart.kind {
        ChartKind::Column => "column",
        ChartKind::Bar => "bar",
        ChartKind::Line => "line",
        ChartKind::Pyramid => "pyramid",
    };
    let places = chart.places();
    json!({
        "title": chart.title,
        "kind": kind,
        "unit": chart.unit,
        "categories": chart.categories,
        "series": chart.series.iter().map(|it| json!({
            "title": it.title,
            "values": it.values.iter().map(|(_, value)| value.map(Amount::nearest_float)).collect::<Vec<_>>(),
            "texts": it.values.iter().map(|(_, value)| value.map(|it| it.fixed(places))).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "words": chart.in_words(),
    })
}

fn paper(paper: Paper) -> Json {
    let (width, height) = paper.size();
    json!({ "width": width, "height": height, "margin": paper.margin() })
}

/// The word of layouts for where the text of a cell stands.
pub(crate) fn align(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

fn rounded(points: f64) -> f64 {
    (points * 100.0).floor() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Formula};

    fn table_of(n_columns: usize) -> Table {
        let column = |at| Column {
            heading: vec![format!("栏{at}")],
            width: None,
            align: if at == 0 { Align::Left } else { Align::Right },
        };
        let label = Cell::Text("党员".to_owned());
        let zero = Cell::Formula { formula: Formula::Sum(vec![]), value: Box::new(Cell::Integer(0)) };
        let row = |label| Row {
            cells: [vec![label], vec![zero.clone(); n_columns - 1]].concat(),
            level: 1,
            weight: Weight::Total,
        };
        Table {
            columns: (0..n_columns).map(column).collect(),
            rows: vec![row(label), row(Cell::Above)],
            n_stub: 1,
            zero: super::super::Zero::Dash,
            ..Table::default()
        }
    }

    #[test]
    fn a_row_shows_what_the_workbook_shows_and_leaves_out_what_is_covered() {
        let data = table(&table_of(3));
        assert_eq!(data["rows"][0]["cells"][0], json!({"x": 0, "rows": 2, "text": "党员", "level": 1}));
        assert_eq!(data["rows"][0]["cells"][1]["text"], "—");
        assert_eq!(data["rows"][1]["cells"].as_array().map(Vec::len), Some(2));
        assert_eq!(data["rows"][1]["cells"][0]["x"], 1);
    }

    #[test]
    fn a_table_of_many_columns_is_set_smaller_and_never_wider_than_the_paper() {
        let width = |n: usize| {
            let (size, widths) = measures(&table_of(n));
            (size, widths.iter().sum::<f64>())
        };
        let room = (297.0 - 36.0) * POINTS;
        assert!((width(3).0 - 10.5).abs() < 1e-9);
        let (size, all) = width(40);
        assert!((5.0..10.5).contains(&size) && all <= room && all > room * 0.98, "{size} {all}");
        assert!(width(400).1 <= room);
    }
}
