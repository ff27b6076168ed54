//! Facts over a small table: their figures, their faults, and what is undecided.

use std::sync::Arc;

use jiff::civil::date;

use super::{Catalogue, Made};
use crate::{Asker, Figures, Frame, Sieve};
use dataset::{Dataset, FieldId, RowId, TableId, Trace};
use finding::{Place, Report, Sources};
use project::{Project, Templates};
use schema::{self, Schemas};
use source::{Content, Limits, LocatedText, Node, read};
use words::{Type, decimal};

const PEOPLE_ID: TableId = TableId::new(0);

const PEOPLE: &str = "\
id: people
title: 人员
key: [number]
label: number
fields:
  - {id: number, title: 编号, type: code, required: true}
  - {id: sex, title: 性别, type: choice, choices: [{value: 男}, {value: 女}]}
  - {id: born, title: 出生, type: date}
  - {id: fee, title: 党费, type: decimal}
  - {id: partner, title: 结对, type: code}
  - {id: abroad, title: 出国, type: yes_no}
";

/// Has a field of the name that people have.
const GUESTS: &str = "\
id: guests
title: 来宾
label: name
fields:
  - {id: name, title: 姓名, type: text}
  - {id: sex, title: 性别, type: choice, choices: [{value: 男}, {value: 女}]}
";

const RECORDS: &str = "\
人员:
  - {编号: \"1\", 性别: 女, 出生: 1990-01, 党费: 10.10}
  - {编号: \"2\", 性别: 女, 出生: 1995-01, 党费: 0.05}
  - {编号: \"3\", 性别: 男, 出生: 1985-01}
";

const FACTS: &str = "\
facts:
  - {id: all, title: 总数, definition: 全部, of: people}
  - {id: women, title: 女, definition: 女, of: people, where: \"sex == '女'\"}
  - {id: share, title: 占比, definition: 女占全部, value: facts.women * 100 / facts.all, round: 1}
  - {id: half, title: 一半, definition: 一半, value: (facts.all - facts.women) / 2 + 0.25}
  - {id: fees, title: 党费, definition: 女党员党费, of: people, where: [\"sex == '女'\"], measure: sum fee}
  - {id: all_fees, title: 全部党费, definition: 全部党费, of: people, measure: sum fee}
  - {id: sexes, title: 性别数, definition: 性别数, of: people, measure: distinct sex}
  - {id: pairs, title: 对, definition: 两边算一对, of: people, where: partner is defined, once_per: \"pair(number, partner)\"}
  - {id: nothing, title: 无, definition: 除以零, value: facts.all / (facts.women - 2)}
";

fn tree(text: &str) -> Node {
    match read(text.as_bytes(), "a.yaml", Sources::default().add("a.yaml"), &Limits::standard()).content {
        Some(Content::Tree(node)) => node,
        other => panic!("{other:?}"),
    }
}

fn schemas() -> Arc<Schemas> {
    Arc::new(schema::load(&[PEOPLE, GUESTS].map(tree), &mut Report::default()).unwrap())
}

/// The faults of a file of facts, each as `code line:column hint`.
fn faults(facts: &str) -> Vec<String> {
    let mut report = Report::default();
    Catalogue::load(&[tree(facts)], &schemas(), &mut report);
    let one = |it: &finding::Finding| match it.origin.map(|it| it.place) {
        Some(Place::Text { line, column }) => {
            format!("{} {line}:{column} {}", it.code, it.hint.clone().unwrap_or_default())
        }
        other => panic!("{other:?}"),
    };
    report.findings().iter().map(one).collect()
}

fn figures(records: &str) -> Arc<Figures> {
    let (schemas, mut report) = (schemas(), Report::default());
    let catalogue = Catalogue::load(&[tree(FACTS)], &schemas, &mut report);
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    let records = schema::bind_tree(&tree(records), &schemas, &mut report);
    let dataset = Arc::new(Dataset::new(schemas, records, &mut report));
    let frame = Frame::of_project(&Project::example(date(2024, 12, 31)));
    Arc::new(Figures::new(Arc::new(catalogue), Sieve::new(dataset, frame)))
}

fn value(figures: &Figures, id: &str) -> Option<String> {
    figures.get(id).unwrap().1.value.map(|it| it.trimmed().to_string())
}

#[test]
fn facts_are_counted_summed_and_computed_exactly() {
    let figures = figures(RECORDS);
    for (id, wanted) in [
        ("all", Some("3")),
        ("women", Some("2")),
        ("share", Some("66.7")),
        ("half", Some("0.75")),
        ("fees", Some("10.15")),
        ("sexes", Some("2")),
        ("nothing", None),
    ] {
        assert_eq!(value(&figures, id).as_deref(), wanted, "{id}");
    }
    let (table, rows) = figures.get("women").unwrap().1.counted.clone().unwrap();
    assert_eq!((table, rows.iter().collect::<Vec<_>>()), (PEOPLE_ID, [0, 1].map(RowId::new).to_vec()));
}

#[test]
fn a_figure_is_of_whole_numbers_only_where_it_cannot_be_otherwise() {
    let more = "  - {id: sum, title: 和, definition: 和, value: facts.all + facts.women}\n  \
                - {id: rounded, title: 整, definition: 整, value: facts.all / 2, round: 0}\n  \
                - {id: mixed, title: 和, definition: 和, value: facts.all + facts.fees}\n";
    let mut report = Report::default();
    let catalogue = Catalogue::load(&[tree(&format!("{FACTS}{more}"))], &schemas(), &mut report);
    for (id, wanted) in [
        ("all", Type::Number),
        ("sexes", Type::Number),
        ("fees", Type::Decimal),
        ("share", Type::Decimal),
        ("sum", Type::Number),
        ("rounded", Type::Number),
        ("mixed", Type::Decimal),
    ] {
        assert_eq!(catalogue.fact(id).unwrap().value_type(), wanted, "{id}");
    }
}

#[test]
fn a_fact_that_some_record_leaves_open_has_no_value_and_names_the_field() {
    let figures = figures(&RECORDS.replace("性别: 男, ", ""));
    let women = figures.get("women").unwrap().1;
    assert_eq!(women.value, None);
    let third = PEOPLE_ID.record(RowId::new(2));
    assert_eq!(women.open, [third.field(FieldId::new(1))]);
    assert_eq!(value(&figures, "share"), None);
    let fees = figures.get("all_fees").unwrap().1;
    assert_eq!(fees.open, [third.field(FieldId::new(3))]);
    assert_eq!(value(&figures, "all").as_deref(), Some("3"));
}

#[test]
fn what_both_sides_report_counts_once_and_who_is_alone_in_it_counts_too() {
    let paired = |one: &str, two: &str, three: &str| {
        let records = RECORDS.replace("10.10", &format!("10.10{one}")).replace("0.05", &format!("0.05{two}"));
        figures(&records.replace("1985-01", &format!("1985-01{three}")))
    };
    let pairs = |figures: &Figures| value(figures, "pairs");
    assert_eq!(pairs(&paired("", "", "")).as_deref(), Some("0"));
    assert_eq!(pairs(&paired(", 结对: \"2\"", ", 结对: \"1\"", "")).as_deref(), Some("1"));
    let three = paired(", 结对: \"2\"", ", 结对: \"1\"", ", 结对: \"1\"");
    assert_eq!(pairs(&three).as_deref(), Some("2"));
    let (_, rows) = three.get("pairs").unwrap().1.counted.clone().unwrap();
    assert_eq!(rows.iter().collect::<Vec<_>>(), [0, 2].map(RowId::new));
}

#[test]
fn an_expression_that_asks_for_a_fact_has_read_what_the_fact_was_counted_from() {
    let (figures, trace) = (figures(RECORDS), Arc::new(Trace::default()));
    let facts = figures.as_value(Asker::Document, trace.clone());
    assert_eq!(facts.get_attr("women").unwrap().to_string(), "2");
    assert_eq!(
        trace.reads().columns.into_iter().collect::<Vec<_>>(),
        [0, 1].map(|it| PEOPLE_ID.column(FieldId::new(it)))
    );
    assert_eq!(decimal(&facts.get_attr("share").unwrap()).unwrap().to_string(), "66.7");
    assert!(facts.get_attr("nothing").unwrap().is_undefined());
    assert_eq!(figures.shown().len(), 4);
}

#[test]
fn every_fault_has_its_place() {
    let fact = |rest: &str| format!("facts:\n  - {{id: a, title: 甲, definition: 甲, {rest}}}\n");
    for (rest, wanted) in [
        ("of: peple", "schema-name-unknown 2:42 是否应为“people”？"),
        // Of what a table that is not known has, nothing can be said.
        (
            "of: peple, where: sx == '女', measure: sum sx, once_per: sx",
            "schema-name-unknown 2:42 是否应为“people”？",
        ),
        ("of: people, where: sx == '女'", "unknown-name 2:57 "),
        ("of: people, measure: sum sex", "wrong-kind 2:59 "),
        ("of: people, once_per: \"['甲']\"", "wrong-kind 2:60 "),
        ("of: people, once_per: nunber", "unknown-name 2:60 是否"),
        ("value: facts.b + 1", "unknown-name 2:51 "),
        ("value: facts.a + 1", "fact-in-circle 2:5 "),
        ("value: 1 + (2", "expression-syntax 2:51 "),
        ("value: women + 1", "expression-syntax 2:45 "),
    ] {
        let found = faults(&fact(rest));
        assert!(found.len() == 1 && found[0].starts_with(wanted), "{rest}: {found:?}");
    }
    for id in ["9a", "a-b", "Ab"] {
        let found = faults(&fact("of: people").replace("id: a", &format!("id: {id}")));
        assert!(found.len() == 1 && found[0].starts_with("wrong-kind 2:10"), "{id}: {found:?}");
    }
    let round = "facts:\n  - {id: a, title: 甲, definition: 甲, value: facts.b}\n  \
        - {id: b, title: 乙, definition: 乙, value: facts.a}\n  \
        - {id: c, title: 丙, definition: 丙, value: facts.a}\n";
    let found: Vec<String> =
        faults(round).iter().map(|it| it.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(found, ["fact-in-circle 2:5", "fact-in-circle 3:5"], "who only asks for them is in no circle");
    let twice = faults(&FACTS.replace("id: share", "id: women"));
    assert!(twice.iter().any(|it| it.starts_with("duplicate-key 4:5")), "{twice:?}");
}

#[test]
fn facts_are_put_behind_those_that_they_are_computed_from() {
    let mut report = Report::default();
    let declared = "facts:\n  - {id: c, title: 丙, definition: 丙, value: facts.b * 2}\n  \
        - {id: b, title: 乙, definition: 乙, value: facts.a + 1}\n  \
        - {id: a, title: 甲, definition: 甲, of: people}\n";
    let catalogue = Catalogue::load(&[tree(declared)], &schemas(), &mut report);
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    assert!(catalogue.facts.iter().map(|it| &*it.id).eq(["a", "b", "c"]));
    let Made::Derived(sum) = &catalogue.facts[1].made else { panic!("{:?}", catalogue.facts[1]) };
    assert_eq!(sum.source(), "facts.a + 1");
}

#[test]
fn facts_and_dimensions_that_no_template_names_are_noted() {
    let declared = "\
facts:
  - {id: members_total, title: 甲, definition: 甲, of: people}
  - {id: members, title: 乙, definition: 乙, of: people}
  - {id: total, title: 丙, definition: 丙, of: people}
dimensions:
  - {id: education, title: 学历, of: people, field: sex}
  - {id: educations, title: 学历, of: people, field: sex}
";
    let mut report = Report::default();
    let catalogue = Catalogue::load(&[tree(declared)], &schemas(), &mut report);
    let templates = Templates::load(None, &mut Sources::default(), &mut report).unwrap();
    catalogue.report_unused(&templates, &mut report);
    let found: Vec<&str> = report.findings().iter().map(|it| it.message.as_str()).collect();
    assert_eq!(found, ["数据项“members”没有用到", "数据项“total”没有用到", "分组“educations”没有用到"]);
}

#[test]
fn a_dimension_has_a_group_for_each_choice_or_band() {
    let declared = "\
dimensions:
  - {id: sex, title: 性别, of: people, field: sex}
  - {id: age, title: 年龄, of: people, value: year(as_of) - year(born), groups: [{id: young, title: 青, when: value < 35}]}
  - {id: abroad, title: 出国, of: people, field: abroad}
  - {id: any, title: 性别, of: people, field: sex, groups: [{id: both, title: 男或女, values: [男, 女]}]}
";
    let mut report = Report::default();
    let catalogue = Catalogue::load(&[tree(declared)], &schemas(), &mut report);
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    let titles = |idx: usize| {
        let groups = catalogue.dimensions[idx].groups.iter();
        groups.map(|it| format!("{} {}", it.title, it.criterion.source())).collect::<Vec<_>>()
    };
    assert_eq!(titles(0), ["男 sex == '男'", "女 sex == '女'"]);
    assert_eq!(titles(2), ["是 abroad", "否 not abroad"]);
    assert_eq!(titles(3), ["男或女 sex in ['男', '女']"]);
    assert_eq!(titles(1), ["青 value < 35（value = year(as_of) - year(born)）"]);
    assert!(faults(&declared.replace("value < 35", "value < '35'"))[0].starts_with("expression-types 3:"));
    let (schemas, guests) = (schemas(), TableId::new(1));
    let other = |idx: usize| catalogue.dimensions[idx].criterion(0, &schemas, guests, &mut Report::default());
    assert_eq!(other(0).unwrap().source(), "sex == '男'");
    assert!(other(1).is_err(), "guests have no date of birth");
    let named = |id: &str, report: &mut Report| {
        let id = LocatedText { text: id.into(), origin: catalogue.dimensions[0].origin };
        catalogue.dimension(&id, report).map(|it| it.id.clone())
    };
    let mut report = Report::default();
    assert_eq!(named("age", &mut report).as_deref(), Some("age"));
    assert!(report.findings().is_empty());
    assert_eq!(named("ages", &mut report), None);
    assert_eq!(report.findings()[0].message, "没有名为“ages”的分组");
}
