//! Keys, and values that only one record may have: the second is an error that names both places.

use std::collections::BTreeMap;

use super::Dataset;
use finding::{FieldRef, Finding, Report, Target, codes};
use schema::FieldKind;
use value::Value;

/// Reports every record whose key an earlier one has already taken.
pub(super) fn check(dataset: &Dataset, report: &mut Report) {
    for (table_idx, table) in dataset.schemas.tables.iter().enumerate().filter(|(_, it)| !it.key.is_empty()) {
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for row in 0..dataset.n_rows(table_idx) {
            let Some(key) = key(dataset, table_idx, row) else { continue };
            let Some(earlier) = first.get(&key).copied() else {
                first.insert(key, row);
                continue;
            };
            let names: Vec<&str> = table.key.iter().map(|it| &*table.fields[*it].title).collect();
            let cell = |row: usize| &dataset.record(table_idx, row).cells[table.key[0]];
            let shown = dataset.record(table_idx, row).cells[table.key[0]].value.display();
            let message = format!("“{}”重复：“{}”表中已有{}相同的记录", shown, table.title, names.join("、"));
            let at = |row: usize| FieldRef { table: table_idx, row, field: table.key[0] };
            report.push(
                Finding::new(&codes::KEY_TWICE, message)
                    .at(cell(row).origin)
                    .about(Target::field(at(row)))
                    .about(Target::field(at(earlier)))
                    .field(table.fields[table.key[0]].title.clone())
                    .value(shown)
                    .related(cell(earlier).origin, "先前的记录")
                    .hint("同一记录只能报送一次：请删除重复的一条，或改正其中有误的一条"),
            );
        }
    }
}

/// Reports every record whose value of a field an earlier one has, where no two may have the same. A record with the
/// same key as the other has been reported already.
pub(super) fn check_unique(dataset: &Dataset, report: &mut Report) {
    for (table_idx, table) in dataset.schemas.tables.iter().enumerate() {
        for (field_idx, field) in table.fields.iter().enumerate().filter(|(_, it)| it.unique) {
            let mut first: BTreeMap<String, usize> = BTreeMap::new();
            for row in 0..dataset.n_rows(table_idx) {
                let cell = |row: usize| &dataset.record(table_idx, row).cells[field_idx];
                let value = &cell(row).value;
                if !value.is_present() {
                    continue;
                }
                let Some(earlier) = first.get(&value.display()).copied() else {
                    first.insert(value.display(), row);
                    continue;
                };
                let has_key = !table.key.is_empty();
                if has_key && key(dataset, table_idx, row) == key(dataset, table_idx, earlier) {
                    continue;
                }
                let names = [row, earlier].map(|it| dataset.label(table_idx, it));
                let at = |row: usize| FieldRef { table: table_idx, row, field: field_idx };
                let message = format!("“{}”和“{}”的{}相同", names[0], names[1], field.title);
                report.push(
                    Finding::new(&codes::VALUE_TWICE, message)
                        .at(cell(row).origin)
                        .about(Target::field(at(row)))
                        .about(Target::field(at(earlier)))
                        .field(field.title.clone())
                        .value(value.display())
                        .related(cell(earlier).origin, "另一条记录")
                        .hint("请核对原始材料，改正其中有误的一条"),
                );
            }
        }
    }
}

/// The key of a record as text; `None` if a part of it is missing or invalid. A reference counts as the record it
/// leads to, however it was written; one that may be left empty says by that whose the record is: the whole school's.
fn key(dataset: &Dataset, table: usize, row: usize) -> Option<String> {
    let record = dataset.record(table, row);
    let (schema, mut parts) = (dataset.schema(table), Vec::new());
    let may_be_empty =
        |it: usize| matches!(schema.fields[it].kind, FieldKind::Reference(_)) && !schema.fields[it].required;
    let is_empty = |field: usize| {
        let written = dataset.written_at(FieldRef { table, row, field });
        dataset.cell(written).value == Value::Missing
    };
    for field in &schema.key {
        match dataset.follow(table, row, *field) {
            Some(target) => parts.push(format!("→{target}")),
            None if record.cells[*field].value.is_present() => {
                parts.push(record.cells[*field].value.display());
            }
            None if may_be_empty(*field) && is_empty(*field) => {
                parts.push(String::new());
            }
            None => return None,
        }
    }
    Some(parts.join("\u{1f}"))
}
