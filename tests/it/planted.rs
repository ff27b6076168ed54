//! Mistakes planted all over the university, in every format: each is found at its cell, and nothing else is.
#![expect(clippy::disallowed_methods, reason = "a test asks the environment")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value as Json;

use crate::desk::{Desk, ran, repository};

/// Where something is: the file without folder and ending, the sheet, the cell or line.
fn place(it: &Json) -> String {
    let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let file = text("file");
    let file = file.rsplit('/').next().unwrap();
    // Mistakes are planted under the names of files without endings.
    let endings = [".xlsx", ".xlsb", ".xls", ".et", ".ods", ".docx", ".csv", ".yaml"];
    let file = endings.iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
    let line = it["line"].as_u64().map(|it| it.to_string()).unwrap_or_default();
    format!("{file} {}!{}{line}", text("sheet"), text("cell"))
}

/// A place with the code of what is there.
fn at(it: &Json) -> String {
    format!("{} {}", place(it), it["code"].as_str().unwrap_or_default())
}

#[test]
fn every_planted_mistake_is_found_at_its_cell_and_nothing_else_is() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("planted");
    desk.copy("fixtures/university", "university");
    let script = repository("tests/planted/plant.py");
    let planted = ran(Command::new("python3").arg(script).arg(desk.path("university"))).expect(0).stdout;
    let planted: Vec<Json> = serde_json::from_str(&planted).unwrap();
    let codes: BTreeSet<&str> = planted.iter().filter_map(|it| it["code"].as_str()).collect();
    assert!(planted.len() >= 75 && codes.len() >= 20, "{} of {} kinds", planted.len(), codes.len());
    let found = desk.run(&["check", "university", "--format", "json"]).expect(1).findings();
    let found: Vec<Json> = found.into_iter().filter(|it| it["severity"] != "note").collect();
    let told: BTreeSet<String> = found.iter().map(at).collect();
    let missed: Vec<String> = planted.iter().map(at).filter(|it| !told.contains(it)).collect();
    // At a cell that is wrong more may be said of it: a total differs from its parts and from the roster.
    let places: BTreeSet<String> = planted.iter().map(place).collect();
    let extra: Vec<String> = found.iter().filter(|it| !places.contains(&place(it))).map(at).collect();
    assert!(missed.is_empty() && extra.is_empty(), "missed: {missed:#?}\nnot planted: {extra:#?}");
}
