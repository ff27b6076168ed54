//! Whom a record concerns: the branch and committee that its schema leads to.

use std::collections::BTreeMap;

use super::senders::Senders;
use super::{ColumnId, Dataset, FieldId, FieldRef, RecordId, RowId, TableId};
use finding::{FileId, Origin, Place, Report, Subject};
use schema::{FieldKind, Way};
use value::Value;

/// Committee, branch and record by their labels.
pub(super) fn of(dataset: &Dataset, id: RecordId) -> Subject {
    if let Some(parent) = parent(dataset, id) {
        return of(dataset, parent);
    }
    let paths = &dataset.schema(id.table).subject;
    let label = |path: &Option<Vec<FieldId>>| Some(dataset.label(walk(dataset, id, path.as_ref()?)?));
    Subject {
        committee: label(&paths.committee),
        branch: label(&paths.branch),
        record: Some(dataset.label(id)),
    }
}

/// The rows of committee, branch and record in their tables.
pub(super) fn places(dataset: &Dataset, id: RecordId) -> [Option<RowId>; 3] {
    let paths = &dataset.schema(id.table).subject;
    let place = |path: &Option<Vec<FieldId>>| Some(walk(dataset, id, path.as_ref()?)?.row);
    [place(&paths.committee), place(&paths.branch), Some(id.row)]
}

/// The committee that a record belongs to.
pub(super) fn committee(dataset: &Dataset, id: RecordId) -> Option<RecordId> {
    match parent(dataset, id) {
        Some(parent) => committee(dataset, parent),
        None => walk(dataset, id, dataset.schema(id.table).subject.committee.as_ref()?),
    }
}

/// The branch that a record belongs to.
pub(super) fn branch(dataset: &Dataset, id: RecordId) -> Option<RecordId> {
    match parent(dataset, id) {
        Some(parent) => branch(dataset, parent),
        None => walk(dataset, id, dataset.schema(id.table).subject.branch.as_ref()?),
    }
}

/// The record at the end of a way.
pub(super) fn walk_up(dataset: &Dataset, start: RecordId, way: &Way) -> Option<RecordId> {
    walk(dataset, parents_up(dataset, start, way)?, &way.path)
}

/// The reference at which a way is lost, if it should lead on from there.
pub(super) fn lost_on(dataset: &Dataset, start: RecordId, way: &Way) -> Option<FieldRef> {
    let mut at = parents_up(dataset, start, way)?;
    for field in &way.path {
        let Some(next) = dataset.follow(at.field(*field)) else {
            let here = dataset.written_at(at.field(*field));
            let may_be_empty = !dataset.field(at.table.column(*field)).required;
            let is_empty = matches!(dataset.cell(here).value, Value::Missing);
            return (!(may_be_empty && is_empty)).then_some(here);
        };
        at = next;
    }
    None
}

pub(super) fn parents_up(dataset: &Dataset, start: RecordId, way: &Way) -> Option<RecordId> {
    (0..way.n_parents).try_fold(start, |it, _| parent(dataset, it))
}

/// The record that a row of a child table belongs to.
fn parent(dataset: &Dataset, id: RecordId) -> Option<RecordId> {
    Some(dataset.schema(id.table).parent?.record(dataset.record(id).parent?))
}

/// The reference fields that a way goes along.
pub(super) fn fields_of_way(dataset: &Dataset, table: TableId, way: &Way) -> Vec<ColumnId> {
    let mut at = table;
    for _ in 0..way.n_parents {
        at = dataset.schema(at).parent.unwrap_or(at);
    }
    let mut fields = Vec::new();
    for field in &way.path {
        fields.push(at.column(*field));
        if let FieldKind::Reference(reference) = &dataset.field(at.column(*field)).kind {
            at = dataset.schemas.index(&reference.to).unwrap_or(at);
        }
    }
    fields
}

fn walk(dataset: &Dataset, start: RecordId, path: &[FieldId]) -> Option<RecordId> {
    path.iter().try_fold(start, |it, field| dataset.follow(it.field(*field)))
}

/// Adds the subject to each finding that has none: from the record whose cell it stands in, else from the file or
/// its folder, if all records there belong to one committee.
pub(super) fn add(dataset: &Dataset, report: &mut Report, senders: &Senders) {
    let mut by_place: BTreeMap<Origin, RecordId> = BTreeMap::new();
    let mut by_row: BTreeMap<(FileId, u16, u32), RecordId> = BTreeMap::new();
    for id in dataset.rows() {
        let record = dataset.record(id);
        // A field without a column stands at the heading, which is no record's.
        let own = record.cells.iter().map(|it| it.origin).filter(|it| is_beside(*it, record.origin));
        for origin in own.chain([record.origin]) {
            by_place.entry(origin).or_insert(id);
            if let Place::Cell { sheet, row: line, .. } = origin.place {
                by_row.entry((origin.file, sheet, line)).or_insert(id);
            }
        }
    }
    for finding in report.findings_mut() {
        let Some(origin) = finding.origin else { continue };
        let in_row = match origin.place {
            Place::Cell { sheet, row, .. } => by_row.get(&(origin.file, sheet, row)),
            _ => None,
        };
        if finding.subject == Subject::default()
            && let Some(id) = by_place.get(&origin).or(in_row)
        {
            finding.subject = of(dataset, *id);
        }
        if finding.subject.committee.is_none() {
            finding.subject.committee = senders.of(origin.file).map(|it| dataset.label(it));
        }
    }
}

/// Whether a place is not in the row of another cell.
fn is_beside(place: Origin, record: Origin) -> bool {
    match (place.place, record.place) {
        (Place::Cell { row, .. }, Place::Cell { row: own, .. }) => row == own,
        _ => true,
    }
}
