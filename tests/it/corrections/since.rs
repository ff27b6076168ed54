//! What became of the findings of an earlier run: rows move, files come back as others, records go.

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

#[test]
fn an_earlier_run_that_is_not_there_is_named() {
    let desk = desk("since-nothing", "2024-12-31", "");
    let ran = desk.run(&["check", "--since", "上次"]).expect(2);
    assert!(ran.stderr.contains("“上次”中没有上次的检查结果"), "{}", ran.stderr);
    desk.write("上次/findings.json", "{}");
    desk.run(&["check", "--since", "上次"]).expect(2);
}
