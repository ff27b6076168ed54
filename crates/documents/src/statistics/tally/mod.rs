//! Tallies: each condition is put to each record once, and every cell is the records that its row and column share.

mod axis;
mod cells;
mod list;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::declaration::{Body, Sheet, Statistics};
use super::filled::{Computed, Filled, FilledBody, Grid};
use super::line::Line;
use dataset::{FieldRef, Reads, RecordId, TableId};
use facts::{Criterion, Figures, Measure, Rows, Selection, Sieve, reads_of_all};
use finding::Origin;
use value::Amount;

/// A figure that was given from outside, and where it stands there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Supplied {
    /// The figure.
    pub value: Amount,
    /// Where it stands.
    pub origin: Origin,
}

/// Gives the figure of a name such as `last_year.t1.14.total`, if the project was given it.
pub type Supply<'a> = dyn Fn(&str) -> Option<Supplied> + 'a;

/// What statistics are worked out from.
pub struct Counting<'a> {
    /// Puts conditions to records, for the statistics' own period.
    pub sieve: &'a mut Sieve,
    /// The facts.
    pub figures: &'a Arc<Figures>,
    /// What was given from outside.
    pub supply: &'a Supply<'a>,
    /// The tables that nobody has reported on: what counts them has no figure.
    pub unreported: &'a BTreeSet<TableId>,
}

/// Works out statistics, over all records or over those of one committee.
pub fn compute(
    statistics: &Arc<Statistics>,
    committee: Option<RecordId>,
    counting: &mut Counting<'_>,
) -> Computed {
    let divided = statistics.divided();
    let wanted = |idx: &usize| committee.is_none() || divided.contains(idx);
    let mut tallying = Tallying {
        committee,
        counting,
        reads: Reads::default(),
        open: BTreeMap::new(),
        doubtful: BTreeSet::new(),
        faults: BTreeMap::new(),
    };
    let mut sheets = Vec::new();
    for sheet in (0..statistics.sheets.len()).filter(wanted) {
        let body = tallying.sheet(&statistics.sheets[sheet]);
        sheets.push(Filled { sheet, body });
    }
    let Tallying { mut reads, open, doubtful, faults, .. } = tallying;
    // Of a reference that was left empty, the field that stands in for it.
    reads.fields.extend(open.keys());
    let frame = counting.sieve.frame().clone();
    let statistics = statistics.clone();
    Computed { statistics, frame, committee, sheets, reads, open, doubtful, faults }
}

/// The lines of a sheet, as they are declared.
#[derive(Clone, Copy)]
struct Axes<'a> {
    rows: &'a [Line],
    columns: &'a [Line],
}

/// The work on one workbook.
struct Tallying<'a, 'c> {
    committee: Option<RecordId>,
    counting: &'a mut Counting<'c>,
    reads: Reads,
    open: BTreeMap<FieldRef, Arc<str>>,
    doubtful: BTreeSet<RecordId>,
    faults: BTreeMap<Origin, String>,
}

impl Tallying<'_, '_> {
    fn sheet(&mut self, sheet: &Sheet) -> FilledBody {
        match &sheet.body {
            Body::Figures { rows, columns, measure } => {
                FilledBody::Figures(self.grid(sheet, Axes { rows, columns }, measure))
            }
            Body::List(list) => FilledBody::List(self.list(sheet, list)),
        }
    }

    fn grid(&mut self, sheet: &Sheet, axes: Axes<'_>, measure: &Measure) -> Grid {
        let base = self.base(sheet, axes, measure);
        let row_axis = self.axis(axes.rows);
        let column_axis = self.axis(axes.columns);
        self.collect_open(sheet, &row_axis, &column_axis, &base);
        let certain = base.into_iter().map(|(table, it)| (table, it.certain)).collect();
        let mut grid =
            Grid { rows: row_axis.lines, columns: column_axis.lines, cells: Vec::new(), base: certain };
        grid.cells = self.cells(sheet, measure, axes, &grid);
        grid
    }

    /// Who is counted at all, of every table that some cell counts.
    fn base(&mut self, sheet: &Sheet, axes: Axes<'_>, measure: &Measure) -> BTreeMap<TableId, Selection> {
        let mut base = BTreeMap::new();
        for table in sheet.tables() {
            let mut selection = self.select(table, sheet.wheres(table));
            if let Some(own) = self.of_committee(table) {
                selection.keep(&own);
            }
            let dataset = self.counting.sieve.dataset();
            let lines = axes.rows.iter().chain(axes.columns).filter_map(|it| it.measure.as_ref());
            for measure in lines.chain([measure]) {
                self.reads.extend(&reads_of_all(dataset, table, measure));
            }
            base.insert(table, selection);
        }
        base
    }

    /// The records of a table that belong to the committee whose edition this is.
    fn of_committee(&mut self, table: TableId) -> Option<Arc<Rows>> {
        let RecordId { table: of, row } = self.committee?;
        let schemas = self.counting.sieve.dataset().schemas.clone();
        let way = schemas.way(table, of)?;
        let fields = self.counting.sieve.dataset().fields_of_way(table, &way);
        self.reads.columns.extend(fields);
        self.counting.sieve.seats(table, of).get(row).cloned()
    }

    /// The records of a table that satisfy all of some conditions.
    fn select(&mut self, table: TableId, criteria: &[Criterion]) -> Selection {
        let all = Rows::all(self.counting.sieve.dataset().n_rows(table));
        let selected = self.counting.sieve.select(table, all, criteria);
        self.reads.extend(&selected.reads());
        self.faults.extend(selected.faults());
        selected.selection
    }

    /// Notes the fields for lack of which somebody's cell is not known.
    fn collect_open(
        &mut self,
        sheet: &Sheet,
        rows: &axis::Axis<'_>,
        columns: &axis::Axis<'_>,
        base: &BTreeMap<TableId, Selection>,
    ) {
        for (table, base) in base {
            let mut in_doubt = base.doubtful.clone();
            in_doubt.keep(&rows.possible(*table));
            in_doubt.keep(&columns.possible(*table));
            self.note_open(sheet, *table, sheet.wheres(*table), &in_doubt);
            for (own, other) in [(rows, columns), (columns, rows)] {
                let reach = other.possible(*table);
                for (_, of, lost) in own.adrift.iter().filter(|it| it.0 == *table) {
                    let mut lost = lost.clone();
                    lost.keep(&base.possible());
                    lost.keep(&own.possible(*table));
                    lost.keep(&reach);
                    self.note_adrift(sheet, *table, *of, &lost);
                }
                for (criteria, open) in own.open(*table) {
                    let mut in_doubt = open.clone();
                    in_doubt.keep(&base.possible());
                    in_doubt.keep(&reach);
                    self.note_open(sheet, *table, criteria, &in_doubt);
                }
            }
        }
    }

    /// Notes the references that do not tell to whose line a record belongs.
    fn note_adrift(&mut self, sheet: &Sheet, table: TableId, of: TableId, rows: &Rows) {
        let dataset = self.counting.sieve.dataset().clone();
        let Some(way) = dataset.schemas.way(table, of) else { return };
        for record in rows.iter().map(|row| table.record(row)) {
            self.doubtful.insert(record);
            if let Some(at) = dataset.lost_on(record, &way) {
                self.open.entry(at).or_insert_with(|| sheet.number.clone());
            }
        }
    }

    fn note_open(&mut self, sheet: &Sheet, table: TableId, criteria: &[Criterion], rows: &Rows) {
        if rows.is_empty() {
            return;
        }
        let selected = self.counting.sieve.select(table, rows.clone(), criteria);
        for row in rows.iter() {
            for open in selected.open(row) {
                self.doubtful.insert(table.record(row));
                self.open.entry(open.at).or_insert_with(|| sheet.number.clone());
            }
        }
    }
}
