//! What is said of several sheets of a file in the same words is said once: five sheets that lack one column have one cause.

use std::collections::BTreeMap;

use finding::{Finding, Origin, Place, Report, codes};

/// What is said of headings.
const OF_HEADINGS: [&str; 5] = [
    codes::COLUMN_MISSING.name,
    codes::COLUMN_IGNORED.name,
    codes::HEADING_MISSPELT.name,
    codes::HEADING_REPEATED.name,
    codes::HEADING_BY_VALUES.name,
];

/// Gathers such findings of one file, whose order stays otherwise.
pub(super) fn gather(report: Report) -> Report {
    let mut gathered: Vec<(Finding, usize)> = Vec::new();
    let mut places: BTreeMap<(String, String, Option<String>), usize> = BTreeMap::new();
    for finding in report.findings() {
        if !OF_HEADINGS.contains(&&*finding.code) {
            gathered.push((finding.clone(), 1));
            continue;
        }
        let key = (
            finding.code.to_string(),
            finding.message.to_string(),
            finding.hint.as_ref().map(ToString::to_string),
        );
        let place = *places.entry(key).or_insert(gathered.len());
        match gathered.get_mut(place) {
            Some((first, n)) if sheet(first.origin) != sheet(finding.origin) => {
                *n += 1;
                first.about.extend(finding.about.iter().cloned());
                *first = finding
                    .origin
                    .into_iter()
                    .fold(first.clone(), |it, origin| it.related(origin, "这里也是"));
            }
            _ => gathered.push((finding.clone(), 1)),
        }
    }
    let mut said = Report::default();
    for (mut finding, n) in gathered {
        if n > 1 {
            finding.message = format!("{}（共{n}张工作表）", finding.message).into();
        }
        said.push(finding);
    }
    said
}

fn sheet(origin: Option<Origin>) -> Option<u16> {
    match origin?.place {
        Place::Cell { sheet, .. } => Some(sheet),
        _ => None,
    }
}
