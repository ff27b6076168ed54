//! What is wrong with a heading, and what is known once the rows below it have been read.

use std::collections::BTreeMap;

use crate::filed::Nothing;
use finding::{FieldId, Finding, Origin, RowSpan};

/// What is wrong with a heading.
#[derive(Default)]
pub(in crate::sheet) struct HeadingFaults {
    /// Fields whose column was not found, with the place in the heading that is to blame.
    pub(in crate::sheet) absent: BTreeMap<FieldId, Origin>,
    /// What is said of fields, and so of all records below; it waits until it is known which these are.
    pub(in crate::sheet) found: Vec<(Vec<FieldId>, Finding)>,
    /// Fields without a column that say whose the records are, which something around the table may say in their stead.
    /// With what is said if nothing does.
    pub(in crate::sheet) unnamed: Vec<(FieldId, Option<Finding>)>,
    /// Headings that can only have been meant for one field, levels joined by `/`.
    pub(in crate::sheet) suggested: Vec<(FieldId, String)>,
}

/// What is known once all rows have been read.
pub(in crate::sheet) struct Finished {
    /// The rows that say that there is nothing to report.
    pub(in crate::sheet) nothing: Vec<Nothing>,
    /// All records.
    pub(in crate::sheet) records: RowSpan,
    /// [`HeadingFaults::unnamed`].
    pub(in crate::sheet) unnamed: Vec<(FieldId, Option<Finding>)>,
}

impl HeadingFaults {
    /// Adds what was seen elsewhere.
    pub(in crate::sheet) fn extend(&mut self, others: Option<Self>) {
        let Some(others) = others else { return };
        self.absent.extend(others.absent);
        self.found.extend(others.found);
    }

    /// Says of a field what is wrong with its heading.
    pub(in crate::sheet) fn blame(&mut self, field: FieldId, finding: Finding, heading: Origin) {
        self.absent.insert(field, heading);
        self.found.push((vec![field], finding));
    }
}
