//! A figure of the sheet that sets the committees side by side: that of its table, narrowed to the committee.

use super::Crossing;
use crate::book::Zero;
use crate::explain::target::{At, Spot};
use crate::explain::{Asking, Explained};
use crate::statistics::{CellId, FigureMade};

/// Explains a figure of the comparison.
pub(in crate::explain) fn explain(spot: Spot<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let Spot { workbook, table, cell: CellId { row, column }, .. } = spot;
    let computed = &workbook.computed;
    let declared = computed.statistics.comparison.as_ref().ok_or("没有对照表")?;
    let figure = &declared.figures[column];
    let at = computed.compared(figure).and_then(|(sheet, cell, _)| At::of(workbook, sheet, cell));
    let at = at.ok_or("对照表所取的数字不在工作簿中")?;
    // Below the committees stands what is in the table itself.
    let seat = asking.dataset.rows_of(declared.of).nth(row);
    // What was given is not divided among the committees.
    let is_given = Crossing::of(at).is_some_and(|it| matches!(it.figure.made, FigureMade::Given(_)));
    let inner = super::explain(at, Asking { within: seat.filter(|_| !is_given), ..asking })?;
    let cells = &table.rows[row].cells;
    let title = format!(
        "《{}》{} {}·{}",
        computed.statistics.title,
        table.name,
        cells[0].shown(Zero::Shown),
        figure.heading.join("/")
    );
    let value = Some(cells[column + table.n_stub].shown(Zero::Shown)).filter(|it| !it.is_empty());
    let definition = format!("取自{}：{}", inner.title, inner.definition);
    Ok(Explained { title, place: spot.place(), value, definition, ..inner })
}
