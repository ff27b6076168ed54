//! How wide the columns of a table are, in the workbook and on paper: from their content, and from the paper.

use super::measure::{self, BODY, PADDING};
use super::{Cell, Column, Paper, Row, Table, Zero};

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

/// How headings may be broken so that a table of many columns fits the paper. Two characters to a line are the narrowest
/// that reads well.
const BREAKING: [Breaking; 4] = [
    Breaking { n_lines: 2, unbroken: UNBROKEN },
    Breaking { n_lines: 3, unbroken: 6 },
    Breaking { n_lines: 4, unbroken: 4 },
    Breaking { n_lines: 6, unbroken: 4 },
];

/// Into how many lines a heading may be broken.
#[derive(Clone, Copy)]
struct Breaking {
    n_lines: usize,
    /// One of up to so many half-width characters stays whole.
    unbroken: usize,
}

/// A table is rather set smaller, down to 9 points, than its headings are broken further.
const TOLERANCE: f64 = 1.2;

/// Left and right margin of the page, in millimetres.
const MARGIN: f64 = 18.0;

/// Half-width characters by which a label stands in for each level.
pub const LEVEL_UNITS: usize = 3;

impl Paper {
    /// Width and height in millimetres.
    pub fn size(self) -> (f64, f64) {
        match self {
            Self::A4Portrait => (210.0, 297.0),
            Self::A4Landscape => (297.0, 210.0),
            Self::A3Landscape => (420.0, 297.0),
        }
    }

    /// Left and right margin, in millimetres.
    pub fn margin(self) -> f64 {
        MARGIN
    }

    /// The width between the margins in characters of the default face, each 8 of 96 pixels an inch;
    /// a little less than the paper has, so that printing is not scaled for a rounding error.
    pub fn room(self) -> f64 {
        (self.size().0 - 2.0 * MARGIN) / 25.4 * 96.0 / 8.0 * 0.97 - PADDING
    }
}

impl Table {
    /// The width of each column in characters of the default face. Given widths stay; the others follow their content
    /// and share what the paper leaves.
    pub fn widths(&self) -> Vec<f64> {
        let mut widths = Vec::new();
        for breaking in BREAKING {
            widths = natural(self, breaking);
            if widths.iter().sum::<f64>() <= self.paper.room() * TOLERANCE {
                break;
            }
        }
        let (mut fixed, mut free) = (0.0, 0.0);
        for (column, width) in self.columns.iter().zip(&widths) {
            *if column.width.is_some() { &mut fixed } else { &mut free } += width;
        }
        let room = self.paper.room() - fixed;
        if free > 0.0 && room > free {
            let factor = (room / free).min(STRETCH);
            let stretched = self.columns.iter().zip(&mut widths).filter(|(column, _)| column.width.is_none());
            stretched.for_each(|(_, width)| *width *= factor);
        }
        widths
    }

    /// What the cell shows; a line number of zero would be a label, not a figure.
    pub fn shown(&self, at: usize, cell: &Cell) -> String {
        cell.shown(if at < self.n_stub { Zero::Shown } else { self.zero })
    }
}

/// The widths that the content needs. A number is never narrower than its digits, whatever was declared: a
/// spreadsheet would show ### instead.
fn natural(sheet: &Table, breaking: Breaking) -> Vec<f64> {
    let width = |(at, column): (usize, &Column)| match column.width {
        Some(characters) => {
            let digits = measure::width(digits(sheet, at), BODY);
            measure::width(usize::from(characters) * 2, BODY).max(digits)
        }
        None => content(sheet, at, column, breaking),
    };
    sheet.columns.iter().enumerate().map(width).collect()
}

/// The width for the longest text of a column, and for its heading.
fn content(sheet: &Table, at: usize, column: &Column, breaking: Breaking) -> f64 {
    let inset = |row: &Row| if sheet.label() == Some(at) { usize::from(row.level) * LEVEL_UNITS } else { 0 };
    let needs = sheet.rows.iter().filter_map(|row| {
        let text = sheet.shown(at, row.cells.get(at)?);
        Some(measure::units(&text) + inset(row))
    });
    let longest = needs.max().unwrap_or(0);
    let cap = (longest / MOST_LINES).clamp(WIDEST, WIDEST_OF_ALL);
    let heading = column.heading.last().map_or(0, |text| measure::units(text));
    let heading = heading.div_ceil(breaking.n_lines).max(heading.min(breaking.unbroken));
    measure::width(longest.min(cap).max(heading).max(4), BODY)
}

/// The longest number of a column.
fn digits(sheet: &Table, at: usize) -> usize {
    let cells = sheet.rows.iter().filter_map(|row| row.cells.get(at));
    let numbers = cells.filter(|it| !matches!(it, Cell::Text(_)));
    numbers.map(|it| measure::units(&sheet.shown(at, it))).max().unwrap_or(0)
}
