//! 填表核对单 and 填表位置: a bound sheet in its own shape, with the declared lines beside its rows and above its columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::anatomy::Side;
use super::bound::{Bind, Bound, BoundSheet, CellRule};
use super::drafting::letters;
use super::filling::{BoundFigure, Filling};
use super::proof::{declared, place};
use crate::artefact::{Artefact, Body, Finished, Later, Pages, Planned};
use crate::book::{Align, Book, Cell, Column, Paper, Row, Sheet, Table, Weight};
use crate::captions::Captions;
use crate::statistics::filled::Computed;
use finding::Finding;
use jiff::civil::Date;

/// A sheet of more columns is set on larger paper.
const N_COLUMNS_A4: usize = 14;

/// A row of such a table: its number, what it is called, the declared line, its cells by column.
pub(super) type SheetRow = (usize, String, String, BTreeMap<usize, Cell>);
/// A column of such a table: its number, what it is called, the declared line.
pub(super) type SheetColumn = (usize, String, String);

/// A sheet in its own shape.
pub(super) fn table(name: &str, title: String, columns: &[SheetColumn], rows: Vec<SheetRow>) -> Table {
    let column = |heading: Vec<String>, align| Column { heading, width: None, align };
    let stub = ["行", "栏目", "对应"].map(|it| column(vec![it.to_owned()], Align::Left));
    let own = columns.iter().map(|(at, label, line)| Column {
        heading: vec![letters(*at), label.clone(), line.clone()],
        // A name does not break.
        width: u16::try_from(line.chars().count() / 2 + 1).ok().map(|it| it.max(4)),
        align: Align::Right,
    });
    let row = |(at, label, line, mut cells): SheetRow| {
        let stub = [Cell::Text((at + 1).to_string()), Cell::Text(label), Cell::Text(line)];
        let own = columns.iter().map(|it| cells.remove(&it.0).unwrap_or(Cell::Empty));
        Row { cells: stub.into_iter().chain(own).collect(), level: 0, weight: Weight::Plain }
    };
    Table {
        name: name.to_owned(),
        title,
        paper: if columns.len() > N_COLUMNS_A4 { Paper::A3Landscape } else { Paper::A4Landscape },
        columns: stub.into_iter().chain(own).collect(),
        rows: rows.into_iter().map(row).collect(),
        n_stub: 3,
        ..Table::default()
    }
}

/// A list of places outside of rows and columns.
pub(super) fn list(title: String, lines: Vec<[String; 4]>) -> Table {
    let column =
        |it: &str, width| Column { heading: vec![it.to_owned()], width: Some(width), align: Align::Left };
    let row = |it: [String; 4]| Row::from(it.map(Cell::Text).to_vec());
    Table {
        name: "其他各处".to_owned(),
        title,
        paper: Paper::A4Landscape,
        columns: vec![column("位置", 12), column("栏目", 16), column("填入", 22), column("取自、说明", 30)],
        rows: lines.into_iter().map(row).collect(),
        n_stub: 1,
        ..Table::default()
    }
}

/// A book of such tables.
pub(super) fn book(
    title: String,
    author: String,
    (date, captions): (Date, &Arc<Captions>),
    tables: Vec<Table>,
) -> Book {
    let sheets = tables.into_iter().map(Sheet::Table).collect();
    Book { title, author, date: Some(date), sheets, names: Vec::new(), captions: captions.clone() }
}

/// The tables of 填表核对单: what was written where, and from which figure.
pub(super) fn check_tables(bound: &Bound, filling: &Filling, computed: &Computed) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut others: Vec<[String; 4]> = Vec::new();
    for sheet in &bound.sheets {
        let (number, name) = (sheet.anatomy.sheet, sheet.anatomy.name.as_str());
        let own = sheet.table.and_then(|it| computed.sheets.iter().position(|filled| filled.sheet == it));
        let (mut rows, mut columns) =
            (BTreeMap::<usize, SheetRow>::new(), BTreeMap::<usize, SheetColumn>::new());
        for (spot, it) in filling.figures.iter().filter(|it| it.0.sheet == number) {
            let is_single = Some(it.sheet) != own || !filling.labels.contains_key(&(number, spot.row));
            if is_single {
                let value = it.number.map(|it| it.to_string()).unwrap_or_default();
                others.push([
                    place(name, spot),
                    String::new(),
                    value,
                    declared(&computed.statistics, computed, it),
                ]);
                continue;
            }
            let (row, column) = lines(computed, it);
            let label = filling.labels[&(number, spot.row)].clone();
            let entry = rows.entry(spot.row).or_insert((spot.row, label, row, BTreeMap::new()));
            entry.3.insert(spot.column, it.number.map_or(Cell::Empty, Cell::Decimal));
            let label = sheet.anatomy.columns.iter().find(|it| it.at == spot.column);
            let label = label.map(|it| it.labels.join("/")).unwrap_or_default();
            columns.entry(spot.column).or_insert((spot.column, label, column));
        }
        let title = format!("{}填表核对单　{name}", bound.title);
        if !rows.is_empty() {
            let columns: Vec<SheetColumn> = columns.into_values().collect();
            tables.push(table(name, title, &columns, rows.into_values().collect()));
        }
        others.extend(left(sheet));
        for (spot, it) in filling.texts.iter().filter(|it| it.0.sheet == number) {
            let from = it.left.as_ref().map_or_else(|| it.declared.clone(), |why| format!("留待手填：{why}"));
            others.push([place(name, spot), it.label.clone(), it.value.clone(), from]);
        }
    }
    if !others.is_empty() {
        tables.push(list(format!("{}填表核对单　其他各处", bound.title), others));
    }
    tables
}

/// The rows, columns and cells of a sheet that are left, each with the reason.
fn left(sheet: &BoundSheet) -> Vec<[String; 4]> {
    let name = &sheet.anatomy.name;
    let line = |at: String, label: String, why: &str| {
        [format!("{name}!{at}"), label, String::new(), format!("不填：{why}")]
    };
    let label = |sides: &[Side], at: usize| {
        sides.iter().find(|it| it.at == at).map(|it| it.labels.join("/")).unwrap_or_default()
    };
    let mut all = Vec::new();
    for (at, it) in &sheet.rows {
        if let Bind::Left(why) = it {
            all.push(line(format!("第{}行", at + 1), label(&sheet.anatomy.rows, *at), why));
        }
    }
    for (at, it) in &sheet.columns {
        if let Bind::Left(why) = it {
            all.push(line(format!("{}列", letters(*at)), label(&sheet.anatomy.columns, *at), why));
        }
    }
    for ((row, column), it) in &sheet.cells {
        if let CellRule::Left(why) = it {
            all.push(line(format!("{}{}", letters(*column), row + 1), String::new(), why));
        }
    }
    all
}

/// The declared row and column of a figure.
fn lines(computed: &Computed, figure: &BoundFigure) -> (String, String) {
    let Some(grid) = computed.sheets[figure.sheet].grid() else { return Default::default() };
    let joined = |all: Vec<&str>| {
        let mut all = all;
        all.dedup();
        all.join("+")
    };
    let rows = figure.cells.iter().map(|it| &*grid.rows[it.row].id).collect();
    let mut columns: Vec<&str> = figure.cells.iter().map(|it| &*grid.columns[it.column].id).collect();
    columns.sort_unstable();
    (joined(rows), joined(columns))
}

/// The sheet by which a filled workbook is checked: made if the workbook is.
#[derive(Debug)]
pub(super) struct CheckSheet(pub(super) Pages);

impl Later for CheckSheet {
    fn compose(&self, artefact: &Artefact, finished: Finished<'_>) -> Result<Option<Planned>, Box<Finding>> {
        let is_made = finished.made.iter().flatten().next().is_some();
        let planned = || Planned { artefact: Arc::new(artefact.clone()), body: Body::Pages(self.0.clone()) };
        Ok(is_made.then(planned))
    }
}

/// What stands for a workbook whose binding cannot be used: an error withholds it.
#[derive(Debug)]
pub(super) struct Unbound;

impl Later for Unbound {
    fn compose(&self, _: &Artefact, _: Finished<'_>) -> Result<Option<Planned>, Box<Finding>> {
        Ok(None)
    }
}
