//! What the cells of a sheet show, folded once however many bands they are looked at in.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::lexicon::Lexicon;
use crate::layout::Layout;
use value::Raw;

/// Years that a heading may name.
const YEARS: std::ops::Range<i16> = 1990..2100;

/// A text that may be a label, or a level of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// As it stands there.
    pub(super) written: String,
    /// Folded; empty if nothing but decoration stands there.
    pub(super) folded: String,
    /// Without what stands in brackets behind it, folded, if there is such: 支部类型（在职教工…）.
    pub(super) bare: Option<String>,
    /// The month that it names with its year.
    pub(super) month: Option<MonthOfYear>,
    /// Whether some label ends so, with or without the brackets.
    pub(super) may_end: bool,
    /// Whether some label begins so.
    pub(super) may_begin: bool,
}

/// A month as a heading names it together with its year: 2025年1月, 2025.01, 202501, the first day of a month.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MonthOfYear {
    /// The year.
    pub(super) year: i16,
    /// The month alone: 1月.
    pub(super) name: String,
}

impl MonthOfYear {
    fn read(folded: &str) -> Option<Self> {
        let (year, rest) = folded.split_at_checked(4)?;
        let year = year.parse::<i16>().ok().filter(|it| YEARS.contains(it))?;
        let rest = rest.trim_start_matches(['年', '.', '-', '/']);
        let (month, rest) = rest.split_at(rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len()));
        let month = month.parse::<u8>().ok().filter(|it| (1..=12).contains(it))?;
        let rest = rest.trim_end_matches('份');
        let is_whole = ["", "月", "-01", "-1", "/1", ".1"].contains(&rest);
        is_whole.then(|| Self { year, name: format!("{month}月") })
    }
}

/// What a cell shows.
pub(super) struct Shown {
    /// The text: its own, or that of the merged cell that it belongs to.
    pub(super) text: Option<Rc<Text>>,
    /// Whether the cell itself holds anything.
    pub(super) is_filled: bool,
    /// Whether a merged cell reaches over it from the left.
    pub(super) is_covered: bool,
}

/// A row of them, from the first column of the sheet on.
pub(super) struct TextRow {
    /// The cells.
    pub(super) cells: Vec<Shown>,
    /// How many cells look like data: numbers, dates, long digit strings.
    pub(super) n_data: usize,
}

/// The rows of a sheet that were looked at so far.
pub(super) struct TopRows<'a> {
    layout: &'a Layout<'a>,
    lexicon: &'a Lexicon,
    rows: BTreeMap<u32, Rc<TextRow>>,
}

impl<'a> TopRows<'a> {
    /// None looked at yet.
    pub(super) fn new(layout: &'a Layout<'a>, lexicon: &'a Lexicon) -> Self {
        Self { layout, lexicon, rows: BTreeMap::new() }
    }

    /// A row.
    pub(super) fn row(&mut self, row: u32) -> Rc<TextRow> {
        if let Some(known) = self.rows.get(&row) {
            return known.clone();
        }
        let (first, last) = self.layout.columns;
        let cells = (first..=last).map(|col| self.shown(row, col)).collect();
        let own = self.layout.cells(row, self.layout.columns);
        let n_data = own.filter(|it| self.looks_like_data(it.1)).count();
        let looked_at = Rc::new(TextRow { cells, n_data });
        self.rows.insert(row, looked_at.clone());
        looked_at
    }

    fn shown(&self, row: u32, col: u16) -> Shown {
        let merge = self.layout.merge_at(row, col);
        let written = self.layout.shown(row, col).display();
        Shown {
            text: (!written.is_empty()).then(|| Rc::new(self.text(written))),
            is_filled: !self.layout.get(row, col).is_empty(),
            is_covered: merge.is_some_and(|it| it.left < col),
        }
    }

    fn text(&self, written: String) -> Text {
        let folded = self.lexicon.fold(&written);
        let bare = self.lexicon.bare(&written);
        let month = MonthOfYear::read(&folded);
        let ends_so = |it: &String| self.lexicon.ends_so(it);
        let may_end = ends_so(&folded)
            || bare.as_ref().is_some_and(ends_so)
            || month.as_ref().is_some_and(|it| ends_so(&it.name));
        let may_begin = self.lexicon.begins_so(&folded);
        Text { written, folded, bare, month, may_end, may_begin }
    }

    fn looks_like_data(&self, raw: &Raw) -> bool {
        match raw {
            Raw::Number { .. } | Raw::Shown { .. } | Raw::Date { .. } | Raw::Bool(_) => {
                !self.lexicon.knows(&raw.display())
            }
            Raw::Text(text) => {
                text.chars().filter(char::is_ascii_digit).count() >= 4 && !self.lexicon.knows(text)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_a_year_are_read_as_offices_and_programs_write_them() {
        let read = |text: &str| MonthOfYear::read(text).map(|it| (it.year, it.name));
        for text in ["2025年1月", "2025年01月份", "2025.1", "2025-01", "2025/01", "202501", "2025-01-01"]
        {
            assert_eq!(read(text), Some((2025, "1月".to_owned())), "{text}");
        }
        for text in ["1月", "2025年", "2025年13月", "2025-01-02", "1月2025年", "20250101", "2025年1月党费"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
