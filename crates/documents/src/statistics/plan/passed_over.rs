//! What a sum has passed over, as its field need not be filled in: the figure is printed, and what it leaves out is said.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dataset::{ColumnId, Dataset, FieldRef, RecordId, RowId};
use facts::{Figures, Rows};
use finding::{Finding, Report, Subject, Target, codes};

/// How many units are named.
const N_NAMED_MAX: usize = 12;

/// A field that sums have passed over.
#[derive(Debug)]
struct Gap {
    /// The title of the first such figure.
    figure: Arc<str>,
    /// The records that are counted.
    counted: Rows,
    /// Those of them in which the field is empty.
    empty: BTreeSet<RowId>,
}

/// Reports what the facts that documents show leave out: a question for each committee that gives the value nowhere while
/// others do, a note for the rest.
pub(super) fn report(figures: &Figures, dataset: &Dataset, report: &mut Report) {
    let mut gaps: BTreeMap<ColumnId, Gap> = BTreeMap::new();
    for (fact, known) in figures.shown() {
        let (Some(first), Some((_, rows))) = (known.passed_over.first(), &known.counted) else { continue };
        let gap = gaps.entry(first.column()).or_insert_with(|| Gap {
            figure: fact.title.clone(),
            counted: Rows::none(rows.n_rows()),
            empty: BTreeSet::new(),
        });
        gap.counted.add(rows);
        gap.empty.extend(known.passed_over.iter().map(|it| it.row));
    }
    for (column, gap) in &gaps {
        of_field(*column, gap, dataset).into_iter().for_each(|it| report.push(it));
    }
}

fn of_field(column: ColumnId, gap: &Gap, dataset: &Dataset) -> Vec<Finding> {
    let at = |row: RowId| column.table.record(row).field(column.field);
    let mut by_unit: BTreeMap<Option<RecordId>, (Vec<FieldRef>, usize)> = BTreeMap::new();
    for row in gap.counted.iter() {
        let unit = by_unit.entry(dataset.committee(column.table.record(row))).or_default();
        match gap.empty.contains(&row) {
            true => unit.0.push(at(row)),
            false => unit.1 += 1,
        }
    }
    let n_given: usize = by_unit.values().map(|it| it.1).sum();
    let (mut findings, mut scattered) = (Vec::new(), Vec::new());
    for (unit, (empty, n_given_here)) in by_unit {
        match (unit, n_given_here) {
            (Some(unit), 0) if n_given > 0 => findings.push(not_given(unit, &empty, gap, dataset)),
            (_, _) if !empty.is_empty() => scattered.push((unit, empty)),
            (_, _) => {}
        }
    }
    findings.extend(partly_given(&scattered, n_given, gap, dataset));
    findings
}

/// That a committee has the value in none of its records.
fn not_given(unit: RecordId, empty: &[FieldRef], gap: &Gap, dataset: &Dataset) -> Finding {
    let (field, table) = titles(empty, dataset);
    let message = format!(
        "“{}”中没有{}的：其{}条{table}都没有填“{field}”",
        gap.figure,
        dataset.label(unit),
        empty.len()
    );
    let hint = format!("请补填“{field}”；确实没有统计的，合计只是其他各单位之和，引用时请说明");
    let subject = Subject { committee: Some(dataset.label(unit)), ..Subject::default() };
    placed(Finding::new(&codes::SUM_WITHOUT_UNIT, message), empty, dataset).subject(subject).hint(hint)
}

/// That some records lack the value, here and there or everywhere.
fn partly_given(
    scattered: &[(Option<RecordId>, Vec<FieldRef>)],
    n_given: usize,
    gap: &Gap,
    dataset: &Dataset,
) -> Option<Finding> {
    let empty: Vec<FieldRef> = scattered.iter().flat_map(|it| it.1.iter().copied()).collect();
    let (field, table) = titles(&empty, dataset);
    let named = scattered
        .iter()
        .filter_map(|(unit, empty)| Some(format!("{}{}条", dataset.label((*unit)?), empty.len())));
    let named: Vec<String> = named.take(N_NAMED_MAX).collect();
    let more = if scattered.len() > N_NAMED_MAX { "等" } else { "" };
    let units = if named.is_empty() { String::new() } else { format!("（{}{more}）", named.join("、")) };
    let message =
        format!("“{}”只是{n_given}条{table}之和，另有{}条没有填“{field}”{units}", gap.figure, empty.len());
    let finding = Finding::new(&codes::SUM_PARTLY_GIVEN, message);
    // What concerns several units is told to nobody alone.
    let first = empty.first()?;
    if scattered.len() > 1 {
        let finding = finding.field(dataset.field(first.column()).title.clone());
        return Some(empty.iter().fold(finding, |it, at| it.about(Target::field(*at))));
    }
    Some(placed(finding, &empty, dataset))
}

/// The titles of the field and of its table.
fn titles(fields: &[FieldRef], dataset: &Dataset) -> (Arc<str>, Arc<str>) {
    let Some(first) = fields.first() else { return ("".into(), "".into()) };
    (dataset.field(first.column()).title.clone(), dataset.schema(first.table).title.clone())
}

fn placed(finding: Finding, fields: &[FieldRef], dataset: &Dataset) -> Finding {
    let Some(first) = fields.first() else { return finding };
    let finding = finding.at(dataset.cell(*first).origin).field(dataset.field(first.column()).title.clone());
    fields.iter().fold(finding, |it, at| it.about(Target::field(*at)))
}
