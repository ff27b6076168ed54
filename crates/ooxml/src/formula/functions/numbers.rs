//! Functions of numbers.

use super::{number, usage};
use crate::formula::evaluate::{Evaluator, Grid, Operand, Taken};
use crate::formula::expression::Expression;
use crate::formula::number::{Sum, rounded};
use crate::formula::value::{CellValue, DIVISION, NO_VALUE, NotComputed};

/// Shows every number among the arguments: those of areas, and whatever else is a number or can be taken for one.
pub(super) fn each(at: Evaluator<'_>, arguments: &[Expression], see: &mut dyn FnMut(f64)) -> Taken<()> {
    let mut of_area = |it: CellValue| match it {
        CellValue::Number(it) => {
            see(it);
            Ok(())
        }
        CellValue::Error(_) => Err(it.into()),
        _ => Ok(()),
    };
    for argument in arguments {
        match at.operand(argument)? {
            Operand::Area(place) => at.each_cell(place, &mut of_area)?,
            Operand::Grid(grid) => grid.values.into_iter().try_for_each(&mut of_area)?,
            Operand::Value(it) => of_area(CellValue::Number(it.number()?))?,
        }
    }
    Ok(())
}

pub(super) fn sum(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let mut sum = Sum::default();
    each(at, arguments, &mut |it| sum.add(it))?;
    number(sum.total())
}

pub(super) fn product(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let mut product = None;
    each(at, arguments, &mut |it| product = Some(product.unwrap_or(1.0) * it))?;
    number(product.unwrap_or(0.0))
}

pub(super) fn average(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let (mut sum, mut n) = (Sum::default(), 0.0);
    each(at, arguments, &mut |it| {
        sum.add(it);
        n += 1.0;
    })?;
    if n == 0.0 { Err(CellValue::error(DIVISION).into()) } else { number(sum.total() / n) }
}

pub(super) fn least(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    outermost(at, arguments, f64::min)
}

pub(super) fn greatest(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    outermost(at, arguments, f64::max)
}

fn outermost(at: Evaluator<'_>, arguments: &[Expression], of: fn(f64, f64) -> f64) -> Taken<Operand> {
    let mut found: Option<f64> = None;
    each(at, arguments, &mut |it| found = Some(found.map_or(it, |known| of(known, it))))?;
    number(found.unwrap_or(0.0))
}

pub(super) fn round(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    to_places(at, arguments, f64::round)
}

pub(super) fn round_up(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    to_places(at, arguments, f64::ceil)
}

pub(super) fn round_down(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    to_places(at, arguments, f64::floor)
}

fn to_places(at: Evaluator<'_>, arguments: &[Expression], how: fn(f64) -> f64) -> Taken<Operand> {
    let it = at.number(&arguments[0])?;
    let places = arguments.get(1).map_or(Ok(0.0), |it| at.number(it))?;
    number(rounded(it, places, how).ok_or_else(|| usage("ROUND"))?)
}

pub(super) fn whole(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let it = at.number(&arguments[0])?;
    let nearest = it.round();
    number(if crate::formula::number::is_close(it, nearest) { nearest } else { it.floor() })
}

pub(super) fn absolute(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    number(at.number(&arguments[0])?.abs())
}

pub(super) fn sign(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let it = at.number(&arguments[0])?;
    number(if it == 0.0 { 0.0 } else { it.signum() })
}

/// What is left, with the sign of the divisor.
pub(super) fn rest(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let (it, divisor) = (at.number(&arguments[0])?, at.number(&arguments[1])?);
    if divisor == 0.0 {
        return Err(CellValue::error(DIVISION).into());
    }
    number(it - divisor * (it / divisor).floor())
}

/// Areas of one shape, value by value; what is no number counts as nought.
pub(super) fn sum_of_products(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let at = Evaluator { is_array: true, ..at };
    let mut grids = Vec::new();
    for argument in arguments {
        grids.push(at.grid(at.operand(argument)?)?);
    }
    let shape = |it: &Grid| (it.n_columns, it.values.len());
    if grids.windows(2).any(|it| shape(&it[0]) != shape(&it[1])) {
        return Err(CellValue::error(NO_VALUE).into());
    }
    let mut sum = Sum::default();
    for at in 0..grids.first().map_or(0, |it| it.values.len()) {
        let mut product = 1.0;
        for grid in &grids {
            product *= match &grid.values[at] {
                CellValue::Number(it) => *it,
                // One truth value alone is a number to some programs and none to others.
                CellValue::Boolean(_) => return Err(NotComputed::Usage("SUMPRODUCT".to_owned()).into()),
                CellValue::Empty | CellValue::Text(_) => 0.0,
                it @ CellValue::Error(_) => return Err(it.clone().into()),
            };
        }
        sum.add(product);
    }
    number(sum.total())
}
