//! The records of all tables with their keys and relations: what every later stage reads.
//!
//! A reference that leads nowhere and a key given twice are findings; the records stay, so that
//! their other fields are checked in the same run.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod causes;
mod keys;
mod departed;
mod links;
mod through;
mod senders;
mod shared;
mod owners;
mod subject;
mod trace;
mod view;
mod zeros;

pub use links::{Lost, Meant};
pub use senders::Senders;
pub use shared::SharedValues;
pub use trace::{ListRef, Reads, Trace};
pub use view::{RecordRef, Scene, SchemaScope, record_ref};

pub use finding::{ColumnId, FieldId, FieldRef, RecordId, RowId, TableId};

use std::collections::BTreeMap;
use std::sync::Arc;

use self::links::Links;
use finding::{ById, FileId, Report, Sources, Subject};
use schema::{Addressee, Cell, Field, FieldKind, Filed, Record, Records, Schemas, Table, Way};
use value::Value;
use words::Absence;

/// All records and their relations; shared by every reader through an `Arc`.
#[derive(Debug)]
pub struct Dataset {
    /// What the tables are.
    pub schemas: Arc<Schemas>,
    tables: ById<TableId, ById<RowId, Record>>,
    /// What each file was, beside its records.
    pub files: BTreeMap<FileId, Filed>,
    /// The records that references lead to.
    links: Links,
    /// The relations that lead back to a table, by name.
    back: ById<TableId, BTreeMap<Arc<str>, BackLink>>,
    /// Records whose reference leads nowhere.
    lost: BTreeMap<ColumnId, Vec<Lost>>,
    /// References that name somebody who has left, with the record that tells it.
    departed: departed::Departed,
    /// Committees and branches by their keys; the first of those that bear the same.
    units: BTreeMap<(TableId, Arc<str>), RecordId>,
}

/// A relation back: from a branch to its members.
#[derive(Debug)]
pub(crate) struct BackLink {
    /// The table that the rows belong to.
    pub(crate) table: TableId,
    /// The field there that refers; none for the rows of a child table.
    pub(crate) field: Option<FieldId>,
    /// Per row of the target table: the rows that refer to it, in their order.
    pub(crate) rows: ById<RowId, Vec<RowId>>,
}

impl Dataset {
    /// Relates the records; findings go to the report.
    pub fn new(schemas: Arc<Schemas>, records: Records, report: &mut Report) -> Self {
        let links::Resolved { links, lost, departed } = links::resolve(&schemas, &records, report);
        let back = links::reverse(&schemas, &records, &links);
        let Records { tables, files } = records;
        let units = BTreeMap::new();
        let mut dataset = Self { schemas, tables, files, links, back, lost, departed, units };
        dataset.units = dataset.by_key([dataset.schemas.committees(), dataset.schemas.branches()]);
        keys::check(&dataset, report);
        keys::check_unique(&dataset, report);
        causes::fold_read(&dataset, report);
        dataset
    }

    /// Puts what was said of one cause in many places into one finding: a column that holds nothing, a name that nobody bears.
    pub fn fold_causes(&self, senders: &Senders, report: &mut Report) {
        causes::fold_judged(self, senders, report);
    }

    /// The number of records in a table.
    pub fn n_rows(&self, table: TableId) -> usize {
        self.tables[table].len()
    }

    /// The records of a table.
    pub fn rows_of(&self, table: TableId) -> impl Iterator<Item = RecordId> + use<> {
        self.tables[table].ids().map(move |row| table.record(row))
    }

    /// Every record of every table.
    pub fn rows(&self) -> impl Iterator<Item = RecordId> + '_ {
        self.tables.ids().flat_map(|table| self.rows_of(table))
    }

    /// A record.
    pub fn record(&self, id: RecordId) -> &Record {
        &self.tables[id.table][id.row]
    }

    /// A field of a record with its place.
    pub fn cell(&self, at: FieldRef) -> &Cell {
        &self.tables[at.table][at.row].cells[at.field]
    }

    /// The declaration of a table.
    pub fn schema(&self, table: TableId) -> &Table {
        &self.schemas.tables[table]
    }

    /// What a field is declared as.
    pub fn field(&self, column: ColumnId) -> &Field {
        &self.schema(column.table).fields[column.field]
    }

    /// The record that a reference leads to; `None` if it is empty or leads nowhere.
    pub fn follow(&self, at: FieldRef) -> Option<RecordId> {
        let targets = self.links[at.table].get(at.field)?.as_ref()?;
        Some(targets.table.record((*targets.rows.get(at.row)?)?))
    }

    /// The record that tells that whom a reference names has left; `None` if none does.
    pub fn departed(&self, at: FieldRef) -> Option<RecordId> {
        self.departed.get(&at).copied()
    }

    /// The field that a value is written in: of a reference that was left empty the one that stands in for it, if there is
    /// something in that; else the field itself.
    pub fn written_at(&self, at: FieldRef) -> FieldRef {
        match &self.field(at.column()).kind {
            FieldKind::Reference(reference) => {
                let record = self.record(at.record());
                FieldRef { field: reference.written_at(self.schema(at.table), at.field, record), ..at }
            }
            _ => at,
        }
    }

    /// Why a field has no value.
    pub fn absence(&self, at: FieldRef) -> Absence {
        let at = self.written_at(at);
        let record = self.label(at.record());
        if self.departed(at).is_some() {
            return Absence::Open(format!("“{record}”已不在名册中").into());
        }
        let field = self.field(at.column()).title.clone();
        match self.cell(at).value {
            Value::Missing => Absence::Missing { record, field },
            _ => Absence::Invalid { record, field },
        }
    }

    /// Whether an expression gets anything from a field: its value is there, and leads somewhere if it is a reference.
    pub fn is_usable(&self, at: FieldRef) -> bool {
        match &self.field(at.column()).kind {
            FieldKind::Reference(_) => self.follow(at).is_some(),
            _ => self.cell(at).value.is_present(),
        }
    }

    /// The record that a way leads to from a record; `None` if a reference on it leads nowhere.
    pub fn walk(&self, start: RecordId, way: &Way) -> Option<RecordId> {
        subject::walk_up(self, start, way)
    }

    /// The reference at which a way from a record is lost: it leads nowhere, although it must lead somewhere or something
    /// is written in it. One that may be empty and is loses nothing.
    pub fn lost_on(&self, start: RecordId, way: &Way) -> Option<FieldRef> {
        subject::lost_on(self, start, way)
    }

    /// The records of another table to which a record may belong, as far as it says: one by its references; where one leads
    /// nowhere those that it was probably meant for, or what another field of its own names. `None` if nothing tells.
    pub fn owners(&self, record: RecordId, table: TableId) -> Option<Vec<RecordId>> {
        owners::of(self, record, table)
    }

    /// The fields that a way goes along.
    pub fn fields_of_way(&self, table: TableId, way: &Way) -> Vec<ColumnId> {
        subject::fields_of_way(self, table, way)
    }

    /// Whether a record of a table has a field, a relation or a parent of this name.
    pub fn has_name(&self, table: TableId, name: &str) -> bool {
        let schema = self.schema(table);
        let is_parent = name == view::PARENT && schema.parent.is_some();
        is_parent || schema.field(name).is_some() || self.back_link(table, name).is_some()
    }

    pub(crate) fn back_link(&self, table: TableId, name: &str) -> Option<&BackLink> {
        self.back[table].get(name)
    }

    /// The records that a list may lack, because their reference leads nowhere: those meant for its record, and those of
    /// which nobody can say.
    pub fn lost(&self, list: ListRef) -> impl Iterator<Item = &Lost> {
        let all = self.lost.get(&list.column).into_iter().flatten();
        all.filter(move |it| it.meant.may_be(list.target))
    }

    /// All records whose reference of a field leads nowhere.
    pub fn lost_in(&self, column: ColumnId) -> &[Lost] {
        self.lost.get(&column).map_or(&[], |it| it)
    }

    /// What messages call a record: its label field, or that of the record it refers to.
    pub fn label(&self, id: RecordId) -> Arc<str> {
        let at = id.field(self.schema(id.table).label);
        if let Some(target) = self.follow(at) {
            return self.label(target);
        }
        let shown = self.cell(at).value.display();
        if shown.is_empty() { format!("第{}条", id.row.index() + 1).into() } else { shown.into() }
    }

    /// Whom a record concerns.
    pub fn subject(&self, id: RecordId) -> Subject {
        subject::of(self, id)
    }

    /// The committee that a record belongs to; `None` if that is not known.
    pub fn committee(&self, id: RecordId) -> Option<RecordId> {
        subject::committee(self, id)
    }

    /// The branch that a record belongs to; `None` if that is not known, or it belongs to none.
    pub fn branch(&self, id: RecordId) -> Option<RecordId> {
        subject::branch(self, id)
    }

    /// From which committee each file came.
    pub fn senders(&self, sources: &Sources) -> Senders {
        Senders::new(self, sources)
    }

    /// The unit of a register to which a form was sent, if it is still there.
    pub fn addressee(&self, to: &Addressee) -> Option<RecordId> {
        let table = self.schemas.index(&to.register)?;
        self.units.get(&(table, to.key.clone())).copied()
    }

    /// The records of registers by their keys.
    fn by_key(&self, registers: [Option<TableId>; 2]) -> BTreeMap<(TableId, Arc<str>), RecordId> {
        let mut units = BTreeMap::new();
        for id in registers.into_iter().flatten().flat_map(|it| self.rows_of(it)) {
            units.entry((id.table, self.key_text(id))).or_insert(id);
        }
        units
    }

    /// Every name by which references may call a record, as written.
    pub fn names(&self, id: RecordId) -> Vec<String> {
        senders::called(self, id)
    }

    /// Where a record's committee, its branch and itself stand in their tables: the order in which
    /// organisations were given.
    pub fn places(&self, id: RecordId) -> [Option<RowId>; 3] {
        subject::places(self, id)
    }

    /// Adds committee, branch and record to every finding that stands in a record's cell.
    pub fn add_subjects(&self, report: &mut Report, senders: &Senders) {
        subject::add(self, report, senders);
    }

    /// The text of a record's key, for the manifest and the documents' metadata.
    pub fn key_text(&self, id: RecordId) -> Arc<str> {
        let part = |field: &FieldId| match self.follow(id.field(*field)) {
            Some(target) => self.key_text(target).to_string(),
            None => self.cell(id.field(*field)).value.display(),
        };
        self.schema(id.table).key.iter().map(part).collect::<Vec<_>>().join("/").into()
    }
}

#[cfg(test)]
mod tests;
