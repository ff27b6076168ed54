//! What an empty cell means: for every record, or for those of which a condition holds.

use std::sync::Arc;

use super::cell;
use super::table::{Field, Schemas, Table};
use super::wheres::Where;
use finding::{ById, FieldId, Report, RowId, codes};
use source::{Declared, Fields, NodeKind};
use value::{Epoch, Raw, Value};

/// What an empty cell means, as it would be written, in the records of which a condition holds.
#[derive(Debug, Clone)]
pub struct DefaultWhere {
    /// The value.
    pub value: Arc<str>,
    /// For which records it stands. In the others an empty cell is empty.
    pub holds: Where,
}

impl Declared for DefaultWhere {
    const WHAT: &'static str = "default";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, finding::Reported> {
        let value = fields.required_string("value");
        let holds = fields.required_node("where").and_then(|it| Where::read(it, fields.report()));
        let (value, holds) = fields.whole((value, holds))?;
        Ok(Self { value, holds })
    }
}

/// Reads the key: a text, or `{value: 未处置, where: {result: [优秀, 合格]}}`.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> (Option<Arc<str>>, Option<DefaultWhere>) {
    let is_map = |it: &&source::Node| matches!(it.kind, NodeKind::Map(_));
    match fields.node("default").filter(is_map) {
        Some(node) => (None, DefaultWhere::load(node, &(), fields.report()).ok()),
        None => (fields.string("default"), None),
    }
}

/// Conditions of fields must be about choices of their table, and the values possible.
pub(super) fn check(schemas: &Schemas, report: &mut Report) {
    for table in &schemas.tables {
        for field in &table.fields {
            field.fill_down_unless.iter().for_each(|it| it.check(table, report));
            let Some(default) = &field.default_where else { continue };
            default.holds.check(table, report);
            if meaning(field, default).is_none() {
                let message = format!("“{}”的 default 不能写“{}”", field.title, default.value);
                report.push(finding::Finding::new(&codes::WRONG_KIND, message).at(field.origin));
            }
        }
    }
}

/// Fills what is empty where a condition says what that means. It is asked once all fields of the records are known.
pub(super) fn fill(tables: &mut ById<finding::TableId, ById<RowId, super::Record>>, schemas: &Schemas) {
    for (table_id, table) in schemas.tables.with_ids() {
        for (field_id, value, default) in conditional(table) {
            for row in tables[table_id].ids() {
                let record = &mut tables[table_id][row];
                if record.cells[field_id].value == Value::Missing && default.holds.holds(table, record) {
                    record.cells[field_id].value = value.clone();
                }
            }
        }
    }
}

fn conditional(table: &Table) -> impl Iterator<Item = (FieldId, Value, &DefaultWhere)> {
    table.fields.with_ids().filter_map(|(id, field)| {
        let default = field.default_where.as_ref()?;
        Some((id, meaning(field, default)?, default))
    })
}

fn meaning(field: &Field, default: &DefaultWhere) -> Option<Value> {
    let raw = Raw::Text(default.value.clone());
    cell::parse(&field.kind, field, &raw, Epoch::USUAL).ok().map(|it| it.value)
}
