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
