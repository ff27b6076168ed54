//! 填表位置: every bound sheet in its own shape, with what was found for each row and column.

use std::collections::BTreeMap;

use super::super::anatomy::Side;
use super::super::sheet::{SheetColumn, SheetRow, list, table};
use super::super::{UNDECIDED, sheet};
use super::matching::Meant;
use super::{DraftedBinding, Part, SheetDraft, rows_of};
use crate::artefact::Pages;
use crate::book::{Cell, Table, pages_of};
use crate::captions::Captions;
use crate::statistics::declaration::Body;
use crate::statistics::line::Line;
use project::{Fonts, Project};
use std::sync::Arc;

/// The pages by which a draft is looked through.
pub fn map_binding(
    drafted: &DraftedBinding,
    id: &str,
    (project, fonts, captions): (&Project, &Fonts, &Arc<Captions>),
) -> Pages {
    let author = format!("{}{}", project.institution, project.department);
    let tables = drafted.tables.clone();
    let book = sheet::book(format!("{id}填表位置"), author, (project.as_of, captions), tables);
    pages_of(&book, &fonts.styles)
}

/// The tables of all sheets.
pub(super) fn tables(id: &str, sheets: &[SheetDraft<'_>]) -> Vec<Table> {
    let mut tables: Vec<Table> = sheets.iter().filter_map(|it| body(id, it)).collect();
    let others: Vec<[String; 4]> = sheets.iter().flat_map(texts).collect();
    if !others.is_empty() {
        tables.push(list(format!("{id}填表位置　其他各处"), others));
    }
    tables
}

fn body(id: &str, draft: &SheetDraft<'_>) -> Option<Table> {
    let declared = draft.table?;
    let Body::Figures { rows, columns, .. } = &declared.body else { return None };
    let anatomy = &draft.anatomy;
    let found = |sides: &[Side], meant: &[Meant], lines: &[Line], is_column: bool| {
        let told = |(side, it): (&Side, &Meant)| {
            let line = match it {
                Meant::Line(line) => lines[*line].id.to_string(),
                Meant::Open(_) if anatomy.is_computed(side, is_column) => "（公式）".to_owned(),
                Meant::Open(_) => UNDECIDED.to_owned(),
            };
            (side.at, side.labels.join("/"), line)
        };
        sides.iter().zip(meant).map(told).collect::<Vec<SheetColumn>>()
    };
    let across = found(&anatomy.columns, &draft.columns, columns, true);
    let mut down: Vec<SheetRow> = found(&anatomy.rows, &draft.rows, rows, false)
        .into_iter()
        .map(|(at, label, line)| (at, label, line, marks(draft, at)))
        .collect();
    for (block, each) in anatomy.blocks.iter().zip(&draft.blocks) {
        let line = each.map_or(UNDECIDED.to_owned(), |it| rows[it].id.to_string());
        let label = format!("（{}行，每条记录一行）", rows_of(block));
        down.push((block.rows.0, label, line, marks(draft, block.rows.0)));
    }
    down.sort_by_key(|it| it.0);
    let title = format!("{id}填表位置　{}：{} {}", anatomy.name, declared.number, declared.title);
    Some(table(&anatomy.name, title, &across, down))
}

/// The cells of a row that the form computes itself.
fn marks(draft: &SheetDraft<'_>, row: usize) -> BTreeMap<usize, Cell> {
    let anatomy = &draft.anatomy;
    let computed =
        anatomy.columns.iter().filter(|it| anatomy.cell(row, it.at).is_some_and(|it| it.is_formula));
    computed.map(|it| (it.at, Cell::Text("＝".to_owned()))).collect()
}

fn texts(draft: &SheetDraft<'_>) -> Vec<[String; 4]> {
    let name = &draft.anatomy.name;
    let told = |it: &Part| match it {
        Part::Template(text) => (text.clone(), String::new()),
        Part::Leave(why) => (String::new(), format!("留待手填：{why}")),
        Part::Open => (UNDECIDED.to_owned(), String::new()),
    };
    let line = |it: &super::TextDraft| {
        let (values, left): (Vec<String>, Vec<String>) = it.parts.iter().map(told).unzip();
        let joined =
            |all: Vec<String>| all.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("；");
        let at = it.at.to_string();
        let at = at.split_once('!').map_or(at.clone(), |it| it.1.to_owned());
        [format!("{name}!{at}"), it.label.clone(), joined(values), joined(left)]
    };
    draft.texts.iter().map(line).collect()
}
