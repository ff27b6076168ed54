//! A committee's return with one planted defect of each kind: each is found at its place, and nothing else.
#![expect(clippy::disallowed_methods, reason = "the test reads a fixture")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;

use calamine::{Reader, open_workbook_auto_from_rs};
use serde_json::Value as Json;

use crate::desk::{Desk, Files, MISSPELT, files, huibian, of_severity, problems, ran, repository};

/// The book of the regulations, in which much is wrong.
const BOOK: &str = "handbooks/branch-work/示例理工大学党支部工作手册.pdf";
const OUTPUTS: [&str; 3] = ["findings.json", "report.html", "manifest.json"];

#[test]
fn check_finds_every_planted_defect_at_its_place_and_no_other() {
    let (returned, regulations) = (expected("expected.json"), expected("expected_regulations.json"));
    assert!(returned.len() >= 30 && regulations.len() >= 30, "{} and {}", returned.len(), regulations.len());
    let found = ran(&mut huibian(&["check", folder(), "--format", "json"])).expect(1).findings();
    assert_eq!(problems(&found), problems(&[returned, regulations.clone()].concat()));
    let place = |it: &Json| ["code", "file", "cell", "line", "column"].map(|key| it[key].to_string());
    let columns = |list: &[Json]| list.iter().map(place).collect::<BTreeSet<_>>();
    let missed: Vec<_> = columns(&regulations).difference(&columns(&found)).cloned().collect();
    assert!(missed.is_empty(), "at another column: {missed:?}");
}

/// Proof-reading looks for no fault that is not planted among the regulations.
#[test]
fn every_kind_of_fault_that_proof_reading_knows_is_planted() {
    let planted: BTreeSet<String> = expected("expected_regulations.json")
        .iter()
        .map(|it| it["code"].as_str().unwrap().to_owned())
        .collect();
    let source = fs::read_to_string(repository("crates/finding/src/codes/regulations.rs")).unwrap();
    let mut declared = source.lines().map(str::trim).collect::<Vec<_>>().join("");
    declared.retain(|c| c != ' ');
    let codes = ["=error(\"", "=query(\""].map(|opening| {
        declared.split(opening).skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    });
    let unplanted: Vec<String> = codes.concat().into_iter().filter(|it| !planted.contains(it)).collect();
    assert_eq!(unplanted, [""; 0]);
}

#[test]
fn every_finding_says_what_to_do() {
    let checked = ran(&mut huibian(&["check", folder(), "--format", "json"])).expect(1);
    for finding in checked.findings().iter().filter(|it| it["severity"] != "note") {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        assert!(!text("message").is_empty() && !text("hint").is_empty(), "{finding}");
        let place = text("file");
        assert!(!text("message").contains(&place), "the place stands beside the message: {finding}");
    }
}

#[test]
fn what_an_error_touches_is_withheld_and_the_rest_is_made() {
    let desk = Desk::new("returned-build");
    desk.copy_returned();
    let built = desk.run(&["build", "returned", "--out", "out"]).expect(1);
    let manifest: Json = serde_json::from_slice(&desk.files("out")["manifest.json"]).unwrap();
    let paths = |list: &str| -> Vec<String> {
        let entries = manifest[list].as_array().unwrap().iter();
        entries.map(|it| it["path"].as_str().unwrap().to_owned()).collect()
    };
    let forms = |branch: &str| {
        format!("forms/model-branch/信息工程学院/党建工作样板支部申报书-信息工程学院{branch}.pdf")
    };
    // The queries about the third branch withhold nothing; the workbook over all counts what is in error.
    let made = [forms("通信系教师党支部"), "forms/model-branch/合订本.pdf".to_owned()];
    let withheld = [
        forms("信息硕士生党支部"),
        forms("电子系教师党支部"),
        "forms/model-branch/申报汇总表.xlsx".to_owned(),
        BOOK.to_owned(),
    ];
    assert_eq!(paths("withheld"), withheld);
    assert_eq!(paths("files").into_iter().filter(|it| it.starts_with("forms/")).collect::<Vec<_>>(), made);
    for path in withheld {
        assert!(built.stdout.contains(&path), "the terminal does not name {path}");
        assert!(!desk.path("out").join(&path).exists(), "{path}");
    }
    let codes: Vec<String> = manifest["withheld"][1]["codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap().to_owned())
        .collect();
    assert!(codes.contains(&"text-too-long".to_owned()), "{codes:?}");
}

#[test]
fn a_form_does_not_say_that_there_is_nothing_where_the_heading_is_misspelt() {
    let desk = Desk::new("returned-misspelt");
    desk.copy_returned();
    desk.patch_workbook(MISSPELT.0, "专业技术职务", MISSPELT.1);
    desk.run(&["build", "returned", "--out", "out"]).expect(1);
    let out = desk.files("out");
    assert!(out.keys().all(|it| !it.starts_with("forms/")), "{:?}", out.keys());
    let manifest: Json = serde_json::from_slice(&out["manifest.json"]).unwrap();
    let of = |branch: &str| {
        let withheld = manifest["withheld"].as_array().unwrap().iter();
        withheld.filter(|it| it["path"].as_str().unwrap().contains(branch)).collect::<Vec<_>>()
    };
    assert_eq!(of("通信系教师党支部")[0]["codes"], serde_json::json!(["heading-misspelt"]));
}

#[test]
fn a_committee_with_an_unread_file_gets_no_form_for_nobody_knows_what_stood_there() {
    let desk = Desk::new("returned-unread");
    desk.run(&["build", folder(), "--out", "out"]).expect(1);
    let out = desk.files("out");
    assert!(out.keys().all(|it| !it.starts_with("forms/")), "{:?}", out.keys());
    let manifest: Json = serde_json::from_slice(&out["manifest.json"]).unwrap();
    for withheld in manifest["withheld"].as_array().unwrap().iter().filter(|it| it["path"] != BOOK) {
        let codes = withheld["codes"].as_array().unwrap();
        assert!(codes.contains(&Json::from("file-damaged")), "{withheld}");
    }
}

#[test]
fn values_that_are_masked_stand_nowhere_in_full() {
    let application = repository("fixtures/returned/applications/通信系教师党支部.yaml");
    let application = fs::read_to_string(application).unwrap();
    assert_eq!(crate::desk::numbers(&application).len(), 1, "the scan sees a telephone number");
    let desk = Desk::new("returned-masked");
    let built = desk.run(&["build", folder(), "--out", "out"]).expect(1);
    let outputs = desk.files("out");
    let findings = desk.findings("out");
    let is_masked = |it: &&Json| it["value"].as_str().is_some_and(|value| value.contains('*'));
    let raw: Vec<String> = findings.iter().filter(is_masked).map(raw_value).collect();
    assert!(raw.len() >= 3, "identity numbers and a phone are in error: {raw:?}");
    for number in raw {
        for (name, text) in written(&outputs).into_iter().chain([("terminal", &built.stdout[..])]) {
            assert!(!text.contains(&number), "{name} shows a number in full");
        }
    }
    for (name, text) in written(&outputs).into_iter().chain([("terminal", &built.stdout[..])]) {
        assert_eq!(crate::desk::numbers(text), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn errors_come_before_queries_for_each_branch_on_the_terminal() {
    let checked = ran(&mut huibian(&["check", folder()])).expect(1);
    let json = ran(&mut huibian(&["check", folder(), "--format", "json"])).findings();
    let totals = checked.stdout.lines().last().unwrap();
    let counts = [("错误", "error"), ("核实", "query"), ("提示", "note")];
    let counts = counts.map(|(word, severity)| format!("{word} {} 条", of_severity(&json, severity).len()));
    assert!(totals.starts_with(&format!("合计：{}", counts.join("，"))), "{totals}");
    let lines = checked.stdout.lines();
    let mut before = "";
    for line in lines {
        let severity = ["错误", "核实", "提示"].into_iter().find(|it| line.starts_with(&format!("  {it}")));
        let severity = if line.is_empty() { Some("") } else { severity };
        let Some(severity) = severity else { continue };
        assert!(!(before == "提示" && severity == "错误"), "an error stands below notes:\n{line}");
        before = severity;
    }
    assert!(!checked.stdout.contains('\u{1b}'), "no colours in a pipe");
}

/// A project of one year with one return, a talk or two of that year.
fn year_of_talks(desk: &Desk, year: u16, previous: &str) {
    let project = format!(
        "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {{from: {year}-01-01, to: {year}-12-31}}\n\
         as_of: {year}-12-31\nsources: [收回]\n{previous}"
    );
    desk.write(&format!("{year}/huibian.yaml"), project);
    let talks = format!("所在党支部,谈话人,谈话对象,谈话时间\n第一党支部,王思远,李文渊,{year}-03-05\n");
    desk.write(&format!("{year}/收回/谈话.csv"), talks);
}

#[test]
fn the_very_file_of_last_year_is_known_by_its_content_whatever_it_is_called_now() {
    let desk = Desk::new("returned-previous");
    year_of_talks(&desk, 2023, "");
    year_of_talks(&desk, 2024, "previous: ../2023\n");
    let last_year = fs::read(desk.path("2023/收回/谈话.csv")).unwrap();
    desk.write("2024/收回/第二次报送.csv", &last_year);
    let almost = String::from_utf8(last_year).unwrap().replace("李文渊", "张雨桐");
    desk.write("2024/收回/改过的.csv", almost);
    let findings = desk.run(&["check", "2024", "--format", "json"]).expect(1).findings();
    let of_last_year: Vec<(&str, &str)> = findings
        .iter()
        .filter(|it| it["code"] == "return-from-other-period")
        .map(|it| (it["file"].as_str().unwrap(), it["message"].as_str().unwrap()))
        .collect();
    let message = "与上年项目中的文件“收回/谈话.csv”完全相同，疑为上年的材料";
    assert_eq!(of_last_year, [("收回/第二次报送.csv", message)]);
}

#[test]
fn last_years_project_that_cannot_be_read_is_a_note_and_the_run_goes_on() {
    let desk = Desk::new("returned-previous-unreadable");
    year_of_talks(&desk, 2023, "");
    year_of_talks(&desk, 2024, "previous: ../2023\n");
    desk.write("2023/huibian.yaml", "institution：示例理工大学\n");
    let findings = desk.run(&["check", "2024", "--format", "json"]).expect(1).findings();
    assert!(findings.iter().any(|it| it["code"] == "previous-unreadable"), "{findings:?}");
    assert!(findings.iter().all(|it| it["code"] != "return-from-other-period"), "{findings:?}");
}

/// A list of what is to be found.
fn expected(name: &str) -> Vec<Json> {
    serde_json::from_slice(&files(&repository("fixtures/returned"))[name]).unwrap()
}

fn folder() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/returned")
}

fn written(outputs: &Files) -> Vec<(&str, &str)> {
    OUTPUTS.iter().map(|it| (*it, str::from_utf8(&outputs[*it]).unwrap())).collect()
}

/// What really stands in the cell of a finding.
fn raw_value(finding: &Json) -> String {
    let returned = files(&repository("fixtures/returned"));
    let bytes = returned[finding["file"].as_str().unwrap()].clone();
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
    let sheet = workbook.worksheet_range(finding["sheet"].as_str().unwrap()).unwrap();
    let cell = finding["cell"].as_str().unwrap();
    let (column, row) = cell.split_at(cell.find(|c: char| c.is_ascii_digit()).unwrap());
    let column = column.bytes().fold(0, |it, letter| it * 26 + u32::from(letter - b'A') + 1) - 1;
    let row: u32 = row.parse().unwrap();
    sheet.get_value((row - 1, column)).unwrap().to_string()
}
