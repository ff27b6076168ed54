//! Conditions are put to all records of a table, each condition once, however many figures ask for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::alike::{Alike, Groups};
use super::{Criterion, Frame, Rows};
use dataset::{Dataset, FieldRef, Reads, RecordRef, Scene, Trace};
use value::Value;
use words::{Expression, Unanswered, Verdict};

/// What a condition says of the records of a table.
#[derive(Debug)]
pub struct Sifted {
    /// The records that it counts.
    pub holds: Rows,
    /// The records of which the data do not say whether it counts them.
    pub undecided: Rows,
    /// What it has read.
    pub reads: Reads,
    /// Why it cannot be carried out, if its declaration is at fault.
    pub fault: Option<String>,
    table: usize,
    alike: Arc<Alike>,
    /// Why it is undecided for the first record of a group.
    open: BTreeMap<u32, Open>,
}

/// Why a condition is undecided for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The field without a value, or with one that is not precise enough; none if that cannot be told.
    pub at: Option<FieldRef>,
    /// The reason: a Chinese clause that names the value.
    pub why: String,
}

impl Sifted {
    /// Why it is undecided for a record: the reason of the first record that is alike, at the record's own field.
    pub fn open(&self, row: usize) -> Option<Open> {
        let group = *self.alike.group.get(row)?;
        let open = self.open.get(&group)?.clone();
        let first = self.alike.first[group as usize];
        let own = |it: FieldRef| {
            if (it.table, it.row) == (self.table, first) { FieldRef { row, ..it } } else { it }
        };
        Some(Open { at: open.at.map(own), ..open })
    }
}

/// Records of which several are one.
#[derive(Debug)]
pub struct Once {
    /// The first record for each value.
    pub rows: Rows,
    /// The records of which the data do not say what makes them one.
    pub undecided: Rows,
    /// What has been read.
    pub reads: Reads,
    /// The fields without a value.
    pub open: Vec<FieldRef>,
    /// Why it cannot be carried out, if its declaration is at fault.
    pub fault: Option<String>,
}

/// Puts conditions to records, and remembers the answers.
#[derive(Debug)]
pub struct Sieve {
    dataset: Arc<Dataset>,
    frame: Frame,
    groups: Groups,
    sifted: BTreeMap<(usize, String), Arc<Sifted>>,
    seats: BTreeMap<(usize, usize), Arc<Vec<Arc<Rows>>>>,
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

    /// What a condition says of every record of a table.
    pub fn sift(&mut self, table: usize, criterion: &Criterion) -> Arc<Sifted> {
        let key = (table, criterion.source());
        if let Some(known) = self.sifted.get(&key) {
            return known.clone();
        }
        let sifted = Arc::new(self.put(table, criterion));
        self.sifted.insert(key, sifted.clone());
        sifted
    }

    /// Of these records the first for each value of an expression.
    pub fn once(&self, table: usize, rows: &Rows, per: &Expression) -> Once {
        let none = || Rows::none(self.dataset.n_rows(table));
        let (trace, mut seen) = (Arc::new(Trace::of_columns()), BTreeSet::new());
        let mut once =
            Once { rows: none(), undecided: none(), reads: Reads::default(), open: Vec::new(), fault: None };
        for row in rows.iter() {
            match per.evaluate(&self.scene((table, row), &trace).context()) {
                Ok(value) if seen.insert(value.to_string()) => once.rows.insert(row),
                Ok(_) => {}
                Err(why) => {
                    let own = Arc::new(Trace::default());
                    let _ = per.evaluate(&self.scene((table, row), &own).context());
                    once.open.extend(own.absent());
                    once.undecided.insert(row);
                    if let Unanswered::Fault(why) = why {
                        once.fault = Some(why);
                    }
                }
            }
        }
        Once { reads: trace.reads(), ..once }
    }

    /// The records of a table that belong to each record of another: the members of each committee.
    pub fn seats(&mut self, table: usize, of: usize) -> Arc<Vec<Arc<Rows>>> {
        if let Some(known) = self.seats.get(&(table, of)) {
            return known.clone();
        }
        let n_rows = self.dataset.n_rows(table);
        let mut seats = vec![Rows::none(n_rows); self.dataset.n_rows(of)];
        if let Some(way) = self.dataset.schemas.way(table, of) {
            for row in 0..n_rows {
                if let Some(seat) = self.dataset.walk(table, row, &way) {
                    seats[seat].insert(row);
                }
            }
        }
        let seats: Arc<Vec<Arc<Rows>>> = Arc::new(seats.into_iter().map(Arc::new).collect());
        self.seats.insert((table, of), seats.clone());
        seats
    }

    /// A scene around a record, with the names of the frame.
    pub fn scene(&self, (table, row): (usize, usize), trace: &Arc<Trace>) -> Scene {
        let record = RecordRef { dataset: self.dataset.clone(), table, row, trace: trace.clone() };
        self.frame.scene(record)
    }

    fn put(&mut self, table: usize, criterion: &Criterion) -> Sifted {
        let alike = self.groups.by(&self.dataset, table, &criterion.variables());
        let n_rows = self.dataset.n_rows(table);
        let trace = Arc::new(Trace::of_columns());
        let firsts = alike.first.iter().filter(|it| **it < n_rows);
        let verdicts: Vec<Verdict> =
            firsts.map(|row| criterion.test(&self.scene((table, *row), &trace))).collect();
        let is_open = |it: &Verdict| matches!(it, Verdict::Undecided(_) | Verdict::Fault(_));
        let numbered = verdicts.iter().enumerate();
        let open = numbered.filter(|(_, it)| is_open(it)).map(|(group, _)| {
            let first = alike.first[group];
            (u32::try_from(group).unwrap_or(u32::MAX), self.why((table, first), criterion))
        });
        let open = open.collect();
        let verdict = |row: usize| &verdicts[alike.group[row] as usize];
        let holds = Rows::such_that(n_rows, |row| *verdict(row) == Verdict::Holds);
        let undecided = Rows::such_that(n_rows, |row| is_open(verdict(row)));
        let fault = verdicts.iter().find_map(|it| match it {
            Verdict::Fault(why) => Some(why.clone()),
            _ => None,
        });
        Sifted { holds, undecided, reads: trace.reads(), fault, table, alike, open }
    }

    /// Why a condition is undecided for a record.
    fn why(&self, at: (usize, usize), criterion: &Criterion) -> Open {
        let trace = Arc::new(Trace::default());
        let why = match criterion.test(&self.scene(at, &trace)) {
            Verdict::Undecided(why) | Verdict::Fault(why) => why,
            Verdict::Holds | Verdict::Fails => String::new(),
        };
        Open { at: trace.absent().or_else(|| self.imprecise(&trace.reads())), why }
    }

    /// The one date that was read and is no full day: it is why a comparison of dates is undecided.
    fn imprecise(&self, reads: &Reads) -> Option<FieldRef> {
        let is_imprecise = |it: &FieldRef| match &self.dataset.cell(*it).value {
            Value::Date(date) => date.day().is_none(),
            _ => false,
        };
        reads.fields.iter().copied().find(is_imprecise)
    }
}
