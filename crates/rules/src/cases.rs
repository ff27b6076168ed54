//! The examples that every condition carries: those that violate it, those that only just do not, those that it is not for.

use std::sync::Arc;

use jiff::civil::Date;

use super::Condition;
use super::judge::{Outcome, condition_scene};
use dataset::{Dataset, Scene};
use facts::{Asker, Catalogue, Figures, Frame, Sieve};
use finding::{Report, TableId};
use project::Project;
use schema::{self, Schemas};
use source::{Fields, Node, NodeKind};

/// What a case shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The condition does not hold.
    Fires,
    /// The condition holds, if only just.
    Passes,
    /// The condition is not meant for it, or not in force.
    Skips,
}

/// An example: a few records as the clerk would write them in YAML; the first of the condition's table is judged.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it shows.
    pub expected: Expected,
    records: Node,
}

/// Reads `cases: {fires: …, passes: …, skips: …}`, of which the last may be absent; each is an example or a list of them.
pub fn read_cases(fields: &mut Fields<'_, '_>) -> Vec<Case> {
    let Ok(node) = fields.required_node("cases") else { return Vec::new() };
    let Ok(mut fields) = Fields::new(node, "示例", fields.report()) else { return Vec::new() };
    let mut cases = Vec::new();
    let written = [
        (fields.required_node("fires").ok(), Expected::Fires),
        (fields.required_node("passes").ok(), Expected::Passes),
        (fields.node("skips"), Expected::Skips),
    ];
    for (node, expected) in written {
        let examples = match node.map(|it| &it.kind) {
            Some(NodeKind::List(examples)) => examples.as_slice(),
            _ => node.map(std::slice::from_ref).unwrap_or_default(),
        };
        cases.extend(examples.iter().map(|it| Case { expected, records: it.clone() }));
    }
    fields.finish();
    cases
}

impl Case {
    /// Its records, related; what is found in them goes to the report.
    pub fn dataset(&self, schemas: &Arc<Schemas>, report: &mut Report) -> Dataset {
        let records = schema::bind_tree(&self.records, schemas, report);
        Dataset::new(schemas.clone(), records, report)
    }

    /// The first of its records in a table as an expression about it sees it, with the facts of a catalogue over all of
    /// them; `None` if it has none there.
    pub fn scene(
        &self,
        of: TableId,
        (schemas, catalogue): (&Arc<Schemas>, &Arc<Catalogue>),
        project: &Project,
        asker: Asker,
    ) -> Option<Scene> {
        let dataset = Arc::new(self.dataset(schemas, &mut Report::default()));
        let first = dataset.rows_of(of).next()?;
        let sieve = Sieve::new(dataset, Frame::of_project(project));
        let figures = Arc::new(Figures::new(catalogue.clone(), sieve));
        Some(condition_scene(first, &figures, asker, project))
    }
}

impl Condition {
    /// Judges a case as of a date, with the facts of a catalogue over its records; `None` if it has no record of the
    /// condition's table.
    pub fn try_case(
        &self,
        case: &Case,
        schemas: &Arc<Schemas>,
        catalogue: &Arc<Catalogue>,
        as_of: Date,
    ) -> Option<Outcome> {
        let project = Project::example(as_of);
        let scene = case.scene(self.of, (schemas, catalogue), &project, Asker::Rule)?;
        Some(self.judge(&scene, &project).outcome)
    }
}
