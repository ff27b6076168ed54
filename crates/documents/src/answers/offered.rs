//! What committees have answered in the lists that went back to them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::apply::add_hint;
use finding::{FileId, Finding, Origin, Report, Severity, Sources, Subject, codes};

/// A line of such a list in which something is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The file that came back.
    pub file: FileId,
    /// Where the answer stands.
    pub origin: Origin,
    /// The record that was asked about, as the list calls it.
    pub record: String,
    /// The field.
    pub field: String,
    /// The words in which it was asked.
    pub message: String,
    /// The answer.
    pub why: String,
}

/// An answer that a committee has given to a query, for the office to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The query as it is asked.
    query: (String, Subject, String),
    /// The committee.
    pub who: Arc<str>,
    /// Its answer.
    pub why: Arc<str>,
}

/// Puts what committees have answered beside the queries that it answers; what answers none is said once for a file.
/// `sender` is the committee from which a file came.
pub fn offer(
    lines: &[Line],
    sender: impl Fn(FileId) -> Option<Arc<str>>,
    sources: &Sources,
    report: &mut Report,
) -> Vec<Offered> {
    let (mut offered, mut idle): (Vec<Offered>, Vec<&Line>) = (Vec::new(), Vec::new());
    let mut taken = BTreeSet::new();
    for line in lines {
        let who = sender(line.file);
        let asks = |it: &Finding| {
            let subject = it.subject.record.as_ref().or(it.subject.branch.as_ref());
            it.message == line.message
                && subject.map_or("", |it| it) == line.record
                && it.field.as_deref().unwrap_or_default() == line.field
                && (who.is_none() || it.subject.committee.is_none() || it.subject.committee == who)
        };
        let found = report
            .findings()
            .iter()
            .enumerate()
            .find(|(at, it)| it.severity == Severity::Query && !taken.contains(at) && asks(it));
        let Some((at, finding)) = found else {
            let is_answered = report.findings().iter().any(|it| it.answer.is_some() && asks(it));
            // A list stands in front of the file and beside it: the same may have been written twice.
            let is_offered = offered.iter().any(|it| {
                *it.why == *line.why && report.findings().iter().any(|found| it.answers(found) && asks(found))
            });
            if !is_answered && !is_offered {
                idle.push(line);
            }
            continue;
        };
        taken.insert(at);
        let who = who.clone().unwrap_or_else(|| sources.path(line.file).into());
        let query = identity(finding);
        let hint = format!(
            "{who}在退改清单中说明：{}；属实的，请记入 answers.yaml（huibian check --write-answers）",
            line.why
        );
        // It may stand among the answers already, and wait there.
        let finding = &mut report.findings_mut()[at];
        if !finding.hint.as_deref().is_some_and(|it| it.contains(&line.why)) {
            add_hint(finding, &hint);
        }
        offered.push(Offered { query, who, why: line.why.as_str().into() });
    }
    for it in said_once(&idle) {
        report.push(it);
    }
    offered
}

impl Offered {
    /// Whether it answers this query.
    pub(super) fn answers(&self, query: &Finding) -> bool {
        self.query == identity(query)
    }
}

/// By what a query is known within a run, whose findings are sorted meanwhile.
fn identity(query: &Finding) -> (String, Subject, String) {
    (query.code.to_string(), query.subject.clone(), query.message.clone())
}

/// One note for the lines of each file that answer no query.
fn said_once(idle: &[&Line]) -> Vec<Finding> {
    let mut said: Vec<Finding> = Vec::new();
    let mut rest = idle;
    while let Some(first) = rest.first() {
        let n = rest.iter().take_while(|it| it.file == first.file).count();
        let message = format!("退改清单的“说明”栏有{n}条没有对上现在的核实项，如“{}”", first.why);
        let hint = "错误须改正，不能用说明代替；已经改正的，不必处理";
        said.push(Finding::new(&codes::ANSWER_NOT_ASKED_FOR, message).at(first.origin).hint(hint));
        rest = &rest[n..];
    }
    said
}
