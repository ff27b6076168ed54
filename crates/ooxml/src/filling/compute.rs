//! Every formula computed anew, and its value put where programs keep it.

use std::collections::BTreeMap;

use super::Computed;
use super::book::Book;
use super::fault::FillFault;
use super::written::{Kind, Written, formulas};
use crate::formula::{Workbook, is_close};
use crate::{Cell, CellValue, Edits, Element, NotComputed, Tree, cells, escaped, prefix, rows};

/// A cell whose value is computed.
struct Asked {
    cell: Cell,
    formula: String,
    before: CellValue,
}

/// Computes all formulas, puts their values into the sheets, and tells them.
pub(super) fn compute(book: &mut Book<'_>) -> Result<Vec<Computed>, FillFault> {
    let texts = texts(book)?;
    let mut workbook = Workbook::default();
    let mut asked = Vec::new();
    for sheet in book.sheets.clone() {
        workbook.add_sheet(&sheet.name);
        let tree = if sheet.has_cells { Some(book.tree(&sheet.part)?) } else { None };
        asked.push(tree.map(|it| read(&it, &texts, &mut workbook)).unwrap_or_default());
    }
    let main = book.main.clone();
    let tree = book.tree(&main)?;
    for it in tree.root().child("x:definedNames").into_iter().flat_map(Element::children) {
        let sheet = it.attribute("localSheetId").and_then(|it| it.parse().ok());
        workbook.add_name(&it.attribute("name").unwrap_or_default(), sheet, &it.text());
    }
    let mut values = workbook.compute().into_iter();
    let mut computed = Vec::new();
    for (sheet, asked) in book.sheets.clone().into_iter().zip(asked) {
        let mut own = BTreeMap::new();
        for it in asked {
            let Some(now) = values.next() else { return Err(FillFault::Unusual) };
            own.insert(it.cell, (it.before.clone(), now.clone()));
            let (cell, formula, before) = (it.cell, it.formula, it.before);
            computed.push(Computed { sheet: sheet.name.clone(), cell, formula, before, now });
        }
        if !own.is_empty() {
            let tree = book.tree(&sheet.part)?;
            let bytes = written(&tree, &own)?;
            if bytes != tree.as_written().as_bytes() {
                book.put(&sheet.part, bytes);
            }
        }
    }
    Ok(computed)
}

/// The texts that cells share, without what is said of their pronunciation (ECMA-376 part 1, 18.4.8).
fn texts(book: &mut Book<'_>) -> Result<Vec<String>, FillFault> {
    let main = book.main.clone();
    let Some(part) = book.related(&main, "sharedStrings").into_iter().next() else { return Ok(Vec::new()) };
    let tree = book.tree(&part)?;
    Ok(tree.root().children().filter(|it| it.local() == "si").map(said).collect())
}

/// A text with its runs.
fn said(element: Element<'_>) -> String {
    let words = |it: Element<'_>| match it.local() {
        "t" => it.text().into_owned(),
        "r" => it.children().filter(|it| it.local() == "t").map(|it| it.text().into_owned()).collect(),
        _ => String::new(),
    };
    element.children().map(words).collect()
}

/// Takes in a sheet: what its cells hold, and which are computed.
fn read(tree: &Tree, texts: &[String], workbook: &mut Workbook) -> Vec<Asked> {
    let written = formulas(tree);
    let by_cell: BTreeMap<Cell, &Written<'_>> = written.iter().map(|it| (it.at, it)).collect();
    let many: Vec<(&Written<'_>, [Cell; 2])> =
        written.iter().filter_map(|it| Some((it, several(it.kind)?))).collect();
    let mut asked = Vec::new();
    let data = tree.root().child("x:sheetData");
    for (row, line) in data.into_iter().flat_map(rows) {
        for (col, cell) in cells(line) {
            let at = (row, col);
            let value = value(cell, texts);
            let within = |area: &[Cell; 2]| {
                (area[0].0..=area[1].0).contains(&row) && (area[0].1..=area[1].1).contains(&col)
            };
            let filled_by = many.iter().find(|it| within(&it.1)).map(|it| it.0);
            let formula = match (by_cell.get(&at), filled_by) {
                (Some(it), None) => it.text.as_deref().ok_or(NotComputed::Syntax),
                (_, Some(_)) => Err(NotComputed::Array),
                (None, None) => {
                    workbook.add_value(at, value);
                    continue;
                }
            };
            let before = value.unwrap_or(CellValue::Empty);
            let text = by_cell.get(&at).copied().or(filled_by).and_then(|it| it.text.clone());
            let is_array = by_cell.get(&at).is_some_and(|it| matches!(it.kind, Kind::Array(_)));
            workbook.add_formula(at, formula, is_array);
            asked.push(Asked { cell: at, formula: text.unwrap_or_default(), before });
        }
    }
    asked
}

/// The area that a formula fills beside its own cell.
fn several(kind: Kind) -> Option<[Cell; 2]> {
    match kind {
        Kind::Array(area) => (area[0] != area[1]).then_some(area),
        Kind::Scenario(area) => Some(area),
        Kind::Plain | Kind::Shared(_) => None,
    }
}

/// What a cell says that it holds (ECMA-376 part 1, 18.18.11); `None` if that is not followed here: days that are written
/// as such, numbers that are none.
fn value(cell: Element<'_>, texts: &[String]) -> Option<CellValue> {
    let inner = |name: &str| cell.children().find(|it| it.local() == name);
    let held = inner("v").map(|it| it.text().into_owned());
    match (cell.attribute("t").as_deref(), held) {
        (Some("inlineStr"), _) => Some(inner("is").map_or(CellValue::Empty, |it| CellValue::Text(said(it)))),
        (_, None) => Some(CellValue::Empty),
        (Some("s"), Some(it)) => {
            let text = texts.get(it.trim().parse::<usize>().ok()?)?;
            Some(CellValue::Text(text.clone()))
        }
        (Some("b"), Some(it)) => Some(CellValue::Boolean(crate::cells::is_on(it.trim()))),
        (Some("e"), Some(it)) => Some(CellValue::Error(it)),
        (Some("str"), Some(it)) => Some(CellValue::Text(it)),
        (None | Some("n"), Some(it)) if it.trim().is_empty() => Some(CellValue::Empty),
        (None | Some("n"), Some(it)) => it.trim().parse().ok().map(CellValue::Number),
        (Some(_), Some(_)) => None,
    }
}

type Results = BTreeMap<Cell, (CellValue, Result<CellValue, NotComputed>)>;

/// The sheet with what its formulas give; what they gave already stays as it is written.
fn written(tree: &Tree, results: &Results) -> Result<Vec<u8>, FillFault> {
    let mut edits = Edits::default();
    let data = tree.root().child("x:sheetData");
    for (row, line) in data.into_iter().flat_map(rows) {
        for (col, cell) in cells(line) {
            let Some((before, now)) = results.get(&(row, col)) else { continue };
            let now = now.as_ref().ok();
            if !now.map_or(*before == CellValue::Empty, |now| is_same(before, now)) {
                edits.replace(cell.range(), holding(cell, now));
            }
        }
    }
    Ok(edits.apply(tree)?)
}

fn is_same(before: &CellValue, now: &CellValue) -> bool {
    match (before, now) {
        (CellValue::Number(before), CellValue::Number(now)) => is_close(*before, *now),
        (before, now) => before == now,
    }
}

/// A cell with its formula and another value, or none.
fn holding(cell: Element<'_>, value: Option<&CellValue>) -> String {
    let prefix = prefix(cell);
    let (kind, said) = match value {
        None | Some(CellValue::Empty) => ("", None),
        Some(CellValue::Number(it)) => ("", Some(it.to_string())),
        Some(CellValue::Text(it)) => ("str", Some(crate::written_text(it))),
        Some(CellValue::Boolean(it)) => ("b", Some(u8::from(*it).to_string())),
        Some(CellValue::Error(it)) => ("e", Some(escaped(it))),
    };
    let kept = cell.attributes().filter(|it| it.name != "t" && it.name != "vm");
    let mut attributes: String = kept.map(|it| format!(" {}=\"{}\"", it.name, escaped(&it.value))).collect();
    if !kind.is_empty() {
        attributes.push_str(&format!(" t=\"{kind}\""));
    }
    let child = |name: &'static str| -> String {
        cell.children().filter(|it| it.local() == name).map(|it| it.as_written()).collect()
    };
    let (formula, added) = (child("f"), child("extLst"));
    let said = said.map(|it| format!("<{prefix}v>{it}</{prefix}v>")).unwrap_or_default();
    let name = cell.written_name();
    format!("<{name}{attributes}>{formula}{said}{added}</{name}>")
}
