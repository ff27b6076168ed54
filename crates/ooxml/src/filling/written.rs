//! The formulas of a sheet as they stand in its cells (ECMA-376 part 1, 18.3.1.40).

use std::collections::BTreeMap;

use crate::cells::in_order;
use crate::formula::copied;
use crate::{Cell, Element, Tree, area, cell, cells, rows};

/// A cell with a formula.
pub(super) struct Written<'t> {
    pub(super) at: Cell,
    /// The element that holds the formula, or says whose it shares.
    pub(super) element: Element<'t>,
    pub(super) kind: Kind,
    /// The formula as it reads in this cell, without `=`; `None` if it cannot be told.
    pub(super) text: Option<String>,
}

/// How a formula stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    /// Many cells share a formula of this number.
    Shared(u32),
    /// It fills an area.
    Array([Cell; 2]),
    /// A table of what-if values, and its area.
    Scenario([Cell; 2]),
}

/// All formulas of a sheet in the order of its cells.
pub(super) fn formulas(tree: &Tree) -> Vec<Written<'_>> {
    let mut found = Vec::new();
    let mut shared: BTreeMap<u32, (Cell, String)> = BTreeMap::new();
    let data = tree.root().child("x:sheetData");
    for (row, line) in data.into_iter().flat_map(rows) {
        for (col, cell) in cells(line) {
            if let Some(element) = cell.children().find(|it| it.local() == "f") {
                found.push(written((row, col), element, &mut shared));
            }
        }
    }
    found
}

fn written<'t>(at: Cell, element: Element<'t>, shared: &mut BTreeMap<u32, (Cell, String)>) -> Written<'t> {
    let own = element.text().into_owned();
    let kind = kind(at, element);
    let text = match kind {
        Kind::Shared(number) if own.is_empty() => {
            shared.get(&number).and_then(|(from, text)| copied(text, *from, at).ok())
        }
        Kind::Shared(number) => {
            shared.insert(number, (at, own.clone()));
            Some(own)
        }
        Kind::Scenario(_) => None,
        Kind::Plain | Kind::Array(_) => Some(own),
    };
    Written { at, element, kind, text }
}

fn kind(at: Cell, element: Element<'_>) -> Kind {
    let number = || element.attribute("si").and_then(|it| it.parse().ok());
    let said = || element.attribute("ref").and_then(|it| area(&it).or_else(|| cell(&it).map(|it| [it, it])));
    match element.attribute("t").as_deref() {
        Some("shared") => number().map_or(Kind::Plain, Kind::Shared),
        Some("array") => Kind::Array(in_order(said().unwrap_or([at, at]))),
        Some("dataTable") => Kind::Scenario(in_order(said().unwrap_or([at, at]))),
        _ => Kind::Plain,
    }
}
