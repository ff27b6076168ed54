//! A named figure as it is declared: counted from records, or computed from other facts.

use std::sync::Arc;

use super::arithmetic::Arithmetic;
use crate::{Counter, frame_scope};
use finding::{Finding, Origin, Report, Reported, TableId, codes};
use schema::Schemas;
use source::{Declared, Fields, LocatedText};
use words::Type;

/// The most decimal places that a figure is rounded to.
const N_PLACES: usize = 10;

/// A named figure.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name in expressions: `facts.members_total`.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Its unit; empty if it has none.
    pub unit: Arc<str>,
    /// What it counts, in words.
    pub definition: Arc<str>,
    /// How it is made.
    pub made: Made,
    /// Decimal places that it is rounded to, half up.
    pub round: Option<u32>,
    /// Where it is declared.
    pub origin: Origin,
    /// Whether it is always a whole number, for which expressions have operators.
    pub(super) is_whole: bool,
}

/// How a fact is made.
#[derive(Debug, Clone)]
pub enum Made {
    /// Counted from the records of a table.
    Counted(Counter),
    /// Derived from other facts.
    Derived(Arithmetic),
}

impl Fact {
    /// The type of its value in expressions.
    pub fn value_type(&self) -> Type {
        if self.is_whole { Type::Number } else { Type::Decimal }
    }

    /// The facts that it is computed from, each with the place where it is asked for.
    pub fn asks_for(&self) -> Vec<LocatedText> {
        match &self.made {
            Made::Counted(_) => Vec::new(),
            Made::Derived(sum) => sum.names(),
        }
    }

    /// Whether another fact is computed from it.
    pub(super) fn is_behind(&self, other: &Self) -> bool {
        other.asks_for().iter().any(|it| it.text == self.id)
    }
}

impl Declared<Schemas> for Fact {
    const WHAT: &'static str = "数据项";

    fn declared(fields: &mut Fields<'_, '_>, schemas: &Schemas) -> Result<Self, Reported> {
        let origin = fields.origin();
        let (id, title) = (fields.required_as("id", plain_id), fields.required_string("title"));
        let definition = fields.required_string("definition");
        let unit = fields.string("unit").unwrap_or_default();
        let round = fields.count_to("round", N_PLACES).and_then(|it| u32::try_from(it).ok());
        let made = match fields.text("value") {
            Some(sum) => Arithmetic::parse(&sum, fields.report()).map(Made::Derived),
            None => counted(fields, schemas),
        };
        let (id, title, definition, made) = fields.whole((id, title, definition, made))?;
        // Of one that is computed from others it shows when these are known.
        let is_whole = match &made {
            Made::Counted(counter) => counter.measure.is_whole(&schemas.tables[counter.of]),
            Made::Derived(_) => false,
        };
        Ok(Self { id, title, unit, definition, made, round, origin, is_whole })
    }
}

fn counted(fields: &mut Fields<'_, '_>, schemas: &Schemas) -> Result<Made, Reported> {
    let of = fields.required_as("of", |it, report| table(it, schemas, report));
    let of = of.inspect_err(|_| Counter::pass_over(fields))?;
    Counter::load(fields, of, &frame_scope(schemas, Some(of))).map(Made::Counted)
}

/// The table of this name.
pub fn table(name: &LocatedText, schemas: &Schemas, report: &mut Report) -> Result<TableId, Reported> {
    let known = schemas.tables.iter().map(|it| &*it.id);
    schemas
        .index(&name.text)
        .ok_or_else(|| report.error(super::unknown("表", name, known, &codes::SCHEMA_NAME_UNKNOWN)))
}

/// An id that can stand in an expression.
pub(super) fn plain_id(id: &LocatedText, report: &mut Report) -> Result<Arc<str>, Reported> {
    let is_letter = |it: char| it.is_ascii_lowercase() || it == '_';
    let starts_well = id.text.starts_with(is_letter);
    if starts_well && id.text.chars().all(|it| is_letter(it) || it.is_ascii_digit()) {
        return Ok(id.text.clone());
    }
    let message = format!("“{}”不能作 id", id.text);
    let finding = Finding::new(&codes::WRONG_KIND, message).at(id.origin);
    Err(report.error(finding.hint("id 由小写字母、数字和下划线组成，以字母开头")))
}
