//! Why a record is counted in a figure, or not: the first condition that it fails, or that the data do not decide.

mod counting;
mod listed;
mod wanted;

pub(super) use counting::Counting;
pub(super) use listed::Listed;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Answer, Asking};
use dataset::{Dataset, RecordId, RecordRef, Scene, TableId, Trace};
use facts::{Criterion, Frame};
use wanted::{Wanted, wanted};
use words::Verdict;

/// How many records are answered for one by one.
const N_RECORDS: usize = 10;

/// What counts records for a figure, or for one of the figures that it is computed from.
pub(super) struct Part<'a> {
    /// What it is called beside the others, such as 分子; nothing if it is the figure itself.
    pub(super) of: String,
    /// What counts.
    pub(super) counting: Counting<'a>,
}

impl<'a> Part<'a> {
    /// What counts the records of the figure itself.
    pub(super) fn itself(counting: Counting<'a>) -> Self {
        Self { of: String::new(), counting }
    }

    /// What it says of a record, below its name.
    fn verdict(&self, record: RecordId, asking: Asking<'_>) -> (bool, Vec<String>) {
        let (is_counted, mut reasons) = self.counting.verdict(record, asking);
        if !self.of.is_empty() {
            if reasons.is_empty() {
                reasons.push(if is_counted { "计入" } else { "没有计入" }.to_owned());
            }
            reasons.iter_mut().for_each(|it| *it = format!("{}：{it}", self.of));
        }
        (is_counted, reasons)
    }
}

/// Whether the records that are asked for are counted by any of these, and what each says.
pub(super) fn answers(parts: &[Part<'_>], asking: Asking<'_>) -> Result<Vec<Answer>, String> {
    let Some(text) = asking.record else { return Ok(Vec::new()) };
    let tables: BTreeSet<TableId> = parts.iter().flat_map(|it| it.counting.tables()).collect();
    let answer = |record: RecordId| {
        let own = parts.iter().filter(|it| it.counting.tables().contains(&record.table));
        let said: Vec<_> = own.map(|it| it.verdict(record, asking)).collect();
        let is_counted = said.iter().any(|it| it.0);
        Answer { record, is_counted, reasons: said.into_iter().flat_map(|it| it.1).collect() }
    };
    Ok(match wanted(&tables, text, asking.dataset)? {
        Wanted::Counted(records) => records.into_iter().map(answer).collect(),
        Wanted::Behind { owners: _, records } if (1..=N_RECORDS).contains(&records.len()) => {
            records.into_iter().map(answer).collect()
        }
        Wanted::Behind { owners, records } => {
            let n_counted = records.iter().filter(|it| answer(**it).is_counted).count();
            let titles: Vec<String> =
                tables.iter().map(|it| format!("“{}”", asking.dataset.schema(*it).title)).collect();
            let reason = match records.len() {
                0 => format!("统计的是{}，其中没有与它相连的记录", titles.join("、")),
                n => format!("统计的是{}，与它相连的{n}条记录中计入{n_counted}条", titles.join("、")),
            };
            let reasons = vec![reason];
            owners
                .into_iter()
                .map(|record| Answer { record, is_counted: n_counted > 0, reasons: reasons.clone() })
                .collect()
        }
    })
}

/// The records of a table that go by a name, a number or a key, or that refer to such a record of another table.
pub(super) fn named_by(text: &str, table: TableId, dataset: &Dataset) -> Result<Vec<RecordId>, String> {
    Ok(match wanted(&BTreeSet::from([table]), text, dataset)? {
        Wanted::Counted(records) => records,
        Wanted::Behind { owners, records } if records.is_empty() => owners,
        Wanted::Behind { records, .. } => records.into_iter().take(N_RECORDS).collect(),
    })
}

/// The first condition that a record fails, for whatever the others say it is out; else the first that is not decided.
fn first_failing(criteria: &[(String, &Criterion)], scene: &Scene) -> Option<String> {
    let said = || criteria.iter().map(|(of, it)| (of, it.source(), it.test(scene)));
    let failing = said().find(|it| it.2 == Verdict::Fails);
    let (of, source, verdict) = failing.or_else(|| said().find(|it| it.2 != Verdict::Holds))?;
    let of = if of.is_empty() { "条件".to_owned() } else { format!("{of}的条件") };
    Some(match verdict {
        Verdict::Holds | Verdict::Fails => format!("不满足{of}：{source}"),
        Verdict::Undecided(why) => format!("{of}不能确定：{source}（{why}）"),
        Verdict::Fault(why) => format!("{of}不能执行：{source}（{why}）"),
    })
}

fn scene(frame: &Frame, asking: Asking<'_>, id: RecordId) -> Scene {
    let trace = Arc::new(Trace::default());
    frame.scene(RecordRef { dataset: asking.dataset.clone(), id, trace })
}
