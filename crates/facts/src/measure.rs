//! What is measured of the records that a figure counts: their number, the sum of a field, its different values.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::different::{Key, vague};
use super::{Rows, Selection};
use dataset::{Dataset, FieldRef};
use finding::{FieldId, Finding, Report, Reported, RowId, TableId, codes};
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
    /// The sum of such a field over the records that give it: how many do not is said.
    SumGiven(Arc<str>),
    /// How many different values a field has, by its id.
    Distinct(Arc<str>),
}

/// What a measure comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    /// The least and the most that it may be; none for a sum that lacks a summand, or of which it is not known who goes
    /// into it.
    pub bounds: Option<(Amount, Amount)>,
    /// The fields without a value that can be measured, or with a date that may be the same as a more precise one.
    pub lacking: Vec<FieldRef>,
    /// The empty fields that a sum has passed over, as its measure allows.
    pub passed_over: Vec<FieldRef>,
}

impl Measure {
    /// Reads `count`, `sum FIELD`, `sum-given FIELD` or `distinct FIELD` of the records of a table.
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
            ("sum-given", _, Some(field)) if is_number(field) => Ok(Self::SumGiven(field.id.clone())),
            ("distinct", _, Some(field)) if !matches!(field.kind, FieldKind::Picture) => {
                Ok(Self::Distinct(field.id.clone()))
            }
            _ => {
                let unknown = field.filter(|_| found.is_none());
                let near = unknown.and_then(|it| nearest(it, table.fields.iter().map(|it| &*it.id)));
                let hint = near.map_or_else(
                    || "可写 count、sum 字段、sum-given 字段、distinct 字段；求和的字段应为数字".to_owned(),
                    |it| format!("是否应为“{it}”？"),
                );
                let message = format!("不能按“{}”计量", written.text);
                Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(written.origin).hint(hint)))
            }
        }
    }

    /// What it comes to over records of a table, of which some may not count.
    pub fn over(&self, dataset: &Dataset, table: TableId, selection: &Selection) -> Measured {
        let field = self.field(dataset.schema(table));
        let at = |field| move |row: RowId| table.record(row).field(field);
        match (self, field) {
            (Self::Number, _) => {
                let n_certain = selection.certain.count();
                Measured::between(n_certain, n_certain + selection.doubtful.count())
            }
            (Self::Sum(_), Some(field)) => sum(dataset, selection, at(field)),
            (Self::SumGiven(_), Some(field)) => sum_given(dataset, selection, at(field)),
            (Self::Distinct(_), Some(field)) => distinct(dataset, selection, at(field)),
            (Self::Sum(_) | Self::SumGiven(_) | Self::Distinct(_), None) => Measured::default(),
        }
    }

    /// The field that it reads, if it reads one.
    pub fn field(&self, table: &Table) -> Option<FieldId> {
        match self {
            Self::Number => None,
            Self::Sum(field) | Self::SumGiven(field) | Self::Distinct(field) => table.field(field),
        }
    }

    /// Whether the figure is always a whole number.
    pub fn is_whole(&self, table: &Table) -> bool {
        match self {
            Self::Number | Self::Distinct(_) => true,
            Self::Sum(field) | Self::SumGiven(field) => {
                table.field(field).is_some_and(|it| matches!(table.fields[it].kind, FieldKind::Integer))
            }
        }
    }

    /// The type of the figure.
    pub fn value_type(&self, table: &Table) -> Type {
        if self.is_whole(table) { Type::Number } else { Type::Decimal }
    }
}

impl Measured {
    /// Its value, if the data decide it.
    pub fn value(&self) -> Option<Amount> {
        self.bounds.filter(|(least, most)| least == most).map(|it| it.0)
    }

    fn between(least: usize, most: usize) -> Self {
        Self { bounds: Some((least.into(), most.into())), ..Self::default() }
    }
}

/// A sum is known only if every summand is, and who goes into it.
fn sum(dataset: &Dataset, selection: &Selection, at: impl Fn(RowId) -> FieldRef) -> Measured {
    let (mut sum, mut lacking) = (Some(Amount::ZERO), Vec::new());
    for at in selection.certain.iter().map(at) {
        let more = number(&dataset.cell(at).value);
        match more.zip(sum).map(|(more, sum)| sum.plus(more)) {
            Some(Some(more)) => sum = Some(more),
            _ => lacking.push(at),
        }
    }
    let is_known = lacking.is_empty() && selection.doubtful.is_empty();
    Measured { bounds: sum.filter(|_| is_known).map(|it| (it, it)), lacking, ..Measured::default() }
}

/// The sum of those records that have a value; one that is there and cannot be read is no empty one.
fn sum_given(dataset: &Dataset, selection: &Selection, at: impl Fn(RowId) -> FieldRef) -> Measured {
    let is_empty = |it: &FieldRef| dataset.cell(*it).value == Value::Missing;
    let passed_over: Vec<FieldRef> = selection.certain.iter().map(&at).filter(is_empty).collect();
    let mut given = selection.clone();
    passed_over.iter().for_each(|it| given.certain.take(it.row));
    Measured { passed_over, ..sum(dataset, &given, at) }
}

/// A record that lacks a value may have none, one that is known already, or another; so may one with a vague date.
fn distinct(dataset: &Dataset, selection: &Selection, at: impl Fn(RowId) -> FieldRef) -> Measured {
    let (mut first, mut lacking) = (BTreeMap::new(), Vec::new());
    let mut add = |rows: &Rows, first: &mut BTreeMap<Key, FieldRef>| {
        for at in rows.iter().map(&at) {
            match Key::of_field(dataset, at) {
                Some(key) => {
                    first.entry(key).or_insert(at);
                }
                None => lacking.push(at),
            }
        }
    };
    add(&selection.certain, &mut first);
    let least = first.len() - vague(first.keys()).len();
    add(&selection.doubtful, &mut first);
    let most = first.len() + lacking.len();
    lacking.extend(vague(first.keys()).into_iter().map(|it| first[it]));
    Measured { lacking, ..Measured::between(least, most) }
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
