//! Charts over figures that stand in the tables of the same book.

use super::cell::CellRef;
use value::Amount;

/// A sheet of charts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Charts {
    /// Name on the tab.
    pub name: String,
    /// Title above the charts.
    pub title: String,
    /// The charts, in order.
    pub charts: Vec<Chart>,
    /// The mark of a draft.
    pub draft: Option<String>,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// The unit of its figures (人).
    pub unit: String,
    /// The labels along its axis of categories.
    pub categories: Vec<String>,
    /// Its series; each has a value for each category.
    pub series: Vec<Series>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Upright columns.
    Column,
    /// Lying bars, the first category on top.
    Bar,
    /// Lines.
    Line,
    /// Two series of lying bars back to back: the first to the left, the second to the right; the first
    /// category at the bottom, as ages stand.
    Pyramid,
}

/// A series of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its title in the legend.
    pub title: String,
    /// The cell of each category, and the figure in it; `None` if it has none, and nothing is drawn there.
    pub values: Vec<(CellRef, Option<Amount>)>,
}

/// Rows of a page on which a chart stands, at least.
const N_ROWS_OF_PAGE: u32 = 23;

/// Rows above the figures of a chart: its title and the headings.
const N_ROWS_ABOVE: u32 = 2;

impl Charts {
    /// For each chart the first row of its page and of how many rows that is: below the sheet's title, one below the other.
    pub fn pages(&self) -> impl Iterator<Item = (&Chart, u32, u32)> {
        self.charts.iter().scan(1_u32, |top, chart| {
            let n_figures = u32::try_from(chart.categories.len()).unwrap_or(u32::MAX);
            let n_rows = N_ROWS_OF_PAGE.max(n_figures.saturating_add(N_ROWS_ABOVE + 1));
            let page = (chart, *top, n_rows);
            *top = top.saturating_add(n_rows);
            Some(page)
        })
    }

    /// The cell of a table whose figure is drawn from this one of the sheet: each chart's figures stand from its third row
    /// and the second column on.
    pub fn drawn_at(&self, row: u32, column: u16) -> Option<CellRef> {
        let (chart, top, _) = self.pages().find(|(_, top, n_rows)| (*top..top + n_rows).contains(&row))?;
        let series = chart.series.get(usize::from(column.checked_sub(1)?))?;
        let at = usize::try_from(row.checked_sub(top + N_ROWS_ABOVE)?).ok()?;
        series.values.get(at).map(|it| it.0)
    }
}

impl Chart {
    /// Decimal places of its most exact figure; all are shown with as many.
    pub fn places(&self) -> u32 {
        let values = self.series.iter().flat_map(|it| &it.values);
        values.filter_map(|(_, value)| value.map(|it| it.trimmed().places())).max().unwrap_or(0)
    }

    /// The chart in words, for who cannot see it: title, unit and every figure.
    pub fn in_words(&self) -> String {
        let series = self.series.iter().map(|it| {
            let figures = self.categories.iter().zip(&it.values);
            let figures = figures.map(|(category, (_, value))| match value {
                Some(value) => format!("{category}{}", value.trimmed()),
                None => format!("{category}—"),
            });
            format!("{}：{}", it.title, figures.collect::<Vec<_>>().join("，"))
        });
        format!("{}（{}）。{}。", self.title, self.unit, series.collect::<Vec<_>>().join("；"))
    }
}
