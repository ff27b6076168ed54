//! Charts over the figures of a workbook's tables.

use crate::documents::book::{CellRef, Chart, Series};
use crate::documents::statistics::declaration::{Body, ChartSpec};
use crate::documents::statistics::filled::{Computed, FilledBody, FilledLine, Grid};
use crate::documents::statistics::line::Line;

/// The charts of a workbook whose tables begin at this sheet; one over a sheet that the edition lacks is left out.
pub(super) fn charts(computed: &Computed, n_before: usize) -> Vec<Chart> {
    let chart = |it: &ChartSpec| {
        let idx = computed.sheets.iter().position(|filled| filled.sheet == it.sheet)?;
        let FilledBody::Figures(grid) = &computed.sheets[idx].body else { return None };
        let declared = &computed.statistics.sheets[it.sheet];
        let n_stub = 1 + usize::from(declared.has_line_numbers);
        let Body::Figures { rows, columns, .. } = &declared.body else { return None };
        let across = if it.is_by_rows { columns } else { rows };
        Some(draw((it, across), grid, (n_before + idx, n_stub)))
    };
    computed.statistics.charts.iter().filter_map(chart).collect()
}

fn draw((spec, declared): (&ChartSpec, &[Line]), grid: &Grid, (sheet, n_stub): (usize, usize)) -> Chart {
    let lines = |axis: &[FilledLine], declared: &[usize]| {
        declared.iter().flat_map(|it| Grid::of_declared(axis, *it)).collect::<Vec<_>>()
    };
    let (along, across) =
        if spec.is_by_rows { (&grid.rows, &grid.columns) } else { (&grid.columns, &grid.rows) };
    let categories = lines(along, &spec.categories);
    let series = lines(across, &spec.series);
    let title = |other: usize| {
        let own = across[other].title.to_string();
        let is_shared = series.iter().any(|it| *it != other && *across[*it].title == *own);
        // 数量 of 2021 and 数量 of 2022: the heading tells them apart.
        let above = declared[across[other].declared].headings.iter().map(ToString::to_string);
        if is_shared { above.chain([own]).collect::<Vec<_>>().join(" ") } else { own }
    };
    let series = series.iter().copied().map(|other| {
        let value = |category: &usize| {
            let (row, column) = if spec.is_by_rows { (*category, other) } else { (other, *category) };
            let figure = grid.cells[row][column].value.unwrap_or_default();
            (CellRef { sheet, row, column: column + n_stub }, figure)
        };
        Series { title: title(other), values: categories.iter().map(value).collect() }
    });
    Chart {
        title: spec.title.to_string(),
        kind: spec.kind,
        unit: spec.unit.to_string(),
        categories: categories.iter().map(|it| along[*it].title.to_string()).collect(),
        series: series.collect(),
    }
}
