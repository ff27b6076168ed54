//! Conditions over a small world: when they apply, and what undecided counts leave open.

use std::sync::Arc;

use jiff::civil::date;

use super::{Condition, Outcome, check, condition_scene, load};
use dataset::Dataset;
use facts::{Asker, Catalogue, Figures, Frame, Sieve};
use finding::{Finding, Report, Severity, Sources};
use project::Project;
use schema::{self, Schemas};
use source::{Content, Limits, Node, read};

pub(crate) const UNITS: &str = "\
id: units
title: 单位
key: [code]
label: name
fields:
  - {id: code, title: 编号, type: code, required: true}
  - {id: name, title: 名称, type: text}
  - {id: founded, title: 成立, type: date}
  - {id: size, title: 人数, type: integer}
  - {id: telephone, title: 电话, type: text, sensitive: true}
";

pub(crate) const EVENTS: &str = "\
id: events
title: 活动
key: [number]
label: number
fields:
  - {id: number, title: 序号, type: code, required: true}
  - {id: unit, title: 单位, type: reference, to: units, by: [code, name], reverse: events, required: true}
  - {id: kind, title: 类型, type: choice, choices: [{value: 党课}, {value: 学习}]}
  - {id: held, title: 时间, type: date}
  - {id: hours, title: 学时, type: decimal}
";

const FACTS: &str = "\
facts:
  - {id: lectures, title: 党课次数, definition: 党课, of: events, where: [\"kind == '党课'\"]}
";

pub(crate) fn tree(text: &str) -> Node {
    match read(text.as_bytes(), "a.yaml", Sources::default().add("a.yaml"), &Limits::standard()).content {
        Some(Content::Tree(node)) => node,
        other => panic!("{other:?}"),
    }
}

fn schemas() -> Arc<Schemas> {
    Arc::new(schema::load(&[tree(UNITS), tree(EVENTS)], &mut Report::default()).unwrap())
}

/// One condition of units with these further keys, or what is wrong with it, each as `code hint`.
fn condition(keys: &str) -> Result<Condition, Vec<String>> {
    let text = format!(
        "rules:\n  - code: a-rule\n    title: 甲\n    of: units\n    basis: 例\n    cases: {{fires: {{单位: []}}, passes: {{单位: []}}}}\n{keys}"
    );
    let (schemas, mut report) = (schemas(), Report::default());
    let catalogue = Catalogue::load(&[tree(FACTS)], &schemas, &mut report);
    let mut loaded = load(&[tree(&text)], &schemas, &catalogue, &mut report);
    let faults = report.findings().iter();
    let faults: Vec<_> =
        faults.map(|it| format!("{} {}", it.code, it.hint.clone().unwrap_or_default())).collect();
    if faults.is_empty() { Ok(loaded.remove(0)) } else { Err(faults) }
}

/// The figures over one unit with these further fields and these events, and what was found in them.
fn figures(unit: &str, events: &[&str]) -> (Arc<Figures>, Report) {
    let lines = events.iter().enumerate();
    let lines: String = lines.map(|(idx, it)| format!("  - {{序号: \"{idx}\", {it}}}\n")).collect();
    let head = format!("单位:\n  - {{编号: \"1\", 名称: 学院{unit}}}\n活动:\n");
    let (schemas, mut report) = (schemas(), Report::default());
    let catalogue = Catalogue::load(&[tree(FACTS)], &schemas, &mut report);
    let records = schema::bind_tree(&tree(&format!("{head}{lines}")), &schemas, &mut report);
    let dataset = Arc::new(Dataset::new(schemas, records, &mut report));
    let sieve = Sieve::new(dataset, Frame::of_project(&project()));
    (Arc::new(Figures::new(Arc::new(catalogue), sieve)), report)
}

fn project() -> Project {
    Project::example(date(2024, 12, 31))
}

/// A lecture of which the day is known.
const LECTURE_ON_A_DAY: &str = "单位: \"1\", 类型: 党课, 时间: 2024-03-01";

fn judged(keys: &str, unit: &str, events: &[&str]) -> (Outcome, Option<Finding>) {
    let condition = condition(keys).unwrap_or_else(|it| panic!("{keys}: {it:?}"));
    let (figures, _) = figures(unit, events);
    let record = figures.dataset().rows().next().unwrap();
    let scene = condition_scene(record, &figures, Asker::Rule, &project());
    let judgement = condition.judge(&scene, &project());
    (judgement.outcome, judgement.finding)
}

fn outcome(keys: &str, unit: &str, events: &[&str]) -> Outcome {
    judged(keys, unit, events).0
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::NotApplicable => "out",
        Outcome::Met(_) => "met",
        Outcome::Unmet(_) => "unmet",
        Outcome::Undecided(_) => "open",
        Outcome::Fault(_) => "fault",
    }
}

#[test]
fn a_condition_is_in_force_from_its_first_day_to_its_last() {
    let keys = |valid: &str, on: &str| {
        format!("    {valid}\n    {on}\n    require: size is defined\n    message: 空\n")
    };
    let on = "on: founded";
    for (valid, day, wanted) in [
        ("valid_from: 2019-05-01", "2019-04-30", "out"),
        ("valid_from: 2019-05-01", "2019-05-01", "unmet"),
        ("valid_to: 2019-05-01", "2019-05-01", "unmet"),
        ("valid_to: 2019-05-01", "2019-05-02", "out"),
        ("valid_from: 2019-05", "2019-05-01", "unmet"),
        ("valid_to: 2019-05", "2019-05-31", "unmet"),
        ("valid_to: 2019-05", "2019-06-01", "out"),
        ("valid_from: 2019-05-02", "2019-05", "open"),
        ("valid_from: 2019-05-01", "2019-05", "unmet"),
        ("valid_to: 2019-05-30", "2019-05", "open"),
        ("valid_to: 2019-05-31", "2019-05", "unmet"),
        ("{valid_from: 2019-05-02, valid_to: 2019-05-03}", "2019-05", "open"),
        ("{valid_from: 2019-05-15, valid_to: 2018-12-31}", "2019-05", "out"),
    ] {
        let valid = valid.trim_matches(['{', '}']).replace(", ", "\n    ");
        let said = outcome(&keys(&valid, on), &format!(", 成立: {day}"), &[]);
        assert_eq!(word(&said), wanted, "{valid} on {day}: {said:?}");
    }
    // Without a date of its own a record is judged as of the day of the project.
    for (valid, wanted) in [
        ("valid_from: 2024-12-31", "unmet"),
        ("valid_from: 2025-01-01", "out"),
        ("valid_to: 2024-12-31", "unmet"),
        ("valid_to: 2024-12-30", "out"),
    ] {
        assert_eq!(word(&outcome(&keys(valid, "severity: note"), "", &[])), wanted, "{valid}");
    }
    let missing = outcome(&keys("valid_from: 2019-05-01", on), "", &[]);
    assert_eq!(missing, Outcome::Undecided("“学院”的“成立”未填".to_owned()));
    let others = "when: size == 1\n    on: founded";
    assert_eq!(word(&outcome(&keys("valid_from: 2019-05-01", others), ", 人数: 2", &[])), "out");
    assert_eq!(word(&outcome(&keys("valid_from: 2019-05-01", others), ", 成立: 2018-01-01", &[])), "out");
    assert_eq!(word(&outcome(&keys("valid_from: 2019-05-01", others), ", 成立: 2020-01-01", &[])), "open");
}

/// A condition on the number of lectures.
fn lectures(require: &str) -> String {
    format!(
        "    counts: {{n: {{of: events, where: [\"kind == '党课'\"]}}}}\n    require: {require}\n    \
         message: \"{{{{ n }}}}次\"\n    met: \"有{{{{ n }}}}次\"\n"
    )
}

const LECTURE: &str = "单位: \"1\", 类型: 党课";
const STUDY: &str = "单位: \"1\", 类型: 学习";
const UNKNOWN: &str = "单位: \"1\"";

#[test]
fn undecided_records_leave_a_condition_open_only_where_they_could_decide_it() {
    for (require, events, wanted) in [
        ("n >= 1", &[LECTURE, UNKNOWN][..], "met"),
        ("n >= 1", &[STUDY, UNKNOWN], "open"),
        ("n >= 2", &[LECTURE, UNKNOWN], "open"),
        ("n >= 3", &[LECTURE, UNKNOWN], "unmet"),
        ("n >= 3", &[LECTURE, UNKNOWN, UNKNOWN], "open"),
        ("n >= 4", &[LECTURE, UNKNOWN, UNKNOWN], "unmet"),
        ("n <= 3", &[LECTURE, UNKNOWN, UNKNOWN], "met"),
        ("n <= 2", &[LECTURE, UNKNOWN, UNKNOWN], "open"),
        // The ends agree, and the middle does not.
        ("n != 2", &[LECTURE, UNKNOWN, UNKNOWN], "open"),
        ("n == 2", &[LECTURE, UNKNOWN, UNKNOWN], "open"),
        ("n == 0", &[STUDY], "met"),
        ("n == 0", &[], "met"),
    ] {
        let said = outcome(&lectures(require), "", events);
        assert_eq!(word(&said), wanted, "{require} {events:?}: {said:?}");
    }
}

#[test]
fn all_combinations_of_two_undecided_counts_must_agree() {
    let keys = |require: &str| {
        format!(
            "    counts:\n      a: {{of: events, where: [\"kind == '党课'\"]}}\n      \
             b: {{of: events, where: [\"before(held, date('2024-06-01'))\"]}}\n    require: {require}\n    message: 不符\n"
        )
    };
    // One lecture, one event of an unknown kind; one event of the spring, one of an unknown day: 1 or 2 of each.
    let events = ["单位: \"1\", 类型: 党课, 时间: 2024-03-01", "单位: \"1\""];
    for (require, wanted) in [
        ("a + b >= 2", "met"),
        ("a + b >= 3", "open"),
        ("a + b >= 4", "open"),
        ("a + b >= 5", "unmet"),
        ("a == 2 and b == 2", "open"),
        ("a == 1 or b == 1", "open"),
        ("not (a == 2 and b == 1)", "open"),
        ("not (a == 1 and b == 2)", "open"),
        ("a * b != 3", "met"),
    ] {
        let said = outcome(&keys(require), "", &events);
        assert_eq!(word(&said), wanted, "{require}: {said:?}");
    }
}

#[test]
fn with_too_many_combinations_a_condition_is_not_tried() {
    for (n_unknown, wanted) in [(4095, "met"), (4096, "open")] {
        let said = outcome(&lectures("n >= 0"), "", &vec![UNKNOWN; n_unknown]);
        assert_eq!(word(&said), wanted, "{n_unknown}");
    }
}

#[test]
fn an_outcome_says_the_least_figure_what_is_not_in_it_and_why_it_is_open() {
    let unmet = |events: &[&str]| outcome(&lectures("n >= 5"), "", events);
    assert_eq!(unmet(&[LECTURE, STUDY]), Outcome::Unmet("1次".to_owned()));
    let more = "1次（另有2条记录不能判定，未计入）".to_owned();
    assert_eq!(unmet(&[UNKNOWN, LECTURE, UNKNOWN]), Outcome::Unmet(more));
    assert_eq!(outcome(&lectures("n >= 1"), "", &[LECTURE, UNKNOWN]), Outcome::Met("有1次".to_owned()));
    let why = "“0”的“类型”未填".to_owned();
    assert_eq!(outcome(&lectures("n >= 1"), "", &[UNKNOWN, STUDY]), Outcome::Undecided(why.clone()));
    let hours = "    counts: {n: {of: events, where: [\"kind == '党课'\"], measure: sum hours}}\n    \
                 require: at_most_amount(1, n)\n    message: 不足\n";
    let said = outcome(hours, "", &["单位: \"1\", 学时: 2", "单位: \"1\", 类型: 党课, 学时: 2"]);
    assert_eq!(said, Outcome::Undecided(why));
    let said = outcome(hours, "", &[LECTURE]);
    assert_eq!(said, Outcome::Undecided("“0”的“学时”未填".to_owned()));
}

#[test]
fn what_fails_one_condition_does_not_count_though_another_is_undecided() {
    let keys = "    counts: {n: {of: events, where: [\"in_period(held, project.period)\", \"kind == '党课'\"]}}\n    \
                require: n == 0\n    message: \"{{ n }}次\"\n";
    assert_eq!(word(&outcome(keys, "", &[STUDY])), "met");
    assert_eq!(word(&outcome(keys, "", &[LECTURE])), "open");
    assert_eq!(word(&outcome(keys, "", &["单位: \"1\", 时间: 2000-01-01"])), "met");
}

#[test]
fn a_condition_sees_facts_and_its_own_counts_and_its_hint_sees_both() {
    let keys = "    counts: {own: {of: events, where: [\"kind == '党课' and record.size == 7\"]}}\n    \
                require: own + facts.lectures > 9\n    message: \"{{ own }}/{{ facts.lectures }}\"\n    \
                hint: \"差{{ 10 - own - facts.lectures }}次\"\n";
    let (said, finding) = judged(keys, ", 人数: 7", &[LECTURE, LECTURE, STUDY]);
    assert_eq!(said, Outcome::Unmet("2/2".to_owned()));
    assert_eq!(finding.unwrap().hint.as_deref(), Some("差6次"));
    let (said, _) = judged(keys, ", 人数: 7", &[LECTURE, UNKNOWN]);
    let why = "“党课次数”尚不能确定：有记录缺少所需的值".to_owned();
    assert_eq!(said, Outcome::Undecided(why));
}

#[test]
fn a_finding_shows_the_value_that_it_is_about_unless_that_is_sensitive_or_missing() {
    for (at, unit, shown) in [
        ("size", ", 人数: 7", Some("7")),
        ("size", "", None),
        ("telephone", ", 电话: \"4512\"", None),
        ("telephone", "", None),
    ] {
        let (_, finding) =
            judged(&format!("    at: {at}\n    require: name == '无'\n    message: 空\n"), unit, &[]);
        assert_eq!(finding.unwrap().value.as_deref(), shown, "{at}{unit}");
    }
}

#[test]
fn a_count_that_cannot_be_carried_out_is_a_fault_of_the_rule() {
    let keys = "    counts: {n: {of: events, where: [\"months_before(held, 99999) is defined\"]}}\n    require: n > 0\n    message: 空\n";
    let (said, finding) = judged(keys, "", &[LECTURE_ON_A_DAY]);
    assert_eq!(word(&said), "fault", "{said:?}");
    assert_eq!(finding.unwrap().code, "rule-failed");
}

#[test]
fn a_rule_that_asks_for_an_undecided_fact_is_open_and_accuses_nobody() {
    let rule = condition("    require: facts.lectures > 0\n    message: 没有\n").unwrap();
    let (figures, mut report) = figures("", &[UNKNOWN]);
    check(&[rule], &figures, &project(), &mut report);
    let found: Vec<_> = report.findings().iter().map(|it| (&*it.code, it.severity)).collect();
    assert_eq!(found, [("rule-undecided", Severity::Note)]);
    assert!(figures.shown().is_empty(), "no document shows it");
}

#[test]
fn what_an_error_says_of_a_fact_or_a_count_is_not_said_again() {
    let fact = "    require: facts.lectures > 0\n    message: 没有\n";
    let count = lectures("n > 0");
    for keys in [fact, &count] {
        let rule = condition(keys).unwrap();
        let (figures, mut report) = figures("", &["单位: \"1\", 类型: 讲座"]);
        check(&[rule], &figures, &project(), &mut report);
        let found: Vec<_> = report.findings().iter().map(|it| &*it.code).collect();
        assert_eq!(found, ["unknown-choice"], "{keys}");
    }
}

#[test]
fn a_record_that_was_probably_meant_for_a_list_leaves_a_failing_condition_open() {
    let keys = lectures("n >= 1");
    let unit = "学院";
    assert_eq!(word(&outcome(&keys, "", &[STUDY])), "unmet");
    // 学阮 is near 学院, 图书馆 is near nothing: that one is missed by nobody in particular.
    for (name, wanted) in [(unit, "met"), ("学阮", "open"), ("图书馆", "unmet")] {
        let said = outcome(&keys, "", &[&format!("单位: {name}, 类型: 党课")]);
        assert_eq!(word(&said), wanted, "{name}: {said:?}");
    }
    let lost = outcome(&keys, "", &["单位: 学阮, 类型: 党课"]);
    assert_eq!(lost, Outcome::Undecided("“活动”表中有记录的“单位”未能识别".to_owned()));
}

#[test]
fn what_is_wrong_with_a_condition_is_said_where_it_is_loaded() {
    let rest = "    require: size > 0\n    message: 空\n";
    for (keys, wanted) in [
        ("    facts: {n: {of: events}}\n", "unknown-key 请改写为 counts："),
        ("    counts: {facts: {of: events}}\n", "duplicate-key 请换一个名称"),
        ("    let: {n: size}\n    counts: {n: {of: events}}\n", "duplicate-key 请换一个名称"),
        ("    let: {project: size}\n", "duplicate-key 请换一个名称"),
        ("    counts: {n: {of: name}}\n", "wrong-kind of 应写关系"),
        ("    counts: {n: {of: evnts, where: [\"kind\"]}}\n", "unknown-name "),
        ("    counts: {n: {of: events, measure: sum kind}}\n", "wrong-kind 可写 count"),
        ("    on: size\n", "wrong-kind 请写记录中决定适用"),
        ("    counts: {n: {of: events}}\n    when: n > 0\n", "unknown-name "),
        ("    when: facts.lecture > 0\n", "unknown-name "),
    ] {
        let found = condition(&format!("{keys}{rest}")).expect_err(keys);
        assert!(found.len() == 1 && found[0].starts_with(wanted), "{keys}: {found:?}");
    }
    assert!(condition(rest).is_ok());
}

#[test]
fn a_note_on_undecided_records_gives_three_reasons_and_says_that_there_are_more() {
    let rule = condition("    require: before(founded, project.as_of)\n    message: 晚\n").unwrap();
    for (n_units, is_cut) in [(1, false), (3, false), (4, true)] {
        let lines: String =
            (1..=n_units).map(|it| format!("  - {{编号: \"{it}\", 名称: 学院{it}, 成立: 2024}}\n")).collect();
        let (schemas, mut report) = (schemas(), Report::default());
        let records = schema::bind_tree(&tree(&format!("单位:\n{lines}")), &schemas, &mut report);
        let catalogue = Catalogue::load(&[tree(FACTS)], &schemas, &mut report);
        let dataset = Arc::new(Dataset::new(schemas, records, &mut report));
        let sieve = Sieve::new(dataset, Frame::of_project(&project()));
        check(
            std::slice::from_ref(&rule),
            &Arc::new(Figures::new(Arc::new(catalogue), sieve)),
            &project(),
            &mut report,
        );
        let note = &report.findings()[0].message;
        assert!(note.contains(&format!("有{n_units}条记录无法判定")), "{note}");
        assert_eq!(note.ends_with('等'), is_cut, "{note}");
    }
}

#[test]
fn an_example_may_be_a_list_and_the_first_record_of_each_is_judged() {
    let text = "rules:\n  - code: a-rule\n    title: 甲\n    of: units\n    basis: 例\n    when: size is defined\n    require: size > 3\n    message: 少\n    \
                cases:\n      fires:\n        - {单位: [{编号: \"1\", 人数: 3}]}\n        - {单位: [{编号: \"1\", 人数: 2}]}\n      \
                passes: {单位: [{编号: \"1\", 人数: 4}]}\n      skips: {单位: [{编号: \"1\"}]}\n";
    let (schemas, mut report) = (schemas(), Report::default());
    let catalogue = Arc::new(Catalogue::load(&[tree(FACTS)], &schemas, &mut report));
    let rule = load(&[tree(text)], &schemas, &catalogue, &mut report).remove(0);
    let said: Vec<_> = rule
        .cases
        .iter()
        .map(|it| word(&rule.try_case(it, &schemas, &catalogue, date(2024, 5, 31)).unwrap()))
        .collect();
    assert_eq!(said, ["unmet", "unmet", "met", "out"]);
}
