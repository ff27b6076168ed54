//! What is asked for: a fact by its id, a cell by workbook, sheet and address, a block of a summary.

use super::Asking;
use super::form::{self, InForm};
use super::issued::{self, InIssued};
use super::overview::{self, InOverview};
use super::passage::{self, Passage};
use super::tabs::{Tab, Tabbed};
use crate::book::Table;
use crate::statistics::{CellId, PlannedWorkbook};
use finding::cell_name;

/// What is asked for.
pub(super) enum Target<'a> {
    /// A fact, by its id.
    Fact(String),
    /// A figure of a table.
    Cell(At<'a>),
    /// A cell of a list of records.
    Listed(At<'a>),
    /// A cell of the sheet that sets the committees side by side.
    Compared(Spot<'a>),
    /// A cell of the sheet 校核.
    Proved(Spot<'a>),
    /// The figures of a block of a summary.
    Passage(Passage<'a>),
    /// A cell of the workbook over all records of a form.
    Overview(InOverview<'a>),
    /// A place of a form that others have issued.
    Form(InForm<'a>),
    /// A cell of a statistics workbook that others have issued.
    Issued(InIssued<'a>),
}

/// A cell of a workbook.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The workbook.
    pub(super) workbook: &'a PlannedWorkbook,
    /// Index among the sheets that are worked out.
    pub(super) sheet: usize,
    /// The table on the sheet.
    pub(super) table: &'a Table,
    /// The place among the figures, or in the list with all its columns.
    pub(super) cell: CellId,
}

/// A cell of a sheet, whatever stands on it.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    /// The workbook.
    pub(super) workbook: &'a PlannedWorkbook,
    /// The table on the sheet.
    pub(super) table: &'a Table,
    /// How many columns stand to the left of those that are counted.
    pub(super) n_left: usize,
    /// The place below the headings.
    pub(super) cell: CellId,
}

impl<'a> At<'a> {
    /// A cell of a table that is worked out, by the index of its sheet among those.
    pub(super) fn of(workbook: &'a PlannedWorkbook, sheet: usize, cell: CellId) -> Option<Self> {
        let tab = workbook.tabs().into_iter().find(|it| it.tab == Tab::Worked(sheet))?;
        Some(Self { workbook, sheet, table: tab.table, cell })
    }

    /// The same sheet, another cell.
    pub(super) fn at(self, cell: CellId) -> Self {
        Self { cell, ..self }
    }

    /// The place as it is asked for.
    pub(super) fn place(&self) -> String {
        let n_left = self.workbook.computed.sheets[self.sheet].grid().map_or(0, |_| self.table.n_stub);
        Spot { workbook: self.workbook, table: self.table, n_left, cell: self.cell }.place()
    }
}

impl Spot<'_> {
    /// The place as it is asked for.
    pub(super) fn place(&self) -> String {
        let (top, left) = self.table.body();
        let row = top + u32::try_from(self.cell.row).unwrap_or(u32::MAX);
        let column = left + u16::try_from(self.cell.column + self.n_left).unwrap_or(u16::MAX);
        format!("{}!{}!{}", self.workbook.path, self.table.name, cell_name(row, column))
    }
}

/// Finds what is asked for.
pub(super) fn understand<'a>(target: &str, asking: Asking<'a>) -> Result<Target<'a>, String> {
    let target = target.replace('！', "!");
    let parts: Vec<&str> = target.split('!').map(|it| it.trim().trim_matches('\'')).collect();
    if let Some(text) = passage::named(parts[0], asking) {
        return passage::understand(text, &parts[1..]).map(Target::Passage);
    }
    if let Some(planned) = overview::named(parts[0], asking) {
        return overview::understand(planned, &parts[1..]).map(Target::Overview);
    }
    if let Some(form) = form::named(parts[0], asking) {
        return form::understand(form, &parts[1..]).map(Target::Form);
    }
    if let Some(issued) = issued::named(parts[0], asking) {
        return issued::understand(issued, &parts[1..], asking).map(Target::Issued);
    }
    match &parts[..] {
        [workbook, sheet, cell] => in_workbook(&named(workbook, asking)?, sheet, cell),
        [sheet, cell] => in_workbook(&asking.workbooks.iter().collect::<Vec<_>>(), sheet, cell),
        [name] => {
            let id = name.strip_prefix("facts.").unwrap_or(name);
            match asking.figures.catalogue().fact(id) {
                Some(fact) => Ok(Target::Fact(fact.id.to_string())),
                None => Err(unknown(name, asking)),
            }
        }
        _ => Err(unknown(&target, asking)),
    }
}

/// The workbooks of this name: a whole path, or the end of one, with or without the ending; else the one whose name holds
/// it, such as 党内统计年报表 where the file also names the institution and the year.
fn named<'a>(name: &str, asking: Asking<'a>) -> Result<Vec<&'a PlannedWorkbook>, String> {
    let name = name.replace('\\', "/");
    let found: Vec<_> = asking.workbooks.iter().filter(|it| is_named(&it.path, &name)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let holding: Vec<_> = asking.workbooks.iter().filter(|it| stem(&it.path).contains(stem(&name))).collect();
    match holding[..] {
        [_] => Ok(holding),
        _ => Err(format!("没有统计工作簿“{name}”。{}", workbooks(asking))),
    }
}

/// Whether a path goes by a name: the whole of it or its end, with or without the ending.
pub(super) fn is_named(path: &str, name: &str) -> bool {
    [path, stem(path)]
        .iter()
        .any(|it| *it == name || it.strip_suffix(name).is_some_and(|it| it.ends_with('/')))
}

/// A path without its ending.
fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |it| it.0)
}

fn in_workbook<'a>(workbooks: &[&'a PlannedWorkbook], sheet: &str, cell: &str) -> Result<Target<'a>, String> {
    if let Some(drawn) = workbooks.iter().find_map(|it| drawn(it, sheet, cell)) {
        return drawn;
    }
    let tabs: Vec<Tabbed<'a>> = workbooks.iter().flat_map(|it| it.tabs()).collect();
    let Some(tab) = tabs.iter().find(|it| it.is_on_tab(sheet)).or_else(|| printed(&tabs, sheet)) else {
        let names = tabs.iter().map(|it| &*it.table.name).collect::<Vec<_>>().join("、");
        return Err(format!("没有工作表“{sheet}”，或者其中没有表格。有数字的工作表有：{names}"));
    };
    let address = address(cell).ok_or_else(|| format!("“{cell}”不是单元格的地址，请写成 C7"))?;
    let ((top, left), (n_left, n_rows, n_columns)) = (tab.table.body(), tab.extent());
    let left = left as usize + n_left;
    let place = (address.0 as usize).checked_sub(top as usize).zip((address.1 as usize).checked_sub(left));
    let place = place.map(|(row, column)| CellId { row, column });
    let Some(cell) = place.filter(|it| it.row < n_rows && it.column < n_columns) else {
        let column = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
        let bottom = u32::try_from(n_rows.saturating_sub(1)).map_or(u32::MAX, |it| top.saturating_add(it));
        let (first, last) =
            (cell_name(top, column(left)), cell_name(bottom, column(left + n_columns.saturating_sub(1))));
        return Err(format!("“{cell}”不是数字所在的单元格；“{sheet}”的数字在 {first}:{last}"));
    };
    Ok(tab.target(cell))
}

/// The figure of a table that is drawn from a cell of the sheet of charts; `None` if the sheet is another one.
fn drawn<'a>(workbook: &'a PlannedWorkbook, sheet: &str, cell: &str) -> Option<Result<Target<'a>, String>> {
    let charts = workbook.book.sheets.iter().find_map(|it| it.charts().filter(|it| it.name == sheet))?;
    let at = address(cell).and_then(|(row, column)| charts.drawn_at(row, column));
    let of_table = at.and_then(|at| {
        let table = workbook.book.sheets.get(at.sheet)?.table()?;
        let tab = workbook.tabs().into_iter().find(|it| it.is_on_tab(&table.name))?;
        let column = at.column.checked_sub(tab.extent().0)?;
        Some(tab.target(CellId { row: at.row, column }))
    });
    Some(of_table.ok_or_else(|| format!("“{cell}”不是图表数字所在的单元格；数字在各图旁边的小表中")))
}

/// The sheet that is printed under a name, if there is one.
fn printed<'t, 'a>(tabs: &'t [Tabbed<'a>], name: &str) -> Option<&'t Tabbed<'a>> {
    tabs.iter().find(|it| it.is_printed_as(name)).or_else(|| tabs.iter().find(|it| it.is_numbered(name)))
}

/// The row and column of an address such as `C7` or `$C$7`, from zero.
pub(super) fn address(text: &str) -> Option<(u32, u16)> {
    let text = text.replace('$', "").to_ascii_uppercase();
    let digits = text.find(|it: char| it.is_ascii_digit())?;
    let (letters, digits) = text.split_at(digits);
    let is_column =
        !letters.is_empty() && letters.len() <= 3 && letters.chars().all(|it| it.is_ascii_uppercase());
    let column =
        letters.bytes().filter(|_| is_column).fold(0_u16, |sum, it| sum * 26 + u16::from(it - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn unknown(target: &str, asking: Asking<'_>) -> String {
    let facts = asking.figures.catalogue().facts.iter().map(|it| &*it.id);
    match source::nearest(target, facts) {
        Some(near) => format!("没有“{target}”。是否应为数据项“{near}”？"),
        None => format!(
            "没有“{target}”：它不是问题代码、数据项，也不是“工作簿!工作表!单元格”或“总结!段落”。{}",
            workbooks(asking)
        ),
    }
}

fn workbooks(asking: Asking<'_>) -> String {
    match asking.workbooks {
        [] => "本项目没有统计工作簿".to_owned(),
        all => format!("统计工作簿有：{}", all.iter().map(|it| &*it.path).collect::<Vec<_>>().join("、")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_a_spreadsheet_writes_them() {
        assert_eq!(address("C7"), Some((6, 2)));
        assert_eq!(address("$aa$10"), Some((9, 26)));
        for text in ["7", "C", "C0", "ABCD1", "C7D", ""] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}
