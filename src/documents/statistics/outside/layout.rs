//! Given figures in a workbook that has the layout of declared statistics: ours of last year, or the province's.

use super::figure::figure;
use super::lines::{Places, Titles, columns, rows};
use super::unreadable;
use crate::documents::book::Zero;
use crate::documents::statistics::declaration::{Body, Sheet, Statistics};
use crate::documents::statistics::line::{Line, LineKind};
use crate::documents::statistics::tally::Supplied;
use crate::finding::{Finding, Origin, Report, Severity, codes};
use crate::source::Grid;
use crate::value::fold;

/// How many rows above a table may hold its title.
const N_TITLE_ROWS: u32 = 4;

/// The figures of a workbook with their names, `t1.14.total`; tables and lines that cannot be found are reported.
pub(super) fn figures(
    statistics: &Statistics,
    grids: &[Grid],
    report: &mut Report,
) -> Vec<(String, Supplied)> {
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for sheet in &statistics.sheets {
        let Body::Figures { rows, columns, .. } = &sheet.body else { continue };
        match grid_of(sheet, grids) {
            Some(grid) => of_sheet(sheet, (rows, columns), grid, (&mut found, report)),
            None => missing.push(&*sheet.number),
        }
    }
    if let (Some(first), false) = (grids.first(), missing.is_empty()) {
        let message = format!("给定的工作簿中没有{}，其中的数字没有采用", missing.join("、"));
        let finding = Finding::new(&codes::GIVEN_LINE_NOT_FOUND, message).at(Origin::file(first.file));
        let hint = "不需要这些表的，不必处理；需要的，请把表名改为与统计声明一致";
        report.push(Finding { severity: Severity::Note, ..finding.hint(hint) });
    }
    found
}

/// The sheet with the table: by the name on its tab, else by number or title on the tab or above the table.
fn grid_of<'g>(sheet: &Sheet, grids: &'g [Grid]) -> Option<&'g Grid> {
    let wanted = [&sheet.name, &sheet.number, &sheet.title].map(|it| fold(it));
    let named = |text: &str| grids.iter().find(|it| fold(&it.name) == text);
    let titled = |grid: &&Grid| {
        let cells = grid.rows_within(0..=N_TITLE_ROWS).iter().flat_map(|it| it.cells());
        cells
            .map(|it| fold(&it.1.display()))
            .any(|it| wanted[1..].contains(&it) || it == wanted[1..].concat())
    };
    wanted.iter().find_map(|it| named(it)).or_else(|| grids.iter().find(titled))
}

fn of_sheet(
    sheet: &Sheet,
    (row_lines, column_lines): (&[Line], &[Line]),
    grid: &Grid,
    (found, report): (&mut Vec<(String, Supplied)>, &mut Report),
) {
    let row_places = rows(&Titles::of(row_lines), grid);
    let Some(first) = row_places.found.iter().flatten().min().copied() else {
        let message = format!("{}中没有找到统计声明的任何一行", sheet.number);
        report.push(not_found(message, grid));
        return;
    };
    let column_places = columns(&Titles::of(column_lines), grid, (first, row_places.label));
    report_missing("行", (sheet, row_lines), &row_places, grid, report);
    report_missing("列", (sheet, column_lines), &column_places, grid, report);
    for (row_line, row) in row_lines.iter().zip(&row_places.found) {
        for (idx, (column_line, column)) in column_lines.iter().zip(&column_places.found).enumerate() {
            let (Some(row), Some(column)) = (row, column) else { continue };
            let Ok(column) = u16::try_from(*column) else { continue };
            let is_figure = has_figure(row_line) && has_figure(column_line)
                || row_line.cells.iter().any(|it| it.0 == idx);
            let raw = grid.get(*row, column);
            match figure(raw) {
                Ok(value) => {
                    // Where nought is shown as nothing, nothing is nought.
                    let nought =
                        (sheet.zero != Zero::Shown && is_figure).then_some(rust_decimal::Decimal::ZERO);
                    if let Some(value) = value.or(nought) {
                        let origin = grid.origin(*row, column);
                        let name = format!("{}.{}.{}", sheet.id, row_line.id, column_line.id);
                        found.push((name, Supplied { value, origin }));
                    }
                }
                Err(hint) => {
                    report.error(unreadable(grid.origin(*row, column), &raw.display(), &hint));
                }
            }
        }
    }
}

/// Whether a line has figures wherever it meets another that has.
fn has_figure(line: &Line) -> bool {
    !matches!(line.kind, LineKind::Blank | LineKind::Given(_) | LineKind::Rate { .. })
}

/// Says which lines are not there, all of one direction at once.
fn report_missing(
    what: &str,
    (sheet, lines): (&Sheet, &[Line]),
    places: &Places,
    grid: &Grid,
    report: &mut Report,
) {
    let is_doubtful = |idx: usize| places.doubtful.iter().any(|it| it.0 == idx);
    let missing = lines.iter().enumerate().filter(|(idx, line)| {
        // A heading has nothing to be read; the lines of an `each` have titles of their own.
        let is_wanted = !matches!(line.kind, LineKind::Blank | LineKind::Each(..));
        is_wanted && places.found[*idx].is_none() && !is_doubtful(*idx)
    });
    let missing: Vec<String> = missing.map(|it| format!("“{}”", it.1.title)).collect();
    if !missing.is_empty() {
        let message = format!("{}中没有找到{what}{}", sheet.number, missing.join("、"));
        report.push(not_found(message, grid));
    }
    for (line, cells) in &places.doubtful {
        let message =
            format!("{}中有{}处{what}“{}”，不能确定是哪一处", sheet.number, cells.len(), lines[*line].title);
        let mut finding = not_found(message, grid);
        for (row, column) in cells {
            finding = finding.related(grid.origin(*row, *column), "名称相同");
        }
        report.push(finding);
    }
}

fn not_found(message: String, grid: &Grid) -> Finding {
    let finding =
        Finding::new(&codes::GIVEN_LINE_NOT_FOUND, message).at(Origin::sheet(grid.file, grid.sheet));
    finding.hint("请核对该工作表的栏目；不需要这些数字的，不必处理")
}
