//! What is struck out in a workbook: its rows and cells are read, and asked about; struck-out words are left out.

use std::collections::{BTreeMap, BTreeSet};

use super::Grid;
use super::book::Book;
use finding::{Finding, Report, codes};

/// Where something is struck out on a sheet, by row and column from zero.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Struck {
    /// Cells that are struck out as a whole.
    pub whole: BTreeSet<(u32, u16)>,
    /// Cells of whose text something is.
    pub words: BTreeMap<(u32, u16), Partly>,
}

/// A text of which something is struck out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Partly {
    parts: Vec<(String, bool)>,
}

impl Partly {
    /// Its parts in their order, each with whether it is struck out.
    pub fn parts(&self) -> impl Iterator<Item = (&str, bool)> {
        self.parts.iter().map(|it| (&*it.0, it.1))
    }

    /// Adds to it at its end.
    pub(super) fn push(&mut self, text: &str, is_struck: bool) {
        match self.parts.last_mut() {
            _ if text.is_empty() => {}
            Some((last, state)) if *state == is_struck => last.push_str(text),
            _ => self.parts.push((text.to_owned(), is_struck)),
        }
    }

    /// Whether there is nothing of it yet.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// What is not struck out.
    pub(super) fn kept(&self) -> String {
        self.parts().filter(|it| !it.1).map(|it| it.0).collect()
    }

    /// What is.
    pub(super) fn struck(&self) -> String {
        self.parts().filter(|it| it.1).map(|it| it.0).collect()
    }

    /// The text, if more than white space of it is struck out.
    pub(super) fn if_struck(self) -> Option<Self> {
        let is_struck = self.parts().any(|it| it.1 && !it.0.trim().is_empty());
        is_struck.then_some(self)
    }
}

const HINT: &str = "划去的内容不上报的，请从表中删去；仍然上报的，请取消删除线";

impl Book {
    /// Asks about each row, cell and word that is struck out on a visible sheet.
    pub(super) fn report_struck(&self, report: &mut Report) {
        for (sheet, aside) in &self.asides {
            let grid = self.grids.iter().find(|it| it.sheet == *sheet && !it.hidden);
            grid.into_iter().for_each(|it| aside.struck.report(it, report));
        }
    }
}

impl Struck {
    fn report(&self, grid: &Grid, report: &mut Report) {
        let mut say = |row, col, message: String| {
            let place = grid.origin(row, col);
            report.push(Finding::new(&codes::STRUCK_OUT, message).at(place).hint(HINT));
        };
        for row in grid.rows() {
            let cells: Vec<u16> = row.cells().iter().map(|it| it.0).collect();
            let struck: Vec<u16> =
                cells.iter().copied().filter(|it| self.whole.contains(&(row.number, *it))).collect();
            match &struck[..] {
                [] => {}
                [only] => say(row.number, *only, "这一格划了删除线，内容照常读取".to_owned()),
                [first, ..] if struck.len() == cells.len() => {
                    say(row.number, *first, "这一行划了删除线，内容照常读取".to_owned());
                }
                [first, ..] => {
                    say(row.number, *first, format!("这一行有{}格划了删除线，内容照常读取", struck.len()));
                }
            }
        }
        for ((row, col), partly) in &self.words {
            let words = partly.struck();
            let words = words.trim();
            let shown = if is_secret(words) { String::new() } else { format!("“{words}”") };
            say(*row, *col, format!("这一格里有几个字{shown}划了删除线，没有读取"));
        }
    }
}

/// Whether words may hold a number that no message shows.
fn is_secret(words: &str) -> bool {
    const N_DIGITS_SHOWN_MAX: usize = 6;
    words.chars().filter(char::is_ascii_digit).count() > N_DIGITS_SHOWN_MAX
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Aside;
    use finding::Sources;
    use value::Raw;

    #[test]
    fn a_row_is_asked_about_once_and_numbers_are_not_shown() {
        let mut grid = Grid::empty(Sources::default().add("a.xlsx"), 0, "甲");
        for (row, col) in [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (5, 0), (5, 1), (5, 2)] {
            grid.set(row, col, Raw::text("王强"));
        }
        let partly = |words: &str| {
            let mut partly = Partly::default();
            [("王", false), ("强", false), (words, true)].iter().for_each(|it| partly.push(it.0, it.1));
            partly
        };
        assert_eq!(partly("李明").parts().collect::<Vec<_>>(), [("王强", false), ("李明", true)]);
        let words = [((3, 0), partly("13800138000")), ((4, 0), partly("李明"))].into();
        let struck = Struck { whole: [(1, 0), (1, 1), (1, 2), (2, 1), (5, 1), (5, 2)].into(), words };
        let book = Book {
            grids: vec![grid],
            asides: vec![(0, Aside { struck, ..Aside::default() })],
            ..Book::default()
        };
        let mut report = Report::default();
        book.report_struck(&mut report);
        let said: Vec<&str> = report.findings().iter().map(|it| &*it.message).collect();
        assert_eq!(
            said,
            [
                "这一行划了删除线，内容照常读取",
                "这一格划了删除线，内容照常读取",
                "这一行有2格划了删除线，内容照常读取",
                "这一格里有几个字划了删除线，没有读取",
                "这一格里有几个字“李明”划了删除线，没有读取"
            ]
        );
    }
}
