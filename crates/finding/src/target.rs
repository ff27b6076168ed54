//! What a finding is about, by identity, whatever place it is shown at: a field, a record, a file, a figure, a document.

use std::sync::Arc;

use super::identity::{ById, FieldId, FieldRef, RecordId, RowSpan, TableId};
use super::{FileId, Origin, Place};

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A field of these records.
    Field(RowSpan, FieldId),
    /// These records as wholes.
    Record(RowSpan),
    /// A returned file or a part of it, with which records may be lost.
    File(Part),
    /// The records of a table that a committee or branch was to return; without a unit, that the office was to give.
    Return(TableId, Option<RecordId>),
    /// A regulation, a text of a handbook, or what stands beside them.
    Text(FileId),
    /// What the project was given from outside, by its place.
    Given(Origin),
    /// A figure or a check, by the place of its declaration.
    Figure(Origin),
    /// A planned document, by its path below the output folder.
    Document(Arc<str>),
    /// A declaration, by its place: a rule, a book.
    Declaration(Origin),
}

/// A returned file, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The file.
    pub file: FileId,
    /// The sheet; none for the file as a whole.
    pub sheet: Option<u16>,
    /// What will have stood there.
    pub held: Held,
}

/// Which tables a part of a file will have held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// These.
    Tables(Vec<TableId>),
    /// Those that others of its name hold.
    Named,
    /// Nobody knows.
    Unknown,
}

impl Target {
    /// A field of one record.
    pub fn field(at: FieldRef) -> Self {
        Self::Field(RowSpan::one(at.record()), at.field)
    }

    /// The field, of the first of its records.
    pub fn first_field(&self) -> Option<FieldRef> {
        match self {
            Self::Field(rows, field) => Some(rows.table.record(rows.first).field(*field)),
            _ => None,
        }
    }

    /// A record.
    pub fn record(record: RecordId) -> Self {
        Self::Record(RowSpan::one(record))
    }

    /// The returned file or sheet in which a place lies, of which only the name tells what it held. The name of a file of
    /// trees tells nothing, for it may hold any tables.
    pub fn part_at(origin: Origin) -> Self {
        let (sheet, held) = match origin.place {
            Place::File => (None, Held::Named),
            Place::Sheet { sheet } | Place::Cell { sheet, .. } => (Some(sheet), Held::Named),
            Place::Text { .. } => (None, Held::Unknown),
        };
        Self::File(Part { file: origin.file, sheet, held })
    }

    /// The returned file or sheet in which a place lies, of which it is known which tables stood there.
    pub fn part_with(origin: Origin, tables: impl IntoIterator<Item = TableId>) -> Self {
        let sheet = match origin.place {
            Place::Sheet { sheet } | Place::Cell { sheet, .. } => Some(sheet),
            Place::File | Place::Text { .. } => None,
        };
        Self::File(Part { file: origin.file, sheet, held: Held::Tables(tables.into_iter().collect()) })
    }

    /// Moves records behind those that were read before them, whose number is given by table.
    pub fn shift(&mut self, before: &ById<TableId, usize>) {
        let (Self::Field(rows, _) | Self::Record(rows)) = self else { return };
        rows.first = rows.first.behind(before[rows.table]);
        rows.end = rows.end.behind(before[rows.table]);
    }
}
