//! What stands around the rows of a table and may say whose they are.

use std::sync::Arc;

use crate::customs::Customs;
use crate::heading::Lexicon;
use crate::layout::Layout;
use crate::whose::Hints;
use finding::{ColumnId, Origin};
use value::Raw;

/// A title is no longer than this, in characters; what is longer is a note.
const N_CHARS_OF_TITLE_MAX: usize = 40;
/// So many rows above a heading may bear its title.
const N_ROWS_OF_TITLE: u32 = 8;
/// A row of titles, or one that heads a group, has at most so many cells.
const N_CELLS_OF_TITLE_MAX: usize = 3;

/// Lines such as 党支部名称：…, titles, and the name of the sheet.
pub(super) struct Around<'a> {
    lexicon: &'a Lexicon,
    /// What stands before and behind a colon, or in two neighbouring cells.
    lines: Vec<(String, Arc<str>, Origin)>,
    titles: Vec<(Arc<str>, Origin)>,
    /// What stands behind 填报单位: and the like.
    units: Vec<(Arc<str>, Origin)>,
    sheet: (Arc<str>, Origin),
}

impl<'a> Around<'a> {
    /// Of a table whose heading begins at a row, and whose rows stand in these stretches; `around` are the rows that may
    /// say who reports.
    pub(super) fn of(
        layout: &Layout<'_>,
        (around, parts): (&[u32], &[(u32, u32)]),
        top: u32,
        lexicon: &'a Lexicon,
    ) -> Self {
        let grid = layout.grid;
        let sheet = (grid.name.clone(), Origin::sheet(grid.file, grid.sheet));
        let mut found = Self { lexicon, lines: Vec::new(), titles: Vec::new(), units: Vec::new(), sheet };
        let place = found.sheet.1;
        for line in grid.above.iter().flatten() {
            found.read_line(line, None, place, layout.customs);
            found.read_title(line, place);
        }
        for row in around {
            found.read_lines(layout, *row);
        }
        found.read_titles(layout, top.saturating_sub(N_ROWS_OF_TITLE), top);
        // A heading that comes again may stand below another title, and a row may head a group.
        for (first, last) in parts {
            for row in grid.rows_within(*first..=*last).iter().filter(|it| it.cells().len() == 1) {
                found.read_titles(layout, row.number, row.number + 1);
            }
        }
        found
    }

    fn read_titles(&mut self, layout: &Layout<'_>, first: u32, end: u32) {
        let rows = layout.grid.rows_within(first..=end.saturating_sub(1)).iter().rev();
        let titles = rows.take_while(|it| it.number < end && it.cells().len() <= N_CELLS_OF_TITLE_MAX);
        for (row, (col, raw)) in titles.flat_map(|row| row.cells().iter().map(|it| (row.number, it))) {
            if let Raw::Text(text) = raw {
                self.read_title(text, layout.origin(row, *col));
            }
        }
    }

    fn read_title(&mut self, text: &Arc<str>, origin: Origin) {
        if text.chars().count() <= N_CHARS_OF_TITLE_MAX && !text.contains([':', '：']) {
            self.titles.push((text.clone(), origin));
        }
    }

    fn read_lines(&mut self, layout: &Layout<'_>, row: u32) {
        let cells: Vec<(u16, &Raw)> = layout.cells(row, layout.columns).collect();
        for (idx, (col, raw)) in cells.iter().enumerate() {
            let next = cells.get(idx + 1).map(|it| it.1.display());
            let (text, origin) = (raw.display(), layout.origin(row, *col));
            self.read_line(&text, next.as_deref(), origin, layout.customs);
            if let Some(next) = next.filter(|_| !text.contains([':', '：'])) {
                self.lines.push((text, next.into(), origin));
            }
        }
    }

    /// What stands before and behind each colon of a line; where nothing stands behind it, in the next cell.
    fn read_line(&mut self, text: &str, next: Option<&str>, origin: Origin, customs: &Customs) {
        for part in text.split(['\n', '\t', '\u{3000}']).flat_map(|it| it.split("  ")) {
            let Some((key, value)) = part.split_once([':', '：']) else { continue };
            let value = value.trim();
            let value = if value.is_empty() { next.unwrap_or_default() } else { value };
            let is_unit = customs.units.iter().any(|it| key.contains(it.as_str()));
            if is_unit && !value.is_empty() {
                self.units.push((value.into(), origin));
            }
            self.lines.push((key.trim().to_owned(), value.into(), origin));
        }
    }

    /// What may say whose the records are whose field has no column.
    pub(super) fn of_field(&self, column: ColumnId) -> Hints {
        let named = |key: &str| self.lexicon.field_named(column.table, key) == Some(column.field);
        let lines = self.lines.iter().filter(|it| named(&it.0) && !it.1.is_empty());
        Hints {
            lines: lines.map(|it| (it.1.clone(), it.2)).collect(),
            titles: self.titles.iter().chain(&self.units).cloned().collect(),
            sheet: Some(self.sheet.clone()),
        }
    }
}
