//! The plan of a sheet: which row holds what, and how wide each column is.

use rust_decimal::{Decimal, RoundingStrategy};

use super::measure::{self, BODY, PADDING};
use crate::documents::{Cell, Column, Paper, Table};

/// Widths beyond which a column wraps rather than grows, in half-width characters.
const WIDEST: usize = 40;

/// The same for a column whose longest text would otherwise make a row higher than Excel allows.
const WIDEST_OF_ALL: usize = 100;

/// Lines of a cell that such a text should not exceed.
const MOST_LINES: usize = 20;

/// A heading of up to so many half-width characters is not broken.
const UNBROKEN: usize = 8;

/// A narrow table is stretched to the paper, but no column beyond this factor.
const STRETCH: f64 = 1.8;

/// Positions of a sheet, counted from zero.
pub(super) struct Plan {
    /// Width of each column, in characters of the default face.
    pub(super) widths: Vec<f64>,
    /// The row of the line below the title, if there is one.
    pub(super) line: Option<u32>,
    /// First row of the headings.
    pub(super) head: u32,
    /// First row of the data.
    pub(super) body: u32,
    /// Last row of the table; the last heading's if it has no data.
    pub(super) foot: u32,
    /// Last column of the table.
    pub(super) right: u16,
}

impl Plan {
    /// Plans a sheet, whose rows and columns are known to fit.
    pub(super) fn new(sheet: &Table) -> Self {
        let line = (!sheet.lines.is_empty()).then_some(1);
        let (head, body) = (sheet.head().0, sheet.body().0);
        let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        let right = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        Self { widths: widths(sheet), line, head, body, foot: body + rows - 1, right }
    }

    /// Width of the columns from `first` to `last`, as one cell.
    pub(super) fn span(&self, first: u16, last: u16) -> f64 {
        self.widths.iter().take(usize::from(last) + 1).skip(usize::from(first)).sum()
    }
}

/// Shares the columns among the texts of a line, each as its text needs and at least one: the
/// first and last column of each text. There are fewer shares than texts if columns are too few.
pub(super) fn shares(texts: &[String], right: u16) -> Vec<(u16, u16)> {
    let columns = usize::from(right) + 1;
    let count = texts.len().min(columns);
    let needs: Vec<usize> = texts.iter().take(count).map(|it| measure::units(it) + 4).collect();
    let total = needs.iter().sum::<usize>().max(1);
    let (mut shares, mut first, mut sum) = (Vec::new(), 0_usize, 0);
    for (at, need) in needs.iter().enumerate() {
        sum += need;
        let ideal = (columns * sum).div_ceil(total);
        let end = ideal.clamp(first + 1, columns - (count - at - 1));
        shares.push((narrow(first), narrow(end - 1)));
        first = end;
    }
    shares
}

fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// Given widths stay; the others follow their content and share what the paper leaves.
fn widths(sheet: &Table) -> Vec<f64> {
    let natural = |(at, column): (usize, &Column)| match column.width {
        Some(characters) => measure::width(usize::from(characters) * 2, BODY),
        None => content(sheet, at, column),
    };
    let mut widths: Vec<f64> = sheet.columns.iter().enumerate().map(natural).collect();
    let (mut fixed, mut free) = (0.0, 0.0);
    for (column, width) in sheet.columns.iter().zip(&widths) {
        *if column.width.is_some() { &mut fixed } else { &mut free } += width;
    }
    let room = paper(sheet.paper) - fixed;
    if free > 0.0 && room > free {
        let factor = (room / free).min(STRETCH);
        let stretched = sheet.columns.iter().zip(&mut widths).filter(|(column, _)| column.width.is_none());
        stretched.for_each(|(_, width)| *width *= factor);
    }
    widths
}

/// The width for the longest text of a column, and for its heading on two lines.
fn content(sheet: &Table, at: usize, column: &Column) -> f64 {
    let texts = sheet.rows.iter().filter_map(|row| row.cells.get(at)).map(shown);
    let longest = texts.map(|text| measure::units(&text)).max().unwrap_or(0);
    let cap = (longest / MOST_LINES).clamp(WIDEST, WIDEST_OF_ALL);
    let heading = column.heading.last().map_or(0, |text| measure::units(text));
    let heading = heading.div_ceil(2).max(heading.min(UNBROKEN));
    measure::width(longest.min(cap).max(heading).max(4), BODY)
}

/// What a cell shows.
pub(super) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Above => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Percent { value, places } => percent(*value, *places),
        Cell::Formula { value, .. } => shown(value),
    }
}

/// A share in percent, rounded half up as a spreadsheet shows it.
fn percent(value: Decimal, places: u8) -> String {
    let rounded = (value * Decimal::ONE_HUNDRED)
        .round_dp_with_strategy(u32::from(places), RoundingStrategy::MidpointAwayFromZero);
    format!("{rounded:.*}%", usize::from(places))
}

/// The width between the margins in characters of the default face, each 8 of 96 pixels an inch;
/// a little less than the paper has, so that printing is not scaled for a rounding error.
fn paper(paper: Paper) -> f64 {
    let millimetres = match paper {
        Paper::A4Portrait => 210.0,
        Paper::A4Landscape => 297.0,
        Paper::A3Landscape => 420.0,
    };
    (millimetres - 2.0 * super::style::MARGIN) / 25.4 * 96.0 / 8.0 * 0.97 - PADDING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_shared_by_need_and_leaves_each_text_a_column() {
        let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(shares(&texts(&["填报单位：示例理工大学"]), 5), [(0, 5)]);
        assert_eq!(shares(&texts(&["填报单位：甲", "填报日期：乙"]), 5), [(0, 2), (3, 5)]);
        assert_eq!(shares(&texts(&["长".repeat(200).as_str(), "短", "短"]), 3), [(0, 1), (2, 2), (3, 3)]);
        assert_eq!(shares(&texts(&["甲", "乙", "丙"]), 1), [(0, 0), (1, 1)]);
    }
}
