//! Rows of a blank: too many go into further copies, too few are left, taken out or marked, and those of a list are all
//! records that share it.

use super::{CONFIRMED, Said, bare, blank, confirmed, part, wants, yaml};
use crate::desk::{Desk, of_severity};
use crate::paper::Paper;

const LIST: &str = CONFIRMED[0];
/// The branch with ten members, and the one without.
const FULL: &str = "甲学院党支部";
const EMPTY: &str = "甲学院新党支部";

/// What stands in the column of names, between the headings and the note below.
fn names(bytes: &[u8]) -> Vec<String> {
    let said = Said::read(bytes);
    let rows = &said.tables[0];
    rows[1..rows.len() - 1].iter().map(|it| it[1].clone()).collect()
}

/// Builds a project with the list alone; gives the names of its rows in each file.
fn built(name: &str, more: &str) -> Vec<(String, Vec<String>)> {
    let desk = confirmed(name);
    desk.patch(&format!("templates/forms/{LIST}/form.yaml"), "more: insert", more);
    desk.run(&["build", "--out", "out", "--only", "forms"]).expect(0);
    let files = desk.files("out");
    let lists = files.iter().filter(|it| it.0.contains("评议汇总表-"));
    lists.map(|(path, bytes)| (path.rsplit('-').next().unwrap().to_owned(), names(bytes))).collect()
}

#[test]
fn too_many_rows_go_on_in_copies_and_too_few_are_left_taken_out_or_marked() {
    let file = |name: &str| format!("{name}.docx");
    let (first, second) = (file(FULL), file(&format!("{FULL}（续表1）")));
    let cases: [(&str, &str, [usize; 3], &str); 5] = [
        ("attach", "more: attach", [8, 8, 8], ""),
        ("remove", "more: attach\n    less: remove", [8, 2, 1], ""),
        ("marked", "more: attach\n    less: 以下空白", [8, 8, 8], "以下空白"),
        ("kept", "more: insert\n    less: keep", [10, 0, 8], ""),
        ("taken", "more: insert\n    less: remove", [10, 0, 1], ""),
    ];
    for (name, more, n_rows, mark) in cases {
        let built = built(name, more);
        let of =
            |path: &str| built.iter().find(|it| it.0 == *path).map(|it| it.1.clone()).unwrap_or_default();
        let rows = [of(&first), of(&second), of(&file(EMPTY))];
        assert_eq!(rows.each_ref().map(Vec::len), n_rows, "{name}");
        // Each member once, in the order of their numbers.
        let told: Vec<&String> =
            rows[..2].iter().flatten().filter(|it| !it.is_empty() && *it != mark).collect();
        assert_eq!(told.len(), 10, "{name}: {told:?}");
        assert_eq!((told[5].as_str(), told[9].as_str()), ("吴刚", "蒋涛"), "{name}");
        let marked = |rows: &[String], at: usize| rows.get(at).is_some_and(|it| it == mark);
        assert!(mark.is_empty() || (marked(&rows[1], 2) && marked(&rows[2], 0)), "{name}: {rows:?}");
        assert_eq!(
            rows.iter().flatten().filter(|it| !mark.is_empty() && *it == mark).count(),
            mark.len().min(2),
            "{name}"
        );
    }
}

/// A list of members over the whole college.
const ROSTER: &str = "\
id: 名册
title: 党员名册
of: members
shared: true
key: member_number
name: name
file_name: 党员名册
folder: 全校
sheets: true
blank: 名册.docx
sha256: SUM
places:
  - {at: 段3, label: 填报单位, values: [project.institution, project.as_of | date_cn]}
  - {at: 段4, label: 本支部现有党员, values: [records | length, {leave: 由支部填写}, {leave: 由支部填写}]}
  - at: 表1!2-9
    label: 序号、姓名、性别、学工号、党籍状态、入党时间、备注
    each: records
    where: status == '预备党员'
    sort: [member_number]
    row: {姓名: name, 性别: sex, 学工号: member_number, 党籍状态: status, 入党时间: joined | date_cn, 备注: {leave: 由支部注明}}
  - {at: 段5, label: 支部书记（签名）, leave: 由支部书记签名}
";

fn roster(name: &str) -> Desk {
    let desk = bare(name);
    desk.write("templates/forms/名册/名册.docx", blank(LIST));
    let declared = yaml_of_list();
    desk.write("templates/forms/名册/form.yaml", ROSTER.replace("SUM", &declared));
    wants(&desk, &["名册"]);
    desk
}

/// The sum of the blank, as the confirmed form has it.
fn yaml_of_list() -> String {
    let desk = confirmed("sum");
    yaml(&desk, &format!("forms/{LIST}/form.yaml"))["sha256"].as_str().unwrap().to_owned()
}

#[test]
fn a_list_holds_all_records_that_share_it_and_says_once_what_is_the_same_for_all() {
    let desk = roster("roster");
    desk.run(&["build", "--out", "out", "--only", "forms"]).expect(0);
    let files = desk.files("out");
    let documents: Vec<&String> = files.keys().filter(|it| it.ends_with(".docx")).collect();
    assert_eq!(documents, ["forms/名册/全校/党员名册.docx"]);
    let list = &files[documents[0]];
    let names = names(list);
    let told: Vec<&String> = names.iter().filter(|it| !it.is_empty()).collect();
    assert_eq!((names.len(), told.len()), (8, 2), "{told:?}");
    assert!(part(list, "word/document.xml").contains("示例理工大学"));
    let sheet = Paper::read(files["forms/名册/全校/党员名册（核对单）.pdf"].clone()).squeezed();
    for words in ["各处均已填入", "手填、签字、盖章2处办妥后可以上报", "data/党员.csv"]
    {
        assert!(sheet.contains(words), "{words} in {sheet}");
    }
    let cases = [
        ("each: records", "each: branch.members", "unknown-name", "branch"),
        ("[project.institution,", "[name,", "form-undecided", "各条记录的值不同"),
    ];
    for (old, new, code, says) in cases {
        let desk = roster(code);
        desk.patch("templates/forms/名册/form.yaml", old, new);
        let ran = desk.run(&["build", "--out", "out", "--only", "forms"]);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        let findings = desk.findings("out");
        let errors = of_severity(&findings, "error");
        let said = |it: &&serde_json::Value| it["message"].as_str().unwrap().contains(says);
        assert!(!errors.is_empty() && errors.iter().all(|it| it["code"] == code), "{errors:?}");
        assert!(errors.iter().any(said), "{errors:?}");
    }
}

#[test]
fn a_list_is_drafted_with_a_row_for_each_record() {
    let desk = bare("overview");
    let file = crate::desk::repository(&format!("fixtures/annexes/{LIST}.docx"));
    let of = ["--as", "overview", "--of", "党员", "--project", "."];
    desk.run(&[&["import", file.to_str().unwrap()][..], &of].concat()).expect(0);
    let declared = yaml(&desk, &format!("forms/{LIST}/form.yaml"));
    assert_eq!((&declared["shared"], &declared["of"]), (&"true".into(), &"members".into()));
    let places = declared["places"].as_array().unwrap();
    let rows = places.iter().find(|it| it["at"] == "表1!2-9").unwrap();
    assert_eq!(rows["each"], "records");
    assert_eq!((&rows["row"]["姓名"], &rows["row"]["党籍状态"]), (&"name".into(), &"status".into()));
    // What stands once on the list is not asked of one of its records.
    let once = places.iter().filter(|it| it["at"] != "表1!2-9").map(ToString::to_string).collect::<String>();
    assert!(!once.contains("branch."), "{once}");
}
