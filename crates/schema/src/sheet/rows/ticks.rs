//! Columns that are ticked: the label of the one with a tick is what the field holds.

use super::ByField;
use crate::cell::Slot;
use crate::customs::Customs;
use crate::table::Cell;
use finding::{Origin, Report, codes};
use value::{Raw, Value};

/// The cell of a field from those of its columns: the label of each, where it stands, and what stands there.
pub(super) fn cell(
    slot: Slot<'_>,
    columns: Vec<(&str, (Origin, &Raw))>,
    (customs, fields): (&Customs, &mut ByField<'_>),
    report: &mut Report,
) -> Cell {
    let filled: Vec<_> = columns.iter().filter(|it| !it.1.1.is_empty()).collect();
    let origin = columns.first().map_or(slot.origin, |it| it.1.0);
    match filled[..] {
        [] => fields.bind(Slot { origin, ..slot }, &Raw::Empty, report),
        [(label, (origin, raw))] if customs.is_tick(&raw.display()) => {
            fields.bind(Slot { origin: *origin, ..slot }, &Raw::text(label), report)
        }
        [first, ..] => {
            let (origin, shown) = (first.1.0, first.1.1.display());
            let labels: Vec<String> = filled.iter().map(|it| format!("“{}”", it.0)).collect();
            let title = &slot.field.title;
            let message = match filled.len() {
                1 => format!("{}一列应打“√”，填的是“{shown}”", labels.concat()),
                _ => format!("{}都有内容，“{title}”只能是其中一种", labels.concat()),
            };
            let finding = Slot { origin, ..slot }.finding(&codes::TICKS_UNCLEAR, message).value(shown);
            report.push(finding.hint("请只在相应的一列打“√”"));
            Cell { value: Value::Invalid, origin }
        }
    }
}
