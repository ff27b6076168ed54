//! References in formulas after rows were inserted, and in formulas that are copied to another cell.

use super::reference::{Corner, LAST, Part, Reference, Sheet};
use super::tokens::{Kind, Token, tokens};
use crate::{Cell, cell_name};

/// Rows that are inserted into a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Insertion {
    /// The sheet.
    pub(crate) sheet: String,
    /// The row above which they come, counted from zero.
    pub(crate) before: u32,
    /// How many.
    pub(crate) count: u32,
    /// The names of all sheets in their order: a span of sheets may hold this one.
    pub(crate) sheets: Vec<String>,
}

/// Why a formula cannot follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    /// It refers to a span of sheets of which one gets rows.
    Span,
    /// What it refers to would lie outside of the sheet.
    Off,
    /// It refers relatively to cells of which some move and others do not.
    Torn,
}

impl Insertion {
    /// Where a row stands afterwards.
    pub(crate) fn row(&self, row: u32) -> u32 {
        if row >= self.before { row.saturating_add(self.count) } else { row }
    }

    /// Where the corners of an area stand afterwards: it grows if rows come into it.
    pub(crate) fn area(&self, [from, to]: [Cell; 2]) -> [Cell; 2] {
        let last = if to.0 >= LAST.0 { to.0 } else { self.row(to.0) };
        [(self.row(from.0), from.1), (last, to.1)]
    }

    /// Whether a reference leads to the sheet, seen from a formula in a sheet of this name.
    pub(crate) fn concerns(&self, reference: &Reference, own: &str) -> Result<bool, Stuck> {
        match &reference.sheet {
            None => Ok(is_same(own, &self.sheet)),
            Some(Sheet::Named(name)) => Ok(is_same(name, &self.sheet)),
            Some(Sheet::Outside) => Ok(false),
            Some(Sheet::Span(from, to)) => {
                let place = |name: &str| self.sheets.iter().position(|it| is_same(it, name));
                let (from, to, own) = (place(from), place(to), place(&self.sheet));
                let is_within = own >= from.min(to) && own <= from.max(to);
                if is_within { Err(Stuck::Span) } else { Ok(false) }
            }
        }
    }

    /// A formula of a sheet after the insertion, as spreadsheet programs change it.
    pub(crate) fn formula(&self, formula: &str, own: &str) -> Result<String, Stuck> {
        self.each_row(formula, own, &mut |part, is_last| self.moved(part, is_last))
    }

    /// A formula that goes on from the row above it, in a row that moves: its relative rows move with it.
    pub(crate) fn series(&self, formula: &str, own: &str) -> Result<String, Stuck> {
        self.each_row(formula, own, &mut |part, is_last| {
            if part.is_fixed {
                return self.moved(part, is_last);
            }
            Some(part.number.saturating_add(self.count)).filter(|it| *it <= LAST.0).ok_or(Stuck::Off)
        })
    }

    /// Whether a formula of the first row that moves takes, of all rows above, the one directly above it and no other.
    pub(crate) fn is_next(&self, formula: &str, own: &str) -> bool {
        let mut takes = (false, false);
        let seen = self.each_row(formula, own, &mut |part, _| {
            let is_above = !part.is_fixed && part.number < self.before;
            let is_next = part.number.checked_add(1) == Some(self.before);
            takes = (takes.0 | (is_above && is_next), takes.1 | (is_above && !is_next));
            Ok(part.number)
        });
        seen.is_ok() && takes == (true, false)
    }

    /// The text of a defined name: relative rows are seen from whatever cell uses it, and stay unless they would lead into
    /// what moves.
    pub(crate) fn name(&self, formula: &str) -> Result<String, Stuck> {
        self.each_row(formula, "", &mut |part, is_last| {
            let moved = self.moved(part, is_last)?;
            if part.is_fixed || moved == part.number { Ok(moved) } else { Err(Stuck::Torn) }
        })
    }

    /// Puts each row of each reference to the sheet to a function and writes down what comes of it.
    pub(crate) fn each_row(
        &self,
        formula: &str,
        own: &str,
        change: &mut dyn FnMut(&Part, bool) -> Result<u32, Stuck>,
    ) -> Result<String, Stuck> {
        let mut text = Rewriting::new(formula);
        for token in tokens(formula) {
            let Kind::Reference(found) = &token.kind else { continue };
            if !self.concerns(found, own)? {
                continue;
            }
            // A single cell has to stay within the sheet, the end of an area need not.
            for (is_last, corner) in [(false, Some(&found.from)), (true, found.to.as_ref())] {
                if let Some(row) = corner.and_then(|it| it.row.as_ref()) {
                    let new = change(row, is_last)?;
                    text.put(row, (new + 1).to_string());
                }
            }
        }
        Ok(text.finish())
    }

    /// Where a row of a reference is afterwards.
    pub(crate) fn moved(&self, part: &Part, is_last: bool) -> Result<u32, Stuck> {
        if is_last && part.number == LAST.0 {
            return Ok(part.number);
        }
        Some(self.row(part.number)).filter(|it| *it <= LAST.0).ok_or(Stuck::Off)
    }
}

/// Whether two names are of one sheet.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

/// A formula as it reads when it is copied from one cell to another.
pub(crate) fn copied(formula: &str, from: Cell, to: Cell) -> Result<String, Stuck> {
    let mut text = Rewriting::new(formula);
    for Token { kind, .. } in tokens(formula) {
        let Kind::Reference(found) = kind else { continue };
        for Corner { row, col } in found.corners() {
            if let Some(col) = col.as_ref().filter(|it| !it.is_fixed) {
                let name = cell_name((0, shifted(col.number, (from.1, to.1), LAST.1)?));
                text.put(col, name.trim_end_matches('1').to_owned());
            }
            if let Some(row) = row.as_ref().filter(|it| !it.is_fixed) {
                let new = shifted(row.number, (from.0, to.0), LAST.0)?;
                text.put(row, (new + 1).to_string());
            }
        }
    }
    Ok(text.finish())
}

fn shifted(number: u32, (from, to): (u32, u32), last: u32) -> Result<u32, Stuck> {
    let moved = u64::from(number) + u64::from(to);
    let moved = moved.checked_sub(u64::from(from)).and_then(|it| u32::try_from(it).ok());
    moved.filter(|it| *it <= last).ok_or(Stuck::Off)
}

/// A formula while parts of it are written anew, from left to right.
struct Rewriting<'f> {
    formula: &'f str,
    new: String,
    kept: usize,
}

impl<'f> Rewriting<'f> {
    fn new(formula: &'f str) -> Self {
        Self { formula, new: String::new(), kept: 0 }
    }

    fn put(&mut self, part: &Part, text: String) {
        if let Some(before) = self.formula.get(self.kept..part.range.start) {
            self.new.push_str(before);
            self.new.push_str(&text);
            self.kept = part.range.end;
        }
    }

    fn finish(mut self) -> String {
        self.new.push_str(self.formula.get(self.kept..).unwrap_or_default());
        self.new
    }
}
