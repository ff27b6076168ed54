//! Statistics are proved: checks among their figures, with last year's, with those of others.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use crate::desk::{Desk, of_severity, problems};
use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value as Json;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-12-31
sources: [data]
returns: [{absent: none}]
documents:
  statistics: [small]
";

const MEMBERS: &str = "\
学工号,姓名,性别,民族,出生日期,学历,人员类别,党籍状态,入党时间,所在党支部编码
T01,张晓明,男,汉族,1970-05-01,研究生,在职教工,正式党员,1995年6月,010101
T02,王芳,女,回族,1994-12-31,研究生,在职教工,正式党员,2015年6月,010101
T03,赵磊,男,汉族,1990-01-01,大学本科,在职教工,正式党员,2012年6月,010101
S01,李文静,女,汉族,2002-03-04,大学本科,硕士生,正式党员,2022年6月,010101
S02,刘洋,男,汉族,2005-09-01,高中,本科生,预备党员,2024年6月,010101
";

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
党支部:
  - {党支部编码: \"010101\", 党支部名称: 甲学院党支部, 简称: 甲支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年6月, 党支部书记: 张晓明, 党员总数: 5, 正式党员数: 4, 预备党员数: 1}
";

const STATISTICS: &str = "\
id: small
title: 党员统计
edition: \"2024\"
basis: 示例
file_name: 党员统计
tables: [t1]
";

const T1: &str = "\
id: t1
number: 表1
title: 党员基本情况
of: members
rows:
  - {id: total, title: 总计, sum: [staff, students]}
  - id: staff
    title: 教工
    when: category == '在职教工'
    entries: [{id: women, title: 其中：女, when: \"sex == '女'\", of_which: true}]
  - id: students
    title: 学生
    when: \"category in ['本科生', '硕士生']\"
    entries: [{id: women, title: 其中：女, when: \"sex == '女'\", of_which: true}]
columns:
  - {id: total, title: 总数}
  - {id: graduates, title: 研究生学历, when: education == '研究生'}
  - {id: minority, title: 少数民族, when: ethnicity != '汉族'}
  - {id: share, title: 占比, rate: [minority, total]}
";

const HOLDING: &str = "\
checks:
  - {id: women, title: 女教工不超过教工, each: t1.columns, left: column.staff.women, relation: \"<=\", right: column.staff}
  - {id: parts, title: 总计等于两类之和, each: t1.columns, left: column.staff + column.students, relation: \"=\", right: column.total}
  - {id: minority, title: 少数民族不超过总数, each: t1.rows, left: row.minority, relation: \"<=\", right: row.total}
";

fn small(name: &str, checks: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("data/党组织.yaml", STRUCTURE);
    desk.write("data/党员.csv", MEMBERS);
    desk.write("templates/statistics/small/statistics.yaml", STATISTICS);
    desk.write("templates/statistics/small/t1.yaml", T1);
    desk.write("templates/statistics/small/checks.yaml", format!("{HOLDING}{checks}"));
    desk
}

/// Gives the project figures under the name `last_year`.
fn give(desk: &Desk, file: &str) {
    let given =
        format!("given: [{{as: last_year, title: 上年年报, file: {file}, statistics: small}}]\ndocuments:");
    desk.patch("huibian.yaml", "documents:", &given);
}

/// The findings about figures, with all that is said.
fn found(desk: &Desk, code: i32) -> Vec<Json> {
    let findings = desk.run(&["check", ".", "--format", "json"]).expect(code).findings();
    let is_own =
        |it: &Json| ["check-", "given-"].iter().any(|own| it["code"].as_str().unwrap().starts_with(own));
    findings.into_iter().filter(is_own).collect()
}

fn message(finding: &Json) -> &str {
    finding["message"].as_str().unwrap()
}

#[test]
fn checks_that_hold_say_nothing_and_stand_on_a_sheet_of_their_own() {
    let desk = small("holding", "");
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    assert!(desk.findings("out").iter().all(|it| !it["code"].as_str().unwrap().starts_with("check-")));
    let files = desk.files("out");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&files["statistics/small/党员统计.xlsx"][..])).unwrap();
    let range = book.worksheet_range("校核").unwrap();
    let rows: Vec<Vec<String>> =
        range.rows().map(|it| it.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(rows[1], ["序号", "校核内容", "左边", "关系", "右边", "结果", "说明"]);
    // Shares do not add up: of four columns three are checked.
    assert_eq!(rows[3], ["2", "总计等于两类之和", "教工＋学生", "＝", "总计", "符合", "共3项，均符合"]);
    assert_eq!(rows[4][5..], ["符合", "共5项，均符合"]);
}

#[test]
fn a_check_that_fails_shows_both_sides_and_the_records_that_make_the_difference() {
    let check = "  - {id: schooling, title: 教工都是研究生学历, left: t1.staff.total, relation: \"=\", right: t1.staff.graduates, basis: 示例}\n";
    let desk = small("failing", check);
    let findings = found(&desk, 1);
    let [only] = &findings[..] else { panic!("{findings:#?}") };
    assert_eq!(
        message(only),
        "教工都是研究生学历：表1 教工·总数为3，表1 教工·研究生学历为2，相差1，应当相等"
    );
    assert_eq!((&only["severity"], &only["basis"]), (&"error".into(), &"示例".into()));
    assert_eq!(only["related"][0]["label"], "只计入前者：赵磊");
    assert_eq!(
        (&only["related"][0]["file"], only["related"].as_array().unwrap().len()),
        (&"data/党员.csv".into(), 1)
    );
    // The workbook waits; as a draft it says so on its sheet.
    desk.run(&["build", ".", "--out", "out"]).expect(1);
    assert!(desk.files("out").keys().all(|it| !it.starts_with("statistics/")));
    desk.run(&["build", ".", "--out", "out", "--draft"]).expect(1);
    let files = desk.files("out");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&files["statistics/small/党员统计.xlsx"][..])).unwrap();
    let range = book.worksheet_range("校核").unwrap();
    let last = range.rows().next_back().unwrap();
    assert_eq!(last[5].to_string(), "不符");
    // Of a value in error all is said where it stands.
    desk.patch("data/党员.csv", "1990-01-01,大学本科", "1990-01-01,在读");
    assert!(found(&desk, 1).is_empty());
    desk.patch("data/党员.csv", "1990-01-01,在读", "1990-01-01,大学本科");
    // The same figures almost fail.
    desk.patch("data/党员.csv", "1990-01-01,大学本科", "1990-01-01,研究生");
    assert!(found(&desk, 0).is_empty());
}

#[test]
fn a_name_that_no_table_has_is_an_error_with_its_place_and_the_nearest_name() {
    let cases = [
        ("left: t1.staf.total", ":5:", "是否应为“staff”？"),
        ("left: t1.staff.graduate", ":5:", "是否应为“graduates”？"),
        ("left: t3.staff.total", ":5:", "是否应为“t1”？"),
        ("left: last_year.t1.total", ":5:", ""),
    ];
    for (left, place, hint) in cases {
        let desk =
            small("misnamed", &format!("  - {{id: a, title: 甲, {left}, relation: \"=\", right: \"0\"}}\n"));
        let ran = desk.run(&["check", "."]).expect(2);
        let text = format!("templates/statistics/small/checks.yaml{place}");
        assert!(ran.stderr.contains(&text) && ran.stderr.contains(hint), "{left}: {}", ran.stderr);
    }
}

#[test]
fn a_wrong_figure_planted_in_a_published_table_is_found_and_one_within_rounding_is_not_an_error() {
    let desk = Desk::new("planted");
    desk.copy("fixtures/bulletin", "bulletin");
    let check =
        |desk: &Desk, code| desk.run(&["check", "bulletin", "--format", "json"]).expect(code).findings();
    let before = check(&desk, 0);
    assert!(
        before.iter().all(|it| it["code"] == "check-rounding" && it["severity"] == "note"),
        "{before:#?}"
    );
    desk.patch("bulletin/公报数据.yaml", "y2022: {number: 1243.5}", "y2022: {number: 1243.6}");
    let rounding = check(&desk, 0);
    assert_eq!(rounding.len(), before.len() + 1, "{rounding:#?}");
    desk.patch("bulletin/公报数据.yaml", "y2022: {number: 1243.6}", "y2022: {number: 1253.5}");
    let wrong = check(&desk, 1);
    let errors = of_severity(&wrong, "error");
    let [only] = &errors[..] else { panic!("{wrong:#?}") };
    assert!(
        message(only).contains("为9814.1，")
            && message(only).contains("党员总数·2022年/数量为9804.1，相差10"),
        "{only:#}"
    );
    assert_eq!((&only["file"], only["line"].is_null()), (&"公报数据.yaml".into(), false));
}

/// The lines of the bulletin that a slip of the hand may exchange: those of one kind in one year.
const EXCHANGED: [&[&str]; 4] = [
    &["2930.2, share: 29.9", "744.5, share: 7.6", "5365.4, share: 54.7"],
    &["1243.5", "1150.0", "1035.6", "896.6", "929.1", "897.5", "915.9", "2735.9"],
    &["9.6", "1360.9", "6053.2", "2380.5"],
    &["664.9", "2603.2", "1589.8", "1126.5", "778.4", "290.1", "764.5", "1986.7"],
];

#[test]
fn two_lines_that_were_exchanged_are_found_by_the_year_before_unless_they_are_alike() {
    let desk = Desk::new("exchanged");
    desk.copy("fixtures/bulletin", "bulletin");
    let path = "bulletin/公报数据.yaml";
    let whole = String::from_utf8(desk.files("bulletin").remove("公报数据.yaml").unwrap()).unwrap();
    let line = |it: &str| format!("y2022: {{number: {it}}}");
    let (mut n_all, mut unseen) = (0, Vec::new());
    for kind in EXCHANGED {
        for (number, one) in kind.iter().enumerate() {
            for other in &kind[number + 1..] {
                let [a, b] = [one, other].map(|it| line(it));
                let exchanged = whole.replacen(&a, "?", 1).replacen(&b, &a, 1).replacen('?', &b, 1);
                assert_ne!(exchanged, whole);
                desk.write(path, exchanged);
                let found = desk.run(&["check", "bulletin", "--format", "json"]).findings();
                n_all += 1;
                if found.iter().all(|it| it["code"] != "check-failed") {
                    unseen.push((*one, *other));
                }
            }
        }
    }
    // So near to each other that each might be the other's successor.
    let alike = [
        ("896.6", "929.1"),
        ("896.6", "897.5"),
        ("896.6", "915.9"),
        ("929.1", "897.5"),
        ("897.5", "915.9"),
        ("778.4", "764.5"),
    ];
    assert_eq!((n_all, unseen), (65, alike.to_vec()));
}

/// A table as an office may keep it: a title row, headings of two rows, a row more, and the rows in another order.
fn last_year(total: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("表1（上年）").unwrap();
    let rows: [&[&str]; 8] = [
        &["党员基本情况"],
        &["项目", "党员"],
        &["", "总数", "研究生学历", "少数民族", "占比"],
        &["学生", "2", "0", "0", "0%"],
        &["其中：女", "1", "0", "0", "0%"],
        &["另有外聘", "9", "9", "9", ""],
        &["教工", "2", "2", "1", "50%"],
        &["其中：女", "1", "1", "1", "100%"],
    ];
    sheet.merge_range(1, 1, 1, 4, "党员", &Format::new()).unwrap();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(cells) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) if text.is_empty() => continue,
                Err(_) => sheet.write(row, column, *text).unwrap(),
            };
        }
    }
    sheet.write(8, 0, "总计").unwrap().write(8, 1, total).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn last_years_workbook_is_read_by_the_titles_of_its_lines() {
    let checks = "  - {id: women, title: 女教工与上年一致, left: t1.staff.women.total, relation: \"=\", right: last_year.t1.staff.women.total, when_given: last_year}\n  \
        - {id: girls, title: 女学生与上年一致, left: t1.students.women.total, relation: \"=\", right: last_year.t1.students.women.total, when_given: last_year}\n  \
        - {id: growth, title: 总数与上年相比变化不超过20%, left: t1.total.total, relation: within, right: last_year.t1.total.total, band: 20%, severity: query, when_given: last_year}\n";
    let desk = small("last-year", checks);
    // Without it nothing is compared, and nothing is said.
    assert!(found(&desk, 0).is_empty());
    give(&desk, "上年.xlsx");
    desk.write("上年.xlsx", last_year("5人"));
    assert_eq!(found(&desk, 0), Vec::<Json>::new());
    desk.write("上年.xlsx", last_year("4"));
    let grown = found(&desk, 0);
    let [only] = &grown[..] else { panic!("{grown:#?}") };
    assert!(
        message(only).contains("表1 总计·总数为5，“上年年报”表1 总计·总数为4，相差1，相差应当不超过20%"),
        "{only:#}"
    );
    assert_eq!(problems(&grown), ["query check-failed 上年.xlsx 表1（上年）!B9"]);
    desk.write("上年.xlsx", last_year("约5"));
    assert!(
        problems(&found(&desk, 1))
            .contains(&"error given-figure-unreadable 上年.xlsx 表1（上年）!B9".to_owned())
    );
}

#[test]
fn our_own_workbook_comes_back_with_every_figure() {
    let desk = small("own", "");
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    let bytes = desk.files("out").remove("statistics/small/党员统计.xlsx").unwrap();
    let cells = ["total", "staff", "staff.women", "students", "students.women"]
        .into_iter()
        .flat_map(|row| ["total", "graduates", "minority"].map(|column| format!("{row}.{column}")));
    let check = |(idx, it): (usize, String)| {
        let sides =
            format!("left: t1.{it}, relation: \"=\", right: last_year.t1.{it}, when_given: last_year");
        format!("  - {{id: c{idx}, title: 甲, {sides}}}\n")
    };
    let checks: String = cells.enumerate().map(check).collect();
    let next = small("own-next", &checks);
    next.write("去年/党员统计.xlsx", &bytes);
    give(&next, "去年/党员统计.xlsx");
    assert_eq!(found(&next, 0), Vec::<Json>::new());
    next.patch("data/党员.csv", "S02,刘洋,男", "S02,刘洋,女");
    assert_eq!(found(&next, 1).len(), 1);
}

/// A table by committees: its rows are those of the year, and stand above the only row that is always there.
const T2: &str = "\
id: t2
number: 表2
title: 各单位党员
of: members
numbering: true
rows:
  - {id: units, each: organisations, title: short_name}
  - {id: total, title: 合计, sum: [units]}
columns:
  - {id: total, title: 总数}
  - {id: women, title: 女, when: sex == '女'}
  - {id: share, title: 女党员占比, rate: [women, total], round: 1}
";

/// A project with two committees whose members stand in a table by committees, held against last year's by `checks`.
fn by_committees(name: &str, checks: &str) -> Desk {
    let desk = small(name, checks);
    let second =
        "名称: 中共示例理工大学乙学院委员会, 简称: 乙学院党委, 所属单位: 乙学院, 组织类别: 党委}\n党支部:";
    desk.patch("data/党组织.yaml", "党支部:", &format!("  - {{编号: \"0200\", {second}"));
    desk.patch("templates/statistics/small/statistics.yaml", "[t1]", "[t1, t2]");
    desk.write("templates/statistics/small/t2.yaml", T2);
    desk
}

#[test]
fn the_rows_of_each_committee_come_back_by_their_titles_and_as_their_sum() {
    let desk = by_committees("each", "");
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    let bytes = desk.files("out").remove("statistics/small/党员统计.xlsx").unwrap();
    let check = |id: &str, each: &str, (left, right): (String, String)| {
        format!(
            "  - {{id: {id}, title: 与上年一致, {each}left: {left}, relation: \"=\", right: \"{right}\", when_given: last_year}}\n"
        )
    };
    let columns = ["total", "women"].map(|it| {
        let of_row = (format!("row.{it}"), format!("last_year.t2.row.{it}"));
        let sum = (format!("t2.units.{it}"), format!("last_year.t2.units.{it}"));
        check(&format!("row-{it}"), "each: t2.rows, ", of_row) + &check(&format!("sum-{it}"), "", sum)
    });
    let named = ("t2.total.total".to_owned(), "last_year.t2.units['甲学院党委'].total".to_owned());
    let next = by_committees("each-next", &(columns.concat() + &check("named", "", named)));
    next.write("去年.xlsx", &bytes);
    give(&next, "去年.xlsx");
    assert_eq!(found(&next, 0), Vec::<Json>::new());
    next.patch("data/党员.csv", "S02,刘洋,男", "S02,刘洋,女");
    let grown = found(&next, 1);
    assert_eq!(grown.len(), 3, "{grown:#?}");
    let row = "与上年一致（甲学院党委）：女为3，“上年年报”甲学院党委·女为2，相差1，应当相等";
    assert!(grown.iter().any(|it| message(it) == row), "{grown:#?}");
    // A committee that there was not last year.
    next.patch("data/党员.csv", "S02,刘洋,女", "S02,刘洋,男");
    next.patch("data/党组织.yaml", "简称: 乙学院党委", "简称: 丙学院党委");
    let open = found(&next, 0);
    assert_eq!(open.len(), 2, "{open:#?}");
    assert!(message(&open[0]).contains("没有提供 last_year.t2.units.丙学院党委.total"), "{open:#?}");
}

#[test]
fn what_is_given_and_cannot_be_used_is_said_where_it_is_named() {
    let desk = small("unusable", "");
    give(&desk, "没有.xlsx");
    assert_eq!(
        problems(&found(&desk, 1)),
        ["error given-file-unusable huibian.yaml :7"].map(|it| it.replace(" :", ":"))
    );
    desk.write("没有.xlsx", last_year("5"));
    desk.patch("huibian.yaml", ", statistics: small", "");
    assert_eq!(problems(&found(&desk, 1)), ["error given-file-unusable huibian.yaml:7"]);
    desk.patch("huibian.yaml", "没有.xlsx", "数.yaml");
    desk.write("数.yaml", "t1: {total: {total: 很多}}\n");
    assert_eq!(problems(&found(&desk, 1)), ["error given-figure-unreadable 数.yaml:1"]);
}
