//! Given figures in a workbook that has the layout of declared statistics: ours of last year, or the province's.

use std::collections::BTreeMap;

use super::figure::figure;
use super::lines::{Places, Titles, columns, rows};
use super::records::blocks;
use super::unreadable;
use crate::book::Zero;
use crate::statistics::declaration::{Body, Sheet, Statistics};
use crate::statistics::line::{Line, LineKind};
use crate::statistics::tally::Supplied;
use finding::{Finding, Origin, Report, Severity, codes};
use source::Grid;
use value::{Amount, fold};

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
    let column_titles = Titles::of(column_lines);
    let mut first = row_places.found.iter().flatten().min().copied();
    if row_lines.iter().any(is_each) {
        // The rows of records may stand above the first line that has a title of its own.
        first = column_titles.bottom(grid, first, row_places.label).map(|it| it + 1);
    }
    let Some(first) = first else {
        let message = format!("{}中没有找到统计声明的任何一行", sheet.number);
        report.push(not_found(message, grid));
        return;
    };
    let column_places = columns(&column_titles, grid, (first, row_places.label));
    report_missing("行", (sheet, row_lines), &row_places, grid, report);
    report_missing("列", (sheet, column_lines), &column_places, grid, report);
    let columns = column_lines.iter().zip(&column_places.found).enumerate();
    let columns = columns.filter_map(|(idx, (line, at))| Some((idx, line, u16::try_from((*at)?).ok()?)));
    let reading = RowsOfFigures { sheet, grid, columns: columns.collect() };
    for (line, row) in row_lines.iter().zip(&row_places.found) {
        let own = row.iter().flat_map(|row| reading.row(&line.id, line, *row, report));
        found.extend(own.map(|(name, _, it)| (name, it)));
    }
    for block in blocks(row_lines, &row_places, first, &reading) {
        reading.block((&row_lines[block.line], &block.rows), (found, report));
    }
}

/// Reads the figures of rows.
pub(super) struct RowsOfFigures<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) grid: &'a Grid,
    /// The columns that were found: index, declaration and place.
    pub(super) columns: Vec<(usize, &'a Line, u16)>,
}

impl RowsOfFigures<'_> {
    /// The figures of a row with their names and the places of their columns.
    fn row(&self, id: &str, line: &Line, row: u32, report: &mut Report) -> Vec<(String, u16, Supplied)> {
        let mut found = Vec::new();
        for (idx, column_line, column) in &self.columns {
            let is_figure =
                has_figure(line) && has_figure(column_line) || line.cells.iter().any(|(it, _)| it == idx);
            let (raw, origin) = (self.grid.get(row, *column), self.grid.origin(row, *column));
            match figure(raw) {
                Ok(value) => {
                    // Where zero is shown as nothing, nothing is zero.
                    let zero = (self.sheet.zero != Zero::Shown && is_figure).then_some(Amount::ZERO);
                    let name = format!("{}.{id}.{}", self.sheet.id, column_line.id);
                    let value = value.or(zero);
                    found.extend(value.map(|value| (name, *column, Supplied { value, origin })));
                }
                Err(hint) => {
                    report.error(unreadable(origin, &raw.display(), &hint));
                }
            }
        }
        found
    }

    /// The figures of the rows of records: each by its title, and their sum by the name of the line.
    fn block(
        &self,
        (line, rows): (&Line, &[(String, u32)]),
        (found, report): (&mut Vec<(String, Supplied)>, &mut Report),
    ) {
        if rows.is_empty() {
            let message = format!("{}中没有找到逐个列出的行（{}）", self.sheet.number, line.id);
            report.push(not_found(message, self.grid));
        }
        // A sum that is too large is none.
        let mut sums: BTreeMap<u16, Option<Supplied>> = BTreeMap::new();
        for (title, row) in rows {
            let figures = self.row(&format!("{}.{title}", line.id), line, *row, report);
            for (_, column, figure) in &figures {
                let sum = sums.entry(*column).or_insert(Some(Supplied { value: Amount::ZERO, ..*figure }));
                *sum = sum.and_then(|it| Some(Supplied { value: it.value.plus(figure.value)?, ..it }));
            }
            let mut namesakes = rows.iter().filter(|it| it.0 == *title && it.1 != *row);
            match namesakes.next() {
                None => found.extend(figures.into_iter().map(|(name, _, it)| (name, it))),
                Some((_, other)) if other > row => {
                    let message = format!("{}中有几行都是“{title}”，不能确定是哪一行", self.sheet.number);
                    let (own, other) = (self.grid.origin(*row, 0), self.grid.origin(*other, 0));
                    report.push(not_found(message, self.grid).at(own).related(other, "名称相同"));
                }
                Some(_) => {}
            }
        }
        for (_, column_line, column) in self.columns.iter().filter(|it| has_figure(it.1)) {
            let name = format!("{}.{}.{}", self.sheet.id, line.id, column_line.id);
            found.extend(sums.get(column).copied().flatten().map(|it| (name, it)));
        }
    }
}

fn is_each(line: &Line) -> bool {
    matches!(line.kind, LineKind::Each(..))
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
