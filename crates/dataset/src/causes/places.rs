//! One cause that shows in many tables: a name that nobody bears. What many sheets of a file lack alike, reading says once.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::SAME_COLUMN;
use super::{FIRST_PLACE, N_ROWS, forget, merge};
use crate::{RecordId, RowId, Senders, TableId};
use finding::{Finding, Origin, Place, Related, Report, Target, codes};

/// So many other sheets are named of those in which the same name stands.
const N_SHEETS_NAMED: usize = 4;

/// What is said of a name that leads to nobody, or to several.
const OF_NAMES: [&str; 2] = [codes::UNKNOWN_REFERENCE.name, codes::REFERENCE_AMBIGUOUS.name];

/// Puts what is said of a name that nobody bears into one finding for all tables of one sender: a branch that the register
/// calls otherwise is the cause, and none of the tables that name it.
pub(super) fn fold_names(senders: &Senders, report: &mut Report) {
    let mut said: BTreeMap<(Option<RecordId>, &str, &str), Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let (true, Some(value), Some(origin)) =
            (OF_NAMES.contains(&&*finding.code), finding.value.as_deref(), finding.origin)
        {
            // What speaks for a whole column already says the same of its first cell.
            let first = finding.message.rsplit(FIRST_PLACE).next().unwrap_or_default();
            let bare = first.split(SAME_COLUMN).next().unwrap_or_default();
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
        let sheets = sheets(&numbers, report);
        let message = format!("{bare}（{}张表共{n_places}处都是这样）", sheets.len());
        folded.extend(merge(&numbers, |it| it.clone_from(&message), report));
        name_others(numbers[0], &sheets, report);
    }
    forget(&folded, report);
}

/// The fields that a finding is about first, one for each place: what names a record by two fields is one place.
pub(super) fn fields(finding: &Finding) -> impl Iterator<Item = (TableId, RowId)> {
    let rows: BTreeSet<(TableId, RowId)> =
        finding.about.iter().filter_map(Target::first_field).map(|it| (it.table, it.row)).collect();
    rows.into_iter()
}

fn is_same_sheet(a: Origin, b: Origin) -> bool {
    let sheet = |it: Origin| match it.place {
        Place::Cell { sheet, .. } | Place::Sheet { sheet } => Some(sheet),
        Place::File | Place::Text { .. } => None,
    };
    a.file == b.file && sheet(a) == sheet(b)
}

/// The sheets on which some findings stand, the first first; a file that has none is one.
pub(super) fn sheets(numbers: &[usize], report: &Report) -> Vec<Origin> {
    let mut sheets: Vec<Origin> = Vec::new();
    for origin in numbers.iter().filter_map(|it| report.findings()[*it].origin) {
        if !sheets.iter().any(|it| is_same_sheet(*it, origin)) {
            sheets.push(origin);
        }
    }
    sheets
}

/// Names some of the other sheets beside the one that speaks for all.
pub(super) fn name_others(kept: usize, sheets: &[Origin], report: &mut Report) {
    let others = sheets.iter().skip(1).take(N_SHEETS_NAMED);
    let related = others.map(|it| Related { origin: *it, label: "也是这样".to_owned() });
    report.findings_mut()[kept].related.extend(related);
}
