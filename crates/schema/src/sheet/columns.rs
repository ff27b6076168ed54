//! Where the fields of a table stand on a sheet, and what the texts of each have come to mean.

use std::collections::HashMap;
use std::sync::Arc;

use super::ditto::Dittos;
use super::span::Spans;
use crate::cell::{self, Slot};
use crate::customs::Customs;
use crate::heading::Columns;
use crate::table::{Cell, Field, FieldKind, Table};
use finding::{ById, FieldId, Origin, Report, RowSpan};
use value::{Epoch, Raw, Value};

/// So many different texts of a field are remembered; a column of 汉族 needs few, one of names forgets.
const N_TEXTS_MAX: usize = 512;

/// The fields of a table on a sheet.
pub(super) struct ByField<'a> {
    /// Their columns.
    pub(super) columns: ById<FieldId, Option<u16>>,
    /// The first of them all.
    pub(super) first: u16,
    /// The columns of fields and the like columns, from left to right.
    pub(super) data: Vec<u16>,
    /// The columns of required fields.
    pub(super) required: Vec<u16>,
    /// The columns of what is never printed on a form beforehand.
    pub(super) beyond_print: Vec<u16>,
    /// Whether one of those is required.
    pub(super) asks_beyond_print: bool,
    epoch: Epoch,
    fields: &'a ById<FieldId, Field>,
    /// What texts have meant that gave no finding.
    meanings: ById<FieldId, HashMap<Arc<str>, Value>>,
    /// What the rows above said.
    pub(super) dittos: Dittos<'a>,
    spans: Spans,
}

impl<'a> ByField<'a> {
    /// The fields of a table that a heading has columns for.
    pub(super) fn new(epoch: Epoch, table: &'a Table, customs: &'a Customs, found: &Columns) -> Self {
        let columns = table.fields.ids().map(|it| found.fields.get(&it).copied()).collect();
        let is_required = |it: &FieldId| table.fields[*it].required;
        let standing = || found.fields.iter().map(|(field, col)| (*field, *col));
        let beyond = || standing().filter(|it| !is_printed(table, it.0));
        let data: Vec<u16> = found.data().into_iter().collect();
        Self {
            first: data.first().copied().unwrap_or_default(),
            required: standing().filter(|it| is_required(&it.0)).map(|it| it.1).collect(),
            beyond_print: beyond().map(|it| it.1).collect(),
            asks_beyond_print: beyond().any(|it| is_required(&it.0)),
            data,
            epoch,
            fields: &table.fields,
            meanings: table.fields.map(|_| HashMap::new()),
            dittos: Dittos::new(&customs.dittos, &table.fields),
            spans: Spans::new(&table.fields),
            columns,
        }
    }

    /// A field of these records, and the place where its content stands.
    pub(super) fn slot(&self, id: FieldId, rows: RowSpan, origin: Origin) -> Slot<'a> {
        Slot { field: &self.fields[id], id, rows, origin }
    }

    /// The end of a span of days that has no column of its own, if the beginning tells it.
    pub(super) fn end_of_span(&mut self, id: FieldId, report: &mut Report) -> Option<Cell> {
        self.spans.end(id, &Raw::Empty, report)
    }

    /// Parses a cell as its field wants it; a text that has come before means what it meant then.
    pub(super) fn bind(&mut self, slot: Slot<'_>, raw: &Raw, report: &mut Report) -> Cell {
        let raw = match self.dittos.read(slot, raw, report) {
            Ok(raw) => raw,
            Err(cell) => return cell,
        };
        if let Some(cell) = self.spans.end(slot.id, &raw, report) {
            return cell;
        }
        let Raw::Text(text) = &raw else {
            return cell::bind_since(self.epoch, slot, &raw, report);
        };
        let known = &mut self.meanings[slot.id];
        if let Some(value) = known.get(text) {
            return Cell { value: value.clone(), origin: slot.origin };
        }
        let n_findings = report.findings().len();
        let cell = cell::bind_since(self.epoch, slot, &raw, report);
        let is_new = report.findings().len() == n_findings;
        self.spans.keep(slot, self.fields, &raw, report);
        if known.len() < N_TEXTS_MAX && is_new {
            known.insert(text.clone(), cell.value.clone());
        }
        cell
    }
}

/// Whether a field may be filled before the form is handed out: names that hold for many rows, and their codes.
fn is_printed(table: &Table, field_id: FieldId) -> bool {
    let is_code_of = |it: &Field| match &it.kind {
        FieldKind::Reference(reference) => {
            reference.fallback.as_ref().and_then(|it| table.field(it)) == Some(field_id)
        }
        _ => false,
    };
    table.fields[field_id].fill_down || table.fields.iter().any(|it| it.fill_down && is_code_of(it))
}
