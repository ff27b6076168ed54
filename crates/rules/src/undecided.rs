//! What could not be judged is said, once for each rule, unless an error has already said why.

use super::Condition;
use dataset::{FieldRef, RecordRef};
use finding::{ByRecord, Finding, Report, Severity, codes};

/// How many reasons a note names.
const N_REASONS_SHOWN: usize = 3;

/// The records that some rule could not judge.
#[derive(Default)]
pub(super) struct Undecided<'a>(Vec<Open<'a>>);

/// A record that a rule could not judge.
struct Open<'a> {
    condition: &'a Condition,
    why: String,
    record: RecordRef,
}

impl<'a> Undecided<'a> {
    /// Notes a record, whose trace says what the rule has read.
    pub(super) fn add(&mut self, condition: &'a Condition, why: String, record: &RecordRef) {
        self.0.push(Open { condition, why, record: record.clone() });
    }

    /// Adds a note for each rule, in the order in which they were judged.
    pub(super) fn report(self, report: &mut Report) {
        // Not before now, as a rule's own error may explain what left another rule undecided.
        let errors = ByRecord::new(report.findings().iter().filter(|it| it.severity == Severity::Error));
        let open: Vec<&Open<'_>> = self.0.iter().filter(|it| !is_explained(&it.record, &errors)).collect();
        let of_rules = open.chunk_by(|a, b| std::ptr::eq(a.condition, b.condition));
        let notes: Vec<Finding> = of_rules.map(note).collect();
        notes.into_iter().for_each(|it| report.push(it));
    }
}

/// Whether an error is about a value that was read and is not there, or about a record that a list lacks, or somebody was
/// read of who has left, which has been noted: that says why a condition could not be judged of the record, whose trace holds
/// what was read.
pub fn is_explained(record: &RecordRef, errors: &ByRecord<'_>) -> bool {
    let dataset = &record.dataset;
    let reads = record.trace.reads();
    let is_wrong =
        |at: &FieldRef| !errors.of_field(*at).is_empty() || !errors.of_record(at.record()).is_empty();
    let mut lost = reads.lists.iter().flat_map(|list| {
        let at = |row| list.column.table.record(row).field(list.column.field);
        dataset.lost(*list).map(move |it| at(it.row))
    });
    let is_open =
        |it: &FieldRef| !dataset.is_usable(*it) && (is_wrong(it) || dataset.departed(*it).is_some());
    reads.fields.iter().any(is_open) || lost.any(|it| is_wrong(&it))
}

fn note(open: &[&Open<'_>]) -> Finding {
    let condition = open[0].condition;
    let shown: Vec<&str> = open.iter().take(N_REASONS_SHOWN).map(|it| it.why.as_str()).collect();
    let more = if open.len() > N_REASONS_SHOWN { "等" } else { "" };
    let message = format!("“{}”有{}条记录无法判定：{}{more}", condition.title, open.len(), shown.join("；"));
    Finding::new(&codes::RULE_UNDECIDED, message)
        .basis(&*condition.basis)
        .hint("补全或改正所列的值后可以判定")
}
