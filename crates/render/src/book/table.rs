//! One sheet: title, line, headings, rows, notes and the set-up of the page.

use rust_xlsxwriter::{Format, Formula, IgnoreError, ProtectionOptions, Worksheet};

use super::formula::Atlas;
use super::plan::{self, SheetPlan};
use super::style::{self, LINE_SIZE, SheetPart};
use super::{BookFault, LONGEST};
use documents::{Align, Block, Protection, Row, Table, blocks, measure};
use finding::cell_name;

/// Rows that a sheet of xlsx has.
const ROWS: usize = 1_048_576;

/// Columns that a sheet of xlsx has.
const COLUMNS: usize = 16_384;

/// Room to sign, in half-width characters.
const SIGNING: usize = 12;

/// A sheet being written. Every text passes `put`, which refuses what a cell cannot hold.
pub(super) struct Desk<'s> {
    pub(super) paper: &'s mut Worksheet,
    pub(super) sheet: &'s Table,
    pub(super) plan: SheetPlan,
    /// Where the cells of the book stand, and which sheet this one is.
    pub(super) atlas: &'s Atlas<'s>,
    pub(super) index: usize,
}

/// What is put into a cell.
#[derive(Clone, Copy)]
pub(super) enum Put<'s> {
    /// A text.
    Text(&'s str),
    /// A number.
    Number(f64),
    /// A formula and what it gives.
    Formula(&'s str, &'s str),
}

/// Writes the table that is the book's sheet of this index.
pub(super) fn write<'s>(
    paper: &'s mut Worksheet,
    sheet: &'s Table,
    atlas: &'s Atlas<'s>,
    index: usize,
) -> Result<(), BookFault> {
    check(sheet)?;
    paper.set_name(atlas.tab(index))?;
    // A rate of nothing is an empty text; the writer would put zero for it.
    paper.set_formula_result_default("");
    let mut desk = Desk { paper, sheet, plan: SheetPlan::new(sheet), atlas, index };
    desk.columns()?;
    desk.title()?;
    desk.line()?;
    desk.headings()?;
    desk.numbering()?;
    desk.rows()?;
    let foot = desk.signatures()?;
    let last = desk.notes(foot)?;
    desk.page(last)?;
    desk.guard()
}

/// A cell left out or added in silence would shift figures under the wrong heading.
fn check(sheet: &Table) -> Result<(), BookFault> {
    let (name, columns) = (|| sheet.name.clone(), sheet.columns.len());
    let ragged = |(at, row): (usize, &Row)| {
        let cells = row.cells.len();
        (cells != columns).then_some((at + 1, cells))
    };
    if let Some((row, cells)) = sheet.rows.iter().enumerate().find_map(ragged) {
        return Err(BookFault::Ragged { sheet: name(), row, cells, columns });
    }
    let rows = sheet.body().0 as usize + sheet.rows.len() + 1 + sheet.notes.len();
    if rows > ROWS || columns > COLUMNS {
        return Err(BookFault::TooLarge { sheet: name(), rows: sheet.rows.len(), columns });
    }
    Ok(())
}

impl Desk<'_> {
    fn columns(&mut self) -> Result<(), BookFault> {
        for (at, width) in (0_u16..).zip(&self.plan.widths) {
            self.paper.set_column_width(at, *width)?;
        }
        Ok(())
    }

    /// The title; a draft says so in it, since the header shows in print only.
    fn title(&mut self) -> Result<(), BookFault> {
        let (sheet, right) = (self.sheet, self.plan.right);
        let block = Block { rows: (0, 0), columns: (0, right), text: &sheet.title };
        self.block(&block, SheetPart::Title)?;
        let mut height = self.height(&block, SheetPart::Title) + 8.0;
        if let Some(draft) = sheet.draft.as_deref().filter(|it| !it.is_empty()) {
            let [title, mark] = [SheetPart::Title.format(), SheetPart::Draft.format()];
            let below = format!("\n{draft}");
            let parts = [(&title, sheet.title.as_str()), (&mark, below.as_str())];
            let parts = if sheet.title.is_empty() { &[(&mark, draft)][..] } else { &parts };
            self.paper.write_rich_string_with_format(0, 0, parts, &title)?;
            height += self.height(&Block { text: draft, ..block }, SheetPart::Draft);
        }
        self.paper.set_row_height(0, height)?;
        Ok(())
    }

    /// The line below the title, spread from the left edge to the right one. Two texts stand in the
    /// outermost cells and run over into the empty ones between them, however narrow those two are.
    fn line(&mut self) -> Result<(), BookFault> {
        let Some(row) = self.plan.line else { return Ok(()) };
        let right = self.plan.right;
        let texts = &self.sheet.lines;
        let need: f64 = texts.iter().map(|it| measure::width(measure::units(it), LINE_SIZE)).sum();
        let loose = texts.len() == 2 && right > 0 && need <= self.plan.span(0, right);
        let placed = if loose {
            texts.iter().cloned().zip([(0, 0), (right, right)]).collect()
        } else {
            plan::placed(texts, 4, texts.len() - 1, &self.plan.widths)
        };
        let mut height = measure::height(1, LINE_SIZE);
        for (at, (text, columns)) in placed.iter().enumerate() {
            let align = match at {
                0 => Align::Left,
                _ if at + 1 == placed.len() => Align::Right,
                _ => Align::Center,
            };
            let part = if loose { SheetPart::Loose(align) } else { SheetPart::Line(align) };
            let block = Block { rows: (row, row), columns: *columns, text };
            self.block(&block, part)?;
            if !loose {
                height = height.max(self.height(&block, part));
            }
        }
        self.paper.set_row_height(row, height)?;
        Ok(())
    }

    fn headings(&mut self) -> Result<(), BookFault> {
        let (sheet, head) = (self.sheet, self.plan.head);
        let levels = sheet.levels();
        let mut heights = vec![measure::height(1, SheetPart::Heading.size()); levels as usize];
        for block in blocks(sheet) {
            let covered = block.rows.1 - block.rows.0 + 1;
            // A heading over several rows needs its share of each of them.
            let each = self.height(&block, SheetPart::Heading) / f64::from(covered);
            for height in heights.iter_mut().take(block.rows.1 as usize + 1).skip(block.rows.0 as usize) {
                *height = height.max(each);
            }
            let rows = (head + block.rows.0, head + block.rows.1);
            self.block(&Block { rows, ..block }, SheetPart::Heading)?;
        }
        for (row, height) in (head..).zip(heights) {
            self.paper.set_row_height(row, height)?;
        }
        Ok(())
    }

    /// The row that numbers the columns.
    fn numbering(&mut self) -> Result<(), BookFault> {
        let Some(numbers) = self.sheet.numbers() else { return Ok(()) };
        let row = self.plan.body - 1;
        for (at, text) in (0_u16..).zip(&numbers) {
            self.block(&Block { rows: (row, row), columns: (at, at), text }, SheetPart::Ordinal)?;
        }
        self.paper.set_row_height(row, measure::height(1, SheetPart::Ordinal.size()))?;
        Ok(())
    }

    /// The line of signatures below the table, each with room to sign; gives the last row.
    fn signatures(&mut self) -> Result<u32, BookFault> {
        let (sheet, foot) = (self.sheet, self.plan.foot);
        if sheet.signatures.is_empty() {
            return Ok(foot);
        }
        let placed = plan::placed(&sheet.signatures, SIGNING, sheet.signatures.len(), &self.plan.widths);
        let mut height = measure::height(1, LINE_SIZE) + 6.0;
        for (text, columns) in &placed {
            let columns = *columns;
            let block = Block { rows: (foot + 1, foot + 1), columns, text };
            self.block(&block, SheetPart::Signature)?;
            height = height.max(self.height(&block, SheetPart::Signature));
        }
        self.paper.set_row_height(foot + 1, height)?;
        Ok(foot + 1)
    }

    /// The notes below the row `foot`, and the last row of the sheet.
    fn notes(&mut self, foot: u32) -> Result<u32, BookFault> {
        let (sheet, right) = (self.sheet, self.plan.right);
        let mut last = foot;
        for text in &sheet.notes {
            last += 1;
            let block = Block { rows: (last, last), columns: (0, right), text };
            self.block(&block, SheetPart::Note)?;
            self.paper.set_row_height(last, self.height(&block, SheetPart::Note))?;
        }
        Ok(last)
    }

    /// Writes a text over the cells of a block, with rules if it belongs to the table. Headings and the title
    /// are locked in a protected sheet, all other texts are the clerk's.
    fn block(&mut self, block: &Block<'_>, part: SheetPart) -> Result<(), BookFault> {
        let mut format = part.format();
        if part.is_ruled() {
            format = style::ruled(format, &self.plan, block.rows, block.columns);
        }
        let is_locked =
            matches!(part, SheetPart::Title | SheetPart::Draft | SheetPart::Heading | SheetPart::Ordinal);
        if self.sheet.protection == Protection::Formulas && !is_locked {
            format = format.set_unlocked();
        }
        self.put(block, &format, Put::Text(block.text))
    }

    /// Puts something into the cells of a block, merged if there are several.
    pub(super) fn put(&mut self, block: &Block<'_>, format: &Format, put: Put<'_>) -> Result<(), BookFault> {
        let Block { rows: (top, bottom), columns: (left, right), .. } = *block;
        if (top, left) != (bottom, right) {
            // `merge_range` would write “12” as a number.
            self.paper.merge_range(top, left, bottom, right, "", format)?;
        }
        match put {
            Put::Text(text) => {
                let length = text.encode_utf16().count();
                if length > LONGEST {
                    let (sheet, cell) = (self.sheet.name.clone(), cell_name(top, left));
                    return Err(BookFault::TooLong { sheet, cell, length });
                }
                self.paper.write_string_with_format(top, left, text, format)?;
            }
            Put::Number(number) => {
                self.paper.write_number_with_format(top, left, number, format)?;
            }
            Put::Formula(formula, result) => {
                let formula = Formula::new(formula).set_result(result);
                self.paper.write_formula_with_format(top, left, formula, format)?;
            }
        }
        Ok(())
    }

    pub(super) fn height(&self, block: &Block<'_>, part: SheetPart) -> f64 {
        let width = self.plan.span(block.columns.0, block.columns.1);
        measure::height(measure::lines(block.text, width, part.size()), part.size())
    }

    /// Paper, margins, what repeats on every page, and what stays on the screen.
    fn page(&mut self, last: u32) -> Result<(), BookFault> {
        let stub = self.stub();
        let (paper, plan) = (&mut *self.paper, &self.plan);
        style::page(paper, self.sheet.paper, self.sheet.draft.as_deref(), &self.atlas.captions().footer);
        paper.set_print_fit_to_pages(1, 0);
        paper.set_repeat_rows(plan.head, plan.body - 1)?;
        if stub > 0 {
            paper.set_repeat_columns(0, stub - 1)?;
        }
        paper.set_print_area(0, 0, last, plan.right)?;
        paper.set_freeze_panes(plan.body, stub)?;
        let n_rows = u32::try_from(self.sheet.rows.len()).unwrap_or(u32::MAX);
        if self.sheet.is_filtered && n_rows > 0 {
            paper.autofilter(plan.body - 1, 0, plan.body + n_rows - 1, plan.right)?;
        }
        Ok(())
    }

    /// How many columns label the rows; at least one is left for figures.
    fn stub(&self) -> u16 {
        u16::try_from(self.sheet.n_stub).unwrap_or(u16::MAX).min(self.plan.right)
    }

    /// Locks what is not the clerk's to change, and keeps the program's remarks about sound cells off the screen.
    fn guard(&mut self) -> Result<(), BookFault> {
        let stub = self.stub();
        let (paper, plan) = (&mut *self.paper, &self.plan);
        // Excel takes one remark for a cell: codes of digits in the labels, sums of a part in the figures.
        let labels = if stub == 0 { plan.right } else { stub - 1 };
        let remark = IgnoreError::NumberStoredAsText;
        paper.ignore_error_range(plan.head, 0, plan.foot, labels, remark)?;
        if labels < plan.right {
            let remark = IgnoreError::FormulaOmitsCells;
            paper.ignore_error_range(plan.head, labels + 1, plan.foot, plan.right, remark)?;
        }
        if self.sheet.protection == Protection::Formulas {
            let options = ProtectionOptions {
                format_cells: true,
                format_columns: true,
                format_rows: true,
                ..ProtectionOptions::default()
            };
            paper.protect_with_options(&options);
        }
        Ok(())
    }
}
