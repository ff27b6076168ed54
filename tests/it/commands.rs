//! The command line: what each option does, which exit code it gives, and what never appears.
#![expect(
    clippy::disallowed_methods,
    reason = "the test takes files out of a project and reads what was published"
)]

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value as Json;

use crate::desk::{Desk, Files, files, huibian, of_severity, problems, ran, repository};
use crate::paper::Paper;

const KEYS: [&str; 16] = [
    "code",
    "severity",
    "file",
    "sheet",
    "cell",
    "line",
    "column",
    "field",
    "committee",
    "branch",
    "subject",
    "table",
    "value",
    "message",
    "hint",
    "basis",
];
const RETURNED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/returned");
const SUMMARY: &str = "forms/model-branch/申报汇总表.xlsx";
const PRINT_SET: &str = "forms/model-branch/合订本.pdf";

fn forms(files: &Files) -> Vec<&String> {
    files.keys().filter(|it| it.starts_with("forms/")).collect()
}

/// The university with some of its applications, to be quick; `names` without 党支部.
fn university_with(desk: &Desk, names: &[&str]) {
    desk.copy("fixtures/university", "university");
    for file in desk.files("university/applications").keys() {
        if !names.iter().any(|it| *file == format!("{it}党支部.yaml")) {
            desk.remove(&format!("university/applications/{file}"));
        }
    }
}

#[test]
fn json_has_every_key_of_the_contract_in_every_finding() {
    let desk = Desk::new("commands-json");
    let built = desk.run(&["build", RETURNED, "--out", "out", "--format", "json"]).expect(1);
    let findings = built.findings();
    assert!(findings.len() >= 30, "{}", findings.len());
    let expected: BTreeSet<&str> = KEYS.into_iter().chain(["related", "answer"]).collect();
    for finding in &findings {
        let keys: BTreeSet<&str> = finding.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, expected, "{finding}");
        for related in finding["related"].as_array().unwrap() {
            let keys: Vec<&String> = related.as_object().unwrap().keys().collect();
            assert_eq!(keys.len(), 6, "{related}");
            assert!(related["label"].is_string() && related["file"].is_string(), "{related}");
        }
    }
    assert!(findings.iter().any(|it| it["related"].as_array().is_some_and(|it| !it.is_empty())));
    // The same list is published, and check prints it too, for it asks for no document that fails.
    let published = fs::read_to_string(desk.path("out/findings.json")).unwrap();
    assert_eq!(built.stdout, published);
    assert_eq!(ran(&mut huibian(&["check", RETURNED, "--format", "json"])).stdout, published);
}

#[test]
fn a_dry_run_names_the_documents_and_writes_nothing() {
    let desk = Desk::new("commands-dry");
    desk.copy_returned();
    let before = desk.files(".");
    let shown = desk.run(&["build", "returned", "--out", "out", "--dry-run"]).expect(1);
    assert!(desk.files(".") == before);
    let others =
        desk.run(&["build", "returned", "--out", "out", "--dry-run", "--only", "handbooks"]).expect(1);
    assert!(!others.stdout.contains("forms/"), "{}", others.stdout);
    desk.run(&["build", "returned", "--out", "out"]).expect(1);
    let made = desk.files("out");
    assert_eq!(forms(&made).len(), 2);
    let said = |word: &str| -> BTreeSet<String> {
        let lines = shown.stdout.lines().filter_map(|it| it.strip_prefix(word));
        lines.map(|it| it.split('（').next().unwrap().trim().to_owned()).collect()
    };
    assert_eq!(said("将生成"), forms(&made).into_iter().cloned().collect());
    let manifest: Json = serde_json::from_slice(&made["manifest.json"]).unwrap();
    let withheld = manifest["withheld"].as_array().unwrap().iter();
    assert_eq!(said("将暂缓"), withheld.map(|it| it["path"].as_str().unwrap().to_owned()).collect());
}

#[test]
fn a_draft_makes_what_counts_many_records_and_says_on_every_page_that_it_is_one() {
    let desk = Desk::new("commands-draft");
    desk.copy_returned();
    desk.run(&["build", "returned", "--out", "out", "--draft"]).expect(1);
    let mut out = desk.files("out");
    assert!(out.contains_key(SUMMARY), "{:?}", forms(&out));
    let n_errors = of_severity(&desk.findings("out"), "error").len();
    let notice = format!("草稿：尚有{n_errors}处错误未处理");
    let papers: Vec<String> = out.keys().filter(|it| it.ends_with(".pdf")).cloned().collect();
    // The form and the print set, and the book of the regulations.
    assert_eq!(papers.len(), 3);
    for path in papers {
        for (idx, sheet) in Paper::read(out.remove(&path).unwrap()).sheets.iter().enumerate() {
            // A page that only makes the next form begin on an odd one is left blank.
            assert!(
                sheet.text.trim().is_empty() || sheet.squeezed().contains(&notice),
                "{path}, page {}",
                idx + 1
            );
        }
    }
    let report = str::from_utf8(&out["report.html"]).unwrap();
    assert!(report.contains("草稿"));
}

#[test]
fn without_errors_nothing_is_marked_as_a_draft() {
    let desk = Desk::new("commands-no-draft");
    desk.copy("fixtures/starter", "project");
    desk.run(&["build", "project", "--out", "plain"]).expect(0);
    desk.run(&["build", "project", "--out", "draft", "--draft"]).expect(0);
    assert!(desk.files("plain") == desk.files("draft"));
}

#[test]
fn strict_treats_queries_as_errors() {
    let desk = Desk::new("commands-strict");
    desk.copy_returned();
    desk.run(&["build", "returned", "--out", "out", "--strict"]).expect(1);
    let findings = desk.findings("out");
    assert_eq!(of_severity(&findings, "query").len(), 0);
    let lax = desk.run(&["check", "returned", "--format", "json"]).findings();
    assert_eq!(problems(&findings).len(), problems(&lax).len());
    // The third branch has a query only: now it is withheld too.
    assert!(forms(&desk.files("out")).is_empty());

    let clean = repository("fixtures/starter");
    desk.run(&["build", &clean.to_string_lossy(), "--out", "clean", "--strict"]).expect(0);
}

#[test]
fn only_forms_makes_the_forms_and_the_report() {
    let desk = Desk::new("commands-only");
    desk.copy("fixtures/starter", "project");
    desk.run(&["build", "project", "--out", "all"]).expect(0);
    desk.run(&["build", "project", "--out", "forms", "--only", "forms"]).expect(0);
    let forms = |folder: &str| {
        let mut files = desk.files(folder);
        files.retain(|path, _| path.starts_with("forms/"));
        files
    };
    assert!(forms("all") == forms("forms") && !forms("all").is_empty());
    assert!(desk.files("all").contains_key("reminders/到期提醒.xlsx"));
    assert!(!desk.files("forms").keys().any(|it| it.starts_with("reminders/")));
    let refused = desk.run(&["build", "project", "--only", "formen"]).expect(2);
    assert!(refused.stderr.contains("forms"), "{}", refused.stderr);
}

#[test]
fn documents_go_to_the_output_folder_under_the_current_one_unless_told_otherwise() {
    let desk = Desk::new("commands-out");
    desk.copy("fixtures/starter", "projects/2026年");
    desk.run(&["build", "projects/2026年"]).expect(0);
    assert!(desk.path("output/2026年/manifest.json").is_file());
    // From within the project; the documents are then not read as returns.
    let inside = ran(huibian(&["build"]).current_dir(desk.path("projects/2026年"))).expect(0);
    let again = ran(huibian(&["build"]).current_dir(desk.path("projects/2026年"))).expect(0);
    assert_eq!(inside.stdout, again.stdout);
    assert_eq!(desk.files("projects/2026年/output/2026年"), desk.files("output/2026年"));
}

#[test]
fn files_that_are_not_ours_are_never_touched() {
    let desk = Desk::new("commands-foreign");
    desk.copy("fixtures/starter", "project");
    desk.write("out/领导批示.docx", "别人的文件");
    desk.write(&format!("out/{PRINT_SET}"), "别人的合订本");
    let built = desk.run(&["build", "project", "--out", "out"]).expect(1);
    let out = desk.files("out");
    assert_eq!(out["领导批示.docx"], "别人的文件".as_bytes());
    assert_eq!(out[PRINT_SET], "别人的合订本".as_bytes());
    assert!(built.stdout.contains(PRINT_SET), "{}", built.stdout);
}

#[test]
fn what_is_no_longer_planned_is_removed_if_it_is_still_ours() {
    let desk = Desk::new("commands-stale");
    university_with(&desk, &["机关教务处", "外国语学院英语系教师", "机械工程学院机械设计系教师"]);
    desk.run(&["build", "university", "--out", "out"]).expect(0);
    let before = desk.files("out");
    desk.remove("university/applications/机关教务处党支部.yaml");
    desk.remove("university/applications/外国语学院英语系教师党支部.yaml");
    let form = |unit: &str, branch: &str| {
        format!("forms/model-branch/{unit}/党建工作样板支部申报书-{unit}{branch}.pdf")
    };
    let (removed, changed) = (form("机关", "教务处党支部"), form("外国语学院", "英语系教师党支部"));
    desk.write(&format!("out/{changed}"), "有人改过");
    desk.run(&["build", "university", "--out", "out"]).expect(0);
    let after = desk.files("out");
    assert!(before.contains_key(&removed) && !after.contains_key(&removed));
    assert_eq!(after[&changed], "有人改过".as_bytes(), "what somebody changed is kept");
    assert_eq!(after.keys().filter(|it| it.starts_with("superseded/")).count(), 0);
    assert_eq!(forms(&before).len(), forms(&after).len() + 1);
}

#[test]
fn numbers_of_people_appear_whole_in_no_output_but_the_forms() {
    let returns = files(&repository("fixtures/university/returns"));
    let members = str::from_utf8(&returns["后勤保障处/党员.csv"]).unwrap();
    assert!(crate::desk::numbers(members).len() > 100, "the scan sees identity numbers");
    let desk = Desk::new("commands-masked");
    university_with(&desk, &["机关教务处"]);
    // A branch's telephone number goes wrong.
    desk.patch("university/returns/后勤保障处/党支部.csv", "15600008834", "156000088341");
    let built = desk.run(&["build", "university", "--out", "out"]).expect(1);
    assert_eq!(problems(&desk.findings("out")), ["error phone-malformed returns/后勤保障处/党支部.csv -!M2"]);
    let out = desk.files("out");
    let outputs =
        ["findings.json", "report.html", "manifest.json"].map(|it| str::from_utf8(&out[it]).unwrap());
    for text in outputs.into_iter().chain([&built.stdout[..], &built.stderr[..]]) {
        assert_eq!(crate::desk::numbers(text), Vec::<&str>::new());
        assert!(!text.contains("156000088341"));
    }
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    for arguments in [&["bild"][..], &["build", "--jobs", "0"], &["check", "--format", "xml"], &[]] {
        let refused = ran(&mut huibian(arguments)).expect(2);
        assert!(refused.stdout.is_empty() && !refused.stderr.is_empty(), "{arguments:?}");
    }
    let help = ran(&mut huibian(&["--help"])).expect(0);
    for command in ["init", "collect", "check", "build", "explain", "diff", "import"] {
        assert!(help.stdout.contains(command), "{}", help.stdout);
    }
    assert!(!help.stdout.contains("verify"), "it is shown before it is built");
}

#[test]
fn a_manifest_has_the_keys_of_the_contract() {
    let desk = Desk::new("commands-manifest");
    desk.run(&["build", RETURNED, "--out", "out"]).expect(1);
    let manifest: Json = serde_json::from_slice(&desk.files("out")["manifest.json"]).unwrap();
    assert_eq!(
        (&manifest["project"], &manifest["institution"]),
        (&"returned".into(), &"示例理工大学".into())
    );
    assert_eq!(manifest["period"], serde_json::json!({"from": "2024-01-01", "to": "2024-12-31"}));
    for entry in manifest["files"].as_array().unwrap() {
        for key in ["path", "kind", "sha256", "bytes", "records"] {
            assert!(!entry[key].is_null(), "{entry}");
        }
        assert_eq!(entry["pages"].is_number(), entry["path"].as_str().unwrap().ends_with(".pdf"), "{entry}");
    }
    for entry in manifest["withheld"].as_array().unwrap() {
        assert!(entry["path"].is_string() && !entry["codes"].as_array().unwrap().is_empty(), "{entry}");
    }
}
