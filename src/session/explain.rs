//! What a rule says, and what a figure is made of.

use documents::explain::{Asking, Explained, explain, seat_named};
use rules::Condition;

use super::Checked;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// A rule by its code, a fact, a cell of a workbook, or a block of a summary.
    pub target: &'a str,
    /// The committee or branch that a figure is to be narrowed to, by name or code.
    pub within: Option<&'a str>,
    /// The key or name of a record of which it is asked whether it is counted.
    pub record: Option<&'a str>,
}

/// What is answered.
#[derive(Debug)]
pub enum Answer<'c> {
    /// What a rule or a condition of a form says.
    Condition(&'c Condition),
    /// What a figure is made of.
    Figure(Box<Explained>),
}

impl Checked {
    /// Answers a question about what was checked.
    ///
    /// # Errors
    /// If there is nothing of that name: a Chinese sentence that says what there is.
    pub fn explain(&self, question: Question<'_>) -> Result<Answer<'_>, String> {
        let behind = &self.plan.behind;
        let mut conditions = self.rules.iter().chain(&behind.conditions);
        if let Some(condition) = conditions.find(|it| *it.code == *question.target) {
            return Ok(Answer::Condition(condition));
        }
        let asking = Asking {
            dataset: &self.dataset,
            figures: &self.figures,
            workbooks: &behind.workbooks,
            summaries: &behind.texts,
            overviews: &behind.overviews,
            forms: &behind.forms,
            issued: &behind.issued,
            within: question.within.map(|it| seat_named(&self.dataset, it)).transpose()?,
            record: question.record,
        };
        explain(question.target, asking).map(|it| Answer::Figure(Box::new(it)))
    }
}
