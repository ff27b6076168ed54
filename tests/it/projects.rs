//! A project's own files: another form, another schema, and mistakes in either; and the project that `init` makes.
#![expect(clippy::disallowed_methods, reason = "the test looks whether a folder was made")]

use crate::desk::{Desk, problems};
use crate::paper::Paper;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-05-31
sources: [data]
documents:
  forms: [visit-record]
";

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
";

const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,最近换届时间,党支部书记,支部电话,结对企业,党员总数,正式党员数,预备党员数
010101,甲学院教师党支部,教师党支部,甲学院党委,教师党支部,2010年7月,2023年6月,张晓明,13000000001,示例机床厂,9,8,1
010102,甲学院学生党支部,学生党支部,甲学院党委,学生党支部,2012年9月,2023年6月,李文静,13000000002,示例轴承厂,6,4,2
";

/// A table that the engine has never heard of.
const VISITS_SCHEMA: &str = "\
id: visits
title: 走访记录
sheets: [走访记录]
key: [number]
label: number
subject: {branch: branch, committee: branch.organisation}
fields:
  - {id: number, title: 编号, type: code, length: 3, required: true}
  - {id: branch, title: 走访支部, type: reference, to: branches, by: [code, name], reverse: visits, required: true}
  - {id: day, title: 走访日期, type: date, precision: day, required: true}
  - {id: visitor, title: 走访人, type: name, required: true}
  - {id: talk, title: 走访情况, type: long_text, limit: 60, required: true}
";

const VISITS_RULE: &str = "\
rules:
  - code: visit-in-future
    title: 走访日期不晚于截止日期
    of: visits
    basis: 走访记录填写要求
    require: on_or_before(day, project.as_of)
    at: day
    message: 走访日期{{ day | date_cn }}晚于{{ project.as_of | date_cn }}
    hint: 请核对日期
    cases:
      fires: {走访记录: [{编号: \"001\", 走访日期: 2024-06-01}]}
      passes: {走访记录: [{编号: \"001\", 走访日期: 2024-05-31}]}
";

const VISITS: &str = "\
走访记录:
  - {编号: \"001\", 走访支部: 甲学院教师党支部, 走访日期: 2024年3月5日, 走访人: 王建国, 走访情况: 结对共建按计划推进。}
  - {编号: \"002\", 走访支部: \"010102\", 走访日期: 2024-04-10, 走访人: 阿依古丽·买买提, 走访情况: \"# 不是标题，是文字\"}
";

const FORM: &str = "\
id: visit-record
title: 走访记录表
of: visits
key: number
name: branch.name ~ '（' ~ number ~ '）'
file_name: \"走访记录-{{ number }}-{{ branch.short_name }}\"
folder: \"{{ branch.organisation.unit }}\"
print_set: 走访记录合订本
empty: 无
data:
  branch: branch.name
  partner: branch.partner
  phone: branch.phone
  day: day | date_cn
  visitor: visitor
  talk: talk
";

const LAYOUT: &str = "\
#import \"/typst/page.typ\": official, sheets
#import \"/typst/table.typ\": pairs
#let render(data) = {
  set document(title: data.title, keywords: data.forms.map(form => form.key))
  show: official.with(data.faces, language: data.language)
  sheets(data.faces, draft: data.draft, for form in data.forms {
    let row(label, key) = ((label, form.fields.at(key)),)
    heading(form.name)
    pairs(data.faces, 30mm, (
      row(\"走访支部\", \"branch\"), row(\"结对企业\", \"partner\"), row(\"支部电话\", \"phone\"),
      row(\"走访日期\", \"day\"), row(\"走访人\", \"visitor\"), row(\"走访情况\", \"talk\"),
    ))
  })
}
";

/// A project with a form, a table, a rule, a renamed and an added field of its own; nothing in it is in error.
fn visits(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("data/基层党组织.yaml", STRUCTURE);
    desk.write("data/党支部.csv", BRANCHES);
    desk.write("data/走访.yaml", VISITS);
    // The telephone number goes by a new title, and an enterprise is asked for.
    let built_in = crate::desk::files(&crate::desk::repository("templates/schemas"));
    desk.write("templates/schemas/branches.yaml", &built_in["branches.yaml"]);
    desk.patch(
        "templates/schemas/branches.yaml",
        "{id: phone, title: 联系电话,",
        "{id: phone, title: 支部电话,",
    );
    desk.patch(
        "templates/schemas/branches.yaml",
        "  - {id: remark,",
        "  - {id: partner, title: 结对企业, type: text, limit: 8, required: true}\n  - {id: remark,",
    );
    desk.write("templates/schemas/visits.yaml", VISITS_SCHEMA);
    desk.write("templates/rules/visits.yaml", VISITS_RULE);
    desk.write("templates/forms/visit-record/form.yaml", FORM);
    desk.write("templates/forms/visit-record/layout.typ", LAYOUT);
    desk
}

#[test]
fn another_form_of_another_table_needs_yaml_and_a_layout_only() {
    let desk = visits("projects-form");
    let built = desk.run(&["build", "--out", "out"]).expect(0);
    let mut out = desk.files("out");
    let folder = "forms/visit-record";
    let first = format!("{folder}/甲学院/走访记录-001-教师党支部.pdf");
    let second = format!("{folder}/甲学院/走访记录-002-学生党支部.pdf");
    let volume = format!("{folder}/走访记录合订本.pdf");
    let made: Vec<&String> = out.keys().filter(|it| it.starts_with("forms/")).collect();
    assert_eq!(made, [&first, &second, &volume], "{}", built.stdout);
    let paper = Paper::read(out.remove(&second).unwrap());
    assert_eq!(paper.title, "走访记录表——甲学院学生党支部（002）");
    assert_eq!(paper.keywords, "002");
    assert_eq!(paper.property("pdfaid:conformance"), Some("A"));
    assert_eq!(paper.headings(0), ["甲学院学生党支部（002）"]);
    let text = paper.squeezed();
    for expected in ["2024年4月10日", "阿依古丽·买买提", "#不是标题，是文字"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let volume = Paper::read(out.remove(&volume).unwrap());
    assert!(volume.squeezed().contains("王建国") && volume.squeezed().contains("阿依古丽·买买提"));
}

#[test]
fn a_form_prints_a_fact_and_waits_for_all_that_the_fact_counts() {
    let desk = visits("projects-fact");
    desk.write(
        "templates/facts/visits.yaml",
        "facts: [{id: visits_made, title: 走访次数, definition: 期内的走访, of: visits, where: \"in_period(day, period)\"}]\n",
    );
    let form = "templates/forms/visit-record/form.yaml";
    desk.patch(form, "talk: talk", "talk: talk ~ '（全年' ~ facts.visits_mode ~ '次）'");
    refused(&desk, &format!("{form}:16:30"), &["visits_mode", "visits_made"]);
    desk.patch(form, "facts.visits_mode", "facts.visits_made");
    desk.run(&["build", "--out", "out"]).expect(0);
    let second = "forms/visit-record/甲学院/走访记录-002-学生党支部.pdf";
    let paper = Paper::read(desk.files("out").remove(second).unwrap());
    assert!(paper.squeezed().contains("（全年2次）"), "{}", paper.squeezed());
    // The other visit's day decides how many there were.
    desk.patch("data/走访.yaml", "2024年3月5日", "2024年3月35日");
    desk.run(&["build", "--out", "out"]).expect(1);
    assert!(!desk.files("out").contains_key(second));
}

#[test]
fn a_renamed_and_an_added_field_are_read_checked_and_printed() {
    let desk = visits("projects-schema");
    desk.run(&["build", "--out", "out"]).expect(0);
    let mut out = desk.files("out");
    let paper = Paper::read(out.remove("forms/visit-record/甲学院/走访记录-001-教师党支部.pdf").unwrap());
    let text = paper.squeezed();
    assert!(text.contains("结对企业示例机床厂") && text.contains("支部电话13000000001"), "{text}");

    desk.patch("data/党支部.csv", "13000000001,示例机床厂", "1300000,");
    desk.patch("data/党支部.csv", "示例轴承厂", "示例轴承厂第二分厂");
    let checked = desk.run(&["check", "--format", "json"]).expect(1);
    let findings = checked.findings();
    assert_eq!(
        problems(&findings),
        [
            "error missing-value data/党支部.csv -!J2",
            "error phone-malformed data/党支部.csv -!I2",
            "error text-too-long data/党支部.csv -!J3",
        ]
    );
    assert!(findings.iter().any(|it| it["field"] == "支部电话"), "{}", checked.stdout);
}

#[test]
fn a_rule_of_the_project_is_checked_like_a_built_in_one() {
    let desk = visits("projects-rule");
    desk.patch("data/走访.yaml", "2024-04-10", "2024-06-10");
    let checked = desk.run(&["check", "--format", "json"]).expect(1);
    let findings = checked.findings();
    assert_eq!(problems(&findings), ["error visit-in-future data/走访.yaml:3"]);
    let finding = findings.iter().find(|it| it["code"] == "visit-in-future").unwrap();
    assert_eq!(finding["message"], "走访日期2024年6月10日晚于2024年5月31日");
    assert_eq!(finding["committee"], "甲学院党委");
    assert_eq!(finding["branch"], "甲学院学生党支部");
}

/// Runs `check` on a project with a mistake in its own files: nothing can be made, and the terminal says where and what.
#[track_caller]
fn refused(desk: &Desk, place: &str, words: &[&str]) {
    let checked = desk.run(&["check"]).expect(2);
    assert_eq!(checked.stdout, "");
    for expected in words.iter().chain(&[place]) {
        assert!(checked.stderr.contains(expected), "no “{expected}” in\n{}", checked.stderr);
    }
    let built = desk.run(&["build", "--out", "out"]).expect(2);
    assert!(!built.stderr.is_empty() && !desk.path("out").exists());
}

#[test]
fn an_unknown_key_of_the_project_file_is_refused_with_place_and_nearest_key() {
    let desk = visits("projects-key");
    desk.patch("huibian.yaml", "department:", "departmant:");
    refused(&desk, "huibian.yaml:2:1", &["是否把“department”误写成了“departmant”？"]);
}

#[test]
fn an_unknown_form_is_refused_with_place_and_nearest_form() {
    let desk = visits("projects-unknown");
    desk.patch("huibian.yaml", "[visit-record]", "[visit-records]");
    refused(&desk, "huibian.yaml:7:11", &["visit-records", "是否应为“visit-record”？"]);
}

#[test]
fn a_misspelt_field_in_an_expression_is_refused_with_place_and_nearest_field() {
    let desk = visits("projects-expression");
    desk.patch("templates/forms/visit-record/form.yaml", "visitor: visitor", "visitor: visiter");
    refused(&desk, "templates/forms/visit-record/form.yaml:15:12", &["visiter", "visitor"]);

    let desk = visits("projects-rule-expression");
    desk.patch("templates/rules/visits.yaml", "on_or_before(day,", "on_or_before(branch.electad,");
    refused(&desk, "templates/rules/visits.yaml:6:34", &["electad", "elected"]);
}

#[test]
fn a_misspelt_choice_in_a_rule_is_refused() {
    let desk = visits("projects-choice");
    desk.patch(
        "templates/rules/visits.yaml",
        "on_or_before(day, project.as_of)",
        "branch.kind == '教师支部'",
    );
    refused(&desk, "templates/rules/visits.yaml:6:29", &["教师支部", "教师党支部"]);
}

#[test]
fn a_mistake_in_a_schema_is_refused_with_its_place() {
    let desk = visits("projects-title");
    desk.patch("templates/schemas/visits.yaml", "{id: day, title:", "{id: day, titel:");
    refused(&desk, "templates/schemas/visits.yaml:10:15", &["是否把“title”误写成了“titel”？"]);

    let desk = visits("projects-type");
    desk.patch("templates/schemas/visits.yaml", "type: long_text", "type: longtext");
    refused(&desk, "templates/schemas/visits.yaml:12:", &["longtext", "是否应为“long_text”？"]);

    let desk = visits("projects-width");
    desk.patch("templates/schemas/visits.yaml", "type: long_text", "type: long_text, width: full");
    refused(&desk, "templates/schemas/visits.yaml:12:", &["full", "可用：half"]);
    let desk = visits("projects-width-of-a-name");
    desk.patch("templates/schemas/visits.yaml", "type: name", "type: name, width: half");
    refused(&desk, "templates/schemas/visits.yaml:11:", &["width"]);
}

#[test]
fn a_mistake_in_a_declared_order_is_refused_with_its_place() {
    let overview =
        |sort: &str| format!("overview: {{file_name: 甲, title: 乙, columns: [], sort: [{sort}]}}\ndata:");
    let desk = visits("projects-order");
    desk.patch(
        "templates/forms/visit-record/form.yaml",
        "data:",
        &overview("{value: visitor, order: stroke}"),
    );
    refused(&desk, "templates/forms/visit-record/form.yaml:10:", &["stroke", "是否应为“strokes”？"]);
    let desk = visits("projects-order-of-days");
    desk.patch("templates/forms/visit-record/form.yaml", "data:", &overview("{value: day, order: pinyin}"));
    refused(&desk, "templates/forms/visit-record/form.yaml:10:", &["day", "不能这样排序"]);
}

#[test]
fn a_layout_that_fails_withholds_its_forms_and_names_the_line() {
    let desk = visits("projects-layout");
    desk.patch("templates/forms/visit-record/layout.typ", "heading(form.name)", "heading(form.nome)");
    let built = desk.run(&["build", "--out", "out"]).expect(1);
    assert!(built.stdout.contains("layout.typ:8:"), "{}", built.stdout);
    assert!(desk.files("out").keys().all(|it| !it.starts_with("forms/")));
}

#[test]
fn a_folder_without_a_project_file_is_refused_with_the_remedy() {
    let desk = Desk::new("projects-none");
    let checked = desk.run(&["check"]).expect(2);
    assert!(checked.stderr.contains("huibian.yaml") && checked.stderr.contains("huibian init"));
}

#[test]
fn init_makes_a_project_that_checks_and_builds_as_it_is() {
    let desk = Desk::new("projects-init");
    desk.run(&["init", "我的项目"]).expect(0);
    let checked = desk.run(&["check", "我的项目", "--format", "json"]).expect(0);
    assert_eq!(problems(&checked.findings()), Vec::<String>::new());
    desk.run(&["build", "我的项目"]).expect(0);
    let out = desk.files("output/我的项目");
    assert!(out.keys().any(|it| it.starts_with("forms/model-branch/示例学院/")), "{:?}", out.keys());
    let again = desk.run(&["init", "我的项目"]).expect(2);
    assert!(again.stderr.contains("我的项目") && again.stdout.is_empty());
}
