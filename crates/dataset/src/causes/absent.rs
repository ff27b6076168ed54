//! What follows from a table that has not come: the numbers that its rows leave open, and what other tables name of it.

use std::collections::{BTreeMap, BTreeSet};

use super::forget;
use super::missing::{lacking, places, unknown_in};
use crate::{Dataset, RecordId, Senders, TableId};
use finding::{FieldRef, Finding, Held, Part, Related, Report, Target, codes};

/// What follows from one finding: the leaps in its numbers, and what is said of references to it.
#[derive(Default)]
struct Consequences {
    leaps: Vec<usize>,
    references: Vec<usize>,
}

/// Puts what follows from a table that has not come under the line that says so: none of the tables that name its records is
/// at fault.
pub(super) fn fold_absent(dataset: &Dataset, senders: &Senders, report: &mut Report) {
    let missing = missing(dataset, report);
    let mut following: BTreeMap<usize, Consequences> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        let sender = finding.origin.and_then(|it| senders.of(it.file));
        let of = |table: TableId| missing.get(&(sender?, table)).copied();
        if let Some(of) = leaping(finding).and_then(of) {
            following.entry(of).or_default().leaps.push(number);
        } else if let Some(of) = lacking(dataset, finding).and_then(of) {
            following.entry(of).or_default().references.push(number);
        } else if let Some(of) = branch_of_the_missing(dataset, finding, &missing) {
            following.entry(of).or_default().references.push(number);
        }
    }
    let mut folded = BTreeSet::new();
    for (of, consequences) in following {
        put_under(dataset, of, &consequences, report);
        folded.extend(consequences.leaps.into_iter().chain(consequences.references));
    }
    forget(&folded, report);
}

/// The finding that one committee has not returned its branches, if it is the only one: a branch that nobody knows, wherever
/// it is named, will be one of them.
fn branch_of_the_missing(
    dataset: &Dataset,
    finding: &Finding,
    missing: &BTreeMap<(RecordId, TableId), usize>,
) -> Option<usize> {
    let branches = unknown_in(dataset, finding).filter(|it| dataset.schemas.branches() == Some(*it))?;
    let mut without = missing.iter().filter(|(of, _)| of.1 == branches).map(|it| *it.1);
    without.next().filter(|_| without.next().is_none())
}

/// The findings that a table of a committee, or of a branch of it, has not come.
fn missing(dataset: &Dataset, report: &Report) -> BTreeMap<(RecordId, TableId), usize> {
    let mut missing = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        for about in finding.about.iter().filter(|_| finding.code == codes::RETURN_MISSING.name) {
            if let Target::Return(table, Some(unit)) = about
                && let Some(committee) = dataset.committee(*unit)
            {
                missing.entry((committee, *table)).or_insert(number);
            }
        }
    }
    missing
}

/// The table whose numbers leap.
fn leaping(finding: &Finding) -> Option<TableId> {
    let about = finding.about.first().filter(|_| finding.code == codes::NUMBERS_LEAP.name)?;
    match about {
        Target::File(Part { held: Held::Tables(tables), .. }) => tables.first().copied(),
        _ => None,
    }
}

fn put_under(dataset: &Dataset, of: usize, consequences: &Consequences, report: &mut Report) {
    let all = consequences.leaps.iter().chain(&consequences.references);
    let findings: Vec<Finding> = all.map(|it| report.findings()[*it].clone()).collect();
    let naming: BTreeSet<FieldRef> = findings.iter().flat_map(|it| places(dataset, it)).collect();
    let n_leaps = consequences.leaps.len();
    let kept = &mut report.findings_mut()[of];
    if !naming.is_empty() {
        kept.message.push_str(&format!("；别的表有{}处写到其中的记录，因此找不到", naming.len()));
    }
    for (idx, it) in findings.into_iter().enumerate() {
        let is_leap = idx < n_leaps;
        // A leap only asks about a whole sheet: as part of an error it would withhold what reads other rows of it.
        kept.about.extend(it.about.into_iter().filter(|_| !is_leap));
        let label = if is_leap { it.message } else { "写到其中的记录".to_owned() };
        kept.related.extend(it.origin.map(|origin| Related { origin, label }));
    }
}
