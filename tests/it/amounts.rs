//! Numbers as large as somebody likes to write them: each is refused at its cell, none ends the run, and none is cut off.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use crate::desk::{Desk, problems};
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-12-31
sources: [data]
given: [{as: plan, title: 预算, file: plan.yaml}]
documents:
  statistics: [grants]
";

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
";

const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,最近换届时间,党支部书记,党员总数,正式党员数,预备党员数
010101,甲学院教师党支部,教师党支部,甲学院党委,教师党支部,2010年7月,2023年6月,张晓明,3,3,0
";

/// A table of which only one field has limits of its own.
const SCHEMA: &str = "\
id: grants
title: 经费
sheets: [经费]
key: [number]
label: number
subject: {branch: branch, committee: branch.organisation}
fields:
  - {id: number, title: 编号, type: code, length: 3, required: true}
  - {id: branch, title: 使用支部, type: reference, to: branches, by: [code, name], reverse: grants, required: true}
  - {id: money, title: 金额, type: decimal, required: true}
  - {id: people, title: 人数, type: integer, required: true}
  - {id: part, title: 比例, type: percent, required: true}
  - {id: hours, title: 学时, type: decimal, unit: 学时, max: 1000, required: true}
";

const RULES: &str = "\
rules:
  - code: grants-beyond-plan
    title: 经费不超过三万亿元
    of: branches
    basis: 示例
    counts: {spent: {of: grants, measure: sum money}, trained: {of: grants, measure: sum hours}, there: {of: grants, measure: sum people}}
    require: less_amount(spent, amount('3000000000000')) and less_amount(trained, 3000) and less_amount(there, 3000000000000)
    at: name
    message: 经费{{ spent | amount }}元
    hint: 请核对
    cases:
      fires: {党支部: [{党支部编码: \"010101\"}], 经费: [{编号: \"001\", 使用支部: \"010101\", 金额: \"1\", 人数: \"1\", 学时: \"3000\"}]}
      passes: {党支部: [{党支部编码: \"010101\"}], 经费: [{编号: \"001\", 使用支部: \"010101\", 金额: \"1\", 人数: \"1\", 学时: \"1\"}]}
";

const FACTS: &str = "\
facts:
  - {id: spent, title: 经费合计, unit: 元, definition: 全部经费, of: grants, measure: sum money}
  - {id: there, title: 人数合计, unit: 人, definition: 全部人数, of: grants, measure: sum people}
  - {id: each, title: 人均经费, unit: 元, definition: 经费除以人数, value: facts.spent / facts.there, round: 2}
";

const STATISTICS: &str = "\
id: grants
title: 经费统计
edition: \"2024\"
basis: 示例
file_name: 经费统计
tables: [t1, t2]
charts: [{id: plan, title: 经费与预算, kind: column, table: t1, categories: rows, rows: [branches, all], columns: [money, planned]}]
";

const T1: &str = "\
id: t1
number: 表1
title: 经费
of: grants
measure: sum money
rows:
  - {id: branches, each: branches, title: short_name}
  - {id: all, title: 合计, sum: [branches], cells: {planned: plan.money}}
columns:
  - {id: money, title: 经费}
  - {id: part, title: 其中首批, when: number == '001'}
  - {id: planned, title: 预算, counted: false}
  - {id: share, title: 首批占比, rate: [part, money], round: 1}
";

const T2: &str = "\
id: t2
number: 表2
title: 各支部
of: branches
kind: list
total: 合计
columns:
  - {title: 党支部, value: name, align: left}
  - {title: 经费, count: {of: grants, measure: sum money}}
  - {title: 学时, count: {of: grants, measure: sum hours}}
";

const CHECKS: &str = "\
checks:
  - {id: plan, title: 经费与预算相差不超过10%, left: t1.all.money, relation: within, band: 10%, right: plan.money, when_given: plan, severity: query}
  - {id: same, title: 合计不小于首批, left: t1.all.money * t1.all.money, relation: \">=\", right: t1.all.part * t1.all.part}
";

const GRANTS: [[&str; 6]; 2] =
    [["001", "010101", "12.25", "3", "25%", "8"], ["002", "010101", "7.5", "2", "50%", "4.5"]];
const HEADINGS: [&str; 6] = ["编号", "使用支部", "金额", "人数", "比例", "学时"];

/// The largest number that a decimal can hold: twice that is more.
const MOST: &str = "79228162514264337593543950335";
const MORE: &str = "79228162514264337593543950336";

fn grants(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("plan.yaml", "money: 20\n");
    desk.write("data/基层党组织.yaml", STRUCTURE);
    desk.write("data/党支部.csv", BRANCHES);
    desk.write("data/经费.csv", csv(&GRANTS));
    desk.write("templates/schemas/grants.yaml", SCHEMA);
    desk.write("templates/rules/grants.yaml", RULES);
    desk.write("templates/facts/grants.yaml", FACTS);
    for (name, text) in [("statistics", STATISTICS), ("t1", T1), ("t2", T2), ("checks", CHECKS)] {
        desk.write(&format!("templates/statistics/grants/{name}.yaml"), text);
    }
    desk
}

fn csv(rows: &[[&str; 6]]) -> String {
    [HEADINGS].iter().chain(rows).map(|it| it.join(",") + "\n").collect()
}

fn yaml(rows: &[[&str; 6]]) -> String {
    let row = |it: &[&str; 6]| {
        let entries = HEADINGS.iter().zip(it).map(|(heading, text)| format!("{heading}: \"{text}\""));
        format!("  - {{{}}}\n", entries.collect::<Vec<_>>().join(", "))
    };
    format!("经费:\n{}", rows.iter().map(row).collect::<String>())
}

/// A workbook whose numbers are number cells if a number cell can hold them.
fn xlsx(rows: &[[&str; 6]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("经费").unwrap();
    for (row, cells) in [HEADINGS].iter().chain(rows).enumerate() {
        for (column, text) in cells.iter().enumerate() {
            let at = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match text.parse::<f64>() {
                Ok(number) if column > 1 && text.len() < 16 => sheet.write(at.0, at.1, number).unwrap(),
                _ => sheet.write(at.0, at.1, *text).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn sheet(desk: &Desk, name: &str) -> Vec<Vec<Data>> {
    let files = desk.files("out/statistics/grants");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&files["经费统计.xlsx"][..])).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_number_that_is_too_large_is_an_error_at_its_cell_in_every_kind_of_file() {
    const RANGE: &str = "number-out-of-range";
    // The column, what stands in it in both rows, and the codes of the errors that follow.
    let cases: &[(usize, [&str; 2], &[&str])] = &[
        (5, [MOST, MOST], &[RANGE, RANGE]),
        (5, ["1000", "1000.1"], &[RANGE]),
        (2, [MOST, MOST], &[RANGE, RANGE]),
        (2, [MOST, &format!("-{MOST}")], &[RANGE, RANGE]),
        (2, [MORE, "0.12345678901234567890123456789"], &[RANGE, RANGE]),
        (2, ["1000000000000", "-1000000000000"], &[RANGE, RANGE]),
        (2, ["999999999999.99", "999999999999.99"], &[]),
        (2, ["-999999999999.99", "0.0000000000000000000000000001"], &[]),
        (3, [MOST, MORE], &[RANGE, RANGE]),
        (3, ["9223372036854775807", "9223372036854775808"], &[RANGE, RANGE]),
        (3, ["-9223372036854775808", "2"], &[RANGE]),
        (3, ["999999999999", "999999999999"], &[]),
        (4, [MOST, &format!("{MOST}%")], &[RANGE, RANGE]),
        (4, [MORE, &format!("{MORE}%")], &[RANGE, RANGE]),
    ];
    let desk = grants("amounts-large");
    desk.write("plan.yaml", "{}\n");
    for (column, texts, codes) in cases {
        let mut rows = GRANTS;
        for (row, text) in rows.iter_mut().zip(texts) {
            row[*column] = text;
        }
        for (name, bytes) in [
            ("经费.csv", csv(&rows).into_bytes()),
            ("经费.yaml", yaml(&rows).into()),
            ("经费.xlsx", xlsx(&rows)),
        ] {
            desk.remove_all("data", "经费");
            desk.write(&format!("data/{name}"), bytes);
            let ran = desk.run(&["check", ".", "--format", "json"]).expect(i32::from(!codes.is_empty()));
            let found: Vec<String> = problems(&ran.findings())
                .into_iter()
                .filter(|it| !it.starts_with("query"))
                .map(|it| it.split(' ').nth(1).unwrap().to_owned())
                .collect();
            assert_eq!(found, *codes, "{name} {texts:?}: {}", ran.stdout);
        }
    }
}

#[test]
fn a_chart_shows_nothing_where_there_is_no_figure() {
    let desk = grants("amounts-chart");
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    let small: Vec<Vec<Data>> = sheet(&desk, "图表").into_iter().skip(2).take(3).collect();
    let word = |it: &str| Data::String(it.to_owned());
    assert_eq!(small[0][1..3], [word("经费"), word("预算")]);
    assert_eq!(small[1][..3], [word("教师党支部"), Data::Float(19.75), Data::Empty]);
    assert_eq!(small[2][..3], [word("合计"), Data::Float(19.75), Data::Float(20.0)]);
}

#[test]
fn a_figure_that_becomes_too_large_is_said_where_it_is_declared_and_withholds_what_needs_it() {
    let desk = grants("amounts-product");
    let grow = |fact: &str, line: &str| {
        desk.write("templates/facts/grants.yaml", format!("{FACTS}{fact}"));
        desk.write("templates/statistics/grants/statistics.yaml", format!("{STATISTICS}{line}"));
        problems(&desk.run(&["check", ".", "--format", "json"]).findings())
    };
    desk.write("data/经费.csv", csv(&[GRANTS[0].map(|it| if it == "12.25" { "999999999999" } else { it })]));
    desk.write("plan.yaml", "{}\n");
    let cube =
        "  - {id: cube, title: 立方, definition: 三次方, value: facts.spent * facts.spent * facts.spent}\n";
    let printed = "lines: [\"{{ facts.cube }}\"]\n";
    let found = grow(cube, printed);
    assert!(found.contains(&"error figure-failed templates/facts/grants.yaml:5".to_owned()), "{found:?}");
    // A quotient by zero has no value, and is no fault of the declaration.
    let nothing = "  - {id: cube, title: 商, definition: 除以零, value: facts.spent / (facts.there - 3)}\n";
    assert_eq!(grow(nothing, ""), [""; 0]);
    // A check of which a side is too large is undecided, and says so.
    desk.patch(
        "templates/statistics/grants/checks.yaml",
        "left: t1.all.money * t1.all.money",
        "left: t1.all.money * t1.all.money * t1.all.money",
    );
    let ran = desk.run(&["check", ".", "--format", "json"]);
    assert!(ran.stdout.contains("数值过大，无法计算，没有校核"), "{}", ran.stdout);
}

#[test]
fn a_given_figure_that_is_too_large_is_refused_at_its_place() {
    let desk = grants("amounts-given");
    for text in [MOST, MORE, "1000000000000", "-1000000000000"] {
        desk.write("plan.yaml", format!("money: {text}\n"));
        let ran = desk.run(&["check", ".", "--format", "json"]).expect(1);
        assert_eq!(problems(&ran.findings()), ["error given-figure-unreadable plan.yaml:1"], "{text}");
    }
    desk.write("plan.yaml", "money: 999999999999\n");
    let ran = desk.run(&["check", ".", "--format", "json"]).expect(0);
    let failed = ran.findings().iter().filter(|it| it["code"] == "check-failed").count();
    assert_eq!(failed, 1, "{}", ran.stdout);
}

#[test]
fn the_sum_of_decimals_in_a_list_keeps_its_places() {
    let desk = grants("amounts-list");
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    let rows = sheet(&desk, "表2");
    let figures = |row: &Vec<Data>| row[2..].to_vec();
    let last = rows.iter().rposition(|it| it.contains(&Data::String("合计".to_owned()))).unwrap();
    assert_eq!(figures(&rows[last - 1]), [Data::Float(19.75), Data::Float(12.5)]);
    assert_eq!(figures(&rows[last]), [Data::Float(19.75), Data::Float(12.5)]);
}
