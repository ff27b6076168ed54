//! The records of all tables with their keys and relations: what every later stage reads.
//!
//! A reference that leads nowhere and a key given twice are findings; the records stay, so that
//! their other fields are checked in the same run.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod keys;
mod links;
mod subject;
mod trace;
mod view;

pub use links::{Lost, Meant};
pub use trace::{ListRef, Reads, Trace};
pub use view::{RecordRef, Scene, SchemaScope, record_ref};

pub use finding::FieldRef;

use std::collections::BTreeMap;
use std::sync::Arc;

use finding::{FileId, Report, Sources, Subject};
use schema::{Cell, FieldKind, Record, Records, Schemas, Table, Way};
use value::Value;
use words::Absence;

/// All records and their relations; shared by every reader through an `Arc`.
#[derive(Debug)]
pub struct Dataset {
    /// What the tables are.
    pub schemas: Arc<Schemas>,
    tables: Vec<Vec<Record>>,
    /// The unit that a file says it comes from.
    units: BTreeMap<FileId, Arc<str>>,
    /// Per table, field and row: the row that a reference leads to.
    links: Vec<Vec<Vec<Option<usize>>>>,
    /// Per table: the relations that lead back to it, by name.
    back: Vec<BTreeMap<Arc<str>, BackLink>>,
    /// Records whose reference leads nowhere, by table and field.
    lost: BTreeMap<(usize, usize), Vec<Lost>>,
}

/// A relation back: from a branch to its members.
#[derive(Debug)]
pub(crate) struct BackLink {
    /// The table that the rows belong to.
    pub(crate) table: usize,
    /// The field there that refers; none for the rows of a child table.
    pub(crate) field: Option<usize>,
    /// Per row of the target table: the rows that refer to it, in their order.
    pub(crate) rows: Vec<Vec<usize>>,
}

impl Dataset {
    /// Relates the records; findings go to the report.
    pub fn new(schemas: Arc<Schemas>, records: Records, report: &mut Report) -> Self {
        let (links, lost) = links::resolve(&schemas, &records, report);
        let back = links::reverse(&schemas, &records, &links);
        let Records { tables, units } = records;
        let dataset = Self { schemas, tables, units, links, back, lost };
        keys::check(&dataset, report);
        keys::check_unique(&dataset, report);
        dataset
    }

    /// The number of records in a table.
    pub fn n_rows(&self, table: usize) -> usize {
        self.tables[table].len()
    }

    /// Every record of every table, as table and row.
    pub fn rows(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.tables.iter().enumerate().flat_map(|(table, rows)| (0..rows.len()).map(move |row| (table, row)))
    }

    /// A record.
    pub fn record(&self, table: usize, row: usize) -> &Record {
        &self.tables[table][row]
    }

    /// A field of a record with its place.
    pub fn cell(&self, at: FieldRef) -> &Cell {
        &self.tables[at.table][at.row].cells[at.field]
    }

    /// The declaration of a table.
    pub fn schema(&self, table: usize) -> &Table {
        &self.schemas.tables[table]
    }

    /// The row that a reference leads to; `None` if it is empty or leads nowhere.
    pub fn follow(&self, table: usize, row: usize, field: usize) -> Option<usize> {
        self.links[table].get(field)?.get(row).copied().flatten()
    }

    /// The field that a value is written in: of a reference that was left empty the one that stands in for it, if there is
    /// something in that; else the field itself.
    pub fn written_at(&self, at: FieldRef) -> FieldRef {
        match &self.schema(at.table).fields[at.field].kind {
            FieldKind::Reference(reference) => {
                let record = self.record(at.table, at.row);
                FieldRef { field: reference.written_at(self.schema(at.table), at.field, record), ..at }
            }
            _ => at,
        }
    }

    /// Why a field has no value.
    pub fn absence(&self, at: FieldRef) -> Absence {
        let at = self.written_at(at);
        let record = self.label(at.table, at.row);
        let field = self.schema(at.table).fields[at.field].title.clone();
        match self.cell(at).value {
            Value::Missing => Absence::Missing { record, field },
            _ => Absence::Invalid { record, field },
        }
    }

    /// Whether an expression gets anything from a field: its value is there, and leads somewhere if it is a reference.
    pub fn is_usable(&self, at: FieldRef) -> bool {
        match &self.schema(at.table).fields[at.field].kind {
            FieldKind::Reference(_) => self.follow(at.table, at.row, at.field).is_some(),
            _ => self.cell(at).value.is_present(),
        }
    }

    /// The record that a way leads to from a record; `None` if a reference on it leads nowhere.
    pub fn walk(&self, table: usize, row: usize, way: &Way) -> Option<usize> {
        subject::walk_up(self, (table, row), way).map(|it| it.1)
    }

    /// The reference at which a way from a record is lost: it leads nowhere, although it must lead somewhere or something
    /// is written in it. One that may be empty and is loses nothing.
    pub fn lost_on(&self, table: usize, row: usize, way: &Way) -> Option<FieldRef> {
        subject::lost_on(self, (table, row), way)
    }

    /// The fields that a way goes along, as table and field.
    pub fn fields_of_way(&self, table: usize, way: &Way) -> Vec<(usize, usize)> {
        subject::fields_of_way(self, table, way)
    }

    /// Whether a record of a table has a field, a relation or a parent of this name.
    pub fn has_name(&self, table: usize, name: &str) -> bool {
        let schema = self.schema(table);
        let is_parent = name == view::PARENT && schema.parent.is_some();
        is_parent || schema.field(name).is_some() || self.back_link(table, name).is_some()
    }

    pub(crate) fn back_link(&self, table: usize, name: &str) -> Option<&BackLink> {
        self.back[table].get(name)
    }

    /// The records that a list may lack, because their reference leads nowhere: those meant for its record, and those of
    /// which nobody can say.
    pub fn lost(&self, list: ListRef) -> impl Iterator<Item = &Lost> {
        let all = self.lost.get(&(list.table, list.field)).into_iter().flatten();
        all.filter(move |it| it.meant.may_be(list.target))
    }

    /// What messages call a record: its label field, or that of the record it refers to.
    pub fn label(&self, table: usize, row: usize) -> Arc<str> {
        let schema = self.schema(table);
        if let FieldKind::Reference(reference) = &schema.fields[schema.label].kind
            && let (Some(to), Some(target)) =
                (self.schemas.index(&reference.to), self.follow(table, row, schema.label))
        {
            return self.label(to, target);
        }
        let shown = self.record(table, row).cells[schema.label].value.display();
        if shown.is_empty() { format!("第{}条", row + 1).into() } else { shown.into() }
    }

    /// Whom a record concerns.
    pub fn subject(&self, table: usize, row: usize) -> Subject {
        subject::of(self, table, row)
    }

    /// Where a record's committee, its branch and itself stand in their tables: the order in which
    /// organisations were given.
    pub fn places(&self, table: usize, row: usize) -> [Option<usize>; 3] {
        subject::places(self, table, row)
    }

    /// Adds committee, branch and record to every finding that stands in a record's cell.
    pub fn add_subjects(&self, report: &mut Report, sources: &Sources) {
        subject::add(self, report, sources);
    }

    /// The text of a record's key, for the manifest and the documents' metadata.
    pub fn key_text(&self, table: usize, row: usize) -> Arc<str> {
        let schema = self.schema(table);
        let part = |field: &usize| match (&schema.fields[*field].kind, self.follow(table, row, *field)) {
            (FieldKind::Reference(reference), Some(target)) => self
                .schemas
                .index(&reference.to)
                .map(|to| self.key_text(to, target).to_string())
                .unwrap_or_default(),
            _ => self.record(table, row).cells[*field].value.display(),
        };
        schema.key.iter().map(part).collect::<Vec<_>>().join("/").into()
    }
}
