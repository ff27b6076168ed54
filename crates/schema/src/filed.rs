//! What a returned file was, beside its records: who sent it, what it has room for, what it says there is none of.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::accepted::Accepted;
use super::sent::Sent;
use finding::TableId;

/// What a returned file was, beside its records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filed {
    /// The unit that it says it comes from (填报单位), as written.
    pub unit: Option<Arc<str>>,
    /// The tables that it has room for: their headings, or their keys, stand in it.
    pub tables: BTreeSet<TableId>,
    /// The tables of which it says that there is nothing to report.
    pub nothing: Vec<Nothing>,
    /// The forms in it that were sent out.
    pub sent: Vec<Sent>,
    /// Whether it seems to belong to another year.
    pub is_of_other_period: bool,
    /// Headings that can only have been meant for one field: the project may accept them.
    pub suggested: BTreeSet<Accepted>,
}

/// 无 in place of records: a report that there is nothing to report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nothing {
    /// The table.
    pub table: TableId,
    /// What else stands in the row: the units of which it is said, as written. Without any it is said of all whose file it is.
    pub names: Vec<Arc<str>>,
}
