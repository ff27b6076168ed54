//! What is measured of the records that a figure counts: their number, the sum of a field, its different values.

use std::collections::BTreeSet;
use std::sync::Arc;

use dataset::{Dataset, FieldRef};
use finding::{Finding, Report, Reported, codes};
use schema::{Field, FieldKind, Table};
use source::{LocatedText, nearest};
use value::{Amount, Value};
use words::Type;

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// How many records.
    Number,
    /// The sum of an integer or decimal field, by its id.
    Sum(Arc<str>),
    /// How many different values a field has, by its id.
    Distinct(Arc<str>),
}

impl Measure {
    /// Reads `count`, `sum FIELD` or `distinct FIELD` of the records of a table.
    ///
    /// # Errors
    /// If it is none of these, or the field does not fit; that has been reported.
    pub fn load(written: &LocatedText, table: &Table, report: &mut Report) -> Result<Self, Reported> {
        let mut words = written.text.split_whitespace();
        let (kind, field) = (words.next().unwrap_or_default(), words.next());
        let found = field.and_then(|it| table.field(it)).map(|it| &table.fields[it]);
        match (kind, field, found) {
            ("count", None, _) => Ok(Self::Number),
            ("sum", _, Some(field)) if is_number(field) => Ok(Self::Sum(field.id.clone())),
            ("distinct", _, Some(field)) => Ok(Self::Distinct(field.id.clone())),
            _ => {
                let near = field.and_then(|it| nearest(it, table.fields.iter().map(|it| &*it.id)));
                let hint = near.map_or_else(
                    || "可写 count、sum 字段、distinct 字段；求和的字段应为数字".to_owned(),
                    |it| format!("是否应为“{it}”？"),
                );
                let message = format!("不能按“{}”计量", written.text);
                Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(written.origin).hint(hint)))
            }
        }
    }

    /// What it comes to over records of a table.
    ///
    /// # Errors
    /// The fields without a value that can be measured.
    pub fn over(
        &self,
        dataset: &Dataset,
        table: usize,
        rows: impl Iterator<Item = usize>,
    ) -> Result<Amount, Vec<FieldRef>> {
        let (field, is_sum) = match self {
            Self::Number => return Ok(Amount::from(rows.count())),
            Self::Sum(field) => (field, true),
            Self::Distinct(field) => (field, false),
        };
        let Some(field) = dataset.schema(table).field(field) else { return Ok(Amount::ZERO) };
        let (mut sum, mut values, mut lacking) = (Amount::ZERO, BTreeSet::new(), Vec::new());
        for row in rows {
            let at = FieldRef { table, row, field };
            match &dataset.cell(at).value {
                Value::Integer(_) | Value::Decimal(_) if is_sum => {
                    match number(&dataset.cell(at).value).and_then(|it| sum.plus(it)) {
                        Some(more) => sum = more,
                        None => lacking.push(at),
                    }
                }
                value if !is_sum && value.is_present() => {
                    let target = dataset.follow(table, row, field);
                    values.insert(target.map_or_else(|| value.display(), |it| format!("→{it}")));
                }
                _ => lacking.push(at),
            }
        }
        match (lacking.is_empty(), is_sum) {
            (false, _) => Err(lacking),
            (true, true) => Ok(sum),
            (true, false) => Ok(Amount::from(values.len())),
        }
    }

    /// The index of the field that it reads, if it reads one.
    pub fn field(&self, table: &Table) -> Option<usize> {
        match self {
            Self::Number => None,
            Self::Sum(field) | Self::Distinct(field) => table.field(field),
        }
    }

    /// Whether the figure is always a whole number.
    pub fn is_whole(&self, table: &Table) -> bool {
        match self {
            Self::Number | Self::Distinct(_) => true,
            Self::Sum(field) => {
                table.field(field).is_some_and(|it| matches!(table.fields[it].kind, FieldKind::Integer))
            }
        }
    }

    /// The type of the figure.
    pub fn value_type(&self) -> Type {
        match self {
            Self::Number | Self::Distinct(_) => Type::Number,
            Self::Sum(_) => Type::Decimal,
        }
    }
}

fn number(value: &Value) -> Option<Amount> {
    match value {
        Value::Integer(number) => Some(Amount::from(*number)),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}

fn is_number(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Integer | FieldKind::Decimal | FieldKind::Percent)
}
