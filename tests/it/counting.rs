//! One counter: rules, facts and statistics give one answer, also of namesakes and of what is given by its code alone.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use serde_json::Value as Json;

use crate::desk::{Desk, problems};
use crate::paper::Paper;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-12-31
sources: [data]
returns: [{of: [乙学院党委], exempt: 新建}]
documents: {summaries: [active], statistics: [active]}
";

/// Two branches bear one name.
const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
  - {编号: \"0200\", 名称: 中共示例理工大学乙学院委员会, 简称: 乙学院党委, 所属单位: 乙学院, 组织类别: 党委}
党支部:
  - {党支部编码: \"010101\", 党支部名称: 教师党支部, 简称: 教师党支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年6月, 党支部书记: 张晓明, 党员总数: 4, 正式党员数: 4, 预备党员数: 0}
  - {党支部编码: \"010102\", 党支部名称: 教师党支部, 简称: 教师党支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 成立时间: 2010年7月, 最近换届时间: 2023年6月, 党支部书记: 李文静, 党员总数: 4, 正式党员数: 4, 预备党员数: 0}
";

const ACTIVITIES: &str = "\
所在党支部编码,会议类型,会议名称,实际会议时间,应到人数,实到人数
010101,党课,学习党章,2024-03-05,4,4
010102,党课,学习党章,2024-03-06,4,4
010102,主题党日,参观校史馆,2024-03-07,4,4
";

const SUMMARY: &str = "\
id: active
title: 组织生活小结
file_name: 小结
editions: [pdf]
parts: [{id: life, heading: 组织生活, blocks: [{paragraph: \"{{ facts.branches_active }}个党支部开展了组织生活。\"}]}]
";

const STATISTICS: &str =
    "id: active\ntitle: 组织生活统计\nedition: \"2024\"\nbasis: 示例\nfile_name: 统计\ntables: [t1]\n";

const TABLE: &str = "\
id: t1
number: 表1
title: 组织生活
of: activities
rows: [{id: all, title: 全部}, {id: lectures, title: 党课, when: kind == '党课'}]
columns: [{id: n, title: 次数}, {id: branches, title: 党支部数, measure: distinct branch}]
";

const RULES: &str = "\
rules:
  - code: more-branches
    title: 开展组织生活的党支部多于五个
    of: organisations
    severity: query
    basis: 例
    counts: {active: {of: \"branches | map(attribute='activities') | flatten\", measure: distinct branch}}
    when: branches | length > 0
    require: active > 5 and facts.branches_active > 5
    message: 本单位{{ active }}个，全校{{ facts.branches_active }}个
    hint: 还差{{ 6 - active }}个
    cases:
      fires: {基层党组织: [{编号: \"0100\"}]}
      passes: {基层党组织: [{编号: \"0100\"}]}
";

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("data/党组织.yaml", STRUCTURE);
    desk.write("data/组织生活.csv", ACTIVITIES);
    desk.write("templates/summaries/active/summary.yaml", SUMMARY);
    desk.write("templates/statistics/active/statistics.yaml", STATISTICS);
    desk.write("templates/statistics/active/t1.yaml", TABLE);
    desk.write("templates/statistics/active/checks.yaml", "checks: []\n");
    desk.write("templates/rules/more.yaml", RULES);
    desk
}

fn explained(desk: &Desk, target: &str, more: &[&str]) -> Json {
    let arguments = [&["explain", target, "--format", "json"], more].concat();
    serde_json::from_str(&desk.run(&arguments).stdout).unwrap()
}

#[test]
fn branches_given_by_their_codes_alone_count_in_the_summary_the_table_and_the_rule() {
    let desk = desk("counting-codes");
    desk.run(&["build", "--out", "out"]).expect(0);
    let pdf = Paper::read(desk.files("out/summaries")["active/小结.pdf"].clone()).squeezed();
    assert!(pdf.contains("2个党支部开展了组织生活。"), "{pdf}");
    assert_eq!(explained(&desk, "统计.xlsx!表1!C3", &[])["value"], "2");
    assert_eq!(explained(&desk, "facts.branches_active", &[])["value"], "2个");
    let findings = desk.findings("out");
    let rule = findings.iter().find(|it| it["code"] == "more-branches").unwrap();
    assert_eq!((&rule["message"], &rule["hint"]), (&"本单位2个，全校2个".into(), &"还差4个".into()));
}

#[test]
fn a_code_that_is_unknown_is_said_once_and_withholds_what_counts_it() {
    let desk = desk("counting-unknown");
    desk.patch("data/组织生活.csv", "010101,党课", "010909,党课");
    desk.run(&["build", "--out", "out"]).expect(1);
    let found: Vec<String> = problems(&desk.findings("out"));
    assert_eq!(found.iter().filter(|it| it.contains("组织生活.csv")).count(), 1, "{found:#?}");
    assert!(desk.files("out").keys().all(|it| !it.contains("小结") && !it.contains("统计")));
}

#[test]
fn of_a_record_that_is_out_the_condition_is_named_that_it_fails_not_one_that_is_open() {
    let desk = desk("counting-why");
    let table = TABLE.replace("when: kind == '党课'", "when: [\"on_leave > 0\", \"kind == '党课'\"]");
    desk.write("templates/statistics/active/t1.yaml", table);
    let answers = explained(&desk, "表1!B4", &["--record", "参观校史馆"]);
    let reason = answers["answers"][0]["reasons"][0].as_str().unwrap();
    assert_eq!(reason, "表1 党课·次数：不满足行“党课”的条件：kind == '党课'");
}

#[test]
fn the_old_name_of_a_rules_counts_is_refused_with_the_new_one() {
    let desk = desk("counting-renamed");
    desk.patch("templates/rules/more.yaml", "    counts:", "    facts:");
    let ran = desk.run(&["check", "--format", "json"]).expect(2);
    let findings = ran.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(findings[0]["code"], "unknown-key");
    assert!(findings[0]["hint"].as_str().unwrap().contains("counts"), "{findings:#?}");
}
