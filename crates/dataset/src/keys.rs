//! Keys, and values that only one record may have: the second is an error that names both places.

use std::collections::BTreeMap;

use super::Dataset;
use finding::{FieldId, FileId, Finding, Origin, Place, RecordId, Report, Target, codes};
use schema::FieldKind;
use value::Value;

/// Reports every record whose key an earlier one has already taken.
pub(super) fn check(dataset: &Dataset, report: &mut Report) {
    for (table_id, table) in dataset.schemas.tables.with_ids().filter(|(_, it)| !it.key.is_empty()) {
        let mut first: BTreeMap<String, RecordId> = BTreeMap::new();
        let mut pairs: BTreeMap<[(FileId, Option<u16>); 2], Vec<Finding>> = BTreeMap::new();
        for record in dataset.rows_of(table_id) {
            let Some(key) = key(dataset, record) else { continue };
            let Some(earlier) = first.get(&key).copied() else {
                first.insert(key, record);
                continue;
            };
            let names: Vec<&str> = table.key.iter().map(|it| &*table.fields[*it].title).collect();
            let at = |it: RecordId| it.field(table.key[0]);
            let cell = |it: RecordId| dataset.cell(at(it));
            let shown = cell(record).value.display();
            let message = format!("“{}”重复：“{}”表中已有{}相同的记录", shown, table.title, names.join("、"));
            let sheets = [record, earlier].map(|it| sheet(dataset.record(it).origin));
            pairs.entry(sheets).or_default().push(
                Finding::new(&codes::KEY_TWICE, message)
                    .at(cell(record).origin)
                    .about(Target::field(at(record)))
                    .about(Target::field(at(earlier)))
                    .field(table.fields[table.key[0]].title.clone())
                    .value(shown)
                    .related(cell(earlier).origin, "先前的记录")
                    .hint("同一记录只能报送一次：请删除重复的一条，或改正其中有误的一条"),
            );
        }
        for (sheets, found) in pairs {
            let is_elsewhere = sheets[0] != sheets[1];
            if is_elsewhere && found.len() >= N_TOGETHER {
                report.push(together(found));
            } else {
                found.into_iter().for_each(|it| report.push(it));
            }
        }
    }
}

/// Of so many records that stand on another sheet as well it is said once: they were taken over from there.
const N_TOGETHER: usize = 3;

/// The first, which speaks for all.
fn together(found: Vec<Finding>) -> Finding {
    let n = found.len();
    let mut all = found.into_iter();
    let Some(mut first) = all.next() else { return Finding::new(&codes::KEY_TWICE, "") };
    first.message += &format!("；这里共有{n}条在那里已有");
    first.about.extend(all.flat_map(|it| it.about));
    first
}

/// The file, and of a cell its sheet.
fn sheet(origin: Origin) -> (FileId, Option<u16>) {
    let sheet = match origin.place {
        Place::Cell { sheet, .. } | Place::Sheet { sheet } => Some(sheet),
        Place::File | Place::Text { .. } => None,
    };
    (origin.file, sheet)
}

/// Reports every record whose value of a field an earlier one has, where no two may have the same. A record with the
/// same key as the other has been reported already.
pub(super) fn check_unique(dataset: &Dataset, report: &mut Report) {
    for (table_id, table) in dataset.schemas.tables.with_ids() {
        for (field_id, field) in table.fields.with_ids().filter(|(_, it)| it.unique) {
            let mut first: BTreeMap<String, RecordId> = BTreeMap::new();
            let at = |it: RecordId| it.field(field_id);
            let cell = |it: RecordId| dataset.cell(at(it));
            for record in dataset.rows_of(table_id) {
                let value = &cell(record).value;
                if !value.is_present() {
                    continue;
                }
                let Some(earlier) = first.get(&value.display()).copied() else {
                    first.insert(value.display(), record);
                    continue;
                };
                let has_key = !table.key.is_empty();
                if has_key && key(dataset, record) == key(dataset, earlier) {
                    continue;
                }
                let names = [record, earlier].map(|it| dataset.label(it));
                let message = format!("“{}”和“{}”的{}相同", names[0], names[1], field.title);
                report.push(
                    Finding::new(&codes::VALUE_TWICE, message)
                        .at(cell(record).origin)
                        // They may be one and the same: whatever counts either is in doubt.
                        .about(Target::record(record))
                        .about(Target::record(earlier))
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
fn key(dataset: &Dataset, record: RecordId) -> Option<String> {
    let (schema, mut parts) = (dataset.schema(record.table), Vec::new());
    let may_be_empty = |it: FieldId| {
        matches!(schema.fields[it].kind, FieldKind::Reference(_)) && !schema.fields[it].required
    };
    let is_empty = |field: FieldId| {
        let written = dataset.written_at(record.field(field));
        dataset.cell(written).value == Value::Missing
    };
    for field in &schema.key {
        let value = &dataset.cell(record.field(*field)).value;
        match dataset.follow(record.field(*field)) {
            Some(target) => parts.push(format!("→{}", target.row.index())),
            None if value.is_present() => parts.push(value.display()),
            None if may_be_empty(*field) && is_empty(*field) => {
                parts.push(String::new());
            }
            None => return None,
        }
    }
    Some(parts.join("\u{1f}"))
}
