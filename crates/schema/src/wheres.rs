//! Which records of a table are meant: choices by their values, as `where: {direction: [转出]}` says it in a schema.

use super::returned::field_index;
use super::table::{FieldKind, Record, Table};
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, Node};

/// Fields of choice by their ids, each with the values that it may have.
#[derive(Debug, Clone, Default)]
pub struct Where(Vec<(LocatedText, Vec<LocatedText>)>);

impl Where {
    /// Whether a record of the table is meant.
    pub fn holds(&self, table: &Table, record: &Record) -> bool {
        self.holds_by(|field| table.field(field).map(|it| record.cells[it].value.display()))
    }

    /// The same of what a function gives for each field.
    pub(super) fn holds_by(&self, held: impl Fn(&str) -> Option<String>) -> bool {
        let is_held = |field: &LocatedText, values: &[LocatedText]| {
            held(&field.text).is_some_and(|held| values.iter().any(|it| *it.text == *held))
        };
        self.0.iter().all(|(field, values)| is_held(field, values))
    }

    /// The fields with their values, as they are declared.
    pub fn conditions(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.0.iter().map(|(field, values)| (&*field.text, values.iter().map(|it| &*it.text).collect()))
    }

    pub(super) fn read(node: &Node, report: &mut Report) -> Result<Self, Reported> {
        let mut conditions = Fields::new(node, "where", report)?;
        let fields = conditions.others();
        Ok(Self(fields.into_iter().map(|it| (it.clone(), conditions.texts(&it.text))).collect()))
    }

    /// The fields must be choices of the table, and the values possible.
    pub(super) fn check(&self, table: &Table, report: &mut Report) {
        for (field, values) in &self.0 {
            check_values(table, field, values, report);
        }
    }
}

fn check_values(table: &Table, field: &LocatedText, values: &[LocatedText], report: &mut Report) {
    let Ok(id) = field_index(&table.fields, field, report) else { return };
    let FieldKind::Choice(choices) = &table.fields[id].kind else {
        let message = format!("where 的条件“{}”不是选择项", field.text);
        let finding = Finding::new(&codes::WRONG_KIND, message).at(field.origin);
        return report.push(finding.hint("条件只能写选择项及其取值"));
    };
    for value in values.iter().filter(|it| !choices.iter().any(|known| known.value == it.text)) {
        let message = format!("“{}”没有“{}”这个取值", table.fields[id].title, value.text);
        let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(value.origin);
        report.push(finding.hint(format!("可用：{}", choices.listed())));
    }
}
