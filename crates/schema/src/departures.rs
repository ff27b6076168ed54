//! Which tables tell that somebody has left: the key `departed_in` of a reference.

use super::returned::field_index;
use super::table::{FieldKind, Record, Schemas, Table};
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, nearest};

/// A table whose records tell that somebody has left another table.
#[derive(Debug, Clone)]
pub struct Departures {
    /// Id of the table.
    pub table: LocatedText,
    /// Id of the field there by which the departed are named.
    pub by: LocatedText,
    /// Which of its records tell it: a field by its id, and the values that it may have.
    pub wheres: Vec<(LocatedText, Vec<LocatedText>)>,
}

impl Departures {
    /// Whether a record of the table tells that somebody has left.
    pub fn tells(&self, table: &Table, record: &Record) -> bool {
        self.wheres.iter().all(|(field, values)| {
            let held = table.field(&field.text).map(|it| record.cells[it].value.display());
            held.is_some_and(|held| values.iter().any(|it| *it.text == *held))
        })
    }
}

/// Reads the key: `[{table: transfers, by: person_number, where: {direction: [转出]}}]`.
///
/// # Errors
/// If it cannot be read; that has been reported.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Result<Vec<Departures>, Reported> {
    let nodes = fields.list("departed_in");
    nodes.iter().map(|node| one(Fields::new(node, "departed_in", fields.report())?)).collect()
}

fn one(mut fields: Fields<'_, '_>) -> Result<Departures, Reported> {
    let [table, by] = ["table", "by"].map(|it| fields.required_text(it));
    let mut wheres = Vec::new();
    if let Some(node) = fields.node("where") {
        let mut conditions = Fields::new(node, "where", fields.report())?;
        for field in conditions.others() {
            let values = conditions.texts(&field.text);
            wheres.push((field, values));
        }
    }
    fields.finish();
    Ok(Departures { table: table?, by: by?, wheres })
}

/// The tables must be declared, with these fields, whose values must be possible.
pub(super) fn check(departed_in: &[Departures], schemas: &Schemas, report: &mut Report) {
    for departures in departed_in {
        let Some(table) = schemas.table(&departures.table.text) else {
            let near = nearest(&departures.table.text, schemas.tables.iter().map(|it| &*it.id));
            let message = format!("departed_in 写的表“{}”不存在", departures.table.text);
            let hint =
                near.map_or_else(|| "请填写某一表式的 id".to_owned(), |it| format!("是否应为“{it}”？"));
            let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message);
            report.push(finding.at(departures.table.origin).hint(hint));
            continue;
        };
        let _reported = field_index(&table.fields, &departures.by, report);
        for (field, values) in &departures.wheres {
            check_values(table, field, values, report);
        }
    }
}

fn check_values(table: &Table, field: &LocatedText, values: &[LocatedText], report: &mut Report) {
    let Ok(id) = field_index(&table.fields, field, report) else { return };
    let FieldKind::Choice(choices) = &table.fields[id].kind else {
        let message = format!("departed_in 的条件“{}”不是选择项", field.text);
        let finding = Finding::new(&codes::WRONG_KIND, message).at(field.origin);
        return report.push(finding.hint("条件只能写选择项及其取值"));
    };
    for value in values.iter().filter(|it| !choices.iter().any(|known| known.value == it.text)) {
        let message = format!("“{}”没有“{}”这个取值", table.fields[id].title, value.text);
        let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(value.origin);
        report.push(finding.hint(format!("可用：{}", choices.listed())));
    }
}
