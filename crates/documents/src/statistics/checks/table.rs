//! The sheet 校核: every check of a workbook with both sides and how it came out.

use super::declaration::Check;
use super::judge::{Judged, JudgedLine, Outcome, Proof};
use super::weigh::Weighed;
use crate::book::{Align, Cell, Column, Paper, Row, Table, Weight};
use crate::statistics::filled::Computed;

/// Name on the tab and title of the sheet.
pub const PROVED: &str = "校核";

/// The columns with their widths in Chinese characters.
const COLUMNS: [(&str, u16, Align); 7] = [
    ("序号", 4, Align::Center),
    ("校核内容", 22, Align::Left),
    ("左边", 26, Align::Left),
    ("关系", 7, Align::Center),
    ("右边", 26, Align::Left),
    ("结果", 8, Align::Center),
    ("说明", 20, Align::Left),
];

impl Proof {
    /// The sheet 校核; lines of the texts above it and the mark of a draft are the caller's.
    pub fn table(&self, computed: &Computed) -> Table {
        let checks = &computed.statistics.checks;
        let rows = self.checks.iter().enumerate().flat_map(|(idx, it)| rows(idx, &checks[it.check], it));
        let column = |(heading, width, align): (&str, u16, Align)| Column {
            heading: vec![heading.to_owned()],
            width: Some(width),
            align,
        };
        Table {
            name: PROVED.to_owned(),
            title: format!("{}校核表", computed.statistics.title),
            paper: Paper::A4Landscape,
            columns: COLUMNS.map(column).into(),
            rows: rows.collect(),
            n_stub: 2,
            ..Table::default()
        }
    }

    /// What stands in a row of the sheet: a check, by its index, and one of its lines if the row is that line's.
    pub fn in_row(&self, row: usize) -> Option<(usize, Option<&JudgedLine>)> {
        let rows = self.checks.iter().enumerate().flat_map(|(idx, judged)| {
            let lines = listed(judged).map(move |it| (idx, Some(it)));
            std::iter::once((idx, None)).chain(lines)
        });
        rows.into_iter().nth(row)
    }
}

/// A check as one row, and a row more for each line that it fails for.
fn rows(idx: usize, check: &Check, judged: &Judged) -> Vec<Row> {
    let mut rows = vec![head(idx, check, judged)];
    rows.extend(listed(judged).map(|it| {
        let title = it.title.as_deref().unwrap_or_default();
        let cells = cells(
            check,
            Some(it),
            format!("其中：{title}"),
            check.result(&it.outcome).to_owned(),
            String::new(),
        );
        Row { cells: [Cell::Empty].into_iter().chain(cells).collect(), level: 1, weight: Weight::Plain }
    }));
    rows
}

/// The lines of a check that have a row of their own.
fn listed(judged: &Judged) -> impl Iterator<Item = &JudgedLine> {
    judged.lines.iter().filter(|it| it.title.is_some() && it.outcome.rank() > 0)
}

fn head(idx: usize, check: &Check, judged: &Judged) -> Row {
    let result = judged.outcome().map_or("未比较", |it| check.result(it)).to_owned();
    let n_lines = judged.lines.iter().filter(|it| it.title.is_some()).count();
    let n_holding = judged.lines.iter().filter(|it| it.outcome.rank() < 2).count();
    let counted = (n_lines > 0).then(|| match n_lines == n_holding {
        true => format!("共{n_lines}项，均符合"),
        false => format!("共{n_lines}项，{n_holding}项符合"),
    });
    let why = judged.lines.iter().find_map(|it| match &it.outcome {
        Outcome::Undecided { why, .. } => Some(why.clone()),
        _ => None,
    });
    let notes = [judged.omitted.clone(), counted, why, check.basis.as_deref().map(str::to_owned)];
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join("；");
    let single = judged.lines.first().filter(|it| it.title.is_none());
    let mut cells = cells(check, single, check.title.to_string(), result, notes);
    if let (None, Some(line)) = (single, judged.lines.first()) {
        cells[1] = Cell::Text(line.left.text.clone());
        cells[3] = Cell::Text(line.right.text.clone());
    }
    let weight = if judged.fails() { Weight::Total } else { Weight::Plain };
    Row { cells: [Cell::ordinal(idx)].into_iter().chain(cells).collect(), level: 0, weight }
}

/// The cells behind the number; without a line the sides stand as they are declared.
fn cells(
    check: &Check,
    line: Option<&JudgedLine>,
    title: String,
    result: String,
    notes: String,
) -> Vec<Cell> {
    let side = |of: fn(&JudgedLine) -> &Weighed, source: &str| {
        line.map_or_else(|| source.to_owned(), |it| of(it).shown())
    };
    let left = side(|it| &it.left, check.left.sum.source());
    let right = side(|it| &it.right, check.right.sum.source());
    [title, left, check.relation.sign(), right, result, notes].map(text).into()
}

fn text(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}
