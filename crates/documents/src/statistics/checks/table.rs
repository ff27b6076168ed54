//! The sheet 校核: every check of a workbook with both sides and how it came out.

use std::sync::Arc;

use super::declaration::Check;
use super::judge::{Judged, JudgedLine, Outcome, Proof};
use super::weigh::Weighed;
use crate::book::{Align, Cell, Column, Paper, Row, Table, Weight};
use crate::captions::{Captions, CheckCaptions};
use crate::statistics::filled::Computed;

/// The columns by their widths in Chinese characters: number, check, left side, relation, right side, result, notes.
const COLUMNS: [(u16, Align); 7] = [
    (4, Align::Center),
    (22, Align::Left),
    (26, Align::Left),
    (7, Align::Center),
    (26, Align::Left),
    (8, Align::Center),
    (20, Align::Left),
];

impl Proof {
    /// The sheet 校核; lines of the texts above it and the mark of a draft are the caller's.
    pub fn table(&self, computed: &Computed, captions: &Captions) -> Table {
        let checks = &computed.statistics.checks;
        let own = &captions.checks;
        let (judged, writer) = (self.checks.iter().enumerate(), Rows { captions: own });
        let rows = judged.flat_map(|(idx, it)| writer.rows(idx, &checks[it.check], it));
        let column = |(heading, (width, align)): (&Arc<str>, (u16, Align))| Column {
            heading: vec![heading.to_string()],
            width: Some(width),
            align,
        };
        Table {
            name: captions.sheets.checks.to_string(),
            title: own.title.filled(&[&computed.statistics.title]),
            paper: Paper::A4Landscape,
            columns: own.columns.iter().zip(COLUMNS).map(column).collect(),
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

/// Writes the rows of checks.
struct Rows<'c> {
    captions: &'c CheckCaptions,
}

impl Rows<'_> {
    /// A check as one row, and a row more for each line that it fails for.
    fn rows(&self, idx: usize, check: &Check, judged: &Judged) -> Vec<Row> {
        let mut rows = vec![self.head(idx, check, judged)];
        rows.extend(listed(judged).map(|it| {
            let title = self.captions.one.filled(&[it.title.as_deref().unwrap_or_default()]);
            let [left, relation, right] = self.sides(check, Some(it));
            let result = check.result(&it.outcome, self.captions).to_owned();
            let cells = [title, left, relation, right, result].map(text);
            Row {
                cells: [Cell::Empty].into_iter().chain(cells).chain([Cell::Empty]).collect(),
                level: 1,
                weight: Weight::Plain,
            }
        }));
        rows
    }

    fn head(&self, idx: usize, check: &Check, judged: &Judged) -> Row {
        let captions = self.captions;
        let result = judged.result(check, captions).to_owned();
        let n_lines = judged.lines.iter().filter(|it| it.title.is_some()).count();
        let n_holding = judged.lines.iter().filter(|it| it.outcome.rank() < 2).count();
        let counted = (n_lines > 0).then(|| match n_lines == n_holding {
            true => captions.all_hold.filled(&[&n_lines.to_string()]),
            false => captions.some_hold.filled(&[&n_lines.to_string(), &n_holding.to_string()]),
        });
        let why = judged.lines.iter().find_map(|it| match &it.outcome {
            Outcome::Undecided { why, .. } => Some(why.clone()),
            _ => None,
        });
        let notes = [judged.omitted.clone(), counted, why, check.basis.as_deref().map(str::to_owned)];
        let notes = notes.into_iter().flatten().collect::<Vec<_>>().join("；");
        let single = judged.lines.first().filter(|it| it.title.is_none());
        let [mut left, relation, mut right] = self.sides(check, single);
        if let (None, Some(line)) = (single, judged.lines.first()) {
            left.clone_from(&line.left.text);
            right.clone_from(&line.right.text);
        }
        let cells = [check.title.to_string(), left, relation, right, result, notes].map(text);
        let weight = if judged.fails() { Weight::Total } else { Weight::Plain };
        Row { cells: [Cell::ordinal(idx)].into_iter().chain(cells).collect(), level: 0, weight }
    }

    /// Left side, relation and right side; without a line the sides stand as they are declared.
    fn sides(&self, check: &Check, line: Option<&JudgedLine>) -> [String; 3] {
        let side = |of: fn(&JudgedLine) -> &Weighed, source: &str| {
            line.map_or_else(|| source.to_owned(), |it| of(it).shown())
        };
        let left = side(|it| &it.left, check.left.sum.source());
        let right = side(|it| &it.right, check.right.sum.source());
        [left, check.relation.sign(self.captions), right]
    }
}

/// The lines of a check that have a row of their own.
fn listed(judged: &Judged) -> impl Iterator<Item = &JudgedLine> {
    judged.lines.iter().filter(|it| it.title.is_some() && it.outcome.rank() > 0)
}

fn text(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}
