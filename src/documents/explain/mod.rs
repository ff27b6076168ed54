//! What a figure is made of: its definition, its conditions, the checks it takes part in, the records behind it.

mod target;
mod passage;
mod seat;
mod cell;
mod list;
mod fact;
mod checks;
mod record;

use std::sync::Arc;

pub use checks::CheckLine;
pub use seat::seat_named;

use super::book::Sign;
use super::statistics::PlannedWorkbook;
use super::summary::PlannedText;
use crate::dataset::Dataset;
use crate::facts::{Figures, Seat};
use crate::finding::Origin;

/// What is known when somebody asks about a figure.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The records.
    pub dataset: &'a Arc<Dataset>,
    /// The facts.
    pub figures: &'a Arc<Figures>,
    /// The workbooks of statistics over all records.
    pub workbooks: &'a [PlannedWorkbook],
    /// The summaries as they were written.
    pub summaries: &'a [PlannedText],
    /// The committee or branch that a fact is to be narrowed to.
    pub within: Option<Seat>,
    /// The key or name of a record of which it is asked whether it is counted.
    pub record: Option<&'a str>,
}

/// A figure, explained.
#[derive(Debug, Clone, Default)]
pub struct Explained {
    /// What it is called.
    pub title: String,
    /// Where it stands: `年度统计.xlsx!表2!C7`; `facts.members_total`.
    pub place: String,
    /// Its value with its unit, as it is shown; none if it has none.
    pub value: Option<String>,
    /// What it counts, in words.
    pub definition: String,
    /// The conditions that a record must satisfy to be counted.
    pub conditions: Vec<Clause>,
    /// The figures that it is reckoned from.
    pub parts: Vec<Part>,
    /// Where its value was given, if it is not counted.
    pub given: Option<Origin>,
    /// The checks that it takes part in.
    pub checks: Vec<CheckLine>,
    /// The records behind it.
    pub records: Vec<Counted>,
    /// Whether the records asked for are counted, and why not.
    pub answers: Vec<Answer>,
}

/// A condition.
#[derive(Debug, Clone)]
pub struct Clause {
    /// What it belongs to: 行“学生”.
    pub of: String,
    /// The expression as it is written.
    pub expression: String,
    /// Where it is written.
    pub origin: Origin,
}

/// A figure that another is reckoned from.
#[derive(Debug, Clone)]
pub struct Part {
    /// How it goes into the other: `＋`, `－`, `÷`.
    pub sign: char,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub place: String,
    /// Its value, if it has one.
    pub value: Option<String>,
}

/// A record that a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Whether it is added or taken away.
    pub sign: Sign,
    /// Index of its table.
    pub table: usize,
    /// Index of the record.
    pub row: usize,
}

/// Whether a record is counted.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The table and row of the record.
    pub record: (usize, usize),
    /// Whether it is.
    pub is_counted: bool,
    /// Why, each reason a Chinese sentence.
    pub reasons: Vec<String>,
}

/// Explains a fact (`members_total`, `facts.members_total`), a cell (`年度统计.xlsx!表2!C7`), or the figures of a block of a
/// summary (`总结.figures.json!politics-1`, the second of them with `!2` behind it).
///
/// # Errors
/// If there is no such figure, or no such record: a Chinese sentence that says what there is.
pub fn explain(target: &str, asking: Asking<'_>) -> Result<Explained, String> {
    match target::understand(target, asking)? {
        target::Target::Fact(id) => fact::explain(&id, asking),
        target::Target::Cell(at) => cell::explain(at, asking),
        target::Target::Listed(at) => list::explain(at, asking),
        target::Target::Passage(at) => passage::explain(at, asking),
    }
}

/// A value as it is shown.
fn shown(value: rust_decimal::Decimal) -> String {
    value.round_dp(6).normalize().to_string()
}
