//! A prescribed workbook filled in place: values into cells, rows above a tail, formulas computed anew.
//!
//! Nothing else changes: a part that has to tell something new is spliced, all others are copied as they are packed.
//!
//! ```text
//! let mut filler = Filler::open(&bytes, &Limits::STANDARD)?;
//! // Eight rows are prepared, 5 to 12 as the sheet counts them; fourteen are wanted.
//! filler.make_room("表一", Prepared { first: 4, last: 11 }, 14)?;
//! filler.put("表一", (4, 1), &Put::Text("机械工程学院".to_owned()))?;
//! let filled = filler.finish()?;
//! ```
//!
//! Rows and columns are counted from zero everywhere. Addresses are those of the workbook *as it is at the time of the
//! call*: after rows were inserted, what stood below them stands further down, and [`Filler::place`] tells where.
//!
//! Rows are inserted as spreadsheet programs do it: an area grows if they come between its first and its last row, so that
//! a sum over rows 5 to 12 takes in what is inserted above row 12, not what is inserted above row 13.
//! [`Filler::make_room`] inserts above the last prepared row for this reason.
//! Where a sheet takes its rows from another row by row, insert into the other one first.

mod fault;
mod book;
mod written;
mod rules;
mod rows;
mod sheet;
mod beyond;
mod insert;
mod day;
mod put;
mod compute;

use std::collections::BTreeMap;

use self::book::Book;
pub use self::fault::{FillFault, Immovable};
use self::insert::Moving;
pub use self::put::Put;
use self::put::{Content, Fillable, Putting};
use crate::formula::LAST;
use crate::{Cell, CellValue, Edits, Limits, NotComputed};

/// A workbook that is being filled.
pub struct Filler<'b> {
    book: Book<'b>,
    day_format: String,
    /// What is to be put, by the number of the sheet.
    puts: BTreeMap<usize, BTreeMap<Cell, Content>>,
    fillable: BTreeMap<usize, Fillable>,
    /// Rows that were inserted, in this order: sheet, row, number.
    inserted: Vec<(usize, u32, u32)>,
}

/// Rows that are to be inserted into a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRows {
    /// The row above which they come: it and all below it move down.
    pub before: u32,
    /// How many.
    pub count: u32,
    /// The row that they are like, by its number before the insertion: height, looks, areas merged within the row,
    /// validations and conditional formats, formulas. What was written there is not repeated.
    pub like: u32,
}

/// Rows of a sheet that are prepared for entries, the first and the last among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prepared {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// A workbook that was filled.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The package.
    pub bytes: Vec<u8>,
    /// What became of every formula, in the order of sheets, rows and columns.
    pub formulas: Vec<Computed>,
}

/// A formula, and what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The sheet in which it stands.
    pub sheet: String,
    /// Its cell in the filled workbook.
    pub cell: Cell,
    /// The formula without `=`, as it reads in this cell now.
    pub formula: String,
    /// What the blank said that it gives; [`CellValue::Empty`] if it said nothing, as in new rows.
    pub before: CellValue,
    /// What it gives now, which also stands in the package; or why it was not computed: then the package says nothing, and
    /// programs compute it when they open it.
    pub now: Result<CellValue, NotComputed>,
}

impl<'b> Filler<'b> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// If it is no workbook of this format, or its parts cannot be read.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, FillFault> {
        Ok(Self {
            book: Book::open(bytes, limits)?,
            day_format: "yyyy\\-mm\\-dd".to_owned(),
            puts: BTreeMap::new(),
            fillable: BTreeMap::new(),
            inserted: Vec::new(),
        })
    }

    /// The names of all sheets in their order; those that a chart fills are among them.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.book.sheets.iter().map(|it| it.name.as_str())
    }

    /// The number format (ECMA-376 part 1, 18.8.31) of days in cells that have none for days; at first `yyyy\-mm\-dd`.
    pub fn set_day_format(&mut self, code: &str) {
        code.clone_into(&mut self.day_format);
    }

    /// Puts a value into a cell, whose look stays; rows and cells that are not there are made. What was put into the same
    /// cell before gives way.
    ///
    /// # Errors
    /// If there is no such sheet or cell, a formula stands there, it is covered by another one with which it is merged, or
    /// it cannot hold the value. Nothing has changed then.
    pub fn put(&mut self, sheet: &str, cell: Cell, put: &Put) -> Result<(), FillFault> {
        let number = self.book.sheet(sheet)?;
        if !self.fillable.contains_key(&number) {
            let part = self.book.sheets[number].part.clone();
            let read = Fillable::read(&self.book.tree(&part)?);
            self.fillable.insert(number, read);
        }
        if let Some(fillable) = self.fillable.get(&number) {
            fillable.check(cell)?;
        }
        let content = Content::read(put, self.book.is_from_1904)?;
        if let Put::Text(text) = put {
            crate::edits::check(text)?;
        }
        self.puts.entry(number).or_default().insert(cell, content);
        Ok(())
    }

    /// Inserts rows. Everything that tells cells of the sheet follows, in all sheets: formulas, merged areas, validations,
    /// conditional formats, links, filters, areas and titles that are printed and other names, page breaks, notes,
    /// pictures and charts and what these show, tables, sparklines.
    ///
    /// A formula in the row `before` that is the same as the one above it, seen from its own place, goes on from the row
    /// that will be above it: numbers that count up do not begin again.
    ///
    /// # Errors
    /// If something would have to move that is not followed here: pivot tables, form controls, embedded objects,
    /// conversations, formulas that would be torn apart ([`Immovable`] says which). Nothing has changed then.
    pub fn insert_rows(&mut self, sheet: &str, rows: NewRows) -> Result<(), FillFault> {
        let number = self.book.sheet(sheet)?;
        let last = u64::from(rows.before) + u64::from(rows.count);
        if last > u64::from(LAST.0) || rows.like > LAST.0 {
            return Err(FillFault::Off);
        }
        if rows.count == 0 {
            return Ok(());
        }
        Moving::new(&mut self.book, number, rows).run()?;
        self.fillable.clear();
        self.inserted.push((number, rows.before, rows.count));
        if let Some(puts) = self.puts.remove(&number) {
            let moved = puts.into_iter().map(|((row, col), it)| {
                let row = if row >= rows.before { row + rows.count } else { row };
                ((row, col), it)
            });
            self.puts.insert(number, moved.collect());
        }
        Ok(())
    }

    /// Makes room for so many entries: inserts what is lacking above the last prepared row, so that sums over the prepared
    /// rows grow. The new rows are like the row above that one, or like the last itself if there are fewer than three,
    /// since the first may begin what the others go on with. The entries then stand in the rows from `first` on. Gives how
    /// many rows were inserted: none if there is room.
    ///
    /// Of a single prepared row sums do not grow: it moves down below the new ones, as spreadsheet programs do it.
    ///
    /// # Errors
    /// As [`Filler::insert_rows`].
    pub fn make_room(&mut self, sheet: &str, prepared: Prepared, wanted: u32) -> Result<u32, FillFault> {
        let n_rows = prepared.last.saturating_sub(prepared.first).saturating_add(1);
        let count = wanted.saturating_sub(n_rows);
        let like = if n_rows < 3 { prepared.last } else { prepared.last - 1 };
        self.insert_rows(sheet, NewRows { before: prepared.last, count, like })?;
        Ok(count)
    }

    /// Where a cell of the blank stands by now.
    ///
    /// # Errors
    /// If there is no such sheet.
    pub fn place(&self, sheet: &str, (row, col): Cell) -> Result<Cell, FillFault> {
        let number = self.book.sheet(sheet)?;
        let own = self.inserted.iter().filter(|it| it.0 == number);
        Ok((own.fold(row, |row, it| if row >= it.1 { row.saturating_add(it.2) } else { row }), col))
    }

    /// The filled workbook: all values put, all formulas computed that can be.
    ///
    /// # Errors
    /// If a part cannot be changed or the package cannot be written.
    pub fn finish(mut self) -> Result<Filled, FillFault> {
        self.flush()?;
        if !self.inserted.is_empty() {
            self.book.drop_chain();
        }
        let formulas = compute::compute(&mut self.book)?;
        if !formulas.is_empty() && self.book.is_changed() {
            self.book.ask_for_computing()?;
        }
        Ok(Filled { bytes: self.book.finish()?, formulas })
    }

    /// Puts everything that waits to be put.
    fn flush(&mut self) -> Result<(), FillFault> {
        let puts = std::mem::take(&mut self.puts);
        if puts.is_empty() {
            return Ok(());
        }
        let has_days = puts.values().flat_map(BTreeMap::values).any(|it| matches!(it, Content::Day(_)));
        let mut styles = self.book.styles()?;
        for (number, puts) in puts {
            let part = self.book.sheets[number].part.clone();
            let tree = self.book.tree(&part)?;
            let putting = Putting {
                tree: &tree,
                styles: &mut styles,
                day_format: &self.day_format,
                edits: Edits::default(),
            };
            let bytes = putting.run(&puts)?;
            self.book.put(&part, bytes);
        }
        if has_days && styles.is_changed() {
            self.book.put_styles(styles)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod follow_tests;
