//! The sheet of one table: marks in a hidden row, title, heading, what there is already, room for more.

use jiff::civil::Date;
use rust_xlsxwriter::{Format, IgnoreError, Note, Worksheet, XlsxError};

use super::filled::Filled;
use super::limits;
use super::lists::List;
use super::look;
use super::said::{Said, Sayer};
use finding::{TableId, cell_name};
use schema::{Field, FieldKind, FormColumn, Table};
use value::{DatePart, PartialDate};

/// The rows above the heading: marks, title, who reports, how to fill in.
const TITLE: u32 = 1;
const UNIT: u32 = 2;
const HOW: u32 = 3;
const HEAD: u32 = 4;
/// So many empty rows are drawn below what there is already; more can be filled in without rules.
const N_ROWS_DRAWN: u32 = 20;
/// What may be typed is said down to this row.
const LAST_ROW: u32 = 4_999;
/// A table no broader than so many digits has its title in the middle.
const WIDTH_CENTRED_MAX: usize = 150;
/// Columns that say who a row is about stay in sight, if they are among the first so many.
const N_FROZEN_MAX: u16 = 4;

/// What goes on a sheet.
pub(crate) struct Form<'a> {
    pub(crate) table_id: TableId,
    pub(crate) table: &'a Table,
    pub(crate) columns: Vec<FormColumn>,
    /// The drop-down list of each column.
    pub(crate) lists: Vec<Option<List>>,
    pub(crate) rows: Vec<Vec<Filled>>,
    pub(crate) mark: String,
    /// Who reports; nobody on a blank form.
    pub(crate) unit: Option<String>,
    pub(crate) due: Option<Date>,
    /// The name of the sheet.
    pub(crate) name: String,
    /// The foot of every page.
    pub(crate) footer: &'a str,
    /// The author of notes.
    pub(crate) author: String,
}

impl Form<'_> {
    pub(crate) fn write(&self, paper: &mut Worksheet, sayer: &Sayer<'_>) -> Result<(), XlsxError> {
        paper.set_name(&self.name)?;
        self.marks(paper)?;
        self.above(paper, sayer)?;
        let said: Vec<Said> = self.columns.iter().zip(&self.lists).map(|it| self.said(it, sayer)).collect();
        self.heading(paper, sayer, &said)?;
        self.body(paper)?;
        self.limits(paper, sayer, &said)?;
        look::page(paper, look::Paper::Landscape, self.footer);
        paper.set_repeat_rows(HEAD, self.bottom())?;
        paper.set_freeze_panes(self.bottom().saturating_add(1), self.frozen())?;
        paper.set_selection(self.bottom().saturating_add(1), 1, self.bottom().saturating_add(1), 1)?;
        paper.protect_with_options(&look::protection());
        Ok(())
    }

    fn said(&self, (column, list): (&FormColumn, &Option<List>), sayer: &Sayer<'_>) -> Said {
        sayer.of_field(self.table_id, column.field, list.is_some())
    }

    /// The last row of the heading.
    fn bottom(&self) -> u32 {
        let n = self.columns.iter().map(|it| it.levels.len()).max().unwrap_or(1);
        HEAD.saturating_add(u32::try_from(n).unwrap_or(1)).saturating_sub(1)
    }

    /// The last column; the first holds the numbers of the rows.
    fn right(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX)
    }

    fn field(&self, column: &FormColumn) -> &Field {
        &self.table.fields[column.field]
    }

    fn marks(&self, paper: &mut Worksheet) -> Result<(), XlsxError> {
        // Locked, whatever their columns are: a row of open cells could be deleted.
        let locked = look::default();
        paper.write_string_with_format(0, 0, &self.mark, &locked)?;
        for (col, column) in (1..).zip(&self.columns) {
            paper.write_string_with_format(0, col, &column.id, &locked)?;
        }
        paper.set_row_hidden(0)?;
        Ok(())
    }

    fn above(&self, paper: &mut Worksheet, sayer: &Sayer<'_>) -> Result<(), XlsxError> {
        let words = sayer.words;
        let width: usize = self.columns.iter().map(|it| usize::from(column_width(self.field(it), it))).sum();
        let title = words.filled("sheet", "title", &[&self.table.title]);
        self.across(paper, TITLE, &title, &look::title(width <= WIDTH_CENTRED_MAX))?;
        paper.set_row_height(TITLE, 28)?;
        let day = |it: Date| PartialDate::from(it).to_string();
        let unit = self.unit.as_ref().map(|it| words.filled("sheet", "unit", &[it]));
        let (first, last) = (sayer.period.first(), sayer.period.last());
        let period = words.filled("sheet", "period", &[&day(first), &day(last)]);
        let due = self.due.map(|it| words.filled("sheet", "due", &[&day(it)]));
        let unit = unit.or_else(|| Some(words.filled("sheet", "unit", &[""])));
        let line: Vec<String> = unit.into_iter().chain([period]).chain(due).collect();
        self.across(paper, UNIT, &line.join("\u{3000}\u{3000}"), &look::line())?;
        let how = words.filled("sheet", "how", &[self.nothing_goes_to()]);
        self.across(paper, HOW, &how, &look::line())?;
        paper.set_row_height(HOW, if width < 100 { 48 } else { 20 })?;
        Ok(())
    }

    /// The column in which it is written that there is nothing to report: the first that takes any text.
    fn nothing_goes_to(&self) -> &str {
        let is_free = |it: &&FormColumn| {
            let kind = &self.field(it).kind;
            matches!(kind, FieldKind::Text | FieldKind::LongText | FieldKind::Name) && it.like.is_none()
        };
        let free = self.columns.iter().find(is_free).or(self.columns.first());
        free.map_or("", |it| &self.field(it).title)
    }

    /// A text over the whole width.
    fn across(&self, paper: &mut Worksheet, row: u32, text: &str, format: &Format) -> Result<(), XlsxError> {
        paper.merge_range(row, 0, row, self.right(), text, format)?;
        Ok(())
    }

    fn heading(&self, paper: &mut Worksheet, sayer: &Sayer<'_>, said: &[Said]) -> Result<(), XlsxError> {
        let bottom = self.bottom();
        let serial = sayer.words.plain("sheet", "serial");
        merged(paper, (HEAD, 0), (bottom, 0), serial, &look::heading(false))?;
        for (at, (column, said)) in self.columns.iter().zip(said).enumerate() {
            let col = u16::try_from(at.saturating_add(1)).unwrap_or(u16::MAX);
            let field = self.field(column);
            let n_above = column.levels.len().saturating_sub(1);
            for level in 0..n_above {
                let upper = &column.levels[..=level];
                let is_of_group = |it: &&FormColumn| it.levels.len() > level && it.levels[..=level] == *upper;
                if at > 0 && self.columns.get(at.wrapping_sub(1)).is_some_and(|it| is_of_group(&it)) {
                    continue;
                }
                let n = self.columns[at..].iter().take_while(is_of_group).count();
                let last = col.saturating_add(u16::try_from(n).unwrap_or(1)).saturating_sub(1);
                let row = HEAD.saturating_add(u32::try_from(level).unwrap_or_default());
                merged(paper, (row, col), (row, last), &column.levels[level], &look::heading(false))?;
            }
            let own = column.levels.last().map_or("", |it| it);
            let is_required = field.required && column.like.is_none();
            let label = match is_required {
                true => sayer.words.filled("sheet", "required", &[own]),
                false => own.to_owned(),
            };
            let top = HEAD.saturating_add(u32::try_from(n_above).unwrap_or_default());
            merged(paper, (top, col), (bottom, col), &label, &look::heading(is_required))?;
            let first = self.columns.iter().position(|it| it.field == column.field);
            // Of like columns the first has the note.
            if first == Some(at) {
                paper.insert_note(top, col, &self.note(column, said, sayer))?;
            }
        }
        paper.set_row_height(bottom, 33)?;
        Ok(())
    }

    fn note(&self, column: &FormColumn, said: &Said, sayer: &Sayer<'_>) -> Note {
        let words = sayer.words;
        let key = if self.field(column).required { "required" } else { "optional" };
        let mut lines = vec![format!("{}（{}）", column.levels.join("/"), words.plain("guide", key))];
        lines.extend(said.how.iter().cloned());
        if !said.choices.is_empty() {
            lines.push(format!("{}：{}", words.plain("guide", "values_heading"), said.choices.join("、")));
        }
        lines.extend(said.checks.iter().map(|it| words.filled("rules", "checked", &[it])));
        let text = lines.join("\n");
        let n_lines: usize = lines.iter().map(|it| look::width(it).div_euclid(42).saturating_add(1)).sum();
        let height = u32::try_from(n_lines).unwrap_or(1).saturating_mul(18).saturating_add(12).min(420);
        Note::new(text).set_author(&self.author).add_author_prefix(false).set_width(320).set_height(height)
    }

    fn body(&self, paper: &mut Worksheet) -> Result<(), XlsxError> {
        let first = self.bottom().saturating_add(1);
        let n_filled = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let drawn = first.saturating_add(n_filled).saturating_add(N_ROWS_DRAWN);
        paper.set_column_width(0, 6)?.set_column_format(0, &look::body(look::GENERAL, true))?;
        let serial = look::ruled(look::body(look::GENERAL, true));
        for (at, row) in (first..drawn).enumerate() {
            if at < self.rows.len() {
                paper.write_number_with_format(row, 0, at.saturating_add(1) as f64, &serial)?;
            } else {
                paper.write_blank(row, 0, &serial)?;
            }
        }
        for (at, column) in self.columns.iter().enumerate() {
            let col = u16::try_from(at.saturating_add(1)).unwrap_or(u16::MAX);
            let field = self.field(column);
            let (number_format, is_centred) = look_of(field);
            paper.set_column_width(col, column_width(field, column))?;
            paper.set_column_format(col, &look::body(number_format, is_centred))?;
            let format = look::ruled(look::body(number_format, is_centred));
            for (at, row) in (first..drawn).enumerate() {
                match self.rows.get(at).and_then(|it| it.get(usize::from(col).wrapping_sub(1))) {
                    Some(Filled::Text(text)) => paper.write_string_with_format(row, col, text, &format)?,
                    Some(Filled::Number(number)) => {
                        paper.write_number_with_format(row, col, *number, &format)?
                    }
                    Some(Filled::Day(day)) => {
                        paper.write_datetime_with_format(row, col, limits::excel(*day)?, &format)?
                    }
                    Some(Filled::Nothing | Filled::Unreadable) | None => {
                        paper.write_blank(row, col, &format)?
                    }
                };
            }
        }
        // Codes are texts of digits, and meant to be.
        paper.ignore_error_range(first, 1, LAST_ROW, self.right(), IgnoreError::NumberStoredAsText)?;
        Ok(())
    }

    fn limits(&self, paper: &mut Worksheet, sayer: &Sayer<'_>, said: &[Said]) -> Result<(), XlsxError> {
        let first = self.bottom().saturating_add(1);
        for ((col, column), (said, list)) in (1..).zip(&self.columns).zip(said.iter().zip(&self.lists)) {
            let cell = cell_name(first, col);
            let rule = limits::of_field(self.field(column), (said, list.clone()), sayer, &cell)?;
            paper.add_data_validation(first, col, LAST_ROW, col, &rule)?;
        }
        Ok(())
    }

    /// How many columns stay in sight: up to what a row is called by.
    fn frozen(&self) -> u16 {
        let label = self.columns.iter().position(|it| it.field == self.table.label);
        let through = label.and_then(|it| u16::try_from(it.saturating_add(2)).ok());
        through.filter(|it| *it <= N_FROZEN_MAX).unwrap_or(1)
    }
}

/// Writes a text into a cell, or over several.
fn merged(
    paper: &mut Worksheet,
    (top, left): (u32, u16),
    (bottom, right): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if (top, left) == (bottom, right) {
        paper.write_string_with_format(top, left, text, format)?;
    } else {
        paper.merge_range(top, left, bottom, right, text, format)?;
    }
    Ok(())
}

/// The number format of a column, and whether its cells stand in the middle. A date of which the day need not be known is a
/// text: a spreadsheet would make the first of the month of a month.
fn look_of(field: &Field) -> (&'static str, bool) {
    match &field.kind {
        FieldKind::Integer | FieldKind::Decimal => (look::GENERAL, true),
        FieldKind::Percent => (look::PERCENT, true),
        FieldKind::Date(DatePart::Day) => (look::DAY, true),
        FieldKind::Text | FieldKind::LongText | FieldKind::List(_) | FieldKind::Reference(_) => {
            (look::TEXT, false)
        }
        _ => (look::TEXT, true),
    }
}

/// The width of a column in digits: that of what usually stands there, and of half its heading.
fn column_width(field: &Field, column: &FormColumn) -> u16 {
    let usual = match &field.kind {
        _ if column.like.is_some() => 6,
        FieldKind::LongText => 34,
        FieldKind::Text | FieldKind::List(_) => 16,
        FieldKind::Reference(_) => 20,
        FieldKind::Identity => 21,
        FieldKind::Phone | FieldKind::Code(_) => 14,
        FieldKind::Date(_) => 12,
        FieldKind::Choice(choices) => {
            choices.iter().map(|it| look::width(&it.value).saturating_add(3)).max().unwrap_or(10).min(24)
        }
        FieldKind::Name => 10,
        _ => 9,
    };
    let own = column.levels.last().map_or(0, |it| look::width(it).div_ceil(2).saturating_add(3));
    u16::try_from(usual.max(own)).unwrap_or(u16::MAX)
}
