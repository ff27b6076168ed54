//! 填写说明: the sheet in front, which says of every table who fills it in by when, and of every column how.

use jiff::civil::Date;
use rust_xlsxwriter::{Format, Url, Workbook, XlsxError};

use super::look;
use super::said::Sayer;
use super::sheet::Form;
use schema::Returner;
use source::PAGE_MARK;
use value::PartialDate;

/// The widths of its columns, in digits.
const WIDTHS: [u16; 4] = [26, 12, 62, 58];

/// Writes the sheet; `unit` is to whom the forms are sent, `by` who fills them in.
pub(crate) fn write(
    workbook: &mut Workbook,
    forms: &[Form<'_>],
    (unit, by): (Option<&str>, Returner),
    sayer: &Sayer<'_>,
    footer: &str,
) -> Result<(), XlsxError> {
    let words = sayer.words;
    let paper = workbook.add_worksheet();
    paper.set_name(words.plain("guide", "name"))?.set_active(true);
    paper.write_string(0, 0, format!("{PAGE_MARK}guide"))?.set_row_hidden(0)?;
    for (col, width) in (0..).zip(WIDTHS) {
        paper.set_column_width(col, width)?;
    }
    let mut writer = Writer { paper, row: 1 };
    let title = match unit {
        Some(unit) => words.filled("guide", "title", &[unit]),
        None => words.plain("guide", "blank_title").to_owned(),
    };
    writer.across(&title, &look::title(true), 30)?;
    for (number, line) in (1_u32..).zip(&words.lines) {
        writer.across(&format!("{number}. {line}"), &look::line(), 18)?;
    }
    writer.row = writer.row.saturating_add(1);
    writer.across(words.plain("guide", "tables"), &look::section(), 22)?;
    let head =
        ["table_heading", "by_heading", "due_heading", "state_heading"].map(|it| words.plain("guide", it));
    writer.cells(head, &look::heading(false))?;
    let by = match by {
        Returner::Branch => "by_branch",
        Returner::Committee => "by_committee",
        Returner::Office => "by_office",
    };
    for form in forms {
        let due = form.due.map(|it: Date| PartialDate::from(it).to_string());
        let due = due.as_deref().unwrap_or(words.plain("guide", "no_due"));
        let state = if form.rows.is_empty() { "unfilled" } else { "prefilled" };
        let row = writer.row;
        writer.cells(["", words.plain("guide", by), due, words.plain("guide", state)], &look::cell(false))?;
        let link = Url::new(format!("internal:'{}'!A2", form.name)).set_text(&*form.table.title);
        writer.paper.write_url_with_format(row, 0, link, &look::cell(false))?;
    }
    for form in forms {
        table(&mut writer, form, sayer)?;
    }
    look::page(paper, look::Paper::Portrait, footer);
    paper.protect_with_options(&look::protection());
    Ok(())
}

/// What is said of one table.
fn table(writer: &mut Writer<'_>, form: &Form<'_>, sayer: &Sayer<'_>) -> Result<(), XlsxError> {
    let words = sayer.words;
    writer.row = writer.row.saturating_add(1);
    writer.across(&form.table.title, &look::section(), 22)?;
    let head = ["column_heading", "required_heading", "how_heading", "values_heading"];
    writer.cells(head.map(|it| words.plain("guide", it)), &look::heading(false))?;
    for (at, (column, list)) in form.columns.iter().zip(&form.lists).enumerate() {
        // Like columns are one row.
        if form.columns[..at].iter().any(|it| it.field == column.field) {
            continue;
        }
        let field = &form.table.fields[column.field];
        let said = sayer.of_field(form.table_id, column.field, list.is_some());
        let key = if field.required { "required" } else { "optional" };
        let how = said.line();
        let values = said.choices.join("、");
        writer.cells([&field.title, words.plain("guide", key), &how, &values], &look::cell(false))?;
    }
    let rules: Vec<String> = sayer
        .of_table(form.table_id)
        .map(|it| words.filled("guide", "rule", &[&it.title, &it.basis]))
        .collect();
    if !rules.is_empty() {
        writer.across(words.plain("guide", "rules"), &look::line().set_bold(), 18)?;
        for (number, rule) in (1_u32..).zip(&rules) {
            writer.across(&format!("{number}. {rule}"), &look::line(), 18)?;
        }
    }
    Ok(())
}

/// Writes row by row.
struct Writer<'p> {
    paper: &'p mut rust_xlsxwriter::Worksheet,
    row: u32,
}

impl Writer<'_> {
    fn across(&mut self, text: &str, format: &Format, height: u32) -> Result<(), XlsxError> {
        let whole: usize = WIDTHS.iter().map(|it| usize::from(*it)).sum();
        let n_lines = u32::try_from(look::width(text).div_ceil(whole).max(1)).unwrap_or(1);
        self.paper.merge_range(self.row, 0, self.row, 3, text, format)?;
        self.paper.set_row_height(self.row, height.saturating_mul(n_lines))?;
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    fn cells(&mut self, texts: [&str; 4], format: &Format) -> Result<(), XlsxError> {
        let n_lines =
            texts.iter().zip(WIDTHS).map(|(it, width)| look::width(it).div_ceil(usize::from(width)));
        let n_lines = u32::try_from(n_lines.max().unwrap_or(1).max(1)).unwrap_or(1);
        for (col, text) in (0..).zip(texts) {
            self.paper.write_string_with_format(self.row, col, text, format)?;
        }
        self.paper.set_row_height(self.row, n_lines.saturating_mul(16).saturating_add(4))?;
        self.row = self.row.saturating_add(1);
        Ok(())
    }
}
