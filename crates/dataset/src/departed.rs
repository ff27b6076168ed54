//! Who is no longer in a table, as others tell: a payment of a member who has left names nobody in the roster, and is no
//! mistake.

use std::collections::BTreeMap;

use finding::{ColumnId, FieldRef, Finding, RecordId, Report, Target, codes};
use schema::{Record, Records, Reference, Schemas};
use value::fold;

/// The references whose records have left, each with the record that tells it.
pub(super) type Departed = BTreeMap<FieldRef, RecordId>;

/// Looks up those who have left.
pub(super) struct Departures<'a> {
    schemas: &'a Schemas,
    records: &'a Records,
    /// Those that a reference of this column may name, by their folded names; built when first asked for.
    indexes: BTreeMap<ColumnId, BTreeMap<String, Vec<RecordId>>>,
    /// What has been found so far.
    pub(super) found: Departed,
}

impl<'a> Departures<'a> {
    pub(super) fn new(schemas: &'a Schemas, records: &'a Records) -> Self {
        Self { schemas, records, indexes: BTreeMap::new(), found: Departed::new() }
    }

    /// Whether another table tells that whom a record names by this folded name has left. One who is called otherwise there
    /// is somebody else.
    pub(super) fn has_left(
        &mut self,
        at: FieldRef,
        reference: &Reference,
        record: &Record,
        name: &str,
    ) -> bool {
        if reference.departed_in.is_empty() {
            return false;
        }
        let (schemas, records) = (self.schemas, self.records);
        let index = self.indexes.entry(at.column()).or_insert_with(|| index(schemas, records, reference));
        let label = |of: &Record, table| fold(&of.cells[schemas.tables[table].label].value.display());
        let own = label(record, at.table);
        let is_called_alike = |it: &&RecordId| label(&records.tables[it.table][it.row], it.table) == own;
        let Some(tells) = index.get(name).and_then(|it| it.iter().find(is_called_alike)) else {
            return false;
        };
        self.found.insert(at, *tells);
        true
    }

    /// Says once for each table and file that there are such records, and which.
    pub(super) fn report(&self, report: &mut Report) {
        let mut by_file: BTreeMap<_, Vec<(FieldRef, RecordId)>> = BTreeMap::new();
        for (at, tells) in &self.found {
            let origin = self.records.tables[at.table][at.row].cells[at.field].origin;
            by_file.entry((at.table, origin.file)).or_default().push((*at, *tells));
        }
        for ((table, _), found) in by_file {
            let Some((first, _)) = found.first() else { continue };
            let declared = &self.schemas.tables[table];
            let label = |at: &FieldRef| {
                self.records.tables[at.table][at.row].cells[declared.label].value.display().to_string()
            };
            let mut people: Vec<String> = Vec::new();
            for name in found.iter().map(|(at, _)| label(at)) {
                if !people.contains(&name) {
                    people.push(name);
                }
            }
            let told = &self.schemas.tables[found[0].1.table].title;
            let message = format!(
                "{}有{}条记录的人已不在名册中，{told}等表登记其已经离开：{}",
                declared.title,
                found.len(),
                listed(&people)
            );
            let cell = &self.records.tables[first.table][first.row].cells[first.field];
            let finding = Finding::new(&codes::PERSON_DEPARTED, message)
                .at(cell.origin)
                .field(declared.fields[first.field].title.clone());
            let about = found.iter().map(|(at, _)| Target::field(*at));
            report.push(about.fold(finding, Finding::about));
        }
    }
}

/// The first of some names.
fn listed(names: &[String]) -> String {
    const N_LISTED_MAX: usize = 12;
    let more = if names.len() > N_LISTED_MAX { format!("等{}人", names.len()) } else { String::new() };
    format!("{}{more}", names[..names.len().min(N_LISTED_MAX)].join("、"))
}

fn index(schemas: &Schemas, records: &Records, reference: &Reference) -> BTreeMap<String, Vec<RecordId>> {
    let mut index: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
    for departures in &reference.departed_in {
        let Some(table) = schemas.index(&departures.table.text) else { continue };
        let declared = &schemas.tables[table];
        let Some(by) = declared.field(&departures.by.text) else { continue };
        for (row, record) in records.tables[table].with_ids() {
            let name = &record.cells[by].value;
            if name.is_present() && departures.tells(declared, record) {
                index.entry(fold(&name.display())).or_default().push(table.record(row));
            }
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_of_names_is_cut_and_counted() {
        let names = |n: usize| (0..n).map(|it| it.to_string()).collect::<Vec<_>>();
        assert_eq!(listed(&names(2)), "0、1");
        assert!(listed(&names(13)).ends_with("11等13人"));
    }
}
