//! Every shape in which files come back: the records read from it and the findings about it, file by file.
#![expect(clippy::disallowed_methods, reason = "the test reads a fixture")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use huibian::{Judging, Session};
use serde_json::{Map, Value as Json, json};

use crate::desk::{huibian, ran, repository};

/// A record by the titles of its fields; the values as findings and forms print them.
type Shown = BTreeMap<String, String>;

/// What is expected of each file, by its path.
fn expected() -> Map<String, Json> {
    let text = fs::read_to_string(repository("fixtures/shapes/expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_shape_gives_its_findings_and_no_others() {
    let folder = repository("fixtures/shapes");
    let checked = ran(&mut huibian(&["check", folder.to_str().unwrap(), "--format", "json"])).expect(1);
    let expected = expected();
    for (readme, words) in [
        ("README.zh-CN.md", format!("收集了{}种", expected.len())),
        ("README.md", format!("reads {} small files", expected.len())),
    ] {
        assert!(
            fs::read_to_string(repository(readme)).unwrap().contains(&words),
            "{readme} does not say “{words}”"
        );
    }
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // Notes on the whole run stand at no file; the branches of the register have as few members and meetings as the shapes.
    let is_small = |it: &Json| it["file"] == "登记/党支部.yaml" && it["severity"] == "query";
    let is_of_shape = |it: &&Json| it["file"].is_string() && !is_small(it);
    for finding in checked.findings().iter().filter(is_of_shape) {
        let file = finding["file"].as_str().unwrap();
        let is_new = found.entry(file.to_owned()).or_default().insert(line(finding));
        assert!(is_new, "given twice: {finding}");
    }
    let mut faults = Vec::new();
    for (file, shape) in &expected {
        let wanted: BTreeSet<String> = shape["findings"].as_array().unwrap().iter().map(line).collect();
        let given = found.remove(file).unwrap_or_default();
        if wanted != given {
            faults.push(format!("{file}\n  wanted {wanted:?}\n  given  {given:?}"));
        }
    }
    faults.extend(found.iter().map(|(file, given)| format!("{file} is no shape, but has {given:?}")));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_shape_gives_its_records_and_no_others() {
    let mut read = records();
    let mut faults = Vec::new();
    for (file, shape) in expected() {
        let mut tables = read.remove(&file).unwrap_or_default();
        let counts: BTreeMap<&str, usize> = tables.iter().map(|(title, it)| (&**title, it.len())).collect();
        let wanted = &shape["tables"];
        if json!(counts) != *wanted {
            faults.push(format!("{file}: wanted {wanted}, read {counts:?}"));
            continue;
        }
        for (title, sought) in shape["records"].as_object().unwrap() {
            let rows = tables.remove(title).unwrap_or_default();
            for record in sought.as_array().unwrap() {
                let sought: Shown = serde_json::from_value(record.clone()).unwrap();
                if !rows.iter().any(|it| sought.iter().all(|(field, value)| it.get(field) == Some(value))) {
                    faults.push(format!("{file}: no {title} with {sought:?} among {rows:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A finding as code, severity and place.
fn line(finding: &Json) -> String {
    ["code", "severity", "sheet", "cell", "line"].map(|it| finding[it].to_string()).join(" ")
}

/// The records by file and table, as the library reads them.
fn records() -> BTreeMap<String, BTreeMap<String, Vec<Shown>>> {
    let mut session = Session::default();
    let checked = session.check(&repository("fixtures/shapes"), &Judging::default()).unwrap();
    let dataset = &checked.dataset;
    let mut read: BTreeMap<String, BTreeMap<String, Vec<Shown>>> = BTreeMap::new();
    for (table_id, table) in dataset.schemas.tables.with_ids() {
        for record in dataset.rows_of(table_id) {
            let record = dataset.record(record);
            let titles = table.fields.iter().map(|it| it.title.to_string());
            let shown = titles.zip(record.cells.iter().map(|it| it.value.display())).collect();
            let file = session.sources.path(record.origin.file).to_owned();
            read.entry(file).or_default().entry(table.title.to_string()).or_default().push(shown);
        }
    }
    read
}
