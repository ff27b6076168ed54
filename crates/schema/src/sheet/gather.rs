//! What one setting of a column has caused in all of its cells is said once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rows::Page;
use finding::{Finding, Place, Report, codes};

/// What comes of how a column is formatted, or of the program that wrote it.
const OF_COLUMNS: [&str; 2] = [codes::SHOWN_DIFFERS.name, codes::GUARD_REMOVED.name];

/// Whether a finding is of that kind. Two characters of a name are set apart down a whole column, to look as wide as three.
fn is_of_column(finding: &Finding) -> bool {
    let is_spaced = || finding.value.as_ref().is_some_and(|it| it.trim().contains(char::is_whitespace));
    OF_COLUMNS.contains(&&*finding.code) || (finding.code == codes::NAME_TIDIED.name && is_spaced())
}

/// Leaves of such findings the first for each column of a sheet, which then speaks for all of them.
pub(super) fn gather(page: Page, report: &mut Report) {
    let mut first: BTreeMap<(String, Option<Arc<str>>), usize> = BTreeMap::new();
    let mut kept: Vec<Finding> = Vec::new();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for finding in std::mem::take(report.findings_mut()) {
        let is_here = finding.origin.is_some_and(|it| {
            it.file == page.file && matches!(it.place, Place::Cell { sheet, .. } if sheet == page.sheet)
        });
        if !is_here || !is_of_column(&finding) {
            kept.push(finding);
            continue;
        }
        let key = (finding.code.to_string(), finding.field.clone());
        match first.get(&key) {
            Some(place) => {
                kept[*place].about.extend(finding.about);
                *counts.entry(*place).or_insert(1) += 1;
            }
            None => {
                first.insert(key, kept.len());
                kept.push(finding);
            }
        }
    }
    for (place, n) in counts {
        kept[place].message.push_str(&format!("；这一列共有{n}格如此"));
    }
    *report.findings_mut() = kept;
}
