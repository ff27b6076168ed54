//! Tables: as wide as the type area, with a head that is repeated and rows that are not cut.

use super::body::{Looks, lines, paragraph, run};
use super::page::MEASURE;
use documents::Align;
use documents::summary::{CellColumn, Cells, Phrase};
use ooxml::{Markup, markup, valued};

/// A character of a table's text, in twentieths of a point.
const EM: u32 = 240;
/// What a cell keeps free at its left and right together.
const PADDING: u32 = 200;
/// A column of at most so many characters is never broken; a longer one never narrower than the second.
const SHORT: f64 = 6.0;
const NARROWEST: f64 = 4.0;
/// A row of more lines may be cut.
const KEPT_TOGETHER: usize = 20;
/// A table of at most so many lines stays on one page.
const SMALL: usize = 8;

/// A table without its title.
pub(super) fn table(cells: &Cells) -> Markup {
    let rows: Vec<&Vec<Phrase>> = cells.rows.iter().chain(&cells.total).collect();
    let widths = widths(&cells.columns, &rows);
    let n_lines = |row: &[Phrase]| {
        row.iter().zip(&widths).map(|(it, width)| n_lines(&it.text(), *width)).max().unwrap_or(1)
    };
    let is_small = rows.iter().map(|row| n_lines(row)).sum::<usize>() <= SMALL;
    let last = rows.len().saturating_sub(1);
    let body = rows.iter().enumerate().map(|(at, row)| {
        let before_total = cells.total.is_some() && at + 1 == last;
        let keeps = if at < last && (is_small || before_total) { Looks::KEPT } else { Looks::PLAIN };
        let cells = row.iter().zip(&cells.columns).zip(&widths).map(|((text, column), width)| {
            let text = text.text();
            let is_lone = text.chars().count() == 1 && !text.starts_with(|it: char| it.is_ascii_digit());
            let align = if is_lone { Align::Center } else { column.align };
            cell(*width, &text, "TableText", Looks { align: Some(align), ..keeps })
        });
        let whole = (n_lines(row) <= KEPT_TOGETHER).then(|| markup("w:cantSplit"));
        markup("w:tr").with(markup("w:trPr").with_all(whole)).with_all(cells)
    });
    markup("w:tbl").with(properties()).with(grid(&widths)).with(head(&cells.columns, &widths)).with_all(body)
}

fn properties() -> Markup {
    markup("w:tblPr")
        .with(valued("w:tblStyle", "Ledger"))
        .with(markup("w:tblW").attribute("w:w", MEASURE).attribute("w:type", "dxa"))
        .with(valued("w:jc", "center"))
        .with(markup("w:tblLayout").attribute("w:type", "fixed"))
}

fn grid(widths: &[u32]) -> Markup {
    markup("w:tblGrid").with_all(widths.iter().map(|it| markup("w:gridCol").attribute("w:w", it)))
}

fn head(columns: &[CellColumn], widths: &[u32]) -> Markup {
    let properties = markup("w:trPr").with(markup("w:cantSplit")).with(markup("w:tblHeader"));
    let cells = columns.iter().zip(widths);
    markup("w:tr")
        .with(properties)
        .with_all(cells.map(|(it, width)| cell(*width, &it.title, "TableHead", Looks::PLAIN)))
}

fn cell(width: u32, text: &str, style: &str, looks: Looks) -> Markup {
    let properties = markup("w:tcPr")
        .with(markup("w:tcW").attribute("w:w", width).attribute("w:type", "dxa"))
        .with(valued("w:vAlign", "center"));
    let mut paragraphs: Vec<Markup> =
        lines(text).map(|it| paragraph(style, looks).with(run(it, None))).collect();
    if paragraphs.is_empty() {
        paragraphs.push(paragraph(style, looks));
    }
    markup("w:tc").with(properties).with_all(paragraphs)
}

/// How wide a text is in full characters: letters and figures count half.
pub(super) fn ems(text: &str) -> f64 {
    text.chars().map(|it| if it.is_ascii() { 0.5 } else { 1.0 }).sum()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of lines")]
fn n_lines(text: &str, width: u32) -> usize {
    let capacity = f64::from((width.saturating_sub(PADDING) / EM).max(1));
    lines(text).map(|it| (ems(it) / capacity).ceil().max(1.0) as usize).sum::<usize>().max(1)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a measure of paper")]
/// Short columns are as wide as their longest cell; the others take as many lines each, as few as the room allows.
fn widths(columns: &[CellColumn], rows: &[&Vec<Phrase>]) -> Vec<u32> {
    let letters: Vec<f64> = (0..columns.len()).map(|at| letters(&columns[at].title, rows, at)).collect();
    let is_long = |at: usize| letters[at] > SHORT;
    let in_lines = |n: f64| -> Vec<u32> {
        let width = |at: usize| if is_long(at) { (letters[at] / n).max(NARROWEST) } else { letters[at] };
        (0..columns.len()).map(|at| width(at).ceil() as u32 * EM + PADDING).collect()
    };
    let fits = |it: &Vec<u32>| it.iter().sum::<u32>() <= MEASURE;
    let narrow = (1..99).map(|n| in_lines(f64::from(n))).find(fits).unwrap_or_else(|| in_lines(99.0));
    let natural = in_lines(1.0);
    let broken: Vec<usize> = (0..columns.len()).filter(|at| narrow[*at] < natural[*at]).collect();
    filled(narrow, &if broken.is_empty() { (0..columns.len()).collect() } else { broken }, &letters)
}

/// The longest text of a column; a longer heading may take two lines.
fn letters(title: &str, rows: &[&Vec<Phrase>], at: usize) -> f64 {
    let heading = if ems(title) <= NARROWEST { ems(title) } else { (ems(title) / 2.0).ceil() };
    let cells = rows.iter().flat_map(|row| row.get(at)).map(Phrase::text);
    cells.fold(heading.max(2.0), |most, it| lines(&it).map(ems).fold(most, f64::max))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of the measure that is left"
)]
/// The widths with what is left of the type area given to some columns, in proportion to their texts.
fn filled(mut widths: Vec<u32>, wide: &[usize], letters: &[f64]) -> Vec<u32> {
    let sum: u32 = widths.iter().sum();
    let Some(last) = wide.last() else { return widths };
    if sum > MEASURE {
        // Too many columns for the page: all are narrower alike.
        return widths.iter().map(|it| it * MEASURE / sum).collect();
    }
    let all: f64 = wide.iter().map(|at| letters[*at]).sum();
    let mut rest = MEASURE - sum;
    let spare = f64::from(rest);
    for at in wide {
        let more = (spare * letters[*at] / all) as u32;
        widths[*at] += more;
        rest -= more;
    }
    widths[*last] += rest;
    widths
}
