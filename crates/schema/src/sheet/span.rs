//! Two dates in the cell of a beginning: the second is the end, where the table has a field for that and nothing stands in it.

use crate::cell::Slot;
use crate::table::{Cell, Field, FieldKind};
use finding::{ById, FieldId, Finding, Report, codes};
use value::{PartialDate, Raw, Value};

/// What the beginnings in the row being read say of their ends.
pub(crate) struct Spans {
    /// By the field of the end: the last date, and the query about it if it finds no place.
    ends: ById<FieldId, Option<(Cell, Finding)>>,
}

impl Spans {
    /// None yet.
    pub(crate) fn new(fields: &ById<FieldId, Field>) -> Self {
        Self { ends: fields.map(|_| None) }
    }

    /// Takes back the query about a cell that named two dates if the table has a field for the second one.
    pub(crate) fn keep(
        &mut self,
        slot: Slot<'_>,
        fields: &ById<FieldId, Field>,
        raw: &Raw,
        report: &mut Report,
    ) {
        let Some(end) = slot.field.plausible.until.as_ref() else { return };
        let Some(end) = fields.position(|it| it.id == end.text) else { return };
        self.ends[end] = None;
        let least = if let FieldKind::Date(least) = fields[end].kind { least } else { return };
        let is_about_it = |it: &Finding| it.code == codes::DATE_SPAN.name && it.origin == Some(slot.origin);
        if !report.findings().last().is_some_and(is_about_it) {
            return;
        }
        let last = PartialDate::last_of_span(raw).filter(|it| it.precision() >= least);
        if let (Some(last), Some(query)) = (last, last.and_then(|_| report.findings_mut().pop())) {
            self.ends[end] = Some((Cell { value: Value::Date(last), origin: slot.origin }, query));
        }
    }

    /// The end of which the beginning has told; where another stands in its cell, the query is made after all.
    pub(crate) fn end(&mut self, field_id: FieldId, raw: &Raw, report: &mut Report) -> Option<Cell> {
        let (cell, query) = self.ends[field_id].take()?;
        if raw.is_empty() {
            return Some(cell);
        }
        report.push(query);
        None
    }
}
