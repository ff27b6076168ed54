//! What counts the records of a figure: a cell of a table, a fact, the list of a record.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Listed, first_failing, scene};
use crate::explain::Asking;
use crate::explain::cell::{Crossing, behind_within, title};
use crate::explain::target::At;
use crate::statistics::{Behind, CellId, FigureMade};
use dataset::{RecordId, TableId};
use facts::{Counter, Fact, Known, Made};

/// What counts records.
pub(in crate::explain) enum Counting<'a> {
    /// A cell of a table.
    Cell(CountingCell<'a>),
    /// A fact that is counted.
    Fact(&'a Counter, Arc<Known>),
    /// A cell of a list, or the total of its column.
    Listed(Listed<'a>),
}

/// A cell of a table, with the cells that count records for it.
pub(in crate::explain) struct CountingCell<'a> {
    at: At<'a>,
    cells: Vec<(CellId, TableId)>,
    counted: Vec<Behind>,
}

impl<'a> Counting<'a> {
    /// What counts for a cell, which is no rate.
    pub(in crate::explain) fn of_cell(at: At<'a>, asking: Asking<'_>) -> Self {
        let mut cells = Vec::new();
        if let Some(crossing) = Crossing::of(at) {
            counting_cells(&crossing, at, &mut cells);
        }
        Self::Cell(CountingCell { at, cells, counted: behind_within(at, asking) })
    }

    /// What counts for a fact; `None` if it is computed from others.
    pub(in crate::explain) fn of_fact(fact: &'a Fact, known: Arc<Known>) -> Option<Self> {
        match &fact.made {
            Made::Counted(counter) => Some(Self::Fact(counter, known)),
            Made::Derived(_) => None,
        }
    }

    /// The tables whose records it may count.
    pub(super) fn tables(&self) -> BTreeSet<TableId> {
        match self {
            Self::Cell(it) => it.cells.iter().map(|it| it.1).collect(),
            Self::Fact(counter, _) => BTreeSet::from([counter.of]),
            Self::Listed(it) => BTreeSet::from([it.table()]),
        }
    }

    /// Whether it counts a record of one of its tables, and why not.
    pub(super) fn verdict(&self, record: RecordId, asking: Asking<'_>) -> (bool, Vec<String>) {
        match self {
            Self::Cell(it) => it.verdict(record, asking),
            Self::Fact(counter, known) => of_fact(counter, known, record, asking),
            Self::Listed(it) => it.verdict(record),
        }
    }
}

impl CountingCell<'_> {
    fn verdict(&self, record: RecordId, asking: Asking<'_>) -> (bool, Vec<String>) {
        let RecordId { table, row } = record;
        let is_counted = self.counted.iter().any(|it| it.table == table && it.rows.contains(row));
        let is_within = asking.figures.records_within(asking.within, table).0.contains(row);
        let own = self.cells.iter().filter(|it| it.1 == table);
        let reasons = own.filter_map(|(cell, _)| {
            let crossing = Crossing::of(self.at.at(*cell))?;
            let is_here = is_within && crossing.grid.records(*cell).is_some_and(|it| it.1.contains(row));
            match (is_counted, is_here) {
                (true, true) => Some(format!("计入{}", crossing.title())),
                (false, false) => {
                    Some(format!("{}：{}", crossing.title(), self.why_not(&crossing, record, asking)))
                }
                _ => None,
            }
        });
        (is_counted, reasons.collect())
    }

    fn why_not(&self, crossing: &Crossing<'_>, record: RecordId, asking: Asking<'_>) -> String {
        let scene = scene(&self.at.workbook.computed.frame, asking, record);
        if let Some(why) = first_failing(&crossing.criteria(record.table), &scene) {
            return why;
        }
        for (what, line) in [("行", crossing.row), ("列", crossing.column)] {
            let is_here = line.1.rows.get(&record.table).is_some_and(|it| it.contains(record.row));
            if line.1.record.is_some() && !is_here {
                return format!("不属于{what}“{}”", title(line));
            }
        }
        match asking.range() {
            Some(range) => format!("不{}，或者不在本表统计的范围内", range.expression),
            None => "不在本表统计的范围内".to_owned(),
        }
    }
}

/// Whether a fact counts a record. What it is narrowed to is known from its records.
fn of_fact(counter: &Counter, known: &Known, record: RecordId, asking: Asking<'_>) -> (bool, Vec<String>) {
    let scene = scene(&asking.figures.frame(), asking, record);
    let criteria = counter.wheres.iter().map(|it| (String::new(), it)).collect::<Vec<_>>();
    let failing = first_failing(&criteria, &scene);
    let is_counted = known.counted.as_ref().is_some_and(|(_, rows)| rows.contains(record.row));
    // What satisfies every condition, and is not counted, belongs to somebody else or is counted already.
    let apart = || Some("不属于所问的范围，或者同一件事已由另一条记录计入".to_owned());
    let why = failing.or_else(|| if is_counted { None } else { apart() });
    (is_counted, why.into_iter().collect())
}

/// The cells that count records for a cell, with the tables that they count.
fn counting_cells(crossing: &Crossing<'_>, at: At<'_>, cells: &mut Vec<(CellId, TableId)>) {
    match &crossing.figure.made {
        FigureMade::Counted { table } => cells.push((at.cell, *table)),
        FigureMade::Derived(terms) => {
            for (_, cell) in terms {
                if let Some(crossing) = Crossing::of(at.at(*cell)) {
                    counting_cells(&crossing, at.at(*cell), cells);
                }
            }
        }
        FigureMade::Rate { .. } | FigureMade::Given(_) | FigureMade::Nothing => {}
    }
}
