//! Which tables tell that somebody has left: the key `departed_in` of a reference.

use super::returned::field_index;
use super::table::{Record, Schemas, Table};
use super::wheres::Where;
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, nearest};

/// A table whose records tell that somebody has left another table.
#[derive(Debug, Clone)]
pub struct Departures {
    /// Id of the table.
    pub table: LocatedText,
    /// Id of the field there by which the departed are named.
    pub by: LocatedText,
    /// Which of its records tell it.
    pub wheres: Where,
}

impl Departures {
    /// Whether a record of the table tells that somebody has left.
    pub fn tells(&self, table: &Table, record: &Record) -> bool {
        self.wheres.holds(table, record)
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
    let wheres = match fields.node("where") {
        Some(node) => Where::read(node, fields.report())?,
        None => Where::default(),
    };
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
        departures.wheres.check(table, report);
    }
}
