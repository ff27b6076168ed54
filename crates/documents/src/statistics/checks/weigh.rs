//! A side of a check, worked out, with the cells that it was read from.

use std::sync::Arc;

use super::declaration::{Meant, Side};
use super::judge::Proving;
use super::quantity::Quantity;
use crate::book::Sign;
use crate::statistics::declaration::Body;
use crate::statistics::filled::{CellId, Computed, Figure, FigureMade, FilledBody, GivenFrom, Grid};
use finding::Origin;
use value::Amount;
use words::{Figure as _, NoResult, Operator};

/// A figure of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellAt {
    /// Index of the sheet among those that are worked out.
    pub sheet: usize,
    /// The cell there.
    pub cell: CellId,
}

/// A side, worked out.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    /// What it is, in words.
    pub text: String,
    /// Its value; `None` if there is none.
    pub value: Option<Amount>,
    /// The figures that it was read from, and whether they are added or taken away.
    pub cells: Vec<(Sign, CellAt)>,
    /// The figures from outside that it was read from.
    pub outside: Vec<Borrowed>,
    /// Whether it only adds and takes away, so that the records behind it are those of its figures.
    pub(super) is_linear: bool,
}

/// A figure from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Borrowed {
    /// Its whole name.
    pub name: Arc<str>,
    /// The figure.
    pub value: Amount,
    /// Where it was given.
    pub origin: Origin,
}

/// Why a side has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lacking {
    /// There is no figure in that place of the table.
    NoFigure,
    /// The project was not given it.
    NotGiven(Arc<str>),
    /// The data do not decide the figure; findings at the fields say so.
    Undecided,
    /// The figures are there, and there is no result.
    Result(NoResult),
}

impl From<NoResult> for Lacking {
    fn from(why: NoResult) -> Self {
        Self::Result(why)
    }
}

/// The line that a check is put to.
#[derive(Debug, Clone, Copy)]
pub(super) struct AtLine {
    /// Index of the sheet among those that are worked out.
    pub(super) sheet: usize,
    /// Whether it is a row.
    pub(super) is_row: bool,
    /// Its index.
    pub(super) line: usize,
}

/// Works out sides.
pub(super) struct Weighing<'a> {
    pub(super) computed: &'a Computed,
    pub(super) proving: &'a Proving<'a>,
    pub(super) line: Option<AtLine>,
}

impl Weighing<'_> {
    /// Works out a side; its words are the caller's business.
    pub(super) fn side(&self, side: &Side) -> (Weighed, Result<Quantity, Lacking>) {
        let mut weighed = Weighed { is_linear: side.sum.term().is_linear(), ..Weighed::default() };
        let quantity = side.sum.value(|name, sign| self.name(&side.meant[name.index], sign, &mut weighed));
        weighed.value = quantity.as_ref().ok().map(|it| it.value);
        (weighed, quantity)
    }

    fn name(&self, meant: &Meant, sign: Sign, weighed: &mut Weighed) -> Result<Quantity, Lacking> {
        match meant {
            Meant::Cells { sheet, rows, columns } => {
                let (sheet, grid) = self.grid(*sheet).ok_or(Lacking::NoFigure)?;
                let rows: Vec<usize> =
                    rows.iter().flat_map(|it| Grid::of_declared(&grid.rows, *it)).collect();
                let columns = columns.iter().flat_map(|it| Grid::of_declared(&grid.columns, *it));
                let columns: Vec<usize> = columns.collect();
                let cells =
                    rows.iter().flat_map(|row| columns.iter().map(|it| CellId { row: *row, column: *it }));
                self.cells(cells.map(|cell| CellAt { sheet, cell }), sign, weighed)
            }
            Meant::OfLine(lines) => {
                let at = self.line.ok_or(Lacking::NoFigure)?;
                let grid = self.at(at.sheet).ok_or(Lacking::NoFigure)?;
                let others = if at.is_row { &grid.columns } else { &grid.rows };
                let others = lines.iter().flat_map(|it| Grid::of_declared(others, *it));
                let cell = |other: usize| match at.is_row {
                    true => CellId { row: at.line, column: other },
                    false => CellId { row: other, column: at.line },
                };
                let cells = others.map(|it| CellAt { sheet: at.sheet, cell: cell(it) });
                self.cells(cells, sign, weighed)
            }
            Meant::Fact(id) => {
                let value = self.proving.figures.get(id).and_then(|(_, known)| known.value);
                weighed.is_linear = false;
                value.map(Quantity::exact).ok_or(Lacking::Undecided)
            }
            Meant::Outside(name) => self.outside(name.clone(), weighed),
            Meant::OutsideLine(before, behind) => {
                let line = self.line_name().ok_or(Lacking::NoFigure)?;
                self.outside(format!("{before}.{line}.{behind}").into(), weighed)
            }
        }
    }

    fn outside(&self, name: Arc<str>, weighed: &mut Weighed) -> Result<Quantity, Lacking> {
        let supplied = self.proving.outside.get(&name).ok_or_else(|| Lacking::NotGiven(name.clone()))?;
        let (value, origin) = (supplied.value, supplied.origin);
        weighed.outside.push(Borrowed { name, value, origin });
        weighed.is_linear = false;
        Ok(Quantity::exact(value))
    }

    /// The name of the line that is being checked, among figures from outside: a record's line goes by its title there.
    pub(super) fn line_name(&self) -> Option<String> {
        let at = self.line?;
        let grid = self.at(at.sheet)?;
        let line = if at.is_row { &grid.rows[at.line] } else { &grid.columns[at.line] };
        if line.record.is_none() {
            return Some(line.id.to_string());
        }
        let Body::Figures { rows, .. } = &self.computed.sheet(&self.computed.sheets[at.sheet]).body else {
            return None;
        };
        Some(format!("{}.{}", rows[line.declared].id, line.title))
    }

    /// The sum of cells. Places without a figure count for nothing, unless no place has one.
    fn cells(
        &self,
        cells: impl Iterator<Item = CellAt>,
        sign: Sign,
        weighed: &mut Weighed,
    ) -> Result<Quantity, Lacking> {
        let mut sum: Option<Quantity> = None;
        for at in cells {
            let Some(grid) = self.at(at.sheet) else { continue };
            let is_rounded = self.computed.sheet(&self.computed.sheets[at.sheet]).is_rounded;
            weighed.outside.extend(outside(&grid[at.cell]));
            match quantity(grid, at.cell, is_rounded) {
                Err(Lacking::NoFigure) => continue,
                Err(other) => return Err(other),
                Ok(more) => {
                    weighed.cells.push((sign, at));
                    sum = match sum {
                        None => Some(more),
                        Some(sum) => Some(sum.with(Operator::Plus, more)?),
                    };
                }
            }
        }
        sum.ok_or(Lacking::NoFigure)
    }

    /// The figures of a declared sheet, if it is worked out, with its index among those that are.
    pub(super) fn grid(&self, declared: usize) -> Option<(usize, &Grid)> {
        let at = self.computed.sheets.iter().position(|it| it.sheet == declared)?;
        Some((at, self.at(at)?))
    }

    fn at(&self, sheet: usize) -> Option<&Grid> {
        match &self.computed.sheets.get(sheet)?.body {
            FilledBody::Figures(grid) => Some(grid),
            FilledBody::List(_) => None,
        }
    }
}

/// A figure as it is held against others; a rate in percent.
fn quantity(grid: &Grid, at: CellId, is_rounded: bool) -> Result<Quantity, Lacking> {
    let figure = &grid[at];
    let Some(value) = figure.value else { return Err(why(grid, figure)) };
    Ok(match &figure.made {
        FigureMade::Nothing => return Err(Lacking::NoFigure),
        FigureMade::Rate { .. } => Quantity::exact(value.in_percent().ok_or(NoResult::TooLarge)?),
        FigureMade::Given(_) if is_rounded => Quantity::printed(value, places(grid, at.column)),
        FigureMade::Derived(terms) if is_rounded => {
            let mut sum = Quantity::exact(Amount::ZERO);
            for (sign, at) in terms {
                let operator = if *sign == Sign::Plus { Operator::Plus } else { Operator::Minus };
                sum = sum.with(operator, quantity(grid, *at, true)?)?;
            }
            sum
        }
        _ => Quantity::exact(value),
    })
}

/// Why a figure has no value.
fn why(grid: &Grid, figure: &Figure) -> Lacking {
    let of = |at: &CellId| Some(&grid[*at]).filter(|it| it.value.is_none());
    match &figure.made {
        FigureMade::Nothing => Lacking::NoFigure,
        FigureMade::Given(GivenFrom::Nowhere(name)) => Lacking::NotGiven(name.clone()),
        FigureMade::Derived(terms) => {
            let lacking = terms.iter().find_map(|(_, at)| of(at));
            lacking.map_or(Lacking::Undecided, |it| why(grid, it))
        }
        FigureMade::Rate { part, whole, .. } => {
            of(part).or_else(|| of(whole)).map_or(NoResult::Division.into(), |it| why(grid, it))
        }
        FigureMade::Counted { .. } | FigureMade::Given(_) => Lacking::Undecided,
    }
}

/// The places that the printed figures of a column have: a spreadsheet drops the last zero of 978.0.
fn places(grid: &Grid, column: usize) -> u32 {
    let given = grid.cells.iter().map(|it| &it[column]).filter(|it| matches!(it.made, FigureMade::Given(_)));
    given.filter_map(|it| it.value).map(|it| it.places()).max().unwrap_or(0)
}

fn outside(figure: &Figure) -> Option<Borrowed> {
    match &figure.made {
        FigureMade::Given(GivenFrom::Outside(name, origin)) => {
            Some(Borrowed { name: name.clone(), value: figure.value?, origin: *origin })
        }
        _ => None,
    }
}
