//! A table of figures as a workbook shows it: totals and rates are live formulas with their values.

use crate::book::{Align, Cell, CellRef, Column, Formula, Numbering, Row, Table, Weight};
use crate::captions::{Captions, ColumnCaptions};
use crate::statistics::declaration::{Body, Sheet};
use crate::statistics::filled::{CellId, Figure, FigureMade, Grid};
use crate::statistics::line::{Line, LineKind};
use value::Amount;

/// The columns and rows of a table that stands on this sheet of the book.
pub(super) fn table(declared: &Sheet, grid: &Grid, sheet: usize, captions: &Captions) -> Table {
    let Body::Figures { rows, columns, .. } = &declared.body else { return Table::default() };
    let n_stub = 1 + usize::from(declared.has_line_numbers);
    let numbers = line_numbers(rows, grid);
    let at = |CellId { row, column }: CellId| CellRef { sheet, row, column: column + n_stub };
    let row = |(idx, figures): (usize, &Vec<Figure>)| {
        let line = &grid.rows[idx];
        let number = declared.has_line_numbers.then(|| Cell::Text(numbers[idx].clone()));
        let stub = [Cell::Text(line.title.to_string())].into_iter().chain(number);
        let cells = stub.chain(figures.iter().map(|it| cell(it, &at))).collect();
        Row { cells, level: rows[line.declared].level, weight: weight(&rows[line.declared]) }
    };
    Table {
        columns: stub(declared, &captions.columns).into_iter().chain(headings(columns, grid)).collect(),
        rows: grid.cells.iter().enumerate().map(row).collect(),
        numbering: if declared.is_numbered { Numbering::Letters } else { Numbering::None },
        n_stub,
        ..Table::default()
    }
}

fn placed(value: Amount) -> Cell {
    if value.places() == 0 { Cell::number(value) } else { Cell::Decimal(value) }
}

fn stub(declared: &Sheet, captions: &ColumnCaptions) -> Vec<Column> {
    let column = |heading: &str, align| Column { heading: vec![heading.to_owned()], width: None, align };
    let number = declared.has_line_numbers.then(|| column(&captions.line, Align::Center));
    [column(declared.corner.as_ref().unwrap_or(&captions.corner), Align::Left)]
        .into_iter()
        .chain(number)
        .collect()
}

fn headings<'a>(columns: &'a [Line], grid: &'a Grid) -> impl Iterator<Item = Column> + 'a {
    grid.columns.iter().map(|it| {
        let above = columns[it.declared].headings.iter();
        let heading = above.chain([&it.title]).map(ToString::to_string).collect();
        Column { heading, width: None, align: Align::Right }
    })
}

fn weight(line: &Line) -> Weight {
    let is_total = matches!(line.kind, LineKind::Derived { printed: None, .. });
    if is_total && line.level == 0 { Weight::Total } else { Weight::Plain }
}

fn cell(figure: &Figure, at: &impl Fn(CellId) -> CellRef) -> Cell {
    let value = figure.value.map(Cell::number);
    match (&figure.made, value) {
        (FigureMade::Derived(terms), Some(value)) => {
            let terms = terms.iter().map(|(sign, it)| (*sign, at(*it))).collect();
            Cell::Formula { formula: Formula::Sum(terms), value: Box::new(value) }
        }
        (FigureMade::Rate { part, whole, places }, _) => {
            let value = figure.value.map_or(Cell::Empty, |value| Cell::Percent { value, places: *places });
            let formula = Formula::Rate { part: at(*part), whole: at(*whole), places: *places };
            Cell::Formula { formula, value: Box::new(value) }
        }
        // What was given keeps the places that it was given with: 32.0 beside 31.6.
        (FigureMade::Given(_), Some(Cell::Decimal(_) | Cell::Integer(_))) => {
            figure.value.map_or(Cell::Empty, placed)
        }
        (_, value) => value.unwrap_or(Cell::Empty),
    }
}

/// The text of each row in the column 行次: its number, with the formula that it is computed by (`2=3+4+5`). A line
/// whose id is a number has that; the others are counted, headings left out.
fn line_numbers(rows: &[Line], grid: &Grid) -> Vec<String> {
    let mut n_lines = 0_usize;
    let mut numbers = Vec::new();
    for line in &grid.rows {
        let declared = &rows[line.declared];
        let is_heading = matches!(declared.kind, LineKind::Blank) && declared.cells.is_empty();
        numbers.push(if is_heading {
            String::new()
        } else {
            n_lines += 1;
            if is_number(&line.id) { line.id.to_string() } else { n_lines.to_string() }
        });
    }
    let number_of = |declared: usize| {
        let line = grid.rows.iter().position(|it| it.declared == declared);
        line.map(|it| numbers[it].clone()).unwrap_or_default()
    };
    let full = |(idx, own): (usize, &String)| match &rows[grid.rows[idx].declared].kind {
        LineKind::Derived { terms, printed: Some(_) } => {
            let signed = terms.iter().enumerate().map(|(place, (sign, line))| match (place, sign) {
                (0, crate::book::Sign::Plus) => number_of(*line),
                (_, crate::book::Sign::Plus) => format!("+{}", number_of(*line)),
                (_, crate::book::Sign::Minus) => format!("−{}", number_of(*line)),
            });
            format!("{own}={}", signed.collect::<String>())
        }
        _ => own.clone(),
    };
    numbers.iter().enumerate().map(full).collect()
}

fn is_number(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|it| it.is_ascii_digit())
}
