//! What is not there is not counted as nought: people who have left, and values that need not be given.

use crate::desk::Desk;

const FOLDER: &str = "college/收回表格/示例学院";
const DUES: &str =
    "学工号,姓名,缴费类型,缴费起始月份,缴费截止月份,缴费金额\nT001,林致远,正常缴纳,2026年1月,2026年3月,300\n";
const DEPARTED: &str = "T099,王离校,正常缴纳,2026年1月,2026年2月,60\n";
const TRANSFERS: &str = "学工号,姓名,转接方向,所在党支部,转入单位,转出单位,党费缴纳至年月,办理时间\n";

/// The starter, of which these tables are returned.
fn college(name: &str, tables: &[(&str, &str)]) -> Desk {
    let desk = Desk::new(name);
    desk.copy("fixtures/starter", "college");
    desk.patch(
        "college/huibian.yaml",
        "  # summaries: [university, ten-points, committee, branch]",
        "  summaries: [university]",
    );
    for (table, text) in tables {
        desk.patch("college/huibian.yaml", &format!("{table}, "), "");
        desk.write(&format!("{FOLDER}/{table}.csv"), text);
    }
    desk
}

/// Codes of what is found, with the first words of each message.
fn found(desk: &Desk, code: i32) -> Vec<String> {
    let findings = desk.run(&["check", "college", "--format", "json"]).expect(code).findings();
    findings.iter().map(|it| it["code"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_fee_of_somebody_who_has_left_counts_if_the_leaving_is_told() {
    let dues = format!("{DUES}{DEPARTED}");
    for (transfer, wanted, code) in [
        (
            "T099,王离校,转出,示例学院软件工程系教师党支部,某某大学,示例学院,2026年2月,2026年3月10日\n",
            "person-departed",
            0,
        ),
        (
            "T099,王留校,转出,示例学院软件工程系教师党支部,某某大学,示例学院,2026年2月,2026年3月10日\n",
            "unknown-reference",
            1,
        ),
        (
            "T097,王离校,转出,示例学院软件工程系教师党支部,某某大学,示例学院,2026年2月,2026年3月10日\n",
            "unknown-reference",
            1,
        ),
    ] {
        let transfers = format!("{TRANSFERS}{transfer}");
        let desk = college("departed", &[("党费收缴", &dues)]);
        desk.patch("college/huibian.yaml", ", 组织关系转接", "");
        desk.write(&format!("{FOLDER}/组织关系转接.csv"), transfers);
        assert_eq!(found(&desk, code), [wanted], "{transfer}");
        if code == 0 {
            let sum = desk.run(&["explain", "fees_paid", "--project", "college"]).expect(0).stdout;
            assert!(sum.contains("360"), "{sum}");
        }
    }
}

#[test]
fn a_sum_says_what_it_leaves_out() {
    let head = "所在党支部,帮扶类别,帮扶时间,帮扶对象,帮扶人数,帮扶金额\n";
    let row = |money: &str| {
        format!(
            "示例学院软件工程系教师党支部,走访慰问,2026年1月{}日,老党员{money},1,{money}\n",
            10 + money.len()
        )
    };
    for (rows, wanted) in [
        (row("500"), &[][..]),
        (row("500") + &row(""), &["sum-partly-given"]),
        (row(""), &["sum-partly-given"]),
    ] {
        let desk = college("sums", &[]);
        desk.patch("college/huibian.yaml", "关怀帮扶, ", "");
        desk.write(&format!("{FOLDER}/关怀帮扶.csv"), format!("{head}{rows}"));
        assert_eq!(found(&desk, 0), wanted, "{rows}");
    }
    // Another committee gives it nowhere.
    let desk = college("sums-unit", &[]);
    desk.patch("college/huibian.yaml", "关怀帮扶, ", "");
    desk.write(&format!("{FOLDER}/关怀帮扶.csv"), format!("{head}{}", row("500")));
    desk.patch("college/基层党组织.yaml", "基层党组织:\n", OTHER);
    desk.write("college/收回表格/第二学院/党支部.csv", BRANCH);
    desk.write(
        "college/收回表格/第二学院/关怀帮扶.csv",
        format!("{head}第二学院行政党支部,走访慰问,2026年1月10日,老党员,1,\n"),
    );
    let findings = desk.run(&["check", "college", "--format", "json"]).expect(1).findings();
    let query = findings.iter().find(|it| it["code"] == "sum-without-unit").expect("a query");
    assert_eq!(query["message"], "“关怀帮扶金额”中没有第二学院党委的：其1条关怀帮扶都没有填“帮扶金额”");
    assert_eq!(query["committee"], "第二学院党委");
}

/// Another committee, and its branch.
const OTHER: &str = "\
基层党组织:
  - {编号: \"0200\", 名称: 中共示例理工大学第二学院委员会, 简称: 第二学院党委, 所属单位: 第二学院, 组织类别: 党委, 成立时间: 2009年7月}
";
const BRANCH: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,党支部书记,党员总数,正式党员数,预备党员数,教工党员数,本科生党员数,研究生党员数
020001,第二学院行政党支部,行政党支部,第二学院党委,教师党支部,2009年9月,钱一,4,4,0,4,0,0
";
