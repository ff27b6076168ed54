//! From a formula to its value, as spreadsheet programs come to it.

use std::cell::Cell as Counter;
use std::cmp::Ordering;

use super::expression::{Expression, Operator};
use super::functions;
use super::number;
use super::value::{CellValue, DIVISION, NO_NUMBER, NotComputed};
use super::workbook::{Place, Results, Slot, Workbook};
use crate::Cell;

/// Computes formulas of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Evaluator<'w> {
    pub(super) book: &'w Workbook,
    pub(super) results: &'w Results,
    /// How many cells may still be looked at.
    pub(super) steps: &'w Counter<u64>,
    pub(super) sheet: usize,
    /// Whether areas are taken as a whole where one value is meant.
    pub(super) is_array: bool,
    /// How many names stand around what is computed.
    pub(super) depth: usize,
}

/// What an argument may be.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Value(CellValue),
    Area(Place),
    Grid(Grid),
}

/// Values in rows.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) n_columns: usize,
    pub(super) values: Vec<CellValue>,
}

/// Why a value is not come to: an error that takes its place, or nothing at all.
pub(super) enum Stop {
    Value(CellValue),
    Not(NotComputed),
}

pub(super) type Taken<T> = Result<T, Stop>;

impl From<CellValue> for Stop {
    fn from(value: CellValue) -> Self {
        Self::Value(value)
    }
}

impl From<NotComputed> for Stop {
    fn from(reason: NotComputed) -> Self {
        Self::Not(reason)
    }
}

/// Grids have at most so many values.
const LARGEST: u64 = 200_000;
const DEEPEST_NAMES: usize = 8;

impl<'w> Evaluator<'w> {
    /// The value of a whole formula. What leads to an empty cell gives nought.
    pub(super) fn formula(self, expression: &Expression) -> Result<CellValue, NotComputed> {
        let taken = match self.operand(expression) {
            Ok(Operand::Grid(it)) if self.is_array => {
                it.values.into_iter().next().ok_or(NotComputed::Array.into())
            }
            Ok(it) => self.single(it),
            Err(it) => Err(it),
        };
        if self.steps.get() == 0 {
            return Err(NotComputed::TooMuch);
        }
        match taken {
            Ok(CellValue::Empty) => Ok(CellValue::Number(0.0)),
            Ok(CellValue::Number(it)) if !it.is_finite() => Ok(CellValue::error(NO_NUMBER)),
            Ok(it) | Err(Stop::Value(it)) => Ok(it),
            Err(Stop::Not(reason)) => Err(reason),
        }
    }

    /// What an expression is, which may be an area.
    pub(super) fn operand(self, expression: &Expression) -> Taken<Operand> {
        let value = match expression {
            Expression::Number(it) => CellValue::Number(*it),
            Expression::Text(it) => CellValue::Text(it.clone()),
            Expression::Boolean(it) => CellValue::Boolean(*it),
            Expression::Error(it) => return Err(CellValue::error(it).into()),
            Expression::Missing => CellValue::Empty,
            Expression::Area(it) => return Ok(Operand::Area(self.book.place(it, self.sheet)?)),
            Expression::Name(of, name) => return self.named(of.as_deref(), name),
            Expression::Negated(it) => return self.each(&self.operand(it)?, &|it| Ok(0.0 - it)),
            Expression::Hundredth(it) => return self.each(&self.operand(it)?, &|it| Ok(it / 100.0)),
            Expression::Binary(operator, one, other) => {
                return self.pair(*operator, self.operand(one)?, self.operand(other)?);
            }
            Expression::Call(name, arguments) => return functions::call(self, name, arguments),
        };
        Ok(Operand::Value(value))
    }

    fn named(self, of: Option<&str>, name: &str) -> Taken<Operand> {
        if self.depth >= DEEPEST_NAMES {
            return Err(NotComputed::Name(name.to_owned()).into());
        }
        let meaning = self.book.meaning(of, name, self.sheet)?;
        Self { depth: self.depth + 1, ..self }.operand(meaning)
    }

    /// The one value of an expression; an error ends the computing.
    pub(super) fn value(self, expression: &Expression) -> Taken<CellValue> {
        match self.single(self.operand(expression)?)? {
            it @ CellValue::Error(_) => Err(it.into()),
            it => Ok(it),
        }
    }

    pub(super) fn number(self, expression: &Expression) -> Taken<f64> {
        Ok(self.value(expression)?.number()?)
    }

    pub(super) fn text(self, expression: &Expression) -> Taken<String> {
        Ok(self.value(expression)?.text()?)
    }

    /// One value, be it an error.
    pub(super) fn single(self, operand: Operand) -> Taken<CellValue> {
        match operand {
            Operand::Value(it) => Ok(it),
            Operand::Area(place) if place.corners[0] == place.corners[1] => {
                self.cell(place.sheet, place.corners[0])
            }
            Operand::Grid(it) if it.values.len() == 1 => {
                Ok(it.values.into_iter().next().unwrap_or(CellValue::Empty))
            }
            Operand::Area(_) | Operand::Grid(_) => Err(NotComputed::Array.into()),
        }
    }

    /// What a cell holds.
    pub(super) fn cell(self, sheet: usize, cell: Cell) -> Taken<CellValue> {
        let held = self.book.sheets[sheet].cells.get(&cell);
        held.map_or(Ok(CellValue::Empty), |it| self.held(sheet, cell, it))
    }

    fn held(self, sheet: usize, cell: Cell, slot: &Slot) -> Taken<CellValue> {
        let known = match slot {
            Slot::Value(it) => Some(it),
            Slot::Formula(number) => self.results.get(*number).and_then(|it| it.as_ref()?.as_ref().ok()),
            Slot::Unknown => None,
        };
        let needs = || NotComputed::Needs { sheet: self.book.sheets[sheet].name.clone(), cell };
        known.cloned().ok_or_else(|| needs().into())
    }

    /// Shows every value of an area that is not empty.
    pub(super) fn each_cell(self, place: Place, see: &mut dyn FnMut(CellValue) -> Taken<()>) -> Taken<()> {
        for (cell, slot) in self.book.cells(place, self.steps) {
            see(self.held(place.sheet, cell, slot)?)?;
        }
        Ok(())
    }

    /// An operand as rows of values.
    pub(super) fn grid(self, operand: Operand) -> Taken<Grid> {
        let place = match operand {
            Operand::Value(it) => return Ok(Grid { n_columns: 1, values: vec![it] }),
            Operand::Grid(it) => return Ok(it),
            Operand::Area(place) => place,
        };
        let [from, to] = place.corners;
        let n_columns = u64::from(to.1 - from.1) + 1;
        let n = n_columns.saturating_mul(u64::from(to.0 - from.0) + 1);
        if n > LARGEST || self.steps.get() < n {
            return Err(NotComputed::TooMuch.into());
        }
        self.steps.set(self.steps.get() - n);
        let rows = (from.0..=to.0).flat_map(|row| (from.1..=to.1).map(move |col| (row, col)));
        let values = rows.map(|it| self.cell(place.sheet, it)).collect::<Taken<_>>()?;
        Ok(Grid { n_columns: (to.1 - from.1) as usize + 1, values })
    }

    /// A function of one number, of each value where areas are taken as a whole.
    fn each(self, operand: &Operand, change: &dyn Fn(f64) -> Taken<f64>) -> Taken<Operand> {
        let one = |it: &CellValue| Ok(CellValue::Number(change(it.number()?)?));
        if self.is_array && is_many(operand) {
            let grid = self.grid(operand.clone())?;
            let values = grid.values.iter().map(|it| caught(one(it))).collect::<Taken<_>>()?;
            return Ok(Operand::Grid(Grid { values, ..grid }));
        }
        Ok(Operand::Value(one(&self.single(operand.clone())?)?))
    }

    fn pair(self, operator: Operator, one: Operand, other: Operand) -> Taken<Operand> {
        if !self.is_array || !is_many(&one) && !is_many(&other) {
            return Ok(Operand::Value(combined(operator, &self.single(one)?, &self.single(other)?)?));
        }
        let (one, other) = (self.grid(one)?, self.grid(other)?);
        let is_alike = one.n_columns == other.n_columns && one.values.len() == other.values.len();
        let n_columns = one.n_columns.max(other.n_columns);
        let n = one.values.len().max(other.values.len());
        if !is_alike && one.values.len() > 1 && other.values.len() > 1 {
            return Err(NotComputed::Array.into());
        }
        let at = |grid: &Grid, at: usize| grid.values[if grid.values.len() == 1 { 0 } else { at }].clone();
        let values = (0..n).map(|it| caught(combined(operator, &at(&one, it), &at(&other, it))));
        Ok(Operand::Grid(Grid { n_columns, values: values.collect::<Taken<_>>()? }))
    }
}

fn is_many(operand: &Operand) -> bool {
    match operand {
        Operand::Value(_) => false,
        Operand::Area(it) => it.corners[0] != it.corners[1],
        Operand::Grid(it) => it.values.len() != 1,
    }
}

/// An error that takes the place of one value among many.
fn caught(taken: Taken<CellValue>) -> Taken<CellValue> {
    match taken {
        Err(Stop::Value(it)) => Ok(it),
        other => other,
    }
}

fn combined(operator: Operator, one: &CellValue, other: &CellValue) -> Taken<CellValue> {
    let ordered = |is_wanted: fn(Ordering) -> bool| Ok(CellValue::Boolean(is_wanted(one.compare(other)?)));
    let number = match operator {
        Operator::Add => number::plus(one.number()?, other.number()?),
        Operator::Subtract => number::plus(one.number()?, -other.number()?),
        Operator::Multiply => one.number()? * other.number()?,
        Operator::Divide => {
            let (one, other) = (one.number()?, other.number()?);
            if other == 0.0 {
                return Err(CellValue::error(DIVISION).into());
            }
            one / other
        }
        Operator::Power => {
            let (one, other) = (one.number()?, other.number()?);
            if one == 0.0 && other <= 0.0 {
                return Err(CellValue::error(if other == 0.0 { NO_NUMBER } else { DIVISION }).into());
            }
            one.powf(other)
        }
        Operator::Join => return Ok(CellValue::Text(one.text()? + &other.text()?)),
        Operator::Equal => return ordered(Ordering::is_eq),
        Operator::Unequal => return ordered(Ordering::is_ne),
        Operator::Less => return ordered(Ordering::is_lt),
        Operator::LessOrEqual => return ordered(Ordering::is_le),
        Operator::Greater => return ordered(Ordering::is_gt),
        Operator::GreaterOrEqual => return ordered(Ordering::is_ge),
    };
    if number.is_finite() { Ok(CellValue::Number(number)) } else { Err(CellValue::error(NO_NUMBER).into()) }
}
