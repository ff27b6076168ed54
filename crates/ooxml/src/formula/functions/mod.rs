//! The functions that formulas may call (ECMA-376 part 1, 18.17.7), as far as they are computed here.

mod logic;
mod numbers;
mod counting;
mod texts;

use super::evaluate::{Evaluator, Operand, Taken};
use super::expression::Expression;
use super::value::{CellValue, NotComputed};

type Function = fn(Evaluator<'_>, &[Expression]) -> Taken<Operand>;

/// Each with the smallest and the largest number of its arguments.
const FUNCTIONS: [(&str, usize, usize, Function); 41] = [
    ("IF", 2, 3, logic::choose),
    ("IFERROR", 2, 2, logic::unless_error),
    ("AND", 1, 255, logic::all),
    ("OR", 1, 255, logic::any),
    ("NOT", 1, 1, logic::not),
    ("TRUE", 0, 0, logic::yes),
    ("FALSE", 0, 0, logic::no),
    ("ISBLANK", 1, 1, logic::is_blank),
    ("ISNUMBER", 1, 1, logic::is_number),
    ("ISTEXT", 1, 1, logic::is_text),
    ("ISERROR", 1, 1, logic::is_error),
    ("SUM", 1, 255, numbers::sum),
    ("PRODUCT", 1, 255, numbers::product),
    ("AVERAGE", 1, 255, numbers::average),
    ("MIN", 1, 255, numbers::least),
    ("MAX", 1, 255, numbers::greatest),
    ("ROUND", 2, 2, numbers::round),
    ("ROUNDUP", 2, 2, numbers::round_up),
    ("ROUNDDOWN", 2, 2, numbers::round_down),
    ("TRUNC", 1, 2, numbers::round_down),
    ("INT", 1, 1, numbers::whole),
    ("ABS", 1, 1, numbers::absolute),
    ("SIGN", 1, 1, numbers::sign),
    ("MOD", 2, 2, numbers::rest),
    ("SUMPRODUCT", 1, 255, numbers::sum_of_products),
    ("COUNT", 1, 255, counting::numbers),
    ("COUNTA", 1, 255, counting::values),
    ("COUNTBLANK", 1, 1, counting::blanks),
    ("COUNTIF", 2, 2, counting::of),
    ("COUNTIFS", 2, 254, counting::of),
    ("SUMIF", 2, 3, counting::sum_of),
    ("SUMIFS", 3, 255, counting::sum_of_all),
    ("AVERAGEIF", 2, 3, counting::average_of),
    ("LEN", 1, 1, texts::length),
    ("LEFT", 1, 2, texts::left),
    ("RIGHT", 1, 2, texts::right),
    ("MID", 3, 3, texts::middle),
    ("TRIM", 1, 1, texts::trim),
    ("CONCATENATE", 1, 255, texts::join),
    ("EXACT", 2, 2, texts::exact),
    ("TEXT", 2, 2, texts::formatted),
];

/// What a function gives.
pub(super) fn call(at: Evaluator<'_>, name: &str, arguments: &[Expression]) -> Taken<Operand> {
    let found = FUNCTIONS.iter().find(|it| it.0 == name);
    let (_, least, most, function) = found.ok_or_else(|| NotComputed::Function(name.to_owned()))?;
    if !(*least..=*most).contains(&arguments.len()) {
        return Err(usage(name).into());
    }
    function(at, arguments)
}

fn usage(name: &str) -> NotComputed {
    NotComputed::Usage(name.to_owned())
}

fn number(it: f64) -> Taken<Operand> {
    Ok(Operand::Value(CellValue::Number(it)))
}

fn boolean(it: bool) -> Taken<Operand> {
    Ok(Operand::Value(CellValue::Boolean(it)))
}

fn text(it: String) -> Taken<Operand> {
    Ok(Operand::Value(CellValue::Text(it)))
}
