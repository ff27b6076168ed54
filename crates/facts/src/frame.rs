//! What figures are about beside the records: the project, the period, the day as of which everything is judged.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::Value;

use dataset::{RecordRef, Scene, SchemaScope, TableId};
use project::Project;
use schema::Schemas;
use value::{PartialDate, Period};
use words::{self, Type};

/// The period and the day that figures are about; statistics may have their own beside the project's.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The period reported on.
    pub period: Period,
    /// The day as of which ages and states are judged.
    pub as_of: Date,
    names: BTreeMap<Arc<str>, Value>,
}

impl Frame {
    /// The project's own period and day.
    pub fn of_project(project: &Project) -> Self {
        Self::new(project, project.period, project.as_of)
    }

    /// Another period and day.
    pub fn new(project: &Project, period: Period, as_of: Date) -> Self {
        let names = [
            ("project", project_names(project)),
            ("period", words::period_value(period)),
            ("as_of", words::date_value(PartialDate::from(as_of))),
        ];
        Self { period, as_of, names: names.into_iter().map(|(name, it)| (name.into(), it)).collect() }
    }

    /// The names that every expression finds: `project`, `period`, `as_of`.
    pub fn names(&self) -> &BTreeMap<Arc<str>, Value> {
        &self.names
    }

    /// A scene around a record.
    pub fn scene(&self, record: RecordRef) -> Scene {
        self.names.iter().fold(Scene::new(record), |it, (name, value)| it.with(name.clone(), value.clone()))
    }
}

/// The scope of an expression about a record, or of a text about none: its fields, `project`, `period`, `as_of`.
pub fn frame_scope(schemas: &Schemas, table: Option<TableId>) -> SchemaScope<'_> {
    let scope = table.map_or_else(|| SchemaScope::bare(schemas), |it| SchemaScope::of(schemas, it));
    scope.with("project", project_type()).with("period", Type::Period).with("as_of", Type::Date)
}

/// The names under which every expression finds the project.
pub fn project_names(project: &Project) -> Value {
    let as_of = words::date_value(PartialDate::from(project.as_of));
    Value::from(BTreeMap::from([
        ("institution", Value::from(&*project.institution)),
        ("department", Value::from(&*project.department)),
        ("as_of", as_of),
        ("period", words::period_value(project.period)),
    ]))
}

/// The scope of a condition before it is known on which table: `project`.
pub fn project_scope(schemas: &Schemas) -> SchemaScope<'_> {
    SchemaScope::bare(schemas).with("project", project_type())
}

fn project_type() -> Type {
    let names = [
        ("institution", Type::Text),
        ("department", Type::Text),
        ("as_of", Type::Date),
        ("period", Type::Period),
    ];
    let names: BTreeMap<Arc<str>, Type> = names.into_iter().map(|(name, of)| (name.into(), of)).collect();
    Type::Names(Arc::new(names))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_expression_finds_the_project_and_the_days_that_are_meant() {
        let project = Project::example(date(2024, 5, 31));
        let frame = Frame::new(&project, Period::of_day(date(2023, 1, 1)), date(2023, 12, 31));
        let shown: Vec<String> = ["as_of", "period"].map(|it| frame.names()[it].to_string()).into();
        assert_eq!(shown, ["2023年12月31日", "2023年1月1日至2023年1月1日"]);
        assert_eq!(frame.names()["project"].get_attr("as_of").unwrap().to_string(), "2024年5月31日");
    }
}
