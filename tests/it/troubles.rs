//! Files that cannot be read and characters that cannot be printed cost no more than what depends on them.

use std::sync::LazyLock;

use serde_json::Value as Json;

use crate::desk::{Desk, Files, Ran, encrypted, problems};
use crate::paper::Paper;

const FORM: &str = "forms/model-branch/后勤保障处/党建工作样板支部申报书-后勤保障处能源管理中心党支部.pdf";
const BRANCH: &str = "后勤保障处能源管理中心党支部";
const PRINT_SET: &str = "forms/model-branch/合订本.pdf";
const SUMMARY: &str = "forms/model-branch/申报汇总表.xlsx";
const RETURNS: &str = "university/returns/后勤保障处";

#[test]
fn each_unreadable_file_is_one_error_and_the_good_ones_are_read() {
    let desk = Desk::new("troubles-files");
    desk.copy("fixtures/starter", "project");
    let before = desk.run(&["check", "project", "--format", "json"]).expect(0).findings();
    let returned = crate::desk::files(&crate::desk::repository("fixtures/returned/returns"));
    let good = &returned["信息工程学院党支部情况表.xlsx"];
    desk.write("project/收回表格/乙学院/中断.xlsx", &good[..good.len() / 2]);
    desk.write("project/收回表格/乙学院/加密.xlsx", encrypted());
    desk.write("project/收回表格/乙学院/空白.xlsx", &returned["信息工程学院（空白）.xlsx"]);
    desk.write("project/收回表格/乙学院/零字节.xlsx", "");
    desk.write("project/收回表格/乙学院/零字节.csv", "");
    desk.write("project/收回表格/乙学院/零字节.yaml", "");
    let built = desk.run(&["build", "project", "--out", "out"]).expect(1);
    let after = desk.findings("out");
    assert_eq!(
        problems(&after),
        [
            "error file-damaged 收回表格/乙学院/中断.xlsx",
            "error file-empty 收回表格/乙学院/空白.xlsx",
            "error file-empty 收回表格/乙学院/零字节.csv",
            "error file-empty 收回表格/乙学院/零字节.xlsx",
            "error file-empty 收回表格/乙学院/零字节.yaml",
            "error file-encrypted 收回表格/乙学院/加密.xlsx",
        ]
    );
    assert_eq!(after.len(), before.len() + 6, "{}", built.stdout);
    let out = desk.files("out");
    assert!(out.contains_key(PRINT_SET), "the good files are read and printed");
    assert!(!out.contains_key(SUMMARY), "a summary over all would be short of what could not be read");
}

#[test]
fn a_file_is_known_by_its_content_not_by_its_extension() {
    let desk = Desk::new("troubles-extension");
    desk.copy("fixtures/university", "project");
    let workbook = desk.files("project/returns/机关").remove("机关党支部情况表.xlsx").unwrap();
    desk.remove("project/returns/机关/机关党支部情况表.xlsx");
    desk.write("project/returns/机关/机关.csv", workbook);
    let checked = desk.run(&["check", "project", "--format", "json"]).expect(0);
    assert_eq!(problems(&checked.findings()), Vec::<String>::new());
}

/// What three builds into one folder left there: of the university as it is, with one committee member's name that no
/// face can print, and with the name mended again.
struct Days {
    first: Files,
    second: Files,
    third: Files,
    /// What the second build said.
    said: Ran,
}

static DAYS: LazyLock<Days> = LazyLock::new(|| {
    let desk = Desk::new("troubles-character");
    desk.copy("fixtures/university", "university");
    let build = |code| desk.run(&["build", "university", "--out", "out"]).expect(code);
    build(0);
    let first = desk.files("out");
    for table in ["支委成员", "党员", "党费收缴", "评议结果"] {
        desk.patch(&format!("{RETURNS}/{table}.csv"), "江嘉树", "江嘉\u{2A6D6}");
    }
    let said = build(1);
    let second = desk.files("out");
    desk.copy("fixtures/university", "university");
    build(0);
    Days { first, second, third: desk.files("out"), said }
});

#[test]
fn a_character_outside_every_face_is_an_error_at_its_cell() {
    let findings = crate::desk::findings(str::from_utf8(&DAYS.second["findings.json"]).unwrap());
    let cell = "returns/后勤保障处/支委成员.csv -!D15";
    // Whoever was elected is called otherwise now.
    let elected = "query elected-not-in-committee returns/后勤保障处/换届选举结果.csv -!L5".to_owned();
    assert_eq!(problems(&findings), [format!("error character-not-printable {cell}"), elected]);
    let finding = findings.iter().find(|it| it["severity"] == "error").unwrap();
    assert!(finding["message"].as_str().unwrap().contains("U+2A6D6"), "{finding}");
    assert_eq!(finding["branch"], BRANCH);
    assert_eq!(finding["field"], "姓名");
}

#[test]
fn it_withholds_one_form_and_moves_the_old_one_away() {
    let Days { first: yesterday, second: today, said, .. } = &*DAYS;
    let is_form = |path: &str| path.starts_with("forms/") && path.contains("申报书-");
    let n_forms = |files: &Files| files.keys().filter(|it| is_form(it)).count();
    assert_eq!((n_forms(yesterday), n_forms(today)), (24, 23));
    assert!(!today.contains_key(FORM), "an old form must not be taken for a current one");
    assert_eq!(today[&format!("superseded/{FORM}")], yesterday[FORM]);
    for (path, bytes) in yesterday.iter().filter(|(path, _)| is_form(path) && *path != FORM) {
        assert_eq!(&today[path], bytes, "{path}");
    }
    assert!(said.stdout.contains(FORM) && said.stdout.contains("superseded"), "{}", said.stdout);
    let manifest: Json = serde_json::from_slice(&today["manifest.json"]).unwrap();
    let withheld = serde_json::json!([{"path": FORM, "kind": "forms", "codes": ["character-not-printable"]}]);
    assert_eq!(manifest["withheld"], withheld);
    assert!(str::from_utf8(&today["report.html"]).unwrap().contains("U+2A6D6"));
}

#[test]
fn the_print_set_opens_with_what_it_had_to_leave_out() {
    let paper = Paper::read(DAYS.second[PRINT_SET].clone());
    let applicants: Vec<&str> = paper.headings(0).into_iter().filter(|it| it.ends_with("党支部")).collect();
    assert_eq!(applicants.len(), 23);
    assert!(!applicants.contains(&BRANCH));
    let first = paper.outline.iter().find(|it| it.title == applicants[0]).unwrap();
    let opening: String = paper.sheets[..first.page].iter().map(crate::paper::Sheet::squeezed).collect();
    let (held, withheld) = opening.split_once("未收录支部").unwrap_or_else(|| panic!("{opening}"));
    assert!(!held.contains(BRANCH) && withheld.contains(BRANCH), "{opening}");
    // The character itself cannot be printed there either.
    assert!(withheld.contains("“〓”（U+2A6D6）"), "{opening}");
}

#[test]
fn once_the_name_is_mended_all_is_as_it_was_and_what_was_superseded_stays() {
    let mut third = DAYS.third.clone();
    assert_eq!(third.remove(&format!("superseded/{FORM}")).as_ref(), Some(&DAYS.first[FORM]));
    assert_eq!(third.keys().collect::<Vec<_>>(), DAYS.first.keys().collect::<Vec<_>>());
    assert!(third == DAYS.first, "the same input gives the same bytes, whatever stood there before");
}
