//! How much room a cell has: an estimate by its width, its height and the size of its letters.

use super::address::{Address, Spot};
use super::blank::Blank;
use super::content::width;
use super::grid::{Cell, Grid};
use super::text::Paragraph;

/// What Word leaves free at the left and the right of a cell, together, in twentieths of a point.
const SIDES: u32 = 216;
/// A line of Song type on itself, in hundredths of the size of its letters.
const LEADING: u32 = 130;

/// The room of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// So many full-width characters stand on a line.
    pub per_line: usize,
    /// So many lines there are, if the row never grows.
    pub lines: Option<usize>,
}

impl Room {
    /// How many lines a text takes.
    pub fn n_lines(&self, text: &str) -> usize {
        let per_line = (self.per_line * 2).max(1);
        text.lines().map(|it| width(it).div_ceil(per_line).max(1)).sum()
    }

    /// How many full-width characters fit, if the row never grows.
    pub fn fits(&self) -> Option<usize> {
        self.lines.map(|it| it * self.per_line)
    }
}

impl Blank {
    /// The room of a blank cell; `None` where the blank does not say how wide it is.
    pub fn room(&self, at: Address) -> Option<Room> {
        let part = self.stories.iter().find(|it| it.story == at.story)?;
        let Spot::Cell { table, row, cell } = at.spot else { return None };
        let grid = part.grids.get(table.checked_sub(1)?)?;
        let row = row.checked_sub(1)?;
        of(self, grid, grid.rows.get(row)?.cells.get(cell.checked_sub(1)?)?, row)
    }
}

/// The room of a cell in a row; `None` where the blank does not say how wide it is.
pub(crate) fn of(blank: &Blank, grid: &Grid, cell: &Cell, row: usize) -> Option<Room> {
    let letter = cell.paragraphs.first().and_then(letter_size).unwrap_or(blank.letter_size) * 10;
    let width = grid.width(cell)?.saturating_sub(SIDES);
    let exact = grid.rows[row].exact.filter(|_| cell.rows.len() == 1);
    let line = cell.paragraphs.first().and_then(line_height).unwrap_or(letter * LEADING / 100);
    Some(Room {
        per_line: (width / letter.max(1)).max(1) as usize,
        lines: exact.map(|it| (it / line.max(1)).max(1) as usize),
    })
}

/// Width and height of a cell in twentieths of a point, as far as the blank says.
pub(crate) fn size(grid: &Grid, cell: &Cell) -> (Option<u32>, Option<u32>) {
    let heights: Option<Vec<u32>> = cell.rows.clone().map(|it| grid.rows[it].height).collect();
    (grid.width(cell).map(|it| it.saturating_sub(SIDES)), heights.map(|it| it.iter().sum()))
}

/// The size of the letters of a paragraph in half points, if it says so.
fn letter_size(paragraph: &Paragraph) -> Option<u32> {
    let looks = paragraph.runs.first().map_or(&paragraph.mark, |it| &it.properties);
    said(looks, "<w:sz w:val=\"")
}

/// How high the lines of a paragraph are, if it says exactly that.
fn line_height(paragraph: &Paragraph) -> Option<u32> {
    let is_exact = paragraph.properties.contains("w:lineRule=\"exact\"");
    said(&paragraph.properties, " w:line=\"").filter(|_| is_exact)
}

fn said(xml: &str, before: &str) -> Option<u32> {
    let behind = &xml[xml.find(before)? + before.len()..];
    behind[..behind.find('"')?].parse().ok().filter(|it| *it > 0)
}
