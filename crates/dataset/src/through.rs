//! References that go through another one: the committee of an honour is that of its branch, unless it is written itself.

use std::collections::{BTreeMap, BTreeSet};

use super::departed::Departed;
use super::links::{Links, Lost, Meant, Resolved};
use finding::{ById, ColumnId, FieldId, FieldRef, RecordId, RowId, TableId};
use schema::{FieldKind, Record, Records, Reference, Schemas, Table};
use value::Value;

/// The references of a record that go through this one, as it says nothing of them itself.
pub(super) fn heirs(table: &Table, at: FieldRef, record: &Record) -> Vec<FieldRef> {
    let goes_through = |reference: &Reference| reference.other(table).is_some_and(|it| it.0 == at.field);
    let is_silent = |reference: &Reference, own: FieldId| {
        record.cells[reference.stated_at(table, own, record)].value == Value::Missing
    };
    let heirs = table.fields.with_ids().filter_map(|(id, field)| match &field.kind {
        FieldKind::Reference(reference) if goes_through(reference) && is_silent(reference, id) => Some(id),
        _ => None,
    });
    heirs.map(|field| FieldRef { field, ..at }).collect()
}

/// Lets references in which nothing is written lead to where the record leads that another reference names. What is lost on
/// the way is lost to them, too.
pub(super) fn lead_on(schemas: &Schemas, records: &Records, resolved: &mut Resolved) {
    for (table_id, table) in schemas.tables.with_ids() {
        for (field, declared) in table.fields.with_ids() {
            let FieldKind::Reference(reference) = &declared.kind else { continue };
            let own = table_id.column(field);
            let Some(ways) = Ways::new(reference, table_id, (schemas, resolved)) else { continue };
            let Some(targets) = &mut resolved.links[table_id][field] else { continue };
            let mut own_lost = resolved.lost.remove(&own).unwrap_or_default();
            for (row, record) in records.tables[table_id].with_ids() {
                if record.cells[reference.stated_at(table, field, record)].value != Value::Missing {
                    continue;
                }
                match ways.end(row) {
                    Some(Ok(end)) => targets.rows[row] = Some(end),
                    Some(Err(meant)) => own_lost.push(Lost { row, meant }),
                    None => {}
                }
            }
            own_lost.sort_by_key(|it| it.row);
            if !own_lost.is_empty() {
                resolved.lost.insert(own, own_lost);
            }
        }
    }
}

/// Where the two references lead that another one goes along.
struct Ways {
    first: ById<RowId, Option<RowId>>,
    lost_first: BTreeMap<RowId, Meant>,
    second: ById<RowId, Option<RowId>>,
    lost_second: BTreeMap<RowId, Meant>,
    /// Of those whom the first names and who have left: where the record leads that tells it, if it leads anywhere.
    departed: BTreeMap<RowId, Option<RowId>>,
}

impl Ways {
    fn new(
        reference: &Reference,
        table: TableId,
        (schemas, resolved): (&Schemas, &Resolved),
    ) -> Option<Self> {
        let Resolved { links, lost, departed } = resolved;
        let declared = &schemas.tables[table];
        let (first, second) =
            (table.column(reference.other(declared)?.0), reference.onward(declared, schemas)?);
        let targets = |at: ColumnId| links[at.table][at.field].as_ref().map(|it| it.rows.clone());
        let lost = |at| lost.get(&at).into_iter().flatten().map(|it| (it.row, it.meant.clone())).collect();
        Some(Self {
            first: targets(first)?,
            lost_first: lost(first),
            second: targets(second)?,
            lost_second: lost(second),
            departed: of_departed(reference, first, schemas, (departed, links)),
        })
    }

    /// Where a record leads, or for whom it was meant; nothing if it names nobody.
    fn end(&self, row: RowId) -> Option<Result<RowId, Meant>> {
        if let Some(end) = self.departed.get(&row) {
            return Some(end.ok_or(Meant::Unknown));
        }
        let Some(via) = self.first[row] else {
            return self.lost_first.get(&row).map(|it| Err(self.led_on(it)));
        };
        let lost = || self.lost_second.get(&via).cloned().unwrap_or(Meant::Unknown);
        Some(self.second[via].ok_or_else(lost))
    }

    /// Whom a record was meant for that was meant for a record which leads on.
    fn led_on(&self, meant: &Meant) -> Meant {
        match meant {
            Meant::Near(row) => self.second[*row].map_or(Meant::Unknown, Meant::Near),
            Meant::OneOf(rows) => {
                let ends: BTreeSet<RowId> = rows.iter().filter_map(|it| self.second[*it]).collect();
                if ends.is_empty() { Meant::Unknown } else { Meant::OneOf(ends.into_iter().collect()) }
            }
            Meant::Unknown => Meant::Unknown,
        }
    }
}

/// Where the records lead that tell of somebody's leaving, by the records that name them.
fn of_departed(
    reference: &Reference,
    first: ColumnId,
    schemas: &Schemas,
    (departed, links): (&Departed, &Links),
) -> BTreeMap<RowId, Option<RowId>> {
    let end = |tells: RecordId| {
        let onward = schemas.tables[tells.table].leading_to(&reference.to)?;
        links[tells.table][onward].as_ref()?.rows[tells.row]
    };
    let of_column = departed.iter().filter(|(at, _)| at.column() == first);
    of_column.map(|(at, tells)| (at.row, end(*tells))).collect()
}
