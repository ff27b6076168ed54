//! What is missing or unreadable: it is said once, and withholds what reads it and nothing else.

use std::io::Cursor;

use crate::desk::{Desk, college, problems};
use calamine::{DataType, Reader, Xlsx};

const ALL: &str = "party-annual, {id: ministry, as_of: 2024-06-30}, university";

/// The college with all statistics and nothing to find fault with.
fn whole(name: &str) -> Desk {
    let desk = college::desk(name, "2024-12-31", ALL);
    assert_eq!(problems(&desk.run(&["check", ".", "--format", "json"]).expect(0).findings()), [""; 0]);
    desk
}

fn found(desk: &Desk, code: i32) -> Vec<String> {
    problems(&desk.run(&["check", ".", "--format", "json"]).expect(code).findings())
}

#[test]
fn a_branch_without_a_secretary_is_named_and_its_cells_stay_empty() {
    let desk = whole("no-secretary");
    desk.patch("data/支委成员.csv", "S05,陈志远,书记", "S05,陈志远,宣传委员");
    assert_eq!(
        found(&desk, 0),
        [
            "query check-failed （内置）templates/statistics/university/checks.yaml:18",
            "query secretary-not-listed data/党组织.yaml:5"
        ]
    );
    let ran = desk.run(&["build", ".", "--out", "out"]).expect(0);
    assert!(ran.stdout.contains("请在支委成员表中补上书记陈志远"), "{}", ran.stdout);
    let files = desk.files("out/statistics/university");
    let workbook = files.iter().find(|it| it.0.ends_with(".xlsx") && !it.0.contains('/')).unwrap().1;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&workbook[..])).unwrap();
    let range = book.worksheet_range("党组织一览表").unwrap();
    let row: Vec<_> =
        range.rows().find(|it| it.iter().any(|it| it.get_string() == Some("新支部"))).unwrap().to_vec();
    let texts: Vec<String> = row.iter().map(ToString::to_string).collect();
    assert_eq!(texts[4..9], ["陈志远", "", "", "", ""], "{texts:?}");
}

#[test]
fn a_misspelt_branch_is_one_error_and_no_check_is_blamed_for_it() {
    let desk = whole("misspelt-branch");
    desk.patch("data/党员.csv", "2024-07-01,,,按时交纳,甲支部", "2024-07-01,,,按时交纳,甲支都");
    assert_eq!(found(&desk, 1), ["error unknown-reference data/党员.csv -!O5"]);
}

#[test]
fn an_unreadable_file_withholds_what_reads_the_table_that_it_is_named_after() {
    let desk = whole("unreadable");
    desk.remove("data/评议结果.csv");
    desk.write("data/评议结果.xlsx", b"PK\x03\x04broken");
    desk.run(&["build", ".", "--out", "out"]).expect(1);
    assert_eq!(problems(&desk.findings("out")), ["error file-damaged data/评议结果.xlsx"]);
    let made = desk.files("out/statistics");
    for (statistics, is_made) in [("ministry/", true), ("university/", true), ("party-annual/示例", false)]
    {
        assert_eq!(
            made.keys().any(|it| it.starts_with(statistics)),
            is_made,
            "{statistics}: {:?}",
            made.keys()
        );
    }
    // Of a file whose name says nothing nobody knows what stood there.
    desk.remove("data/评议结果.xlsx");
    desk.write("data/补充材料.xlsx", b"PK\x03\x04broken");
    desk.run(&["build", ".", "--out", "none"]).expect(1);
    assert!(desk.files("none").keys().all(|it| !it.starts_with("statistics/")));
}

#[test]
fn a_student_of_a_vocational_course_counts_as_a_student_in_every_table() {
    let desk = whole("vocational");
    desk.patch("data/党员.csv", "2001-06-04,大学本科,硕士生,一年级", "2001-06-04,高中,专科生,一年级");
    // Nobody is enrolled in such a course, as the committee returned it.
    let check = "error check-failed （内置）templates/statistics/party-annual/checks.yaml:";
    let said = found(&desk, 1);
    assert!(said.len() == 1 && said[0].starts_with(check), "{said:?}");
    desk.patch("data/党组织.yaml", "在校本科生总数: 9,", "在校本科生总数: 9, 在校专科生总数: 4,");
    assert_eq!(found(&desk, 0), [""; 0]);
    let ran = desk.run(&["explain", "student_members", "--format", "json"]).expect(0);
    assert!(ran.stdout.contains("\"value\": \"5人\""), "{}", ran.stdout);
}

#[test]
fn a_table_that_is_named_and_empty_is_asked_about_unless_it_says_that_there_is_nothing() {
    let desk = whole("empty-table");
    desk.write("data/谈心谈话.yaml", "谈心谈话:\n");
    assert_eq!(found(&desk, 0), ["query return-empty data/谈心谈话.yaml:1"]);
    desk.write("data/谈心谈话.yaml", "谈心谈话: []\n");
    assert_eq!(found(&desk, 0), [""; 0]);
}

#[test]
fn a_branch_that_states_more_members_than_its_roster_has_withholds_what_counts_them() {
    let desk = college::desk("stated", "2024-12-31", "");
    desk.patch("huibian.yaml", "documents: {statistics: []}", "documents: {summaries: [branch]}");
    let made = |desk: &Desk| -> Vec<bool> {
        desk.run(&["build", ".", "--out", "out"]);
        let files = desk.files("out/summaries");
        ["甲支部", "新支部"]
            .map(|branch| files.keys().any(|it| it.contains(branch) && it.ends_with(".pdf")))
            .to_vec()
    };
    assert_eq!(made(&desk), [true, true]);
    let stated = "党员总数: 5, 正式党员数: 3, 预备党员数: 2";
    desk.patch("data/党组织.yaml", stated, "党员总数: 6, 正式党员数: 4, 预备党员数: 2");
    assert_eq!(made(&desk), [false, true], "somebody may be lacking in the roster");
}
