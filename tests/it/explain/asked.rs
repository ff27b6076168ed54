//! Whatever is printed can be asked about, by the names that people use.

use serde_json::Value as Json;

use super::{json, small};
use crate::desk::{Desk, huibian, ran, repository};
use huibian::finding::cell_name;
use huibian::{Answer, Judging, Question, Session};

const T2: &str = "\
id: t2
number: 表2
title: 党费
of: fees
measure: sum paid
rows:
  - {id: all, title: 全部}
  - {id: late, title: 补缴, when: kind == '补缴'}
columns:
  - {id: paid, title: 金额}
";

const T3: &str = "\
id: t3
number: 表3
title: 支部一览表
of: branches
kind: list
total: 合计
columns:
  - {id: branch, title: 党支部, value: short_name}
  - {id: women, title: 女党员, count: {of: members, where: [\"sex == '女'\"]}}
";

const FEES: &str = "\
学工号,姓名,党支部,缴费类型,缴费起始月份,缴费截止月份,缴费金额
T01,张晓明,甲支部,正常缴纳,2024-01,2024-12,120
T02,王芳,甲支部,补缴,2024-01,2024-06,60.5
";

const FACTS: &str = "\
facts:
  - {id: x_women, title: 女党员, definition: 女党员, of: members, where: sex == '女'}
  - {id: x_all, title: 全部党员, definition: 全部党员, of: members}
  - {id: x_share, title: 女党员占比, definition: 占比, unit: \"%\", value: facts.x_women * 100 / facts.x_all, round: 1}
  - {id: x_paid, title: 党费, definition: 党费, of: fees, measure: sum paid}
  - {id: x_payers, title: 缴费人数, definition: 缴费人数, of: fees, measure: distinct member}
";

/// Tables with a sum, a rate and a list with a total, and facts like them.
fn desk(name: &str) -> Desk {
    let desk = small(name);
    desk.write("data/党费.csv", FEES);
    desk.write("templates/statistics/small/t2.yaml", T2);
    desk.write("templates/statistics/small/t3.yaml", T3);
    desk.patch("templates/statistics/small/statistics.yaml", "[t1]", "[t1, t2, t3]");
    desk.write("templates/facts/x.yaml", FACTS);
    desk
}

/// The records of an answer, each with the part that counts it and its amount.
fn records(explained: &Json) -> Vec<String> {
    let words = |it: &Json| {
        let parts = [&it["part"], &it["record"], &it["amount"]];
        parts.iter().filter_map(|it| it.as_str()).collect::<Vec<_>>().join(" ")
    };
    explained["records"].as_array().unwrap().iter().map(words).collect()
}

/// What is said of the records that were asked for.
fn said(explained: &Json) -> Vec<String> {
    let words = |it: &Json| {
        let reasons = it["reasons"].as_array().unwrap().iter().map(|it| it.as_str().unwrap());
        format!(
            "{} {} {}",
            it["record"].as_str().unwrap(),
            it["is_counted"],
            reasons.collect::<Vec<_>>().join("；")
        )
    };
    explained["answers"].as_array().unwrap().iter().map(words).collect()
}

#[test]
fn sums_rates_and_totals_list_their_records_with_what_goes_into_the_figure() {
    let desk = desk("records");
    for (target, value, wanted) in [
        ("表2!B3", "180.5", &["张晓明 120", "王芳 60.5"][..]),
        ("表2!B4", "60.5", &["王芳 60.5"]),
        ("表1!D4", "33.3%", &["分子 王芳", "分母 张晓明", "分母 王芳", "分母 赵磊"]),
        ("表3!C3", "2", &["王芳", "李文静"]),
        ("表3!C4", "2", &["王芳", "李文静"]),
        ("表3!B3", "甲支部", &["甲学院党支部"]),
        ("表3!B4", "合计", &[]),
        ("x_paid", "180.5", &["张晓明 120", "王芳 60.5"]),
        ("x_payers", "2", &["张晓明 张晓明", "王芳 王芳"]),
        (
            "x_share",
            "50%",
            &[
                "女党员 王芳",
                "女党员 李文静",
                "全部党员 张晓明",
                "全部党员 王芳",
                "全部党员 赵磊",
                "全部党员 李文静",
            ],
        ),
    ] {
        let explained = json(&desk, target, &[]);
        assert_eq!(explained["value"], value, "{target}: {explained:#}");
        assert_eq!(records(&explained), wanted, "{target}");
    }
    let text = desk.run(&["explain", "表2!B3"]).expect(0).stdout;
    assert!(text.contains("\n     2  60.5  王芳  "), "{text}");
    let text = desk.run(&["explain", "表1!D4"]).expect(0).stdout;
    assert!(text.contains("\n     1  （分子）王芳  "), "{text}");
}

#[test]
fn a_record_goes_by_its_name_by_a_number_and_by_the_key_of_any_table() {
    let desk = desk("names");
    for (target, record, wanted) in [
        ("表1!C4", "王芳", &["王芳 true 计入表1 教工·女"][..]),
        ("表1!C4", "T02", &["王芳 true 计入表1 教工·女"]),
        (
            "表1!D4",
            "T01",
            &["张晓明 true 分子：表1 教工·女：不满足列“女”的条件：sex == '女'；分母：计入表1 教工·总数"],
        ),
        // Of the branch and of its committee are the members that the figure may count.
        (
            "表1!C4",
            "甲支部",
            &[
                "张晓明 false 表1 教工·女：不满足列“女”的条件：sex == '女'",
                "王芳 true 计入表1 教工·女",
                "赵磊 false 表1 教工·女：不满足列“女”的条件：sex == '女'",
                "李文静 false 表1 教工·女：不满足行“教工”的条件：category == '在职教工'",
            ],
        ),
        (
            "表2!B4",
            "0100",
            &[
                "张晓明 false 表2 补缴·金额：不满足行“补缴”的条件：kind == '补缴'",
                "王芳 true 计入表2 补缴·金额",
            ],
        ),
        ("表2!B4", "T02", &["王芳 true 计入表2 补缴·金额"]),
        ("表2!B4", "赵磊", &["赵磊 false 统计的是“党费收缴”，其中没有与它相连的记录"]),
        ("表3!C3", "王芳", &["王芳 true "]),
        ("表3!C3", "T01", &["张晓明 false 不满足本列的条件：sex == '女'"]),
        ("表3!C4", "T01", &["张晓明 false 不满足本列的条件：sex == '女'"]),
        ("表3!B3", "甲学院党支部", &["甲学院党支部 true "]),
        ("表3!B3", "T01", &["张晓明 false 这一行是“甲学院党支部”的记录"]),
        ("x_women", "T01", &["张晓明 false 不满足条件：sex == '女'"]),
        ("x_share", "T01", &["张晓明 true “女党员”：不满足条件：sex == '女'；“全部党员”：计入"]),
    ] {
        let explained = json(&desk, target, &["--record", record]);
        assert_eq!(said(&explained), wanted, "{target} {record}");
    }
    // Each line of a check, on both sides.
    let of_check = said(&json(&desk, "校核!F3", &["--record", "T01"])).concat();
    for wanted in [
        "左边（教工）：表1 教工·女：不满足列“女”的条件：sex == '女'；右边（教工）：计入表1 教工·总数",
        "右边（学生）：表1 学生·总数：不满足行",
    ] {
        assert!(
            of_check.starts_with("张晓明 true 左边（总计）：") && of_check.contains(wanted),
            "{of_check}"
        );
    }
}

#[test]
fn every_cell_of_the_universitys_statistics_can_be_asked_about_and_says_whom_it_counts() {
    let mut session = Session::default();
    let checked = session.check(&repository("fixtures/university"), &Judging::default()).unwrap();
    let whole = checked.plan.behind.workbooks.iter().filter(|it| it.computed.committee.is_none());
    let mut faults = Vec::new();
    let mut n_asked = 0;
    for workbook in whole {
        for table in workbook.book.sheets.iter().filter_map(|it| it.table()) {
            let (top, left) = table.body();
            let n_left = u16::try_from(table.n_stub).unwrap();
            let columns = u16::try_from(table.columns.len()).unwrap() - n_left;
            let rows = u32::try_from(table.rows.len()).unwrap();
            // A cell of each row, further right from row to row; all of the last row, which is often the total.
            let last = (0..columns).map(|it| (rows.saturating_sub(1), it));
            let across = (0..rows).zip((0..columns.max(1)).cycle());
            for (row, column) in across.chain(last) {
                let cell = cell_name(top + row, left + n_left + column);
                let target = format!("{}!{}!{cell}", workbook.path, table.name);
                n_asked += 1;
                let record = Some("0100").filter(|_| n_asked % 20 == 0);
                for record in [None, record] {
                    let asked = checked.explain(Question { target: &target, within: None, record });
                    let is_fine = match &asked {
                        Ok(_) => true,
                        // What was given counts no records.
                        Err(why) => record.is_some() && why.contains("不是由记录统计得出"),
                    };
                    if !is_fine {
                        faults.push(format!("{target} {record:?}: {asked:?}"));
                    }
                }
            }
        }
    }
    assert!(n_asked > 500, "{n_asked}");
    assert!(faults.is_empty(), "{} of {n_asked}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_examples_of_the_readmes_run_as_they_are_printed() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = crate::repository::text(readme);
        let examples = text.lines().filter_map(|it| it.strip_prefix("    huibian explain \""));
        let mut n_examples = 0;
        for example in examples {
            let (target, rest) = example.split_once('"').unwrap();
            let arguments: Vec<&str> =
                ["explain", target].into_iter().chain(rest.split_whitespace()).collect();
            let ran = ran(huibian(&arguments).current_dir(repository("."))).expect(0);
            assert!(ran.stdout.contains("记录：共"), "{readme}: {example}\n{}", ran.stdout);
            n_examples += 1;
        }
        assert!(n_examples > 0, "{readme}");
    }
}

#[test]
fn cells_of_summaries_and_of_the_list_of_applications_lead_to_their_records() {
    let mut session = Session::default();
    let checked = session.check(&repository("fixtures/university"), &Judging::default()).unwrap();
    let ask = |target: &str| match checked.explain(Question { target, within: None, record: None }) {
        Ok(Answer::Figure(figure)) => Ok(*figure),
        Ok(Answer::Condition(_)) => panic!("{target}"),
        Err(why) => Err(why),
    };
    let summary = "示例理工大学2024年1月至5月基层党建工作总结.xlsx";
    for cell in ["各二级党组织基本情况和主要工作数据!C5", "图表!B4"] {
        let figure = ask(&format!("{summary}!{cell}")).unwrap();
        let n = figure.records.len();
        assert!(n > 10 && figure.value == Some(format!("{n}人")), "{figure:#?}");
        assert_eq!(figure.definition, "正式组织关系在本校的正式党员和预备党员");
    }
    for (target, said) in [
        (format!("{summary}!大事记!A3"), "没有数字"),
        (format!("{summary}!国家级!D4"), "不是由数据项得出的数字"),
        (format!("{summary}!没有的表!D4"), "各月开展组织生活次数"),
        ("申报汇总表!A5".to_owned(), "不是某一条记录的单元格"),
        ("申报汇总表!没有!D5".to_owned(), "没有工作表"),
    ] {
        let why = ask(&target).unwrap_err();
        assert!(why.contains(said), "{target}: {why}");
    }
    let own = ask("申报汇总表!D5").unwrap();
    assert_eq!((own.records.len(), &*own.conditions[0].expression), (1, "branch.kind"));
}
