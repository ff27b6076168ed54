//! The statistics and the named figures of the university counted a second time by Python, from the returned files; it speaks when
//! `HUIBIAN_FOREIGN=1`, and Python and LibreOffice are then not to be missing.
#![expect(clippy::disallowed_methods, reason = "the test asks the environment and runs Python")]

use std::collections::BTreeMap;
use std::process::Command;

use crate::desk::{ran, repository};
use huibian::documents::statistics::{Computed, FilledBody};
use huibian::{Judging, Session};
use serde_json::Value as Json;

#[test]
fn python_counts_the_same_figures() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let project = repository("fixtures/university");
    let checked = Session::default().check(&project, &Judging::default()).unwrap();
    let workbooks = &checked.plan.behind.workbooks;
    let mut own: BTreeMap<String, String> = workbooks.iter().flat_map(|it| figures(&it.computed)).collect();
    let script = repository("tests/statistics/recompute.py");
    let python = ran(Command::new("python3").args([&script, &project])).expect(0).stdout;
    let counted: BTreeMap<String, Json> = serde_json::from_str(&python).unwrap();
    for id in counted.keys().filter_map(|it| it.strip_prefix("facts/")) {
        let value = checked.figures.get(id).and_then(|it| it.1.value);
        own.extend(value.map(|it| (format!("facts/{id}"), it.trimmed().to_string())));
    }
    assert!(counted.len() >= 140, "{}", counted.len());
    let tables = counted.keys().filter_map(|it| it.rsplitn(3, '/').last());
    assert!(tables.collect::<std::collections::BTreeSet<_>>().len() >= 8);
    let differs = |(name, number): &(&String, &Json)| own.get(*name) != Some(&number.to_string());
    let different: Vec<_> =
        counted.iter().filter(differs).map(|(name, number)| (name, number, own.get(name))).collect();
    assert!(different.is_empty(), "{different:#?}");
}

/// The figures of a workbook, each as `statistics/table/row/column`.
fn figures(computed: &Computed) -> Vec<(String, String)> {
    let mut figures = Vec::new();
    for filled in &computed.sheets {
        let FilledBody::Figures(grid) = &filled.body else { continue };
        let table = format!("{}/{}", computed.statistics.id, computed.sheet(filled).id);
        for (row, cells) in grid.rows.iter().zip(&grid.cells) {
            for (column, figure) in grid.columns.iter().zip(cells) {
                if let Some(value) = figure.value {
                    let value = value.trimmed().to_string();
                    figures.push((format!("{table}/{}/{}", row.id, column.id), value));
                }
            }
        }
    }
    figures
}
