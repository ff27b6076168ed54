//! Tables of a Word document: rows as they stand once changes are accepted, merged cells taken apart.

use super::DocxReader;
use super::aside::AsideKind;
use crate::{Block, Passage, Table};
use ooxml::Element;

/// Word itself has no more columns.
const N_COLUMNS_MAX: usize = 63;

impl<'e> DocxReader {
    /// Reads a table; `None` if nothing of it is left.
    pub(super) fn table(&mut self, element: Element<'e>) -> Option<Table> {
        let origin = self.here();
        let mut rows = Vec::new();
        self.rows(element, &mut rows);
        let width = rows.iter().map(Vec::len).max().filter(|it| *it > 0)?;
        self.n_cells = self.n_cells.saturating_add(rows.len().saturating_mul(width));
        if self.is_full() {
            return None;
        }
        for row in &mut rows {
            row.resize(width, self.nothing());
        }
        let mut rows = rows.into_iter();
        Some(Table { origin, head: rows.next()?, rows: rows.collect() })
    }

    fn rows(&mut self, element: Element<'e>, rows: &mut Vec<Vec<Passage>>) {
        for child in element.children() {
            match child.name() {
                "w:tr" => {
                    let properties = child.child("w:trPr");
                    if !self.is_deleted(properties) && !self.is_full() {
                        let row = self.row(child, properties);
                        rows.push(row);
                    }
                }
                "w:sdtPr" => {}
                _ => self.rows(child, rows),
            }
        }
    }

    /// Whether a row was deleted while changes were tracked; that one was deleted or added is noted.
    pub(super) fn is_deleted(&mut self, properties: Option<Element<'_>>) -> bool {
        let has = |name: &str| properties.is_some_and(|it| it.child(name).is_some());
        let is_deleted = has("w:del");
        if is_deleted || has("w:ins") {
            self.note(AsideKind::Change);
        }
        is_deleted
    }

    fn row(&mut self, element: Element<'e>, properties: Option<Element<'_>>) -> Vec<Passage> {
        let gap = |name: &str| properties.and_then(|it| number(it, name)).unwrap_or(0);
        let mut row = vec![self.nothing(); gap("w:gridBefore")];
        self.cells(element, &mut row);
        row.extend(vec![self.nothing(); gap("w:gridAfter")]);
        row.truncate(N_COLUMNS_MAX);
        row
    }

    fn cells(&mut self, element: Element<'e>, row: &mut Vec<Passage>) {
        for child in element.children() {
            match child.name() {
                "w:tc" => self.spread(child, row),
                "w:trPr" | "w:sdtPr" => {}
                _ => self.cells(child, row),
            }
        }
    }

    /// A cell and the empty ones that it covers.
    fn spread(&mut self, cell: Element<'e>, row: &mut Vec<Passage>) {
        let properties = cell.child("w:tcPr");
        let child = |name: &str| properties.and_then(|it| it.child(name));
        if child("w:cellDel").is_some() {
            return self.note(AsideKind::Change);
        }
        let goes_on =
            |name: &str| child(name).is_some_and(|it| it.attribute("val").as_deref() != Some("restart"));
        let span = properties.and_then(|it| number(it, "w:gridSpan")).unwrap_or(1).max(1);
        let is_covered = goes_on("w:vMerge") || goes_on("w:hMerge");
        if is_covered || span > 1 {
            self.note(AsideKind::Merged);
        }
        if is_covered {
            self.look_under(cell);
            row.push(self.nothing());
        } else {
            let text = self.cell(cell);
            row.push(text);
        }
        row.extend(vec![self.nothing(); span - 1]);
    }

    /// Word does not show what stands in a covered cell.
    fn look_under(&mut self, cell: Element<'_>) {
        let mut texts = Vec::new();
        cell.all("w:t", &mut texts);
        if texts.iter().any(|it| !it.text().trim().is_empty()) {
            self.note(AsideKind::Hidden);
        }
    }

    /// The text of a cell: its paragraphs in one line, parted by blanks.
    pub(super) fn cell(&mut self, cell: Element<'e>) -> Passage {
        let place = self.here();
        let blocks = self.blocks(cell);
        if blocks.iter().any(|it| matches!(it, Block::Table(_))) {
            self.aside.note(AsideKind::Nested, place);
        }
        let mut lines = blocks.iter().flat_map(Block::passages).filter(|it| !it.marked().is_empty());
        let mut text = lines.next().cloned().unwrap_or_else(|| self.nothing());
        lines.for_each(|it| text.append_apart(it));
        text
    }

    /// An empty text, at the paragraph before it.
    pub(super) fn nothing(&self) -> Passage {
        Passage::line("", self.file, (self.n_paragraphs.max(1), 1))
    }
}

/// A number among properties, no greater than a table can be wide.
pub(super) fn number(properties: Element<'_>, name: &str) -> Option<usize> {
    properties.value(name)?.parse().ok().map(|it: usize| it.min(N_COLUMNS_MAX))
}
