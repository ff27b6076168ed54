//! What a figure is made of: its definition, its conditions, the checks it takes part in, the records behind it.

mod target;
mod tabs;
mod overview;
mod form;
mod issued;
mod passage;
mod seat;
mod cell;
mod fact;
mod checks;
mod record;
mod measured;

use std::sync::Arc;

pub use checks::CheckLine;
pub use seat::seat_named;

use super::book::Sign;
use super::forms::{PlannedForm, PlannedOverview};
use super::statistics::issued::PlannedIssued;
use super::statistics::{Only, PlannedWorkbook};
use super::summary::PlannedText;
use dataset::{Dataset, RecordId};
use facts::{Figures, Seat};
use finding::Origin;
use value::Amount;

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
    /// The workbooks over all records of forms.
    pub overviews: &'a [PlannedOverview],
    /// The forms that others have issued, as they are filled.
    pub forms: &'a [PlannedForm],
    /// The statistics workbooks that others have issued, as they are filled.
    pub issued: &'a [PlannedIssued],
    /// The committee or branch that the figure is to be narrowed to.
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
    /// The figures that it is computed from.
    pub parts: Vec<FigurePart>,
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

/// A figure that another is computed from.
#[derive(Debug, Clone)]
pub struct FigurePart {
    /// How it goes into the other: `＋`, `－`, `÷`.
    pub sign: char,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub place: String,
    /// Its value, if it has one.
    pub value: Option<String>,
}

/// How a record goes into a figure, or which side of a check counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is added to the figure, or taken away from it.
    Signed(Sign),
    /// Only one side of a check counts it.
    Apart(Only),
}

/// A record that a figure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// How it is counted.
    pub role: Role,
    /// Which of the figures that it is computed from counts it, where each has records of its own: 分子, or a fact by its
    /// title.
    pub part: Option<Arc<str>>,
    /// What of it is measured, where that is not its number: the amount that is summed, the value that is told from others.
    pub amount: Option<String>,
    /// Which record it is.
    pub record: RecordId,
}

impl Counted {
    /// A record that is simply counted.
    pub fn new(role: Role, record: RecordId) -> Self {
        Self { role, part: None, amount: None, record }
    }
}

impl Role {
    /// It is counted.
    pub const ADDED: Self = Self::Signed(Sign::Plus);

    /// What is said of it beside the record; nothing of one that is simply counted.
    pub fn word(self) -> &'static str {
        match self {
            Self::Signed(Sign::Plus) => "",
            Self::Signed(Sign::Minus) => "（减）",
            Self::Apart(Only::Left) => "（只计入左边）",
            Self::Apart(Only::Right) => "（只计入右边）",
        }
    }
}

/// Whether a record is counted.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The record.
    pub record: RecordId,
    /// Whether it is.
    pub is_counted: bool,
    /// Why, each reason a Chinese sentence.
    pub reasons: Vec<String>,
}

/// Explains a fact (`members_total`, `facts.members_total`), a cell (`年度统计.xlsx!表2!C7`, also of the sheets 校核 and of
/// the comparison), or the figures of a block of a
/// summary (`总结.figures.json!politics-1`, the second of them with `!2` behind it), or a place of a form that others have
/// issued (`附件2-机械.docx!表1!3,2`). A cell of a statistics workbook that others have issued (`年报表.xlsx!表2!D6`) is the
/// figure of our own that stands there.
///
/// # Errors
/// If there is no such figure, or no such record: a Chinese sentence that says what there is.
pub fn explain(target: &str, asking: Asking<'_>) -> Result<Explained, String> {
    match target::understand(target, asking)? {
        target::Target::Fact(id) => fact::explain(&id, asking),
        target::Target::Cell(at) => cell::explain(at, asking),
        target::Target::Listed(at) => cell::list::explain(at, asking),
        target::Target::Compared(spot) => cell::compared::explain(spot, asking),
        target::Target::Proved(spot) => cell::proved::explain(spot, asking),
        target::Target::Passage(at) => passage::explain(at, asking),
        target::Target::Overview(at) => overview::explain(at, asking),
        target::Target::Form(at) => Ok(form::explain(at, asking)),
        target::Target::Issued(at) => issued::explain(at, asking),
    }
}

impl Asking<'_> {
    /// That a record must belong to the committee or branch that is asked about.
    fn range(&self) -> Option<Clause> {
        let seat = self.within?;
        let expression = format!("属于“{}”", self.dataset.label(seat));
        let origin = self.dataset.record(seat).origin;
        Some(Clause { of: "范围".to_owned(), expression, origin })
    }
}

/// A value as it is shown.
fn shown(value: Amount) -> String {
    value.rounded(6).trimmed().to_string()
}
