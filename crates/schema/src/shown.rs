//! Number cells that show other digits than they hold: which of the two is meant is sure only where both say the same.

use super::cell::parse;
use super::table::{Field, FieldKind};
use finding::codes;
use value::{Epoch, Fault, Parsed, Raw, Value};

/// Parses what a cell shows and what it holds, as its field wants it.
pub(super) fn parse_both(
    kind: &FieldKind,
    field: &Field,
    (value, text): (f64, &str),
    epoch: Epoch,
) -> Result<Parsed<Value>, Fault> {
    let by_sight = || parse(kind, field, &Raw::text(text), epoch);
    let is_secret = field.sensitive || matches!(kind, FieldKind::Identity | FieldKind::Phone);
    let doubted = |read: Parsed<Value>| {
        let hint = "请核对；把单元格设为文本格式，按应有的内容重新填写，可免去此疑问";
        doubted(read, if is_secret { None } else { Some((text, value)) }, hint)
    };
    let held = Raw::Number { value, decimals: None, percent: false };
    let by_store = || parse(kind, field, &held, epoch);
    let is_same = digits(text) == digits(&held.display());
    match kind {
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Percent => {
            let stored = by_store()?;
            // A unit and thousands are shown; anything else that differs may be what was meant.
            let agrees = is_same || by_sight().is_ok_and(|it| it.value == stored.value);
            Ok(if agrees { stored } else { doubted(stored) })
        }
        FieldKind::Date(_) => match (by_sight(), by_store()) {
            (Ok(sight), Ok(stored)) if sight.value == stored.value => Ok(stored),
            (Ok(sight), _) => Ok(if is_same { sight } else { doubted(sight) }),
            (Err(_), Ok(stored)) => Ok(doubted(stored)),
            (Err(fault), Err(_)) => Err(fault),
        },
        FieldKind::Code(_) | FieldKind::Identity | FieldKind::Phone => {
            let sight = by_sight()?;
            Ok(if is_same { sight } else { doubted(sight) })
        }
        _ => by_sight(),
    }
}

/// With the query; a number that no message shows is not quoted.
fn doubted(mut read: Parsed<Value>, quoted: Option<(&str, f64)>, hint: &str) -> Parsed<Value> {
    let message = match quoted {
        Some((text, value)) => {
            format!("单元格显示“{text}”，存的却是“{value}”，按“{}”读入", read.value.display())
        }
        None => "单元格显示的号码与所存的不同，按显示的读入".to_owned(),
    };
    read.notes.push(Fault::new(&codes::SHOWN_DIFFERS, message, hint));
    read
}

/// The digits of a text without zeros in front.
fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}
