//! Merged cells below a heading: blocks of notes, and cells that lost their content to the one above.

use std::collections::BTreeMap;

use super::rows::Page;
use super::skip::N_CHARS_OF_REMARK;
use crate::cell::Slot;
use crate::heading::Heading;
use crate::layout::Layout;
use finding::{Area, Finding, Severity, codes};

/// Merged areas by row, told apart.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// Areas over several rows and columns: notes.
    notes: Vec<Area>,
    /// Other areas that touch a row, each with whether it shows anything.
    covered: BTreeMap<u32, Vec<(Area, bool)>>,
}

impl Merged {
    /// Looks at the merged areas below a heading.
    pub(super) fn below(layout: &Layout<'_>, heading: &Heading) -> Self {
        let mut merged = Self::default();
        for area in layout.grid.merges.iter().filter(|it| it.top > heading.bottom) {
            let text = layout.get(area.top, area.left).display();
            let is_block = area.n_cols() > 1 && area.bottom > area.top && !is_column(layout, heading, area);
            let is_long = text.chars().count() >= N_CHARS_OF_REMARK;
            if is_block && is_long || layout.customs.is_remark(&text) {
                merged.notes.push(*area);
            } else {
                for row in layout.grid.rows_within(area.top..=area.bottom) {
                    merged.covered.entry(row.number).or_default().push((*area, !text.is_empty()));
                }
            }
        }
        merged
    }

    /// Whether a cell belongs to a block of notes.
    pub(super) fn is_note(&self, row: u32, col: u16) -> bool {
        self.notes.iter().any(|it| it.contains(row, col))
    }

    /// The blocks of notes.
    pub(super) fn notes(&self) -> &[Area] {
        &self.notes
    }

    /// Whether a cell is part of a merged area.
    pub(super) fn covers(&self, row: u32, col: u16) -> bool {
        self.area(row, col).is_some()
    }

    /// The finding for an empty cell that is merged with a filled one: the sheet shows a value, the row has none. With it
    /// the cell that has the value, of which nobody knows either how many rows it is meant for.
    pub(super) fn lost_value(
        &self,
        page: Page,
        slot: Slot<'_>,
        (row, col): (u32, u16),
    ) -> Option<(Finding, (u32, u16))> {
        let (area, _) = self.area(row, col).filter(|(_, shows)| *shows)?;
        let beside = if area.top < row { "上面的行" } else { "左边的格" };
        let message = format!("“{}”与{beside}合并为一格，本行没有自己的内容", slot.field.title);
        let mut finding = slot
            .finding(&codes::CELL_MERGED_AWAY, message)
            .related(page.origin(area.top, area.left), "内容在这一格")
            .hint("请取消合并，逐行填写");
        if !slot.field.required {
            finding.severity = Severity::Query;
        }
        Some((finding, (area.top, area.left)))
    }

    /// Whether a row has a part in some merged area.
    pub(super) fn touches(&self, row: u32) -> bool {
        self.covered.contains_key(&row)
    }

    fn area(&self, row: u32, col: u16) -> Option<(Area, bool)> {
        self.covered.get(&row)?.iter().copied().find(|it| it.0.contains(row, col))
    }
}

/// Whether an area is as wide as a heading above it: the cells of one column, which spans several.
fn is_column(layout: &Layout<'_>, heading: &Heading, area: &Area) -> bool {
    let above = layout.merge_at(heading.bottom, area.left);
    above.is_some_and(|it| (it.left, it.right) == (area.left, area.right))
}
