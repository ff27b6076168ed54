//! A chart is filled in: its categories, and the facts that are its figures.

use super::super::declaration::{ChartPoint, ChartSpec, Points};
use super::super::text::{Block, ChartBlock, Figure};
use super::Writer;
use super::stage::Stage;
use crate::book::{CellRef, Chart, Series};
use value::Amount;
use words::{Expression, decimal, facts_of};

/// A number with what is known of it.
type Drawn = (Amount, Figure);

impl Writer {
    /// The chart; none if there is nothing but zeros to show, or a figure is not known, which the faults say.
    pub(super) fn chart(&mut self, spec: &ChartSpec) -> Option<Block> {
        let stage = self.stage.clone();
        let points: Vec<(Stage, &ChartPoint)> = match &spec.points {
            Points::Fixed(points) => points.iter().map(|it| (stage.clone(), it)).collect(),
            Points::Each { each, is_narrowed, point } => {
                self.items(each, *is_narrowed).into_iter().map(|it| (it, point)).collect()
            }
        };
        let mut categories = Vec::new();
        let mut figures: Vec<Option<Vec<Drawn>>> = Vec::new();
        for (stage, point) in points {
            if self.holds(point.when.as_ref(), &stage) {
                categories.push(self.text(&point.title, &stage).text());
                figures.push(self.figures(point, &stage));
            }
        }
        let figures: Vec<Vec<Drawn>> = figures.into_iter().collect::<Option<_>>()?;
        if figures.iter().flatten().all(|(value, _)| value.is_zero()) {
            return None;
        }
        let titles: Vec<String> = spec.series.iter().map(|it| self.text(it, &stage).text()).collect();
        let series = titles.into_iter().enumerate().map(|(at, title)| {
            // The first column of the table of a chart names the categories.
            let cell = |row| CellRef { sheet: 0, row, column: at + 1 };
            let values = figures.iter().enumerate().map(|(row, it)| (cell(row), Some(it[at].0)));
            Series { title, values: values.collect() }
        });
        let chart = Chart {
            title: self.text(&spec.title, &stage).text(),
            kind: spec.kind,
            unit: spec.unit.to_string(),
            categories,
            series: series.collect(),
        };
        let figures = (0..spec.series.len()).map(|at| figures.iter().map(|it| it[at].1.clone()).collect());
        Some(Block::Chart(ChartBlock { figures: figures.collect(), chart }))
    }

    fn figures(&mut self, point: &ChartPoint, stage: &Stage) -> Option<Vec<Drawn>> {
        let figure = |value: &Expression| {
            let number = decimal(&self.value(value, stage)?)?;
            Some((number, Figure { facts: facts_of(value).0, seat: stage.seat, value: Some(number) }))
        };
        // Each is asked for, so that everything missing is said at once.
        let figures: Vec<Option<Drawn>> = point.values.iter().map(figure).collect();
        figures.into_iter().collect()
    }
}
