//! A list of records, worked out.

use std::sync::Arc;

use super::Tallying;
use crate::book::{Align, Cell};
use crate::data::leaf;
use crate::statistics::declaration::{List, ListColumn, ListValue, Sheet};
use crate::statistics::filled::FilledList;
use dataset::{FieldRef, Scene, Trace};
use words::{self, Unanswered};

impl Tallying<'_, '_> {
    pub(super) fn list(&mut self, sheet: &Sheet, list: &List) -> FilledList {
        let trace = Arc::new(Trace::of_columns());
        let sorted = self.sort(sheet.of, sheet.wheres(sheet.of));
        let (mut wanted, mut in_doubt) = (sorted.holds.clone(), sorted.possible);
        in_doubt.remove(&sorted.holds);
        if let Some(own) = self.of_committee(sheet.of) {
            wanted.keep(&own);
            in_doubt.keep(&own);
        }
        self.note_open(sheet, (sheet.of, sheet.wheres(sheet.of)), &in_doubt);
        let mut ranked = Vec::new();
        for row in wanted.iter() {
            let scene = self.counting.sieve.scene((sheet.of, row), &trace);
            match list.order.rank_or_given(&scene) {
                Ok(rank) => ranked.push((rank, row)),
                Err(why) => {
                    self.faults.insert(sheet.origin, why);
                }
            }
        }
        ranked.sort_by(|a, b| a.0.compare(&b.0));
        let records: Vec<usize> = ranked.into_iter().map(|it| it.1).collect();
        let mut cells = Vec::new();
        for row in &records {
            let scene = self.counting.sieve.scene((sheet.of, *row), &trace);
            cells.push(list.columns.iter().map(|it| self.list_cell(sheet, it, &scene)).collect());
        }
        self.reads.extend(&trace.reads());
        FilledList { table: sheet.of, records, cells }
    }

    fn list_cell(&mut self, sheet: &Sheet, column: &ListColumn, scene: &Scene) -> Cell {
        match &column.value {
            ListValue::Text(expression) => match leaf(expression, scene, "") {
                Ok(text) if text.is_empty() => Cell::Empty,
                Ok(text) => match text.parse() {
                    // Only what stands at the right is a quantity; a code of digits stays text.
                    Ok(number) if column.align == Align::Right => Cell::Integer(number),
                    _ => Cell::Text(text),
                },
                Err(why) => {
                    self.faults.insert(expression.origin(), why);
                    Cell::Empty
                }
            },
            ListValue::Count(count) => match count.tally(scene) {
                Ok(tally) if tally.undecided.is_empty() => number(&tally.value_with(0, "")),
                Ok(_) => {
                    let key = scene.record.dataset.schema(sheet.of).key.first().copied().unwrap_or_default();
                    let at = FieldRef { table: sheet.of, row: scene.record.row, field: key };
                    self.open.entry(at).or_insert_with(|| sheet.number.clone());
                    Cell::Empty
                }
                Err(why) => {
                    let (Unanswered::Missing(why) | Unanswered::Undecided(why) | Unanswered::Fault(why)) =
                        why;
                    self.faults.insert(sheet.origin, why);
                    Cell::Empty
                }
            },
        }
    }
}

fn number(value: &minijinja::Value) -> Cell {
    match words::decimal(value) {
        Some(number) => number.whole().map_or(Cell::Decimal(number), Cell::Integer),
        None => Cell::Empty,
    }
}
