//! The two examples that every condition carries: one that violates it, one that only just does not.

use std::sync::Arc;

use jiff::civil::Date;

use super::Condition;
use super::judge::{Outcome, condition_scene};
use dataset::Dataset;
use facts::{Asker, Catalogue, Figures, Frame, Sieve};
use finding::Report;
use project::Project;
use schema::{self, Schemas};
use source::{Fields, Node};

/// What a case shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The condition does not hold.
    Fires,
    /// The condition holds, if only just.
    Passes,
}

/// An example: a few records as the clerk would write them in YAML; the first of the condition's table is judged.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it shows.
    pub expected: Expected,
    records: Node,
}

/// Reads `cases: {fires: …, passes: …}`.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Vec<Case> {
    let Ok(node) = fields.required_node("cases") else { return Vec::new() };
    let Ok(mut fields) = Fields::new(node, "示例", fields.report()) else { return Vec::new() };
    let mut cases = Vec::new();
    for (key, expected) in [("fires", Expected::Fires), ("passes", Expected::Passes)] {
        if let Ok(records) = fields.required_node(key) {
            cases.push(Case { expected, records: records.clone() });
        }
    }
    fields.finish();
    cases
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
        let mut report = Report::default();
        let records = schema::bind_tree(&case.records, schemas, &mut report);
        let dataset = Arc::new(Dataset::new(schemas.clone(), records, &mut report));
        let first = dataset.rows_of(self.of).next()?;
        let sieve = Sieve::new(dataset, Frame::of_project(&project));
        let figures = Arc::new(Figures::new(catalogue.clone(), sieve));
        Some(self.judge(&condition_scene(first, &figures, Asker::Rule, &project), &project).outcome)
    }
}
