//! Files that cannot be read and characters that cannot be printed cost no more than what depends on them.
#![expect(clippy::disallowed_methods, reason = "the test takes a file out of a project")]

mod desk;
mod paper;

use serde_json::Value as Json;

use desk::{Desk, problems};
use paper::Paper;

const FORM: &str = "forms/model-branch/后勤保障处/党建工作样板支部申报书-后勤保障处能源管理中心党支部.pdf";
const BRANCH: &str = "后勤保障处能源管理中心党支部";
const PRINT_SET: &str = "forms/model-branch/合订本.pdf";
const RETURNS: &str = "university/returns/后勤保障处";

/// A file of the kind that office programs write when they encrypt: an OLE file with a stream of this name.
fn encrypted() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

#[test]
fn each_unreadable_file_is_one_error_and_the_good_ones_are_read() {
    let desk = Desk::new("troubles-files");
    desk.copy("fixtures/starter", "project");
    let before = desk.run(&["check", "project", "--format", "json"]).expect(0).findings();
    let returned = desk::files(&desk::repository("fixtures/returned/returns"));
    let good = &returned["信息工程学院党支部情况表.xlsx"];
    desk.write("project/收回表格/乙学院/中断.xlsx", &good[..good.len() / 2]);
    desk.write("project/收回表格/乙学院/加密.xlsx", encrypted());
    desk.write("project/收回表格/乙学院/空白.xlsx", &returned["信息工程学院（空白）.xlsx"]);
    desk.write("project/收回表格/乙学院/零字节.xlsx", "");
    desk.write("project/收回表格/乙学院/零字节.csv", "");
    desk.write("project/申报材料/零字节.yaml", "");
    let built = desk.run(&["build", "project", "--out", "out"]).expect(1);
    let after = desk.findings("out");
    assert_eq!(
        problems(&after),
        [
            "error file-damaged 收回表格/乙学院/中断.xlsx",
            "error file-empty 收回表格/乙学院/空白.xlsx",
            "error file-empty 收回表格/乙学院/零字节.csv",
            "error file-empty 收回表格/乙学院/零字节.xlsx",
            "error file-empty 申报材料/零字节.yaml",
            "error file-encrypted 收回表格/乙学院/加密.xlsx",
        ]
    );
    assert_eq!(after.len(), before.len() + 6, "{}", built.stdout);
    assert!(desk.files("out").contains_key(PRINT_SET), "the good files are read and printed");
}

#[test]
fn a_file_is_known_by_its_content_not_by_its_extension() {
    let desk = Desk::new("troubles-extension");
    desk.copy("fixtures/university", "project");
    let workbook = desk.files("project/returns/机关").remove("机关党支部情况表.xlsx").unwrap();
    std::fs::remove_file(desk.path("project/returns/机关/机关党支部情况表.xlsx")).unwrap();
    desk.write("project/returns/机关/机关.csv", workbook);
    let checked = desk.run(&["check", "project", "--format", "json"]).expect(0);
    assert_eq!(problems(&checked.findings()), Vec::<String>::new());
}

/// A university in which one committee member of an applying branch has a name that no face can print.
fn rare_name(desk: &Desk) {
    desk.patch(&format!("{RETURNS}/支委成员.csv"), "江嘉树", "江嘉\u{2A6D6}");
    desk.patch(&format!("{RETURNS}/党员.csv"), "江嘉树", "江嘉\u{2A6D6}");
}

#[test]
fn a_character_outside_every_face_withholds_one_form_and_moves_the_old_one_away() {
    let desk = Desk::new("troubles-character");
    desk.copy("fixtures/university", "university");
    desk.run(&["build", "university", "--out", "out"]).expect(0);
    let yesterday = desk.files("out");
    rare_name(&desk);
    let built = desk.run(&["build", "university", "--out", "out"]).expect(1);
    let today = desk.files("out");

    let findings = desk.findings("out");
    let cell = "returns/后勤保障处/支委成员.csv -!D15";
    assert_eq!(problems(&findings), [format!("error character-not-printable {cell}")]);
    let finding = findings.iter().find(|it| it["severity"] == "error").unwrap();
    assert!(finding["message"].as_str().unwrap().contains("U+2A6D6"), "{finding}");
    assert_eq!(finding["branch"], BRANCH);
    assert_eq!(finding["field"], "姓名");

    let n_forms =
        |files: &desk::Files| files.keys().filter(|it| it.contains("/党建工作样板支部申报书-")).count();
    assert!(!today.contains_key(FORM), "an old form must not be taken for a current one");
    assert_eq!(today[&format!("superseded/{FORM}")], yesterday[FORM]);
    assert_eq!(n_forms(&yesterday), 24);
    assert_eq!(n_forms(&today), 23 + 1);
    for (path, bytes) in yesterday.iter().filter(|(path, _)| path.contains("申报书-") && *path != FORM) {
        assert_eq!(&today[path], bytes, "{path}");
    }
    assert!(built.stdout.contains(FORM) && built.stdout.contains("superseded"), "{}", built.stdout);

    let manifest: Json = serde_json::from_slice(&today["manifest.json"]).unwrap();
    assert_eq!(manifest["withheld"][0]["path"], FORM);
    assert_eq!(manifest["withheld"][0]["codes"], serde_json::json!(["character-not-printable"]));
    assert_eq!(manifest["withheld"].as_array().unwrap().len(), 1);
    assert!(str::from_utf8(&today["report.html"]).unwrap().contains("U+2A6D6"));
}

#[test]
fn the_print_set_opens_with_what_it_had_to_leave_out() {
    let desk = Desk::new("troubles-print-set");
    desk.copy("fixtures/university", "university");
    rare_name(&desk);
    desk.run(&["build", "university", "--out", "out"]).expect(1);
    let paper = Paper::read(desk.files("out").remove(PRINT_SET).unwrap());
    let opening = &paper.sheets[..paper.outline.iter().find(|it| it.level == 1).unwrap().page - 2];
    let opening: String = opening.iter().map(paper::Sheet::squeezed).collect();
    let (held, withheld) = opening.split_once("未收录支部").unwrap_or_else(|| panic!("{opening}"));
    assert!(!held.contains(BRANCH) && withheld.contains(BRANCH), "{opening}");
    assert!(withheld.contains("U+2A6D6"), "{opening}");
    let applicants: Vec<&str> = paper.headings(0).into_iter().filter(|it| it.ends_with("党支部")).collect();
    assert_eq!(applicants.len(), 23);
    assert!(!applicants.contains(&BRANCH));
}

#[test]
fn the_form_returns_and_what_was_superseded_stays_once_the_name_is_mended() {
    let desk = Desk::new("troubles-mended");
    desk.copy("fixtures/university", "university");
    desk.run(&["build", "university", "--out", "out"]).expect(0);
    let first = desk.files("out");
    rare_name(&desk);
    desk.run(&["build", "university", "--out", "out"]).expect(1);
    desk.copy("fixtures/university", "university");
    desk.run(&["build", "university", "--out", "out"]).expect(0);
    let mut last = desk.files("out");
    last.remove(&format!("superseded/{FORM}"));
    assert_eq!(last.keys().collect::<Vec<_>>(), first.keys().collect::<Vec<_>>());
    assert!(last == first, "the same input gives the same bytes, whatever stood there before");
}
