//! The record that somebody names: by what it is called, by its key, by a number of its own, in whatever table it is.

use std::collections::BTreeSet;

use super::N_RECORDS;
use dataset::{Dataset, RecordId, TableId};
use finding::FieldId;
use schema::{Field, FieldKind};
use value::{Value, fold};

/// How many references are followed from a record that is counted to the one that is named.
const N_STEPS: usize = 3;

/// The records asked for.
pub(super) enum Wanted {
    /// They are among those that the figure may count.
    Counted(Vec<RecordId>),
    /// They are in other tables.
    Behind {
        /// The records that were named.
        owners: Vec<RecordId>,
        /// Those that the figure may count and that refer to them.
        records: Vec<RecordId>,
    },
}

/// Finds the records of this name or number: those of these tables, else those of any other.
///
/// # Errors
/// If there is none, or nothing is counted: a Chinese sentence.
pub(super) fn wanted(tables: &BTreeSet<TableId>, text: &str, dataset: &Dataset) -> Result<Wanted, String> {
    if tables.is_empty() {
        return Err("这个数字不是由记录统计得出的，不能用 --record 查询".to_owned());
    }
    let own = named(tables.iter().copied(), text, dataset);
    if !own.is_empty() {
        return Ok(Wanted::Counted(own));
    }
    let others = dataset.schemas.tables.ids().filter(|it| !tables.contains(it));
    let owners = named(others, text, dataset);
    if owners.is_empty() {
        let titles: Vec<String> =
            tables.iter().map(|it| format!("“{}”", dataset.schema(*it).title)).collect();
        let text = finding::mask_text(text);
        return Err(format!("{}和其他表中都没有“{text}”，请写记录的名称、编号或编码", titles.join("、")));
    }
    let all = tables.iter().flat_map(|it| dataset.rows_of(*it));
    let records = all.filter(|it| owners.iter().any(|owner| belongs(dataset, *it, *owner))).collect();
    Ok(Wanted::Behind { owners, records })
}

/// The records of some tables that go by a name: first those with this key, then those that are called so, then those that
/// bear it as a number or another name of their own.
fn named(tables: impl Iterator<Item = TableId>, text: &str, dataset: &Dataset) -> Vec<RecordId> {
    let tables: Vec<(TableId, Vec<FieldId>)> = tables.map(|it| (it, names(dataset, it))).collect();
    let wanted = fold(text);
    let by = |is_meant: &dyn Fn(RecordId, &[FieldId]) -> bool| -> Vec<RecordId> {
        let all = tables.iter().flat_map(|(table, names)| dataset.rows_of(*table).map(move |it| (it, names)));
        all.filter(|(it, names)| is_meant(*it, names)).map(|it| it.0).take(N_RECORDS).collect()
    };
    let by_key = by(&|it, _| &*dataset.key_text(it) == text);
    if !by_key.is_empty() {
        return by_key;
    }
    let called = by(&|it, _| fold(&dataset.label(it)) == wanted);
    if !called.is_empty() {
        return called;
    }
    by(&|it, names| names.iter().any(|field| bears(&dataset.cell(it.field(*field)).value, &wanted)))
}

/// The fields that hold a number or a name of their record: others may refer to it by that, or it is one by its type.
fn names(dataset: &Dataset, table: TableId) -> Vec<FieldId> {
    let schema = dataset.schema(table);
    let all = dataset.schemas.tables.iter().flat_map(|it| it.fields.iter());
    let referred_by: BTreeSet<&str> = all
        .filter_map(|it| match &it.kind {
            FieldKind::Reference(reference) if reference.to == schema.id => Some(&reference.by),
            _ => None,
        })
        .flat_map(|it| it.iter().map(|it| &**it))
        .collect();
    let is_name = |field: &Field| match field.kind {
        FieldKind::Code(_) | FieldKind::Identity | FieldKind::Phone | FieldKind::Name => true,
        FieldKind::Reference(_) => false,
        _ => referred_by.contains(&*field.id),
    };
    schema.fields.with_ids().filter(|(_, it)| is_name(it)).map(|it| it.0).collect()
}

fn bears(value: &Value, wanted: &str) -> bool {
    match value {
        Value::List(values) => values.iter().any(|it| bears(it, wanted)),
        it if it.is_present() => fold(&it.display()) == wanted,
        _ => false,
    }
}

/// Whether a record is of another: of a branch or committee by the way that its table declares, of any other by a reference.
fn belongs(dataset: &Dataset, record: RecordId, owner: RecordId) -> bool {
    match dataset.schemas.way(record.table, owner.table) {
        Some(way) => dataset.walk(record, &way) == Some(owner),
        None => leads_to(dataset, record, owner, N_STEPS),
    }
}

/// Whether the references of a record lead to another, directly or over others.
fn leads_to(dataset: &Dataset, record: RecordId, owner: RecordId, n_steps: usize) -> bool {
    let schema = dataset.schema(record.table);
    let parent = schema.parent.zip(dataset.record(record).parent).map(|(table, row)| table.record(row));
    let mut next = schema.fields.ids().filter_map(|it| dataset.follow(record.field(it))).chain(parent);
    next.any(|it| it == owner || (n_steps > 1 && leads_to(dataset, it, owner, n_steps - 1)))
}
