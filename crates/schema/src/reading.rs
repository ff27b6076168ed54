//! What one file gives before it is known whether it counts: records, findings, and what it says about itself.

use std::collections::BTreeSet;

use super::accepted::Accepted;
use super::around::Marks;
use super::filed::{Filed, Nothing};
use super::sent::Sent;
use super::sheet::{Beside, Hidden, SheetFacts};
use super::table::{Records, Schemas};
use super::whose::Unnamed;
use finding::{Report, TableId};

/// What was read from one file.
#[derive(Debug)]
pub(super) struct FileRecords {
    /// Its records.
    pub(super) records: Records,
    /// What is to be said about its cells.
    pub(super) report: Report,
    /// The tables whose headings were found.
    pub(super) tables: BTreeSet<TableId>,
    /// The tables of which it says that there is nothing to report.
    pub(super) nothing: Vec<Nothing>,
    /// The forms in it that were sent out.
    pub(super) sent: Vec<Sent>,
    /// Records that do not say whose they are.
    pub(super) unnamed: Vec<Unnamed>,
    /// Headings that can only have been meant for one field.
    pub(super) suggested: BTreeSet<Accepted>,
    /// Where the tables and records of a tree begin.
    pub(super) marks: Marks,
    /// Its hidden sheets, which were not read.
    pub(super) hidden: Vec<Hidden>,
    /// What its sheets say about themselves.
    pub(super) facts: Vec<SheetFacts>,
    /// What they say beside their records.
    pub(super) beside: Beside,
}

impl FileRecords {
    /// Nothing read yet of these tables.
    pub(super) fn new(schemas: &Schemas) -> Self {
        Self {
            records: Records::empty(schemas),
            report: Report::default(),
            tables: BTreeSet::new(),
            nothing: Vec::new(),
            sent: Vec::new(),
            unnamed: Vec::new(),
            suggested: BTreeSet::new(),
            marks: Marks::default(),
            hidden: Vec::new(),
            facts: Vec::new(),
            beside: Beside::default(),
        }
    }

    /// The tables of which there are records.
    pub(super) fn held(&self) -> Vec<TableId> {
        let filled = self.records.tables.with_ids().filter(|(_, it)| !it.is_empty());
        filled.map(|it| it.0).collect()
    }

    /// What the file was, beside its records.
    pub(super) fn filed(&self, is_of_other_period: bool) -> Filed {
        let unit = self.facts.iter().find_map(|it| it.unit.as_ref()).map(|it| it.0.clone());
        let (tables, nothing, sent) = (self.tables.clone(), self.nothing.clone(), self.sent.clone());
        Filed { unit, tables, nothing, sent, is_of_other_period, suggested: self.suggested.clone() }
    }

    /// How many records there are.
    pub(super) fn n_records(&self) -> usize {
        self.records.tables.iter().map(|it| it.len()).sum()
    }
}
