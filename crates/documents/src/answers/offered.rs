//! What committees have answered in the lists that went back to them.

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
    /// The cell at which the list says it is, which tells those of one name apart.
    pub cell: String,
    /// The words in which it was asked.
    pub message: String,
    /// The answer.
    pub why: String,
}

/// An answer that a committee has given to a query, for the office to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The query as it is asked.
    query: Identity,
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
    for line in lines {
        let who = sender(line.file);
        let asks = |it: &Finding| {
            let subject = it.subject.record.as_ref().or(it.subject.branch.as_ref());
            it.message == line.message
                && subject.map_or("", |it| it) == line.record
                && it.field.as_deref().unwrap_or_default() == line.field
                && (who.is_none() || it.subject.committee.is_none() || it.subject.committee == who)
        };
        // What has been answered already is no query any more, and must not leave the answer to one of the same name.
        let is_asked = |it: &Finding| (it.severity == Severity::Query || it.answer.is_some()) && asks(it);
        let all = report.findings().iter().enumerate().filter(|it| is_asked(it.1)).map(|it| it.0);
        let Some(at) = the_one(all.collect(), line, sources, report) else {
            idle.push(line);
            continue;
        };
        if report.findings()[at].answer.is_some() {
            continue;
        }
        let who = who.clone().unwrap_or_else(|| sources.path(line.file).into());
        let query = identity(&report.findings()[at]);
        let hint = format!(
            "{who}在退改清单中说明：{}；属实的，请记入 answers.yaml（huibian check --write-answers）",
            line.why
        );
        // It may stand among the answers already, and wait there.
        let finding = &mut report.findings_mut()[at];
        if !finding.hint.as_deref().is_some_and(|it| it.contains(&line.why)) {
            add_hint(finding, &hint);
        }
        // A list stands in front of the file and beside it: the same may have been written twice, or something else.
        match offered.iter_mut().find(|it| it.query == query) {
            None => offered.push(Offered { query, who, why: line.why.as_str().into() }),
            Some(before) if before.why.contains(&*line.why) => {}
            Some(before) => before.why = format!("{}；{}", before.why, line.why).into(),
        }
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

/// The query that is meant: the only one, or of those of one name the one at the cell that the list names.
fn the_one(all: Vec<usize>, line: &Line, sources: &Sources, report: &Report) -> Option<usize> {
    if let [one] = all[..] {
        return Some(one);
    }
    let is_there = |at: &usize| {
        let located = report.findings()[*at].origin.map(|it| sources.locate(it));
        located.and_then(|it| it.cell).is_some_and(|it| it == line.cell)
    };
    let mut there = all.into_iter().filter(is_there);
    there.next().filter(|_| there.next().is_none())
}

/// By what a query is known within a run, whose findings are sorted meanwhile.
type Identity = (String, Subject, String, Option<Origin>);

fn identity(query: &Finding) -> Identity {
    (query.code.to_string(), query.subject.clone(), query.message.clone(), query.origin)
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
