//! What makes the difference between two sides: the records in the figures of one and not in those of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::weigh::Weighed;
use crate::statistics::behind::behind;
use crate::statistics::filled::Computed;
use dataset::{RecordId, TableId};

/// The side that alone counts a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// Records that only one side counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Those that the left side counts more often.
    pub(super) left: Vec<RecordId>,
    /// Those that the right side counts more often.
    pub(super) right: Vec<RecordId>,
}

/// The difference of two sides. There is none to be told if a side is no plain sum of counts, or if the sides
/// count records of different tables.
pub(super) fn difference(computed: &Computed, left: &Weighed, right: &Weighed) -> Difference {
    let is_countable = |it: &Weighed| it.is_linear && it.outside.is_empty();
    if !is_countable(left) || !is_countable(right) {
        return Difference::default();
    }
    let mut net: BTreeMap<RecordId, i64> = BTreeMap::new();
    let tables = [(left, 1), (right, -1)].map(|(side, weight)| count(computed, side, weight, &mut net));
    if tables.iter().all(|it| !it.is_empty()) && tables[0] != tables[1] {
        return Difference::default();
    }
    let only = |is_left: bool| {
        net.iter().filter(|(_, n)| **n != 0 && (**n > 0) == is_left).map(|it| *it.0).collect()
    };
    Difference { left: only(true), right: only(false) }
}

/// The tables whose records the figures of a side count.
pub(super) fn tables(computed: &Computed, side: &Weighed) -> BTreeSet<TableId> {
    let grids = side.cells.iter().filter_map(|(_, at)| Some((computed.sheets[at.sheet].grid()?, at.cell)));
    grids.flat_map(|(grid, cell)| behind(grid, cell)).map(|it| it.table).collect()
}

#[expect(clippy::arithmetic_side_effects, reason = "a record counts once for each figure of the check")]
/// Adds the records of a side to the net count and gives the tables that they are of.
fn count(
    computed: &Computed,
    side: &Weighed,
    weight: i64,
    net: &mut BTreeMap<RecordId, i64>,
) -> Vec<TableId> {
    let mut tables = Vec::new();
    for (sign, at) in &side.cells {
        let Some(grid) = computed.sheets[at.sheet].grid() else { continue };
        for part in behind(grid, at.cell) {
            let weight = if part.sign == *sign { weight } else { -weight };
            part.rows.iter().for_each(|row| *net.entry(part.table.record(row)).or_default() += weight);
            tables.push(part.table);
        }
    }
    tables.sort_unstable();
    tables.dedup();
    tables
}

impl Difference {
    /// The records of both sides with their side, those of the left one first.
    pub(super) fn all(&self) -> impl Iterator<Item = (RecordId, Only)> + '_ {
        let left = self.left.iter().map(|it| (*it, Only::Left));
        left.chain(self.right.iter().map(|it| (*it, Only::Right)))
    }
}
