//! Checks in words: which figures a side is made of, as the tables title them.

use std::sync::Arc;

use super::declaration::{Meant, Side};
use super::weigh::Weighing;
use crate::statistics::declaration::{Body, Statistics};
use crate::statistics::line::Line;
use words::{Operator, Term};

/// How many parts of a sum are named one by one.
const N_TERMS_SHOWN: usize = 3;

impl Weighing<'_> {
    /// A side in words: `表2 总计·女＋表2 学生·女`.
    pub(super) fn words(&self, side: &Side) -> String {
        self.term_words(side, side.sum.term(), false)
    }

    /// The title of the line that is being checked.
    pub(super) fn line_title(&self) -> Option<Arc<str>> {
        let at = self.line?;
        let grid = self.computed.sheets[at.sheet].grid()?;
        let lines = if at.is_row { &grid.rows } else { &grid.columns };
        let line = &lines[at.line];
        let sheet = self.computed.sheet(&self.computed.sheets[at.sheet]);
        let Body::Figures { rows, columns, .. } = &sheet.body else { return None };
        let declared = if at.is_row { rows } else { columns };
        Some(match line.record {
            Some(_) => line.title.clone(),
            None => full_title(&declared[line.declared]).into(),
        })
    }

    /// What a clerk calls that which was given under the first part of a name.
    fn given_title<'n>(&'n self, name: &'n str) -> &'n str {
        let given = name.split('.').next().unwrap_or_default();
        self.proving.outside.names.get(given).map_or(given, |it| &**it)
    }

    /// The title of a column of the table whose rows are being checked; its name if there is none.
    fn column_title(&self, id: &str) -> String {
        let sheet = self.line.map(|it| self.computed.sheet(&self.computed.sheets[it.sheet]));
        let line = sheet.and_then(|it| match &it.body {
            Body::Figures { columns, .. } => columns.iter().find(|it| &*it.id == id),
            Body::List(_) => None,
        });
        line.map_or_else(|| id.to_owned(), full_title)
    }

    fn term_words(&self, side: &Side, term: &Term, is_inner: bool) -> String {
        match term {
            Term::Number(number) => number.trimmed().to_string(),
            Term::Name(name) => self.name_words(&side.meant[name.index]),
            Term::Pair(pair) => {
                let (left, operator, right) = &**pair;
                let added = added(term);
                if let [first, .., last] = &added[..]
                    && added.len() > N_TERMS_SHOWN
                {
                    let (first, last) =
                        (self.term_words(side, first, false), self.term_words(side, last, false));
                    return format!("{first}＋…＋{last}（{}项之和）", added.len());
                }
                let is_product = matches!(operator, Operator::Times | Operator::Over);
                let is_minus = *operator == Operator::Minus;
                let text = format!(
                    "{}{}{}",
                    self.term_words(side, left, is_product),
                    operator.sign(),
                    self.term_words(side, right, is_product || is_minus)
                );
                if is_inner && !is_product { format!("（{text}）") } else { text }
            }
        }
    }

    fn name_words(&self, meant: &Meant) -> String {
        let statistics = &self.computed.statistics;
        match meant {
            Meant::Cells { sheet, rows, columns } => cells_words(statistics, *sheet, rows, columns),
            Meant::OfLine(lines) => {
                let Some(at) = self.line else { return String::new() };
                let sheet = self.computed.sheet(&self.computed.sheets[at.sheet]);
                let Body::Figures { rows, columns, .. } = &sheet.body else { return String::new() };
                titles(if at.is_row { columns } else { rows }, lines)
            }
            Meant::Fact(id) => {
                self.proving.figures.get(id).map_or_else(|| id.to_string(), |it| it.0.title.to_string())
            }
            Meant::Outside(name) => outside_words(statistics, name, self.given_title(name)),
            Meant::OutsideLine(before, behind) => {
                let line = self.line_title().unwrap_or_default();
                format!("“{}”{line}·{}", self.given_title(before), self.column_title(behind))
            }
        }
    }
}

/// The parts of a sum in which all are added.
fn added(term: &Term) -> Vec<&Term> {
    match term {
        Term::Pair(pair) if pair.1 == Operator::Plus => [added(&pair.0), added(&pair.2)].concat(),
        other => vec![other],
    }
}

/// Cells in words: `表2 总计·女`.
fn cells_words(statistics: &Statistics, sheet: usize, rows: &[usize], columns: &[usize]) -> String {
    let sheet = &statistics.sheets[sheet];
    let Body::Figures { rows: all_rows, columns: all_columns, .. } = &sheet.body else {
        return String::new();
    };
    let row = titles(all_rows, rows);
    // A table of one column has nothing to tell apart.
    match all_columns.len() {
        1 => format!("{} {row}", sheet.number),
        _ => format!("{} {row}·{}", sheet.number, titles(all_columns, columns)),
    }
}

/// A figure from outside in words: in those of this declaration if it has the same place there.
fn outside_words(statistics: &Statistics, name: &str, title: &str) -> String {
    let (_, path) = name.split_once('.').unwrap_or(("", name));
    let known = || {
        let (id, path) = path.split_once('.')?;
        let sheet = statistics.sheets.iter().position(|it| &*it.id == id)?;
        let Body::Figures { rows, columns, .. } = &statistics.sheets[sheet].body else { return None };
        let line = |lines: &[Line], id: &str| lines.iter().position(|it| &*it.id == id);
        let splits = path.match_indices('.').map(|(at, _)| (&path[..at], &path[at + 1..]));
        let (row, column) = splits.filter_map(|(a, b)| Some((line(rows, a)?, line(columns, b)?))).next()?;
        Some(format!("“{title}”{}", cells_words(statistics, sheet, &[row], &[column])))
    };
    known().unwrap_or_else(|| format!("“{title}”{path}"))
}

/// Lines in words; several by what they have in common.
fn titles(lines: &[Line], wanted: &[usize]) -> String {
    match wanted {
        [one] => full_title(&lines[*one]),
        [first, ..] => match lines[*first].headings.last() {
            Some(heading) if wanted.iter().all(|it| lines[*it].headings.last() == Some(heading)) => {
                format!("{}各项之和", bare(heading))
            }
            _ => wanted.iter().map(|it| full_title(&lines[*it])).collect::<Vec<_>>().join("＋"),
        },
        [] => String::new(),
    }
}

/// The title of a line, below its heading if it has one.
pub(crate) fn full_title(line: &Line) -> String {
    match line.headings.last() {
        Some(heading) => format!("{}/{}", bare(heading), bare(&line.title)),
        None => bare(&line.title).to_owned(),
    }
}

/// A title without the number that counts it: “一、在岗职工” is 在岗职工.
pub(crate) fn bare(title: &str) -> &str {
    match title.split_once('、') {
        Some((number, rest)) if number.chars().all(|it| "一二三四五六七八九十".contains(it)) => {
            rest
        }
        _ => title,
    }
}
