//! Tables of a Word document: rows as they stand once changes are accepted, merged cells taken apart.

use super::Reader;
use super::aside::Kind;
use super::xml::Element;
use crate::source::{Passage, Table};

/// Word itself has no more columns.
const N_COLUMNS_MAX: usize = 63;

impl<'e> Reader {
    /// Reads a table; `None` if nothing of it is left.
    pub(super) fn table(&mut self, element: &'e Element) -> Option<Table> {
        let origin = self.here();
        let mut rows = Vec::new();
        self.rows(element, &mut rows);
        let width = rows.iter().map(Vec::len).max().filter(|it| *it > 0)?;
        self.n_cells = self.n_cells.saturating_add(rows.len().saturating_mul(width));
        if self.is_full() {
            return None;
        }
        for row in &mut rows {
            row.resize_with(width, || Passage::line("", self.file, (self.n_paragraphs.max(1), 1)));
        }
        let mut rows = rows.into_iter();
        Some(Table { origin, head: rows.next()?, rows: rows.collect() })
    }

    fn rows(&mut self, element: &'e Element, rows: &mut Vec<Vec<Passage>>) {
        for child in &element.children {
            match child.name {
                "w:tr" => {
                    let properties = child.child("w:trPr");
                    let has = |name: &str| properties.is_some_and(|it| it.child(name).is_some());
                    if has("w:ins") || has("w:del") {
                        self.note(Kind::Change);
                    }
                    if !has("w:del") && !self.is_full() {
                        let row = self.row(child, properties);
                        rows.push(row);
                    }
                }
                "w:sdtPr" => {}
                _ => self.rows(child, rows),
            }
        }
    }

    fn row(&mut self, element: &'e Element, properties: Option<&Element>) -> Vec<Passage> {
        let gap = |name: &str| properties.and_then(|it| number(it, name)).unwrap_or(0);
        let mut row = vec![String::new(); gap("w:gridBefore")];
        self.cells(element, &mut row);
        row.extend(vec![String::new(); gap("w:gridAfter")]);
        row.truncate(N_COLUMNS_MAX);
        row.into_iter().map(|it| self.cell(&it)).collect()
    }

    fn cells(&mut self, element: &'e Element, row: &mut Vec<String>) {
        for child in &element.children {
            match child.name {
                "w:tc" => self.spread(child, row),
                "w:trPr" | "w:sdtPr" => {}
                _ => self.cells(child, row),
            }
        }
    }

    /// A cell and the empty ones that it covers.
    fn spread(&mut self, cell: &'e Element, row: &mut Vec<String>) {
        let properties = cell.child("w:tcPr");
        let child = |name: &str| properties.and_then(|it| it.child(name));
        if child("w:cellDel").is_some() {
            return self.note(Kind::Change);
        }
        let goes_on = |name: &str| child(name).is_some_and(|it| it.attribute("val") != Some("restart"));
        let span = properties.and_then(|it| number(it, "w:gridSpan")).unwrap_or(1).max(1);
        let is_covered = goes_on("w:vMerge") || goes_on("w:hMerge");
        if is_covered || span > 1 {
            self.note(Kind::Merged);
        }
        let mut lines = Vec::new();
        if is_covered {
            // Word does not show what stands in a covered cell.
            let mut hidden = Vec::new();
            cell.all("w:t", &mut hidden);
            if hidden.iter().any(|it| !it.text.trim().is_empty()) {
                self.note(Kind::Hidden);
            }
        } else {
            self.cell_text(cell, &mut lines);
        }
        row.push(lines.join("\u{3000}"));
        row.extend(vec![String::new(); span - 1]);
    }

    fn cell(&mut self, text: &str) -> Passage {
        let number =
            if text.trim().is_empty() { self.n_paragraphs.max(1) } else { self.begin_paragraph(text) };
        Passage::line(text, self.file, (number, 1))
    }
}

fn number(properties: &Element, name: &str) -> Option<usize> {
    properties.value(name)?.parse().ok().map(|it: usize| it.min(N_COLUMNS_MAX))
}
