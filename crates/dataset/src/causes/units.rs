//! The same said of several branches of a committee, which will have one reason: none of them met in the holidays.

use std::collections::{BTreeMap, BTreeSet};

use super::{forget, merge};
use crate::{Dataset, RecordId};
use finding::{Report, Severity, Target};

/// Of so many branches of one committee the first speaks for all.
const N_BRANCHES: usize = 3;

/// So many branches are named.
const N_NAMED: usize = 12;

/// What is said: the committee, the code, the message.
type Said = (RecordId, String, String);

/// Puts what is said alike of several branches in the register into one finding, which names them.
pub(super) fn fold_units(dataset: &Dataset, report: &mut Report) {
    let mut said: BTreeMap<Said, Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        let at = finding.about.first().and_then(Target::first_field);
        let committee = at.and_then(|it| dataset.committee(it.record()));
        let (Some(at), Some(committee)) = (at, committee) else { continue };
        // What stands at the name is about the branch itself; what is wrong with another cell is to be seen there.
        let is_about_it =
            Some(at.table) == dataset.schemas.branches() && at.field == dataset.schema(at.table).label;
        if finding.severity != Severity::Note && is_about_it {
            let said_of = (committee, finding.code.to_string(), finding.message.clone());
            said.entry(said_of).or_default().push(number);
        }
    }
    let mut folded = BTreeSet::new();
    for numbers in said.into_values().filter(|it| it.len() >= N_BRANCHES) {
        let of = format!("（{}）", named(dataset, &numbers, report));
        folded.extend(merge(&numbers, |it| it.push_str(&of), report));
        // What stands in the cell of the first is not what stands in those of the others.
        report.findings_mut()[numbers[0]].value = None;
    }
    forget(&folded, report);
}

/// The branches that some findings are about: `共5个党支部：…`.
fn named(dataset: &Dataset, numbers: &[usize], report: &Report) -> String {
    let fields = numbers.iter().filter_map(|it| report.findings()[*it].about.first()?.first_field());
    let names: Vec<String> = fields.map(|it| dataset.label(it.record()).to_string()).collect();
    let title = dataset.schemas.branches().map_or("", |it| &dataset.schema(it).title);
    let more = if names.len() > N_NAMED { "等" } else { "" };
    let shown: Vec<&str> = names.iter().take(N_NAMED).map(String::as_str).collect();
    format!("共{}个{title}：{}{more}", names.len(), shown.join("、"))
}
