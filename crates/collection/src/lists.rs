//! Drop-down lists: short ones in the cell itself, long ones on a hidden sheet.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::look;
use super::words::Words;
use finding::cell_name;
use source::PAGE_MARK;

/// A list in the cell itself has at most so many characters, and so many items.
const N_CHARS_MAX: usize = 200;
const N_ITEMS_MAX: usize = 12;

/// Where a list stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum List {
    /// In the restriction of the cell.
    Here(Vec<String>),
    /// In a range of the hidden sheet.
    There(String),
}

/// The lists on the hidden sheet, each with its title.
pub(crate) struct Lists<'a> {
    words: &'a Words,
    lists: Vec<(String, Vec<String>)>,
}

impl<'a> Lists<'a> {
    pub(crate) fn new(words: &'a Words) -> Self {
        Self { words, lists: Vec::new() }
    }

    /// Puts a list where it has room; the same one only once.
    pub(crate) fn put(&mut self, title: &str, items: Vec<String>) -> List {
        let n_chars: usize = items.iter().map(|it| it.chars().count().saturating_add(1)).sum();
        let is_plain = |it: &String| !it.contains([',', '"']);
        if n_chars <= N_CHARS_MAX && items.len() <= N_ITEMS_MAX && items.iter().all(is_plain) {
            return List::Here(items);
        }
        let last = items.len();
        let at = self.lists.iter().position(|it| it.1 == items).unwrap_or_else(|| {
            self.lists.push((title.to_owned(), items));
            self.lists.len().saturating_sub(1)
        });
        let column = cell_name(0, column(at)).trim_end_matches('1').to_owned();
        let first = FIRST.saturating_add(1);
        let last = last.saturating_add(usize::try_from(FIRST).unwrap_or_default());
        List::There(format!("='{}'!${column}${first}:${column}${last}", self.words.plain("lists", "name")))
    }

    /// Writes the hidden sheet, if there is anything on it.
    pub(crate) fn write(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        if self.lists.is_empty() {
            return Ok(());
        }
        let paper = workbook.add_worksheet();
        paper.set_name(self.words.plain("lists", "name"))?.set_very_hidden(true);
        paper.write_string(0, 0, format!("{PAGE_MARK}lists"))?;
        let text = look::default().set_num_format(look::TEXT);
        for (at, (title, items)) in self.lists.iter().enumerate() {
            paper.write_string(FIRST.saturating_sub(1), column(at), title)?;
            for (row, item) in (FIRST..).zip(items) {
                paper.write_string_with_format(row, column(at), item, &text)?;
            }
        }
        paper.protect();
        Ok(())
    }
}

/// The row of the first item.
const FIRST: u32 = 2;

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
