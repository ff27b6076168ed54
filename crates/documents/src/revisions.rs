//! 修订对照表: the comparison of two versions as a workbook of three columns.

use jiff::civil::Date;

use super::book::{Align, Book, Cell, Column, Paper, Row, Sheet, Table};
use regulations::{Comparison, Kind, Pair, Side};

/// Longest text of a cell, in UTF-16 units, below what Excel admits.
const LONGEST: usize = 30_000;

/// The workbook: for more than one regulation an overview, then a sheet for each that differs.
///
/// `versions` names the two versions, the old one first; `date` is the day that the workbook bears, if one is known.
pub fn revisions(comparison: &Comparison, versions: (&str, &str), date: Option<Date>) -> Book {
    let changed: Vec<&Pair> = comparison.pairs.iter().filter(|it| !it.changes.is_empty()).collect();
    let overview = (comparison.pairs.len() > 1).then(|| overview(comparison, versions));
    let tables = overview.into_iter().chain(changed.into_iter().map(|it| table(it, versions)));
    Book {
        title: "修订对照表".to_owned(),
        author: String::new(),
        date,
        sheets: tables.map(Sheet::Table).collect(),
        names: Vec::new(),
    }
}

/// What became of a regulation or an article, in a word.
pub fn kind_title(kind: Kind) -> &'static str {
    match kind {
        Kind::Changed => "修改",
        Kind::Moved => "序号变动",
        Kind::Added => "新增",
        Kind::Removed => "删去",
    }
}

fn overview(comparison: &Comparison, versions: (&str, &str)) -> Table {
    let row = |(at, it): (usize, &Pair)| {
        let count = |kind| {
            let n = it.changes.iter().filter(|it| it.kind == kind).count();
            Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX))
        };
        let what = match it.kind {
            Kind::Added => "新增的制度",
            Kind::Removed => "不再收入的制度",
            Kind::Changed | Kind::Moved if it.changes.is_empty() => "没有变动",
            Kind::Changed | Kind::Moved => "有修改",
        };
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        let texts = [Cell::Integer(number), text(&it.title), text(what)];
        let counts = [Kind::Changed, Kind::Moved, Kind::Added, Kind::Removed].map(count);
        Row::from(texts.into_iter().chain(counts).collect::<Vec<_>>())
    };
    let headings = ["序号", "制度", "情况", "修改", "序号变动", "新增", "删去"];
    let align = |at: usize| if at == 1 { Align::Left } else { Align::Center };
    let width = |at: usize| (at == 1).then_some(36);
    let column = |(at, it): (usize, &&str)| Column {
        heading: vec![(*it).to_owned()],
        width: width(at),
        align: align(at),
    };
    Table {
        name: "总览".to_owned(),
        title: "修订对照总览".to_owned(),
        lines: lines(versions),
        columns: headings.iter().enumerate().map(column).collect(),
        rows: comparison.pairs.iter().enumerate().map(row).collect(),
        n_stub: 3,
        zero: super::Zero::Dash,
        ..Table::default()
    }
}

fn table(pair: &Pair, versions: (&str, &str)) -> Table {
    let column = |heading: &str, width| Column {
        heading: vec![heading.to_owned()],
        width: Some(width),
        align: Align::Left,
    };
    let row = |it: &regulations::Change| {
        Row::from(vec![side(it.old.as_ref()), side(it.new.as_ref()), text(&it.note)])
    };
    Table {
        name: pair.title.to_string(),
        title: format!("{}修订对照表", pair.title),
        lines: lines(versions),
        paper: Paper::A4Landscape,
        columns: vec![column("原条文", 30), column("新条文", 30), column("说明", 18)],
        rows: pair.changes.iter().map(row).collect(),
        notes: vec![format!("未列出的{}处与原文相同。", pair.n_same)],
        ..Table::default()
    }
}

fn lines((old, new): (&str, &str)) -> Vec<String> {
    vec![format!("原文：{old}"), format!("新文：{new}")]
}

/// One version of an article: its label and its words; — where there is none.
fn side(side: Option<&Side>) -> Cell {
    let Some(side) = side else { return text("—") };
    let words: String = side.text.iter().map(|it| it.text.as_str()).collect();
    let blank = if side.label.is_empty() || words.is_empty() { "" } else { "　" };
    text(&format!("{}{blank}{words}", side.label))
}

/// A text, cut where no cell could hold more.
fn text(text: &str) -> Cell {
    let mut length = 0;
    let end = text.char_indices().find(|(_, it)| {
        length += it.len_utf16();
        length > LONGEST
    });
    Cell::Text(match end {
        None => text.to_owned(),
        Some((at, _)) => format!("{}……（过长，以下从略，全文见网页）", &text[..at]),
    })
}
