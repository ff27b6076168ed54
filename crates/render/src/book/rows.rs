//! The rows of a table: texts, figures in their formats, and live formulas with their values.

use rust_xlsxwriter::Format;

use super::BookFault;
use super::style::{self, Figure, SheetPart};
use super::table::{Desk, Put};
use documents::{Align, Block, Cell, Formula, LEVEL_UNITS, Protection, Row, Weight, Zero, measure};
use value::Amount;

/// Digits that a number of xlsx, a 64-bit float, keeps for certain.
const DIGITS: usize = 15;

/// How a cell looks: by its column and its row.
#[derive(Clone, Copy)]
struct Look {
    align: Align,
    zero: Zero,
    weight: Weight,
    /// How far it stands in, from zero.
    level: u8,
}

impl Desk<'_> {
    /// Writes the rows; a cell that reaches down over others is merged with them.
    pub(super) fn rows(&mut self) -> Result<(), BookFault> {
        let sheet = self.sheet;
        let mut heights = vec![measure::height(1, measure::BODY); sheet.rows.len()];
        for (at, row) in sheet.rows.iter().enumerate() {
            for (column, cell) in (0_u16..).zip(&row.cells) {
                let depth = sheet.depth(at, usize::from(column));
                if depth == 0 {
                    continue;
                }
                let look = self.look(usize::from(column), row);
                let text = cell.shown(look.zero);
                let top = self.plan.body + narrow(at);
                let block =
                    Block { rows: (top, top + narrow(depth - 1)), columns: (column, column), text: &text };
                let each = self.row_height(&block, look) / f64::from(narrow(depth));
                for height in heights.iter_mut().skip(at).take(depth) {
                    *height = height.max(each);
                }
                self.cell(&block, cell, look)?;
            }
        }
        for (row, height) in (self.plan.body..).zip(heights) {
            self.paper.set_row_height(row, height)?;
        }
        Ok(())
    }

    /// The height that a text needs beside its indentation.
    fn row_height(&self, block: &Block<'_>, look: Look) -> f64 {
        let indentation = f64::from(look.level) * measure::real(LEVEL_UNITS);
        let width = self.plan.span(block.columns.0, block.columns.1) - indentation;
        measure::height(measure::lines(block.text, width, measure::BODY), measure::BODY)
    }

    fn look(&self, column: usize, row: &Row) -> Look {
        let is_label = column < self.sheet.n_stub;
        Look {
            align: self.sheet.columns.get(column).map_or(Align::Left, |it| it.align),
            // A line number of zero would be a label, not a figure.
            zero: if is_label { Zero::Shown } else { self.sheet.zero },
            weight: row.weight,
            level: if self.sheet.label() == Some(column) { row.level } else { 0 },
        }
    }

    /// A number stays one if xlsx can hold it exactly; otherwise its digits are written as text.
    fn cell(&mut self, block: &Block<'_>, cell: &Cell, look: Look) -> Result<(), BookFault> {
        let text_format = self.format(block, SheetPart::Text(look.align), look);
        match cell {
            Cell::Formula { formula, value } => self.formula(block, formula, value, look),
            Cell::Empty if look.align == Align::Right => {
                // Whoever fills it in writes a figure, which the sums are to take up.
                let format =
                    self.format(block, SheetPart::Number(look.align, Figure::whole(look.zero)), look);
                self.put(block, &format, Put::Text(""))
            }
            Cell::Empty | Cell::Above | Cell::Text(_) => self.put(block, &text_format, Put::Text(block.text)),
            Cell::Integer(_) | Cell::Decimal(_) | Cell::Percent { .. } => {
                let Some(number) = number(cell).filter(|_| is_exact(cell)) else {
                    return self.put(block, &text_format, Put::Text(block.text));
                };
                let format = self.format(block, SheetPart::Number(look.align, figure(cell, look.zero)), look);
                self.put(block, &format, Put::Number(number))
            }
        }
    }

    fn formula(
        &mut self,
        block: &Block<'_>,
        formula: &Formula,
        value: &Cell,
        look: Look,
    ) -> Result<(), BookFault> {
        let shown = match formula {
            // A rate of nothing has no value to take the places from.
            Formula::Rate { places, .. } => Figure::percent(u32::from(*places), look.zero),
            Formula::Sum(_) | Formula::Same(_) => figure(value, look.zero),
        };
        let part = match value {
            Cell::Text(_) => SheetPart::Text(look.align),
            _ => SheetPart::Number(look.align, shown),
        };
        let format = style::part(part, look.weight, look.level);
        let format = style::ruled(format, &self.plan, block.rows, block.columns);
        let result = match value {
            Cell::Text(text) => text.clone(),
            other => number(other).map_or_else(String::new, |it| it.to_string()),
        };
        let written = self.atlas.formula(self.index, formula)?;
        self.put(block, &format, Put::Formula(&written, &result))
    }

    /// The format of a cell that the clerk may write into.
    fn format(&self, block: &Block<'_>, part: SheetPart, look: Look) -> Format {
        let format = style::part(part, look.weight, look.level);
        let format = style::ruled(format, &self.plan, block.rows, block.columns);
        if self.sheet.protection == Protection::Formulas { format.set_unlocked() } else { format }
    }
}

/// How a figure is shown, by its own places.
pub(super) fn figure(cell: &Cell, zero: Zero) -> Figure {
    match cell {
        Cell::Decimal(number) => Figure { places: number.places(), ..Figure::whole(zero) },
        Cell::Percent { places, .. } => Figure::percent(u32::from(*places), zero),
        Cell::Formula { value, .. } => figure(value, zero),
        Cell::Empty | Cell::Above | Cell::Text(_) | Cell::Integer(_) => Figure::whole(zero),
    }
}

/// The number in a cell, if there is one.
pub(super) fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(Amount::from(*number).nearest_float()),
        Cell::Decimal(value) | Cell::Percent { value, .. } => Some(value.nearest_float()),
        Cell::Formula { value, .. } => number(value),
        Cell::Empty | Cell::Above | Cell::Text(_) => None,
    }
}

/// Whether 15 digits suffice for the number; a share is not exact by its nature.
fn is_exact(cell: &Cell) -> bool {
    let text = match cell {
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        _ => return true,
    };
    text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count() <= DIGITS
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
