//! A column that holds nothing, or is not there.

use std::collections::{BTreeMap, BTreeSet};

use super::{forget, merge};
use crate::{ColumnId, Dataset, RecordId};
use finding::{FieldRef, FileId, Finding, Origin, Place, Report, Target};
use value::Value;

/// A column that holds nothing: file, sheet, the column if there is one, the field, the code of what is said of it. Of one
/// that no sheet of the file has, the sheet is not told.
type Gap = (FileId, Option<u16>, Option<u16>, ColumnId, String);

/// A sheet, or a file, of which some columns hold nothing: whether they are there, what is said of them, of how many records.
type Sheet = (FileId, Option<u16>, bool, String, usize);

/// So many columns of one sheet are said in one list.
const N_LISTED: usize = 3;

/// Puts what is said of values that are lacking, because nobody has filled in the column or there is none, into the first
/// such finding of each sheet: the column is the cause, and no row of it.
pub(super) fn fold_gaps(dataset: &Dataset, report: &mut Report) {
    let mut gaps: BTreeMap<Gap, Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let Some(gap) = gap(dataset, finding) {
            gaps.entry(gap).or_default().push(number);
        }
    }
    // Columns of one sheet of which the same is said are lacking for one reason.
    let mut sheets: BTreeMap<Sheet, Vec<(ColumnId, Vec<usize>)>> = BTreeMap::new();
    for (gap, numbers) in gaps.into_iter().filter(|it| it.1.len() > 1) {
        let Some(n_records) = n_records_without(dataset, &gap) else { continue };
        let (file, sheet, col, column, code) = gap;
        sheets.entry((file, sheet, col.is_some(), code, n_records)).or_default().push((column, numbers));
    }
    let mut folded = BTreeSet::new();
    for ((_, _, is_there, _, n_records), columns) in sheets {
        let lists = if columns.len() < N_LISTED { columns.chunks(1) } else { columns.chunks(columns.len()) };
        for list in lists {
            let mut numbers: Vec<usize> = list.iter().flat_map(|it| it.1.iter().copied()).collect();
            numbers.sort_unstable();
            let what = said(dataset, list, is_there, n_records);
            folded.extend(merge(&numbers, |message| message.insert_str(0, &what), report));
            if list.len() > 1 {
                report.findings_mut()[numbers[0]].field = None;
            }
        }
    }
    forget(&folded, report);
}

/// What is said of columns that hold nothing, before what was said first.
fn said(dataset: &Dataset, columns: &[(ColumnId, Vec<usize>)], is_there: bool, n_records: usize) -> String {
    let titles: String = columns.iter().map(|it| format!("“{}”", dataset.field(it.0).title)).collect();
    let n_columns = if columns.len() == 1 { "一".to_owned() } else { columns.len().to_string() };
    // A record that several columns are asked of is one.
    let n_said = columns.iter().map(|it| it.1.len()).max().unwrap_or_default();
    if is_there {
        format!("{titles}{n_columns}列{n_records}条记录都未填，其中{n_said}条应填，第一处：")
    } else {
        format!("表中没有{titles}{n_columns}列，{n_records}条记录中有{n_said}条应填，第一处：")
    }
}

/// The column whose lack a finding is about.
fn gap(dataset: &Dataset, finding: &Finding) -> Option<Gap> {
    let at = finding.about.iter().find_map(Target::first_field)?;
    let cell = dataset.cell(at);
    if cell.value != Value::Missing || finding.origin != Some(cell.origin) {
        return None;
    }
    let (file, sheet, col) = place(dataset, at)?;
    let gap = |sheet| (file, sheet, col, at.column(), finding.code.to_string());
    let whole = gap(None);
    let is_whole = col.is_none() && n_records_without(dataset, &whole).is_some();
    Some(if is_whole { whole } else { gap(Some(sheet)) })
}

/// Where a field of a record stands: file, sheet, and the column if it has one of its own.
fn place(dataset: &Dataset, at: FieldRef) -> Option<(FileId, u16, Option<u16>)> {
    let (own, record) = (dataset.cell(at).origin, dataset.record(at.record()).origin);
    let Origin { file, place: Place::Cell { sheet, col, .. } } = own else { return None };
    Some((file, sheet, Some(col).filter(|_| own != record)))
}

/// How many records a sheet, or the file, has of which none has a value in the column; `None` if some has.
fn n_records_without(dataset: &Dataset, (file, sheet, col, column, _): &Gap) -> Option<usize> {
    let is_on_sheet = |it: &RecordId| {
        let origin = dataset.record(*it).origin;
        let is_meant = |own: u16| sheet.is_none_or(|it| it == own);
        origin.file == *file && matches!(origin.place, Place::Cell { sheet: own, .. } if is_meant(own))
    };
    let records: Vec<RecordId> = dataset.rows_of(column.table).filter(is_on_sheet).collect();
    let is_without = |it: &RecordId| {
        let at = it.field(column.field);
        dataset.cell(at).value == Value::Missing && place(dataset, at).is_some_and(|it| it.2 == *col)
    };
    records.iter().all(is_without).then_some(records.len())
}
