//! What a finding is about, by identity, whatever place it is shown at: a field, a record, a file, a figure, a document.

use std::sync::Arc;

use super::{FileId, Origin, Place};

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldRef {
    /// Index of the table.
    pub table: usize,
    /// Index of the record within the table.
    pub row: usize,
    /// Index of the field within the schema.
    pub field: usize,
}

/// Records of one table that follow each other: those that one row of a sheet became, all below one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowSpan {
    /// Index of the table.
    pub table: usize,
    /// The first record.
    pub first: usize,
    /// The record behind the last one.
    pub end: usize,
}

impl RowSpan {
    /// One record.
    pub fn one(table: usize, row: usize) -> Self {
        Self { table, first: row, end: row + 1 }
    }

    /// Whether a record of the same table is among them.
    pub fn contains(self, row: usize) -> bool {
        (self.first..self.end).contains(&row)
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A field of these records, by its index in their schema.
    Field(RowSpan, usize),
    /// These records as wholes.
    Record(RowSpan),
    /// A returned file or a part of it, with which records may be lost.
    File(Part),
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
    /// These, by their indexes.
    Tables(Vec<usize>),
    /// Those that others of its name hold.
    Named,
    /// Nobody knows.
    Unknown,
}

impl Target {
    /// A field of one record.
    pub fn field(at: FieldRef) -> Self {
        Self::Field(RowSpan::one(at.table, at.row), at.field)
    }

    /// A record.
    pub fn record(table: usize, row: usize) -> Self {
        Self::Record(RowSpan::one(table, row))
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
    pub fn part_with(origin: Origin, tables: impl IntoIterator<Item = usize>) -> Self {
        let sheet = match origin.place {
            Place::Sheet { sheet } | Place::Cell { sheet, .. } => Some(sheet),
            Place::File | Place::Text { .. } => None,
        };
        Self::File(Part { file: origin.file, sheet, held: Held::Tables(tables.into_iter().collect()) })
    }

    /// Moves records behind those that were read before them, whose number is given by table.
    pub fn shift(&mut self, before: &[usize]) {
        let (Self::Field(rows, _) | Self::Record(rows)) = self else { return };
        rows.first += before[rows.table];
        rows.end += before[rows.table];
    }
}
