//! Conditions are put to all records of a table, each condition once, however many figures ask for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::alike::Groups;
use super::counter::{Judge, Selected, select};
use super::sifted::{Open, Sifted};
use super::{Criterion, Frame, Rows};
use dataset::{Dataset, RecordId, RecordRef, RowId, Scene, TableId, Trace};
use finding::ById;
use words::Verdict;

/// For each record of a table those of another that belong to it.
type Seats = ById<RowId, Arc<Rows>>;

/// Puts conditions to records, and remembers the answers.
#[derive(Debug)]
pub struct Sieve {
    dataset: Arc<Dataset>,
    frame: Frame,
    groups: Groups,
    sifted: BTreeMap<(TableId, String), Arc<Sifted>>,
    seats: BTreeMap<(TableId, TableId), Arc<Seats>>,
}

impl Sieve {
    /// A sieve for figures about one period.
    pub fn new(dataset: Arc<Dataset>, frame: Frame) -> Self {
        Self { dataset, frame, groups: Groups::default(), sifted: BTreeMap::new(), seats: BTreeMap::new() }
    }

    /// The records.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The period and day that conditions are judged by.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// A scene around a record, with the names of the frame.
    pub fn scene(&self, id: RecordId, trace: &Arc<Trace>) -> Scene {
        let record = RecordRef { dataset: self.dataset.clone(), id, trace: trace.clone() };
        self.frame.scene(record)
    }

    /// The records among these that satisfy all conditions.
    pub fn select(&mut self, table: TableId, rows: Rows, criteria: &[Criterion]) -> Selected {
        select(self, table, rows, criteria)
    }

    /// The records of a table that belong to each record of another: the members of each committee.
    pub fn seats(&mut self, table: TableId, of: TableId) -> Arc<Seats> {
        if let Some(known) = self.seats.get(&(table, of)) {
            return known.clone();
        }
        let n_rows = self.dataset.n_rows(table);
        let mut seats: ById<RowId, Rows> = self.dataset.rows_of(of).map(|_| Rows::none(n_rows)).collect();
        if let Some(way) = self.dataset.schemas.way(table, of) {
            for record in self.dataset.rows_of(table) {
                if let Some(seat) = self.dataset.walk(record, &way) {
                    seats[seat.row].insert(record.row);
                }
            }
        }
        let seats: Arc<Seats> = Arc::new(seats.into_iter().map(Arc::new).collect());
        self.seats.insert((table, of), seats.clone());
        seats
    }

    fn put(&mut self, table: TableId, criterion: &Criterion) -> Sifted {
        let alike = self.groups.by(&self.dataset, table, &criterion.variables());
        let n_rows = self.dataset.n_rows(table);
        let trace = Arc::new(self.trace());
        let firsts = || alike.first.iter().copied().filter(|it| it.index() < n_rows);
        let verdicts: Vec<Verdict> =
            firsts().map(|row| criterion.test(&self.scene(table.record(row), &trace))).collect();
        let is_open = |it: &Verdict| matches!(it, Verdict::Undecided(_) | Verdict::Fault(_));
        let of_open = firsts().zip(&verdicts).filter(|(_, it)| is_open(it));
        let reasons = of_open.map(|(row, _)| (row, Open::of(table.record(row), criterion, self))).collect();
        let verdict = |row: RowId| &verdicts[alike.group[row] as usize];
        let holds = Rows::such_that(n_rows, |row| *verdict(row) == Verdict::Holds);
        let undecided = Rows::such_that(n_rows, |row| is_open(verdict(row)));
        let fault = verdicts.iter().find_map(|it| match it {
            Verdict::Fault(why) => Some(why.clone()),
            _ => None,
        });
        Sifted { holds, undecided, reads: trace.reads(), fault, table, alike: Some(alike), reasons }
    }
}

impl Judge for Sieve {
    fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    fn sift(&mut self, table: TableId, _rows: &Rows, criterion: &Criterion) -> Arc<Sifted> {
        let key = (table, criterion.source());
        if let Some(known) = self.sifted.get(&key) {
            return known.clone();
        }
        let sifted = Arc::new(self.put(table, criterion));
        self.sifted.insert(key, sifted.clone());
        sifted
    }

    fn scene(&self, id: RecordId, trace: &Arc<Trace>) -> Scene {
        Self::scene(self, id, trace)
    }

    fn trace(&self) -> Trace {
        Trace::of_columns()
    }
}
