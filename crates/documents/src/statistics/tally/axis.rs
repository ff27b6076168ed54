//! The lines of an axis with the records that they stand for; a line for each record of a table where that is declared.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Tallying;
use crate::leaf::leaf;
use crate::statistics::filled::FilledLine;
use crate::statistics::line::{Each, Line, LineKind, Sources};
use dataset::{RecordId, TableId, Trace};
use facts::{Criterion, Rows};

/// The lines of an axis, worked out.
#[derive(Default)]
pub(super) struct Axis<'l> {
    pub(super) lines: Vec<FilledLine>,
    /// Per table: the records that some line holds or may hold.
    possible: BTreeMap<TableId, Rows>,
    /// Per table: the conditions of a line with the records that it may hold.
    open: BTreeMap<TableId, Vec<(&'l [Criterion], Rows)>>,
    /// The records that belong to no line of a table's lines, though to one of them they should; with that table.
    pub(super) adrift: Vec<(TableId, TableId, Rows)>,
}

impl Axis<'_> {
    /// The records of a table that some line holds or may hold.
    pub(super) fn possible(&self, table: TableId) -> Rows {
        self.possible.get(&table).cloned().unwrap_or_default()
    }

    /// The conditions of each line on a table, with the records of which it is not known whether it holds them.
    pub(super) fn open(&self, table: TableId) -> &[(&[Criterion], Rows)] {
        self.open.get(&table).map_or(&[], Vec::as_slice)
    }
}

impl Tallying<'_, '_> {
    pub(super) fn axis<'l>(&mut self, declared: &'l [Line]) -> Axis<'l> {
        let mut axis = Axis::default();
        for (idx, line) in declared.iter().enumerate() {
            let rows = match &line.kind {
                LineKind::Counted(sources) | LineKind::Each(_, sources) => self.sorted(sources, &mut axis),
                _ => BTreeMap::new(),
            };
            let (id, title) = (line.id.clone(), line.title.clone());
            let whole = FilledLine { id, title, declared: idx, record: None, rows };
            match &line.kind {
                LineKind::Each(each, _) => self.add_each(&whole, each, &mut axis),
                _ => axis.lines.push(whole),
            }
        }
        axis
    }

    fn sorted<'l>(&mut self, sources: &'l Sources, axis: &mut Axis<'l>) -> BTreeMap<TableId, Arc<Rows>> {
        let mut rows = BTreeMap::new();
        for (table, criteria) in sources {
            let selection = self.select(*table, criteria);
            let none = || Rows::none(self.counting.sieve.dataset().n_rows(*table));
            axis.possible.entry(*table).or_insert_with(none).add(&selection.possible());
            if !selection.doubtful.is_empty() {
                axis.open.entry(*table).or_default().push((criteria, selection.doubtful));
            }
            rows.insert(*table, Arc::new(selection.certain));
        }
        rows
    }

    /// Divides a line into one for each record of a table.
    fn add_each(&mut self, whole: &FilledLine, each: &Each, axis: &mut Axis<'_>) {
        let trace = Arc::new(Trace::of_columns());
        let dataset = self.counting.sieve.dataset().clone();
        for record in self.records_of(each, &trace) {
            let scene = self.counting.sieve.scene(record, &trace);
            let title = leaf(&each.title, &scene, "").unwrap_or_else(|_| dataset.label(record).to_string());
            let mut own = BTreeMap::new();
            for (table, rows) in &whole.rows {
                let seats = self.counting.sieve.seats(*table, each.of);
                let mut seat = seats[record.row].clone();
                if rows.count() < dataset.n_rows(*table) {
                    Arc::make_mut(&mut seat).keep(rows);
                }
                own.insert(*table, seat);
            }
            axis.lines.push(FilledLine {
                id: format!("{}.{}", whole.id, dataset.key_text(record)).into(),
                title: title.into(),
                declared: whole.declared,
                record: Some(record),
                rows: own,
            });
        }
        for table in whole.rows.keys() {
            if let Some(way) = dataset.schemas.way(*table, each.of) {
                self.reads.columns.extend(dataset.fields_of_way(*table, &way));
                let lost = Rows::such_that(dataset.n_rows(*table), |row| {
                    dataset.lost_on(table.record(row), &way).is_some()
                });
                axis.adrift.push((*table, each.of, lost));
            }
        }
        self.reads.extend(&trace.reads());
    }

    /// The records that have a line, in the order of the lines.
    fn records_of(&mut self, each: &Each, trace: &Arc<Trace>) -> Vec<RecordId> {
        let mut wanted = self.select(each.of, &each.wheres).certain;
        if let Some(own) = self.of_committee(each.of) {
            wanted.keep(&own);
        }
        let ranked = wanted.iter().map(|row| {
            let record = each.of.record(row);
            let scene = self.counting.sieve.scene(record, trace);
            (each.order.rank_or_given(&scene).unwrap_or_default(), record)
        });
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by(|a, b| a.0.compare(&b.0));
        ranked.into_iter().map(|it| it.1).collect()
    }
}
