//! XML spreadsheets of Excel 2002 and 2003, as some systems still export them and call them xls.

use std::collections::BTreeMap;

use super::book::{Aside, Book, sheet_damaged, sheet_too_large};
use super::encoding;
use super::format::{iso_date, number};
use super::package::damaged;
use super::{Grid, Limits, Refusal, too_long};
use finding::{Area, FileId, Report};
use ooxml::{Element, NumberFormat, Tree};
use value::{Epoch, Raw};

/// How the cells of a style look.
#[derive(Default)]
struct Style {
    format: NumberFormat,
    strikes: bool,
}

/// Reads a workbook. The finding says why nothing could be read at all.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let text = encoding::decode(bytes).ok_or_else(broken)?;
    let text = text.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{FEFF}');
    // What is decoded is UTF-8 now, whatever the declaration says.
    let body = text.strip_prefix("<?xml").and_then(|it| it.split_once("?>")).map_or(text, |it| it.1);
    let tree = Tree::parse(body.as_bytes().to_vec(), &limits.package).map_err(|_| broken())?;
    let mut styles: BTreeMap<String, Style> = BTreeMap::new();
    for it in all(tree.root(), "Style") {
        let code = all(it, "NumberFormat").first().and_then(|it| it.attribute("Format"));
        let strikes = all(it, "Font").first().and_then(|it| it.attribute("StrikeThrough"));
        let style = Style {
            format: NumberFormat::read(None, code.as_deref().map(named_format)),
            strikes: strikes.as_deref() == Some("1"),
        };
        styles.extend(it.attribute("ID").map(|id| (id.into_owned(), style)));
    }
    let mut book = Book::default();
    for (index, sheet) in (0_u16..).zip(all(tree.root(), "Worksheet")) {
        let name = sheet.attribute("Name").unwrap_or_default().into_owned();
        let mut grid = Grid::empty(file, index, name.as_str());
        grid.hidden = all(sheet, "Visible").first().is_some_and(|it| it.text().trim() != "SheetVisible");
        let mut reader = SheetReader { grid, aside: Aside::default(), limits, n_cells: 0 };
        reader.read(sheet, &styles, report)?;
        book.names.push(name.into());
        book.asides.push((index, reader.aside));
        book.grids.push(reader.grid);
    }
    if book.grids.is_empty() { Err(broken()) } else { Ok(book) }
}

fn broken() -> Refusal {
    damaged("文件不完整或内部的数据有误，无法读取")
}

/// The codes of the formats that such files name.
fn named_format(name: &str) -> &str {
    match name {
        "Short Date" | "Medium Date" | "Long Date" => "yyyy-mm-dd",
        "General Date" => "yyyy-mm-dd hh:mm",
        "Percent" => "0.00%",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        other => other,
    }
}

struct SheetReader<'a> {
    grid: Grid,
    aside: Aside,
    limits: &'a Limits,
    n_cells: usize,
}

impl SheetReader<'_> {
    fn read(
        &mut self,
        sheet: Element<'_>,
        styles: &BTreeMap<String, Style>,
        report: &mut Report,
    ) -> Result<(), Refusal> {
        let mut next = 0_u32;
        for column in all(sheet, "Column") {
            let first = position(column, next);
            next = first.saturating_add(count(column, "Span")).saturating_add(1);
            if is_out_of_sight(column, "Width") {
                let to_column = |it: u32| u16::try_from(it).unwrap_or(u16::MAX);
                self.aside.hidden_cols.push((to_column(first), to_column(next.saturating_sub(1))));
            }
        }
        let mut next = 0_u32;
        for row in all(sheet, "Row") {
            let at = position(row, next);
            next = at.saturating_add(count(row, "Span")).saturating_add(1);
            if is_out_of_sight(row, "Height") {
                self.aside.hidden_rows.insert(at);
            }
            let mut next_col = 0_u32;
            for cell in all(row, "Cell") {
                let col = position(cell, next_col);
                let across = count(cell, "MergeAcross");
                next_col = col.saturating_add(across).saturating_add(1);
                self.cell(cell, (at, col, across), styles, report)?;
            }
        }
        self.aside.filtered = !all(sheet, "AutoFilterColumn").is_empty();
        self.aside.n_notes = all(sheet, "Comment").len();
        self.aside.n_validations = all(sheet, "DataValidation").len();
        Ok(())
    }

    fn cell(
        &mut self,
        cell: Element<'_>,
        (row, col, across): (u32, u32, u32),
        styles: &BTreeMap<String, Style>,
        report: &mut Report,
    ) -> Result<(), Refusal> {
        let (bottom, right) = (row.saturating_add(count(cell, "MergeDown")), col.saturating_add(across));
        let (Ok(left), Ok(right)) = (u16::try_from(col), u16::try_from(right)) else {
            return Err(sheet_damaged());
        };
        if bottom >= self.limits.rows || right >= self.limits.columns {
            return Err(sheet_damaged());
        }
        if bottom > row || right > left {
            self.grid.merges.push(Area { top: row, left, bottom, right });
        }
        let default = Style::default();
        let style = cell.attribute("StyleID").and_then(|it| styles.get(&*it)).unwrap_or(&default);
        let Some(raw) = all(cell, "Data").first().map(|it| content(*it, &style.format)) else {
            return Ok(());
        };
        self.n_cells = self.n_cells.saturating_add(usize::from(!raw.is_empty()));
        if self.n_cells > self.limits.cells {
            return Err(sheet_too_large(self.limits.cells));
        }
        if matches!(&raw, Raw::Text(text) if text.chars().nth(self.limits.text_chars).is_some()) {
            report.push(too_long(self.limits).at(self.grid.origin(row, left)));
            self.grid.set(row, left, Raw::Error("内容过长".into()));
            return Ok(());
        }
        if style.strikes {
            self.aside.struck.whole.insert((row, left));
        }
        self.grid.set(row, left, raw);
        Ok(())
    }
}

fn content(data: Element<'_>, format: &NumberFormat) -> Raw {
    let text = data.text();
    let number = |it: &str| it.trim().parse::<f64>().ok().map(|it| number(format.clone(), it, Epoch::USUAL));
    let read = match data.attribute("Type").as_deref() {
        Some("Number") => number(&text),
        Some("DateTime") => iso_date(text.trim(), format),
        Some("Boolean") => Some(Raw::Bool(text.trim() == "1")),
        Some("Error") => Some(Raw::Error(text.trim().into())),
        _ => None,
    };
    read.unwrap_or_else(|| Raw::text(&text))
}

fn all<'t>(element: Element<'t>, name: &str) -> Vec<Element<'t>> {
    let mut found = Vec::new();
    element.all_local(name, &mut found);
    found
}

/// The place that an element names, counted from zero, or the next one.
fn position(element: Element<'_>, next: u32) -> u32 {
    element.attribute("Index").and_then(|it| it.parse::<u32>().ok()?.checked_sub(1)).unwrap_or(next)
}

fn count(element: Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|it| it.parse().ok()).unwrap_or(0)
}

fn is_out_of_sight(element: Element<'_>, size: &str) -> bool {
    let is_nought = |it: &str| it.parse::<f64>().is_ok_and(|it| it == 0.0);
    element.attribute("Hidden").as_deref() == Some("1")
        || element.attribute(size).is_some_and(|it| is_nought(&it))
}
