//! All records of a table together, with the place that each comes from.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::desk::{Desk, problems};

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
  - {编号: \"0200\", 名称: 中共示例理工大学乙学院委员会, 简称: 乙学院党委, 所属单位: 乙学院, 组织类别: 党委}
党支部:
  - {党支部编码: \"020001\", 党支部名称: 乙学院教师党支部, 简称: 乙教师支部, 所属分党委: 乙学院党委, 支部类型: 教师党支部, 支部具体类型: 专任教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 赵磊, 党员总数: 3, 正式党员数: 3, 预备党员数: 0}
  - {党支部编码: \"010001\", 党支部名称: 甲学院教师党支部, 简称: 甲教师支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 支部具体类型: 专任教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 王芳, 党员总数: 4, 正式党员数: 3, 预备党员数: 1}
";

/// The same table in two shapes: columns in another order, a branch by its name and by its short name.
const FIRST: &str = "所在党支部,访谈时间,访谈人,访谈对象,主要内容,发现问题数,解决问题数
甲教师支部,2024-03-01,王芳,李静,教学,2,1
甲教师支部,2024-04-02,王芳,陈强,=1+1,0,0
";
const SECOND: &str = "访谈人,访谈时间,所在党支部,访谈对象,发现问题数,解决问题数
赵磊,2024.5.6,乙学院教师党支部,孙丽,1,1
";

fn desk(name: &str, wanted: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write(
        "huibian.yaml",
        format!(
            "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {{from: 2024-01-01, to: 2024-12-31}}\n\
             as_of: 2024-12-31\nsources: [data]\nreturns: [{{tables: [党支部], absent: none}}]\ndocuments: {{ledgers: [{wanted}]}}\n"
        ),
    );
    desk.write("data/党组织.yaml", STRUCTURE);
    desk.write("data/乙学院党委/访谈走访.csv", SECOND);
    desk.write("data/甲学院党委/访谈走访.csv", FIRST);
    desk
}

/// The rows of a ledger from its headings on, cells with `|` between them.
fn rows(desk: &Desk, path: &str) -> Vec<String> {
    let files = desk.files("out/ledgers");
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path}: {:?}", files.keys()));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..])).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let row = |it: &[Data]| it.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    range.rows().skip(2).map(row).collect()
}

#[test]
fn all_records_of_a_table_stand_in_one_workbook_in_the_order_of_the_register() {
    let desk = desk("ledgers", "访谈走访, branches");
    assert_eq!(problems(&desk.run(&["check", ".", "--format", "json"]).findings()), [""; 0]);
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    assert_eq!(
        rows(&desk, "访谈走访汇总表.xlsx"),
        [
            "序号|所属分党委|所在党支部|所在党支部编码|访谈时间|访谈人|访谈对象|发现问题数|解决问题数|问题及解决情况|来源",
            "1|甲学院党委|甲学院教师党支部|010001|2024年3月1日|王芳|李静|2|1|教学|data/甲学院党委/访谈走访.csv A2",
            "2|甲学院党委|甲学院教师党支部|010001|2024年4月2日|王芳|陈强|0|0|=1+1|data/甲学院党委/访谈走访.csv A3",
            "3|乙学院党委|乙学院教师党支部|020001|2024年5月6日|赵磊|孙丽|1|1||data/乙学院党委/访谈走访.csv A2",
            "没有人填写、因此没有列出的栏目：访谈人数。||||||||||",
        ]
    );
    // A table that names the committee itself needs no other column for it; what stands in YAML is told by its line.
    let branches = rows(&desk, "党支部汇总表.xlsx");
    assert_eq!(branches[0].matches("|所属分党委|").count(), 1, "{}", branches[0]);
    let told: Vec<_> =
        branches[1..3].iter().map(|it| (it.contains("甲学院党委"), it.rsplit('|').next().unwrap())).collect();
    assert_eq!(told, [(true, "data/党组织.yaml:6:5"), (false, "data/党组织.yaml:5:5")]);
}

#[test]
fn what_is_lacking_or_wrong_is_not_passed_over() {
    let path = "访谈走访汇总表.xlsx";
    let desk = desk("ledgers-lacking", "访谈走访");
    desk.remove("data/乙学院党委/访谈走访.csv");
    let codes = |desk: &Desk| -> Vec<String> {
        let found = desk.run(&["check", ".", "--format", "json"]).findings();
        found
            .iter()
            .filter(|it| it["severity"] == "error")
            .map(|it| it["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(codes(&desk), ["return-missing"]);
    desk.run(&["build", ".", "--out", "out"]).expect(1);
    assert!(!desk.files("out").keys().any(|it| it.contains("汇总表")), "it would lack a committee");
    desk.write("data/乙学院党委/访谈走访.csv", SECOND.replace("2024.5.6", "五月初"));
    assert_eq!(codes(&desk), ["not-a-date"]);
    desk.run(&["build", ".", "--out", "out"]).expect(1);
    assert!(!desk.files("out").keys().any(|it| it.contains("汇总表")), "a value is lacking");
    desk.run(&["build", ".", "--out", "out", "--draft"]).expect(1);
    assert!(rows(&desk, path)[3].contains("|（有误，见来源）|"), "{:?}", rows(&desk, path));
}

#[test]
fn a_table_is_named_by_its_title_or_its_id() {
    for (wanted, hint) in [("访谈走仿", "是否应为“访谈走访”？"), ("没有的表", "可用：")]
    {
        let desk = desk("ledgers-named", wanted);
        let found = desk.run(&["check", ".", "--format", "json"]).findings();
        let said = found.iter().find(|it| it["message"] == format!("没有名为“{wanted}”的表")).unwrap();
        assert!(said["hint"].as_str().unwrap().starts_with(hint), "{said}");
    }
}
