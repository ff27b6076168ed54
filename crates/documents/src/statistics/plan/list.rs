//! A list of records as a workbook shows it: a serial number, its columns, and live totals below.

use crate::book::{Align, Cell, CellRef, Column, Formula, Row, Sign, Table, Weight};
use crate::captions::Captions;
use crate::statistics::declaration::{Body, List, ListValue, Sheet};
use crate::statistics::filled::FilledList;
use value::Amount;

/// The columns and rows of a list that stands on this sheet of the book.
pub(super) fn table(declared: &Sheet, filled: &FilledList, sheet: usize, captions: &Captions) -> Table {
    let Body::List(list) = &declared.body else { return Table::default() };
    let serial =
        Column { heading: vec![captions.columns.serial.to_string()], width: None, align: Align::Center };
    let own = list.columns.iter().map(|it| Column {
        heading: it.heading.clone(),
        width: it.width,
        align: it.align,
    });
    let row = |(idx, cells): (usize, &Vec<Cell>)| {
        Row::from([Cell::ordinal(idx)].into_iter().chain(cells.iter().cloned()).collect::<Vec<_>>())
    };
    let mut rows: Vec<Row> = filled.cells.iter().enumerate().map(row).collect();
    if let Some(title) = list.total.as_ref().filter(|_| !rows.is_empty()) {
        let total = total(list, title, filled, sheet);
        rows.push(total);
    }
    Table { columns: [serial].into_iter().chain(own).collect(), rows, n_stub: 1, ..Table::default() }
}

/// The row of totals over the columns that count.
fn total(list: &List, title: &str, filled: &FilledList, sheet: usize) -> Row {
    let cell = |(idx, column): (usize, &crate::statistics::declaration::ListColumn)| {
        let is_figure = matches!(column.value, ListValue::Count(_));
        if !is_figure {
            return if idx == 0 { Cell::Text(title.to_owned()) } else { Cell::Empty };
        }
        // Where a figure is not known, the total is not.
        let mut values = filled.cells.iter().map(|row| match &row[idx] {
            Cell::Integer(number) => Some(Amount::from(*number)),
            Cell::Decimal(number) => Some(*number),
            _ => None,
        });
        let sum = values.try_fold(Amount::ZERO, |sum, it| sum.plus(it?));
        let cells = (0..filled.cells.len()).map(|row| (Sign::Plus, CellRef { sheet, row, column: idx + 1 }));
        match sum {
            Some(sum) => {
                Cell::Formula { formula: Formula::Sum(cells.collect()), value: Box::new(Cell::number(sum)) }
            }
            None => Cell::Empty,
        }
    };
    let cells = list.columns.iter().enumerate().map(cell);
    Row { cells: [Cell::Empty].into_iter().chain(cells).collect(), level: 0, weight: Weight::Total }
}
