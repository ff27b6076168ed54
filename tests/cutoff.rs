//! Statistics with a cut-off of their own: whom they count if the returns are later, and which day they print.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod desk;

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use desk::Desk;
use serde_json::Value as Json;

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委, 最近换届时间: 2022年6月, 应换届时间: 2027年6月, 教职工总数: 9, 专任教师总数: 9, 离退休教职工总数: 1, 在校本科生总数: 9, 在校硕士生总数: 9, 在校博士生总数: 9}
党支部:
  - {党支部编码: \"010101\", 党支部名称: 甲学院党支部, 简称: 甲支部, 所属分党委: 甲学院党委, 支部类型: 学生党支部, 支部具体类型: 硕士生党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 李文静, 党员总数: 5, 正式党员数: 4, 预备党员数: 1}
  - {党支部编码: \"010102\", 党支部名称: 甲学院新党支部, 简称: 新支部, 所属分党委: 甲学院党委, 支部类型: 学生党支部, 支部具体类型: 本科生党支部, 成立时间: 2024年9月, 最近换届时间: 2024年9月, 应换届时间: 2027年9月, 党支部书记: 刘洋, 党员总数: 0, 正式党员数: 0, 预备党员数: 0}
";

/// At the end of June there were three: one of them joined on its last day, one was confirmed in October.
const MEMBERS: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,年级类别,党籍状态,入党时间,转正时间,组织关系转入时间,所在党支部编码
S01,李文静,女,汉族,2002-03-04,大学本科,硕士生,其他年级,正式党员,2022-06-01,2023-06-01,,010101
S02,王芳,女,汉族,2002-05-04,大学本科,硕士生,其他年级,正式党员,2023-06-20,2024-10-08,,010101
S03,赵磊,男,汉族,2002-06-04,大学本科,硕士生,其他年级,预备党员,2024-06-30,,,010101
S04,孙丽,女,汉族,2003-06-04,大学本科,硕士生,其他年级,预备党员,2024-07-01,,,010101
S05,陈志远,男,汉族,2001-06-04,大学本科,硕士生,一年级,正式党员,2021-06-01,2022-06-01,2024年9月,010101
";

/// At the end of June: an applicant who has become an activist since, and one whom the project dates later.
const DEVELOPMENT: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,年级类别,联系党支部编码,提交书面申请书时间,确定为入党积极分子时间,确定为发展对象时间,入党时间,当前发展阶段
D01,周敏,女,汉族,2002-03-04,大学本科,硕士生,其他年级,010101,2023年10月,2024年9月,,,入党积极分子
D02,吴刚,男,汉族,2002-03-05,大学本科,硕士生,其他年级,010101,2024年7月,,,,入党申请人
D03,郑洁,女,汉族,2002-03-06,大学本科,硕士生,其他年级,010101,2022年10月,2023年5月,2024年3月,2024-10-08,预备党员
";

fn ministry(name: &str, as_of: &str, statistics: &str) -> Desk {
    let desk = Desk::new(name);
    let project = format!(
        "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {{from: 2024-01-01, to: 2024-12-31}}\n\
         as_of: {as_of}\nsources: [data]\ndocuments: {{statistics: [{statistics}]}}\n"
    );
    desk.write("huibian.yaml", project);
    desk.write("data/党组织.yaml", STRUCTURE);
    desk.write("data/党员.csv", MEMBERS);
    desk.write("data/党员发展.csv", DEVELOPMENT);
    desk
}

/// The findings that ask which day is meant.
fn asked(desk: &Desk) -> Vec<Json> {
    let findings = desk.run(&["check", ".", "--format", "json"]).findings();
    findings.into_iter().filter(|it| it["code"] == "cut-off-differs").collect()
}

/// The figures of the row of all students: members, probationary ones, applicants, activists, candidates.
fn students(desk: &Desk) -> [String; 5] {
    ["D6", "F6", "M6", "N6", "O6"].map(|cell| {
        let target = format!("学生党员队伍!{cell}");
        let ran = desk.run(&["explain", &target, "--format", "json"]);
        let explained: Json = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
        explained["value"].as_str().unwrap().to_owned()
    })
}

/// The line with the cut-off above a table of the draft.
fn printed(desk: &Desk) -> String {
    desk.run(&["build", ".", "--out", "out", "--draft"]);
    let files = desk.files("out/statistics");
    let workbook = files.iter().find(|it| it.0.ends_with(".xlsx")).unwrap().1;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&workbook[..])).unwrap();
    let range = book.worksheet_range("学生党员队伍").unwrap();
    let texts = range.used_cells().map(|it| it.2.to_string());
    texts.into_iter().find(|it| it.contains("截止日期")).unwrap()
}

#[test]
fn returns_that_are_later_are_counted_as_things_stood_at_the_cut_off() {
    let desk = ministry("later", "2024-12-31", "ministry");
    assert_eq!(students(&desk), ["3", "2", "1", "0", "1"]);
    assert!(printed(&desk).contains("截止日期：2024年6月30日"));
    let asked = asked(&desk);
    let [only] = &asked[..] else { panic!("{asked:#?}") };
    assert_eq!((&only["severity"], &only["file"]), (&"query".into(), &"huibian.yaml".into()));
    for text in ["2024年6月30日", "2024年12月31日"] {
        assert!(only["message"].as_str().unwrap().contains(text), "{only:#}");
    }
    assert!(only["hint"].as_str().unwrap().contains("{id: ministry, as_of: 2024-06-30}"), "{only:#}");
}

#[test]
fn a_project_that_says_which_day_is_meant_is_not_asked() {
    let said = ministry("said", "2024-12-31", "{id: ministry, as_of: 2024-06-30}");
    assert_eq!((asked(&said).len(), students(&said)), (0, ["3", "2", "1", "0", "1"].map(str::to_owned)));
    // All that was returned, as it stands now.
    let now = ministry("now", "2024-12-31", "{id: ministry, as_of: 2024-12-31}");
    assert_eq!((asked(&now).len(), students(&now)), (0, ["5", "2", "1", "1", "0"].map(str::to_owned)));
    let same = ministry("same", "2024-06-30", "ministry");
    assert_eq!(asked(&same).len(), 0);
}

#[test]
fn figures_are_never_of_a_day_that_the_returns_do_not_reach() {
    for (name, statistics) in [("earlier", "ministry"), ("earlier-said", "{id: ministry, as_of: 2024-06-30}")]
    {
        let desk = ministry(name, "2024-06-29", statistics);
        assert!(printed(&desk).contains("截止日期：2024年6月29日"), "{name}");
        let asked = asked(&desk);
        let [only] = &asked[..] else { panic!("{name}: {asked:#?}") };
        let message = only["message"].as_str().unwrap();
        assert!(message.contains("应截止2024年6月30日，项目的截止日期是2024年6月29日"), "{message}");
    }
    assert_eq!(asked(&ministry("agreed", "2024-06-29", "{id: ministry, as_of: 2024-06-29}")).len(), 0);
}
