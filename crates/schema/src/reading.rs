//! What one file gives before it is known whether it counts: records, findings, and what it says about itself.

use std::collections::BTreeSet;

use super::sheet::{Hidden, SheetFacts};
use super::table::Records;
use finding::Report;

/// What was read from one file.
#[derive(Debug)]
pub(super) struct Reading {
    /// Its records.
    pub(super) records: Records,
    /// What is to be said about its cells.
    pub(super) report: Report,
    /// The tables whose headings were found.
    pub(super) tables: BTreeSet<usize>,
    /// Its hidden sheets, which were not read.
    pub(super) hidden: Vec<Hidden>,
    /// What its sheets say about themselves.
    pub(super) facts: Vec<SheetFacts>,
}

impl Reading {
    /// Nothing read yet, of so many tables.
    pub(super) fn new(n_tables: usize) -> Self {
        Self {
            records: Records::empty(n_tables),
            report: Report::default(),
            tables: BTreeSet::new(),
            hidden: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// How many records there are.
    pub(super) fn n_records(&self) -> usize {
        self.records.tables.iter().map(Vec::len).sum()
    }
}
