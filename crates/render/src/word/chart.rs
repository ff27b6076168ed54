//! Charts: a table of their figures.

use super::body::plain;
use documents::summary::{CellColumn, Cells, Phrase};
use documents::{Align, Chart};

/// The figures of a chart as a table under its title.
pub(super) fn figures(chart: &Chart, category: &str) -> Cells {
    let column = |title: String, align| CellColumn { title, align, width: None };
    let series =
        chart.series.iter().map(|it| column(format!("{}（{}）", it.title, chart.unit), Align::Right));
    let places = chart.places();
    let row = |(at, category): (usize, &String)| {
        let values = chart
            .series
            .iter()
            .map(|it| plain(&it.values[at].1.map(|it| it.fixed(places)).unwrap_or_default()));
        [plain(category)].into_iter().chain(values).collect::<Vec<Phrase>>()
    };
    Cells {
        title: Some(plain(&chart.title)),
        columns: [column(category.to_owned(), Align::Left)].into_iter().chain(series).collect(),
        rows: chart.categories.iter().enumerate().map(row).collect(),
        total: None,
    }
}
