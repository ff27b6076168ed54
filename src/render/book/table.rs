//! One sheet: title, line, headings, rows, notes and the set-up of the page.

use rust_xlsxwriter::Worksheet;

use super::heading::{self, Block};
use super::plan::{self, Plan};
use super::style::{self, LINE_SIZE, Part};
use super::{BookFault, LONGEST, measure};
use crate::documents::{Align, Cell, Paper, Row, Table};
use crate::finding::cell_name;

/// Rows that a sheet of xlsx has.
const ROWS: usize = 1_048_576;

/// Columns that a sheet of xlsx has.
const COLUMNS: usize = 16_384;

/// Digits that a number of xlsx, a 64-bit float, keeps for certain.
const DIGITS: usize = 15;

/// A sheet being written. Every text passes `block`, which refuses what a cell cannot hold.
struct Desk<'s> {
    paper: &'s mut Worksheet,
    sheet: &'s Table,
    plan: Plan,
}

/// Writes a sheet under a name that is known to be free.
pub(super) fn write(paper: &mut Worksheet, sheet: &Table, name: String) -> Result<(), BookFault> {
    check(sheet)?;
    paper.set_name(name)?;
    let mut desk = Desk { paper, sheet, plan: Plan::new(sheet) };
    desk.columns()?;
    desk.title()?;
    desk.line()?;
    desk.headings()?;
    desk.rows()?;
    let last = desk.notes()?;
    desk.page(last)
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
    let rows = sheet.body().0 as usize + sheet.rows.len() + sheet.notes.len();
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
        self.block(&block, Part::Title)?;
        let mut height = self.height(&block, Part::Title) + 8.0;
        if let Some(draft) = sheet.draft.as_deref().filter(|it| !it.is_empty()) {
            let [title, mark] = [Part::Title.format(), Part::Draft.format()];
            let below = format!("\n{draft}");
            let parts = [(&title, sheet.title.as_str()), (&mark, below.as_str())];
            let parts = if sheet.title.is_empty() { &[(&mark, draft)][..] } else { &parts };
            self.paper.write_rich_string_with_format(0, 0, parts, &title)?;
            height += self.height(&Block { text: draft, ..block }, Part::Draft);
        }
        self.paper.set_row_height(0, height)?;
        Ok(())
    }

    /// The line below the title, spread from the left edge to the right one. Two texts stand in the
    /// outermost cells and run over into the empty ones between them, however narrow those two are.
    fn line(&mut self) -> Result<(), BookFault> {
        let Some(row) = self.plan.line else { return Ok(()) };
        let right = self.plan.right;
        let mut texts = self.sheet.lines.clone();
        let need: f64 = texts.iter().map(|it| measure::width(measure::units(it), LINE_SIZE)).sum();
        let loose = texts.len() == 2 && right > 0 && need <= self.plan.span(0, right);
        let shares = if loose { vec![(0, 0), (right, right)] } else { plan::shares(&texts, right) };
        // A table of too few columns: what has no column of its own follows in the last one.
        let rest = texts.split_off(shares.len() - 1).join("　");
        texts.push(rest);
        let mut height = measure::height(1, LINE_SIZE);
        for (at, (text, columns)) in texts.iter().zip(&shares).enumerate() {
            let align = match at {
                0 => Align::Left,
                _ if at + 1 == shares.len() => Align::Right,
                _ => Align::Center,
            };
            let part = if loose { Part::Loose(align) } else { Part::Line(align) };
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
        let mut heights = vec![measure::height(1, Part::Heading.size()); levels as usize];
        for block in heading::blocks(sheet) {
            let covered = block.rows.1 - block.rows.0 + 1;
            // A heading over several rows needs its share of each of them.
            let each = self.height(&block, Part::Heading) / f64::from(covered);
            for height in heights.iter_mut().take(block.rows.1 as usize + 1).skip(block.rows.0 as usize) {
                *height = height.max(each);
            }
            let rows = (head + block.rows.0, head + block.rows.1);
            self.block(&Block { rows, ..block }, Part::Heading)?;
        }
        for (row, height) in (head..).zip(heights) {
            self.paper.set_row_height(row, height)?;
        }
        Ok(())
    }

    fn rows(&mut self) -> Result<(), BookFault> {
        let sheet = self.sheet;
        for (row, cells) in (self.plan.body..).zip(&sheet.rows) {
            let mut height = 0.0_f64;
            for ((at, column), cell) in (0_u16..).zip(&sheet.columns).zip(&cells.cells) {
                let text = plan::shown(cell);
                let block = Block { rows: (row, row), columns: (at, at), text: &text };
                height = height.max(self.height(&block, Part::Text(column.align)));
                self.cell(&block, cell, column.align)?;
            }
            self.paper.set_row_height(row, height)?;
        }
        Ok(())
    }

    /// A number stays one if xlsx can hold it exactly; otherwise its digits are written as text.
    fn cell(&mut self, block: &Block<'_>, cell: &Cell, align: Align) -> Result<(), BookFault> {
        let places = match cell {
            Cell::Formula { value, .. } => return self.cell(block, value, align),
            Cell::Empty | Cell::Above | Cell::Text(_) | Cell::Percent { .. } => {
                return self.block(block, Part::Text(align));
            }
            Cell::Integer(_) => 0,
            Cell::Decimal(number) => number.scale(),
        };
        let Some(number) = exact(block.text) else { return self.block(block, Part::Text(align)) };
        let format = Part::Number(align, places).format();
        let format = style::ruled(format, &self.plan, block.rows, block.columns);
        self.paper.write_number_with_format(block.rows.0, block.columns.0, number, &format)?;
        Ok(())
    }

    /// The notes below the table, and the last row of the sheet.
    fn notes(&mut self) -> Result<u32, BookFault> {
        let (sheet, right, foot) = (self.sheet, self.plan.right, self.plan.foot);
        let mut last = foot;
        for text in &sheet.notes {
            last += 1;
            let block = Block { rows: (last, last), columns: (0, right), text };
            self.block(&block, Part::Note)?;
            self.paper.set_row_height(last, self.height(&block, Part::Note))?;
        }
        Ok(last)
    }

    /// Writes a text over the cells of a block, with rules if it belongs to the table.
    fn block(&mut self, block: &Block<'_>, part: Part) -> Result<(), BookFault> {
        let Block { rows: (top, bottom), columns: (left, right), text } = *block;
        let length = text.encode_utf16().count();
        if length > LONGEST {
            let (sheet, cell) = (self.sheet.name.clone(), cell_name(top, left));
            return Err(BookFault::TooLong { sheet, cell, length });
        }
        let mut format = part.format();
        if part.is_ruled() {
            format = style::ruled(format, &self.plan, block.rows, block.columns);
        }
        if (top, left) == (bottom, right) {
            self.paper.write_string_with_format(top, left, text, &format)?;
        } else {
            // `merge_range` would write “12” as a number.
            self.paper.merge_range(top, left, bottom, right, "", &format)?;
            self.paper.write_string_with_format(top, left, text, &format)?;
        }
        Ok(())
    }

    fn height(&self, block: &Block<'_>, part: Part) -> f64 {
        let width = self.plan.span(block.columns.0, block.columns.1);
        measure::height(measure::lines(block.text, width, part.size()), part.size())
    }

    /// Paper, margins, what repeats on every page, and what stays on the screen.
    fn page(&mut self, last: u32) -> Result<(), BookFault> {
        let (paper, plan) = (&mut *self.paper, &self.plan);
        paper.set_paper_size(if self.sheet.paper == Paper::A3Landscape { 8 } else { 9 });
        if self.sheet.paper != Paper::A4Portrait {
            paper.set_landscape();
        }
        let side = style::MARGIN / 25.4;
        paper.set_margins(side, side, 0.9, 0.8, 0.4, 0.4);
        paper.set_print_center_horizontally(true).set_print_fit_to_pages(1, 0);
        paper.set_repeat_rows(plan.head, plan.body - 1)?;
        paper.set_print_area(0, 0, last, plan.right)?;
        paper.set_freeze_panes(plan.body, 0)?;
        paper.set_footer("&C&\"宋体,常规\"&10第 &P 页 共 &N 页");
        if let Some(draft) = &self.sheet.draft {
            // `&` begins a code in a header, and more than 255 characters would be dropped.
            let mark: String = draft.replace('&', "＆").chars().take(100).collect();
            paper.set_header(format!("&C&\"黑体,常规\"&12 {mark}"));
        }
        Ok(())
    }
}

/// The number that a text shows, if 15 digits suffice for it.
fn exact(text: &str) -> Option<f64> {
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if digits > DIGITS { None } else { text.parse().ok() }
}
