//! Records that many tables name and their own table has not: it lacks rows, and none of the tables that name them is at fault.

use std::collections::{BTreeMap, BTreeSet};

use super::places::{fields, name_others, sheets};
use super::{FIRST_PLACE, forget, merge};
use crate::{Dataset, Senders};
use finding::{FieldRef, Finding, RecordId, Report, TableId, Target, codes};
use schema::FieldKind;
use value::Value;

/// So many different records are lacking for one reason.
const N_NAMES: usize = 5;
/// And of so many that one sender's tables name one is lacking.
const ONE_OF: usize = 10;

/// A sender, and the table whose records are lacking.
type Lacking = (Option<RecordId>, TableId);

/// Puts what is said of records that one sender's tables name and nobody has returned into one finding.
pub(super) fn fold_missing(dataset: &Dataset, senders: &Senders, report: &mut Report) {
    let mut said: BTreeMap<Lacking, Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let (Some(to), Some(origin)) = (lacking(dataset, finding), finding.origin) {
            said.entry((senders.of(origin.file), to)).or_default().push(number);
        }
    }
    let mut folded = BTreeSet::new();
    for ((sender, to), numbers) in said.into_iter().filter(|it| it.1.len() > 1) {
        let naming: BTreeSet<FieldRef> =
            numbers.iter().flat_map(|it| places(dataset, &report.findings()[*it])).collect();
        let names: BTreeSet<String> = naming.iter().map(|it| dataset.cell(*it).value.display()).collect();
        if names.len() < N_NAMES || naming.len() * ONE_OF < n_named(dataset, senders, sender, &naming) {
            continue;
        }
        let sheets = sheets(&numbers, report);
        let n_places: usize = numbers.iter().map(|it| fields(&report.findings()[*it]).count()).sum();
        let title = &dataset.schema(to).title;
        let message = format!(
            "“{title}”表中找不到{}条别的表写到的记录（{}张表共{n_places}处），{FIRST_PLACE}{}",
            names.len(),
            sheets.len(),
            bare(&report.findings()[numbers[0]].message)
        );
        folded.extend(merge(&numbers, |it| it.clone_from(&message), report));
        let hint = format!("多半是“{title}”表少交了几行，或者两边的编号写法不同：请先补齐、核对“{title}”表");
        report.findings_mut()[numbers[0]].hint = Some(hint);
        name_others(numbers[0], &sheets, report);
    }
    forget(&folded, report);
}

/// What a finding said before it spoke for others.
fn bare(message: &str) -> &str {
    message.rsplit(FIRST_PLACE).next().unwrap_or(message)
}

/// The table whose record a finding does not find; none of the register, where a name is misspelt rather than lacking.
pub(super) fn lacking(dataset: &Dataset, finding: &Finding) -> Option<TableId> {
    let bodies = [dataset.schemas.committees(), dataset.schemas.branches()];
    unknown_in(dataset, finding).filter(|it| !bodies.contains(&Some(*it)))
}

/// The table in which nothing bears the name that a finding is about.
pub(super) fn unknown_in(dataset: &Dataset, finding: &Finding) -> Option<TableId> {
    if finding.code != codes::UNKNOWN_REFERENCE.name {
        return None;
    }
    let mut tables =
        finding.about.iter().filter_map(Target::first_field).filter_map(|it| leads_to(dataset, it));
    tables.next()
}

fn leads_to(dataset: &Dataset, at: FieldRef) -> Option<TableId> {
    match &dataset.field(at.column()).kind {
        FieldKind::Reference(reference) => dataset.schemas.index(&reference.to),
        _ => None,
    }
}

/// The references that a finding is about.
pub(super) fn places(dataset: &Dataset, finding: &Finding) -> Vec<FieldRef> {
    let fields = finding.about.iter().filter_map(Target::first_field);
    fields
        .filter(|it| leads_to(dataset, *it).is_some() && dataset.cell(*it).value != Value::Missing)
        .collect()
}

/// How many references of one sender are written in the columns of some.
fn n_named(
    dataset: &Dataset,
    senders: &Senders,
    sender: Option<RecordId>,
    naming: &BTreeSet<FieldRef>,
) -> usize {
    let columns: BTreeSet<_> = naming.iter().map(|it| it.column()).collect();
    let all = columns
        .iter()
        .flat_map(|column| dataset.rows_of(column.table).map(|it| dataset.cell(it.field(column.field))));
    all.filter(|it| it.value != Value::Missing && senders.of(it.origin.file) == sender).count()
}
