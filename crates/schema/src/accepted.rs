//! Headings that a project accepts beside those of the schemas, in a file of its own below `templates/schemas/`.
//!
//! ```yaml
//! synonyms:
//!   党员: {学历: [文化层度]}
//! ```

use std::sync::Arc;

use super::table::{Schemas, Table};
use finding::{FieldId, Finding, Report, TableId, codes};
use source::{Entry, Node, NodeKind, nearest};
use value::fold_label;

/// The key by which the file is told from those of tables.
const KEY: &str = "synonyms";

/// A heading that stands for a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accepted {
    /// The table.
    pub table: TableId,
    /// The field.
    pub field: FieldId,
    /// The heading; levels are joined by `/`.
    pub heading: Arc<str>,
}

/// Whether a tree is such a file.
pub(super) fn is_here(tree: &Node) -> bool {
    matches!(&tree.kind, NodeKind::Map(entries) if entries.iter().any(|it| &*it.key == KEY))
}

/// Adds the headings of such a file to the fields.
pub(super) fn add(tree: &Node, schemas: &mut Schemas, report: &mut Report) {
    for of_table in entries(tree).iter().flat_map(|it| entries(&it.value)) {
        let titles = schemas.tables.iter().filter(|it| it.parent.is_none()).map(|it| &*it.title);
        let Some(table_id) = schemas.tables.position(|it| it.parent.is_none() && names(it, &of_table.key))
        else {
            report.push(unknown("表", of_table, nearest(&of_table.key, titles)));
            continue;
        };
        for of_field in entries(&of_table.value) {
            let table = &schemas.tables[table_id];
            let Some(field_id) = table.fields.position(|it| is_called(&[&it.title, &it.id], &of_field.key))
            else {
                let titles = table.fields.iter().map(|it| &*it.title);
                report.push(unknown("字段", of_field, nearest(&of_field.key, titles)));
                continue;
            };
            for heading in headings(&of_field.value) {
                add_heading((table_id, field_id), heading, schemas, report);
            }
        }
    }
}

fn add_heading(
    (table_id, field_id): (TableId, FieldId),
    node: &Node,
    schemas: &mut Schemas,
    report: &mut Report,
) {
    let NodeKind::Scalar(heading) = &node.kind else {
        let finding = Finding::new(&codes::WRONG_KIND, "同义表头应为文字").at(node.origin);
        report.push(finding.hint("请写成“字段: [表头一, 表头二]”"));
        return;
    };
    let table = &mut schemas.tables[table_id];
    let is_of = |it: &super::table::Field| {
        [&it.title].into_iter().chain(&it.synonyms).any(|it| fold_label(it) == fold_label(heading))
    };
    match table.fields.position(is_of) {
        Some(other) if other != field_id => {
            let (other, own) = (&table.fields[other].title, &table.fields[field_id].title);
            let message = format!("“{heading}”已是“{other}”的表头，不能再作“{own}”的");
            report.push(Finding::new(&codes::WRONG_KIND, message).at(node.origin).hint("请删去这一个"));
        }
        of_itself => {
            if of_itself.is_none() {
                table.fields[field_id].synonyms.push(heading.as_ref().into());
            }
            let heading = heading.as_ref().into();
            schemas.accepted.push(Accepted { table: table_id, field: field_id, heading });
        }
    }
}

fn entries(node: &Node) -> &[Entry] {
    match &node.kind {
        NodeKind::Map(entries) => entries,
        _ => &[],
    }
}

/// One heading, or a list of them.
fn headings(node: &Node) -> &[Node] {
    match &node.kind {
        NodeKind::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

fn names(table: &Table, key: &str) -> bool {
    table.names().any(|it| fold_label(it) == fold_label(key))
}

fn is_called(names: &[&str], key: &str) -> bool {
    names.iter().any(|it| fold_label(it) == fold_label(key))
}

fn unknown(what: &str, entry: &Entry, near: Option<&str>) -> Finding {
    let message = format!("没有名为“{}”的{what}，同义表头没有采用", entry.key);
    let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(entry.key_origin);
    finding.hint(near.map_or_else(|| format!("请写{what}的名称"), |it| format!("是否应为“{it}”？")))
}
