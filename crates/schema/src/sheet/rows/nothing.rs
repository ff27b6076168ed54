//! Rows that hold no record of their own: 无 in place of records, and for whom; what was printed on the form beforehand.

use std::sync::Arc;

use super::Rows;
use crate::cell::says_nothing;
use source::Row;
use value::Raw;

impl Rows<'_> {
    /// The names in a row that says that there is nothing to report: nothing stands in it but that, and what may be printed
    /// on the form beforehand.
    pub(super) fn units_with_nothing(&self, row: &Row) -> Option<Vec<Arc<str>>> {
        let filled = row.within(self.heading.extent).iter();
        let filled = filled.filter(|it| !it.1.is_empty() && !self.merged.is_note(row.number, it.0));
        let (mut says_so, mut names) = (false, Vec::new());
        for (col, raw) in filled {
            let is_data = self.fields.data.binary_search(col).is_ok();
            let is_printed = is_data && !self.fields.beyond_print.contains(col);
            let text = raw.display();
            match self.customs.is_nothing(&text) {
                true => says_so = true,
                false if is_printed => names.push(text.into()),
                false if is_data && !self.is_blank(*col, raw) => return None,
                false => {}
            }
        }
        says_so.then_some(names)
    }

    /// Whether what stands in a column is the mark of an empty cell: —.
    fn is_blank(&self, col: u16, raw: &Raw) -> bool {
        let field = self.fields.columns.position(|it| *it == Some(col));
        let value = || self.table.returned.unfold.as_ref().map(|it| it.value_field);
        field.or_else(value).is_some_and(|it| says_nothing(&self.table.fields[it], raw))
    }

    /// Whether only what is printed on the form beforehand is filled: names that hold for many rows, and their codes.
    pub(super) fn is_prefilled(&self, row: &Row) -> bool {
        let is_filled = |col: &u16| !self.get(row, *col).is_empty();
        self.fields.asks_beyond_print
            && self.heading.columns.unfolded.is_empty()
            && !self.fields.beyond_print.iter().any(is_filled)
    }
}
