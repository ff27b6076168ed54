//! What became of the findings of an earlier run: rows move, files come back as others, records go.

use serde_json::Value as Json;

use crate::desk::Desk;
use crate::desk::college::desk;

/// The lines that say what became of them.
fn compared(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let text = desk.run(&[&["check"], arguments].concat()).stdout;
    let (_, behind) = text.split_once("与上次相比\n").unwrap_or_else(|| panic!("{text}"));
    behind.lines().take_while(|it| it.starts_with("  ")).map(|it| it.trim().to_owned()).collect()
}

#[test]
fn what_was_mended_what_stands_what_is_new_and_what_is_gone_is_told_by_record_and_rule() {
    let desk = desk("since", "2024-12-31", "");
    desk.patch("data/党员.csv", "S02,王芳,女", "S02,王芳,汝");
    desk.patch("data/党员.csv", "S03,赵磊,男,汉族,2002-06-04", "S03,赵磊,男,,2002-06-04");
    desk.patch("data/党员.csv", "S04,孙丽,女", "S04,孙丽,男女");
    desk.patch("data/评议结果.csv", "合格", "还行");
    desk.run(&["check", "--out", "out"]).expect(1);
    let same = [
        "甲学院党委  已改正 0 项，仍未改正 4 项，新出现 0 项",
        "合计：已改正 0 项，仍未改正 4 项，新出现 0 项。",
    ];
    assert_eq!(compared(&desk, &["--since", "out"]), same);
    // A line above all others: every cell has moved.
    let heads = std::fs::read_to_string(desk.path("data/党员.csv")).unwrap();
    desk.write("data/党员.csv", format!("2024年党员名册\n{heads}"));
    assert_eq!(compared(&desk, &["--since", "out/manifest.json"]), same);
    // It comes back under another name.
    std::fs::rename(desk.path("data/党员.csv"), desk.path("data/党员名册（改）.csv")).unwrap();
    assert_eq!(compared(&desk, &["--since", "out"]), same);
    std::fs::rename(desk.path("data/党员名册（改）.csv"), desk.path("data/党员.csv")).unwrap();
    desk.patch("data/党员.csv", "王芳,汝", "王芳,女");
    desk.patch("data/党员.csv", "李文静,女", "李文静,淑");
    let text = std::fs::read_to_string(desk.path("data/党员.csv")).unwrap();
    let without: String =
        text.lines().filter(|it| !it.contains("孙丽")).map(|it| format!("{it}\n")).collect();
    desk.write("data/党员.csv", without);
    let development = std::fs::read_to_string(desk.path("data/党员发展.csv")).unwrap();
    let without: String =
        development.lines().filter(|it| !it.contains("孙丽")).map(|it| format!("{it}\n")).collect();
    desk.write("data/党员发展.csv", without);
    desk.patch(
        "data/党组织.yaml",
        "党员总数: 5, 正式党员数: 3, 预备党员数: 2",
        "党员总数: 4, 正式党员数: 3, 预备党员数: 1",
    );
    let told = compared(&desk, &["--since", "out", "--out", "out"]);
    assert_eq!(told[0], "甲学院党委  已改正 1 项，仍未改正 2 项，新出现 1 项，不再报送 1 项", "{told:?}");
    let page = String::from_utf8(desk.files("out")["report.html"].clone()).unwrap();
    assert!(
        page.contains("与上次相比")
            && page.contains("<td>甲学院党委</td><td>1</td><td>2</td><td>0</td><td>1</td><td>1</td>")
    );
}

/// The college whose roster says of one person what cannot be, and a run over it.
fn after_one_mistake(name: &str) -> Desk {
    let desk = desk(name, "2024-12-31", "");
    desk.patch("data/党员.csv", "S05,陈志远,男", "S05,陈志远,难");
    desk.run(&["check", "--out", "out"]).expect(1);
    desk
}

/// What is not as it was, as fate, rule and record.
fn changes(desk: &Desk) -> Vec<String> {
    let told = desk.run(&["check", "--since", "out", "--format", "json"]).stdout;
    let told: Json = serde_json::from_str(&told).unwrap();
    assert!(told["findings"].is_array() && told["since"]["total"]["standing"].is_u64(), "{told}");
    let text = |it: &Json, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let change = |it: &Json| format!("{} {} {}", text(it, "fate"), text(it, "code"), text(it, "subject"));
    told["since"]["changes"].as_array().unwrap().iter().map(change).collect()
}

#[test]
fn programs_are_told_one_by_one_and_who_is_taken_off_the_roster_is_not_mended() {
    let desk = after_one_mistake("since-json");
    assert_eq!(changes(&desk), [""; 0]);
    let roster = std::fs::read_to_string(desk.path("data/党员.csv")).unwrap();
    desk.patch("data/党员.csv", "S05,陈志远,难", "S05,陈志远,男");
    assert_eq!(changes(&desk), ["mended unknown-choice 陈志远"]);
    // The list of posts names him still.
    let without: String =
        roster.lines().filter(|it| !it.contains("陈志远")).map(|it| format!("{it}\n")).collect();
    desk.write("data/党员.csv", without);
    let told = changes(&desk);
    assert!(told.contains(&"gone unknown-choice 陈志远".to_owned()), "{told:?}");
    assert!(told.iter().all(|it| !it.starts_with("mended")), "{told:?}");
    // A list of findings that does not tell tables yet is read as before.
    let findings = std::fs::read_to_string(desk.path("out/findings.json")).unwrap();
    let untold: String = findings.lines().filter(|it| !it.contains("\"table\"")).collect();
    desk.write("out/findings.json", untold);
    desk.write("data/党员.csv", roster);
    assert_eq!(changes(&desk), [""; 0]);
}

#[test]
fn what_has_been_answered_is_neither_mended_nor_still_there() {
    let desk = Desk::new("since-answered");
    desk.copy("fixtures/starter", "college");
    desk.patch("college/收回表格/示例学院/党员.csv", "2007年12月5日", "");
    desk.run(&["check", "college", "--out", "out"]).expect(0);
    desk.run(&["check", "college", "--write-answers"]).expect(0);
    for (key, said) in [("who", "李四"), ("when", "2026-05-30"), ("why", "批复待补")] {
        desk.patch("college/answers.yaml", &format!("{key}:\n"), &format!("{key}: {said}\n"));
    }
    let told = compared(&desk, &["college", "--since", "out"]);
    let wanted = "示例学院党委  已改正 0 项，仍未改正 0 项，已答复 1 项，新出现 0 项";
    assert_eq!(told[0], wanted, "{told:?}");
}

#[test]
fn an_earlier_run_that_is_not_there_is_named() {
    let desk = desk("since-nothing", "2024-12-31", "");
    let ran = desk.run(&["check", "--since", "上次"]).expect(2);
    assert!(ran.stderr.contains("“上次”中没有上次的检查结果"), "{}", ran.stderr);
    desk.write("上次/findings.json", "{}");
    desk.run(&["check", "--since", "上次"]).expect(2);
}
