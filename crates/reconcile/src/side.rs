//! One of the two lists: its records, what stands in their fields, and which fields it has columns for.

use std::collections::BTreeSet;
use std::sync::Arc;

use dataset::{Dataset, FieldId, RecordId, TableId};
use finding::{Origin, Place};
use schema::{Field, FieldKind, Record};
use value::{DatePart, PartialDate, Value, fold};

/// One of the two lists.
#[derive(Debug)]
pub struct Side {
    /// The records.
    pub dataset: Arc<Dataset>,
    /// The table.
    pub table: TableId,
    /// The path by which the clerk knows it.
    pub name: String,
    /// The fields that it has a column for.
    columns: BTreeSet<FieldId>,
}

impl Side {
    /// A list of the records of a table.
    pub fn new(dataset: Arc<Dataset>, table: TableId, name: String) -> Self {
        let mut columns = BTreeSet::new();
        for id in dataset.rows_of(table) {
            let record = dataset.record(id);
            let fields = &dataset.schema(table).fields;
            let given = record.cells.ids().filter(|it| is_given(record, *it, &fields[*it]));
            columns.extend(given);
        }
        Self { dataset, table, name, columns }
    }

    /// How many records it has.
    pub fn n_records(&self) -> usize {
        self.dataset.n_rows(self.table)
    }

    /// The records in their order.
    pub(super) fn records(&self) -> impl Iterator<Item = RecordId> + use<> {
        self.dataset.rows_of(self.table)
    }

    /// A field of the list by its id.
    pub(super) fn field(&self, id: &str) -> Option<FieldId> {
        self.dataset.schema(self.table).field(id)
    }

    /// Whether it has a column for a field, or for the code that stands for it.
    pub(super) fn has(&self, id: &str) -> bool {
        let Some(field) = self.field(id) else { return false };
        let schema = self.dataset.schema(self.table);
        let code = match &schema.fields[field].kind {
            FieldKind::Reference(reference) => reference.fallback.as_ref().and_then(|it| schema.field(it)),
            _ => None,
        };
        [Some(field), code].into_iter().flatten().any(|it| self.columns.contains(&it))
    }

    /// What a field holds.
    pub(super) fn value(&self, record: RecordId, id: &str) -> &Value {
        let field = self.field(id);
        field.map_or(&Value::Missing, |it| &self.dataset.cell(record.field(it)).value)
    }

    /// The date in a field.
    pub(super) fn date(&self, record: RecordId, id: &str) -> Option<PartialDate> {
        match self.value(record, id) {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// What a field says, in the form in which two records are told to be the same by it: a reference by the code of what it
    /// leads to, a date by its month.
    pub(super) fn said(&self, record: RecordId, id: &str) -> Option<String> {
        let at = record.field(self.field(id)?);
        if let Some(target) = self.dataset.follow(at) {
            return Some(self.dataset.key_text(target).to_string());
        }
        let text = match &self.dataset.cell(self.dataset.written_at(at)).value {
            Value::Missing | Value::Invalid => return None,
            Value::Date(date) => date.month().map(|_| date.truncated(DatePart::Month).iso())?,
            other => fold(&other.display()),
        };
        Some(text).filter(|it| !it.is_empty())
    }

    /// What a field shows: a reference by the name of what it leads to; nothing if it was left empty.
    pub(super) fn shown(&self, record: RecordId, id: &str, unread: &str) -> String {
        let Some(field) = self.field(id) else { return String::new() };
        let at = record.field(field);
        if let Some(target) = self.dataset.follow(at) {
            return self.dataset.label(target).to_string();
        }
        match &self.dataset.cell(self.dataset.written_at(at)).value {
            Value::Invalid => unread.to_owned(),
            other => other.display(),
        }
    }

    /// Where a field was read; the record itself if the list has no column for it.
    pub(super) fn place(&self, record: RecordId, id: &str) -> Origin {
        let own = self.dataset.record(record).origin;
        let field = self.field(id).filter(|_| self.has(id));
        field.map_or(own, |it| self.dataset.cell(self.dataset.written_at(record.field(it))).origin)
    }
}

/// Whether a field of a record was read from the record itself: what stands for a column that is not there was not. A default
/// that counts without a column stands where the record begins.
fn is_given(record: &Record, field: FieldId, declared: &Field) -> bool {
    let cell = &record.cells[field];
    let is_default = || declared.default.as_deref() == Some(&*cell.value.display());
    if cell.origin == record.origin && is_default() {
        return false;
    }
    let is_own = match (cell.origin.place, record.origin.place) {
        (Place::Cell { sheet, row, .. }, Place::Cell { sheet: own_sheet, row: own, .. }) => {
            (sheet, row) == (own_sheet, own)
        }
        _ => cell.origin != record.origin,
    };
    is_own && cell.value != Value::Missing
}
