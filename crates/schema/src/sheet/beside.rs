//! What a file says beside its records: titles, and columns that no field takes. Two files with the same people may differ in it.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::heading::{Heading, Stranger};
use crate::layout::Layout;
use value::{Raw, fold};

/// What stands beside the records of a file.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// Lines above the headings, folded; what names a unit or a day behind a colon is left out.
    titles: BTreeSet<String>,
    /// Columns that are not read, by their folded labels: what their cells hold, hashed.
    unread: BTreeMap<String, u64>,
}

impl Beside {
    /// Notes the rows above the headings.
    pub(super) fn note_titles(&mut self, layout: &Layout<'_>, rows: &[u32]) {
        let cells = rows.iter().filter_map(|it| layout.grid.row(*it)).flat_map(|it| it.cells());
        let texts = cells.filter_map(|it| if let Raw::Text(text) = &it.1 { Some(fold(text)) } else { None });
        let lines = layout.grid.above.iter().flatten().map(|it| fold(it));
        self.titles.extend(lines.chain(texts).filter(|it| !it.contains(':')));
    }

    /// Notes the columns of a heading that no field takes.
    pub(super) fn note_columns(&mut self, layout: &Layout<'_>, heading: &Heading) {
        for Stranger { col, label, .. } in &heading.columns.strangers {
            let mut hasher = DefaultHasher::new();
            for row in layout.grid.rows_within(heading.bottom.saturating_add(1)..=u32::MAX) {
                row.get(*col).display().hash(&mut hasher);
            }
            self.unread.insert(fold(label), hasher.finish());
        }
    }

    /// Whether nothing in it speaks against two files being the same: titles that have nothing in common do, where both have
    /// some, and so does a column that is not read and stands in one of them only, or holds something else.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let is_untitled = self.titles.is_empty() || other.titles.is_empty();
        (is_untitled || !self.titles.is_disjoint(&other.titles)) && self.unread == other.unread
    }
}
