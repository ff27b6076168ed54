//! What one condition says of the records of a table, and of which field it lacks the value where it does not say.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::alike::Alike;
use super::counter::Judge;
use super::{Criterion, Rows};
use dataset::{Dataset, FieldId, FieldRef, Reads, RecordId, RowId, TableId, Trace};
use value::Value;
use words::Verdict;

/// What a condition says of the records of a table.
#[derive(Debug)]
pub struct Sifted {
    /// The records that satisfy it.
    pub holds: Rows,
    /// The records of which the data do not say whether they do.
    pub undecided: Rows,
    /// What it has read.
    pub reads: Reads,
    /// Why it cannot be carried out, if its declaration is at fault.
    pub fault: Option<String>,
    /// The table.
    pub(super) table: TableId,
    /// The records that it takes for one another; without this each is asked by itself.
    pub(super) alike: Option<Arc<Alike>>,
    /// Why it is undecided, by the first record of those that are alike.
    pub(super) reasons: BTreeMap<RowId, Open>,
}

/// Why it is not known whether, or how, a record counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The field without a value, or with one that is not precise enough; the record's key if it cannot be told which.
    pub at: FieldRef,
    /// The reason: a Chinese clause that names the value.
    pub why: String,
}

impl Sifted {
    /// Why it is undecided for a record: the reason of the first record that is alike, at the record's own field.
    pub fn open(&self, row: RowId) -> Option<Open> {
        let group = |it: &Arc<Alike>| Some(it.first[*it.group.get(row)? as usize]);
        let first = self.alike.as_ref().map_or(Some(row), group)?;
        let Open { at, why } = self.reasons.get(&first)?.clone();
        let is_own = at.record() == self.table.record(first);
        Some(Open { at: if is_own { FieldRef { row, ..at } } else { at }, why })
    }
}

impl Open {
    /// Why a condition is undecided for a record, as whoever puts it sees the record.
    pub(super) fn of(record: RecordId, criterion: &Criterion, judge: &impl Judge) -> Self {
        let trace = Arc::new(Trace::default());
        let why = match criterion.test(&judge.scene(record, &trace)) {
            Verdict::Undecided(why) | Verdict::Fault(why) => why,
            Verdict::Holds | Verdict::Fails => String::new(),
        };
        Self { at: Self::place(judge.dataset(), record, &trace), why }
    }

    /// The field for lack of which an expression about a record is undecided: the last that had no value, else the date
    /// that is no full day, else the key.
    pub(super) fn place(dataset: &Dataset, record: RecordId, trace: &Trace) -> FieldRef {
        let imprecise = || {
            let is_imprecise = |it: &FieldRef| match &dataset.cell(*it).value {
                Value::Date(date) => date.day().is_none(),
                _ => false,
            };
            trace.reads().fields.into_iter().find(is_imprecise)
        };
        let key = || dataset.schema(record.table).key.first().copied().unwrap_or(FieldId::new(0));
        trace.absent().or_else(imprecise).unwrap_or_else(|| record.field(key()))
    }
}
