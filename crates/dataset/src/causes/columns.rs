//! A column that is wrong in every row, and one value that is wrong wherever it stands in a column.

use std::collections::{BTreeMap, BTreeSet};

use super::{FIRST_PLACE, N_ROWS, forget, merge};
use crate::{ColumnId, Dataset};
use finding::{FileId, Finding, Origin, Place, Report, Severity, Target, row_ranges};
use value::Value;

/// So many rows are the column's fault, though half of it is sound.
const N_ROWS_OF_HALF: usize = 20;

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
    for (fault, numbers) in faults.into_iter().filter(|it| it.1.len() > 1) {
        let (n_cells, n_filled) = cells(dataset, &fault);
        let n = n_places(dataset, &numbers, fault.3, report);
        if n < N_ROWS || (n != n_cells && n != n_filled) {
            continue;
        }
        let title = &dataset.field(fault.3).title;
        let what = format!("“{title}”一列{n}行都有这样的错误，{FIRST_PLACE}");
        folded.extend(merge(&numbers, |message| message.insert_str(0, &what), report));
    }
    forget(&folded, report);
}

/// How many cells of a column some findings are about: one may already speak for several that hold the same.
fn n_places(dataset: &Dataset, numbers: &[usize], column: ColumnId, report: &Report) -> usize {
    let about = numbers.iter().flat_map(|it| &report.findings()[*it].about);
    let fields = about.filter_map(|it| match it {
        Target::Field(rows, field) if rows.table.column(*field) == column => Some(*rows),
        _ => None,
    });
    let records = fields.flat_map(|rows| rows.rows().map(move |row| rows.table.record(row)));
    let places: BTreeSet<Origin> = records.map(|it| dataset.cell(it.field(column.field)).origin).collect();
    places.len()
}

/// Puts errors of one code at nearly all cells of a column into the first of them: the column stands a row too low, or under
/// another heading. What else is said of its cells is counted, and waits until they are mended.
pub(super) fn fold_mostly(dataset: &Dataset, report: &mut Report) {
    let mut faults: BTreeMap<Fault, Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let Some(fault) = fault(finding).filter(|_| finding.severity == Severity::Error) {
            faults.entry(fault).or_default().push(number);
        }
    }
    let (mut folded, mut columns) = (BTreeSet::new(), BTreeMap::new());
    for (fault, numbers) in faults.into_iter().filter(|it| it.1.len() >= N_ROWS) {
        let (_, n_filled) = cells(dataset, &fault);
        if !is_of_the_column(numbers.len(), n_filled) {
            continue;
        }
        let title = &dataset.field(fault.3).title;
        let n = numbers.len();
        let what = format!("“{title}”一列{n_filled}行中有{n}行如此，像是整列错位或者列名写错，{FIRST_PLACE}");
        folded.extend(merge(&numbers, |message| message.insert_str(0, &what), report));
        let kept = &mut report.findings_mut()[numbers[0]];
        // What stands in the first cell is not what stands in the others.
        kept.value = None;
        columns.entry((fault.0, fault.1, fault.2)).or_insert(numbers[0]);
    }
    for (kept, numbers) in of_columns(dataset, &columns, &folded, report) {
        folded.extend(numbers.iter().copied());
        let more = format!("；用到这一列的另有{}处问题，多半由此而来", numbers.len());
        report.findings_mut()[kept].message.push_str(&more);
    }
    forget(&folded, report);
}

/// Whether so many faults among so many filled cells are the column's: nearly all cells, or half of a long one. A finding
/// that stands beside the field that it is about is none of its column.
fn is_of_the_column(n: usize, n_filled: usize) -> bool {
    n <= n_filled && (n * 10 >= n_filled * 9 || (n >= N_ROWS_OF_HALF && n * 2 >= n_filled))
}

/// What else is said of cells in columns of which one finding speaks for all, by that finding.
fn of_columns(
    dataset: &Dataset,
    columns: &BTreeMap<(FileId, u16, u16), usize>,
    folded: &BTreeSet<usize>,
    report: &Report,
) -> BTreeMap<usize, Vec<usize>> {
    let mut others: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let kept: BTreeSet<usize> = columns.values().copied().collect();
    for (number, finding) in report.findings().iter().enumerate() {
        let is_open =
            finding.severity != Severity::Note && !folded.contains(&number) && !kept.contains(&number);
        let mut places =
            finding.about.iter().filter_map(Target::first_field).map(|it| dataset.cell(it).origin);
        let column = |it: Origin| match it.place {
            Place::Cell { sheet, col, .. } => columns.get(&(it.file, sheet, col)).copied(),
            _ => None,
        };
        if let Some(of) = places.find_map(column).filter(|_| is_open && !columns.is_empty()) {
            others.entry(of).or_default().push(number);
        }
    }
    others
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
