//! Whose a record is, as far as it says so itself, also where a reference on the way to them leads nowhere.

use super::{ColumnId, Dataset, Meant, RecordId, TableId};

/// The records of another table to which a record may belong by the way that its own declares: one if its references lead
/// there; where one leads nowhere, those that it was probably meant for, or the one that another field of the record's own
/// names. None of them if it may leave the reference open, and does. `None` if nothing tells.
pub(super) fn of(dataset: &Dataset, record: RecordId, table: TableId) -> Option<Vec<RecordId>> {
    let way = dataset.schemas.way(record.table, table)?;
    let columns = dataset.fields_of_way(record.table, &way);
    let start = super::subject::parents_up(dataset, record, &way)?;
    let mut reached = vec![start];
    let mut step = 0;
    while let Some(column) = columns.get(step) {
        step += 1;
        reached = match next(dataset, &reached, *column) {
            Some(next) => next,
            // A payment of somebody who is in no roster says itself of which branch it is.
            None => {
                let rest = columns[step - 1..].iter().enumerate();
                let named = rest.filter_map(|(at, it)| Some((at, stated(dataset, start, *it)?))).next();
                let Some((at, named)) = named else {
                    let is_nobodys = reached.iter().all(|it| is_open(dataset, *it, *column));
                    return is_nobodys.then(Vec::new);
                };
                step += at;
                vec![named]
            }
        };
    }
    Some(reached)
}

/// The records that a reference of some records leads to, or was probably meant for.
fn next(dataset: &Dataset, records: &[RecordId], column: ColumnId) -> Option<Vec<RecordId>> {
    let mut found = Vec::new();
    for record in records {
        match dataset.follow(record.field(column.field)) {
            Some(target) => found.push(target),
            None => {
                let lost = dataset.lost.get(&column)?.iter().find(|it| it.row == record.row)?;
                let to = dataset.links[column.table].get(column.field)?.as_ref()?.table;
                match &lost.meant {
                    Meant::Unknown => return None,
                    Meant::Near(row) => found.push(to.record(*row)),
                    Meant::OneOf(rows) => found.extend(rows.iter().map(|row| to.record(*row))),
                }
            }
        }
    }
    Some(found)
}

/// Whether a record may leave a reference open, and does: a committee's own work names no branch.
fn is_open(dataset: &Dataset, record: RecordId, column: ColumnId) -> bool {
    let field = dataset.field(column);
    let schema::FieldKind::Reference(reference) = &field.kind else { return false };
    let written = reference.stated_at(dataset.schema(record.table), column.field, dataset.record(record));
    let is_blank = dataset.cell(record.field(written)).value == value::Value::Missing;
    is_blank && !field.required && dataset.follow(record.field(column.field)).is_none()
}

/// The record that a field of the same name and meaning leads to, if a record has one.
fn stated(dataset: &Dataset, record: RecordId, later: ColumnId) -> Option<RecordId> {
    let own = dataset.schema(record.table).field(&dataset.field(later).id)?;
    let target = dataset.follow(record.field(own))?;
    let meant = dataset.links[later.table].get(later.field)?.as_ref()?.table;
    (target.table == meant).then_some(target)
}
