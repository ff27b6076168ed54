//! The rows of a given table that stand for a record each: what is listed between the declared lines around them.

use super::figure::figure;
use super::layout::RowsOfFigures;
use super::lines::Places;
use crate::statistics::line::{Line, LineKind};
use source::Row;
use value::Amount;

/// The rows of a line that is declared once for each record of a table.
pub(super) struct Block {
    /// Index of the line.
    pub(super) line: usize,
    /// The titles and numbers of its rows.
    pub(super) rows: Vec<(String, u32)>,
}

/// The rows of every such line, in a table whose first row below the headings is given.
pub(super) fn blocks(lines: &[Line], places: &Places, first: u32, reading: &RowsOfFigures<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let is_each = |line: &usize| matches!(lines[*line].kind, LineKind::Each(..));
    for line in (0..lines.len()).filter(is_each) {
        let above = places.found[..line].iter().flatten().map(|it| it + 1).max().unwrap_or(first);
        let below = places.found[line + 1..].iter().flatten().filter(|it| **it >= above).min();
        // What the block before it has taken is gone.
        let taken = blocks.iter().flat_map(|it| &it.rows).map(|it| it.1 + 1).max().unwrap_or(0);
        let rows = listed(above.max(taken).max(first), below.copied(), places.label, reading);
        blocks.push(Block { line, rows });
    }
    blocks
}

/// The rows from one on, up to the line that ends them; without such a line, as far as they bear figures.
fn listed(from: u32, end: Option<u32>, label: u16, reading: &RowsOfFigures<'_>) -> Vec<(String, u32)> {
    let mut rows = Vec::new();
    let last = end.map_or(u32::MAX, |it| it.saturating_sub(1));
    for row in reading.grid.rows_within(from..=last) {
        let title = row.get(label).display().trim().to_owned();
        if reading.is_numbering(row) && rows.is_empty() {
            continue;
        }
        let is_listed = !title.is_empty() && (end.is_some() || reading.bears_figures(row));
        match (is_listed, end) {
            (true, _) => rows.push((title, row.number)),
            (false, Some(_)) => {}
            (false, None) => break,
        }
    }
    rows
}

impl RowsOfFigures<'_> {
    /// Whether a row has figures, and nothing else, in the columns that were found.
    fn bears_figures(&self, row: &Row) -> bool {
        let figures: Vec<_> = self.columns.iter().map(|it| figure(row.get(it.2))).collect();
        figures.iter().all(Result::is_ok) && figures.iter().any(|it| matches!(it, Ok(Some(_))))
    }

    /// Whether it is the row below the headings that numbers the columns: 1 2 3 …
    fn is_numbering(&self, row: &Row) -> bool {
        let number = |column: u16| figure(row.get(column)).ok().flatten();
        let counts = self.columns.windows(2).all(|it| {
            let [at, next] = [0, 1].map(|place: usize| Amount::from(i64::from(it[place].2)));
            number(it[0].2).zip(number(it[1].2)).is_some_and(|(a, b)| b.minus(a) == next.minus(at))
        });
        let is_first = |it: Amount| it >= Amount::ONE;
        let first = self.columns.iter().map(|it| number(it.2)).next().flatten();
        self.sheet.is_numbered && counts && first.is_some_and(is_first)
    }
}
