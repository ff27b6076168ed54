//! An expression whose value is printed, as one text or in one cell.

use minijinja::Value;
use minijinja::value::ValueKind;

use super::book::Cell;
use dataset::{Scene, SchemaScope};
use finding::{Finding, Report, Reported, codes};
use source::LocatedText;
use words::{Expression, Type, Unanswered};

/// An expression whose value can be printed: not a record or a list.
pub(super) fn printable(
    written: &LocatedText,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Expression, Reported> {
    let (expression, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    check_printable(written, &given, report)?;
    Ok(expression)
}

/// Complains of a value that cannot be printed as it is.
///
/// # Errors
/// If it is a record, a list or a picture.
pub(super) fn check_printable(
    written: &LocatedText,
    given: &Type,
    report: &mut Report,
) -> Result<(), Reported> {
    let hint = match given {
        Type::List(_) | Type::Record(_) | Type::Names(_) | Type::Period => {
            "记录请写到字段，如 branch.name；列表请用 each 或 join_cn"
        }
        Type::Picture => "图片只能在 data 中单列一项，由版式放置",
        _ => return Ok(()),
    };
    let message = format!("“{}”是{}，不能直接印出", written.text, given.title());
    Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(written.origin).hint(hint)))
}

/// The value of an expression as text; `empty` if a field was left empty.
pub(super) fn leaf(value: &Expression, scene: &Scene, empty: &str) -> Result<String, String> {
    Ok(answer(value, scene)?.map_or_else(|| empty.to_owned(), |it| shown(&it)))
}

/// The value of an expression as a cell of a workbook: a number if it is one, else text, whatever that looks like;
/// nothing if a field was left empty.
pub(super) fn cell(value: &Expression, scene: &Scene) -> Result<Cell, String> {
    let Some(value) = answer(value, scene)? else { return Ok(Cell::Empty) };
    if let Some(number) = words::decimal(&value) {
        return Ok(Cell::number(number));
    }
    let text = shown(&value);
    Ok(if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
}

/// The value of an expression; `None` if a field was left empty.
fn answer(value: &Expression, scene: &Scene) -> Result<Option<Value>, String> {
    match value.evaluate(&scene.context()) {
        Ok(value) => Ok((!value.is_none()).then_some(value)),
        Err(Unanswered::Missing(_)) => Ok(None),
        Err(Unanswered::Undecided(why) | Unanswered::Fault(why)) => {
            Err(format!("{why}（{}）", value.source()))
        }
    }
}

fn shown(value: &Value) -> String {
    match bool::try_from(value.clone()) {
        Ok(answer) if value.kind() == ValueKind::Bool => if answer { "是" } else { "否" }.to_owned(),
        _ => value.to_string(),
    }
}
