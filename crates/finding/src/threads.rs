//! Findings as one reads them: the repeated ones together, and under each what may follow from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Finding, Origin, Place, Severity, codes};

/// So many findings alike are still read one by one.
const N_ALIKE_READ: usize = 5;

/// So many findings alike in several branches of a committee are one matter of the committee.
const N_OF_COMMITTEE: usize = 10;

/// Findings that are read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread<'a> {
    /// One finding, or more than five of one kind in one column of one sheet, in their order; never empty.
    pub findings: Vec<&'a Finding>,
    /// What may be gone once these are mended: each is about a cell of theirs too.
    pub follows: Vec<&'a Finding>,
}

/// In which findings are alike: severity, code, field, file with sheet and column.
type Kind<'a> = (Severity, &'a str, Option<&'a Arc<str>>, (super::FileId, Option<u16>, Option<u16>));

/// The findings in the order of the first of each thread.
pub fn threads<'a>(findings: &[&'a Finding]) -> Vec<Thread<'a>> {
    let causes = causes(findings);
    let mut sizes: BTreeMap<Kind<'a>, usize> = BTreeMap::new();
    let roots = (0..findings.len()).filter(|at| !causes.contains_key(at));
    for kind in roots.filter_map(|at| kind(findings[at])) {
        *sizes.entry(kind).or_default() += 1;
    }
    let mut threads: Vec<Thread<'a>> = Vec::new();
    let mut by_kind: BTreeMap<Kind<'a>, usize> = BTreeMap::new();
    let mut of_finding: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(thread) = causes.get(&at).and_then(|cause| of_finding.get(cause)) {
            threads[*thread].follows.push(finding);
            continue;
        }
        let repeated = kind(finding).filter(|it| sizes.get(it).is_some_and(|n| *n > N_ALIKE_READ));
        if let Some(thread) = repeated.and_then(|it| by_kind.get(&it)) {
            threads[*thread].findings.push(finding);
            of_finding.insert(at, *thread);
            continue;
        }
        by_kind.extend(repeated.map(|it| (it, threads.len())));
        of_finding.insert(at, threads.len());
        threads.push(Thread { findings: vec![finding], follows: Vec::new() });
    }
    threads
}

/// The findings that are repeated in so many branches of a committee that they are the committee's, by their addresses.
pub(super) fn of_committees(findings: &[Finding]) -> BTreeSet<*const Finding> {
    let mut alike: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|it| it.severity != Severity::Note) {
        let (Some(kind), Some(committee)) = (kind(finding), &finding.subject.committee) else { continue };
        alike.entry((committee, kind)).or_default().push(finding);
    }
    let is_spread = |it: &Vec<&Finding>| {
        let branches: BTreeSet<_> = it.iter().filter_map(|it| it.subject.branch.as_ref()).collect();
        it.len() >= N_OF_COMMITTEE && branches.len() > 1
    };
    alike.into_values().filter(is_spread).flatten().map(std::ptr::from_ref).collect()
}

/// From which finding others may follow: an error at a cell that they name beside their own; or at their own, if a reader has
/// said it there and they are what a rule says.
fn causes(findings: &[&Finding]) -> BTreeMap<usize, usize> {
    let is_cell = |it: &Origin| matches!(it.place, Place::Cell { .. } | Place::Text { .. });
    let mut at_cell: BTreeMap<Origin, usize> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(origin) = finding.origin.filter(|it| finding.severity == Severity::Error && is_cell(it)) {
            let known = at_cell.entry(origin).or_insert(at);
            if is_of_engine(finding) && !is_of_engine(findings[*known]) {
                *known = at;
            }
        }
    }
    let cause = |(at, finding): (usize, &&Finding)| {
        let of_reader = |it: &usize| is_of_engine(findings[*it]) && !is_of_engine(finding);
        let own = finding.origin.and_then(|it| at_cell.get(&it)).copied().filter(of_reader);
        let beside = finding.related.iter().find_map(|it| at_cell.get(&it.origin)).copied();
        let cause = own.or(beside)?;
        (cause != at).then_some((at, cause))
    };
    let causes: BTreeMap<usize, usize> = findings.iter().enumerate().filter_map(cause).collect();
    // What follows is no cause: of two that are about each other's cells neither is folded away.
    causes.iter().filter(|(_, cause)| !causes.contains_key(cause)).map(|(at, cause)| (*at, *cause)).collect()
}

fn is_of_engine(finding: &Finding) -> bool {
    codes::ALL.iter().any(|it| it.name == finding.code)
}

fn kind(finding: &Finding) -> Option<Kind<'_>> {
    let origin = finding.origin?;
    let (sheet, column) = match origin.place {
        Place::Cell { sheet, col, .. } => (Some(sheet), Some(col)),
        Place::Text { .. } => (None, None),
        Place::File | Place::Sheet { .. } => return None,
    };
    Some((finding.severity, &finding.code, finding.field.as_ref(), (origin.file, sheet, column)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sources, Subject, grouped};

    /// The codes of threads: those of what stands first, how many there are, and what follows.
    fn shape(findings: &[Finding]) -> Vec<(String, usize, Vec<String>)> {
        let all: Vec<&Finding> = findings.iter().collect();
        let code = |it: &&Finding| it.code.to_string();
        let shape = |it: &Thread<'_>| {
            (code(&it.findings[0]), it.findings.len(), it.follows.iter().map(code).collect())
        };
        threads(&all).iter().map(shape).collect()
    }

    #[test]
    fn repeated_findings_stand_together_and_what_follows_below_its_cause() {
        let file = Sources::default().add("a.xlsx");
        let at = |code: &'static str, row, col| {
            Finding::named(code, Severity::Error, code).at(Origin::cell(file, 0, row, col))
        };
        let few: Vec<Finding> = (0..5).map(|row| at("not-a-date", row, 3)).collect();
        assert_eq!(shape(&few).len(), 5);
        let mut many: Vec<Finding> = (0..6).map(|row| at("not-a-date", row, 3)).collect();
        many.insert(1, at("not-a-date", 0, 4));
        many.push(at("a-rule", 2, 9).related(Origin::cell(file, 0, 2, 3), "另见"));
        many.push(at("b-rule", 0, 4));
        let none: Vec<String> = Vec::new();
        let wanted = [
            ("not-a-date".to_owned(), 6, vec!["a-rule".to_owned()]),
            ("not-a-date".to_owned(), 1, vec!["b-rule".to_owned()]),
        ];
        assert_eq!(shape(&many), wanted);
        // A query is no cause, and two that name each other are both shown.
        let query = Finding { severity: Severity::Query, ..at("not-a-date", 0, 0) };
        let one = at("key-twice", 1, 1).related(Origin::cell(file, 0, 2, 1), "另见");
        let other = at("key-twice", 2, 1).related(Origin::cell(file, 0, 1, 1), "另见");
        let alone = |code: &str| (code.to_owned(), 1, none.clone());
        assert_eq!(
            shape(&[query, at("a-rule", 0, 0), one, other]),
            ["not-a-date", "a-rule", "key-twice", "key-twice"].map(alone)
        );
    }

    #[test]
    fn what_is_wrong_in_many_branches_alike_is_the_committees() {
        let file = Sources::default().add("a.xlsx");
        let of = |row: u32| {
            let branch = if row.is_multiple_of(2) { "一支部" } else { "二支部" };
            let subject =
                Subject { committee: Some("甲".into()), branch: Some(branch.into()), record: None };
            let origin = Origin::cell(file, 0, row, 3);
            Finding::named("not-a-date", Severity::Error, "x").at(origin).subject(subject)
        };
        let branches = |n| {
            let all: Vec<Finding> = (0..n).map(of).collect();
            grouped(&all).iter().map(|it| it.branch.map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(branches(10), [None]);
        assert_eq!(branches(9), [Some("一支部".to_owned()), Some("二支部".to_owned())]);
    }
}
