//! A list of records, worked out.

use std::sync::Arc;

use super::Tallying;
use crate::book::Cell;
use crate::leaf::cell;
use crate::statistics::declaration::{List, ListColumn, ListValue, Sheet};
use crate::statistics::filled::FilledList;
use dataset::{RowId, Scene, Trace};
use facts::Count;

impl Tallying<'_, '_> {
    pub(super) fn list(&mut self, sheet: &Sheet, list: &List) -> FilledList {
        let trace = Arc::new(Trace::of_columns());
        let mut selection = self.select(sheet.of, sheet.wheres(sheet.of));
        if let Some(own) = self.of_committee(sheet.of) {
            selection.keep(&own);
        }
        self.note_open(sheet, sheet.of, sheet.wheres(sheet.of), &selection.doubtful);
        let mut ranked = Vec::new();
        for row in selection.certain.iter() {
            let scene = self.counting.sieve.scene(sheet.of.record(row), &trace);
            match list.order.rank_or_given(&scene) {
                Ok(rank) => ranked.push((rank, row)),
                Err(why) => {
                    self.faults.insert(sheet.origin, why);
                }
            }
        }
        ranked.sort_by(|a, b| a.0.compare(&b.0));
        let records: Vec<RowId> = ranked.into_iter().map(|it| it.1).collect();
        let mut cells = Vec::new();
        for row in &records {
            let scene = self.counting.sieve.scene(sheet.of.record(*row), &trace);
            cells.push(list.columns.iter().map(|it| self.list_cell(sheet, it, &scene)).collect());
        }
        self.reads.extend(&trace.reads());
        FilledList { table: sheet.of, records, cells }
    }

    fn list_cell(&mut self, sheet: &Sheet, column: &ListColumn, scene: &Scene) -> Cell {
        match &column.value {
            ListValue::Own(expression) => cell(expression, scene).unwrap_or_else(|why| {
                self.faults.insert(expression.origin(), why);
                Cell::Empty
            }),
            ListValue::Count(count) => self.counted(sheet, count, scene),
        }
    }

    fn counted(&mut self, sheet: &Sheet, count: &Count, scene: &Scene) -> Cell {
        let tally = count.tally(scene);
        for at in tally.open_fields() {
            self.open.entry(at).or_insert_with(|| sheet.number.clone());
        }
        self.faults.extend(tally.faults.iter().cloned());
        match tally.value() {
            Some(number) => number.whole().map_or(Cell::Decimal(number), Cell::Integer),
            None => Cell::Empty,
        }
    }
}
