//! What is wrong in many rows for one reason is one fault: a whole column of dates in a way that is not understood, a column
//! that is not there at all, a branch under a name that nobody knows.

use std::collections::{BTreeMap, BTreeSet};

use super::{ColumnId, Dataset, RecordId, RowId, Senders, TableId};
use finding::{FieldRef, FileId, Finding, Origin, Place, Related, Report, Severity, Subject, Target, codes};
use value::Value;

/// Of fewer rows each is said by itself.
const N_ROWS: usize = 5;

/// A column of a sheet with the fault that its cells have: file, sheet, column, the field that is read from it, the code.
type Fault = (FileId, u16, u16, ColumnId, String);

/// What begins the rows of a column in which the same is wrong.
const SAME_COLUMN: &str = "（这一列的第";
/// So many rows are named of those in which the same is wrong.
const N_ROWS_NAMED: usize = 5;

/// Puts errors of one code that stand in all filled cells of a column, or in all its cells, into the first of them; then what
/// is said of one value, wherever it stands in a column.
pub(super) fn fold(dataset: &Dataset, report: &mut Report) {
    fold_columns(dataset, report);
    fold_values(report);
}

fn fold_values(report: &mut Report) {
    let mut faults: BTreeMap<(Fault, &str, &str), Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let (Some(fault), Some(value)) = (fault(finding), finding.value.as_deref()) {
            faults.entry((fault, value, &finding.message)).or_default().push(number);
        }
    }
    let repeated: Vec<Vec<usize>> = faults.into_values().filter(|it| it.len() >= N_ROWS).collect();
    let mut folded = BTreeSet::new();
    for numbers in repeated {
        let rows = numbers.iter().filter_map(|it| match report.findings()[*it].origin?.place {
            Place::Cell { row, .. } => Some((row + 1).to_string()),
            _ => None,
        });
        let named: Vec<String> = rows.take(N_ROWS_NAMED).collect();
        let more = if numbers.len() > named.len() { "等" } else { "" };
        let where_ = format!("{SAME_COLUMN}{}行{more}共{}行都这样写）", named.join("、"), numbers.len());
        folded.extend(merge(&numbers, |message| message.push_str(&where_), report));
    }
    forget(&folded, report);
}

fn fold_columns(dataset: &Dataset, report: &mut Report) {
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
        let title = &dataset.field(fault.3).title;
        let what = format!("“{title}”一列{}行都有这样的错误，第一处：", numbers.len());
        folded.extend(merge(&numbers, |message| message.insert_str(0, &what), report));
    }
    forget(&folded, report);
}

/// So many other sheets are named of those in which the same name stands.
const N_SHEETS_NAMED: usize = 4;

/// Puts what is said of a name that nobody bears into one finding for all tables of one sender: a branch that the register
/// calls otherwise is the cause, and none of the tables that name it.
pub(super) fn fold_names(senders: &Senders, report: &mut Report) {
    let mut said: BTreeMap<(Option<RecordId>, &str, &str), Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let (true, Some(value), Some(origin)) =
            (finding.code == codes::UNKNOWN_REFERENCE.name, finding.value.as_deref(), finding.origin)
        {
            let bare = finding.message.split(SAME_COLUMN).next().unwrap_or_default();
            said.entry((senders.of(origin.file), value, bare)).or_default().push(number);
        }
    }
    let repeated: Vec<(String, Vec<usize>)> =
        said.into_iter().filter(|it| it.1.len() > 1).map(|it| (it.0.2.to_owned(), it.1)).collect();
    let mut folded = BTreeSet::new();
    for (bare, numbers) in repeated {
        let n_cells = |it: &usize| fields(&report.findings()[*it]).count();
        let n_places: usize = numbers.iter().map(n_cells).sum();
        if n_places < N_ROWS {
            continue;
        }
        let mut sheets: Vec<Origin> = Vec::new();
        for origin in numbers.iter().filter_map(|it| report.findings()[*it].origin) {
            if !sheets.iter().any(|it| is_same_sheet(*it, origin)) {
                sheets.push(origin);
            }
        }
        let message = format!("{bare}（{}张表共{n_places}处都这样写）", sheets.len());
        folded.extend(merge(&numbers, |it| it.clone_from(&message), report));
        let kept = &mut report.findings_mut()[numbers[0]];
        let others = sheets.iter().skip(1).take(N_SHEETS_NAMED);
        kept.related.extend(others.map(|it| Related { origin: *it, label: "也这样写".to_owned() }));
    }
    forget(&folded, report);
}

/// The fields that a finding is about first, one for each place: what names a record by two fields is one place.
fn fields(finding: &Finding) -> impl Iterator<Item = (TableId, RowId)> {
    let rows: BTreeSet<(TableId, RowId)> = finding
        .about
        .iter()
        .filter_map(|it| match it {
            Target::Field(rows, _) => Some((rows.table, rows.first)),
            _ => None,
        })
        .collect();
    rows.into_iter()
}

fn is_same_sheet(a: Origin, b: Origin) -> bool {
    let sheet = |it: Origin| match it.place {
        Place::Cell { sheet, .. } | Place::Sheet { sheet } => Some(sheet),
        Place::File | Place::Text { .. } => None,
    };
    a.file == b.file && sheet(a) == sheet(b)
}

/// A column of a sheet that holds nothing: file, sheet, the column if there is one, the field, the code of what is said of it.
type Gap = (FileId, u16, Option<u16>, ColumnId, String);

/// Puts what rules say of values that are lacking, because nobody has filled in the column or there is none, into the first
/// such finding of each sheet: the column is the cause, and no row of it.
pub(super) fn fold_gaps(dataset: &Dataset, report: &mut Report) {
    let mut gaps: BTreeMap<Gap, Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let Some(gap) = gap(dataset, finding) {
            gaps.entry(gap).or_default().push(number);
        }
    }
    let mut folded = BTreeSet::new();
    for (gap, numbers) in gaps.into_iter().filter(|it| it.1.len() > 1) {
        let Some(n_records) = n_records_without(dataset, &gap) else { continue };
        let title = &dataset.field(gap.3).title;
        let n_said = numbers.len();
        let what = match gap.2 {
            Some(_) => format!("“{title}”一列{n_records}条记录都未填，其中{n_said}条应填，第一处："),
            None => format!("表中没有“{title}”一列，{n_records}条记录中有{n_said}条应填，第一处："),
        };
        folded.extend(merge(&numbers, |message| message.insert_str(0, &what), report));
    }
    forget(&folded, report);
}

/// Lets the first of some findings say what all of them say; gives the others, which are then to go.
fn merge(numbers: &[usize], say: impl Fn(&mut String), report: &mut Report) -> Vec<usize> {
    let Some((first, others)) = numbers.split_first() else { return Vec::new() };
    let about: Vec<Target> = others.iter().flat_map(|it| report.findings()[*it].about.clone()).collect();
    let subjects: Vec<Subject> = others.iter().map(|it| report.findings()[*it].subject.clone()).collect();
    let kept = &mut report.findings_mut()[*first];
    say(&mut kept.message);
    kept.about.extend(about);
    for it in subjects {
        let common = |own: &mut Option<_>, other| *own = own.take().filter(|it| Some(it) == other);
        common(&mut kept.subject.committee, it.committee.as_ref());
        common(&mut kept.subject.branch, it.branch.as_ref());
        common(&mut kept.subject.record, it.record.as_ref());
    }
    others.to_vec()
}

fn forget(folded: &BTreeSet<usize>, report: &mut Report) {
    let mut number = 0;
    report.findings_mut().retain(|_| {
        number += 1;
        !folded.contains(&(number - 1))
    });
}

/// The column whose lack a finding is about.
fn gap(dataset: &Dataset, finding: &Finding) -> Option<Gap> {
    let at = finding.about.iter().find_map(|it| match it {
        Target::Field(rows, field) => Some(rows.table.record(rows.first).field(*field)),
        _ => None,
    })?;
    let cell = dataset.cell(at);
    if cell.value != Value::Missing || finding.origin != Some(cell.origin) {
        return None;
    }
    let (file, sheet, col) = place(dataset, at)?;
    Some((file, sheet, col, at.column(), finding.code.to_string()))
}

/// Where a field of a record stands: file, sheet, and the column if it has one of its own.
fn place(dataset: &Dataset, at: FieldRef) -> Option<(FileId, u16, Option<u16>)> {
    let (own, record) = (dataset.cell(at).origin, dataset.record(at.record()).origin);
    let Origin { file, place: Place::Cell { sheet, col, .. } } = own else { return None };
    Some((file, sheet, Some(col).filter(|_| own != record)))
}

/// How many records a sheet has of which none has a value in the column; `None` if some has.
fn n_records_without(dataset: &Dataset, (file, sheet, col, column, _): &Gap) -> Option<usize> {
    let is_on_sheet = |it: &RecordId| {
        let origin = dataset.record(*it).origin;
        origin.file == *file && matches!(origin.place, Place::Cell { sheet: own, .. } if own == *sheet)
    };
    let records: Vec<RecordId> = dataset.rows_of(column.table).filter(is_on_sheet).collect();
    let is_without = |it: &RecordId| {
        let at = it.field(column.field);
        dataset.cell(at).value == Value::Missing && place(dataset, at) == Some((*file, *sheet, *col))
    };
    records.iter().all(is_without).then_some(records.len())
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
