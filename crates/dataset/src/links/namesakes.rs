//! Of several people of one name, whoever is of the branch that the record is of which names him.

use super::{Naming, Resolver};
use finding::{FieldId, RowId, TableId};
use schema::{Bodies, FieldKind, Record, Table};
use value::fold;

impl Resolver<'_> {
    /// The records of a name that are of the naming record's own branch; all of them if none is, or nothing tells.
    pub(super) fn of_own_branch(&mut self, naming: Naming<'_>, by: FieldId, rows: Vec<RowId>) -> Vec<RowId> {
        let is_name = matches!(self.schemas.tables[naming.to].fields[by].kind, FieldKind::Name);
        if rows.len() < 2 || !is_name {
            return rows;
        }
        let Some(own) = self.branch_written(naming.at.table, naming.record) else { return rows };
        let records = self.records;
        let is_of_it =
            |it: &RowId| self.branch_written(naming.to, &records.tables[naming.to][*it]) == Some(own);
        let found: Vec<RowId> = rows.iter().copied().filter(is_of_it).collect();
        if found.is_empty() { rows } else { found }
    }

    /// The branch that a record writes down as its own, if that is one; nothing is said.
    fn branch_written(&mut self, table: TableId, record: &Record) -> Option<RowId> {
        let (schemas, records) = (self.schemas, self.records);
        let declared = &schemas.tables[table];
        let Some([field]) = declared.subject.branch.as_deref() else { return None };
        let FieldKind::Reference(reference) = &declared.fields[*field].kind else { return None };
        let to = schemas.index(&reference.to)?;
        let written = record.cells[reference.stated_at(declared, *field, record)].value.display();
        let folded = fold(&written);
        let fields = reference.by.iter().filter_map(|it| schemas.tables[to].field(it));
        for by in fields {
            match self.index(to.column(by)).get(&folded).map(Vec::as_slice) {
                Some([only]) => return Some(*only),
                Some([..]) => return None,
                None => {}
            }
        }
        let bodies = self.bodies.get_or_insert_with(|| Bodies::new(schemas, &[&records.tables]));
        let found = bodies.named(to, &written);
        found.first().filter(|_| found.len() == 1).map(|it| it.row)
    }
}

/// The field of a record that has lent its cell to a reference, or the reference itself.
pub(super) fn stands_as(table: &Table, id: FieldId, record: &Record) -> FieldId {
    let lenders = table.fields[id].stand_ins.iter().filter_map(|it| table.field(&it.text));
    let mut lenders = lenders.filter(|it| record.cells[*it].origin == record.cells[id].origin);
    lenders.next().unwrap_or(id)
}
