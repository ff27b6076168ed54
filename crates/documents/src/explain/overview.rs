//! A cell of the workbook over all records of a form, explained: the record, and what is shown of it.

use super::target::{address, is_named};
use super::{Asking, Clause, Counted, Explained, Role};
use crate::book::Zero;
use crate::forms::{PlannedOverview, Shown};

/// A cell of such a workbook.
pub(super) struct InOverview<'a> {
    planned: &'a PlannedOverview,
    row: usize,
    column: usize,
    /// As it is asked for.
    cell: String,
}

/// The workbook of this name: a whole path, or the end of one, with or without the ending.
pub(super) fn named<'a>(name: &str, asking: Asking<'a>) -> Option<&'a PlannedOverview> {
    let name = name.replace('\\', "/");
    asking.overviews.iter().find(|it| is_named(&it.path, &name))
}

/// The cell; its one sheet need not be named.
pub(super) fn understand<'a>(planned: &'a PlannedOverview, rest: &[&str]) -> Result<InOverview<'a>, String> {
    let tab = planned.book.tabs().into_iter().next().unwrap_or_default();
    let cell = match rest {
        [cell] => *cell,
        [sheet, cell] if *sheet == tab => *cell,
        [sheet, _] => return Err(format!("没有工作表“{sheet}”，有：{tab}")),
        _ => return Err(format!("请写明单元格，如“{}!C5”", planned.path)),
    };
    let (row, column) = address(cell).ok_or_else(|| format!("“{cell}”不是单元格的地址，请写成 C7"))?;
    let (top, left) = planned.book.sheets[0].table().map(crate::book::Table::body).unwrap_or_default();
    let place = row.checked_sub(top).zip(column.checked_sub(left));
    let place = place.map(|(row, column)| (row as usize, usize::from(column)));
    let is_there = |(row, column): &(usize, usize)| {
        *row < planned.records.len() && planned.columns.get(*column).is_some_and(Option::is_some)
    };
    match place.filter(is_there) {
        Some((row, column)) => Ok(InOverview { planned, row, column, cell: format!("{tab}!{cell}") }),
        None => Err(format!("“{cell}”不是某一条记录的单元格")),
    }
}

/// Says whose row it is, and what the column shows of it.
pub(super) fn explain(at: InOverview<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let InOverview { planned, row, column, cell } = at;
    let id = planned.records[row];
    let table = planned.book.sheets[0].table().ok_or("此处没有表格")?;
    let heading = table.columns[column].heading.join("/");
    let value = table.rows[row].cells[column].shown(Zero::Shown);
    let (definition, conditions) = match &planned.columns[column] {
        Some(Shown::Value(expression)) => {
            let written = Clause {
                of: "栏目".to_owned(),
                expression: expression.source().to_owned(),
                origin: expression.origin(),
            };
            (format!("“{}”的这一条记录", asking.dataset.schema(id.table).title), vec![written])
        }
        Some(Shown::Condition([code, title, basis])) => {
            let more = format!("{title}（{basis}）；条件见 huibian explain {code}");
            (more, Vec::new())
        }
        None => (String::new(), Vec::new()),
    };
    Ok(Explained {
        title: format!("《{}》{}·{heading}", planned.book.title, asking.dataset.label(id)),
        place: format!("{}!{cell}", planned.path),
        value: Some(value).filter(|it| !it.is_empty()),
        definition,
        conditions,
        records: vec![Counted::new(Role::ADDED, id)],
        ..Explained::default()
    })
}
