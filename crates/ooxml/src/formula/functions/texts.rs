//! Functions of texts.

use super::{boolean, number, text, usage};
use crate::formula::evaluate::{Evaluator, Operand, Taken};
use crate::formula::expression::Expression;
use crate::formula::number::rounded;
use crate::formula::value::{CellValue, NO_VALUE};

/// Programs count some rare characters twice: texts with such are not cut here.
fn letters(at: Evaluator<'_>, argument: &Expression, name: &str) -> Taken<Vec<char>> {
    let said = at.text(argument)?;
    if said.chars().any(|it| it.len_utf16() > 1) {
        return Err(usage(name).into());
    }
    Ok(said.chars().collect())
}

/// How many characters are wanted.
fn n(at: Evaluator<'_>, argument: Option<&Expression>) -> Taken<usize> {
    const MOST: f64 = 32_767.0;
    let wanted = argument.map_or(Ok(1.0), |it| at.number(it))?.trunc();
    if wanted < 0.0 {
        return Err(CellValue::error(NO_VALUE).into());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it lies between 0 and 32 767"
    )]
    Ok(wanted.min(MOST) as usize)
}

pub(super) fn length(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let n = letters(at, &arguments[0], "LEN")?.len();
    number(f64::from(u32::try_from(n).unwrap_or(u32::MAX)))
}

pub(super) fn left(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let n = n(at, arguments.get(1))?;
    text(letters(at, &arguments[0], "LEFT")?.into_iter().take(n).collect())
}

pub(super) fn right(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let n = n(at, arguments.get(1))?;
    let letters = letters(at, &arguments[0], "RIGHT")?;
    text(letters[letters.len().saturating_sub(n)..].iter().collect())
}

pub(super) fn middle(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let (first, n) = (n(at, arguments.get(1))?, n(at, arguments.get(2))?);
    let Some(first) = first.checked_sub(1) else { return Err(CellValue::error(NO_VALUE).into()) };
    text(letters(at, &arguments[0], "MID")?.into_iter().skip(first).take(n).collect())
}

/// Without blanks at the ends, and with one where several stand.
pub(super) fn trim(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let said = at.text(&arguments[0])?;
    text(said.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" "))
}

pub(super) fn join(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    text(arguments.iter().map(|it| at.text(it)).collect::<Taken<Vec<_>>>()?.concat())
}

pub(super) fn exact(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    boolean(at.text(&arguments[0])? == at.text(&arguments[1])?)
}

/// Only `0`, with decimals and with a percent sign.
pub(super) fn formatted(at: Evaluator<'_>, arguments: &[Expression]) -> Taken<Operand> {
    let CellValue::Number(it) = at.value(&arguments[0])? else { return Err(usage("TEXT").into()) };
    let format = at.text(&arguments[1])?;
    let (digits, sign) = format.strip_suffix('%').map_or((&*format, ""), |it| (it, "%"));
    let decimals = match digits.strip_prefix('0') {
        Some("") => 0,
        Some(rest) => {
            let zeros = rest.strip_prefix('.').filter(|it| !it.is_empty() && it.chars().all(|it| it == '0'));
            zeros.ok_or_else(|| usage("TEXT"))?.len()
        }
        None => return Err(usage("TEXT").into()),
    };
    let it = if sign.is_empty() { it } else { it * 100.0 };
    let places = f64::from(u32::try_from(decimals).unwrap_or(u32::MAX));
    let rounded = rounded(it, places, f64::round).ok_or_else(|| usage("TEXT"))?;
    text(format!("{rounded:.decimals$}{sign}"))
}
