//! A committee's table and a branch's have not come: the matrix, the list of those to be called, what goes back and the reminders
//! name them, and say to the unit what it has to do, not to the office.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use calamine::{Reader, Xlsx};

use crate::corrections::entries;
use crate::desk::Desk;

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
  - {编号: \"0200\", 名称: 中共示例理工大学乙学院委员会, 简称: 乙学院党委, 所属单位: 乙学院, 组织类别: 党委}
党支部:
  - {党支部编码: \"010001\", 党支部名称: 甲学院第一党支部, 简称: 甲一支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 支部具体类型: 专任教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 王芳, 党员总数: 1, 正式党员数: 1, 预备党员数: 0}
  - {党支部编码: \"010002\", 党支部名称: 甲学院第二党支部, 简称: 甲二支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 支部具体类型: 专任教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 赵磊, 党员总数: 1, 正式党员数: 1, 预备党员数: 0}
  - {党支部编码: \"020001\", 党支部名称: 乙学院第一党支部, 简称: 乙一支部, 所属分党委: 乙学院党委, 支部类型: 教师党支部, 支部具体类型: 专任教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 孙丽, 党员总数: 1, 正式党员数: 1, 预备党员数: 0}
";
const MEMBERS: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,工作岗位,党籍状态,入党时间,转正时间,党费交纳情况,所在党支部
S01,王芳,女,汉族,1980-03-04,研究生,在职教工,专任教师,正式党员,2005-06-01,2006-06-01,按时交纳,甲一支部
S03,孙丽,女,汉族,1981-06-04,研究生,在职教工,专任教师,正式党员,2005-07-01,2006-07-01,按时交纳,乙一支部
";
const TASKS: &str = "责任单位,责任党支部,任务内容,责任人,完成时限,完成情况
甲学院党委,甲一支部,修订制度,王芳,2024-06-15,进行中
";

fn desk() -> Desk {
    let desk = Desk::new("late");
    desk.write(
        "huibian.yaml",
        "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {from: 2024-01-01, to: 2024-12-31}\n\
         as_of: 2024-05-31\nsources: [data]\n\
         returns: [{tables: [重点工作, 立项与课题, 结对共建], absent: none}, {tables: [任务清单], due: 2024-05-20}]\n\
         documents: {ledgers: [党员, 任务清单], reminders: [works]}\n",
    );
    desk.write("data/党组织.yaml", STRUCTURE);
    desk.write("data/党员.csv", MEMBERS);
    desk.write("data/任务清单.csv", TASKS);
    desk
}

/// The rows of a sheet, cells with `|` between them.
fn rows(book: &[u8], sheet: &str) -> Vec<String> {
    let range = Xlsx::new(Cursor::new(book)).unwrap().worksheet_range(sheet).unwrap();
    range.rows().map(|it| it.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect()
}

fn says(rows: &[String], parts: &[&str]) -> bool {
    rows.iter().any(|row| parts.iter().all(|it| row.contains(it)))
}

#[test]
fn what_has_not_come_is_named_in_the_matrix_the_lists_the_bundles_and_the_reminders() {
    let desk = desk();
    let told = desk.run(&["build", ".", "--out", "out"]).expect(1).stdout;
    let told: Vec<String> = told.lines().map(str::to_owned).collect();
    assert!(
        says(&told, &["甲学院党委", "未交1个支部", "党员"]) && says(&told, &["乙学院党委", "任务清单"]),
        "{told:#?}"
    );
    let out = desk.files("out");
    let called = rows(&out["收表进度.xlsx"], "催交名单");
    assert!(says(&called, &["甲学院党委|甲学院第二党支部|党员|未交"]), "{called:#?}");
    assert!(says(&called, &["乙学院党委||任务清单|", "逾期"]), "{called:#?}");
    for (unit, whom, table) in
        [("甲学院党委", "甲学院第二党支部", "党员"), ("乙学院党委", "乙学院党委", "任务清单")]
    {
        let bundle = entries(&out[&format!("returns/{unit}.zip")]);
        // The register in which the unit stands is right, and does not go back.
        assert_eq!(
            bundle.iter().filter(|it| !it.0.starts_with("退改") && it.0 != "文件清单.txt").count(),
            0,
            "{unit}"
        );
        let list = &bundle.iter().find(|it| it.0 == "退改清单.xlsx").unwrap().1;
        let listed = rows(list, "退改清单");
        assert!(says(&listed, &[whom, &format!("没有收到{table}表"), "请补报"]), "{listed:#?}");
        assert!(!says(&listed, &["huibian.yaml"]) && !says(&listed, &["请催报"]), "{listed:#?}");
    }
    let open = rows(&out["reminders/到期提醒.xlsx"], "日期未定");
    assert!(says(&open, &["材料未齐", "乙学院党委", "没有收到任务清单表"]), "{open:#?}");
    let page = String::from_utf8(out["report.html"].clone()).unwrap();
    assert!(page.contains("收表进度") && page.contains("没有收到任务清单表"));
}
