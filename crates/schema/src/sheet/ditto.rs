//! Marks that stand for what the row above says: 同上, 〃. In fields of choices, codes and names it is known what that is.

use std::collections::BTreeMap;

use super::rows::Page;
use crate::cell::Slot;
use crate::table::{Cell, Field, FieldKind};
use finding::{ById, FieldId, Finding, Origin, Report, RowSpan, Target, codes, row_ranges};
use value::{Raw, Value, folded};

/// A mark is no longer than this, in bytes.
const N_BYTES_MAX: usize = 16;

/// What the rows above said, by field, and where a mark stood for it.
pub(super) struct Dittos<'a> {
    marks: &'a [String],
    above: ById<FieldId, Option<(Raw, Origin)>>,
    /// Rows with a mark, each with the place that it stands for.
    resolved: BTreeMap<FieldId, Vec<(u32, u16, Origin)>>,
}

impl<'a> Dittos<'a> {
    /// Nothing above yet.
    pub(super) fn new(marks: &'a [String], fields: &ById<FieldId, Field>) -> Self {
        Self { marks, above: fields.map(|_| None), resolved: BTreeMap::new() }
    }

    /// What a cell stands for: its own content, or that above.
    ///
    /// # Errors
    /// The cell that comes of a mark in a field of another kind, or below nothing; it has been reported.
    pub(super) fn read(&mut self, slot: Slot<'_>, raw: &Raw, report: &mut Report) -> Result<Raw, Cell> {
        let is_mark = matches!(raw, Raw::Text(text) if text.len() <= N_BYTES_MAX && self.is_mark(text));
        if !is_mark {
            self.above[slot.id] = (!raw.is_empty()).then(|| (raw.clone(), slot.origin));
            return Ok(raw.clone());
        }
        match self.above[slot.id].clone().filter(|_| repeats(&slot.field.kind)) {
            Some((above, source)) => {
                if let finding::Place::Cell { row, col, .. } = slot.origin.place {
                    self.resolved.entry(slot.id).or_default().push((row, col, source));
                }
                Ok(above)
            }
            None => {
                let message = format!("“{}”说不准指的是什么", raw.display());
                report.push(
                    slot.finding(&codes::DITTO_UNCLEAR, message).value(raw.display()).hint("请写出内容"),
                );
                Err(Cell { value: Value::Invalid, origin: slot.origin })
            }
        }
    }

    fn is_mark(&self, text: &str) -> bool {
        let text = folded(text);
        self.marks.iter().any(|it| *it == text)
    }

    /// Says once for each field where a mark stood for what is above.
    pub(super) fn report(self, page: Page, fields: &ById<FieldId, Field>, all: RowSpan, report: &mut Report) {
        for (field_id, found) in self.resolved {
            let Some((first, col, source)) = found.first().copied() else { continue };
            let title = &fields[field_id].title;
            let rows: Vec<u32> = found.iter().map(|it| it.0).collect();
            let message =
                format!("“{title}”在{}写的是“同上”一类的记号，按上面一行的内容读取", row_ranges(&rows));
            report.push(
                Finding::new(&codes::DITTO_RESOLVED, message)
                    .at(page.origin(first, col))
                    .about(Target::Field(all, field_id))
                    .field(title.clone())
                    .related(source, format!("{}取自这里", row_ranges(&[first]))),
            );
        }
    }
}

/// Whether a field of this kind may say again what the one above says.
fn repeats(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Choice(_) | FieldKind::Code(_) | FieldKind::Name | FieldKind::Reference(_) => true,
        FieldKind::List(of) => repeats(of),
        _ => false,
    }
}
