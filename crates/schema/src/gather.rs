//! What is said of several sheets of a file in the same words is said once: five sheets that lack one column have one cause.
//! So is what is said of one word in a whole column.

use std::collections::BTreeMap;

use finding::{Finding, Origin, Place, Report, codes, row_ranges};

/// What is said of headings.
const OF_HEADINGS: [&str; 6] = [
    codes::COLUMN_MISSING.name,
    codes::COLUMN_ASSUMED.name,
    codes::COLUMN_IGNORED.name,
    codes::HEADING_MISSPELT.name,
    codes::HEADING_REPEATED.name,
    codes::HEADING_BY_VALUES.name,
];

/// What is said of each cell with a word.
const OF_WORDS: [&str; 1] = [codes::UNKNOWN_CHOICE.name];

/// What findings share that say the same: code, message, hint, and of words the column.
type Key = (String, String, Option<String>, Option<(u16, u16)>);

/// A finding with those that say the same.
struct Gathered {
    first: Finding,
    /// How many sheets it is said of.
    n_sheets: usize,
    /// The rows of a column that it is said of.
    rows: Vec<u32>,
}

/// Gathers such findings of one file, whose order stays otherwise.
pub(super) fn gather(report: Report) -> Report {
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    for finding in report.findings() {
        let (of_headings, of_words) =
            (OF_HEADINGS.contains(&&*finding.code), OF_WORDS.contains(&&*finding.code));
        let cell = cell(finding.origin);
        let new = || Gathered { first: finding.clone(), n_sheets: 1, rows: row(finding.origin) };
        if !of_headings && (!of_words || cell.is_none()) {
            gathered.push(new());
            continue;
        }
        let hint = finding.hint.as_ref().map(ToString::to_string);
        let key = (finding.code.to_string(), finding.message.clone(), hint, cell.filter(|_| of_words));
        let place = *places.entry(key).or_insert(gathered.len());
        let sheet = |origin| self::cell(origin).map(|it| it.0);
        match gathered.get_mut(place) {
            Some(it) if of_words => {
                it.rows.extend(row(finding.origin));
                it.first.about.extend(finding.about.iter().cloned());
            }
            Some(it) if sheet(it.first.origin) != sheet(finding.origin) => {
                it.n_sheets += 1;
                it.first.about.extend(finding.about.iter().cloned());
                let related = |it: Finding, origin| it.related(origin, "这里也是");
                it.first = finding.origin.into_iter().fold(it.first.clone(), related);
            }
            _ => gathered.push(new()),
        }
    }
    let mut said = Report::default();
    for Gathered { mut first, n_sheets, rows } in gathered {
        if n_sheets > 1 {
            first.message = format!("{}（共{n_sheets}张工作表）", first.message);
        } else if rows.len() > 1 {
            first.message = format!("{}（{}，共{}格）", first.message, row_ranges(&rows), rows.len());
        }
        said.push(first);
    }
    said
}

/// Sheet and column of a cell.
fn cell(origin: Option<Origin>) -> Option<(u16, u16)> {
    match origin?.place {
        Place::Cell { sheet, col, .. } => Some((sheet, col)),
        _ => None,
    }
}

fn row(origin: Option<Origin>) -> Vec<u32> {
    match origin.map(|it| it.place) {
        Some(Place::Cell { row, .. }) => vec![row],
        _ => Vec::new(),
    }
}
