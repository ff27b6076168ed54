//! Functions that decide.

use super::boolean;
use crate::formula::evaluate::{Evaluator, Operand, Stop, Taken};
use crate::formula::expression::Expression;
use crate::formula::value::{CellValue, NO_VALUE};

/// Only the branch that is taken is computed.
pub(super) fn choose(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let is_so = at.value(&arguments[0])?.boolean()?;
    match arguments.get(if is_so { 1 } else { 2 }) {
        Some(Expression::Missing) => Ok(Operand::Value(CellValue::Number(0.0))),
        Some(branch) => at.operand(branch),
        None => boolean(false),
    }
}

pub(super) fn unless_error(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    match at.value(&arguments[0]) {
        Ok(it) => Ok(Operand::Value(it)),
        Err(Stop::Value(_)) => at.operand(&arguments[1]),
        Err(it) => Err(it),
    }
}

pub(super) fn all(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    boolean(decided(at, arguments)?.into_iter().all(|it| it))
}

pub(super) fn any(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    boolean(decided(at, arguments)?.into_iter().any(|it| it))
}

/// All truth values among the arguments; texts and empty cells of areas are none.
fn decided(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Vec<bool>> {
    let mut found = Vec::new();
    for argument in arguments {
        match at.operand(argument)? {
            Operand::Value(it) => found.push(it.boolean()?),
            Operand::Area(place) => at.each_cell(place, &mut |it| {
                if !matches!(it, CellValue::Text(_) | CellValue::Empty) {
                    found.push(it.boolean()?);
                }
                Ok(())
            })?,
            Operand::Grid(grid) => {
                for it in grid.values {
                    found.push(it.boolean()?);
                }
            }
        }
    }
    if found.is_empty() { Err(CellValue::error(NO_VALUE).into()) } else { Ok(found) }
}

pub(super) fn not(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    boolean(!at.value(&arguments[0])?.boolean()?)
}

pub(super) fn yes(_: Evaluator<'_>, _: &[Expression]) -> Taken<Operand> {
    boolean(true)
}

pub(super) fn no(_: Evaluator<'_>, _: &[Expression]) -> Taken<Operand> {
    boolean(false)
}

pub(super) fn is_blank(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    kind(at, arguments, |it| matches!(it, CellValue::Empty))
}

pub(super) fn is_number(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    kind(at, arguments, |it| matches!(it, CellValue::Number(_)))
}

pub(super) fn is_text(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    kind(at, arguments, |it| matches!(it, CellValue::Text(_)))
}

pub(super) fn is_error(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    kind(at, arguments, |it| matches!(it, CellValue::Error(_)))
}

fn kind(at: Evaluator<'_>, arguments: &[Expression], is_kind: fn(&CellValue) -> bool) -> Taken<Operand> {
    match at.operand(&arguments[0]).and_then(|it| at.single(it)) {
        Ok(it) | Err(Stop::Value(it)) => boolean(is_kind(&it)),
        Err(it) => Err(it),
    }
}
