//! References to cells in formulas: `A1`, `$B$2:C9`, `A:C`, `$1:$2`, each row and column with its place in the text.

use std::ops::Range;

use super::tokens::is_letter;
use crate::Cell;

/// The last row and the last column of a sheet (ECMA-376 part 1, 18.3.1.73; counted from zero).
pub(crate) const LAST: Cell = (1_048_575, 16_383);

/// A reference as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// `None`: the sheet in which the formula stands.
    pub(crate) sheet: Option<Sheet>,
    pub(crate) from: Corner,
    /// Its second corner; `None` if it is one cell.
    pub(crate) to: Option<Corner>,
}

/// A corner. One without a row is a column, one without a column a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Corner {
    pub(crate) row: Option<Part>,
    pub(crate) col: Option<Part>,
}

/// A row or a column, counted from zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) number: u32,
    /// Written with `$`: it stays where a formula is copied.
    pub(crate) is_fixed: bool,
    /// The letters or digits in the text, without `$`.
    pub(crate) range: Range<usize>,
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sheet {
    Named(String),
    /// From one sheet to another: `Sheet1:Sheet3!A1`.
    Span(String, String),
    /// In another file.
    Outside,
}

impl Sheet {
    /// Reads what stands before `!`, without its quotes.
    pub(super) fn read(said: &str) -> Self {
        if said.contains('[') {
            return Self::Outside;
        }
        match said.split_once(':') {
            Some((from, to)) => Self::Span(from.to_owned(), to.to_owned()),
            None => Self::Named(said.to_owned()),
        }
    }
}

impl Reference {
    /// Its corners.
    pub(crate) fn corners(&self) -> impl Iterator<Item = &Corner> {
        std::iter::once(&self.from).chain(&self.to)
    }

    /// The cells that it covers: whole rows and columns to the end of the sheet.
    pub(crate) fn area(&self) -> [Cell; 2] {
        let number = |part: &Option<Part>, none| part.as_ref().map_or(none, |it| it.number);
        let to = self.to.as_ref().unwrap_or(&self.from);
        let first = (number(&self.from.row, 0), number(&self.from.col, 0));
        let last = (number(&to.row, LAST.0), number(&to.col, LAST.1));
        [(first.0.min(last.0), first.1.min(last.1)), (first.0.max(last.0), first.1.max(last.1))]
    }
}

/// Reads a reference at the beginning of a text that begins at a byte of the formula; with its length.
pub(super) fn read(text: &str, at: usize) -> Option<(Reference, usize)> {
    let (from, len) = corner(text, at)?;
    let second = text[len..].strip_prefix(':').and_then(|rest| corner(rest, at + len + 1));
    let is_like =
        |it: &Corner| it.row.is_some() == from.row.is_some() && it.col.is_some() == from.col.is_some();
    let ends = |end: usize| {
        let next = text[end..].chars().next();
        next.is_none_or(|it| {
            !is_letter(it) && !it.is_ascii_digit() && !matches!(it, '.' | '(' | '!' | '[' | '$')
        })
    };
    match second {
        Some((to, more)) if is_like(&to) && ends(len + 1 + more) => {
            Some((Reference { sheet: None, from, to: Some(to) }, len + 1 + more))
        }
        _ => {
            let is_cell = from.row.is_some() && from.col.is_some();
            (is_cell && ends(len)).then_some((Reference { sheet: None, from, to: None }, len))
        }
    }
}

fn corner(text: &str, at: usize) -> Option<(Corner, usize)> {
    let (col, len) = match part(text, at, |it| it.is_ascii_alphabetic()) {
        Some((range, is_fixed, len)) => {
            let number = column(&text[range.start - at..range.end - at])?;
            (Some(Part { number, is_fixed, range }), len)
        }
        None => (None, 0),
    };
    let (row, more) = match part(&text[len..], at + len, |it| it.is_ascii_digit()) {
        Some((range, is_fixed, more)) => {
            let digits = &text[range.start - at..range.end - at];
            let number = digits.parse::<u32>().ok()?.checked_sub(1).filter(|it| *it <= LAST.0)?;
            (Some(Part { number, is_fixed, range }), more)
        }
        None => (None, 0),
    };
    (len + more > 0).then_some((Corner { row, col }, len + more))
}

/// Letters or digits, perhaps behind `$`: their range, whether they are fixed, the length of both.
fn part(text: &str, at: usize, is_own: fn(char) -> bool) -> Option<(Range<usize>, bool, usize)> {
    let mark = usize::from(text.starts_with('$'));
    let rest = &text[mark..];
    let n = rest.find(|it| !is_own(it)).unwrap_or(rest.len());
    (n > 0).then_some((at + mark..at + mark + n, mark == 1, mark + n))
}

fn column(letters: &str) -> Option<u32> {
    crate::cell(&format!("{letters}1")).map(|it| it.1).filter(|it| *it <= LAST.1)
}
