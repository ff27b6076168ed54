//! The trace of what was read: the fields and lists behind a document or a condition.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

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

/// The list of records that refer to a record: the members of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListRef {
    /// Index of the table that the listed records belong to.
    pub table: usize,
    /// Index of the field there that refers.
    pub field: usize,
    /// Index of the record that they refer to.
    pub target: usize,
}

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Reads {
    /// The fields.
    pub fields: BTreeSet<FieldRef>,
    /// The lists; what is not in them may matter as much as what is.
    pub lists: BTreeSet<ListRef>,
}

impl Reads {
    /// Takes over what another trace has read.
    pub fn extend(&mut self, other: &Self) {
        self.fields.extend(&other.fields);
        self.lists.extend(&other.lists);
    }
}

/// Everything that expressions have read through one scene. What a document depends on is so known
/// by construction, not from a list that somebody keeps.
#[derive(Debug, Default)]
pub struct Trace {
    reads: Mutex<Reads>,
}

impl Trace {
    /// Notes that a field was read.
    pub fn note(&self, field: FieldRef) {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).fields.insert(field);
    }

    /// Notes that a list was read.
    pub fn note_list(&self, list: ListRef) {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).lists.insert(list);
    }

    /// What was read so far.
    pub fn reads(&self) -> Reads {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
