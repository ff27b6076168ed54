//! A small world for the tests of this module: a branch, its members and their honours.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object};

use super::{Absence, Expression, Scope, Template, Type, Unanswered, Verdict, note_absence, to_words};
use finding::{Origin, Place, Report, Sources};
use value::{PartialDate, Raw, Value as Field, parse_decimal};

/// The schemas of the example.
pub(super) struct Schemas;

impl Scope for Schemas {
    fn variable(&self, name: &str) -> Option<Type> {
        let figures = || [(Arc::from("members"), Type::Number), (Arc::from("fund"), Type::Decimal)];
        Some(match name {
            "branch" => Type::Record("branches".into()),
            "as_of" => Type::Date,
            "cycle" => Type::Period,
            "facts" => Type::Names(Arc::new(BTreeMap::from(figures()))),
            "anything" => Type::Any,
            _ => return None,
        })
    }

    fn variables(&self) -> Vec<Arc<str>> {
        ["as_of", "branch", "cycle", "facts"].map(Arc::from).to_vec()
    }

    fn field(&self, table: &str, name: &str) -> Option<Type> {
        let choice = |texts: &[&str]| Type::Choice(texts.iter().map(|it| Arc::from(*it)).collect());
        Some(match (table, name) {
            (_, "name") => Type::Text,
            ("branches", "kind") => choice(&["教师党支部", "学生党支部"]),
            ("branches", "established" | "elected") | ("members", "joined") => Type::Date,
            ("branches", "total" | "quota") | ("members", "points") => Type::Number,
            ("branches", "stable") | ("members", "full") => Type::YesNo,
            ("branches", "fund") | ("members", "dues") => Type::Decimal,
            ("branches", "members") => Type::Record("members".into()).list(),
            ("members", "honours") => Type::Record("honours".into()).list(),
            ("members", "branch") => Type::Record("branches".into()),
            ("honours", "level") => choice(&["校级", "省级"]),
            _ => return None,
        })
    }

    fn fields(&self, table: &str) -> Vec<Arc<str>> {
        match table {
            "branches" => {
                ["elected", "established", "fund", "kind", "members", "name", "quota", "stable", "total"]
                    .map(Arc::from)
                    .to_vec()
            }
            _ => ["full", "honours", "joined", "name", "points"].map(Arc::from).to_vec(),
        }
    }
}

/// A record as `dataset` makes them: a missing field notes why and is undefined.
#[derive(Debug)]
struct Row {
    label: Arc<str>,
    fields: BTreeMap<&'static str, Value>,
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        let found = self.fields.get(name).cloned().filter(|it| !it.is_undefined());
        if found.is_none() {
            note_absence(Absence::Missing { record: Arc::clone(&self.label), field: name.into() });
        }
        found
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Iter(Box::new(
            self.fields.keys().map(|it| Value::from(*it)).collect::<Vec<_>>().into_iter(),
        ))
    }
}

fn row<const N: usize>(label: &str, fields: [(&'static str, Value); N]) -> Value {
    Value::from_object(Row { label: label.into(), fields: BTreeMap::from(fields) })
}

/// A date field.
pub(super) fn day(text: &str) -> Value {
    to_words(&Field::Date(PartialDate::parse(&Raw::text(text)).unwrap().value))
}

fn money(text: &str) -> Value {
    to_words(&Field::Decimal(parse_decimal(&Raw::text(text), None).unwrap().value))
}

/// The branch of the example has no quota and no election; its fund is 1234.50, and it was
/// established in July 2019 on an unknown day. Its member 李四 has neither date nor points.
pub(super) fn context() -> Value {
    let honour = |level: &str| row("荣誉", [("level", Value::from(level))]);
    let zhang = row(
        "张三",
        [
            ("name", Value::from("张三")),
            ("joined", day("2019-07-01")),
            ("points", Value::from(7)),
            ("dues", money("10.20")),
            ("full", Value::from(true)),
            ("honours", Value::from(vec![honour("校级"), honour("省级")])),
        ],
    );
    let li = row(
        "李四",
        [
            ("name", Value::from("李四")),
            ("dues", money("0.05")),
            ("full", Value::from(false)),
            ("honours", Value::from(Vec::<Value>::new())),
        ],
    );
    let branch = row(
        "机械一支部",
        [
            ("name", Value::from("机械一支部")),
            ("kind", Value::from("教师党支部")),
            ("established", day("2019-07")),
            ("total", Value::from(12)),
            ("stable", Value::from(true)),
            ("fund", money("1234.50")),
            ("members", Value::from(vec![zhang, li])),
        ],
    );
    let facts = row("数据", [("members", Value::from(2600)), ("fund", money("0.255"))]);
    let cycle = PartialDate::parse(&Raw::text("2024-12-31")).unwrap().value;
    let cycle = value::Period::back(cycle.latest(), 1).unwrap();
    Value::from(BTreeMap::from([
        ("branch", branch),
        ("as_of", day("2024-07-15")),
        ("cycle", super::period_value(cycle)),
        ("facts", facts),
        ("anything", Value::from("机械")),
    ]))
}

/// Compiles an expression at line 10, column 5 and gives it, or the findings as `code line:column hint`.
pub(super) fn compile(source: &str) -> Result<(Expression, Type), Vec<String>> {
    let mut report = Report::default();
    let file = Sources::default().add("规则.yaml");
    let compiled = Expression::compile(source, Origin::text(file, 10, 5), &Schemas, &mut report);
    compiled.map_err(|_| findings(&report))
}

/// The faults of an expression, each as `code line:column hint`.
pub(super) fn faults(source: &str) -> Vec<String> {
    compile(source).err().unwrap_or_default()
}

/// The faults of a template.
pub(super) fn template_faults(source: &str) -> Vec<String> {
    let mut report = Report::default();
    let file = Sources::default().add("文字.yaml");
    let _ = Template::compile(source, Origin::text(file, 10, 5), &Schemas, &mut report);
    findings(&report)
}

/// What an expression gives, as text.
pub(super) fn value(source: &str) -> Result<String, Unanswered> {
    compile(source).unwrap().0.evaluate(&context()).map(|it| it.to_string())
}

/// What a condition says.
pub(super) fn verdict(source: &str) -> Verdict {
    compile(source).unwrap().0.test(&context())
}

/// What a template prints.
pub(super) fn text(source: &str) -> Result<String, Unanswered> {
    let mut report = Report::default();
    let file = Sources::default().add("文字.yaml");
    let template = Template::compile(source, Origin::text(file, 1, 1), &Schemas, &mut report);
    let template = template.unwrap_or_else(|_| panic!("{:?}", findings(&report)));
    template.render(&context())
}

fn findings(report: &Report) -> Vec<String> {
    let one = |it: &finding::Finding| {
        let place = match it.origin.map(|it| it.place) {
            Some(Place::Text { line, column }) => format!("{line}:{column}"),
            _ => String::new(),
        };
        format!("{} {place} {}", it.code, it.hint.clone().unwrap_or_default())
    };
    report.findings().iter().map(one).collect()
}
