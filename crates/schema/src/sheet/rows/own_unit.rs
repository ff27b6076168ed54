//! Rows of a form that was sent to one unit, and that do not say whose they are: they are this one's.

use super::{Page, Rows};
use crate::sent::Sent;
use crate::sheet::explain::says_whose;
use crate::table::{FieldKind, Schemas, Table};
use finding::{FieldId, Finding, Origin, Report, RowSpan, Target, codes, row_ranges};
use source::Row;
use value::Raw;

/// The unit to which a form was sent.
#[derive(Debug)]
pub(in crate::sheet) struct OwnUnit {
    /// The field that says whose a record is.
    field: FieldId,
    /// The key of the unit, by which it is found again, and what it was called.
    key: Raw,
    name: String,
    /// Where the form says so.
    origin: Origin,
    /// The rows that are read so.
    rows: Vec<u32>,
}

impl OwnUnit {
    /// Of a form, if records of its table have to say to which unit of that register they belong.
    pub(in crate::sheet) fn of(sent: &Sent, schemas: &Schemas) -> Option<Self> {
        let (table, to) = (&schemas.tables[sent.table], sent.mark.sent_to.as_ref()?);
        let leads_there = |it: FieldId| match &table.fields[it].kind {
            FieldKind::Reference(reference) => reference.to == to.register,
            _ => false,
        };
        let is_asked = |it: FieldId| table.fields[it].required && says_whose(schemas, table, it);
        let field = table.fields.ids().find(|it| leads_there(*it) && is_asked(*it))?;
        let (key, name) = (Raw::text(&to.key), to.name.to_string());
        Some(Self { field, key, name, origin: sent.heading, rows: Vec::new() })
    }

    /// Says which rows were read so.
    pub(super) fn report(&self, page: Page, table: &Table, records: RowSpan, report: &mut Report) {
        let Some(first) = self.rows.first() else { return };
        let title = &table.fields[self.field].title;
        let rows = row_ranges(&self.rows);
        let message = format!("“{title}”在{rows}没有填写，按表样下发的单位“{}”读取", self.name);
        let place = match self.origin.place {
            finding::Place::Cell { col, .. } => page.origin(*first, col),
            _ => self.origin,
        };
        let note = Finding::new(&codes::FORM_UNIT_TAKEN, message).at(place).field(title.clone());
        report.push(note.about(Target::Field(records, self.field)));
    }
}

impl Rows<'_> {
    /// Lets the unit to which the form was sent stand for what rows do not say.
    pub(in crate::sheet) fn belong_to(&mut self, own: Option<OwnUnit>) {
        self.own_unit = own;
    }

    /// The unit in place of an empty cell that should say whose the record is.
    pub(super) fn own_unit(&mut self, row: &Row, field: FieldId) -> Option<Raw> {
        let own = self.own_unit.as_mut().filter(|it| it.field == field)?;
        own.rows.push(row.number);
        Some(own.key.clone())
    }
}
