//! The trace of what was read: the fields and lists behind a document or a condition.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use finding::{ColumnId, FieldRef, RowId, TableId};

/// The list of records that refer to a record: the members of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListRef {
    /// The field that refers, in the table that the listed records belong to.
    pub column: ColumnId,
    /// The record that they refer to.
    pub target: RowId,
}

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Reads {
    /// The fields.
    pub fields: BTreeSet<FieldRef>,
    /// The lists; what is not in them may matter as much as what is.
    pub lists: BTreeSet<ListRef>,
    /// Fields of all records of a table.
    pub columns: BTreeSet<ColumnId>,
    /// Tables of which it matters which records there are: a count of them all reads no field.
    pub tables: BTreeSet<TableId>,
}

impl Reads {
    /// Takes over what another trace has read.
    pub fn extend(&mut self, other: &Self) {
        self.fields.extend(&other.fields);
        self.lists.extend(&other.lists);
        self.columns.extend(&other.columns);
        self.tables.extend(&other.tables);
    }
}

/// Everything that expressions have read through one scene. What a document depends on is so known
/// by construction, not from a list that somebody keeps.
#[derive(Debug, Default)]
pub struct Trace {
    noted: Mutex<Noted>,
    grain: Grain,
}

/// How finely reads are noted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Grain {
    /// Each field of each record.
    #[default]
    Fields,
    /// A field of any record stands for that of all: figures over a whole table read each of them.
    Columns,
}

#[derive(Debug, Default)]
struct Noted {
    reads: Reads,
    absent: Option<FieldRef>,
    lacking: BTreeSet<FieldRef>,
    joined: Vec<Arc<Trace>>,
}

impl Trace {
    /// A trace that notes columns: what was read of one record counts as read of all of its table.
    pub fn of_columns() -> Self {
        Self { noted: Mutex::default(), grain: Grain::Columns }
    }

    /// Notes that a field was read.
    pub fn note(&self, field: FieldRef) {
        let reads = &mut self.lock().reads;
        match self.grain {
            Grain::Fields => reads.fields.insert(field),
            Grain::Columns => reads.columns.insert(field.column()),
        };
    }

    /// Notes that a list was read.
    pub fn note_list(&self, list: ListRef) {
        let reads = &mut self.lock().reads;
        match self.grain {
            Grain::Fields => reads.lists.insert(list),
            // What a list has lost stands in the column that refers.
            Grain::Columns => reads.columns.insert(list.column),
        };
    }

    /// Takes over what another trace has read.
    pub fn note_all(&self, reads: &Reads) {
        self.lock().reads.extend(reads);
    }

    /// Counts as read whatever another trace has read, and will read yet.
    pub fn join(&self, other: &Arc<Self>) {
        let joined = &mut self.lock().joined;
        if !joined.iter().any(|it| Arc::ptr_eq(it, other)) {
            joined.push(other.clone());
        }
    }

    /// Notes that a field was asked for and has no value.
    pub fn note_absent(&self, field: FieldRef) {
        self.lock().absent = Some(field);
    }

    /// Notes that a figure was asked for and has no value for lack of this field.
    pub fn note_lacking(&self, field: FieldRef) {
        self.lock().lacking.insert(field);
    }

    /// The fields for lack of which something had no value, since this was asked last: those that figures lack, else the last
    /// that was asked for and had none.
    pub fn take_lacking(&self) -> BTreeSet<FieldRef> {
        let mut noted = self.lock();
        let (absent, lacking) = (noted.absent.take(), std::mem::take(&mut noted.lacking));
        if lacking.is_empty() { absent.into_iter().collect() } else { lacking }
    }

    /// The last field that had no value.
    pub fn absent(&self) -> Option<FieldRef> {
        self.lock().absent
    }

    /// What was read so far.
    pub fn reads(&self) -> Reads {
        let noted = self.lock();
        let mut reads = noted.reads.clone();
        noted.joined.iter().for_each(|it| reads.extend(&it.reads()));
        reads
    }

    /// The lists that were read so far.
    pub fn lists(&self) -> BTreeSet<ListRef> {
        let noted = self.lock();
        let joined = noted.joined.iter().flat_map(|it| it.lists());
        noted.reads.lists.iter().copied().chain(joined).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
