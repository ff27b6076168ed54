//! The sheet that sets the committees side by side: a row for each, a column for each figure.

use crate::book::{Align, Cell, CellRef, Column, Formula, Numbering, Protection, Row, Table, Weight};
use crate::planning::Planning;
use crate::statistics::declaration::ComparisonFigure;
use crate::statistics::filled::{CellId, Computed};
use dataset::Dataset;

/// The table of the comparison, if the statistics declare one; its last row is what stands in the tables themselves.
pub(super) fn table(whole: &Computed, editions: &[Computed], planning: Planning<'_>) -> Option<Table> {
    let Planning { dataset, captions, .. } = planning;
    let declared = whole.statistics.comparison.as_ref()?;
    let column = |heading: &[String], align| Column { heading: heading.to_vec(), width: None, align };
    let stub = column(&[dataset.schema(declared.of).title.to_string()], Align::Left);
    let figures = declared.figures.iter().map(|it| column(&it.heading, Align::Right));
    let mut rows: Vec<Row> = editions.iter().map(|it| row(it, &declared.figures, dataset)).collect();
    rows.push(total(whole, &declared.figures, &captions.total));
    Some(Table {
        name: declared.name.as_ref().unwrap_or(&captions.sheets.comparison).to_string(),
        title: declared.title.to_string(),
        columns: [stub].into_iter().chain(figures).collect(),
        rows,
        numbering: Numbering::Letters,
        n_stub: 1,
        protection: Protection::Formulas,
        ..Table::default()
    })
}

fn row(edition: &Computed, figures: &[ComparisonFigure], dataset: &Dataset) -> Row {
    let label = edition.committee.map(|it| dataset.label(it).to_string());
    let value = |it: &ComparisonFigure| {
        let value = edition.compared(it).and_then(|it| it.2.value);
        value.map_or(Cell::Empty, Cell::number)
    };
    let stub = Cell::Text(label.unwrap_or_default());
    Row::from([stub].into_iter().chain(figures.iter().map(value)).collect::<Vec<_>>())
}

/// The row of the whole: each cell is that of its table.
fn total(whole: &Computed, figures: &[ComparisonFigure], title: &str) -> Row {
    let n_before = usize::from(whole.statistics.cover.is_some());
    let cell = |it: &ComparisonFigure| {
        let found = whole.compared(it).and_then(|(_, at, figure)| Some((at, figure.value?)));
        let Some((CellId { row, column }, value)) = found else { return Cell::Empty };
        let n_stub = 1 + usize::from(whole.statistics.sheets[it.sheet].has_line_numbers);
        let at = CellRef { sheet: n_before + it.sheet, row, column: column + n_stub };
        Cell::Formula { formula: Formula::Same(at), value: Box::new(Cell::number(value)) }
    };
    let cells = [Cell::Text(title.to_owned())].into_iter().chain(figures.iter().map(cell)).collect();
    Row { cells, level: 0, weight: Weight::Total }
}
