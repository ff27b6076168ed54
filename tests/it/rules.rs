//! Every built-in rule and condition does what its cases say.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
use std::sync::Arc;

use huibian::dataset::Dataset;
use huibian::documents::Declaring;
use huibian::documents::forms::load_forms;
use huibian::facts::{Catalogue, Figures, Frame, Sieve};
use huibian::finding::{Origin, Report, Sources, codes};
use huibian::project::{Project, Templates, Wanted};
use huibian::rules::{self, Condition, Expected, Outcome};
use huibian::schema::{self, Schemas};
use huibian::source::{Content, Limits, LocatedText, Node, read};
use jiff::civil::date;

/// The built-in rules and the conditions of the built-in forms.
fn built_in() -> (Arc<Schemas>, Arc<Catalogue>, Vec<Condition>) {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    let schemas = schema::load(&templates.trees("schemas", &mut report), &mut report).unwrap();
    let catalogue = Catalogue::load(&templates.trees("facts", &mut report), &schemas, &mut report);
    let rules = templates.trees("rules", &mut report);
    let mut conditions = rules::load(&rules, &schemas, &catalogue, &mut report);
    let declarations = templates.in_folder("forms", "/form.yaml");
    let forms: Vec<Wanted> = declarations
        .map(|(path, file)| {
            let text = path.split('/').nth(1).unwrap().into();
            Wanted::of(LocatedText { text, origin: Origin::file(file.file) })
        })
        .collect();
    assert!(!forms.is_empty());
    let declaring = Declaring { templates: &templates, schemas: &schemas, catalogue: &catalogue };
    let forms = load_forms(&forms, declaring, &mut report).unwrap();
    conditions.extend(forms.forms.into_iter().flat_map(|it| it.conditions));
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    (Arc::new(schemas), Arc::new(catalogue), conditions)
}

#[test]
fn a_case_that_fires_violates_its_condition_and_one_that_passes_meets_it() {
    let (schemas, catalogue, conditions) = built_in();
    let mut faults = Vec::new();
    for condition in &conditions {
        for case in &condition.cases {
            let outcome = condition.try_case(case, &schemas, &catalogue, date(2024, 5, 31));
            let said = match (&outcome, case.expected) {
                (Some(Outcome::Unmet(message)), Expected::Fires) => !message.is_empty(),
                (Some(Outcome::Met(_)), Expected::Passes) => true,
                (Some(Outcome::NotApplicable), Expected::Skips) => true,
                _ => false,
            };
            if !said {
                faults.push(format!("{} should be {:?}: {outcome:?}", condition.code, case.expected));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_condition_has_a_case_of_each_kind_and_a_basis() {
    let (.., conditions) = built_in();
    assert!(conditions.len() >= 20, "{} conditions", conditions.len());
    for condition in &conditions {
        let has = |kind| condition.cases.iter().any(|it| it.expected == kind);
        assert!(has(Expected::Fires) && has(Expected::Passes), "{}", condition.code);
        assert!(!condition.basis.is_empty() && !condition.title.is_empty(), "{}", condition.code);
    }
}

#[test]
fn no_two_conditions_share_a_code_nor_take_one_of_the_engine() {
    let (.., conditions) = built_in();
    let mut seen: BTreeSet<&str> = codes::ALL.iter().map(|it| it.name).collect();
    for condition in &conditions {
        assert!(seen.insert(&condition.code), "{} is taken", condition.code);
    }
}

fn tree(text: &str) -> Node {
    let file = Sources::default().add("a.yaml");
    match read(text.as_bytes(), "a.yaml", file, &Limits::standard()).content {
        Some(Content::Tree(node)) => node,
        other => panic!("{other:?}"),
    }
}

/// A rule that gives a name to what only those records have for which it is meant.
const AGE: &str = "\
rules:
  - code: too-young
    title: 年满十八岁
    of: development
    basis: 例
    let: {age: \"years_between(born, applied)\", old: age >= 18}
    when: stage == '预备党员'
    require: old
    at: born
    message: 只有{{ age }}岁
    cases:
      fires: {党员发展: [{当前发展阶段: 发展对象, 提交书面申请书时间: 2022-03-01}]}
      passes: {党员发展: [{当前发展阶段: 预备党员, 提交书面申请书时间: 2022-03-01}]}
";

#[test]
fn a_name_that_would_be_undecided_leaves_a_record_alone_that_the_rule_is_not_meant_for() {
    let (schemas, catalogue, _) = built_in();
    let rule = rules::load(&[tree(AGE)], &schemas, &catalogue, &mut Report::default()).remove(0);
    let outcomes: Vec<_> = rule
        .cases
        .iter()
        .map(|it| rule.try_case(it, &schemas, &catalogue, date(2024, 5, 31)).unwrap())
        .collect();
    let open = Outcome::Undecided("“第1条”的“出生日期”未填".to_owned());
    assert_eq!(outcomes, [Outcome::NotApplicable, open]);
}

#[test]
fn what_an_error_has_said_is_not_said_again_as_undecided() {
    let (schemas, catalogue, _) = built_in();
    let mut report = Report::default();
    let rules = rules::load(&[tree(AGE)], &schemas, &catalogue, &mut report);
    let records = "党员发展:\n  - {姓名: 张三, 当前发展阶段: 预备党员, 提交书面申请书时间: 2022-03-01, 出生日期: 不详}\n  \
        - {姓名: 李四, 当前发展阶段: 预备党员, 提交书面申请书时间: 2022-03-01, 出生日期: 2004年3月}\n";
    let records = schema::bind_tree(&tree(records), &schemas, &mut report);
    let dataset = Arc::new(Dataset::new(schemas, records, &mut report));
    let project = Project::example(date(2024, 5, 31));
    let sieve = Sieve::new(dataset, Frame::of_project(&project));
    rules::check(&rules, &Arc::new(Figures::new(catalogue, sieve)), &project, &mut report);
    let notes: Vec<&str> = report
        .findings()
        .iter()
        .filter(|it| it.code == codes::RULE_UNDECIDED.name)
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(notes, ["“年满十八岁”有1条记录无法判定：不够精确，不能算出“2004年3月”到“2022年3月1日”的时间"]);
}

/// A condition of a form that holds a branch against the whole university.
const SHARE: &str = "\
conditions:
  - code: branch-too-small
    title: 党员数不少于全校的一半
    basis: 例
    require: member_total * 2 >= facts.members_total
    at: member_total
    message: 全校{{ facts.members_total }}人，本支部{{ member_total }}人
    cases:
      fires: {党支部: [{党支部编码: \"010101\", 党员总数: 1}], 党员: [{学工号: \"1\"}, {学工号: \"2\"}, {学工号: \"3\"}]}
      passes: {党支部: [{党支部编码: \"010101\", 党员总数: 1}], 党员: [{学工号: \"1\"}, {学工号: \"2\"}]}
";

#[test]
fn a_condition_that_asks_for_a_fact_has_cases_that_count_it() {
    let (schemas, catalogue, _) = built_in();
    let scope = catalogue.condition_scope(&schemas);
    let (mut report, of) = (Report::default(), schemas.index("branches"));
    let condition = rules::load_conditions(&tree(SHARE), "conditions", &scope, of, &mut report).remove(0);
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    let case = |it: &rules::Case| condition.try_case(it, &schemas, &catalogue, date(2024, 5, 31)).unwrap();
    let outcomes: Vec<_> = condition.cases.iter().map(case).collect();
    assert_eq!(outcomes, [Outcome::Unmet("全校3人，本支部1人".to_owned()), Outcome::Met(String::new())]);
}
