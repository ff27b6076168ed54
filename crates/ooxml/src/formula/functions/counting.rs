//! Functions that count, and those that ask cells for a condition.

use super::{number, usage};
use crate::formula::criterion::Criterion;
use crate::formula::evaluate::{Evaluator, Operand, Taken};
use crate::formula::expression::Expression;
use crate::formula::number::Sum;
use crate::formula::value::{CellValue, DIVISION, NO_VALUE, NotComputed};
use crate::formula::workbook::Place;

pub(super) fn numbers(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    count(at, arguments, |it, is_said| match it {
        CellValue::Number(_) => true,
        it => is_said && it.number().is_ok(),
    })
}

pub(super) fn values(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    count(at, arguments, |it, is_said| is_said || *it != CellValue::Empty)
}

/// How many values count; whether one is said in the formula itself is told.
fn count(
    at: Evaluator<'_>,
    arguments: &[Expression],
    counts: fn(&CellValue, bool) -> bool,
) -> Taken<Operand> {
    let mut n = 0.0;
    let mut see = |it: &CellValue, is_said| n += f64::from(u8::from(counts(it, is_said)));
    for argument in arguments {
        match at.operand(argument)? {
            Operand::Value(it) => see(&it, true),
            Operand::Grid(grid) => grid.values.iter().for_each(|it| see(it, false)),
            Operand::Area(place) => at.each_cell(place, &mut |it| {
                see(&it, false);
                Ok(())
            })?,
        }
    }
    number(n)
}

pub(super) fn blanks(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let place = area(at, &arguments[0], "COUNTBLANK")?;
    let mut n = size(place);
    at.each_cell(place, &mut |it| {
        if it != CellValue::Empty && it != CellValue::Text(String::new()) {
            n -= 1.0;
        }
        Ok(())
    })?;
    number(n)
}

pub(super) fn of(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let conditions = conditions(at, arguments, "COUNTIFS")?;
    let mut n = 0.0;
    let beyond = each(at, &conditions, conditions[0].0, &mut |_| {
        n += 1.0;
        Ok(())
    })?;
    number(n + beyond)
}

pub(super) fn sum_of(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let conditions = conditions(at, &arguments[..2], "SUMIF")?;
    number(total(at, &conditions, target(at, arguments, &conditions, "SUMIF")?)?.0)
}

pub(super) fn sum_of_all(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let conditions = conditions(at, &arguments[1..], "SUMIFS")?;
    number(total(at, &conditions, area(at, &arguments[0], "SUMIFS")?)?.0)
}

pub(super) fn average_of(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let conditions = conditions(at, &arguments[..2], "AVERAGEIF")?;
    let (sum, n) = total(at, &conditions, target(at, arguments, &conditions, "AVERAGEIF")?)?;
    if n == 0.0 { Err(CellValue::error(DIVISION).into()) } else { number(sum / n) }
}

type Condition = (Place, Criterion);

fn conditions(at: Evaluator<'_>, arguments: &[Expression], name: &str) -> Taken<Vec<Condition>> {
    let mut found = Vec::new();
    for pair in arguments.chunks(2) {
        let [place, criterion] = pair else { return Err(usage(name).into()) };
        let criterion = at.single(at.operand(criterion)?)?;
        let criterion = Criterion::read(&criterion).ok_or_else(|| usage(name))?;
        found.push((area(at, place, name)?, criterion));
    }
    if found.windows(2).any(|it| shape(it[0].0) != shape(it[1].0)) {
        return Err(CellValue::error(NO_VALUE).into());
    }
    Ok(found)
}

/// What is added up: the cells asked, or others, of which the first is said and the shape is that of those.
fn target(at: Evaluator<'_>, arguments: &[Expression], asked: &[Condition], name: &str) -> Taken<Place> {
    let asked = asked[0].0;
    let Some(said) = arguments.get(2) else { return Ok(asked) };
    let said = area(at, said, name)?;
    let (n_rows, n_columns) = shape(asked);
    let first = said.corners[0];
    Ok(Place {
        sheet: said.sheet,
        corners: [first, (first.0.saturating_add(n_rows), first.1.saturating_add(n_columns))],
    })
}

fn total(at: Evaluator<'_>, conditions: &[Condition], target: Place) -> Taken<(f64, f64)> {
    if shape(target) != shape(conditions[0].0) {
        return Err(CellValue::error(NO_VALUE).into());
    }
    let (mut sum, mut n) = (Sum::default(), 0.0);
    each(at, conditions, target, &mut |it| {
        match it {
            CellValue::Number(it) => {
                sum.add(it);
                n += 1.0;
            }
            CellValue::Error(_) => return Err(it.into()),
            _ => {}
        }
        Ok(())
    })?;
    Ok((sum.total(), n))
}

/// Shows of the target what stands where all conditions are met. Below the last row that holds anything nothing is shown;
/// how many cells there meet the conditions is told.
fn each(
    at: Evaluator<'_>,
    conditions: &[Condition],
    target: Place,
    see: &mut dyn FnMut(CellValue) -> Taken<()>,
) -> Taken<f64> {
    let (last_row, last_column) = shape(target);
    let places = || conditions.iter().map(|it| it.0).chain([target]);
    let used =
        places().map(|it| at.book.last_row(it.sheet).saturating_sub(it.corners[0].0)).max().unwrap_or(0);
    let last_used = last_row.min(used);
    let cells = (u64::from(last_used) + 1).saturating_mul(u64::from(last_column) + 1);
    if at.steps.get() <= cells {
        return Err(NotComputed::TooMuch.into());
    }
    at.steps.set(at.steps.get() - cells);
    for row in 0..=last_used {
        for col in 0..=last_column {
            let cell =
                |place: Place| at.cell(place.sheet, (place.corners[0].0 + row, place.corners[0].1 + col));
            let mut is_met = true;
            for (place, criterion) in conditions {
                is_met &= criterion.is_met(&cell(*place)?).ok_or_else(|| usage("COUNTIF"))?;
            }
            if is_met {
                see(cell(target)?)?;
            }
        }
    }
    let empty = conditions.iter().all(|it| it.1.is_met(&CellValue::Empty) == Some(true));
    let beyond = f64::from(last_row - last_used) * (f64::from(last_column) + 1.0);
    Ok(if empty { beyond } else { 0.0 })
}

fn area(at: Evaluator<'_>, argument: &Expression, name: &str) -> Taken<Place> {
    match at.operand(argument)? {
        Operand::Area(place) => Ok(place),
        Operand::Value(_) | Operand::Grid(_) => Err(usage(name).into()),
    }
}

/// How many rows and columns come behind the first ones.
fn shape(place: Place) -> (u32, u32) {
    let [from, to] = place.corners;
    (to.0 - from.0, to.1 - from.1)
}

fn size(place: Place) -> f64 {
    let (rows, columns) = shape(place);
    (f64::from(rows) + 1.0) * (f64::from(columns) + 1.0)
}
