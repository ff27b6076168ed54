//! The tables of the yearly statistics that count lists which nobody has to return: what is counted of a list, what stands there
//! without one, and what is said of people who are on a list and were not reported as gone.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::desk::{Desk, college, problems};

const ALL: &str = "party-annual, {id: ministry, as_of: 2024-12-31}";

/// The college with the lists that the office has put together.
fn listed(name: &str, lists: &str) -> Desk {
    let desk = college::desk(name, "2024-12-31", ALL);
    desk.write("data/名单.yaml", lists);
    desk
}

/// A sheet of the statistics, each row as the texts of its cells.
fn sheet(desk: &Desk, sheet: &str) -> Vec<Vec<String>> {
    desk.run(&["build", ".", "--out", "out", "--draft"]);
    let files = desk.files("out/statistics");
    let books = files.iter().filter(|it| it.0.ends_with(".xlsx"));
    let found = books.into_iter().find_map(|(_, bytes)| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..])).unwrap();
        book.worksheet_range(sheet).ok()
    });
    let rows = found.unwrap_or_else(|| panic!("{sheet} among {:?}", files.keys()));
    rows.rows().map(|it| it.iter().map(Data::to_string).collect()).collect()
}

/// The cell of the row of this title, in a column that counts from A.
fn at(rows: &[Vec<String>], title: &str, column: usize) -> String {
    rows.iter().find(|it| it[0] == title).unwrap_or_else(|| panic!("{title} in {rows:#?}"))[column].clone()
}

const PUNISHED: &str = "党纪处分:
  - {学工号: S05, 姓名: 陈志远, 所在党支部: 甲支部, 处分种类: 警告, 处分决定时间: 2024年12月, 违纪行为: 违反工作纪律}
  - {学工号: X01, 姓名: 何晓, 所在党支部: 甲支部, 处分种类: 严重警告, 处分决定时间: 2024年1月, 违纪行为: 违反工作纪律, 出生日期: 1969年5月, 入党时间: 2002年11月}
  - {学工号: S01, 姓名: 李文静, 所在党支部: 甲支部, 处分种类: 警告, 处分决定时间: 2023年12月, 违纪行为: 违反工作纪律}
";

const MOBILE: &str = "流动党员:
  - {学工号: S05, 姓名: 陈志远, 所在党支部: 甲支部, 流动方向: 流出, 流动开始时间: 2024年3月, 流动范围: 跨省流动, 是否持流动党员活动证: 是, 原职业: 会计师, 外出流向: 不掌握流向}
  - {学工号: S01, 姓名: 李文静, 所在党支部: 甲支部, 流动方向: 流出, 流动开始时间: 2024年3月, 流动结束时间: 2024-12-31, 流动范围: 跨省流动, 是否持流动党员活动证: 是, 原职业: 其他, 外出流向: 机关}
  - {姓名: 钱多, 所在党支部: 甲支部, 流动方向: 流入, 流动开始时间: 2024年3月, 流动范围: 跨省流动, 是否持流动党员活动证: 否, 原职业: 其他, 外出流向: 人才服务中心}
";

/// One is on leave until a day that is half a year later, another until the day before that.
const ABROAD: &str = "出国（境）党员:
  - {学工号: S05, 姓名: 陈志远, 所在党支部: 甲支部, 出国（境）时间: 2024-09-01, 出国（境）性质: 公派, 出国（境）事由: 公派留学, 应归时间: 2025-03-01}
  - {学工号: S01, 姓名: 李文静, 所在党支部: 甲支部, 出国（境）时间: 2024-09-01, 出国（境）性质: 公派, 出国（境）事由: 公派留学, 应归时间: 2025-02-28}
  - {学工号: S02, 姓名: 王芳, 所在党支部: 甲支部, 出国（境）时间: 2022年9月, 出国（境）性质: 因私, 出国（境）事由: 自费留学, 回国（境）时间: 2023年9月, 组织关系情况: 保留, 恢复组织生活时间: 2024年1月}
";

const DELEGATES: &str = "党代表:
  - {学工号: S05, 姓名: 陈志远, 所在党支部: 甲支部, 代表大会级别: 市级, 是否党员领导干部: 否, 是否生产工作一线: 是, 是否参加党委组织的培训: 否}
  - {学工号: S01, 姓名: 李文静, 所在党支部: 甲支部, 代表大会级别: 市级, 是否党员领导干部: 否, 是否生产工作一线: 是, 是否参加党委组织的培训: 否, 终止资格时间: 2024年6月, 终止资格原因: 调离}
";

/// Half a year is over on the last day of December for the first and not for the second; a whole year for the third.
const LOST: &str = "失联党员:
  - {学工号: S05, 姓名: 陈志远, 所在党支部: 甲支部, 失联人员类别: 毕业生, 失去联系时间: 2024-06-30, 失去联系情形: 毕业后去向不明}
  - {学工号: S01, 姓名: 李文静, 所在党支部: 甲支部, 失联人员类别: 毕业生, 失去联系时间: 2024-07-01, 失去联系情形: 毕业后去向不明}
  - {学工号: S02, 姓名: 王芳, 所在党支部: 甲支部, 失联人员类别: 其他, 失去联系时间: 2023-12-31, 失去联系情形: 其他}
  - {学工号: S03, 姓名: 赵磊, 所在党支部: 甲支部, 失联人员类别: 其他, 失去联系时间: 2020年1月, 失去联系情形: 其他, 重新取得联系时间: 2024年8月, 管理处置情况: 纳入组织管理, 处置时间: 2024年8月}
  - {学工号: X02, 姓名: 何雨, 所在党支部: 甲支部, 失联人员类别: 其他, 失去联系时间: 2020年1月, 失去联系情形: 离职, 管理处置情况: 停止党籍, 处置时间: 2023年8月}
";

#[test]
fn each_list_is_counted_as_its_table_means() {
    for (name, list, page, title, column, number) in [
        // Decided within the year; ages and dates by the list, else by the roster.
        ("punished", PUNISHED, "表12", "总计", 2, "2"),
        ("punished-young", PUNISHED, "表12", "35岁及以下", 2, "1"),
        ("punished-old", PUNISHED, "表12", "55岁至59岁", 2, "1"),
        ("punished-joined", PUNISHED, "表12", "2002年11月至2012年10月", 2, "1"),
        ("punished-conduct", PUNISHED, "表13", "违反工作纪律", 2, "2"),
        // Who is back on the last day is not away; a part of a part is counted with it.
        ("away", MOBILE, "表35", "流出党员总数", 2, "1"),
        ("away-whither", MOBILE, "表35", "其他", 2, "1"),
        ("away-accountant", MOBILE, "表35", "流出党员总数", 7, "1"),
        ("come", MOBILE, "表36", "其中：事业单位", 2, "1"),
        ("come-where", MOBILE, "表36补充", "接收流动党员的党支部（个）", 2, "1"),
        // Half a year as it was granted.
        ("abroad", ABROAD, "表37", "总计", 2, "1"),
        ("abroad-student", ABROAD, "表37", "学生", 2, "1"),
        ("returned", ABROAD, "表38", "已恢复组织生活的", 2, "1"),
        // Who ceased to be one this year is told below only.
        ("delegate", DELEGATES, "表39", "总计", 3, "1"),
        ("delegate-ended", DELEGATES, "表39", "调离同级党代表大会所属范围", 3, "1"),
        ("lost", LOST, "失联党员", "总计", 2, "2"),
        ("lost-months", LOST, "失联党员", "总计", 3, "1"),
        ("lost-year", LOST, "失联党员", "总计", 4, "1"),
        ("lost-found", LOST, "失联党员", "总计", 13, "1"),
        ("lost-handled", LOST, "失联党员处置", "总计", 5, "1"),
    ] {
        assert_eq!(at(&sheet(&listed(name, list), page), title, column), number, "{name}");
    }
}

#[test]
fn a_list_that_nobody_has_returned_leaves_its_table_blank_and_an_empty_one_is_nought() {
    let note = |rows: &[Vec<String>]| rows.iter().flatten().any(|it| it.starts_with("没有收到“党纪处分”"));
    let without = sheet(&college::desk("without", "2024-12-31", ALL), "表12");
    assert_eq!((at(&without, "总计", 2).as_str(), note(&without)), ("", true), "{without:#?}");
    for (name, lists) in [("empty", "党纪处分: []\n"), ("other", "党纪处分: []\n流动党员: []\n")]
    {
        let rows = sheet(&listed(name, lists), "表12");
        assert_eq!((at(&rows, "总计", 2).as_str(), note(&rows)), ("0", false), "{rows:#?}");
    }
    // Nothing to report is said in the project file as well.
    let desk = college::desk("none", "2024-12-31", ALL);
    desk.patch(
        "huibian.yaml",
        "returns: [",
        "returns: [{tables: [党纪处分], of: [党委组织部], none: 期内没有}, ",
    );
    let rows = sheet(&desk, "表12");
    assert_eq!((at(&rows, "总计", 2).as_str(), note(&rows)), ("0", false), "{rows:#?}");
}

#[test]
fn a_figure_that_no_table_holds_is_blank_until_it_is_given() {
    let desk = college::desk("given", "2024-12-31", ALL);
    let before = sheet(&desk, "表28");
    assert_eq!(at(&before, "其中：专业技术人员", 5), "", "{before:#?}");
    desk.patch("huibian.yaml", "sources: [data]", "sources: [data]\ngiven: [{as: by_hand, file: 另填.yaml}]");
    desk.write("另填.yaml", "t28: {further: {professionals: {university: 7}}}\n");
    let after = sheet(&desk, "表28");
    assert_eq!(
        ["其中：专业技术人员", "在岗职工", "单位数"].map(|it| at(&after, it, 5)),
        ["7", "9", "1"],
        "{after:#?}"
    );
}

/// Somebody whose year is over and who has not been confirmed; by the day before it is not over yet.
const OVERDUE: [(&str, &str, &str); 2] = [
    ("data/党员.csv", "正式党员,2023-06-20,2024-10-08,", "预备党员,2023-06-20,,"),
    (
        "data/党员发展.csv",
        "2023-06-20,正式党员,2023-06-25,2024-10-08,2024-10-20",
        "2023-06-20,预备党员,2023-06-25,,",
    ),
];

#[test]
fn the_tables_of_the_register_of_development_count_whoever_stands_there() {
    for (name, changes, page, title, column, number) in [
        ("applicants", &[][..], "表20", "总计", 2, "2"),
        ("candidates", &[], "表18", "总计", 2, "0"),
        ("activists", &[], "表19", "总计", 2, "1"),
        ("confirmed", &[], "表15", "人数", 4, "1"),
        ("pending", &OVERDUE, "表15", "人数", 9, "1"),
        ("due", &OVERDUE, "表15", "人数", 2, "1"),
    ] {
        let desk = college::desk(name, "2024-12-31", ALL);
        changes.iter().for_each(|(file, old, new)| desk.patch(file, old, new));
        assert_eq!(at(&sheet(&desk, page), title, column), number, "{name}");
    }
}

const EXPELLED: &str = "党籍变动:
  - {学工号: X01, 姓名: 何晓, 所在党支部: 甲支部, 变动类别: 出党, 变动时间: 2024年3月}
党纪处分: []
";

#[test]
fn what_is_not_told_of_somebody_who_was_expelled_is_asked_by_the_check_that_it_lacks() {
    let desk = listed("untold", EXPELLED);
    let findings = desk.run(&["check", ".", "--format", "json"]).findings();
    let said = problems(&findings);
    for wanted in ["各种出党方式之和等于总数", "各年龄段之和等于总计", "各时期入党之和等于总计"]
    {
        assert!(
            said.iter().any(|it| it.contains(wanted))
                || findings.iter().any(|it| it.to_string().contains(wanted)),
            "{wanted}: {said:#?}"
        );
    }
    assert!(findings.iter().all(|it| it["severity"] != "error"), "{said:#?}");
    let told = EXPELLED.replace(
        "2024年3月}",
        "2024年3月, 出党方式: 自行脱党, 出党原因: 其他, 出生日期: 1980年1月, 入党时间: 2010年1月}",
    );
    let desk = listed("told", &told);
    assert_eq!(problems(&desk.run(&["check", ".", "--format", "json"]).findings()), [""; 0]);
    assert_eq!(at(&sheet(&desk, "表10"), "36岁至54岁", 7), "1");
}
