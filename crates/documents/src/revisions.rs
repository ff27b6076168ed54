//! 修订对照表: the comparison of two versions as a workbook of three columns.

use std::sync::Arc;

use jiff::civil::Date;

use super::book::{Align, Book, Cell, Column, Paper, Row, Sheet, Table};
use super::captions::Captions;
use regulations::{ChangeKind, Comparison, ComparisonForm, Pair, Side};

/// Longest text of a cell, in UTF-16 units, below what Excel admits.
const LONGEST: usize = 30_000;

/// The workbook: for more than one regulation an overview, then a sheet for each that differs.
///
/// `versions` names the two versions, the old one first; `date` is the day that the workbook bears, if one is known.
pub fn revisions(
    comparison: &Comparison,
    form: &ComparisonForm,
    captions: &Arc<Captions>,
    versions: (&str, &str),
    date: Option<Date>,
) -> Book {
    let changed: Vec<&Pair> = comparison.pairs.iter().filter(|it| !it.changes.is_empty()).collect();
    let overview = (comparison.pairs.len() > 1).then(|| overview(comparison, form, versions));
    let tables = overview.into_iter().chain(changed.into_iter().map(|it| table(it, form, versions)));
    Book {
        title: form.file_name.to_string(),
        author: String::new(),
        date,
        sheets: tables.map(Sheet::Table).collect(),
        names: Vec::new(),
        captions: captions.clone(),
    }
}

fn overview(comparison: &Comparison, form: &ComparisonForm, versions: (&str, &str)) -> Table {
    const KINDS: [ChangeKind; 4] =
        [ChangeKind::Changed, ChangeKind::Moved, ChangeKind::Added, ChangeKind::Removed];
    let [changed, same, added, removed] = &form.overview_results;
    let row = |(at, it): (usize, &Pair)| {
        let count = |kind| {
            let n = it.changes.iter().filter(|it| it.kind == kind).count();
            Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX))
        };
        let what = match it.kind {
            ChangeKind::Added => added,
            ChangeKind::Removed => removed,
            ChangeKind::Changed | ChangeKind::Moved if it.changes.is_empty() => same,
            ChangeKind::Changed | ChangeKind::Moved => changed,
        };
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        let texts = [Cell::Integer(number), text(&it.title, form), text(what, form)];
        let counts = KINDS.map(count);
        Row::from(texts.into_iter().chain(counts).collect::<Vec<_>>())
    };
    let headings = form.overview_columns.iter().chain(KINDS.iter().map(|it| form.kind(*it)));
    let align = |at: usize| if at == 1 { Align::Left } else { Align::Center };
    let width = |at: usize| (at == 1).then_some(36);
    let column = |(at, it): (usize, &std::sync::Arc<str>)| Column {
        heading: vec![it.to_string()],
        width: width(at),
        align: align(at),
    };
    Table {
        name: form.overview_names[0].to_string(),
        title: form.overview_names[1].to_string(),
        lines: lines(form, versions),
        columns: headings.enumerate().map(column).collect(),
        rows: comparison.pairs.iter().enumerate().map(row).collect(),
        n_stub: 3,
        zero: super::Zero::Dash,
        ..Table::default()
    }
}

fn table(pair: &Pair, form: &ComparisonForm, versions: (&str, &str)) -> Table {
    let [old, new, note] = &form.table_columns;
    let column = |heading: &str, width| Column {
        heading: vec![heading.to_owned()],
        width: Some(width),
        align: Align::Left,
    };
    let row = |it: &regulations::Change| {
        Row::from(vec![side(it.old.as_ref(), form), side(it.new.as_ref(), form), text(&it.note, form)])
    };
    Table {
        name: pair.title.to_string(),
        title: format!("{}{}", pair.title, form.table_title),
        lines: lines(form, versions),
        paper: Paper::A4Landscape,
        columns: vec![column(old, 30), column(new, 30), column(note, 18)],
        rows: pair.changes.iter().map(row).collect(),
        notes: vec![form.same.replacen("{}", &pair.n_same.to_string(), 1)],
        ..Table::default()
    }
}

fn lines(form: &ComparisonForm, (old, new): (&str, &str)) -> Vec<String> {
    form.versions.iter().zip([old, new]).map(|(line, it)| line.replacen("{}", it, 1)).collect()
}

/// One version of an article: its label and its words; — where there is none.
fn side(side: Option<&Side>, form: &ComparisonForm) -> Cell {
    let Some(side) = side else { return text("—", form) };
    let words: String = side.text.iter().map(|it| it.text.as_str()).collect();
    let blank = if side.label.is_empty() || words.is_empty() { "" } else { "　" };
    text(&format!("{}{blank}{words}", side.label), form)
}

/// A text, cut where no cell could hold more.
fn text(text: &str, form: &ComparisonForm) -> Cell {
    let mut length = 0;
    let end = text.char_indices().find(|(_, it)| {
        length += it.len_utf16();
        length > LONGEST
    });
    Cell::Text(match end {
        None => text.to_owned(),
        Some((at, _)) => format!("{}{}", &text[..at], form.cut),
    })
}
