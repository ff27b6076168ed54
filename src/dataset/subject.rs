//! Whom a record concerns: the branch and committee that its schema leads to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Dataset;
use crate::finding::{FileId, Origin, Place, Report, Subject};
use crate::schema::FieldKind;

/// Committee, branch and record by their labels.
pub(super) fn of(dataset: &Dataset, table: usize, row: usize) -> Subject {
    if let Some(parent) = dataset.record(table, row).parent
        && let Some(parent_table) = dataset.schema(table).parent
    {
        return of(dataset, parent_table, parent);
    }
    let paths = &dataset.schema(table).subject;
    let label = |path: &Option<Vec<usize>>| {
        let (table, row) = walk(dataset, (table, row), path.as_ref()?)?;
        Some(dataset.label(table, row))
    };
    Subject {
        committee: label(&paths.committee),
        branch: label(&paths.branch),
        record: Some(dataset.label(table, row)),
    }
}

fn walk(dataset: &Dataset, start: (usize, usize), path: &[usize]) -> Option<(usize, usize)> {
    path.iter().try_fold(start, |(table, row), field| {
        let FieldKind::Reference(reference) = &dataset.schema(table).fields[*field].kind else { return None };
        Some((dataset.schemas.index(&reference.to)?, dataset.follow(table, row, *field)?))
    })
}

/// Adds the subject to each finding that has none: from the record whose cell it stands in, else from the file,
/// if all records of that file belong to one committee.
pub(super) fn add(dataset: &Dataset, report: &mut Report) {
    let mut by_place: BTreeMap<Origin, (usize, usize)> = BTreeMap::new();
    let mut by_row: BTreeMap<(FileId, u16, u32), (usize, usize)> = BTreeMap::new();
    for table in 0..dataset.schemas.tables.len() {
        for row in 0..dataset.n_rows(table) {
            let record = dataset.record(table, row);
            for origin in record.cells.iter().map(|it| it.origin).chain([record.origin]) {
                by_place.entry(origin).or_insert((table, row));
                if let Place::Cell { sheet, row: line, .. } = origin.place {
                    by_row.entry((origin.file, sheet, line)).or_insert((table, row));
                }
            }
        }
    }
    let committees = committees_by_file(dataset);
    for finding in report.findings_mut().iter_mut().filter(|it| it.subject == Subject::default()) {
        let Some(origin) = finding.origin else { continue };
        let in_row = match origin.place {
            Place::Cell { sheet, row, .. } => by_row.get(&(origin.file, sheet, row)),
            _ => None,
        };
        if let Some((table, row)) = by_place.get(&origin).or(in_row) {
            finding.subject = of(dataset, *table, *row);
        }
        if finding.subject.committee.is_none()
            && let Some(Some(committee)) = committees.get(&origin.file)
        {
            finding.subject.committee = Some(committee.clone());
        }
    }
}

/// The one committee that a file's records belong to; `None` for a file with records of several.
fn committees_by_file(dataset: &Dataset) -> BTreeMap<FileId, Option<Arc<str>>> {
    let mut committees: BTreeMap<FileId, Option<Arc<str>>> = BTreeMap::new();
    for table in 0..dataset.schemas.tables.len() {
        for row in 0..dataset.n_rows(table) {
            let Some(committee) = of(dataset, table, row).committee else { continue };
            let known =
                committees.entry(dataset.record(table, row).origin.file).or_insert(Some(committee.clone()));
            if known.as_ref() != Some(&committee) {
                *known = None;
            }
        }
    }
    committees
}
