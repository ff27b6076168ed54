//! The records behind a figure, also behind one that is computed from others.

use super::filled::{CellId, FigureMade, Grid};
use crate::book::Sign;
use dataset::TableId;
use facts::Rows;

/// Records that a figure counts, or that it takes away.
#[derive(Debug, Clone, PartialEq)]
pub struct Behind {
    /// Whether they are added or taken away.
    pub sign: Sign,
    /// The cell that counts them.
    pub cell: CellId,
    /// Their table.
    pub table: TableId,
    /// The records.
    pub rows: Rows,
}

/// The records behind a figure of a table, by the cells that count them. A rate and a given figure have none.
pub fn behind(grid: &Grid, cell: CellId) -> Vec<Behind> {
    let mut found = Vec::new();
    collect(grid, cell, Sign::Plus, &mut found);
    found
}

fn collect(grid: &Grid, cell: CellId, sign: Sign, found: &mut Vec<Behind>) {
    if let Some((table, rows)) = grid.records(cell) {
        found.push(Behind { sign, cell, table, rows });
    }
    if let FigureMade::Derived(terms) = &grid[cell].made {
        for (own, at) in terms {
            let sign = if *own == sign { Sign::Plus } else { Sign::Minus };
            collect(grid, *at, sign, found);
        }
    }
}
