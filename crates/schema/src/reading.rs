//! What one file gives before it is known whether it counts: records, findings, and what it says about itself.

use std::collections::BTreeSet;

use super::around::Marks;
use super::sheet::{Hidden, SheetFacts};
use super::table::Records;
use finding::Report;

/// What was read from one file.
#[derive(Debug)]
pub(super) struct FileRecords {
    /// Its records.
    pub(super) records: Records,
    /// What is to be said about its cells.
    pub(super) report: Report,
    /// The tables whose headings were found.
    pub(super) tables: BTreeSet<usize>,
    /// Where the tables and records of a tree begin.
    pub(super) marks: Marks,
    /// Its hidden sheets, which were not read.
    pub(super) hidden: Vec<Hidden>,
    /// What its sheets say about themselves.
    pub(super) facts: Vec<SheetFacts>,
}

impl FileRecords {
    /// Nothing read yet, of so many tables.
    pub(super) fn new(n_tables: usize) -> Self {
        Self {
            records: Records::empty(n_tables),
            report: Report::default(),
            tables: BTreeSet::new(),
            marks: Marks::default(),
            hidden: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// The tables of which there are records.
    pub(super) fn held(&self) -> Vec<usize> {
        let filled = self.records.tables.iter().enumerate().filter(|(_, it)| !it.is_empty());
        filled.map(|it| it.0).collect()
    }

    /// How many records there are.
    pub(super) fn n_records(&self) -> usize {
        self.records.tables.iter().map(Vec::len).sum()
    }
}
