//! The trace of what was read: the fields behind a document or a condition.

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

/// Every field that expressions have read through one scene. What a document depends on is so known
/// by construction, not from a list that somebody keeps.
#[derive(Debug, Default)]
pub struct Trace {
    fields: Mutex<BTreeSet<FieldRef>>,
}

impl Trace {
    /// Notes that a field was read.
    pub fn note(&self, field: FieldRef) {
        self.fields.lock().unwrap_or_else(PoisonError::into_inner).insert(field);
    }

    /// The fields read so far, in order.
    pub fn fields(&self) -> Vec<FieldRef> {
        self.fields.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }
}
