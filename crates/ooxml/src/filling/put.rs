//! Values put into cells: what the cell looks like stays.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::FillFault;
use super::written::{Kind, formulas};
use crate::formula::LAST;
use crate::{
    Cell, Edits, Element, Merges, Styles, Tree, append, area, area_name, cell, cell_name, cells, escaped,
    prefix, rows, style_of_column, style_of_row,
};

/// What is put into a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Put {
    /// A text, which stands in the cell itself; line feeds stay.
    Text(String),
    /// A number. In a cell for percentages 0.5 is 50 %.
    Number(f64),
    /// A day: year, month, day. It is written as the number of days that the workbook counts.
    Date(u16, u8, u8),
    /// Yes or no.
    Boolean(bool),
    /// Nothing: what stands in the cell goes, its look stays.
    Nothing,
}

/// Which cells of a sheet may be filled.
#[derive(Debug, Clone, Default)]
pub(super) struct Fillable {
    merges: Merges,
    formulas: BTreeSet<Cell>,
    arrays: Vec<[Cell; 2]>,
}

impl Fillable {
    pub(super) fn read(tree: &Tree) -> Self {
        let written = formulas(tree);
        let array = |kind: &Kind| match kind {
            Kind::Array(area) | Kind::Scenario(area) => Some(*area),
            Kind::Plain | Kind::Shared(_) => None,
        };
        Self {
            merges: Merges::read(tree),
            formulas: written.iter().map(|it| it.at).collect(),
            arrays: written.iter().filter_map(|it| array(&it.kind)).collect(),
        }
    }

    /// Whether a cell may be filled.
    pub(super) fn check(&self, cell: Cell) -> Result<(), FillFault> {
        if cell.0 > LAST.0 || cell.1 > LAST.1 {
            return Err(FillFault::Off);
        }
        let first = self.merges.first(cell);
        if first != cell {
            return Err(FillFault::Covered { cell, first });
        }
        let within =
            |it: &[Cell; 2]| (it[0].0..=it[1].0).contains(&cell.0) && (it[0].1..=it[1].1).contains(&cell.1);
        if self.formulas.contains(&cell) || self.arrays.iter().any(within) {
            return Err(FillFault::Formula(cell));
        }
        Ok(())
    }
}

/// A value as it will stand in its cell.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Kind of the cell, empty for numbers, and what stands in it.
    Said(&'static str, String),
    /// A day, by its number.
    Day(u32),
    Nothing,
}

impl Content {
    /// Reads a value that is to be put.
    pub(super) fn read(put: &Put, is_from_1904: bool) -> Result<Self, FillFault> {
        /// What a cell can hold, in characters.
        const LONGEST: usize = 32_767;
        Ok(match put {
            Put::Text(it) if it.is_empty() => Self::Nothing,
            Put::Text(it) if it.encode_utf16().count() > LONGEST => return Err(FillFault::Long),
            Put::Text(it) => Self::Said("inlineStr", it.clone()),
            Put::Number(it) if !it.is_finite() => return Err(FillFault::Number),
            Put::Number(it) => Self::Said("", (it + 0.0).to_string()),
            Put::Boolean(it) => Self::Said("b", u8::from(*it).to_string()),
            Put::Date(year, month, day) => Self::Day(
                super::day::number((*year, *month, *day), is_from_1904)
                    .ok_or(FillFault::Date(*year, *month, *day))?,
            ),
            Put::Nothing => Self::Nothing,
        })
    }

    /// The kind of the cell, and what stands in it.
    fn written(&self, prefix: &str) -> (&'static str, String) {
        match self {
            Self::Nothing => ("", String::new()),
            Self::Day(day) => ("", format!("<{prefix}v>{day}</{prefix}v>")),
            Self::Said(kind @ "inlineStr", text) => {
                let text = escaped(text);
                (
                    kind,
                    format!("<{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is>"),
                )
            }
            Self::Said(kind, said) => (kind, format!("<{prefix}v>{said}</{prefix}v>")),
        }
    }
}

/// Puts values into a sheet.
pub(super) struct Putting<'t, 's> {
    pub(super) tree: &'t Tree,
    pub(super) styles: &'s mut Styles,
    /// How a day looks in a cell that has no look for days.
    pub(super) day_format: &'s str,
    pub(super) edits: Edits,
}

impl Putting<'_, '_> {
    /// The sheet with values in it; rows and cells that are not there are made.
    pub(super) fn run(mut self, puts: &BTreeMap<Cell, Content>) -> Result<Vec<u8>, FillFault> {
        let data = self.tree.root().child("x:sheetData").ok_or(FillFault::Unusual)?;
        let mut by_row: BTreeMap<u32, Vec<(u32, &Content)>> = BTreeMap::new();
        for ((row, col), content) in puts {
            by_row.entry(*row).or_default().push((*col, content));
        }
        let prefix = prefix(data);
        let mut wanted = by_row.into_iter().peekable();
        for (number, row) in rows(data) {
            while let Some((new, cells)) = wanted.next_if(|it| it.0 < number) {
                let xml = self.new_row(prefix, new, &cells);
                self.edits.insert(row.range().start, xml);
            }
            if let Some((_, cells)) = wanted.next_if(|it| it.0 == number) {
                self.row(row, number, &cells);
            }
        }
        let rest: String = wanted.map(|(row, cells)| self.new_row(prefix, row, &cells)).collect();
        if !rest.is_empty() {
            append(&mut self.edits, data, rest);
        }
        self.widen(puts)?;
        Ok(self.edits.apply(self.tree)?)
    }

    fn row(&mut self, row: Element<'_>, number: u32, puts: &[(u32, &Content)]) {
        let own = style_of_row(row);
        let prefix = prefix(row);
        let mut wanted = puts.iter().copied().peekable();
        let mut is_wider = false;
        for (col, cell) in cells(row) {
            while let Some((new, content)) = wanted.next_if(|it| it.0 < col) {
                let xml = self.new_cell(prefix, (number, new), (own, content));
                self.edits.insert(cell.range().start, xml);
                is_wider = true;
            }
            if let Some((_, content)) = wanted.next_if(|it| it.0 == col) {
                self.cell(cell, (number, col), content);
            }
        }
        let rest: String = wanted.map(|it| self.new_cell(prefix, (number, it.0), (own, it.1))).collect();
        if !rest.is_empty() {
            append(&mut self.edits, row, rest);
            is_wider = true;
        }
        // What the row says of its width is a hint only, and no longer true.
        if let Some(spans) = row.attributes().find(|it| it.name == "spans").filter(|_| is_wider) {
            self.edits.remove(spans.range);
        }
    }

    fn new_row(&mut self, prefix: &str, row: u32, puts: &[(u32, &Content)]) -> String {
        let cells: String = puts.iter().map(|it| self.new_cell(prefix, (row, it.0), (None, it.1))).collect();
        format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", u64::from(row) + 1)
    }

    /// A cell that looks as its row or column says.
    fn new_cell(&mut self, prefix: &str, at: Cell, (own, content): (Option<u32>, &Content)) -> String {
        let like = own.or_else(|| style_of_column(self.tree, at.1));
        let style = self.style(like, content);
        let style = style.map(|it| format!(" s=\"{it}\"")).unwrap_or_default();
        let (kind, inner) = content.written(prefix);
        let kind = if kind.is_empty() { String::new() } else { format!(" t=\"{kind}\"") };
        format!("<{prefix}c r=\"{}\"{style}{kind}>{inner}</{prefix}c>", cell_name(at))
    }

    /// A cell that is there: its place, its look and what programs have added to it stay.
    fn cell(&mut self, cell: Element<'_>, at: Cell, content: &Content) {
        /// What told about the value that goes.
        const OF_VALUE: [&str; 3] = ["t", "cm", "vm"];
        let prefix = prefix(cell);
        let (kind, inner) = content.written(prefix);
        let own = cell.attribute("s").and_then(|it| it.parse().ok());
        let mut new = vec![("r", cell_name(at))];
        new.extend(self.style(own, content).map(|it| ("s", it.to_string())));
        new.extend((!kind.is_empty()).then(|| ("t", kind.to_owned())));
        let kept = cell.attributes().filter(|it| !OF_VALUE.contains(&it.name));
        let kept = kept.filter(|it| new.iter().all(|new| new.0 != it.name));
        let kept = kept.map(|it| format!(" {}=\"{}\"", it.name, escaped(&it.value)));
        let said = new.iter().map(|it| format!(" {}=\"{}\"", it.0, escaped(&it.1))).chain(kept);
        let added = cell.children().filter(|it| it.local() == "extLst").map(|it| it.as_written());
        let inner: String = std::iter::once(inner.as_str()).chain(added).collect();
        let start = format!("<{}{}", cell.written_name(), said.collect::<String>());
        self.edits.replace(cell.range(), format!("{start}>{inner}</{}>", cell.written_name()));
    }

    /// The look of a cell; a day needs one that shows days.
    fn style(&mut self, like: Option<u32>, content: &Content) -> Option<u32> {
        if !matches!(content, Content::Day(_)) {
            return like;
        }
        let own = like.unwrap_or(0);
        if self.styles.number_format_of(own).date.is_some() {
            return like;
        }
        let format = self.styles.number_format(self.day_format);
        let changed = [("numFmtId", format.to_string()), ("applyNumberFormat", "1".to_owned())];
        Some(self.styles.like(own, &changed))
    }

    /// The area that the sheet says it takes holds the cells too.
    fn widen(&mut self, puts: &BTreeMap<Cell, Content>) -> Result<(), FillFault> {
        let Some(dimension) = self.tree.root().child("x:dimension") else { return Ok(()) };
        let Some(written) = dimension.attribute("ref") else { return Ok(()) };
        let Some([from, to]) = area(&written).or_else(|| cell(&written).map(|it| [it, it])) else {
            return Ok(());
        };
        let widened = puts.keys().fold([from, to], |[from, to], it| {
            [(from.0.min(it.0), from.1.min(it.1)), (to.0.max(it.0), to.1.max(it.1))]
        });
        if widened != [from, to] {
            self.edits.set_attribute(dimension, "ref", &area_name(widened))?;
        }
        Ok(())
    }
}
