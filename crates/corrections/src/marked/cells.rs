//! Cells of a sheet get another format; one that is not there yet is put in its place.

use std::collections::BTreeMap;

use super::Unmarked;
use super::styles::Styles;
use super::xml::{append, prefix};
use finding::{Severity, cell_name};
use ooxml::{Cell, Edits, Element, Tree, area, cell};

/// The merged areas of a sheet: what is said of a cell within one is said of its first.
#[derive(Debug, Default)]
pub(super) struct Merges(Vec<[Cell; 2]>);

impl Merges {
    /// Reads them.
    pub(super) fn read(tree: &Tree) -> Self {
        let merges = tree.root().child("x:mergeCells");
        let areas =
            merges.into_iter().flat_map(Element::children).filter_map(|it| area(&it.attribute("ref")?));
        let in_order = |[a, b]: [Cell; 2]| [(a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1))];
        Self(areas.map(in_order).collect())
    }

    /// The cell that stands for a cell.
    pub(super) fn first(&self, (row, col): Cell) -> Cell {
        let covers = |it: &&[Cell; 2]| {
            let [from, to] = it;
            (from.0..=to.0).contains(&row) && (from.1..=to.1).contains(&col)
        };
        self.0.iter().find(covers).map_or((row, col), |it| it[0])
    }
}

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
    for (number, row) in numbered(data, "row", |it| it.parse::<u32>().ok()?.checked_sub(1)) {
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
    fn row(&mut self, row: Element<'_>, number: u32, cells: &[(u32, Severity)]) -> Result<(), Unmarked> {
        let own = row.attribute("s").filter(|_| row.attribute("customFormat").is_some_and(|it| is_on(&it)));
        let own = own.and_then(|it| it.parse().ok());
        let mut wanted = cells.iter().copied().peekable();
        let mut is_wider = false;
        for (col, cell) in numbered(row, "c", |it| Some(self::cell(it)?.1)) {
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
        let like = own.or_else(|| of_column(self.tree, col)).unwrap_or(0);
        let style = self.styles.marked(like, severity);
        format!("<{}c r=\"{}\" s=\"{style}\"/>", self.prefix, name((row, col)))
    }
}

/// The address of a cell.
pub(super) fn name((row, col): Cell) -> String {
    cell_name(row, u16::try_from(col).unwrap_or(u16::MAX))
}

fn is_on(value: &str) -> bool {
    matches!(value, "1" | "true")
}

/// The rows of a sheet, or the cells of a row, with their numbers: those without one follow the one before.
fn numbered<'t>(
    within: Element<'t>,
    local: &'static str,
    read: impl Fn(&str) -> Option<u32>,
) -> impl Iterator<Item = (u32, Element<'t>)> {
    let mut next = 0_u32;
    within.children().filter(move |it| it.local() == local).map(move |it| {
        let number = it.attribute("r").and_then(|it| read(&it)).unwrap_or(next);
        next = number.saturating_add(1);
        (number, it)
    })
}

/// The format of cells of a column that are not there.
fn of_column(tree: &Tree, col: u32) -> Option<u32> {
    let number = |it: Element<'_>, name| it.attribute(name)?.parse::<u32>().ok();
    let columns = tree.root().child("x:cols")?;
    let own = columns.children().find(|it| {
        let (min, max) = (number(*it, "min").unwrap_or(u32::MAX), number(*it, "max").unwrap_or(0));
        (min..=max).contains(&col.saturating_add(1))
    })?;
    number(own, "style")
}

/// Takes the fills of an earlier round from cells that are not marked now.
pub(super) fn clear(
    tree: &Tree,
    marks: &BTreeMap<Cell, Severity>,
    styles: &mut Styles,
    edits: &mut Edits,
) -> Result<(), Unmarked> {
    let data = tree.root().child("x:sheetData").ok_or(Unmarked::Unusual)?;
    for (number, row) in numbered(data, "row", |it| it.parse::<u32>().ok()?.checked_sub(1)) {
        for (col, cell) in numbered(row, "c", |it| Some(self::cell(it)?.1)) {
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
        let ends = widened.map(name);
        edits.set_attribute(dimension, "ref", &ends.join(":"))?;
    }
    Ok(())
}
