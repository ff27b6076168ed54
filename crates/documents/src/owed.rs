//! What was due and has not come is said, as far as a document counts it: in one line for each committee, branch, or the office.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::input::{Input, Whose};
use dataset::{Dataset, ListRef, RecordId, TableId};
use due::{Expected, Returns, State, overlap};
use finding::{FileId, Finding, Held, Origin, Part, Report, Severity, Target, codes};
use schema::Absent;

/// What documents count of the tables that are due.
pub(super) struct Counted<'a> {
    dataset: &'a Dataset,
    /// Tables, with those whose records count.
    tables: Vec<(TableId, &'a Whose)>,
    /// Lists, with whom they belong to.
    lists: BTreeSet<(TableId, RecordId)>,
}

impl<'a> Counted<'a> {
    /// What a document is made from.
    pub(super) fn by(inputs: &'a [Input], dataset: &'a Dataset) -> Self {
        let mut counted = Self { dataset, tables: Vec::new(), lists: BTreeSet::new() };
        for input in inputs {
            let Input::Reads(reads, whose) = input else { continue };
            let of_columns = reads.columns.iter().map(|it| it.table);
            let tables: BTreeSet<TableId> = reads.tables.iter().copied().chain(of_columns).collect();
            counted.tables.extend(tables.into_iter().map(|it| (it, whose)));
            counted
                .lists
                .extend(reads.lists.iter().filter_map(|it| Some((it.column.table, owner(dataset, *it)?))));
        }
        counted
    }

    /// Whether a table of a unit is counted.
    pub(super) fn has(&self, table: TableId, unit: Option<RecordId>) -> bool {
        let dataset = self.dataset;
        let tables = self.tables.iter().filter(|it| it.0 == table);
        let in_table = tables.into_iter().any(|(_, whose)| match (whose, unit) {
            (Whose::All, _) | (_, None) => true,
            (Whose::Committee(label), Some(unit)) => {
                dataset.committee(unit).is_some_and(|it| dataset.label(it) == *label)
            }
            (Whose::Seat(seat, _), Some(unit)) => overlap(dataset, *seat, unit),
        });
        let mut lists = self.lists.iter().filter(|it| it.0 == table);
        in_table || unit.is_some_and(|unit| lists.any(|it| overlap(dataset, it.1, unit)))
    }
}

/// The record that a list belongs to.
fn owner(dataset: &Dataset, list: ListRef) -> Option<RecordId> {
    let to = match &dataset.field(list.column).kind {
        schema::FieldKind::Reference(reference) => dataset.schemas.index(&reference.to)?,
        _ => return None,
    };
    Some(to.record(list.target))
}

/// A table and the unit that has to return it.
pub(super) type Return = (TableId, Option<RecordId>);

/// What these documents count of all that is due.
pub(super) fn counted<'a>(
    documents: impl Iterator<Item = &'a [Input]>,
    returns: &Returns,
    dataset: &'a Dataset,
) -> BTreeSet<Return> {
    let counted: Vec<Counted<'_>> = documents.map(|it| Counted::by(it, dataset)).collect();
    let due = returns.expected.iter().map(|it| (it.table, it.unit));
    due.filter(|it| counted.iter().any(|by| by.has(it.0, it.1))).collect()
}

/// Says what has not come of what documents count, and gives it.
pub(super) fn report(
    counted: &BTreeSet<Return>,
    returns: &Returns,
    dataset: &Dataset,
    report: &mut Report,
) -> BTreeSet<Return> {
    let missing = returns.expected.iter().filter(|it| it.state.is_missing() && it.absent != Absent::Nothing);
    let missing: Vec<&Expected> = missing.filter(|it| counted.contains(&(it.table, it.unit))).collect();
    forget_empty_forms(&missing, report);
    for (unit, lines) in by_unit(&missing, returns) {
        for absent in [Absent::Error, Absent::Query] {
            let own: Vec<&Expected> = lines.iter().copied().filter(|it| it.absent == absent).collect();
            if !own.is_empty() {
                report.push(finding(unit, (&own, has_sent_nothing(unit, returns, dataset)), absent, dataset));
            }
        }
    }
    missing.iter().map(|it| (it.table, it.unit)).collect()
}

/// An empty form has been asked about where it stands; what is said of the unit now says all of it.
fn forget_empty_forms(missing: &[&Expected], report: &mut Report) {
    let of_file = |it: &&Expected| match it.state {
        State::Empty(file) => Some((file, it.table)),
        _ => None,
    };
    let said: BTreeSet<(FileId, TableId)> = missing.iter().filter_map(of_file).collect();
    let is_said = |it: &Target| match it {
        Target::File(Part { file, held: Held::Tables(tables), .. }) => {
            tables.iter().all(|it| said.contains(&(*file, *it)))
        }
        _ => false,
    };
    report.findings_mut().retain(|it| it.code != codes::RETURN_EMPTY.name || !it.about.iter().all(is_said));
}

/// Whether nothing at all has come from a committee.
fn has_sent_nothing(unit: Option<RecordId>, returns: &Returns, dataset: &Dataset) -> bool {
    let Some(unit) = unit.filter(|it| Some(it.table) == dataset.schemas.committees()) else { return false };
    let own = returns.expected.iter().filter(|it| it.committee == Some(unit));
    let mut own = own.filter(|it| !matches!(it.state, State::Exempt(_)));
    own.all(|it| it.state == State::Absent && it.unknown.is_empty())
}

type Lines<'a> = BTreeMap<Option<RecordId>, Vec<&'a Expected>>;

/// The lines by whom they are said of: what all branches of a committee owe, the committee owes.
fn by_unit<'a>(missing: &[&'a Expected], returns: &Returns) -> Lines<'a> {
    let owed: BTreeSet<_> = missing.iter().map(|it| (it.table, it.unit)).collect();
    let is_owed =
        |it: &&Expected| owed.contains(&(it.table, it.unit)) || matches!(it.state, State::Exempt(_));
    let of_branches = returns.expected.iter().filter(|it| it.unit != it.committee);
    let come: BTreeSet<_> =
        of_branches.filter(|it| !is_owed(it)).map(|it| (it.table, it.committee)).collect();
    let mut lines = Lines::new();
    for it in missing {
        let is_whole = it.committee.is_some() && !come.contains(&(it.table, it.committee));
        lines.entry(if is_whole { it.committee } else { it.unit }).or_default().push(it);
    }
    lines
}

/// What one unit owes; `is_all` if nothing at all has come from it.
fn finding(
    unit: Option<RecordId>,
    (lines, is_all): (&[&Expected], bool),
    absent: Absent,
    dataset: &Dataset,
) -> Finding {
    let titles = |wanted: &dyn Fn(&State) -> bool| {
        let mut titles: Vec<Arc<str>> = Vec::new();
        for it in lines.iter().filter(|it| wanted(&it.state)) {
            let title = dataset.schema(it.table).title.clone();
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles.join("、")
    };
    let absent_titles = titles(&|it| *it == State::Absent);
    let empty_titles = titles(&|it| matches!(it, State::Empty(_)));
    let parts = [
        Some(format!("没有收到{absent_titles}表")).filter(|_| !absent_titles.is_empty()),
        Some(format!("交来的{empty_titles}表是空表")).filter(|_| !empty_titles.is_empty()),
    ];
    let message = match unit {
        None => format!("本部门没有提供{}表", titles(&State::is_missing)),
        Some(_) if is_all => format!("没有收到任何材料，应报送{absent_titles}表"),
        Some(_) => parts.into_iter().flatten().collect::<Vec<_>>().join("，"),
    };
    let mut finding = Finding::new(&codes::RETURN_MISSING, message);
    if absent == Absent::Query {
        finding.severity = Severity::Query;
    }
    if let Some(unit) = unit {
        finding = finding.at(dataset.record(unit).origin).subject(dataset.subject(unit));
    }
    for it in lines {
        finding = finding.about(Target::Return(it.table, it.unit));
    }
    let files: BTreeSet<(Origin, &str)> = lines.iter().flat_map(|it| files_behind(it)).collect();
    finding = files.into_iter().fold(finding, |it, (place, label)| it.related(place, label));
    finding.hint(remedy(unit, lines))
}

/// The files that may be why a table seems not to have come.
fn files_behind(it: &Expected) -> Vec<(Origin, &'static str)> {
    let empty = match it.state {
        State::Empty(file) => Some((Origin::file(file), "空表")),
        _ => None,
    };
    let unknown = it.unknown.iter().map(|it| (Origin::file(*it), "没有读出，可能在其中"));
    empty.into_iter().chain(unknown).collect()
}

fn remedy(unit: Option<RecordId>, lines: &[&Expected]) -> String {
    let due = lines.iter().filter_map(|it| it.due).min();
    let due = due.map(|it| format!("应于{}前报送。", value::PartialDate::from(it))).unwrap_or_default();
    let ask = match unit {
        Some(_) => "请催报；确无内容可报的，请该单位在表中填“无”，或",
        None => "请补上；确无内容的，",
    };
    format!("{due}{ask}在项目文件的 returns 中写明零报告的理由")
}
