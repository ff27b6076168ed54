//! One figure: records of a list that satisfy conditions, counted, summed, or their values told apart.

use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::Value;

use super::Measure;
use dataset::{RecordRef, Scene, SchemaScope, record_ref};
use finding::{Finding, Report, Reported, codes};
use schema::Schemas;
use source::{Fields, LocatedText, Node};
use value::Amount;
use words::{self, Absence, Expression, Type, Verdict};

/// A declared figure: `{of: branch.honours, where: [...], measure: count}`.
#[derive(Debug, Clone)]
pub struct Count {
    of: Expression,
    wheres: Vec<Expression>,
    measure: Measure,
}

/// What a figure came to.
#[derive(Debug, Clone)]
pub struct Tally {
    /// The records counted with certainty.
    pub counted: Vec<Arc<RecordRef>>,
    /// Records of which the data do not say whether they count, each with the reason.
    pub undecided: Vec<String>,
    /// The figure from the records counted with certainty; `None` if one of them lacks the field summed.
    value: Option<Value>,
}

impl Count {
    /// Reads and checks a declaration within the scope of the record that it is asked of.
    ///
    /// # Errors
    /// If an expression or the measure is wrong; each fault has been reported.
    pub fn load(
        node: &Node,
        schemas: &Schemas,
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Result<Self, Reported> {
        let mut fields = Fields::new(node, "计数", report)?;
        let of = fields.required_text("of")?;
        let wheres = fields.texts("where");
        let measure = fields.text("measure");
        fields.finish();
        let (of, table) = list_of_records(&of, schemas, scope, report)?;
        let inner = scope.around(table).with("record", scope.record_type());
        let compiled = wheres.iter().map(|it| Expression::condition(&it.text, it.origin, &inner, report));
        let wheres: Vec<Result<Expression, Reported>> = compiled.collect();
        let measure =
            measure.map_or(Ok(Measure::Number), |it| Measure::load(&it, &schemas.tables[table], report))?;
        Ok(Self { of, wheres: wheres.into_iter().collect::<Result<_, _>>()?, measure })
    }

    /// The type of the figure.
    pub fn value_type(&self) -> Type {
        self.measure.value_type()
    }

    /// Counts.
    pub fn tally(&self, scene: &Scene) -> Result<Tally, words::Unanswered> {
        let list = self.of.evaluate(&scene.context())?;
        let mut tally = Tally { counted: Vec::new(), undecided: Vec::new(), value: None };
        let root = Value::from_object(scene.record.clone());
        for row in list.try_iter().into_iter().flatten().filter_map(|it| record_ref(&it)) {
            let context = scene.around((*row).clone()).with("record", root.clone()).context();
            match self.satisfies(&context)? {
                Verdict::Holds => tally.counted.push(row),
                Verdict::Fails => {}
                Verdict::Undecided(why) | Verdict::Fault(why) => tally.undecided.push(why),
            }
        }
        tally.value = self.measured(&tally.counted);
        Ok(tally)
    }

    fn satisfies(&self, context: &Value) -> Result<Verdict, words::Unanswered> {
        for condition in &self.wheres {
            match condition.test(context) {
                Verdict::Holds => {}
                Verdict::Fault(why) => return Err(words::Unanswered::Fault(why)),
                other => return Ok(other),
            }
        }
        Ok(Verdict::Holds)
    }

    fn measured(&self, rows: &[Arc<RecordRef>]) -> Option<Value> {
        let field =
            |row: &Arc<RecordRef>, name: &Arc<str>| Value::from_dyn_object(row.clone()).get_attr(name).ok();
        match &self.measure {
            Measure::Number => Some(Value::from(rows.len())),
            Measure::Distinct(name) => {
                let values: Option<BTreeSet<String>> = rows
                    .iter()
                    .map(|it| field(it, name).filter(|it| !it.is_undefined()).map(|it| it.to_string()))
                    .collect();
                values.map(|it| Value::from(it.len()))
            }
            Measure::Sum(name) => {
                let mut sum = Amount::ZERO;
                for row in rows {
                    let value = field(row, name)?;
                    sum = sum.plus(words::decimal(&value)?)?;
                }
                Some(words::decimal_value(sum))
            }
        }
    }
}

impl Tally {
    /// The figure if the first `n` of the undecided records counted too; an undecided sum has none.
    pub fn value_with(&self, n: usize, title: &str) -> Value {
        let certain = self.value.as_ref();
        let value = if n == 0 { certain.cloned() } else { certain.and_then(|it| with_more(it, n)) };
        value.unwrap_or_else(|| {
            let why = self.undecided.first().map_or("有记录缺少所需的值", String::as_str);
            words::note_absence(Absence::Undecided { what: title.into(), why: why.into() });
            Value::UNDEFINED
        })
    }
}

/// A count with so many more records; a sum has none, for what they would add is not known.
fn with_more(value: &Value, n: usize) -> Option<Value> {
    let number = value.is_integer().then(|| value.as_i64()).flatten()?;
    number.checked_add(i64::try_from(n).ok()?).map(Value::from)
}

fn list_of_records(
    of: &LocatedText,
    schemas: &Schemas,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<(Expression, usize), Reported> {
    let (expression, given) = Expression::compile(&of.text, of.origin, scope, report)?;
    let table = match &given {
        Type::List(item) => match &**item {
            Type::Record(table) => schemas.index(table),
            _ => None,
        },
        _ => None,
    };
    match table {
        Some(table) => Ok((expression, table)),
        None => {
            let message = format!("“{}”不是记录的列表", of.text);
            let hint = "of 应写关系，如 branch.honours";
            Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(of.origin).hint(hint)))
        }
    }
}
