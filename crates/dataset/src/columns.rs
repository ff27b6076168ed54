//! A column that is wrong in every row is one fault: a whole column of dates in a way that is not understood.

use std::collections::{BTreeMap, BTreeSet};

use super::{ColumnId, Dataset};
use finding::{FileId, Finding, Place, Report, Severity, Target};
use value::Value;

/// Of fewer rows each is said by itself.
const N_ROWS: usize = 5;

/// A column of a sheet with the fault that its cells have: file, sheet, column, the field that is read from it, the code.
type Fault = (FileId, u16, u16, ColumnId, String);

/// Puts errors of one code that stand in all filled cells of a column, or in all its cells, into the first of them.
pub(super) fn fold(dataset: &Dataset, report: &mut Report) {
    let mut faults: BTreeMap<Fault, Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let Some(fault) = fault(finding) {
            faults.entry(fault).or_default().push(number);
        }
    }
    let mut folded = BTreeSet::new();
    for (fault, numbers) in faults.into_iter().filter(|it| it.1.len() >= N_ROWS) {
        let (n_cells, n_filled) = cells(dataset, &fault);
        if numbers.len() != n_cells && numbers.len() != n_filled {
            continue;
        }
        let Some((first, others)) = numbers.split_first() else { continue };
        let about: Vec<Target> = others.iter().flat_map(|it| report.findings()[*it].about.clone()).collect();
        let kept = &mut report.findings_mut()[*first];
        let title = &dataset.field(fault.3).title;
        kept.message = format!("“{title}”一列{}行都有这样的错误，第一处：{}", numbers.len(), kept.message);
        kept.about.extend(about);
        folded.extend(others.iter().copied());
    }
    let mut number = 0;
    report.findings_mut().retain(|_| {
        number += 1;
        !folded.contains(&(number - 1))
    });
}

fn fault(finding: &Finding) -> Option<Fault> {
    let place = finding.origin.filter(|_| finding.severity == Severity::Error)?;
    let Place::Cell { sheet, col, .. } = place.place else { return None };
    let field = finding.about.iter().find_map(|it| match it {
        Target::Field(rows, field) => Some(rows.table.column(*field)),
        _ => None,
    })?;
    Some((place.file, sheet, col, field, finding.code.to_string()))
}

/// How many records have their field in the column, and of how many something stands there.
fn cells(dataset: &Dataset, (file, wanted_sheet, wanted_col, column, _): &Fault) -> (usize, usize) {
    let (mut places, mut filled) = (BTreeSet::new(), BTreeSet::new());
    for record in dataset.rows_of(column.table) {
        let cell = dataset.cell(record.field(column.field));
        if let Place::Cell { sheet, row, col } = cell.origin.place
            && (cell.origin.file, sheet, col) == (*file, *wanted_sheet, *wanted_col)
        {
            places.insert(row);
            if cell.value != Value::Missing {
                filled.insert(row);
            }
        }
    }
    (places.len(), filled.len())
}
