//! Several values that a record lacks are said in one list.

use std::collections::{BTreeMap, BTreeSet};

use super::{forget, merge};
use crate::Dataset;
use finding::{Finding, Origin, Report, Target};
use value::Value;

/// Of so many at one place a list is made.
const N_LISTED: usize = 3;

/// Puts what is said of values that a record lacks, all of them at the place of the record itself, into one finding: it names
/// them nowhere else.
pub(super) fn fold_lacking_values(dataset: &Dataset, report: &mut Report) {
    let mut said: BTreeMap<(Origin, String), Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let (Some(origin), true) = (finding.origin, is_unnamed(dataset, finding)) {
            said.entry((origin, finding.code.to_string())).or_default().push(number);
        }
    }
    let mut folded = BTreeSet::new();
    for (_, numbers) in said.into_iter().filter(|it| it.1.len() >= N_LISTED) {
        let first = report.findings()[numbers[0]].message.clone();
        let message = format!("{}{}项未填写，第一项：{first}", titles(&numbers, report), numbers.len());
        folded.extend(listed(&numbers, message, report));
    }
    forget(&folded, report);
}

/// Whether a finding is about one field that is missing, and stands where the record does.
fn is_unnamed(dataset: &Dataset, finding: &Finding) -> bool {
    let [about] = &finding.about[..] else { return false };
    about.first_field().is_some_and(|at| {
        let record = dataset.record(at.record()).origin;
        *about == Target::field(at)
            && dataset.cell(at).value == Value::Missing
            && finding.origin == Some(record)
            && finding.field.is_some()
    })
}

/// Lets the first finding say what all say, of no single field.
fn listed(numbers: &[usize], message: String, report: &mut Report) -> Vec<usize> {
    let others = merge(numbers, |it| it.clone_from(&message), report);
    report.findings_mut()[numbers[0]].field = None;
    others
}

/// The fields of some findings, in their order.
fn titles(numbers: &[usize], report: &Report) -> String {
    let fields = numbers.iter().filter_map(|it| report.findings()[*it].field.as_deref());
    fields.map(quoted).collect()
}

fn quoted(title: &str) -> String {
    format!("“{title}”")
}
