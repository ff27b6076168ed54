//! What a figure is made of: `huibian explain`.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod asked;

use std::collections::BTreeSet;

use crate::desk::Desk;
use serde_json::Value as Json;

const MEMBERS: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,党籍状态,入党时间,所在党支部编码
T01,张晓明,男,汉族,1970-05-01,研究生,在职教工,正式党员,1995年6月,010101
T02,王芳,女,回族,1994-12-31,研究生,在职教工,正式党员,2015年6月,010101
T03,赵磊,男,汉族,1990-01-01,大学本科,在职教工,正式党员,2012年6月,010101
S01,李文静,女,汉族,2002-03-04,大学本科,硕士生,正式党员,2022年6月,010101
";

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
党支部:
  - {党支部编码: \"010101\", 党支部名称: 甲学院党支部, 简称: 甲支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年6月, 党支部书记: 张晓明, 党员总数: 4, 正式党员数: 4, 预备党员数: 0}
";

const T1: &str = "\
id: t1
number: 表1
title: 党员基本情况
of: members
where: \"status == '正式党员'\"
rows:
  - {id: total, title: 总计, sum: [staff, students]}
  - {id: staff, title: 教工, when: category == '在职教工'}
  - {id: students, title: 学生, when: \"category in ['本科生', '硕士生']\"}
columns:
  - {id: total, title: 总数}
  - {id: women, title: 女, when: sex == '女'}
  - {id: share, title: 占比, rate: [women, total]}
";

fn small(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write(
        "huibian.yaml",
        "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {from: 2024-01-01, to: 2024-12-31}\n\
         as_of: 2024-12-31\nsources: [data]\ndocuments: {statistics: [small]}\n",
    );
    desk.write("data/党组织.yaml", STRUCTURE);
    desk.write("data/党员.csv", MEMBERS);
    let statistics =
        "id: small\ntitle: 党员统计\nedition: \"2024\"\nbasis: 示例\nfile_name: 党员统计\ntables: [t1]\n";
    desk.write("templates/statistics/small/statistics.yaml", statistics);
    desk.write("templates/statistics/small/t1.yaml", T1);
    let check = "checks:\n  - {id: women, title: 女不超过总数, each: t1.rows, left: row.women, relation: \"<=\", right: row.total}\n";
    desk.write("templates/statistics/small/checks.yaml", check);
    desk
}

fn json(desk: &Desk, target: &str, more: &[&str]) -> Json {
    let arguments = [&["explain", target, "--format", "json"], more].concat();
    serde_json::from_str(&desk.run(&arguments).expect(0).stdout).unwrap()
}

#[test]
fn a_cell_lists_exactly_as_many_records_as_it_says() {
    let desk = small("cells");
    // The figures begin at B3: a title, a row of headings.
    for (cell, value) in [("B3", 4), ("B4", 3), ("B5", 1), ("C3", 2), ("C4", 1), ("C5", 1)] {
        let explained = json(&desk, &format!("党员统计.xlsx!表1!{cell}"), &[]);
        assert_eq!(explained["value"], value.to_string(), "{cell}: {explained:#}");
        assert_eq!(explained["n_records"], value, "{cell}");
        assert_eq!(explained["records"].as_array().unwrap().len(), value, "{cell}");
    }
    let women = json(&desk, "党员统计.xlsx!表1!C4", &[]);
    assert_eq!(women["title"], "《党员统计》表1 教工·女");
    assert_eq!((&women["records"][0]["record"], &women["records"][0]["line"]), (&"王芳".into(), &Json::Null));
    assert_eq!(
        (&women["records"][0]["file"], &women["records"][0]["cell"]),
        (&"data/党员.csv".into(), &"A3".into())
    );
    let conditions: Vec<_> =
        women["conditions"].as_array().unwrap().iter().map(|it| it["expression"].as_str().unwrap()).collect();
    assert_eq!(conditions, ["status == '正式党员'", "category == '在职教工'", "sex == '女'"]);
    assert_eq!(women["checks"][0]["sides"], "女 = 1 ≤ 总数 = 3");
    // The sheet goes by its number in any numerals, and by its title.
    for sheet in ["表一", "党员基本情况", "表1　党员基本情况"] {
        assert_eq!(json(&desk, &format!("{sheet}!C4"), &[])["place"], women["place"], "{sheet}");
    }
    let share = json(&desk, "small/党员统计!表1!D3", &[]);
    assert_eq!((&share["value"], share["parts"].as_array().unwrap().len()), (&"50.0%".into(), 2));
}

#[test]
fn a_record_that_is_not_counted_fails_a_condition_that_is_named() {
    let desk = small("why-not");
    let reason = |cell: &str, record: &str| {
        let explained = json(&desk, &format!("表1!{cell}"), &["--record", record]);
        let answer = &explained["answers"][0];
        (answer["is_counted"].as_bool().unwrap(), answer["reasons"][0].as_str().unwrap().to_owned())
    };
    assert_eq!(reason("C4", "王芳"), (true, "计入表1 教工·女".to_owned()));
    assert_eq!(reason("C4", "T01"), (false, "表1 教工·女：不满足列“女”的条件：sex == '女'".to_owned()));
    assert_eq!(reason("C3", "S01"), (true, "计入表1 学生·女".to_owned()));
    desk.patch("data/党员.csv", "T03,赵磊,男", "T03,赵磊,");
    let ran = desk.run(&["explain", "表1!C4", "--record", "T03"]).expect(1);
    assert!(ran.stdout.contains("没有计入") && ran.stdout.contains("列“女”的条件不能确定"), "{}", ran.stdout);
    let ran = desk.run(&["explain", "表1!C4", "--record", "没有此人"]).expect(2);
    assert!(ran.stderr.contains("“党员”和其他表中都没有“没有此人”"), "{}", ran.stderr);
}

#[test]
fn a_row_of_the_checks_shows_both_sides_what_they_are_made_of_and_whom_only_one_counts() {
    let desk = small("checks");
    // Below the title and the headings: a check put to each of three rows.
    let held = json(&desk, "校核!A3", &[]);
    assert_eq!(
        (&held["title"], &held["value"]),
        (&"《党员统计》校核 第1项 女不超过总数".into(), &"符合".into())
    );
    assert_eq!((held["checks"].as_array().unwrap().len(), &held["n_records"]), (3, &0.into()));
    let more = "  - {id: all, title: 教工都是女, left: t1.staff.total, relation: \"=\", right: t1.staff.women, basis: 示例}\n  \
        - {id: most, title: 各行多数是女, each: t1.rows, left: row.women, relation: \">=\", right: row.total - 1}\n";
    desk.patch("templates/statistics/small/checks.yaml", "checks:\n", &format!("checks:\n{more}"));
    let explained = |cell: &str| -> Json {
        let ran = desk.run(&["explain", &format!("党员统计!校核!{cell}"), "--format", "json"]).expect(1);
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let failing = explained("F3");
    assert_eq!(failing["title"], "《党员统计》校核 第1项 教工都是女");
    assert_eq!(failing["value"], "不符，相差2");
    assert_eq!(failing["definition"], "表1 教工·总数 = 3 ＝ 表1 教工·女 = 1");
    let parts: Vec<_> =
        failing["parts"].as_array().unwrap().iter().map(|it| it["place"].as_str().unwrap()).collect();
    assert_eq!(parts, ["B4", "C4"].map(|it| format!("statistics/small/党员统计.xlsx!表1!{it}")));
    let of = |it: &Json| (it["record"].clone(), it["only_in"].clone());
    let records: Vec<_> = failing["records"].as_array().unwrap().iter().map(of).collect();
    assert_eq!(records, ["张晓明", "赵磊"].map(|it| (it.into(), "left".into())));
    // A line that fails has a row of its own below its check.
    assert_eq!(explained("B4")["value"], "不符");
    assert_eq!(
        (&explained("B5")["title"], &explained("B6")["value"]),
        (&"《党员统计》校核 第2项 各行多数是女（总计）".into(), &"不符，相差1".into())
    );
}

#[test]
fn codes_rules_and_facts_are_explained_and_what_is_none_of_them_is_refused() {
    let desk = small("targets");
    let ran = desk.run(&["explain", "check-failed"]).expect(0);
    assert!(ran.stdout.starts_with("校核不符  [check-failed]  错误\n"), "{}", ran.stdout);
    assert_eq!(json(&desk, "date-incomplete", &[])["severity"], "error");
    let fact = json(&desk, "members_total", &[]);
    assert_eq!((&fact["value"], &fact["n_records"]), (&"4人".into(), &4.into()));
    for (target, said) in [
        ("members_totl", "是否应为数据项“members_total”"),
        ("没有.xlsx!表1!B4", "没有统计工作簿“没有.xlsx”"),
        ("表9!B4", "没有工作表“表9”"),
        ("表1!A1", "“表1”的数字在 B3:D5"),
        ("表1!B", "不是单元格的地址"),
        ("图表!B2", "有数字的工作表有：表1、校核"),
    ] {
        let ran = desk.run(&["explain", target]).expect(2);
        assert!(ran.stderr.contains(said), "{target}: {}", ran.stderr);
    }
}

#[test]
fn cells_of_the_university_list_their_records_page_by_page_without_whole_numbers() {
    let desk = Desk::new("university");
    let project = crate::desk::repository("fixtures/university").display().to_string();
    let explained = json(&desk, "示例理工大学党内统计年报表（2024年）.xlsx!表2!E6", &["--project", &project]);
    let n: usize = explained["value"].as_str().unwrap().parse().unwrap();
    assert!(n > 1000 && explained["n_records"] == n && explained["records"].as_array().unwrap().len() == n);
    let target = "party-annual/示例理工大学党内统计年报表（2024年）.xlsx!表2!E6";
    let last = n.div_ceil(20).to_string();
    let page = desk.run(&["explain", target, "--project", &project, "--page", &last]).expect(0).stdout;
    let n_lines = page.lines().skip_while(|it| !it.starts_with("记录：")).count();
    assert_eq!(n_lines, 1 + (n - 1) % 20 + 1, "{page}");
    assert_eq!(crate::desk::numbers(&page), Vec::<&str>::new());
}

#[test]
fn a_figure_that_a_chart_draws_is_that_of_its_table() {
    let desk = Desk::new("charted");
    let project = crate::desk::repository("fixtures/university").display().to_string();
    let book = "示例理工大学党内统计年报表（2024年）.xlsx";
    let explained = |cell: &str| json(&desk, &format!("{book}!{cell}"), &["--project", &project]);
    assert_eq!(explained("图表!B4"), explained("表2!H6"));
    let ran = desk.run(&["explain", "图表!A4", "--project", &project]).expect(2);
    assert!(ran.stderr.contains("不是图表数字所在的单元格"), "{}", ran.stderr);
}

#[test]
fn a_figure_of_the_comparison_is_that_of_its_table_narrowed_to_the_committee() {
    let desk = Desk::new("compared");
    let project = crate::desk::repository("fixtures/university").display().to_string();
    let ask = |cell: &str, more: &[&str]| json(&desk, cell, &[&["--project", &*project], more].concat());
    let value = |it: &Json| it["value"].as_str().unwrap().parse::<usize>().unwrap();
    // The first committee: its members, those on duty; below all committees the table's own figure.
    let total = ask("各二级党组织对照!B6", &[]);
    assert!(value(&total) > 10 && total["n_records"] == value(&total), "{total:#}");
    let committees: BTreeSet<&str> =
        total["records"].as_array().unwrap().iter().map(|it| it["committee"].as_str().unwrap()).collect();
    assert_eq!(committees.len(), 1);
    let committee = committees.first().unwrap();
    assert_eq!(total["title"], format!("《中国共产党党内统计年报表》各二级党组织对照 {committee}·党员总数"));
    let of_table = ask("表2!C6", &["--for", committee]);
    assert_eq!((&of_table["value"], &of_table["records"]), (&total["value"], &total["records"]));
    let sum: usize = total["parts"].as_array().unwrap().iter().map(value).sum();
    assert_eq!(sum, value(&total));
}
