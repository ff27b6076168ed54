//! Why a record is counted in a figure, or not: the first condition that it fails, or that the data do not decide.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cell::{Crossing, behind_within, title};
use super::target::At;
use super::{Answer, Asking};
use crate::statistics::{CellId, FigureMade};
use dataset::{RecordId, RecordRef, Scene, TableId, Trace};
use facts::{Criterion, Fact, Frame, Known, Made};
use words::Verdict;

/// How many records of one name are looked at.
const N_RECORDS: usize = 10;

/// The answers for a cell.
pub(super) fn of_cell(at: At<'_>, asking: Asking<'_>) -> Result<Vec<Answer>, String> {
    let Some(crossing) = Crossing::of(at) else { return Ok(Vec::new()) };
    let mut cells = Vec::new();
    counting_cells(&crossing, at, &mut cells);
    let tables: BTreeSet<TableId> = cells.iter().map(|it| it.1).collect();
    let counted = behind_within(at, asking);
    let is_within = |it: RecordId| asking.figures.records_within(asking.within, it.table).0.contains(it.row);
    let frame = &at.workbook.computed.frame;
    let answer = |record: RecordId| {
        let RecordId { table, row } = record;
        let is_counted = counted.iter().any(|it| it.table == table && it.rows.contains(row));
        let own = cells.iter().filter(|it| it.1 == table);
        let reasons = own.filter_map(|(cell, _)| {
            let crossing = Crossing::of(at.at(*cell))?;
            let is_here =
                is_within(record) && crossing.grid.records(*cell).is_some_and(|it| it.1.contains(row));
            match (is_counted, is_here) {
                (true, true) => Some(format!("计入{}", crossing.title())),
                (false, false) => {
                    Some(format!("{}：{}", crossing.title(), why_not(&crossing, record, frame, asking)))
                }
                _ => None,
            }
        });
        Answer { record, is_counted, reasons: reasons.collect() }
    };
    Ok(wanted(&tables, asking)?.into_iter().map(answer).collect())
}

/// The answers for a fact.
pub(super) fn of_fact(fact: &Fact, known: &Known, asking: Asking<'_>) -> Result<Vec<Answer>, String> {
    let Made::Counted(counter) = &fact.made else {
        return match asking.record {
            Some(_) => Err(format!("“{}”由其他数据项算出，请对其中的数据项分别查询", fact.title)),
            None => Ok(Vec::new()),
        };
    };
    let frame = asking.figures.frame();
    let answer = |record: RecordId| {
        let scene = scene(&frame, asking, record);
        let criteria = counter.wheres.iter().map(|it| ("条件".to_owned(), it)).collect::<Vec<_>>();
        let failing = first_failing(&criteria, &scene);
        let is_counted = known.counted.as_ref().is_some_and(|(_, rows)| rows.contains(record.row));
        // What satisfies every condition, and is not counted, belongs to somebody else or is counted already.
        let apart = || Some("不属于所问的范围，或者同一件事已由另一条记录计入".to_owned());
        let why = failing.or_else(|| if is_counted { None } else { apart() });
        Answer { record, is_counted, reasons: why.into_iter().collect() }
    };
    Ok(wanted(&BTreeSet::from([counter.of]), asking)?.into_iter().map(answer).collect())
}

/// The cells that count records for a cell, with the tables that they count.
fn counting_cells(crossing: &Crossing<'_>, at: At<'_>, cells: &mut Vec<(CellId, TableId)>) {
    match &crossing.figure.made {
        FigureMade::Counted { table } => cells.push((at.cell, *table)),
        FigureMade::Derived(terms) => {
            for (_, cell) in terms {
                if let Some(crossing) = Crossing::of(at.at(*cell)) {
                    counting_cells(&crossing, at.at(*cell), cells);
                }
            }
        }
        FigureMade::Rate { .. } | FigureMade::Given(_) | FigureMade::Nothing => {}
    }
}

/// The records asked for, by key or by name.
fn wanted(tables: &BTreeSet<TableId>, asking: Asking<'_>) -> Result<Vec<RecordId>, String> {
    let Some(key) = asking.record else { return Ok(Vec::new()) };
    let dataset = asking.dataset;
    let all = || tables.iter().flat_map(|table| dataset.rows_of(*table));
    let by_key: Vec<_> = all().filter(|it| &*dataset.key_text(*it) == key).collect();
    let found = match by_key.is_empty() {
        true => all().filter(|it| &*dataset.label(*it) == key).take(N_RECORDS).collect(),
        false => by_key,
    };
    if !found.is_empty() {
        return Ok(found);
    }
    let titles: Vec<String> = tables.iter().map(|it| format!("“{}”", dataset.schema(*it).title)).collect();
    Err(match titles.is_empty() {
        true => "这个数字不是由记录统计得出的，不能用 --record 查询".to_owned(),
        false => {
            format!("{}中没有“{}”，请写记录的编码或名称", titles.join("、"), finding::mask_text(key))
        }
    })
}

fn why_not(crossing: &Crossing<'_>, record: RecordId, frame: &Frame, asking: Asking<'_>) -> String {
    let scene = scene(frame, asking, record);
    if let Some(why) = first_failing(&crossing.criteria(record.table), &scene) {
        return why;
    }
    for (what, line) in [("行", crossing.row), ("列", crossing.column)] {
        let is_here = line.1.rows.get(&record.table).is_some_and(|it| it.contains(record.row));
        if line.1.record.is_some() && !is_here {
            return format!("不属于{what}“{}”", title(line));
        }
    }
    match asking.range() {
        Some(range) => format!("不{}，或者不在本表统计的范围内", range.expression),
        None => "不在本表统计的范围内".to_owned(),
    }
}

/// The first condition that a record fails, for whatever the others say it is out; else the first that is not decided.
fn first_failing(criteria: &[(String, &Criterion)], scene: &Scene) -> Option<String> {
    let said = || criteria.iter().map(|(of, it)| (of, it.source(), it.test(scene)));
    let failing = said().find(|it| it.2 == Verdict::Fails);
    let (of, source, verdict) = failing.or_else(|| said().find(|it| it.2 != Verdict::Holds))?;
    Some(match verdict {
        Verdict::Holds | Verdict::Fails => format!("不满足{of}的条件：{source}"),
        Verdict::Undecided(why) => format!("{of}的条件不能确定：{source}（{why}）"),
        Verdict::Fault(why) => format!("{of}的条件不能执行：{source}（{why}）"),
    })
}

fn scene(frame: &Frame, asking: Asking<'_>, id: RecordId) -> Scene {
    let trace = Arc::new(Trace::default());
    frame.scene(RecordRef { dataset: asking.dataset.clone(), id, trace })
}
