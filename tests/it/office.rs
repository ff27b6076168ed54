//! An office's own tables, in shapes of their own and with some twenty mistakes: each is said at its cell, on one page, and two rounds of
//! corrections are enough.
#![expect(clippy::disallowed_methods, reason = "the test reads a fixture")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;

use serde_json::Value as Json;

use crate::desk::{Desk, repository};

/// As many lines as a clerk looks through.
const N_LINES_MAX: usize = 60;

/// The mistakes that show in each round.
fn planted() -> Vec<Vec<Json>> {
    serde_json::from_str(&fs::read_to_string(repository("fixtures/office/expected.json")).unwrap()).unwrap()
}

/// What has to be mended or looked at, by place; notes are neither.
fn problems(findings: &[Json]) -> Vec<String> {
    let said = findings.iter().filter(|it| it["severity"] != "note");
    let mut lines: Vec<String> = said
        .map(|it| {
            ["file", "sheet", "cell", "code", "severity"].map(|key| it[key].as_str().unwrap_or("-")).join(" ")
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn an_office_sees_each_of_its_mistakes_on_one_page_and_builds_after_two_rounds() {
    let rounds = planted();
    let desk = Desk::new("office");
    desk.copy("fixtures/office", "office");
    let shown = desk.run(&["check", "office"]).expect(1).stdout;
    let n_lines = shown.lines().count();
    assert!(rounds[0].len() >= 20 && n_lines <= N_LINES_MAX, "{n_lines} lines:\n{shown}");
    for mistake in &rounds[0] {
        for part in ["file", "sheet", "cell", "code"].iter().filter_map(|it| mistake[*it].as_str()) {
            assert!(shown.contains(part), "no “{part}” in\n{shown}");
        }
    }
    let found = |desk: &Desk| problems(&desk.run(&["check", "office", "--format", "json"]).findings());
    assert_eq!(found(&desk), problems(&rounds[0]));
    for (round, left) in [("第一轮", &rounds[1][..]), ("第二轮", &[])] {
        desk.copy(&format!("fixtures/office/改正/{round}"), "office/收回表格");
        assert_eq!(found(&desk), problems(left), "{round}");
    }
    desk.run(&["build", "office", "--out", "out"]).expect(0);
    let made = desk.files("out");
    let of = |folder: &str| made.keys().filter(|it| it.starts_with(folder)).count();
    assert_eq!(
        (of("forms/appraisal-record/"), of("forms/development-record/")),
        (12, 28),
        "{:?}",
        made.keys()
    );
}
