//! What the official tables count, where it is easily mistaken: each by one change of a small college.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use calamine::{DataType, Reader, Xlsx};

use crate::desk::{Desk, college, problems};
use serde_json::Value as Json;

const ALL: &str = "party-annual, {id: ministry, as_of: 2024-12-31}, university";

/// A change: the file, what stands there, what shall stand there.
type Change = (&'static str, &'static str, &'static str);

const MEMBERS: &str = "data/党员.csv";
const REGISTER: &str = "data/党员发展.csv";
const STRUCTURE: &str = "data/党组织.yaml";

fn changed(name: &str, changes: &[Change]) -> Desk {
    let desk = college::desk(name, "2024-12-31", ALL);
    changes.iter().for_each(|(file, old, new)| desk.patch(file, old, new));
    desk
}

fn cell(desk: &Desk, target: &str) -> String {
    let ran = desk.run(&["explain", target, "--format", "json"]);
    let explained: Json =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{target}: {}", ran.stderr));
    explained["value"].as_str().unwrap().to_owned()
}

/// The figure of the row of this title, in a column that counts from A.
fn at(desk: &Desk, sheet: &str, title: &str, column: usize) -> String {
    desk.run(&["build", ".", "--out", "out", "--draft"]);
    let files = desk.files("out/statistics");
    for bytes in files.iter().filter(|it| it.0.ends_with(".xlsx")).map(|it| it.1) {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..])).unwrap();
        let Ok(range) = book.worksheet_range(sheet) else { continue };
        let row = range.rows().find(|it| it[0].get_string() == Some(title));
        return row.unwrap_or_else(|| panic!("{sheet}: {title}"))[column].to_string();
    }
    panic!("{sheet}");
}

/// Somebody of a vocational course, and how many are enrolled in it.
const VOCATIONAL: &[Change] = &[
    (MEMBERS, "2001-06-04,大学本科,硕士生,一年级", "2001-06-04,高中,专科生,一年级"),
    (STRUCTURE, "在校本科生总数: 9,", "在校本科生总数: 9, 在校专科生总数: 4,"),
];

/// One of the three who were received is made a member after death.
const POSTHUMOUS: &[Change] = &[
    (REGISTER, "转正审批时间,是否共青团员", "是否追认,是否共青团员"),
    (REGISTER, "2024-07-20,,,是", "2024-07-20,,是,是"),
    (REGISTER, "2024-10-08,2024-10-20,是", "2024-10-08,,是"),
];

/// A branch that held an election within the year.
const ELECTED: &[Change] =
    &[(STRUCTURE, "2023年9月, 应换届时间: 2026年9月", "2024年6月, 应换届时间: 2027年6月")];
/// It did so before its term had ended.
const EARLY: &[Change] = &[(
    STRUCTURE,
    "2023年9月, 应换届时间: 2026年9月",
    "2024年6月, 应换届时间: 2027年6月, 上届应换届时间: 2025年3月",
)];
const LEFT_THE_LEAGUE: &[Change] = &[(REGISTER, "2024-07-20,,,是", "2024-07-20,,,否")];

#[test]
fn each_table_counts_what_its_form_means() {
    for (name, changes, sheet, row, column, number) in [
        // 表17: members of the League, whoever recommended them, and models by the level that named them.
        ("league", &[][..], "表17", "共青团员", 2, "3"),
        ("league-left", LEFT_THE_LEAGUE, "表17", "共青团员", 2, "2"),
        ("role-model", &[], "表17", "先进模范人物（省部级以上命名）", 2, "0"),
        // 表7 and 表四: nobody drops out between the levels.
        ("vocational", VOCATIONAL, "表7", "专科生", 2, "1"),
        ("vocational-ministry", VOCATIONAL, "学生党员队伍", "专科生", 3, "1"),
        // 表24: who was elected before the term ended is not one whose term ended.
        ("elected", ELECTED, "表24", "其中：本年任届期满", 5, "1"),
        ("elected-early", EARLY, "表24", "其中：本年任届期满", 5, "0"),
        // Who was made a member after death is in no other figure.
        ("posthumous", POSTHUMOUS, "表17补充", "追认的党员", 2, "1"),
        ("posthumous-total", POSTHUMOUS, "表17", "总计", 2, "2"),
    ] {
        assert_eq!(at(&changed(name, changes), sheet, row, column), number, "{name}");
    }
}

#[test]
fn students_who_have_left_this_year_count_as_enrolled_with_the_ministry_alone() {
    let desk = changed(
        "left",
        &[(STRUCTURE, "在校硕士生总数: 9,", "在校硕士生总数: 9, 当年已离校硕士毕业生数: 3,")],
    );
    let figures = [
        at(&desk, "学生党员队伍", "硕士生", 2),
        at(&desk, "表7补充", "硕士生", 2),
        cell(&desk, "student_total"),
    ];
    assert_eq!(figures, ["12", "9", "27人"]);
    assert_eq!(problems(&desk.run(&["check", ".", "--format", "json"]).findings()), [""; 0]);
}

#[test]
fn a_member_between_the_levels_is_named_by_the_check_that_they_are_complete() {
    let desk = changed(
        "between",
        &[(MEMBERS, "2001-06-04,大学本科,硕士生,一年级,学生", "2001-06-04,大学本科,离退休教工,一年级,学生")],
    );
    let findings = desk.run(&["check", ".", "--format", "json"]).findings();
    let said = |it: &Json| it["code"] == "check-failed" && it.to_string().contains("陈志远");
    assert!(findings.iter().any(said), "{findings:#?}");
}

#[test]
fn ages_for_the_ministry_are_completed_years_and_for_the_party_those_of_the_calendar() {
    // 36 by the calendar in 2024; 35 years are completed on 1 December 2024, and not on 30 November.
    let desk = college::desk("ages", "2024-11-30", "party-annual, {id: ministry, as_of: 2024-11-30}");
    desk.patch(
        MEMBERS,
        "2001-06-04,大学本科,硕士生,一年级,学生",
        "1988-12-01,研究生,在职教工,,事业单位专业技术人员",
    );
    desk.patch(MEMBERS, "学历,人员类别", "学历,岗位类别,人员类别");
    let text = String::from_utf8(desk.files("data").remove("党员.csv").unwrap()).unwrap();
    let text = text
        .replace("大学本科,硕士生", "大学本科,,硕士生")
        .replace("研究生,在职教工", "研究生,专任教师,在职教工");
    desk.write(MEMBERS, text);
    assert_eq!([5, 6].map(|column| at(&desk, "教职工党员队伍", "专任教师", column + 2)), ["1", "0"]);
    assert_eq!([7, 8, 9].map(|column| at(&desk, "表2", "事业单位专业技术人员", column)), ["0", "0", "1"]);
}

#[test]
fn what_rests_on_no_source_is_said_below_the_table() {
    let desk = changed("unverified", &[]);
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    let files = desk.files("out/statistics/ministry");
    let bytes = files.iter().find(|it| it.0.ends_with(".xlsx")).unwrap().1;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..])).unwrap();
    let notes = |book: &mut Xlsx<_>, sheet: &str| {
        let range = book.worksheet_range(sheet).unwrap();
        range.used_cells().filter(|it| it.2.to_string().starts_with("口径待核实：")).count()
    };
    for sheet in ["基层党组织建设", "教职工党员队伍", "双带头人", "学生党员队伍"] {
        assert_eq!(notes(&mut book, sheet), 1, "{sheet}");
    }
    // Nothing of the kind is said of a table that has its form.
    let files = desk.files("out/statistics/party-annual");
    let bytes = files.iter().find(|it| it.0.ends_with(".xlsx") && !it.0.contains('/')).unwrap().1;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..])).unwrap();
    assert_eq!([notes(&mut book, "表2"), notes(&mut book, "表17补充")], [0, 1]);
}

#[test]
fn what_a_committee_itself_has_won_counts_beside_what_its_branches_have() {
    let desk = changed("honours", &[]);
    let head = "所在分党委,所在党支部,获奖对象,获奖者名称,荣誉名称,荣誉类别,级别,授予时间,授予单位\n";
    let won = |committee: &str, branch: &str, kind: &str| {
        format!(
            "{committee},{branch},{kind},甲,先进基层党组织,先进党组织,校级,2024-07-01,中共示例理工大学委员会\n"
        )
    };
    let rows = [("甲学院党委", "", "分党委"), ("", "甲支部", "党支部"), ("甲学院党委", "新支部", "集体")];
    let rows: String = rows.map(|(committee, branch, kind)| won(committee, branch, kind)).concat();
    desk.write("data/表彰奖励.csv", format!("{head}{rows}"));
    assert_eq!(problems(&desk.run(&["check", ".", "--format", "json"]).findings()), [""; 0]);
    assert_eq!(at(&desk, "表14", "先进基层党组织（个）", 2), "3");
    // Those of the committee are all three, whoever has won them.
    desk.patch("huibian.yaml", "documents: {", "documents: {summaries: [committee], ");
    assert_eq!(
        ["honours_total", "honours_committees", "honours_branches"].map(|it| cell(&desk, it)),
        ["3项", "1项", "2项"]
    );
    // Who has won what must be told.
    let rows = [("甲学院党委", "", "党支部"), ("", "", "分党委")];
    let rows: String = rows.map(|(committee, branch, kind)| won(committee, branch, kind)).concat();
    desk.write("data/表彰奖励.csv", format!("{head}{rows}"));
    let found = desk.run(&["check", ".", "--format", "json"]).findings();
    let codes: Vec<&str> =
        found.iter().filter_map(|it| it["code"].as_str()).filter(|it| it.starts_with("honour")).collect();
    assert_eq!(codes, ["honour-branch-missing", "honour-committee-missing"]);
}

#[test]
fn a_column_that_is_not_there_and_has_a_default_is_noted() {
    let desk = changed("assumed", &[]);
    let found = desk.run(&["check", ".", "--format", "json"]).findings();
    let noted: Vec<&str> = found
        .iter()
        .filter(|it| it["code"] == "column-assumed")
        .filter_map(|it| it["message"].as_str())
        .collect();
    assert_eq!(
        noted,
        ["表中没有“职称级别”一列，各条记录都按“未评”计", "表中没有“是否受到表彰”一列，各条记录都按“否”计"]
    );
}
