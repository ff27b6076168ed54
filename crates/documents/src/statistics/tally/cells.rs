//! The figures of a table: counted where a row and a column meet, the others computed from those.

use super::{Axes, Tallying};
use crate::book::Sign;
use crate::statistics::declaration::Sheet;
use crate::statistics::filled::{CellId, Figure, FigureMade, FilledLine, GivenFrom, Grid};
use crate::statistics::line::{CellSource, Given, Line, LineKind};
use dataset::TableId;
use facts::{Measure, Rows, Selection};
use value::Amount;

/// Why a figure cannot be worked out.
const TOO_LARGE: &str = "数值过大";

/// What a cell is, before it has a value.
enum CellPlan<'a> {
    Counted { table: TableId, measure: &'a Measure },
    Derived(Terms),
    Rate { part: Vec<CellId>, whole: Vec<CellId>, places: u8 },
    Given(&'a Given),
    Nothing,
}

/// Cells that are added and subtracted.
struct Terms {
    cells: Vec<(Sign, CellId)>,
    /// Whether they are a printed formula, which needs every one of them; a total passes over cells without a figure.
    is_formula: bool,
}

/// A table whose cells are being worked out.
struct Cells<'a> {
    sheet: &'a Sheet,
    measure: &'a Measure,
    axes: Axes<'a>,
    grid: &'a Grid,
    /// For each declared row the lines that it has become.
    became_rows: Vec<Vec<usize>>,
    /// For each declared column the lines that it has become.
    became_columns: Vec<Vec<usize>>,
    done: Vec<Vec<Option<Figure>>>,
}

impl Tallying<'_, '_> {
    /// The figures of a grid whose lines are known.
    pub(super) fn cells(
        &mut self,
        sheet: &Sheet,
        measure: &Measure,
        axes: Axes<'_>,
        grid: &Grid,
    ) -> Vec<Vec<Figure>> {
        let became = |declared: &[Line], lines: &[FilledLine]| {
            (0..declared.len()).map(|it| Grid::of_declared(lines, it)).collect::<Vec<_>>()
        };
        let became_rows = became(axes.rows, &grid.rows);
        let became_columns = became(axes.columns, &grid.columns);
        let done = vec![vec![None; grid.columns.len()]; grid.rows.len()];
        let mut cells = Cells { sheet, measure, axes, grid, became_rows, became_columns, done };
        for row in 0..grid.rows.len() {
            self.count_row(&mut cells, row);
        }
        for row in 0..grid.rows.len() {
            for column in 0..grid.columns.len() {
                self.figure(&mut cells, CellId { row, column });
            }
        }
        let figures = cells.done.into_iter();
        figures.map(|row| row.into_iter().map(|it| it.unwrap_or(Figure::NOTHING)).collect()).collect()
    }

    /// Counts all cells of a row that are counted: what the row shares with the base is found once.
    fn count_row(&mut self, cells: &mut Cells<'_>, row: usize) {
        let mut shared: Option<(TableId, Rows)> = None;
        for column in 0..cells.grid.columns.len() {
            let CellPlan::Counted { table, measure } = cells.plan(CellId { row, column }) else { continue };
            if self.counting.unreported.contains(&table) {
                continue;
            }
            let known = shared.take().filter(|it| it.0 == table);
            let (table, own) = known.unwrap_or_else(|| (table, cells.shared(row, table)));
            let columns = cells.grid.columns[column].rows.get(&table);
            let value = match measure {
                Measure::Number => Some(Amount::from(columns.map_or(0, |it| own.count_with(it)))),
                measure => columns.and_then(|it| {
                    let mut rows = own.clone();
                    rows.keep(it);
                    self.measured(cells.sheet, table, measure, rows)
                }),
            };
            cells.done[row][column] = Some(Figure { value, made: FigureMade::Counted { table } });
            shared = Some((table, own));
        }
    }

    fn measured(&mut self, sheet: &Sheet, table: TableId, measure: &Measure, rows: Rows) -> Option<Amount> {
        let dataset = self.counting.sieve.dataset();
        let measured = measure.over(dataset, table, &Selection::of(rows));
        for at in &measured.lacking {
            self.open.entry(dataset.written_at(*at)).or_insert_with(|| sheet.number.clone());
        }
        measured.value()
    }

    /// Works out a cell, after those that it is computed from; the loader has refused circles.
    fn figure(&mut self, cells: &mut Cells<'_>, at: CellId) -> Figure {
        if let Some(done) = &cells.done[at.row][at.column] {
            return done.clone();
        }
        let figure = match cells.plan(at) {
            CellPlan::Counted { .. } | CellPlan::Nothing => Figure::NOTHING,
            CellPlan::Given(given) => self.given(given),
            CellPlan::Derived(terms) => self.computed(cells, terms),
            CellPlan::Rate { part, whole, places } => match (part.first(), whole.first()) {
                (Some(part), Some(whole)) => self.rate(cells, *part, *whole, places),
                _ => Figure::NOTHING,
            },
        };
        cells.done[at.row][at.column] = Some(figure.clone());
        figure
    }

    fn computed(&mut self, cells: &mut Cells<'_>, terms: Terms) -> Figure {
        let mut sum = Some(Amount::ZERO);
        let mut kept = Vec::new();
        for (sign, at) in terms.cells {
            let term = self.figure(cells, at);
            match term.made {
                FigureMade::Nothing if terms.is_formula => return Figure::NOTHING,
                FigureMade::Nothing => continue,
                _ => {}
            }
            kept.push((sign, at));
            sum = sum.zip(term.value).and_then(|(sum, value)| {
                let sum = match sign {
                    Sign::Plus => sum.plus(value),
                    Sign::Minus => sum.minus(value),
                };
                self.held(cells.sheet, sum)
            });
        }
        if kept.is_empty() { Figure::NOTHING } else { Figure { value: sum, made: FigureMade::Derived(kept) } }
    }

    fn rate(&mut self, cells: &mut Cells<'_>, part: CellId, whole: CellId, places: u8) -> Figure {
        let (a, b) = (self.figure(cells, part), self.figure(cells, whole));
        if a.made == FigureMade::Nothing && b.made == FigureMade::Nothing {
            return Figure::NOTHING;
        }
        // A rate of nothing has no value.
        let parts = a.value.zip(b.value).filter(|(_, whole)| !whole.is_zero());
        // It is shown in percent, which must be held as well.
        let value = parts.and_then(|(part, whole)| {
            self.held(cells.sheet, part.over(whole).filter(|it| it.in_percent().is_some()))
        });
        Figure { value, made: FigureMade::Rate { part, whole, places } }
    }

    /// A result; that there is none, since it would be too large, is said of the sheet.
    fn held(&mut self, sheet: &Sheet, result: Option<Amount>) -> Option<Amount> {
        if result.is_none() {
            self.faults.insert(sheet.origin, TOO_LARGE.to_owned());
        }
        result
    }

    fn given(&mut self, given: &Given) -> Figure {
        for source in [Some(&given.from), given.or.as_ref()].into_iter().flatten() {
            let found = match source {
                CellSource::Fact(id) => self.counting.figures.get(id).map(|(_, known)| {
                    self.reads.extend(&known.reads);
                    (known.value, GivenFrom::Fact(id.clone()))
                }),
                CellSource::Outside(name) => (self.counting.supply)(&name.text)
                    .map(|it| (Some(it.value), GivenFrom::Outside(name.text.clone(), it.origin))),
            };
            if let Some((value, from)) = found {
                return Figure { value, made: FigureMade::Given(from) };
            }
        }
        Figure { value: None, made: FigureMade::Given(GivenFrom::nowhere(&given.from)) }
    }
}

impl Cells<'_> {
    /// The records of a table that a row shares with all that is counted.
    fn shared(&self, row: usize, table: TableId) -> Rows {
        let mut shared = self.grid.base.get(&table).cloned().unwrap_or_default();
        if let Some(own) = self.grid.rows[row].rows.get(&table) {
            shared.keep(own);
        }
        shared
    }

    /// What a cell is. A rate is one wherever it meets a total; a given figure is not computed; a line that is
    /// computed from others is so in every cell.
    fn plan(&self, at: CellId) -> CellPlan<'_> {
        let of_column = self.grid.columns[at.column].declared;
        let (row, column) = (&self.axes.rows[self.grid.rows[at.row].declared], &self.axes.columns[of_column]);
        if let Some((_, given)) = row.cells.iter().find(|it| it.0 == of_column) {
            return CellPlan::Given(given);
        }
        let across = |line: usize| {
            let columns = self.became_columns[line].iter();
            columns.map(|column| CellId { column: *column, ..at }).collect::<Vec<_>>()
        };
        let down = |line: usize| {
            let rows = self.became_rows[line].iter();
            rows.map(|row| CellId { row: *row, ..at }).collect::<Vec<_>>()
        };
        let signed = |terms: &[(Sign, usize)], cells: &dyn Fn(usize) -> Vec<CellId>, is_formula| {
            let of_term = |(sign, line): &(Sign, usize)| {
                let sign = *sign;
                cells(*line).into_iter().map(move |it| (sign, it)).collect::<Vec<_>>()
            };
            CellPlan::Derived(Terms { cells: terms.iter().flat_map(of_term).collect(), is_formula })
        };
        match (&row.kind, &column.kind) {
            (_, LineKind::Rate { part, whole, places }) => {
                CellPlan::Rate { part: across(*part), whole: across(*whole), places: *places }
            }
            (LineKind::Rate { part, whole, places }, _) => {
                CellPlan::Rate { part: down(*part), whole: down(*whole), places: *places }
            }
            // A printed formula holds in each of its cells, also where it meets a total.
            (_, LineKind::Derived { terms, printed: Some(_) }) => signed(terms, &across, true),
            (LineKind::Derived { terms, printed }, _) => signed(terms, &down, printed.is_some()),
            (_, LineKind::Derived { terms, .. }) => signed(terms, &across, false),
            (LineKind::Given(given), _) | (_, LineKind::Given(given)) => CellPlan::Given(given),
            (LineKind::Blank, _) | (_, LineKind::Blank) => CellPlan::Nothing,
            _ => self.counted(row, column),
        }
    }

    fn counted<'s>(&'s self, row: &'s Line, column: &'s Line) -> CellPlan<'s> {
        let measure = row.measure.as_ref().or(column.measure.as_ref()).unwrap_or(self.measure);
        CellPlan::Counted { table: row.source.or(column.source).unwrap_or(self.sheet.of), measure }
    }
}
