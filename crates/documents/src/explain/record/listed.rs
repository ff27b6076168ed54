//! What a column of a list counts: the records of a list of one record, or of all that the list of records holds.

use super::first_failing;
use crate::explain::measured::amount;
use crate::explain::{Asking, Counted, Role};
use dataset::{RecordId, Scene, TableId};
use facts::Count;

/// A count with the records that it is put to: one, or all of a column that is added up.
pub(in crate::explain) struct Listed<'a> {
    count: &'a Count,
    scenes: Vec<Scene>,
}

impl<'a> Listed<'a> {
    /// The count of these records.
    pub(in crate::explain) fn new(count: &'a Count, scenes: Vec<Scene>) -> Self {
        Self { count, scenes }
    }

    /// The table whose records it counts.
    pub(super) fn table(&self) -> TableId {
        self.count.table()
    }

    /// The records that it counts, in the order of the records that it is put to.
    pub(in crate::explain) fn records(&self, asking: Asking<'_>) -> Vec<Counted> {
        let counter = self.count.counter();
        let of_one = |scene: &Scene| {
            let rows = self.count.tally(scene).selection.certain;
            let counted = |row| {
                let record = counter.of.record(row);
                let amount = amount(&counter.measure, record, asking.dataset);
                Counted { role: Role::ADDED, part: None, amount, record }
            };
            rows.iter().map(counted).collect::<Vec<_>>()
        };
        self.scenes.iter().flat_map(of_one).collect()
    }

    /// Whether it counts a record of its table, and why not.
    pub(super) fn verdict(&self, record: RecordId) -> (bool, Vec<String>) {
        if self.scenes.iter().any(|it| self.count.tally(it).selection.certain.contains(record.row)) {
            return (true, Vec::new());
        }
        let Some(owner) = self.scenes.iter().find(|it| self.count.lists(it, record)) else {
            return (false, vec!["不属于这一行的记录".to_owned()]);
        };
        let counter = self.count.counter();
        let criteria = counter.wheres.iter().map(|it| ("本列".to_owned(), it)).collect::<Vec<_>>();
        let failing = first_failing(&criteria, &self.count.scene_of(owner, record));
        (false, vec![failing.unwrap_or_else(|| "同一件事已由另一条记录计入".to_owned())])
    }
}
