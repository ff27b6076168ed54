//! A column that is wrong in every row, and one value that is wrong wherever it stands in a column.

use std::collections::{BTreeMap, BTreeSet};

use super::{N_ROWS, forget, merge};
use crate::{ColumnId, Dataset};
use finding::{FileId, Finding, Place, Report, Severity, Target, row_ranges};
use value::Value;

/// What begins the rows of a column in which the same is wrong.
pub(super) const SAME_COLUMN: &str = "（这一列的";

/// A column of a sheet with the fault that its cells have: file, sheet, column, the field that is read from it, the code.
type Fault = (FileId, u16, u16, ColumnId, String);

/// Puts errors of one code that stand in all filled cells of a column, or in all its cells, into the first of them.
pub(super) fn fold_columns(dataset: &Dataset, report: &mut Report) {
    let mut faults: BTreeMap<Fault, Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let Some(fault) = fault(finding).filter(|_| finding.severity == Severity::Error) {
            faults.entry(fault).or_default().push(number);
        }
    }
    let mut folded = BTreeSet::new();
    for (fault, numbers) in faults.into_iter().filter(|it| it.1.len() >= N_ROWS) {
        let (n_cells, n_filled) = cells(dataset, &fault);
        if numbers.len() != n_cells && numbers.len() != n_filled {
            continue;
        }
        let title = &dataset.field(fault.3).title;
        let what = format!("“{title}”一列{}行都有这样的错误，第一处：", numbers.len());
        folded.extend(merge(&numbers, |message| message.insert_str(0, &what), report));
    }
    forget(&folded, report);
}

/// Puts what is said of one value, or of cells in which nothing stands, into the first such finding of a column.
pub(super) fn fold_values(dataset: &Dataset, report: &mut Report) {
    let mut faults: BTreeMap<(Fault, &str, &str), Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        // Where no value is shown, but one is there, each may be another.
        let value = finding.value.as_deref().or_else(|| is_lacking(dataset, finding).then_some(""));
        if let (Some(fault), Some(value)) = (fault(finding), value) {
            faults.entry((fault, value, &finding.message)).or_default().push(number);
        }
    }
    let repeated: Vec<Vec<usize>> = faults.into_values().filter(|it| it.len() >= N_ROWS).collect();
    let mut folded = BTreeSet::new();
    for numbers in repeated {
        let rows = numbers.iter().filter_map(|it| match report.findings()[*it].origin?.place {
            Place::Cell { row, .. } => Some(row),
            _ => None,
        });
        let rows: BTreeSet<u32> = rows.collect();
        let rows = row_ranges(&rows.into_iter().collect::<Vec<_>>());
        let where_ = format!("{SAME_COLUMN}{rows}，共{}处都是这样）", numbers.len());
        folded.extend(merge(&numbers, |message| message.push_str(&where_), report));
    }
    forget(&folded, report);
}

/// Whether a finding is about a field in which nothing stands.
fn is_lacking(dataset: &Dataset, finding: &Finding) -> bool {
    let at = finding.about.iter().find_map(Target::first_field);
    at.is_some_and(|it| dataset.cell(it).value == Value::Missing)
}

fn fault(finding: &Finding) -> Option<Fault> {
    let place = finding.origin.filter(|_| finding.severity != Severity::Note)?;
    let Place::Cell { sheet, col, .. } = place.place else { return None };
    let at = finding.about.iter().find_map(Target::first_field)?;
    Some((place.file, sheet, col, at.column(), finding.code.to_string()))
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
