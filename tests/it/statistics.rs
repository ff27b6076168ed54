//! Statistics: tallies, live totals, editions of committees, and what withholds them.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use crate::desk::{Desk, Files, problems};
use crate::paper::Paper;
use calamine::{Data, Reader, Xlsx};
use huibian::documents::{Declaring, statistics};
use huibian::facts::Catalogue;
use huibian::finding::{Origin, Report, Sources};
use huibian::project::{Templates, Wanted};
use huibian::schema;
use huibian::source::LocatedText;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-12-31
sources: [data]
documents:
  statistics: [small]
";

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
  - {编号: \"0200\", 名称: 中共示例理工大学乙学院委员会, 简称: 乙学院党委, 所属单位: 乙学院, 组织类别: 党委}
";

const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,最近换届时间,党支部书记,党员总数,正式党员数,预备党员数
010101,甲学院教师党支部,教师党支部,甲学院党委,教师党支部,2010年7月,2023年6月,张晓明,3,3,0
010102,甲学院学生党支部,学生党支部,甲学院党委,学生党支部,2012年9月,2023年6月,李文静,2,1,1
020101,乙学院教师党支部,教师党支部,乙学院党委,教师党支部,2010年7月,2023年6月,陈志远,2,2,0
";

const MEMBERS: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,所在党支部编码,党籍状态,入党时间,手机号码
T01,张晓明,男,汉族,1970-05-01,研究生,在职教工,010101,正式党员,1995年6月,13000000001
T02,王芳,女,回族,1994-12-31,研究生,在职教工,010101,正式党员,2015年6月,13000000002
T03,赵磊,男,汉族,1990-01-01,大学本科,在职教工,010101,正式党员,2012年6月,13000000003
S01,李文静,女,汉族,2002-03-04,大学本科,硕士生,010102,正式党员,2022年6月,13000000004
S02,刘洋,男,汉族,2005-09-01,高中,本科生,010102,预备党员,2024年6月,13000000005
T04,陈志远,男,汉族,1980-02-02,研究生,在职教工,020101,正式党员,2005年6月,13000000006
T05,孙丽,女,满族,1985-07-07,研究生,在职教工,020101,正式党员,2008年6月,13000000007
";

const FACTS: &str = "\
facts:
  - {id: women, title: 女党员, unit: 人, definition: 全部女党员, of: members, where: \"sex == '女'\"}
  - {id: everybody, title: 党员总数, unit: 人, definition: 全部党员, of: members}
  - {id: share, title: 女党员占比, unit: '%', definition: 女党员占全部党员, value: facts.women * 100 / facts.everybody, round: 1}
dimensions:
  - id: age
    title: 年龄
    of: members
    value: year(as_of) - year(born)
    groups:
      - {id: to_30, title: 30岁及以下, when: value <= 30}
      - {id: from_31, title: 31岁及以上, when: value >= 31}
  - {id: schooling, title: 学历, of: members, field: education, groups: [{id: graduate, title: 研究生, values: [研究生]}, {id: other, title: 其他, values: [大学本科, 大学专科, 中专, 高中, 初中及以下]}]}
";

const STATISTICS: &str = "\
id: small
title: 党员统计
edition: \"2024\"
basis: 示例
file_name: 党员统计{{ year(as_of) }}
tables: [t1, t2, t3]
cover: {title: 党员统计, lines: [\"填报单位：{{ project.institution }}\"]}
lines: [\"女党员{{ facts.women }}人，占{{ facts.share }}%\", \"{{ committee if committee is defined else '全校' }}\"]
signatures: [填表人：]
charts: [{id: age, title: 年龄, kind: column, table: t1, categories: columns, columns: [age], rows: [total]}]
per_committee: [t1]
comparison: {name: 对照, title: 各单位对照, of: organisations, figures: [{title: 党员/总数, table: t1, row: total, column: total}, {title: 党员/教工, table: t1, row: staff, column: total}]}
";

const T1: &str = "\
id: t1
number: 表1
title: 党员基本情况
of: members
numbering: true
line_numbers: true
zero: blank
rows:
  - {id: total, title: 总计, sum: [staff, students]}
  - id: staff
    title: 教工
    when: category == '在职教工'
    entries: [{id: women, title: 其中：女, when: \"sex == '女'\", of_which: true}]
  - {id: students, title: 学生, when: \"category in ['本科生', '硕士生', '博士生']\"}
  - {id: rest, title: 总计减教工, formula: total - staff}
columns:
  - {id: total, title: 总数}
  - {id: minority, title: 少数民族, when: ethnicity != '汉族'}
  - {id: share, title: 占比, rate: [minority, total]}
  - {id: age, title: 年龄, dimension: age}
  - {id: schooling, title: 学历, dimension: schooling}
";

const T2: &str = "\
id: t2
number: 表2
title: 各分党委
of: members
rows:
  - {id: committees, each: organisations, title: short_name}
  - {id: all, title: 合计, sum: [committees], cells: {last: facts.everybody}}
columns:
  - {id: members, title: 党员, of: members}
  - {id: branches, title: 党支部, of: branches}
  - {id: teachers, title: 教师党支部, of: branches, when: kind == '教师党支部'}
  - {id: last, title: 上年, counted: false}
  - {id: growth, title: 增加, formula: members - last}
";

const T3: &str = "\
id: t3
number: 表3
title: 党支部一览
of: branches
kind: list
total: 合计
columns:
  - {title: 党支部, value: name, align: left}
  - {title: 党员/女, count: {of: members, where: \"sex == '女'\"}}
  - {title: 党员/总数, count: {of: members}}
";

const WORKBOOK: &str = "out/statistics/small/党员统计2024.xlsx";

#[track_caller]
pub(crate) fn small(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("data/基层党组织.yaml", STRUCTURE);
    desk.write("data/党支部.csv", BRANCHES);
    desk.write("data/党员.csv", MEMBERS);
    desk.write("templates/facts/small.yaml", FACTS);
    for (name, text) in [("statistics", STATISTICS), ("t1", T1), ("t2", T2), ("t3", T3)] {
        desk.write(&format!("templates/statistics/small/{name}.yaml"), text);
    }
    desk
}

/// The rows of a sheet below its headings, each as its cells' texts.
fn figures(bytes: &[u8], sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let text = |it: &Data| match it {
        Data::Float(it) => format!("{}", (it * 1000.0).round() / 1000.0),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect::<Vec<_>>().join(" ").trim_end().to_owned()).collect()
}

fn read(files: &Files, path: &str, sheet: &str) -> Vec<String> {
    figures(files.get(path).unwrap_or_else(|| panic!("{path} among {:?}", files.keys())), sheet)
}

fn build(desk: &Desk, more: &[&str], code: i32) -> Files {
    let arguments = [&["build", ".", "--out", "out"], more].concat();
    desk.run(&arguments).expect(code);
    desk.files(".")
}

#[test]
fn every_cell_is_what_its_row_and_column_share_and_totals_agree() {
    let files = build(&small("tallies"), &[], 0);
    let t1 = read(&files, WORKBOOK, "表1");
    assert!(t1.iter().any(|it| it.starts_with("女党员3人，占42.9%")), "{t1:?}");
    for wanted in [
        "甲 乙 1 2 3 4 5 6 7",
        "总计 1 7 2 0.286 3 4 4 3",
        "教工 2 5 2 0.4 1 4 4 1",
        "其中：女 3 2 2 1 1 1 2 0",
        "学生 4 2 0 0 2 0 0 2",
        "总计减教工 5=1−2 2 0 0 2 0 0 2",
    ] {
        assert!(t1.contains(&wanted.to_owned()), "{wanted}: {t1:#?}");
    }
    let t2 = read(&files, WORKBOOK, "表2");
    for wanted in ["甲学院党委 5 2 1", "乙学院党委 2 1 1", "合计 7 3 2 7 0"] {
        assert!(t2.contains(&wanted.to_owned()), "{wanted}: {t2:#?}");
    }
    let compared = read(&files, WORKBOOK, "对照");
    for wanted in ["甲学院党委 5 3", "乙学院党委 2 2", "合计 7 5"] {
        assert!(compared.contains(&wanted.to_owned()), "{wanted}: {compared:#?}");
    }
    let t3 = read(&files, WORKBOOK, "表3");
    for wanted in ["1 甲学院教师党支部 1 3", "3 乙学院教师党支部 1 2", " 合计 3 7"] {
        assert!(t3.contains(&wanted.to_owned()), "{wanted}: {t3:#?}");
    }
}

#[test]
fn totals_and_rates_are_live_formulas() {
    let files = build(&small("live"), &[], 0);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&files[WORKBOOK][..])).unwrap();
    let names = book.sheet_names();
    assert_eq!(names, ["封面", "表1", "表2", "表3", "对照", "图表"]);
    let formulas = |book: &mut Xlsx<_>, sheet: &str| {
        book.worksheet_formula(sheet).unwrap().used_cells().filter(|it| !it.2.is_empty()).count()
    };
    // Of seven columns six are added down and one is a rate in all five rows; the last row is computed, too.
    assert_eq!(formulas(&mut book, "表1"), 6 * 2 + 5);
    assert_eq!(formulas(&mut book, "表2"), 3 + 1);
    assert_eq!(formulas(&mut book, "表3"), 2);
}

#[test]
fn a_committee_has_an_edition_of_its_own() {
    let files = build(&small("editions"), &[], 0);
    let t1 = read(&files, "out/statistics/small/乙学院党委/党员统计2024.xlsx", "表1");
    assert_eq!(t1[0], "表1　党员基本情况（乙学院党委）");
    assert!(t1[1].ends_with("乙学院党委") && read(&files, WORKBOOK, "表1")[1].ends_with("全校"), "{t1:#?}");
    assert!(t1.contains(&"总计 1 2 1 0.5 0 2 2 0".to_owned()), "{t1:#?}");
}

/// Figures of both colleges, which a member who moves changes, beside those of all.
const COLLEGES: &str = "\
facts:
  - {id: first, title: 甲学院党员, unit: 人, definition: 甲学院的党员, of: members, where: \"branch.organisation.unit == '甲学院'\"}
  - {id: second, title: 乙学院党员, unit: 人, definition: 乙学院的党员, of: members, where: \"branch.organisation.unit == '乙学院'\"}
  - {id: both, title: 两院党员, unit: 人, definition: 两院党员之和, value: facts.first + facts.second}
";

/// What differs between two runs: the line before and the line after.
fn changes(before: Vec<String>, after: Vec<String>) -> Vec<(String, String)> {
    assert_eq!(before.len(), after.len());
    before.into_iter().zip(after).filter(|(old, new)| old != new).collect()
}

/// The value of each fact of the project, and how many records it counts.
fn facts(desk: &Desk) -> Vec<String> {
    let explain = |id: &str| {
        let ran = desk.run(&["explain", id, "--format", "json"]).expect(0);
        let explained: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        format!("{id} {} {}", explained["value"].as_str().unwrap(), explained["n_records"])
    };
    ["first", "second", "both", "everybody", "women", "share"].map(explain).into()
}

/// The lines of a workbook's edition on paper.
fn paper(files: &Files, path: &str) -> Vec<String> {
    let paper = Paper::read(files[path].clone());
    paper.sheets.iter().flat_map(|it| it.text.lines()).map(str::to_owned).collect()
}

#[test]
fn a_member_who_moves_changes_the_cells_of_both_committees_and_no_other() {
    let desk = small("moved");
    desk.write("templates/facts/colleges.yaml", COLLEGES);
    let (before, facts_before) = (build(&desk, &[], 0), facts(&desk));
    desk.patch("data/党员.csv", "在职教工,010101,正式党员,2012年6月", "在职教工,020101,正式党员,2012年6月");
    desk.patch("data/党支部.csv", "张晓明,3,3,0", "张晓明,2,2,0");
    desk.patch("data/党支部.csv", "陈志远,2,2,0", "陈志远,3,3,0");
    let (after, facts_after) = (build(&desk, &[], 0), facts(&desk));
    let expected = |lines: &[(&str, &str)]| -> Vec<(String, String)> {
        lines.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    };
    let cells = |files: &Files| -> Vec<String> {
        ["表1", "表2", "表3", "对照"].into_iter().flat_map(|it| read(files, WORKBOOK, it)).collect()
    };
    let moved = expected(&[
        ("甲学院党委 5 2 1", "甲学院党委 4 2 1"),
        ("乙学院党委 2 1 1", "乙学院党委 3 1 1"),
        ("1 甲学院教师党支部 1 3", "1 甲学院教师党支部 1 2"),
        ("3 乙学院教师党支部 1 2", "3 乙学院教师党支部 1 3"),
        ("甲学院党委 5 3", "甲学院党委 4 2"),
        ("乙学院党委 2 2", "乙学院党委 3 3"),
    ]);
    assert_eq!(changes(cells(&before), cells(&after)), moved);
    let pdf = WORKBOOK.replace(".xlsx", ".pdf");
    assert_eq!(changes(paper(&before, &pdf), paper(&after, &pdf)), moved);
    assert_eq!(
        changes(facts_before, facts_after),
        expected(&[("first 5人 5", "first 4人 4"), ("second 2人 2", "second 3人 3")])
    );
}

#[test]
fn a_field_that_was_left_empty_and_is_counted_withholds_what_counts_it() {
    let desk = small("undecided");
    desk.patch("data/党员.csv", "1990-01-01,大学本科,在职教工", "1990-01-01,,在职教工");
    let files = build(&desk, &[], 1);
    let mut found = problems(&desk.findings("out"));
    found.retain(|it| !it.contains("full-members-few"));
    assert_eq!(found, ["error figure-undecided data/党员.csv :4"].map(placed));
    let made: Vec<&String> = files.keys().filter(|it| it.starts_with("out/statistics/")).collect();
    assert!(made.iter().all(|it| it.contains("乙学院党委")) && !made.is_empty(), "{made:?}");
    let draft = build(&desk, &["--draft"], 1);
    let t1 = read(&draft, WORKBOOK, "表1");
    assert!(t1.contains(&"总计 1 7 2 0.286 3 4 4 2".to_owned()), "{t1:#?}");
}

/// The place of a finding in a csv file, whose columns have letters too.
fn placed(problem: &str) -> String {
    problem.replace(" :4", " -!F4")
}

#[test]
fn an_error_where_nothing_is_counted_withholds_nothing() {
    let desk = small("unrelated");
    desk.patch("data/党员.csv", "2012年6月,13000000003", "2012年6月,1300");
    let files = build(&desk, &[], 1);
    assert_eq!(desk.findings("out").iter().filter(|it| it["severity"] == "error").count(), 1);
    assert!(files.contains_key(WORKBOOK));
}

#[test]
fn faults_of_declarations_are_found_in_one_run_each_at_its_place() {
    let desk = small("faults");
    desk.patch("templates/statistics/small/t1.yaml", "sum: [staff, students]", "sum: [staff, studnets]");
    desk.patch("templates/statistics/small/t1.yaml", "dimension: age", "dimension: ages");
    desk.patch("templates/statistics/small/t2.yaml", "kind == '教师党支部'", "kind == '教工支部'");
    desk.patch("templates/facts/small.yaml", "facts.women * 100", "facts.woman * 100");
    let ran = desk.run(&["build", ".", "--out", "out"]).expect(2);
    for wanted in [
        "templates/statistics/small/t1.yaml:9:41",
        "templates/statistics/small/t1.yaml:20:37",
        "templates/statistics/small/t2.yaml:11:62",
        "templates/facts/small.yaml:4:77",
        "是否应为“age”？",
        "是否应为“women”？",
    ] {
        assert!(
            ran.stdout.contains(wanted) || ran.stderr.contains(wanted),
            "{wanted}\n{}{}",
            ran.stdout,
            ran.stderr
        );
    }
}

#[test]
fn what_is_shipped_loads_without_a_word_and_every_fact_is_used() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    let schemas = schema::load(&templates.trees("schemas", &mut report), &mut report).unwrap();
    let catalogue = Catalogue::load(&templates.trees("facts", &mut report), &schemas, &mut report);
    catalogue.report_unused(&templates, &mut report);
    let declarations = templates.in_folder("statistics", "/statistics.yaml");
    let wanted: Vec<Wanted> = declarations
        .map(|(path, it)| {
            let text = path.split('/').nth(1).unwrap().into();
            Wanted::of(LocatedText { text, origin: Origin::file(it.file) })
        })
        .collect();
    assert!(wanted.len() >= 3);
    let declaring = Declaring { templates: &templates, schemas: &schemas, catalogue: &catalogue };
    statistics::load_all(&wanted, declaring, &mut report).unwrap();
    assert!(report.findings().is_empty(), "{:?}", report.findings());
}

#[test]
fn only_statistics_leaves_the_forms_as_they_are() {
    let desk = small("only");
    let files = build(&desk, &["--only", "statistics"], 0);
    let kinds: BTreeMap<&str, usize> =
        files.keys().filter_map(|it| it.strip_prefix("out/")).fold(BTreeMap::new(), |mut kinds, it| {
            *kinds.entry(it.split('/').next().unwrap()).or_default() += 1;
            kinds
        });
    assert!(kinds["statistics"] >= 3 && !kinds.contains_key("forms"), "{kinds:?}");
}

#[test]
fn committees_whose_names_differ_by_nothing_that_windows_tells_have_folders_by_their_keys() {
    let desk = small("namesakes");
    let (first, second) = (("甲学院党委", "党委A"), ("乙学院党委", "党委a"));
    let named = STRUCTURE.replace(first.0, first.1).replace(second.0, second.1);
    desk.write("data/基层党组织.yaml", named);
    desk.write("data/党支部.csv", BRANCHES.replace(first.0, "0100").replace(second.0, "0200"));
    let files = build(&desk, &[], 0);
    let folder =
        |path: &str| path.strip_prefix("out/statistics/small/")?.split_once('/').map(|it| it.0.to_owned());
    let folders: BTreeSet<String> = files.keys().filter_map(|it| folder(it)).collect();
    assert_eq!(folders.into_iter().collect::<Vec<_>>(), ["党委A（0100-0）", "党委a（0200-1）"]);
}
