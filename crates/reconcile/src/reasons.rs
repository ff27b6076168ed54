//! Why somebody stands in one list only: other tables of this project say who joined, arrived, left.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::declaration::{Comparison, Reason};
use super::{Side, Which};
use dataset::{RecordId, RecordRef, Trace};
use facts::Frame;
use words::Verdict;

/// What the declared tables say of whom.
pub(super) struct Explained<'a> {
    reasons: &'a [Reason],
    /// For each reason and each of its pairs of fields the records by what they say.
    by_said: Vec<Vec<BTreeMap<String, Vec<RecordId>>>>,
}

impl<'a> Explained<'a> {
    /// Looks through the tables of this project.
    pub(super) fn new(comparison: &'a Comparison, here: &Side, frame: &Frame) -> Self {
        let index = |reason: &Reason| {
            let table = Side::new(here.dataset.clone(), reason.of, String::new());
            let meant: Vec<RecordId> =
                table.records().filter(|it| is_meant(reason, *it, here, frame)).collect();
            let by = |(own, _): &(Arc<str>, Arc<str>)| {
                let mut found: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
                for record in &meant {
                    if let Some(said) = table.said(*record, own) {
                        found.entry(said).or_default().push(*record);
                    }
                }
                found
            };
            reason.by.iter().map(by).collect()
        };
        Self { reasons: &comparison.reasons, by_said: comparison.reasons.iter().map(index).collect() }
    }

    /// The first reason that says something of a record of a list, with the record that says it. Where several are called
    /// alike, nobody is taken for the one who is meant.
    pub(super) fn why(&self, record: RecordId, side: &Side, which: Which) -> Option<(usize, RecordId)> {
        let reasons = self.reasons.iter().zip(&self.by_said).enumerate();
        reasons.filter(|(_, (reason, _))| reason.which == which).find_map(|(at, (reason, by_said))| {
            let (said, index) = reason
                .by
                .iter()
                .zip(by_said)
                .find_map(|((_, own), index)| Some((side.said(record, own)?, index)))?;
            let [first, ..] = index.get(&said)?.as_slice() else { return None };
            Some((at, *first))
        })
    }
}

/// Whether a reason holds of a record of its table; what the data do not decide says nothing.
fn is_meant(reason: &Reason, record: RecordId, here: &Side, frame: &Frame) -> bool {
    let Some(condition) = &reason.condition else { return true };
    let record = RecordRef { dataset: here.dataset.clone(), id: record, trace: Arc::new(Trace::default()) };
    condition.test(&frame.scene(record).context()) == Verdict::Holds
}
