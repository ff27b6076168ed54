//! Charts over the figures of a workbook's tables.

use crate::book::{CellRef, Chart, Series};
use crate::captions::ChartCaptions;
use crate::statistics::declaration::{Body, ChartSpec};
use crate::statistics::filled::{CellId, Computed, FilledBody, FilledLine, Grid};
use crate::statistics::line::Line;

/// The charts of a workbook whose tables begin at this sheet; one over a sheet that the edition lacks, or over nothing
/// but figures that nobody supplied, is left out.
pub(super) fn charts(computed: &Computed, n_before: usize, captions: &ChartCaptions) -> Vec<Chart> {
    let chart = |it: &ChartSpec| {
        let idx = computed.sheets.iter().position(|filled| filled.sheet == it.sheet)?;
        let FilledBody::Figures(grid) = &computed.sheets[idx].body else { return None };
        let declared = &computed.statistics.sheets[it.sheet];
        let Body::Figures { rows, columns, .. } = &declared.body else { return None };
        let n_stub = 1 + usize::from(declared.has_line_numbers);
        let across = if it.is_by_rows { columns } else { rows };
        let place = |at: CellId| CellRef { sheet: n_before + idx, row: at.row, column: at.column + n_stub };
        let unit = it.unit.as_ref().unwrap_or(&captions.unit);
        Some(draw(it, unit, grid, across, place)).filter(|it| !it.series.is_empty())
    };
    computed.statistics.charts.iter().filter_map(chart).collect()
}

/// `declared` are the lines of which some are the series, `place` gives a figure's place in the book.
fn draw(
    spec: &ChartSpec,
    unit: &str,
    grid: &Grid,
    declared: &[Line],
    place: impl Fn(CellId) -> CellRef,
) -> Chart {
    let lines = |axis: &[FilledLine], wanted: &[usize]| {
        wanted.iter().flat_map(|it| Grid::of_declared(axis, *it)).collect::<Vec<_>>()
    };
    let (along, across) =
        if spec.is_by_rows { (&grid.rows, &grid.columns) } else { (&grid.columns, &grid.rows) };
    let categories = lines(along, &spec.categories);
    let series = lines(across, &spec.series).into_iter().filter_map(|other| {
        let at = |category: &usize| match spec.is_by_rows {
            true => CellId { row: *category, column: other },
            false => CellId { row: other, column: *category },
        };
        let value = |category: &usize| (place(at(category)), grid[at(category)].value);
        let is_known = categories.is_empty() || categories.iter().any(|it| grid[at(it)].value.is_some());
        let title = titled(&across[other], declared);
        is_known.then(|| Series { title, values: categories.iter().map(value).collect() })
    });
    Chart {
        title: spec.title.to_string(),
        kind: spec.kind,
        unit: unit.to_owned(),
        categories: categories.iter().map(|it| along[*it].title.to_string()).collect(),
        series: series.collect(),
    }
}

/// The title of a series, with the headings that its line stands under: 2021年 数量.
fn titled(line: &FilledLine, declared: &[Line]) -> String {
    let above = declared[line.declared].headings.iter().map(ToString::to_string);
    above.chain([line.title.to_string()]).collect::<Vec<_>>().join(" ")
}
