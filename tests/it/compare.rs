//! `huibian compare`: a roster held against another list, person by person.
#![expect(clippy::disallowed_methods, reason = "a test looks whether a file was written")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::desk::{Desk, encrypted, numbers, repository};

const PROJECT: &str = "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {from: 2024-01-01, to: 2024-12-31}\nas_of: 2024-05-31\nsources: [data]\n";

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
党支部:
  - {党支部编码: \"010001\", 党支部名称: 甲学院教师党支部, 简称: 甲教师支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 成立时间: 2010年7月, 最近换届时间: 2021年9月, 党支部书记: 王芳, 党员总数: 8, 正式党员数: 8, 预备党员数: 0}
  - {党支部编码: \"010002\", 党支部名称: 甲学院学生党支部, 简称: 甲学生支部, 所属分党委: 甲学院党委, 支部类型: 学生党支部, 成立时间: 2010年7月, 最近换届时间: 2021年9月, 党支部书记: 李静, 党员总数: 2, 正式党员数: 2, 预备党员数: 0}
";

/// Number, name, day of birth, branch, since when.
const HERE: [[&str; 5]; 8] = [
    ["T001", "王芳", "1980-03-04", "甲教师支部", "2005-06-01"],
    ["T002", "李静", "1981-05-06", "甲学生支部", "2006-06-01"],
    ["T003", "张建国", "1975-07-08", "甲教师支部", "1999-06-01"],
    ["T004", "陈强", "1982-09-10", "甲教师支部", "2007-06-01"],
    ["T005", "刘洋", "1990-11-12", "甲教师支部", "2012-06-01"],
    ["T006", "赵晓敏", "1991-01-13", "甲教师支部", "2013-06-01"],
    ["T007", "孙丽", "2000-02-14", "甲学生支部", "2024-04-01"],
    ["T008", "周末", "2001-03-15", "甲学生支部", "2023-06-01"],
];

/// An identity number of a region that does not exist.
fn identity(born: &str, serial: usize) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = format!("999901{}{serial:03}", born.replace('-', ""));
    let sum: usize = digits.bytes().zip(WEIGHTS).map(|(digit, it)| usize::from(digit - b'0') * it).sum();
    format!("{digits}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11])
}

fn roster(people: &[[&str; 5]]) -> String {
    let mut text =
        "学工号,姓名,身份证号码,性别,民族,出生日期,人员类别,所在党支部,党籍状态,入党时间\n".to_owned();
    for (at, [number, name, born, branch, joined]) in people.iter().enumerate() {
        let identity = identity(born, 100 + at * 2);
        text += &format!("{number},{name},{identity},女,汉族,{born},在职教工,{branch},正式党员,{joined}\n");
    }
    text
}

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("project/huibian.yaml", PROJECT);
    desk.write("project/data/党组织.yaml", STRUCTURE);
    desk.write("project/data/党员.csv", roster(&HERE));
    desk.write(
        "project/data/党员发展.csv",
        "学工号,姓名,联系党支部,提交书面申请书时间,入党时间,当前发展阶段\nT007,孙丽,甲学生支部,2021-03-01,2024-04-01,预备党员\n",
    );
    desk.write(
        "project/data/组织关系转接.csv",
        "学工号,姓名,转接方向,所在党支部,转入单位,转出单位,党费缴纳至年月,办理时间\nT010,郑爽,转出,甲教师支部,乙大学,甲学院,2024-03,2024-03-20\n",
    );
    desk.write(
        "project/data/党籍变动.csv",
        "学工号,姓名,所在党支部,变动类别,变动时间\nT011,冯远,甲教师支部,去世,2024-02\n",
    );
    desk
}

/// The same people in another office's form: other columns, another order, months instead of days, and what was planted.
fn export() -> String {
    let number = |at: usize| identity(HERE[at][2], 100 + at * 2);
    let swapped = |text: String| {
        let mut digits: Vec<char> = text.chars().collect();
        digits.swap(15, 16);
        digits.into_iter().collect::<String>()
    };
    [
        "党员姓名,所属支部,公民身份号码,出生年月,工号,加入党组织日期,党员类别".to_owned(),
        format!("王芳,甲学院教师党支部,{},198003,T001,2005/6/1,正式党员", number(0)),
        // Another branch, and the number of another by a slip.
        format!("李静,甲学院教师党支部,{},198105,T002,2006/6/1,正式党员", number(1)),
        // The identity number with two digits exchanged.
        format!("张建国,甲学院教师党支部,{},197507,T003,1999/6/1,正式党员", swapped(number(2))),
        // Another day of joining; twice.
        format!("陈强,甲学院教师党支部,{},198209,T004,2008/6/1,正式党员", number(3)),
        format!("陈强,甲学院教师党支部,{},198209,T004,2008/6/1,正式党员", number(3)),
        // No numbers at all.
        "刘洋,甲学院教师党支部,,199011,,2012/6/1,正式党员".to_owned(),
        // A character of the name, and no number.
        "赵小敏,甲学院教师党支部,,199101,,2013/6/1,正式党员".to_owned(),
        format!("郑爽,甲学院教师党支部,{},197001,T010,1995/6/1,正式党员", identity("1970-01-02", 500)),
        format!("冯远,甲学院教师党支部,{},193001,T011,1955/6/1,正式党员", identity("1930-01-02", 502)),
        format!("褚卫,甲学院教师党支部,{},197101,T012,1995/6/1,正式党员", identity("1971-01-02", 504)),
    ]
    .join("\n")
        + "\n"
}

/// The rows of a sheet below its headings, cells with `|` between them.
fn rows(bytes: &[u8], sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let row = |it: &[Data]| it.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    range.rows().skip(3).map(row).collect()
}

#[test]
fn a_roster_and_itself_are_the_same_and_nothing_is_written() {
    let desk = desk("compare-same");
    let ran = desk.run(&["compare", "project", "--with", "project"]).expect(0);
    assert!(ran.stdout.contains("两份名单没有差别"), "{}", ran.stdout);
    desk.write("same.csv", roster(&HERE));
    desk.run(&["compare", "project", "--with", "same.csv", "--out", "a.xlsx"]).expect(0);
    assert!(!desk.path("output").exists() && !desk.path("a.xlsx").exists());
    let university = repository("fixtures/university");
    let university = university.to_str().unwrap();
    let ran = desk.run(&["compare", university, "--with", university]).expect(0);
    assert!(ran.stdout.contains("相符"), "{}", ran.stdout);
}

#[test]
fn everybody_is_told_by_name_and_the_account_adds_up() {
    let desk = desk("compare-export");
    desk.write("导出/党员信息.csv", export());
    let ran =
        desk.run(&["compare", "project", "--with", "导出/党员信息.csv", "--out", "对照.xlsx"]).expect(1);
    for line in [
        "“党员”：本表8条，对方10条，两边都有5条。",
        "只在本表3条：发展党员1、未说明2。",
        "只在对方4条：转出1、去世1、未说明2。",
        "不一致4条、5处；疑似同一人1对；重复：本表0条，对方1条；有误未比较0处。",
        "从对方到本表：10 － 重复1 － 只在对方4 ＋ 只在本表3 ＋ 重复0 ＝ 8，与本表8相符。",
    ] {
        assert!(ran.stdout.contains(line), "{line} in\n{}", ran.stdout);
    }
    assert_eq!(numbers(&ran.stdout), [""; 0], "no number of a person on the terminal");
    let book = desk.files(".")["对照.xlsx"].clone();
    let told = |sheet: &str, columns: &[usize]| -> Vec<String> {
        let cells = |it: &String| it.split('|').map(str::to_owned).collect::<Vec<_>>();
        let pick = |it: Vec<String>| columns.iter().map(|at| it[*at].clone()).collect::<Vec<_>>().join("|");
        rows(&book, sheet).iter().map(cells).map(pick).collect()
    };
    assert_eq!(
        told("只在本表", &[1, 6, 7, 8]),
        [
            "赵晓敏|疑似同一人||data/党员.csv A7",
            "孙丽|发展党员|data/党员发展.csv A2|data/党员.csv A8",
            "周末|未说明||data/党员.csv A9",
        ]
    );
    assert_eq!(told("只在对方", &[1, 6]), ["赵小敏|疑似同一人", "郑爽|转出", "冯远|去世", "褚卫|未说明"]);
    assert_eq!(
        told("不一致", &[1, 6, 7, 10, 11]),
        [
            "李静|身份证号码|所在党支部|data/党员.csv H3|导出/党员信息.csv B3",
            "张建国|学工号|身份证号码|data/党员.csv C4|导出/党员信息.csv C4",
            "陈强|身份证号码|入党时间|data/党员.csv J5|导出/党员信息.csv F5",
            "刘洋|姓名和出生日期|学工号|data/党员.csv A6|导出/党员信息.csv E7",
            "刘洋|姓名和出生日期|身份证号码|data/党员.csv C6|导出/党员信息.csv C7",
        ]
    );
    assert_eq!(told("疑似同一人", &[1, 6, 11]), ["赵晓敏|赵小敏|姓名差一字、同一党支部"]);
    assert_eq!(
        told("重复", &[1, 2, 7, 8, 9]),
        ["对方|陈强|身份证号码|导出/党员信息.csv A6|导出/党员信息.csv A5"]
    );
    let again = desk.run(&["compare", "project", "--with", "导出", "--out", "对照.xlsx"]).expect(2);
    assert!(again.stderr.contains("已经存在"), "{}", again.stderr);
}

#[test]
fn last_year_is_a_list_too() {
    let desk = desk("compare-year");
    for file in ["huibian.yaml", "data/党组织.yaml"] {
        desk.write(&format!("last/{file}"), desk.files("project")[file].clone());
    }
    let mut people = HERE[..6].to_vec();
    people.push(["T010", "郑爽", "1970-01-02", "甲教师支部", "1995-06-01"]);
    desk.write("last/data/党员.csv", roster(&people));
    let ran = desk.run(&["compare", "project", "--with", "last", "--table", "党员"]).expect(1);
    for line in ["只在本表2条：发展党员1、未说明1。", "只在对方1条：转出1。", "＝ 8，与本表8相符"]
    {
        assert!(ran.stdout.contains(line), "{line} in\n{}", ran.stdout);
    }
    assert!(desk.path("output/名单对照/党员名册对照表.xlsx").is_file());
}

#[test]
fn a_list_that_cannot_be_read_is_no_empty_list() {
    let desk = desk("compare-unread");
    desk.write("导出/党员信息.csv", export());
    desk.write("导出/党员（续）.xlsx", encrypted());
    desk.write("成绩.csv", "课程,分数\n数学,90\n");
    // Headings alone are no list: nothing of this project may stand in its place.
    desk.write("只有表头.csv", roster(&[]));
    for (arguments, said) in [
        (vec!["--with", "导出"], "对方的名单没有全部读出"),
        (vec!["--with", "成绩.csv"], "没有对照"),
        (vec!["--with", "只有表头.csv"], "对方没有“党员”的记录"),
        (vec!["--with", "没有.csv"], "找不到“没有.csv”"),
        (vec!["--with", "导出/党员信息.csv", "--table", "课程"], "没有“课程”的对照办法；可用：党员"),
    ] {
        let ran = desk.run(&[&["compare", "project"], &arguments[..]].concat()).expect(2);
        assert!(ran.stderr.contains(said), "{said} in\n{}", ran.stderr);
    }
    desk.write("project/data/党员（二）.xlsx", encrypted());
    let ran = desk.run(&["compare", "project", "--with", "导出/党员信息.csv"]).expect(2);
    assert!(ran.stderr.contains("本项目的名单没有全部读出"), "{}", ran.stderr);
    assert!(!desk.path("output").exists());
}
