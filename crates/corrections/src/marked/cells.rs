//! Cells of a sheet get another format; one that is not there yet is put in its place.

use std::collections::BTreeMap;

use super::Unmarked;
use super::styles::Styles;
use finding::Severity;
use ooxml::{
    Cell, Edits, Element, Tree, append, area, area_name, cell, cell_name, cells, prefix, rows,
    style_of_column, style_of_row,
};

/// Gives cells the fills of their severities.
pub(super) fn fill(
    tree: &Tree,
    marks: &BTreeMap<Cell, Severity>,
    styles: &mut Styles,
    edits: &mut Edits,
) -> Result<(), Unmarked> {
    let data = tree.root().child("x:sheetData").ok_or(Unmarked::Unusual)?;
    let mut sheet = Filling { tree, prefix: prefix(data), styles, edits };
    let mut by_row: BTreeMap<u32, Vec<(u32, Severity)>> = BTreeMap::new();
    for ((row, col), severity) in marks {
        by_row.entry(*row).or_default().push((*col, *severity));
    }
    let mut wanted = by_row.into_iter().peekable();
    for (number, row) in rows(data) {
        while let Some((row_wanted, cells)) = wanted.next_if(|it| it.0 < number) {
            let xml = sheet.new_row(row_wanted, &cells);
            sheet.edits.insert(row.range().start, xml);
        }
        if let Some((_, cells)) = wanted.next_if(|it| it.0 == number) {
            sheet.row(row, number, &cells)?;
        }
    }
    let rest: String = wanted.map(|(row, cells)| sheet.new_row(row, &cells)).collect();
    if !rest.is_empty() {
        append(sheet.edits, data, rest);
    }
    widen(tree, marks, edits)
}

struct Filling<'t, 's> {
    tree: &'t Tree,
    prefix: &'t str,
    styles: &'s mut Styles,
    edits: &'s mut Edits,
}

impl Filling<'_, '_> {
    fn row(&mut self, row: Element<'_>, number: u32, marks: &[(u32, Severity)]) -> Result<(), Unmarked> {
        let own = style_of_row(row);
        let mut wanted = marks.iter().copied().peekable();
        let mut is_wider = false;
        for (col, cell) in cells(row) {
            while let Some((new, severity)) = wanted.next_if(|it| it.0 < col) {
                let xml = self.new_cell((number, new), severity, own);
                self.edits.insert(cell.range().start, xml);
                is_wider = true;
            }
            if let Some((_, severity)) = wanted.next_if(|it| it.0 == col) {
                let like = cell.attribute("s").and_then(|it| it.parse().ok()).unwrap_or(0);
                let style = self.styles.marked(like, severity);
                self.edits.set_attribute(cell, "s", &style.to_string())?;
            }
        }
        let rest: String =
            wanted.map(|(col, severity)| self.new_cell((number, col), severity, own)).collect();
        if !rest.is_empty() {
            append(self.edits, row, rest);
            is_wider = true;
        }
        // What the row says of its width is a hint only, and no longer true.
        if let Some(spans) = row.attributes().find(|it| it.name == "spans").filter(|_| is_wider) {
            self.edits.remove(spans.range);
        }
        Ok(())
    }

    fn new_row(&mut self, row: u32, cells: &[(u32, Severity)]) -> String {
        let cells: String = cells.iter().map(|it| self.new_cell((row, it.0), it.1, None)).collect();
        let prefix = self.prefix;
        format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", row.saturating_add(1))
    }

    /// An empty cell that looks as its row or column says, but for the fill.
    fn new_cell(&mut self, (row, col): Cell, severity: Severity, own: Option<u32>) -> String {
        let like = own.or_else(|| style_of_column(self.tree, col)).unwrap_or(0);
        let style = self.styles.marked(like, severity);
        format!("<{}c r=\"{}\" s=\"{style}\"/>", self.prefix, cell_name((row, col)))
    }
}

/// Takes the fills of an earlier round from cells that are not marked now.
pub(super) fn clear(
    tree: &Tree,
    marks: &BTreeMap<Cell, Severity>,
    styles: &mut Styles,
    edits: &mut Edits,
) -> Result<(), Unmarked> {
    let data = tree.root().child("x:sheetData").ok_or(Unmarked::Unusual)?;
    for (number, row) in rows(data) {
        for (col, cell) in cells(row) {
            let style = cell.attribute("s").and_then(|it| it.parse().ok());
            if let Some(plain) = style.and_then(|it| styles.without_mark(it))
                && !marks.contains_key(&(number, col))
            {
                edits.set_attribute(cell, "s", &plain.to_string())?;
            }
        }
    }
    Ok(())
}

/// The area that the sheet says it takes holds the marked cells too.
fn widen(tree: &Tree, marks: &BTreeMap<Cell, Severity>, edits: &mut Edits) -> Result<(), Unmarked> {
    let Some(dimension) = tree.root().child("x:dimension") else { return Ok(()) };
    let Some(written) = dimension.attribute("ref") else { return Ok(()) };
    let Some([from, to]) = area(&written).or_else(|| cell(&written).map(|it| [it, it])) else {
        return Ok(());
    };
    let widened = marks.keys().fold([from, to], |[from, to], it| {
        [(from.0.min(it.0), from.1.min(it.1)), (to.0.max(it.0), to.1.max(it.1))]
    });
    if widened != [from, to] {
        edits.set_attribute(dimension, "ref", &area_name(widened))?;
    }
    Ok(())
}
